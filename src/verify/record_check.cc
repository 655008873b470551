#include <algorithm>
#include <charconv>

#include "base/format.h"
#include "base/json.h"
#include "proof/proof.h"
#include "verify/edition_state.h"

namespace gavah::verify {
namespace {

using proof::EntryState;
using proof::LeafIndex;
using proof::LeafType;
using proof::OpenedEntry;

const std::string kRecords = "records.jsonl";

/// False when a value is not even spelled as its kind is: nothing can be counted with it.
bool check_openings(const std::string& origin, const EditionState& edition, const proof::RecordLine& record,
                    Findings& findings) {
  bool spelled = true;
  const proof::Leaf& leaf = edition.leaves[record.leaf];
  const auto specs = proof::slots_of(leaf.type);
  proof::Committer committer(origin, leaf.id);
  for (const proof::LineOpening& opening : record.openings) {
    const auto committed = proof::check_opening(opening, record.leaf, leaf, specs, committer);
    findings.expect(committed, Check::opening, kRecords, record.leaf);
    if (!opening.value) continue;
    const auto value = proof::check_spelling(specs[opening.slot].kind, *opening.value);
    spelled = findings.expect(value, Check::opening, kRecords, record.leaf) && spelled;
  }
  return spelled;
}

bool starts_with_level(const OpenedEntry& entry, std::string_view upper, std::string_view lower) {
  const auto above = entry.value(upper);
  const auto below = entry.value(lower);
  return !above || !below || below->starts_with(*above);
}

/// The three slots of a count of one kind.
struct CountPaths {
  explicit CountPaths(std::string_view kind)
      : interval(format("count/{}/interval", kind)),
        low(format("count/{}/low", kind)),
        high(format("count/{}/high", kind)) {}
  std::string interval;
  std::string low;
  std::string high;
};

/// An opened bound as an interval spells it: empty when it is absent. Nothing when it is closed.
std::optional<std::string_view> bound_of(const OpenedEntry& entry, const std::string& path) {
  const auto slot = entry.find(path);
  if (!slot) return std::nullopt;
  return slot->value ? std::string_view(*slot->value) : std::string_view();
}

/// True when two bounds, each spelled as an integer or empty, are not the wrong way round.
bool is_ordered(std::string_view low, std::string_view high) {
  std::int64_t from = 0;
  std::int64_t to = 0;
  const auto read = [](std::string_view text, std::int64_t& out) {
    return std::from_chars(text.data(), text.data() + text.size(), out).ec == std::errc();
  };
  return !read(low, from) || !read(high, to) || from <= to;
}

bool is_one_count(const OpenedEntry& entry, const CountPaths& paths) {
  const auto low = bound_of(entry, paths.low);
  const auto high = bound_of(entry, paths.high);
  const auto interval = bound_of(entry, paths.interval);
  if (!interval) return is_ordered(low.value_or(""), high.value_or(""));
  const std::size_t dots = interval->find("..");
  const std::string_view from = interval->substr(0, dots);
  const std::string_view to = dots == std::string_view::npos ? std::string_view() : interval->substr(dots + 2);
  return low.value_or(from) == from && high.value_or(to) == to;
}

/// Slots that say the same at different levels must agree, or an entry would be counted as convenient.
void check_levels(const OpenedEntry& entry, Findings& findings) {
  if (entry.type != LeafType::event && entry.type != LeafType::victim) return;
  const bool agree = starts_with_level(entry, "time/year", "time/month") &&
                     starts_with_level(entry, "time/month", "time/day") &&
                     starts_with_level(entry, "time/year", "time/day");
  if (!agree) findings.add(Check::record, kRecords, entry.leaf, "its year, month and day contradict each other");
  if (entry.type == LeafType::victim) return;
  static const std::vector<CountPaths> kCounts(proof::count_kinds().begin(), proof::count_kinds().end());
  for (const CountPaths& paths : kCounts) {
    if (!is_one_count(entry, paths)) {
      findings.add(Check::record, kRecords, entry.leaf, format("the bounds of {} contradict it", paths.interval));
    }
  }
}

/// One line: form, openings. Empty when it does not even parse.
std::optional<OpenedEntry> read_record(std::string_view line, const std::string& origin, const EditionState& edition,
                                       Findings& findings) {
  const auto leaf = proof::leaf_of_record_line(line);
  if (!findings.expect(leaf, Check::record, kRecords)) return std::nullopt;
  if (*leaf >= edition.leaves.size()) {
    findings.add(Check::record, kRecords, *leaf, "the log has no such leaf");
    return std::nullopt;
  }
  const LeafType table = edition.leaves[*leaf].type;
  const auto record = proof::parse_record_line(line, table);
  if (!findings.expect(record, Check::record, kRecords, *leaf)) return std::nullopt;
  if (!check_openings(origin, edition, *record, findings)) return std::nullopt;
  OpenedEntry out = proof::opened_from(*record, table);
  check_levels(out, findings);
  return out;
}

/// What a line says it is of must be what the register says.
bool is_of_its_entry(const OpenedEntry& opened, const EditionState& edition, Findings& findings) {
  const auto wrong = [&](std::string message) {
    findings.add(Check::record, kRecords, opened.leaf, std::move(message));
    return false;
  };
  if (opened.entry >= edition.leaves.size() || edition.leaves[opened.entry].type != opened.type) {
    return wrong(format("entry {} is not of type {}", opened.entry, name_of(opened.type)));
  }
  const proof::RegisterEntry* entry = edition.entries.find(opened.entry);
  if (entry == nullptr) {
    if (opened.type == LeafType::amend) return wrong("what an amendment says is opened as its entry, or not at all");
    if (edition.entries.is_redacted(opened.entry)) return wrong("the leaf was redacted, yet something is opened of it");
    return opened.leaf == opened.entry || wrong("a leaf that is no entry is restated by another");
  }
  if (entry->state != EntryState::disclosed) {
    return wrong(format("entry {} is {}, yet it is among the records", opened.entry, name_of(entry->state)));
  }
  if (entry->current != opened.leaf) {
    return wrong(format("entry {} is restated by leaf {} now", opened.entry, entry->current));
  }
  return true;
}

/// Keeps the lines that hold, in their order; `last` is the entry of the last one.
void keep(std::vector<std::optional<OpenedEntry>>& read, std::optional<LeafIndex>& last, EditionState& edition,
          Findings& findings) {
  for (auto& opened : read) {
    if (!opened || !is_of_its_entry(*opened, edition, findings)) continue;
    if (last && *last >= opened->entry) {
      findings.add(Check::record, kRecords, opened->leaf, "the records are not ascending, or state an entry twice");
      continue;
    }
    last = opened->entry;
    const bool is_event = opened->type == LeafType::event;
    auto& kept = is_event ? edition.events : edition.others;
    (is_event ? edition.event_at : edition.other_at).emplace(opened->leaf, kept.size());
    kept.push_back(*std::move(opened));
  }
}

void check_all_present(const EditionState& edition, Findings& findings) {
  for (const proof::RegisterEntry& entry : edition.entries.entries()) {
    if (entry.state == EntryState::disclosed && edition.opened_leaf(entry.current) == nullptr) {
      findings.add(Check::record, kRecords, entry.index, "the entry is live and not withheld, yet it has no record");
    }
  }
}

/// What the same record states of lineages must bear its status out.
void check_corroborated(const OpenedEntry& event, Findings& findings) {
  const auto status = event.value("status");
  const auto lineages = event.value("lineages");
  if (!status || *status != "corroborated" || !lineages) return;
  if (proof::index_from(*lineages).value_or(0) >= 2) return;
  findings.add(Check::status, kRecords, event.leaf, format("is called corroborated by {} lineages", *lineages));
}

/// "verified" comes only from a person's decision that names its method.
void check_verified(const EditionState& edition, Findings& findings) {
  std::uint64_t verified = 0;
  for (const OpenedEntry& event : edition.events) {
    check_corroborated(event, findings);
    const auto status = event.value("status");
    if (!status || *status != "verified") continue;
    ++verified;
    const auto method = event.value("status/method");
    const auto decision = event.value("status/decision");
    if (!method || method->empty() || !decision) {
      findings.add(Check::status, kRecords, event.leaf, "is called verified without a method and a decision");
      continue;
    }
    const LeafIndex leaf = proof::index_from(*decision).value_or(UINT64_MAX);
    const OpenedEntry* opened = edition.opened_leaf(leaf);
    const auto verb = opened == nullptr ? std::nullopt : opened->value("verb");
    if (opened == nullptr || opened->type != LeafType::decision || !verb || *verb != "verify") {
      findings.add(Check::status, kRecords, event.leaf, format("leaf {} is no decision that verifies it", leaf));
    }
  }
  findings.checked("events called verified, with the decision that says so", verified);
}

void check_umbrellas(const EditionState& edition, Findings& findings) {
  for (const OpenedEntry& event : edition.events) {
    const auto named = event.value("umbrella");
    if (!named) continue;
    const proof::RegisterEntry* entry = edition.entries.find(proof::index_from(*named).value_or(UINT64_MAX));
    const OpenedEntry* umbrella = entry == nullptr ? nullptr : edition.opened_leaf(entry->current);
    const auto extent = umbrella == nullptr ? std::nullopt : umbrella->value("extent");
    if (entry == nullptr || entry->type != LeafType::event || (extent && *extent != "umbrella")) {
      findings.add(Check::record, kRecords, event.leaf, format("entry {} is no umbrella", *named));
    }
  }
}

/// The events that a victim names, where that is opened and can be read.
std::vector<LeafIndex> events_of(const OpenedEntry& victim) {
  std::vector<LeafIndex> out;
  const auto named = victim.value("victim/events");
  const auto json = Json::parse(named.value_or("[]"));
  for (const Json& each : json ? json->items() : Json::Array{}) {
    out.push_back(each.integer() ? static_cast<LeafIndex>(*each.integer()) : UINT64_MAX);
  }
  return out;
}

/// What is opened of a victim's act, time and place is what its events say.
void check_victim(const OpenedEntry& victim, const EditionState& edition, Findings& findings) {
  constexpr std::array<std::string_view, 10> kShared{"act/family", "act/name",      "time/year",      "time/month",
                                                     "time/day",   "place/country", "place/province", "place/county",
                                                     "place/town", "place/exact"};
  for (const LeafIndex named : events_of(victim)) {
    const proof::RegisterEntry* entry = edition.entries.find(named);
    if (entry == nullptr || entry->type != LeafType::event) {
      findings.add(Check::record, kRecords, victim.leaf, format("entry {} is no event", named));
      continue;
    }
    const OpenedEntry* event = edition.opened_leaf(entry->current);
    // An event that was restated since then may say something else; its victims follow a batch at a time.
    if (event == nullptr || event->leaf > victim.leaf) continue;
    for (const std::string_view level : kShared) {
      const auto here = victim.value(level);
      const auto there = event->value(level);
      if (!here || !there || *here == *there) continue;
      findings.add(Check::record, kRecords, victim.leaf,
                   format("its {} is '{}', that of its event {} is '{}'", level, *here, named, *there));
    }
  }
}

}  // namespace

void check_records(const EditionFolder& folder, const std::string& origin, std::size_t threads, EditionState& edition,
                   Findings& findings) {
  const auto stamp = edition.stamps.find(kRecords);
  if (stamp == edition.stamps.end()) return findings.add(Check::record, kRecords, "the edition lists no records");
  std::optional<LeafIndex> last;
  folder.read_lines<std::optional<OpenedEntry>>(
      stamp->second, Check::record, threads, findings,
      [&](std::string_view line, Findings& found) { return read_record(line, origin, edition, found); },
      [&](std::vector<std::optional<OpenedEntry>>&& read) { keep(read, last, edition, findings); });
  for (proof::Leaf& leaf : edition.leaves) leaf.slots = {};  // nothing is opened against them any more
  check_all_present(edition, findings);
  check_verified(edition, findings);
  check_umbrellas(edition, findings);
  for (const proof::LevelClash& clash : proof::level_clashes(edition.events)) {
    findings.add(Check::record, kRecords, clash.second, clash.sentence());
  }
  std::ranges::copy_if(edition.others, std::back_inserter(edition.victims),
                       [](const OpenedEntry& other) { return other.type == LeafType::victim; });
  for (const OpenedEntry& victim : edition.victims) check_victim(victim, edition, findings);
  std::uint64_t slots = 0;
  for (const auto* kept : {&edition.events, &edition.others}) {
    for (const OpenedEntry& opened : *kept) slots += opened.slots.size();
  }
  findings.checked("records, each against its leaf", edition.events.size() + edition.others.size());
  findings.checked("opened slots, each against its commitment", slots);
}

}  // namespace gavah::verify
