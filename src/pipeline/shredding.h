#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "pipeline/chronicle.h"
#include "seal/seal.h"

namespace gavah::pipeline {

/// What shredding an item would take. `item` is a capture's id or CAPTURE:PART: parts lie in one object, so that all of
/// a capture's go together.
Result<seal::ShredPlan> shred_plan(Chronicle& chronicle, const std::string& item);

struct ShredOptions {
  std::string item;
  std::string reason;
  std::string by;
};
struct ShredSummary {
  seal::ShredPlan plan;
  std::vector<std::string> not_reached;  ///< where copies may still lie, a sentence each
};
/// Seals the redaction and destroys (seal/shred.h). refused without a reason. The index is gone afterwards: derive
/// makes it again.
Result<ShredSummary> shred(Chronicle& chronicle, const ShredOptions& options);

}  // namespace gavah::pipeline
