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

std::string told_of(const Decision& decision) {
  return format("{}, on {}: {} (decision {})", decision.by.empty() ? "a person" : decision.by, decision.day.text(),
                decision.reason, decision.id.hex());
}

}  // namespace gavah::pipeline
