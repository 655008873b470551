#include "pipeline/decided.h"

#include <algorithm>

#include "base/format.h"

namespace gavah::pipeline {

bool concerns(const Decision& decision, const Claim& claim, const link::Rank& rank) {
  const bool met = claim.anchor && std::ranges::any_of(decision.anchors, [&](const Anchor& anchor) {
                     return meets(anchor, *claim.anchor);
                   });
  if (!met || decision.verb == Verb::code || decision.verb == Verb::withhold) return met;
  return link::means(
      decision.verb == Verb::correct ? link::corrected_slot(decision.slot).claims : link::named_claims(decision.slot),
      claim, rank);
}

bool needs_claims(const Decision& decision) {
  if (decision.verb == Verb::withhold) return !decision.slot.empty();
  return decision.verb != Verb::code && decision.verb != Verb::dispose;
}

Result<std::map<ClaimId, Claim>> raw_claims(store::Index& index) {
  std::map<ClaimId, Claim> out;
  GAVAH_ASSIGN(const std::string raw, index.note(kRawClaims));
  if (raw.empty()) return out;
  GAVAH_ASSIGN(const Json list, Json::parse(raw));
  for (const Json& json : list.items()) {
    GAVAH_ASSIGN(Claim claim, claim_from_json(json));
    const ClaimId id = claim.id;
    out.insert_or_assign(id, std::move(claim));
  }
  return out;
}

bool corrects_act(std::span<const Decision> decisions, const Anchor& anchor) {
  return std::ranges::any_of(decisions, [&](const Decision& decision) {
    return decision.verb == Verb::correct && link::corrected_slot(decision.slot).slot == "act" &&
           std::ranges::any_of(decision.anchors, [&](const Anchor& other) { return meets(other, anchor); });
  });
}

Result<std::vector<Claim>> coded_claims(store::Index& index, const ReportId& report,
                                        std::span<const Decision> decisions) {
  GAVAH_ASSIGN(const auto ids, index.claims_of(report));
  std::vector<Claim> out;
  bool may_differ = false;
  for (const ClaimId& id : ids) {
    GAVAH_ASSIGN(Claim claim, index.claim(id));
    may_differ = may_differ || (claim.anchor && corrects_act(decisions, *claim.anchor));
    out.push_back(std::move(claim));
  }
  if (!may_differ) return out;  // the acts alone matter here, and linking changes none
  GAVAH_ASSIGN(const auto before, raw_claims(index));
  for (Claim& claim : out) {
    const auto found = before.find(claim.id);
    if (found != before.end()) claim = found->second;
  }
  return out;
}

std::string told_of(const Decision& decision) {
  return format("{}, on {}: {} (decision {})", decision.by.empty() ? "a person" : decision.by, decision.day.text(),
                decision.reason, decision.id.hex());
}

}  // namespace gavah::pipeline
