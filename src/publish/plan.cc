#include "publish/plan.h"

#include <algorithm>
#include <set>
#include <unordered_set>

#include "base/format.h"
#include "proof/proof.h"
#include "publish/appending.h"
#include "publish/contents.h"
#include "publish/disclosure.h"
#include "publish/matching.h"

namespace gavah::publish {
namespace {

using proof::Entry;
using proof::LeafIndex;
using proof::LeafType;

constexpr std::size_t kMaxCited = 4'000;  // indices in one leaf: with 8 digits each they stay below its 65,535 bytes

/// Something derived with what its entry would hold.
struct Item {
  std::size_t place = 0;  ///< in the input
  std::vector<Support> supports;
  Anchored anchored;
};

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

/// Works out one plan. Lives for one call of plan().
class Planner {
 public:
  Planner(const PlanInput& input, Random& random, Appending appending, Disclosing disclosing)
      : input_(input),
        random_(random),
        contents_(input),
        appending_(std::move(appending)),
        disclosing_(std::move(disclosing)) {}

  Result<Plan> run() {
    GAVAH_TRY(adopt_rules());
    GAVAH_TRY(register_events());
    GAVAH_TRY(register_victims());
    GAVAH_TRY(withhold());
    GAVAH_TRY(distinguish_as_decided());
    GAVAH_TRY(distinguish_overlaps());
    GAVAH_TRY(dispose());
    plan_.entries = appending_.take();
    return std::move(plan_);
  }

 private:
  Result<void> adopt_rules();
  Result<void> register_events();
  Result<void> register_victims();
  Result<void> withhold();
  Result<void> distinguish_as_decided();
  Result<void> distinguish_overlaps();
  Result<void> dispose();

  Result<std::vector<Item>> event_items();
  Result<std::vector<Item>> victim_items();
  Result<std::vector<Anchored>> live_entries(LeafType type, std::vector<LeafIndex>& indices);
  std::string detail_of(const Entry& entry) const;
  using Fill = std::function<void(Entry&, const Item&)>;
  /// Brings the register's entries of one type in line with the items; gives each item's entry.
  Result<std::vector<LeafIndex>> reconcile(LeafType type, std::vector<Item>& items, OtherKinds other_kinds,
                                           const Fill& fill);
  Result<LeafIndex> create(LeafType type, Item& item, std::optional<LeafIndex> parent, const Fill& fill);
  Result<void> amend(LeafIndex entry, Item& item, const Fill& fill);
  Result<void> end_unmatched(const std::vector<LeafIndex>& entries, const Matching& matching,
                             const std::vector<Anchored>& anchored, const std::set<std::size_t>& was_split);
  Result<void> cite_in_chunks(LeafType type, std::string_view role, const std::vector<LeafIndex>& entries,
                              std::string_view reason);
  Result<void> distinguish_set(const std::vector<LeafIndex>& entries);
  Result<void> distinguish_cell(const std::vector<LeafIndex>& entries, std::span<const proof::OpenedEntry> events);
  Result<std::vector<Anchor>> anchors_at(LeafIndex entry);
  std::map<std::pair<CaptureId, PartNumber>, std::string> decided_statuses() const;
  std::map<std::pair<CaptureId, PartNumber>, std::string> derived_statuses() const;
  Result<void> dispose_capture(const Capture& capture, std::vector<std::string> records);

  const PlanInput& input_;
  Random& random_;
  Contents contents_;
  Appending appending_;
  Disclosing disclosing_;
  Plan plan_;
  std::map<EventId, LeafIndex> entry_of_event_;
};

Result<void> Planner::adopt_rules() {
  for (const proof::Rule& rule : input_.rules) {
    std::optional<LeafIndex> old;
    bool is_in_force = false;
    for (const LeafIndex leaf : appending_.entries().rules()) {
      if (text_or(appending_.at(leaf), "name") == rule.name) old = leaf;
      is_in_force = is_in_force || appending_.at(leaf).leaf.bind == rule.digest();
    }
    if (is_in_force) continue;
    Entry entry;
    entry.type = LeafType::rule;
    if (old) entry.refs = {{"replaces", {*old}}};
    entry.bind = rule.digest();
    std::string text = rule.canonical();
    text.pop_back();
    entry.set("name", rule.name);
    entry.set("text", std::move(text));
    GAVAH_TRY(appending_.append(std::move(entry)));
  }
  return {};
}

std::string Planner::detail_of(const Entry& entry) const {
  std::string detail;
  for (const auto* path : {"act/name", "extent", "time/day", "place/town", "place/exact", "victim/names"}) {
    if (!proof::slot_at(entry.type, path)) continue;
    const std::string* value = entry.find(path);
    detail.append(value == nullptr ? "?" : *value).push_back('\x1f');
  }
  return detail;
}

/// Umbrellas come first, so that their parts can name their entries.
Result<std::vector<Item>> Planner::event_items() {
  std::vector<Item> items;
  for (const Extent wanted : {Extent::umbrella, Extent::moment, Extent::continuing}) {
    for (std::size_t i = 0; i < input_.events.size(); ++i) {
      if (input_.events[i].extent != wanted) continue;
      Item item;
      item.place = i;
      GAVAH_ASSIGN(item.supports, contents_.supports(input_.events[i].claims));
      item.anchored.anchors = anchors_of(item.supports);
      if (item.anchored.anchors.empty()) {
        ++plan_.unanchored;
        continue;
      }
      if (!contents_.decisions_on(Verb::withdraw, item.anchored.anchors).empty()) continue;
      Entry entry;
      entry.type = LeafType::event;
      contents_.set_event(entry, input_.events[i], item.supports, std::nullopt);
      item.anchored.kind = input_.events[i].act;
      item.anchored.detail = detail_of(entry);
      items.push_back(std::move(item));
    }
  }
  return items;
}

Result<std::vector<Item>> Planner::victim_items() {
  std::vector<Item> items;
  for (std::size_t i = 0; i < input_.victims.size(); ++i) {
    Item item;
    item.place = i;
    GAVAH_ASSIGN(item.supports, contents_.supports(input_.victims[i].claims));
    item.anchored.anchors = anchors_of(item.supports);
    if (item.anchored.anchors.empty()) {
      ++plan_.unanchored;
      continue;
    }
    Entry entry;
    entry.type = LeafType::victim;
    contents_.set_victim(entry, input_.victims[i], item.supports, {});
    const auto& names = input_.victims[i].names;
    item.anchored.kind = names.empty() ? std::string() : names.front();
    item.anchored.detail = detail_of(entry);
    items.push_back(std::move(item));
  }
  return items;
}

Result<std::vector<Anchor>> Planner::anchors_at(LeafIndex entry) {
  const proof::RegisterEntry* found = appending_.entries().find(entry);
  GAVAH_ASSIGN(const auto evidence, evidence_of(appending_.at(found->current)));
  return anchors_of(evidence);
}

Result<std::vector<Anchored>> Planner::live_entries(LeafType type, std::vector<LeafIndex>& indices) {
  std::vector<Anchored> out;
  for (const proof::RegisterEntry& entry : appending_.entries().entries()) {
    if (entry.type != type || !entry.is_live()) continue;
    const proof::SealedEntry& sealed = appending_.at(entry.current);
    Entry values;
    values.type = type;
    values.values = sealed.values;
    Anchored anchored;
    anchored.detail = detail_of(values);
    anchored.kind = text_or(sealed, "act/name");
    if (type == LeafType::victim) {
      const auto names = Json::parse(text_or(sealed, "victim/names"));
      const bool has_name = names && !names->items().empty() && names->items().front().string() != nullptr;
      anchored.kind = has_name ? *names->items().front().string() : std::string();
    }
    GAVAH_ASSIGN(anchored.anchors, anchors_at(entry.index));
    indices.push_back(entry.index);
    out.push_back(std::move(anchored));
  }
  return out;
}

Result<LeafIndex> Planner::create(LeafType type, Item& item, std::optional<LeafIndex> parent, const Fill& fill) {
  Entry entry;
  entry.type = type;
  if (parent) entry.refs = {{"parent", {*parent}}};
  fill(entry, item);
  GAVAH_TRY(contents_.set_lists(entry, item.supports, random_));
  ++plan_.created;
  return appending_.append(std::move(entry));
}

Result<void> Planner::amend(LeafIndex index, Item& item, const Fill& fill) {
  const proof::RegisterEntry* entry = appending_.entries().find(index);
  Entry restated;
  restated.type = entry->type;
  fill(restated, item);
  if (restates(restated, item.supports, appending_.at(entry->current))) return {};
  restated.type = LeafType::amend;
  restated.refs = {{"entry", {index}}};
  GAVAH_TRY(contents_.set_lists(restated, item.supports, random_));
  ++plan_.amended;
  GAVAH_TRY(appending_.append(std::move(restated)));
  return {};
}

Result<std::vector<LeafIndex>> Planner::reconcile(LeafType type, std::vector<Item>& items, OtherKinds other_kinds,
                                                  const Fill& fill) {
  std::vector<LeafIndex> indices;
  GAVAH_ASSIGN(const std::vector<Anchored> entries, live_entries(type, indices));
  std::vector<Anchored> anchored;
  for (const Item& item : items) anchored.push_back(item.anchored);
  Matching matching = match(anchored, entries, other_kinds);
  std::set<std::size_t> was_split;
  if (type == LeafType::event) {
    for (const auto& parent : matching.split_from) {
      if (!parent || !was_split.insert(*parent).second) continue;
      GAVAH_TRY(
          appending_.append(act_on(LeafType::split, "entry", {indices[*parent]}, "its evidence is of two events")));
      ++plan_.split;
    }
  }
  std::vector<LeafIndex> out;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto own = matching.entry_of[i];
    if (own && !was_split.contains(*own)) {
      GAVAH_TRY(amend(indices[*own], items[i], fill));
      out.push_back(indices[*own]);
      continue;
    }
    const auto parent = own ? own : matching.split_from[i];
    const bool is_child = parent && was_split.contains(*parent);
    GAVAH_ASSIGN(const LeafIndex index,
                 create(type, items[i], is_child ? std::optional(indices[*parent]) : std::nullopt, fill));
    out.push_back(index);
  }
  GAVAH_TRY(end_unmatched(indices, matching, entries, was_split));
  return out;
}

Result<void> Planner::end_unmatched(const std::vector<LeafIndex>& entries, const Matching& matching,
                                    const std::vector<Anchored>& anchored, const std::set<std::size_t>& was_split) {
  std::set<std::size_t> matched;
  for (const auto& entry : matching.entry_of) {
    if (entry) matched.insert(*entry);
  }
  std::map<std::size_t, std::vector<LeafIndex>> merges;
  std::vector<LeafIndex> gone;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (matched.contains(i) || was_split.contains(i)) continue;
    const auto into = matching.merged_into[i];
    if (into && !was_split.contains(*into)) {
      merges[*into].push_back(entries[i]);
    } else if (const auto decided = contents_.decisions_on(Verb::withdraw, anchored[i].anchors); !decided.empty()) {
      Entry withdraw = act_on(LeafType::withdraw, "entry", {entries[i]}, decided.back()->reason);
      withdraw.set("made-by", std::string("person"));
      withdraw.set("decision", std::to_string(decided.back()->leaf.value_or(0)));
      GAVAH_TRY(appending_.append(std::move(withdraw)));
      ++plan_.withdrawn;
    } else {
      gone.push_back(entries[i]);
    }
  }
  for (const auto& [into, from] : merges) {
    Entry merge = act_on(LeafType::merge, "from", from, "one event holds the evidence of both");
    merge.refs.push_back({"into", {entries[into]}});
    if (const auto decided = contents_.decisions_on(Verb::merge, anchored[into].anchors); !decided.empty()) {
      merge.set("made-by", std::string("person"));
      merge.set("decision", std::to_string(decided.back()->leaf.value_or(0)));
    }
    GAVAH_TRY(appending_.append(std::move(merge)));
    plan_.merged += from.size();
  }
  plan_.withdrawn += gone.size();
  return cite_in_chunks(LeafType::withdraw, "entry", gone, "nothing derived rests on its evidence any more");
}

Result<void> Planner::cite_in_chunks(LeafType type, std::string_view role, const std::vector<LeafIndex>& entries,
                                     std::string_view reason) {
  for (std::size_t begin = 0; begin < entries.size(); begin += kMaxCited) {
    const std::size_t end = std::min(entries.size(), begin + kMaxCited);
    std::vector<LeafIndex> chunk(entries.begin() + static_cast<std::ptrdiff_t>(begin),
                                 entries.begin() + static_cast<std::ptrdiff_t>(end));
    GAVAH_TRY(appending_.append(act_on(type, role, std::move(chunk), reason)));
  }
  return {};
}

Result<void> Planner::register_events() {
  GAVAH_ASSIGN(std::vector<Item> items, event_items());
  // Umbrellas are registered before the rest is looked at, so both halves see the whole register.
  const auto fill = [this](Entry& entry, const Item& item) {
    const Event& event = input_.events[item.place];
    std::optional<LeafIndex> umbrella;
    if (event.umbrella) {
      const auto found = entry_of_event_.find(*event.umbrella);
      if (found != entry_of_event_.end()) umbrella = found->second;
    }
    contents_.set_event(entry, event, item.supports, umbrella);
    if (event.extent == Extent::umbrella) entry_of_event_.emplace(event.id, appending_.next());
  };
  // An umbrella that has an entry already keeps it: its parts must name that one.
  std::vector<LeafIndex> indices;
  GAVAH_ASSIGN(const std::vector<Anchored> entries, live_entries(LeafType::event, indices));
  std::vector<Anchored> anchored;
  for (const Item& item : items) anchored.push_back(item.anchored);
  const Matching matching = match(anchored, entries, OtherKinds::accepted);
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Event& event = input_.events[items[i].place];
    if (event.extent == Extent::umbrella && matching.entry_of[i]) {
      entry_of_event_.emplace(event.id, indices[*matching.entry_of[i]]);
    }
  }
  GAVAH_ASSIGN(const std::vector<LeafIndex> result, reconcile(LeafType::event, items, OtherKinds::accepted, fill));
  for (std::size_t i = 0; i < items.size(); ++i) entry_of_event_[input_.events[items[i].place].id] = result[i];
  return {};
}

Result<void> Planner::register_victims() {
  GAVAH_ASSIGN(std::vector<Item> items, victim_items());
  const auto fill = [this](Entry& entry, const Item& item) {
    const Victim& victim = input_.victims[item.place];
    std::vector<LeafIndex> events;
    for (const EventId& event : victim.events) {
      const auto found = entry_of_event_.find(event);
      if (found != entry_of_event_.end()) events.push_back(found->second);
    }
    std::ranges::sort(events);
    contents_.set_victim(entry, victim, item.supports, events);
  };
  GAVAH_TRY(reconcile(LeafType::victim, items, OtherKinds::refused, fill));
  return {};
}

Result<void> Planner::withhold() {
  std::vector<LeafIndex> by_policy;
  std::vector<LeafIndex> by_person;
  std::vector<LeafIndex> lifted;
  for (const proof::RegisterEntry& entry : appending_.entries().entries()) {
    if (!entry.is_live()) continue;
    GAVAH_ASSIGN(const std::vector<Anchor> anchors, anchors_at(entry.index));
    const bool decided = disclosing_.withholding(anchors).has_value();
    const bool closed = entry.type == LeafType::victim && input_.policy.victims == Disclosure::withheld;
    if (entry.state == proof::EntryState::withheld) {
      if (!decided && !closed) lifted.push_back(entry.index);
    } else if (decided) {
      by_person.push_back(entry.index);
    } else if (closed) {
      by_policy.push_back(entry.index);
    }
  }
  plan_.withheld = by_policy.size() + by_person.size();
  GAVAH_TRY(cite_in_chunks(LeafType::withhold, "entry", by_policy, "the disclosure policy withholds victims"));
  GAVAH_TRY(cite_in_chunks(LeafType::withhold, "entry", by_person, "a decision withholds it"));
  return cite_in_chunks(LeafType::withhold, "lift", lifted, "neither policy nor decision withholds it any more");
}

Result<void> Planner::distinguish_as_decided() {
  for (const Decision& decision : input_.decisions) {
    if (decision.verb != Verb::distinct) continue;
    std::vector<LeafIndex> entries;
    for (const proof::RegisterEntry& entry : appending_.entries().entries()) {
      if (entry.type != LeafType::event || !entry.is_live()) continue;
      GAVAH_ASSIGN(const std::vector<Anchor> anchors, anchors_at(entry.index));
      const bool met = std::ranges::any_of(decision.anchors, [&](const Anchor& anchor) {
        return std::ranges::any_of(anchors, [&](const Anchor& other) { return meets(anchor, other); });
      });
      if (met) entries.push_back(entry.index);
    }
    const bool is_cited = std::ranges::any_of(appending_.entries().distincts(), [&](const proof::DistinctAct& act) {
      return std::ranges::includes(act.entries, entries);
    });
    if (entries.size() < 2 || is_cited) continue;
    Entry act = act_on(LeafType::distinct, "entry", entries, decision.reason);
    act.set("made-by", std::string("person"));
    act.set("decision", std::to_string(decision.leaf.value_or(0)));
    GAVAH_TRY(appending_.append(std::move(act)));
    ++plan_.distinct;
  }
  return {};
}

Result<void> Planner::distinguish_overlaps() {
  std::vector<proof::OpenedEntry> events;
  std::map<LeafIndex, proof::OpenedEntry> opened;
  for (const proof::RegisterEntry& entry : appending_.entries().entries()) {
    if (entry.type != LeafType::event || entry.state != proof::EntryState::disclosed) continue;
    GAVAH_ASSIGN(const std::vector<Anchor> anchors, anchors_at(entry.index));
    events.push_back(disclosing_.open(LeafType::event, entry.index, appending_.at(entry.current), anchors));
  }
  for (const proof::DistinctAct& act : appending_.entries().distincts()) {
    if (act.through) opened[act.leaf] = disclosing_.open(LeafType::distinct, act.leaf, appending_.at(act.leaf), {});
  }
  GAVAH_ASSIGN(const auto overlaps, proof::unexplained_overlaps(events, appending_.entries().distincts(), opened));
  for (const proof::Overlap& overlap : overlaps) {
    if (overlap.entries.size() <= kMaxCited) {
      GAVAH_TRY(distinguish_set(overlap.entries));
    } else {
      GAVAH_TRY(distinguish_cell(overlap.entries, events));
    }
    ++plan_.distinct;
  }
  return {};
}

Result<void> Planner::distinguish_set(const std::vector<LeafIndex>& entries) {
  GAVAH_TRY(appending_.append(
      act_on(LeafType::distinct, "entry", entries, "what was opened does not tell them apart; linking did")));
  return {};
}

/// The cell that holds them all: every opened level on which they agree.
Result<void> Planner::distinguish_cell(const std::vector<LeafIndex>& entries,
                                       std::span<const proof::OpenedEntry> events) {
  Entry act =
      act_on(LeafType::distinct, "through", {entries.back()}, "what was opened does not tell them apart; linking did");
  for (const auto* path :
       {"act/name", "time/year", "time/month", "place/country", "place/province", "place/county", "place/town"}) {
    const auto value_at = [&](LeafIndex entry) {
      return std::ranges::lower_bound(events, entry, {}, &proof::OpenedEntry::entry)->value(path);
    };
    const std::string* first = value_at(entries.front());
    const bool agree = first != nullptr && std::ranges::all_of(entries, [&](LeafIndex entry) {
                         const std::string* value = value_at(entry);
                         return value != nullptr && *value == *first;
                       });
    if (agree) act.set(path, *first);
  }
  GAVAH_TRY(appending_.append(std::move(act)));
  return {};
}

/// What people decided on parts; the latest decision on a part counts.
std::map<std::pair<CaptureId, PartNumber>, std::string> Planner::decided_statuses() const {
  std::map<std::pair<CaptureId, PartNumber>, std::string> out;
  for (const Decision& decision : input_.decisions) {
    if (decision.verb != Verb::dispose) continue;
    for (const Anchor& anchor : decision.anchors) out[{anchor.capture, anchor.part}] = decision.value;
  }
  return out;
}

/// Of several reports in one part the strongest status counts: linked, then no act found, then hollow.
std::map<std::pair<CaptureId, PartNumber>, std::string> Planner::derived_statuses() const {
  std::unordered_set<ReportId> linked;
  std::unordered_map<ClaimId, ReportId> report_of;
  for (const Claim& claim : input_.claims) report_of[claim.id] = claim.report;
  const auto link = [&](const std::vector<ClaimId>& claims) {
    for (const ClaimId& claim : claims) linked.insert(report_of[claim]);
  };
  for (const Event& event : input_.events) link(event.claims);
  for (const Victim& victim : input_.victims) link(victim.claims);
  std::map<std::pair<CaptureId, PartNumber>, std::string> out;
  for (const ReportNote& report : input_.reports) {
    std::string& status = out[{report.capture, report.part}];
    if (linked.contains(report.id)) {
      status = "linked";
    } else if (status != "linked" && report.hollow.empty()) {
      status = "no act found";
    } else if (status.empty()) {
      status = "hollow";
    }
  }
  return out;
}

Result<void> Planner::dispose() {
  auto statuses = derived_statuses();
  for (const auto& [part, status] : decided_statuses()) statuses[part] = status;
  for (const CaptureParts& capture : input_.captures) {
    std::vector<std::string> records;
    for (const Part& part : capture.parts) {
      const auto known = statuses.find({part.capture, part.number});
      proof::StatusRecord record{part.number, known == statuses.end() ? "backlog" : known->second, std::nullopt};
      if (record.status == "no act found") record.program = input_.program;
      records.push_back(proof::to_json(record));
    }
    GAVAH_TRY(dispose_capture(capture.capture, std::move(records)));
  }
  return {};
}

Result<void> Planner::dispose_capture(const Capture& capture, std::vector<std::string> records) {
  const LeafIndex leaf = static_cast<LeafIndex>(capture.leaf.value_or(-1));
  const auto* state = appending_.entries().find_capture(leaf);
  if (state == nullptr) return fail(ErrorCode::not_found, format("capture {} has no leaf", capture.id.hex()));
  const bool is_stated = state->dispose && std::ranges::equal(appending_.at(*state->dispose).list("statuses"), records,
                                                              {}, &proof::ListRecord::bytes);
  if (is_stated) return {};
  Entry entry;
  entry.type = LeafType::dispose;
  entry.refs = {{"capture", {leaf}}};
  entry.set_list("statuses", std::move(records), random_);
  GAVAH_TRY(appending_.append(std::move(entry)));
  ++plan_.disposed;
  return {};
}

Result<void> check_orphans(std::span<const Orphan> orphans) {
  if (orphans.empty()) return {};
  return fail(ErrorCode::refused,
              format("{} decisions have lost what they were about and must be settled before publishing; the first is "
                     "{}: {}",
                     orphans.size(), orphans.front().decision.hex(), orphans.front().why));
}

}  // namespace

Result<Plan> plan(const PlanInput& input, Random& random) {
  GAVAH_TRY(check_orphans(input.orphans));
  GAVAH_ASSIGN(Appending appending, Appending::from(input.log));
  GAVAH_ASSIGN(Disclosing disclosing, Disclosing::from(input.log, input.policy));
  return Planner(input, random, std::move(appending), std::move(disclosing)).run();
}

}  // namespace gavah::publish
