#include "link/ruling.h"

#include <algorithm>
#include <map>
#include <set>

namespace gavah::link {
namespace {

class RulingMaker {
 public:
  RulingMaker(std::span<const Claim> claims, std::span<const Decision> decisions) {
    for (const Claim& claim : claims) {
      standing_.emplace(claim.id, &claim);
      if (claim.anchor) by_part_[{claim.anchor->capture, claim.anchor->part}].push_back(claim.id);
    }
    for (auto& [part, ids] : by_part_) std::ranges::sort(ids);
    std::vector<Decision> all(decisions.begin(), decisions.end());
    std::ranges::sort(all, [](const Decision& a, const Decision& b) {
      return std::tuple(a.leaf, a.day, a.id) < std::tuple(b.leaf, b.day, b.id);
    });
    decisions_ = standing(std::move(all));
  }

  Rulings make() {
    for (const Decision& decision : decisions_) apply(decision);
    for (const auto& [id, claim] : standing_) {
      if (!rejected_.contains(id)) out_.claims.push_back(claim);
    }
    for (auto& [id, claim] : corrected_) {
      out_.corrected.push_back(claim);
      const auto at = std::ranges::lower_bound(out_.claims, id, {}, &Claim::id);
      if (at != out_.claims.end() && (*at)->id == id) *at = &out_.corrected.back();
    }
    out_.rejected.assign(rejected_.begin(), rejected_.end());
    std::ranges::sort(out_.orphans, {}, &OrphanDecision::decision);
    return std::move(out_);
  }

 private:
  std::vector<ClaimId> met_by(const Anchor& anchor, const NamedClaims& named) const {
    const auto part = by_part_.find({anchor.capture, anchor.part});
    std::vector<ClaimId> met;
    std::vector<ClaimId> exact;
    if (part == by_part_.end()) return met;
    for (const ClaimId& id : part->second) {
      const Claim& claim = named.of > 0 ? *standing_.at(id) : current(id);
      if (!meets(*claim.anchor, anchor) || (!named.act.empty() && claim.act != named.act)) continue;
      met.push_back(id);
      if (*claim.anchor == anchor) exact.push_back(id);
    }
    if (named.of > 0) return of_rank(exact, named);
    // The anchor of a claim means that claim, also where a wider one overlaps it.
    return exact.empty() ? met : exact;
  }

  /// The one that is meant, or none where more or fewer of them were coded than the decision saw.
  std::vector<ClaimId> of_rank(std::vector<ClaimId> here, const NamedClaims& named) const {
    std::vector<Claim> coded;
    for (const ClaimId& id : here) coded.push_back(*standing_.at(id));
    std::erase_if(here, [&](const ClaimId& id) { return !means(named, current(id), rank_of(current(id), coded)); });
    return here;
  }

  const Claim& current(const ClaimId& id) const {
    const auto found = corrected_.find(id);
    return found != corrected_.end() ? found->second : *standing_.at(id);
  }

  void orphan(const Decision& decision, std::string why) { out_.orphans.push_back({decision.id, std::move(why)}); }

  void apply(const Decision& decision) {
    // To withhold a passage or a part needs no claim there; to withhold a slot does, or it protects nothing.
    const bool withholds = decision.verb == Verb::withhold;
    const bool concerns_claims =
        decision.verb != Verb::code && decision.verb != Verb::dispose && (!withholds || !decision.slot.empty());
    if (!concerns_claims) return;
    const bool names_slot = decision.verb == Verb::correct || withholds;
    const NamedClaims named = decision.verb == Verb::correct ? corrected_slot(decision.slot).claims
                              : names_slot                   ? NamedClaims{}
                                                             : named_claims(decision.slot);
    std::vector<std::vector<ClaimId>> groups;
    for (const Anchor& anchor : decision.anchors) {
      groups.push_back(met_by(anchor, named));
      if (groups.back().empty()) return orphan(decision, "one of its passages holds no such claim any more");
    }
    const std::size_t needed = decision.verb == Verb::merge || decision.verb == Verb::distinct ? 2 : 1;
    if (groups.size() < needed) return orphan(decision, "it names too few passages");
    if (decision.verb == Verb::reject) {
      rejected_.insert(groups.front().begin(), groups.front().end());
    } else if (decision.verb == Verb::correct) {
      correct(decision, groups.front());
    } else if (decision.verb != Verb::withdraw && !withholds) {
      out_.structural.push_back({decision.verb, std::move(groups)});
    }
  }

  void correct(const Decision& decision, const std::vector<ClaimId>& claims) {
    for (const ClaimId& id : claims) {
      Claim claim = current(id);
      if (const auto done = correct_slot(claim, corrected_slot(decision.slot).slot, decision.value); !done) {
        return orphan(decision, done.error().message);
      }
      corrected_.insert_or_assign(id, std::move(claim));
    }
  }

  std::map<ClaimId, const Claim*> standing_;
  std::map<ClaimId, Claim> corrected_;
  std::set<ClaimId> rejected_;
  std::map<std::pair<CaptureId, PartNumber>, std::vector<ClaimId>> by_part_;
  std::vector<Decision> decisions_;
  Rulings out_;
};

}  // namespace

Rulings rule_on(std::span<const Claim> claims, std::span<const Decision> decisions) {
  return RulingMaker(claims, decisions).make();
}

}  // namespace gavah::link
