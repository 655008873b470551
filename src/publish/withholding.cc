#include "proof/proof.h"
#include "publish/planning.h"

// Which entries are withheld as a whole, by policy or by decision, and which are no longer.
namespace gavah::publish {
namespace {

using proof::LeafIndex;
using proof::LeafType;

struct Withholding {
  std::vector<LeafIndex> by_policy;
  std::vector<LeafIndex> by_person;
  std::vector<LeafIndex> lifted;
  std::vector<LeafIndex> lifted_victims;
};

/// Why an entry should be withheld.
enum class Reason { none, policy, decision };

void sort_out(const proof::RegisterEntry& entry, Reason reason, Withholding& out) {
  if (entry.state == proof::EntryState::withheld) {
    if (reason != Reason::none) return;
    (entry.type == LeafType::victim ? out.lifted_victims : out.lifted).push_back(entry.index);
  } else if (reason == Reason::decision) {
    out.by_person.push_back(entry.index);
  } else if (reason == Reason::policy) {
    out.by_policy.push_back(entry.index);
  }
}

}  // namespace

Result<void> withhold_entries(Planning& planning) {
  Withholding found;
  const bool closes_victims = planning.input.policy.victims == Disclosure::withheld;
  for (const proof::RegisterEntry& entry : planning.appending.entries().entries()) {
    if (!entry.is_live()) continue;
    GAVAH_ASSIGN(const auto* anchors, planning.anchors_at(entry.index));
    const bool decided = planning.disclosing.withholding(*anchors).has_value();
    const bool closed = entry.type == LeafType::victim && closes_victims;
    sort_out(entry, decided ? Reason::decision : closed ? Reason::policy : Reason::none, found);
  }
  planning.plan.withheld = found.by_policy.size() + found.by_person.size();
  GAVAH_TRY(
      planning.cite_in_chunks(LeafType::withhold, "entry", found.by_policy, "the disclosure policy withholds victims"));
  GAVAH_TRY(planning.cite_in_chunks(LeafType::withhold, "entry", found.by_person, "a decision withholds it"));
  // To disclose a victim again is to release something about it: with others, or not yet.
  const std::size_t released = found.lifted_victims.size() + planning.victim_acts;
  if (released < planning.input.policy.batch) {
    planning.plan.waiting += found.lifted_victims.size();
  } else {
    found.lifted.insert(found.lifted.end(), found.lifted_victims.begin(), found.lifted_victims.end());
    planning.victim_acts = released;
  }
  return planning.cite_in_chunks(LeafType::withhold, "lift", found.lifted,
                                 "neither policy nor decision withholds it any more");
}

}  // namespace gavah::publish
