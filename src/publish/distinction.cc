#include <algorithm>

#include "base/format.h"
#include "proof/proof.h"
#include "publish/planning.h"

// `distinct` leaves: why entries that nothing opened tells apart are not one act twice.
namespace gavah::publish {
namespace {

using proof::Entry;
using proof::LeafIndex;
using proof::LeafType;

constexpr std::string_view kByLinking = "what was opened does not tell them apart; linking did";

Result<std::vector<LeafIndex>> entries_met(Planning& planning, const Decision& decision) {
  std::vector<LeafIndex> out;
  for (const proof::RegisterEntry& entry : planning.appending.entries().entries()) {
    if (entry.type != LeafType::event || !entry.is_live()) continue;
    GAVAH_ASSIGN(const auto* anchors, planning.anchors_at(entry.index));
    const bool met = std::ranges::any_of(decision.anchors, [&](const Anchor& anchor) {
      return std::ranges::any_of(*anchors, [&](const Anchor& other) { return meets(anchor, other); });
    });
    if (met) out.push_back(entry.index);
  }
  return out;
}

/// A set that cites them all, by a person: a machine's word does not stand in for a person's.
bool is_cited_by_person(const Appending& appending, const std::vector<LeafIndex>& entries) {
  return std::ranges::any_of(appending.entries().distincts(), [&](const proof::DistinctAct& act) {
    const std::string* by = appending.at(act.leaf).find("made-by");
    return by != nullptr && *by == "person" && std::ranges::includes(act.entries, entries);
  });
}

Result<void> keep_apart_as_decided(Planning& planning) {
  for (const Decision& decision : planning.input.decisions) {
    if (decision.verb != Verb::distinct) continue;
    GAVAH_ASSIGN(const std::vector<LeafIndex> entries, entries_met(planning, decision));
    if (entries.size() < 2 || entries.size() > kMaxCited || is_cited_by_person(planning.appending, entries)) continue;
    Entry act = act_on(LeafType::distinct, "entry", entries, decision.reason);
    cite_decision(act, decision);
    GAVAH_TRY(planning.appending.append(std::move(act)));
    ++planning.plan.distinct;
  }
  return {};
}

/// The cell that holds them all: every opened level on which they agree.
Entry cell_of(const std::vector<LeafIndex>& entries, std::span<const proof::OpenedEntry> events) {
  Entry act = act_on(LeafType::distinct, "through", {entries.back()}, kByLinking);
  for (const auto* path :
       {"act/name", "time/year", "time/month", "place/country", "place/province", "place/county", "place/town"}) {
    const auto value_at = [&](LeafIndex entry) {
      return std::ranges::lower_bound(events, entry, {}, &proof::OpenedEntry::entry)->value(path);
    };
    const auto first = value_at(entries.front());
    const bool agree = first && std::ranges::all_of(entries, [&](LeafIndex entry) { return value_at(entry) == first; });
    if (agree) act.set(path, std::string(*first));
  }
  return act;
}

}  // namespace

Result<void> keep_apart(Planning& planning) {
  GAVAH_TRY(keep_apart_as_decided(planning));
  Appending& appending = planning.appending;
  std::vector<proof::OpenedEntry> events;
  for (const proof::RegisterEntry& entry : appending.entries().entries()) {
    if (entry.type != LeafType::event || entry.state != proof::EntryState::disclosed) continue;
    GAVAH_ASSIGN(const auto* anchors, planning.anchors_at(entry.index));
    events.push_back(planning.disclosing.open(LeafType::event, entry.index, appending.at(entry.current), *anchors));
  }
  std::map<LeafIndex, proof::OpenedEntry> opened;
  for (const proof::DistinctAct& act : appending.entries().distincts()) {
    opened[act.leaf] = planning.disclosing.open(LeafType::distinct, act.leaf, appending.at(act.leaf), {});
  }
  GAVAH_ASSIGN(const auto overlaps, proof::find_overlaps(events, appending.entries().distincts(), opened));
  for (const proof::Overlap& overlap : overlaps.unexplained) {
    const bool fits = overlap.entries.size() <= kMaxCited;
    GAVAH_TRY(appending.append(fits ? act_on(LeafType::distinct, "entry", overlap.entries, kByLinking)
                                    : cell_of(overlap.entries, events)));
    ++planning.plan.distinct;
  }
  return {};
}

}  // namespace gavah::publish
