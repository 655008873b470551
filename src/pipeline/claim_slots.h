#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/claim.h"

namespace gavah::pipeline {

/// "2031-05-04 to 2031-05-04 (T1, gregorian calendar)", "unknown".
std::string time_text(const TimeInterval& time);
/// "at Morvand (G1); from …", "unknown".
std::string places_text(const std::vector<Place>& places);
/// "killed 3 to 3, this act".
std::string count_text(const Count& count);

/// One slot of a claim in words for a person, without names of persons; `exact` is all of it, to compare.
struct SlotText {
  std::string slot;  ///< "act", "stage", "time", "place", "count:killed", …
  std::string text;
  std::string exact;
};
/// Every slot that a claim fills and the ones that every claim has, in a fixed order.
std::vector<SlotText> slots_of(const Claim& claim);

/// A slot in which two claims differ; empty text where one has none.
struct SlotChange {
  std::string slot;
  std::string from;
  std::string to;
};
/// In the order of slots_of. Ids, anchors and who coded are not compared.
std::vector<SlotChange> changes_between(const Claim& before, const Claim& after);

}  // namespace gavah::pipeline
