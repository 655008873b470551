#include <algorithm>
#include <functional>
#include <set>

#include "base/json.h"
#include "proof/proof.h"
#include "publish/matching.h"
#include "publish/planning.h"

// Brings the register's events and victims in line with what is derived.
namespace gavah::publish {
namespace {

using proof::Entry;
using proof::LeafIndex;
using proof::LeafType;

/// Something derived with what its entry would hold.
struct Item {
  std::size_t place = 0;  ///< in the input
  std::vector<Support> supports;
  Anchored anchored;
};

/// Sets the slots of an item's entry, lists left out.
using Fill = std::function<void(Entry&, const Item&)>;

std::string text_or(const proof::SealedEntry& sealed, std::string_view path) {
  const std::string* value = sealed.find(path);
  return value == nullptr ? std::string() : *value;
}

/// Slots that are not lists, and lists but for their salts, are equal.
bool restates(const Entry& entry, const std::vector<Support>& supports, const proof::SealedEntry& current) {
  for (const proof::SlotSpec& spec : proof::slots_of(entry.type)) {
    if (spec.kind == "list") continue;
    const std::string* before = current.find(spec.path);
    const std::string* after = entry.find(spec.path);
    if ((before == nullptr) != (after == nullptr) || (before != nullptr && *before != *after)) return false;
  }
  const auto& evidence = current.list("evidence");
  const auto& claims = current.list("claims");
  const auto& origins = current.list("origins");
  if (evidence.size() != supports.size() || claims.size() != supports.size() || origins.size() != supports.size()) {
    return false;
  }
  for (std::size_t i = 0; i < supports.size(); ++i) {
    if (evidence[i].bytes != proof::to_json(supports[i].evidence) || origins[i].bytes != supports[i].origin ||
        !proof::says(claims[i].bytes, supports[i].public_claim)) {
      return false;
    }
  }
  return true;
}

std::string detail_of(const Entry& entry) {
  std::string detail;
  for (const auto* path :
       {"act/name", "extent", "time/day", "place/town", "place/exact", "victim/names", "victim/age"}) {
    if (!proof::slot_at(entry.type, path)) continue;
    const std::string* value = entry.find(path);
    detail.append(value == nullptr ? "?" : *value).push_back('\x1f');
  }
  return detail;
}

/// Umbrellas come first, so that their parts can name their entries.
Result<std::vector<Item>> event_items(Planning& planning) {
  const auto& events = planning.input.events;
  std::vector<Item> items;
  for (const Extent wanted : {Extent::umbrella, Extent::moment, Extent::continuing}) {
    for (std::size_t i = 0; i < events.size(); ++i) {
      if (events[i].extent != wanted) continue;
      Item item;
      item.place = i;
      GAVAH_ASSIGN(item.supports, planning.contents.supports(events[i].claims));
      item.anchored.anchors = anchors_of(item.supports);
      if (item.anchored.anchors.empty()) {
        ++planning.plan.unanchored;
        continue;
      }
      if (!planning.contents.decisions_on(Verb::withdraw, item.anchored.anchors).empty()) continue;
      Entry entry;
      entry.type = LeafType::event;
      planning.contents.set_event(entry, events[i], item.supports, std::nullopt);
      item.anchored.kind = events[i].act;
      item.anchored.detail = detail_of(entry);
      items.push_back(std::move(item));
    }
  }
  return items;
}

Result<std::vector<Item>> victim_items(Planning& planning) {
  const auto& victims = planning.input.victims;
  std::vector<Item> items;
  for (std::size_t i = 0; i < victims.size(); ++i) {
    Item item;
    item.place = i;
    GAVAH_ASSIGN(item.supports, planning.contents.supports(victims[i].claims));
    item.anchored.anchors = anchors_of(item.supports);
    if (item.anchored.anchors.empty()) {
      ++planning.plan.unanchored;
      continue;
    }
    Entry entry;
    entry.type = LeafType::victim;
    planning.contents.set_victim(entry, victims[i], item.supports, {});
    item.anchored.kind = victims[i].names.empty() ? std::string() : victims[i].names.front();
    item.anchored.detail = detail_of(entry);
    items.push_back(std::move(item));
  }
  return items;
}

std::string kind_of(const proof::SealedEntry& sealed, LeafType type) {
  if (type == LeafType::event) return text_or(sealed, "act/name");
  const auto names = Json::parse(text_or(sealed, "victim/names"));
  const bool has_name = names && !names->items().empty() && names->items().front().string() != nullptr;
  return has_name ? *names->items().front().string() : std::string();
}

/// The register's live entries of one type beside the items, and which is which.
struct Comparison {
  LeafType type = LeafType::event;
  std::vector<LeafIndex> indices;  ///< of the live entries
  std::vector<Anchored> entries;
  Matching matching;
};

Result<Comparison> compare(Planning& planning, LeafType type, const std::vector<Item>& items, OtherKinds other_kinds) {
  Comparison out;
  out.type = type;
  for (const proof::RegisterEntry& entry : planning.appending.entries().entries()) {
    if (entry.type != type || !entry.is_live()) continue;
    const proof::SealedEntry& sealed = planning.appending.at(entry.current);
    Entry values;
    values.type = type;
    values.values = sealed.values;
    Anchored anchored;
    anchored.detail = detail_of(values);
    anchored.kind = kind_of(sealed, type);
    GAVAH_ASSIGN(const auto* anchors, planning.anchors_at(entry.index));
    anchored.anchors = *anchors;
    out.indices.push_back(entry.index);
    out.entries.push_back(std::move(anchored));
  }
  std::vector<Anchored> anchored;
  anchored.reserve(items.size());
  for (const Item& item : items) anchored.push_back(item.anchored);
  out.matching = match(anchored, out.entries, other_kinds);
  return out;
}

/// Which entries end although nobody decided so.
enum class Ends { all, decided_only };

/// Carries out one comparison.
class Reconciler {
 public:
  Reconciler(Planning& planning, const Comparison& comparison, const Fill& fill)
      : planning_(planning), comparison_(comparison), fill_(fill), is_matched_(comparison.entries.size(), false) {
    for (const auto& entry : comparison.matching.entry_of) {
      if (entry) is_matched_[*entry] = true;
    }
  }

  /// Gives each item's entry.
  Result<std::vector<LeafIndex>> bring_in_line(std::vector<Item>& items);
  Result<void> end_unmatched(Ends ends);
  /// How many entries would be created, amended or ended, decided ends left out.
  Result<std::uint64_t> count_changes(const std::vector<Item>& items);

 private:
  Result<LeafIndex> create(Item& item, std::optional<LeafIndex> parent);
  Result<void> amend(LeafIndex index, Item& item);
  Result<bool> is_as_it_was(LeafIndex index, const Item& item, Entry& restated);
  Result<void> split_parents();
  Result<void> merge(std::size_t into, std::vector<LeafIndex> from);

  Planning& planning_;
  const Comparison& comparison_;
  const Fill& fill_;
  std::vector<bool> is_matched_;  ///< by place among the entries
  std::set<std::size_t> was_split_;
};

Result<LeafIndex> Reconciler::create(Item& item, std::optional<LeafIndex> parent) {
  Entry entry;
  entry.type = comparison_.type;
  if (parent) entry.refs = {{"parent", {*parent}}};
  fill_(entry, item);
  GAVAH_TRY(planning_.contents.set_lists(entry, item.supports, planning_.random));
  ++planning_.plan.created;
  return planning_.appending.append(std::move(entry));
}

/// Also false when a decision about a slot came after the leaf: what is opened of it then changes, and each change
/// needs a leaf that caused it.
Result<bool> Reconciler::is_as_it_was(LeafIndex index, const Item& item, Entry& restated) {
  const proof::RegisterEntry* entry = planning_.appending.entries().find(index);
  restated.type = entry->type;
  fill_(restated, item);
  if (!restates(restated, item.supports, planning_.appending.at(entry->current))) return false;
  GAVAH_ASSIGN(const auto* anchors, planning_.anchors_at(index));
  const auto decided = planning_.disclosing.last_slot_decision(*anchors);
  return !decided || *decided < entry->current;
}

Result<void> Reconciler::amend(LeafIndex index, Item& item) {
  Entry restated;
  GAVAH_ASSIGN(const bool same, is_as_it_was(index, item, restated));
  if (same) return {};
  restated.type = LeafType::amend;
  restated.refs = {{"entry", {index}}};
  GAVAH_TRY(planning_.contents.set_lists(restated, item.supports, planning_.random));
  ++planning_.plan.amended;
  GAVAH_TRY(planning_.appending.append(std::move(restated)));
  return {};
}

Result<void> Reconciler::split_parents() {
  if (comparison_.type != LeafType::event) return {};
  for (const auto& parent : comparison_.matching.split_from) {
    if (!parent || !was_split_.insert(*parent).second) continue;
    Entry act = act_on(LeafType::split, "entry", {comparison_.indices[*parent]}, "its evidence is of two events");
    const auto decided = planning_.contents.decisions_on(Verb::split, comparison_.entries[*parent].anchors);
    if (!decided.empty()) cite_decision(act, *decided.back());
    GAVAH_TRY(planning_.appending.append(std::move(act)));
    ++planning_.plan.split;
  }
  return {};
}

Result<std::vector<LeafIndex>> Reconciler::bring_in_line(std::vector<Item>& items) {
  GAVAH_TRY(split_parents());
  const Matching& matching = comparison_.matching;
  std::vector<LeafIndex> out;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto own = matching.entry_of[i];
    if (own && !was_split_.contains(*own)) {
      GAVAH_TRY(amend(comparison_.indices[*own], items[i]));
      out.push_back(comparison_.indices[*own]);
      continue;
    }
    const auto parent = own ? own : matching.split_from[i];
    const bool is_child = parent && was_split_.contains(*parent);
    GAVAH_ASSIGN(const LeafIndex index,
                 create(items[i], is_child ? std::optional(comparison_.indices[*parent]) : std::nullopt));
    out.push_back(index);
  }
  GAVAH_TRY(end_unmatched(Ends::all));
  return out;
}

Result<void> Reconciler::merge(std::size_t into, std::vector<LeafIndex> from) {
  planning_.plan.merged += from.size();
  Entry merge = act_on(LeafType::merge, "from", std::move(from), "one event holds the evidence of both");
  merge.refs.push_back({"into", {comparison_.indices[into]}});
  const auto decided = planning_.contents.decisions_on(Verb::merge, comparison_.entries[into].anchors);
  if (!decided.empty()) cite_decision(merge, *decided.back());
  GAVAH_TRY(planning_.appending.append(std::move(merge)));
  return {};
}

Result<void> Reconciler::end_unmatched(Ends ends) {
  std::map<std::size_t, std::vector<LeafIndex>> merges;
  std::vector<LeafIndex> gone;
  for (std::size_t i = 0; i < comparison_.entries.size(); ++i) {
    if (is_matched_[i] || was_split_.contains(i)) continue;
    const auto into = comparison_.matching.merged_into[i];
    const auto decided = planning_.contents.decisions_on(Verb::withdraw, comparison_.entries[i].anchors);
    if (into && !was_split_.contains(*into)) {
      merges[*into].push_back(comparison_.indices[i]);
    } else if (!decided.empty()) {
      Entry withdraw = act_on(LeafType::withdraw, "entry", {comparison_.indices[i]}, decided.back()->reason);
      cite_decision(withdraw, *decided.back());
      GAVAH_TRY(planning_.appending.append(std::move(withdraw)));
      ++planning_.plan.withdrawn;
    } else {
      gone.push_back(comparison_.indices[i]);
    }
  }
  if (ends == Ends::decided_only) return {};
  for (auto& [into, from] : merges) GAVAH_TRY(merge(into, std::move(from)));
  planning_.plan.withdrawn += gone.size();
  return planning_.cite_in_chunks(LeafType::withdraw, "entry", gone, "nothing derived rests on its evidence any more");
}

Result<std::uint64_t> Reconciler::count_changes(const std::vector<Item>& items) {
  const Matching& matching = comparison_.matching;
  std::uint64_t changes = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    bool same = false;
    if (const auto own = matching.entry_of[i]) {
      Entry restated;
      GAVAH_ASSIGN(same, is_as_it_was(comparison_.indices[*own], items[i], restated));
    }
    if (!same) ++changes;
  }
  for (std::size_t i = 0; i < comparison_.entries.size(); ++i) {
    if (!is_matched_[i] && planning_.contents.decisions_on(Verb::withdraw, comparison_.entries[i].anchors).empty()) {
      ++changes;
    }
  }
  return changes;
}

}  // namespace

Result<void> register_events(Planning& planning) {
  GAVAH_ASSIGN(std::vector<Item> items, event_items(planning));
  const auto& events = planning.input.events;
  auto& entry_of_event = planning.entry_of_event;
  const Fill fill = [&](Entry& entry, const Item& item) {
    const Event& event = events[item.place];
    std::optional<LeafIndex> umbrella;
    if (event.umbrella) {
      const auto found = entry_of_event.find(*event.umbrella);
      if (found != entry_of_event.end()) umbrella = found->second;
    }
    planning.contents.set_event(entry, event, item.supports, umbrella);
    if (event.extent == Extent::umbrella) entry_of_event.emplace(event.id, planning.appending.next());
  };
  GAVAH_ASSIGN(const Comparison comparison, compare(planning, LeafType::event, items, OtherKinds::accepted));
  // An umbrella that has an entry already keeps it: its parts must name that one.
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Event& event = events[items[i].place];
    if (event.extent == Extent::umbrella && comparison.matching.entry_of[i]) {
      entry_of_event.emplace(event.id, comparison.indices[*comparison.matching.entry_of[i]]);
    }
  }
  GAVAH_ASSIGN(const std::vector<LeafIndex> result, Reconciler(planning, comparison, fill).bring_in_line(items));
  for (std::size_t i = 0; i < items.size(); ++i) entry_of_event[events[items[i].place].id] = result[i];
  return {};
}

Result<void> register_victims(Planning& planning) {
  GAVAH_ASSIGN(std::vector<Item> items, victim_items(planning));
  const Fill fill = [&](Entry& entry, const Item& item) {
    const Victim& victim = planning.input.victims[item.place];
    std::vector<LeafIndex> events;
    for (const EventId& event : victim.events) {
      const auto found = planning.entry_of_event.find(event);
      if (found != planning.entry_of_event.end()) events.push_back(found->second);
    }
    std::ranges::sort(events);
    planning.contents.set_victim(entry, victim, item.supports, events);
  };
  GAVAH_ASSIGN(const Comparison comparison, compare(planning, LeafType::victim, items, OtherKinds::refused));
  Reconciler reconciler(planning, comparison, fill);
  GAVAH_ASSIGN(const std::uint64_t changes, reconciler.count_changes(items));
  if (changes > 0 && changes < planning.input.policy.batch) {
    planning.plan.waiting = changes;
    return reconciler.end_unmatched(Ends::decided_only);
  }
  planning.victim_acts = changes;
  GAVAH_TRY(reconciler.bring_in_line(items));
  return {};
}

}  // namespace gavah::publish
