#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "link/link.h"
#include "model/claim.h"
#include "model/decision.h"
#include "store/store.h"

namespace gavah::pipeline {

/// Whether a decision is about a claim: an anchor of it meets the claim's, and the act that it may be narrowed to is
/// the claim's, as is its rank among the claims of the act there. Decisions cite bytes, so that this holds for the
/// claims of any codebook.
bool concerns(const Decision& decision, const Claim& claim, const link::Rank& rank);

/// Whether a decision waits for a person when one of its passages holds no such claim: as link rules on it.
bool needs_claims(const Decision& decision);

/// Where the index notes the claims that linking or a person changed, as they were coded.
inline constexpr std::string_view kRawClaims = "raw-claims";
Result<std::map<ClaimId, Claim>> raw_claims(store::Index& index);
/// Whether one of these decisions, standing or revoked, corrects the act of a claim at this anchor.
bool corrects_act(std::span<const Decision> decisions, const Anchor& anchor);
/// The claims of a report with their acts as coded: what the ranks in decisions mean. `decisions`: all of the log.
Result<std::vector<Claim>> coded_claims(store::Index& index, const ReportId& report,
                                        std::span<const Decision> decisions);

/// "NAME, on 2031-05-06: the reason (decision ID)".
std::string told_of(const Decision& decision);

}  // namespace gavah::pipeline
