#pragma once

#include <string>
#include <string_view>

namespace gavah::extract {

/// What JSON-LD blocks of a page say about its article (schema.org's Article and its kinds).
struct JsonLd {
  std::string headline;
  std::string author;
  std::string publisher;
  std::string published;
  std::string page_published;  ///< of the WebPage around the article: weaker
  std::string modified;
  std::string url;
  std::string article_body;
  bool is_discussion = false;  ///< a forum's thread, or questions with answers
};

/// Reads one block and adds what `into` does not know yet. Broken JSON (line breaks inside of strings are repaired)
/// adds nothing. At most 8 levels and 512 objects are looked at.
void read_json_ld(std::string_view block, JsonLd& into);

}  // namespace gavah::extract
