#pragma once

#include <string>

#include "link/link.h"
#include "model/claim.h"
#include "model/decision.h"

namespace gavah::pipeline {

/// Whether a decision is about a claim: an anchor of it meets the claim's, and the act that it may be narrowed to is
/// the claim's, as is its rank among the claims of the act there. Decisions cite bytes, so that this holds for the
/// claims of any codebook.
bool concerns(const Decision& decision, const Claim& claim, const link::Rank& rank);

/// Whether a decision waits for a person when one of its passages holds no such claim: as link rules on it.
bool needs_claims(const Decision& decision);

/// "NAME, on 2031-05-06: the reason (decision ID)".
std::string told_of(const Decision& decision);

}  // namespace gavah::pipeline
