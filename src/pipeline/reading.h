#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/capture.h"
#include "model/span.h"
#include "pipeline/chronicle.h"
#include "pipeline/world.h"

namespace gavah::pipeline {

enum class ItemKind { captures, parts, reports, claims, events, lineages, victims, sources, decisions, quarantine };
Result<ItemKind> item_kind_from(std::string_view name);

/// Every item of a kind, one JSON line each, in a stable order.
Result<void> list(Chronicle& chronicle, ItemKind kind, const LineSink& sink);

/// What is there and what state it is in.
struct Status {
  std::string origin;
  std::uint64_t log_size = 0;
  std::string root_hex;
  std::uint64_t captures = 0;
  std::uint64_t parts = 0;
  std::uint64_t reports = 0;
  std::uint64_t claims = 0;
  std::uint64_t events = 0;
  std::uint64_t lineages = 0;
  std::uint64_t sources = 0;
  std::uint64_t decisions = 0;
  std::uint64_t quarantined = 0;
  std::vector<std::string> orphans;  ///< decisions that no longer meet anything, a sentence each
  bool derived_is_current = false;   ///< nothing was added or decided since the last derive
  std::string index_digest;
  std::vector<std::string> warnings;  ///< what lies open at rest, and what to do about it
};
Result<Status> status(Chronicle& chronicle);

/// One item by its id (32 hexadecimal digits), or a part as "CAPTURE:NUMBER", as text for a person: the item, then its
/// trail down to bytes.
Result<std::string> show(Chronicle& chronicle, std::string_view id);
/// The part that "CAPTURE:NUMBER" names.
Result<Part> part_named(Chronicle& chronicle, std::string_view id);
/// Where a span of a report's text stands in the bytes: the words, the range of the part, the pieces that are no plain
/// copy, the bytes themselves, and commands of a shell that lead to them. The span is widened to whole characters;
/// invalid_input when it is none of the text, not_found when no bytes stand for it (line breaks between blocks).
enum class Form { text, json };
Result<std::string> show_span(Chronicle& chronicle, std::string_view report_id, Span span, Form form);
/// The same of the first place where the text has these words.
Result<std::string> show_words(Chronicle& chronicle, std::string_view report_id, std::string_view words, Form form);
/// What one address showed at different times: its reports, oldest first, each with the words that went and came since
/// the one before; a hollow one says so and is compared with nothing. `id` is an address, or a report's id that has
/// one. not_found when no report has the address.
Result<std::string> show_versions(Chronicle& chronicle, std::string_view id, Form form);
/// Why a claim is as it is: the report is coded again with the codebook in use, and each slot says which words and rule
/// made it and what was considered and rejected. Says plainly where the stored claim is another: a person's decision,
/// linking, or a codebook since. `id` may be a report: then all its claims, and what in it named an act and was not
/// coded. As in show(), the list of persons is withheld, and the passage and who speaks are shown as they stand.
Result<std::string> show_why(Chronicle& chronicle, std::string_view id, Form form);
/// The commands that lead from the chronicle to a part's bytes, in the file "part".
std::vector<std::string> commands_to_part(const Chronicle& chronicle, const Part& part);
/// Hands over the bytes of a capture, or of a part ("CAPTURE:NUMBER"), in pieces.
Result<void> read_bytes(Chronicle& chronicle, std::string_view id, const LineSink& sink);
/// The item's JSON line.
Result<std::string> show_json(Chronicle& chronicle, std::string_view id);

}  // namespace gavah::pipeline
