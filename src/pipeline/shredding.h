#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "pipeline/chronicle.h"
#include "seal/seal.h"

namespace gavah::pipeline {

/// What shredding an item would take.
struct ShredProposal {
  seal::ShredPlan plan;
  std::vector<PartNumber> asked;  ///< parts that were named; empty: the capture as a whole
  /// The item that the plan is of, which a person repeats to confirm: CAPTURE, or CAPTURE:N,N with all parts that go.
  std::string item() const;
  /// Parts that go and were not named: they share bytes with one that was, or have the very same.
  std::vector<PartNumber> together() const;
};
/// `item` is a capture's id, or CAPTURE:PART[,PART…] for parts alone. Parts that cannot go without others take these
/// with them; when that is all that is left, the plan is of the capture as a whole.
Result<ShredProposal> shred_plan(Chronicle& chronicle, const std::string& item);

struct ShredOptions {
  std::string item;
  std::string reason;
  std::string by;
};
struct ShredSummary {
  ShredProposal proposal;
  std::vector<std::string> not_reached;  ///< where copies may still lie, a sentence each
};
/// Seals the redaction and destroys (seal/shred.h). refused without a reason. The index is gone afterwards: derive
/// makes it again.
Result<ShredSummary> shred(Chronicle& chronicle, const ShredOptions& options);

}  // namespace gavah::pipeline
