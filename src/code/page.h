#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace gavah::code {

struct CoderData;

/// One page of the codebook in Markdown, which a terminal shows as well as it is.
struct Page {
  std::string name;  ///< of its file: "README.md", "acts/hunger-strike.md", "codes.md", "lexicon-fa.md"
  std::string text;
};

/// The codebook as pages: an index of the acts by family; for each act its definition, what it includes and excludes,
/// worked examples, slots, where ACLED and PLOVER would put it, and which words of each language are coded so; the
/// closed lists of codes; the lexicons with their sources. `data` may hold "codebook/labels.json" (names of the acts in
/// other languages), "codebook/definitions.json" (what acts and codes are, in other languages; without it a `language`
/// other than English is not_found, and what it lacks stays English) and the SOURCES.md files. Links between pages are
/// relative. Same data, same bytes. invalid_input when acts or codes cannot be read.
Result<std::vector<Page>> pages(const CoderData& data, std::string_view language = "en");

/// The page of an act by its key, in any case, or as far as only one begins so; of "codes", or of a lexicon by its
/// language. not_found names what is nearest.
Result<std::string> page_of(const CoderData& data, std::string_view name, std::string_view language = "en");

/// What the pages are made of, for who lays them out otherwise: {"acts":[entries of acts.json, each with "labels"
/// {LANGUAGE:NAME}, "told" {LANGUAGE:{"definition","includes","excludes"}} and "words"
/// {LANGUAGE:{"shown":[…],"more":N}}],"codes":{…of codes.json},"codes_told":{LANGUAGE:{LIST:{KEY:DEFINITION}}}}.
Result<std::string> pages_json(const CoderData& data);

}  // namespace gavah::code
