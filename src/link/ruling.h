#pragma once

#include <deque>
#include <vector>

#include "link/link.h"

namespace gavah::link {

/// A merge, split, distinct or verify with the claims that each of its anchors meets.
struct StructuralRuling {
  Verb verb = Verb::merge;
  std::vector<std::vector<ClaimId>> groups;  ///< one an anchor, each not empty; sorted
};

/// What people's decisions make of the claims.
struct Rulings {
  std::vector<const Claim*> claims;          ///< those that stand: not rejected, as corrected; order of ids
  std::deque<Claim> corrected;               ///< in order of ids
  std::vector<ClaimId> rejected;             ///< sorted
  std::vector<StructuralRuling> structural;  ///< in the order in which they were decided
  std::vector<OrphanDecision> orphans;       ///< sorted by decision
};

/// Decisions in the order of the log (leaf, then day, then id); a later one overrides, and a revoked one is passed
/// over. The claims must outlive the answer. `slot` narrows the claims that an anchor meets to one act, for correct by
/// what stands before its slash, for withhold never.
Rulings rule_on(std::span<const Claim> claims, std::span<const Decision> decisions);

}  // namespace gavah::link
