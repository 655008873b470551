#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "proof/proof.h"
#include "publish/plan.h"

namespace gavah::publish {

/// What an edition would open of one slot.
struct SlotPreview {
  std::string path;
  std::uint64_t known = 0;   ///< entries that hold a value there
  std::uint64_t opened = 0;  ///< of those, how many would be opened
  std::string example;       ///< the value of the first disclosed event (victim), whether opened or not
};

/// What an edition would show, before anything is sealed or signed.
struct Preview {
  proof::LeafIndex event = 0;        ///< the entry of the example; nothing when there is no event
  std::vector<SlotPreview> events;   ///< in the order of the table
  std::vector<SlotPreview> victims;  ///< the same
  std::uint64_t disclosed = 0;       ///< events
  std::uint64_t withheld = 0;
  std::uint64_t victims_counted = 0;
  std::uint64_t victims_withheld = 0;
  std::uint64_t claims = 0;  ///< of disclosed events
  std::uint64_t claims_opened = 0;
  std::vector<proof::Total> totals;  ///< by the rules that would be in force, in the order of their names
};

/// Looks at the log as it is and as `plan` would leave it. Cells and batches are judged as in a first edition.
Result<Preview> preview(const PlanInput& input, const Plan& plan);

}  // namespace gavah::publish
