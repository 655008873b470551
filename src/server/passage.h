#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/json.h"
#include "model/span.h"

namespace gavah::server {

/// Words that a slot of a claim rests on.
struct Mark {
  Span span;         ///< bytes of Passage::text, at character boundaries
  std::string slot;  ///< "trigger", "time", "place", "actor", "target", "speaker", "person", "count:killed", …
  std::optional<ClaimId> claim;
};

/// Words of a source as they stand, with what rests on them. `person` marks are masked on screen until revealed.
struct Passage {
  std::string text;  ///< UTF-8, as extracted
  std::string lang;  ///< BCP 47 primary tag, "und" when unknown
  std::vector<Mark> marks;
  std::uint64_t offset_bytes = 0;  ///< where `text` begins in the report's text
  std::uint64_t total_bytes = 0;   ///< size of the report's text
};

/// {"lang","offset","total","pieces":[{"text","slots":[…],"claims":[…]}]}: the text cut at the borders of the marks, so
/// that a browser needs no byte offsets. Overlapping marks share pieces; a mark that ends inside a character is
/// widened to it; one beyond the text is dropped. At most kMaxMarks marks count, first come.
void write_passage(JsonWriter& out, const Passage& passage);

inline constexpr std::size_t kMaxMarks = 2'000;  ///< marks: more would not be legible and slow the page

}  // namespace gavah::server
