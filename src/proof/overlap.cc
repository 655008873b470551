#include "proof/overlap.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <unordered_map>

#include "proof/slot_table.h"

namespace gavah::proof {
namespace {

// What may tell two events apart; the last stands for "umbrella or not", whatever else `extent` says.
constexpr std::array<std::string_view, 11> kLevels{"act/family", "act/name",      "time/year",      "time/month",
                                                   "time/day",   "place/country", "place/province", "place/county",
                                                   "place/town", "place/exact",   "extent"};
constexpr std::size_t kExtent = kLevels.size() - 1;
using Mask = std::uint32_t;
using Values = std::array<std::string_view, kLevels.size()>;

/// Entries with equal opened levels that the same `distinct` leaves cite.
struct Class {
  Mask mask = 0;
  Values values;
  std::vector<std::uint32_t> cover;
  std::vector<LeafIndex> entries;
};

std::string key_of(const Values& values, Mask mask) {
  std::string key;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if ((mask >> i & 1U) == 0) continue;
    key.append(values[i]).push_back('\x1f');
  }
  return key;
}

/// Slots of the levels; `amend` has those of `event` at the same numbers.
std::array<std::uint32_t, kLevels.size()> level_slots() {
  std::array<std::uint32_t, kLevels.size()> out{};
  for (std::size_t i = 0; i < kLevels.size(); ++i) out[i] = slot_at(LeafType::event, kLevels[i]).value_or(UINT32_MAX);
  return out;
}

Values values_of(const OpenedEntry& entry, Mask& mask) {
  static const auto kSlots = level_slots();
  Values values;
  for (std::size_t i = 0; i < kLevels.size(); ++i) {
    const OpenedSlot* slot = entry.at(kSlots[i]);
    if (slot == nullptr || !slot->value) continue;
    mask |= Mask{1} << i;
    values[i] = *slot->value;
    if (i == kExtent) values[i] = *slot->value == "umbrella" ? "umbrella" : "act";
  }
  return values;
}

bool share_one(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    if (*i == *j) return true;
    if (*i < *j) {
      ++i;
    } else {
      ++j;
    }
  }
  return false;
}

/// Which `distinct` leaves cite each event, by the event's place in `events`.
class Cover {
 public:
  Cover(std::span<const OpenedEntry> events, std::span<const DistinctAct> distincts,
        const std::map<LeafIndex, OpenedEntry>& opened)
      : events_(events), cover_(events.size()) {
    by_person_.resize(distincts.size(), false);
    for (std::uint32_t id = 0; id < distincts.size(); ++id) {
      const auto act = opened.find(distincts[id].leaf);
      const std::string* by = act == opened.end() ? nullptr : act->second.value("made-by");
      if (by == nullptr || (*by != "program" && *by != "person")) continue;
      by_person_[id] = *by == "person";
      if (distincts[id].through) {
        cite_cell(act->second, *distincts[id].through, id);
      } else {
        cite_set(distincts[id], id);
      }
    }
  }
  std::vector<std::uint32_t>& of(std::size_t event) { return cover_[event]; }

  void tally(Overlaps& out) const {
    for (const auto& acts : cover_) {
      const auto persons = std::ranges::count_if(acts, [&](std::uint32_t id) { return by_person_[id]; });
      if (persons > 0) ++out.by_person;
      if (static_cast<std::size_t>(persons) < acts.size()) ++out.by_program;
    }
  }

 private:
  void cite_set(const DistinctAct& act, std::uint32_t id) {
    for (const LeafIndex entry : act.entries) {
      const auto found = std::ranges::lower_bound(events_, entry, {}, &OpenedEntry::entry);
      if (found != events_.end() && found->entry == entry) {
        cover_[static_cast<std::size_t>(found - events_.begin())].push_back(id);
      }
    }
  }
  void cite_cell(const OpenedEntry& cell, LeafIndex through, std::uint32_t id) {
    for (std::size_t i = 0; i < events_.size() && events_[i].entry <= through; ++i) {
      const bool inside = std::ranges::all_of(kLevels, [&](std::string_view path) {
        if (path == "act/family" || path == "time/day" || path == "place/exact" || path == "extent") return true;
        const OpenedSlot* wanted = cell.find(path);
        if (wanted == nullptr) return false;
        const std::string* have = events_[i].value(path);
        return !wanted->value || (have != nullptr && *have == *wanted->value);
      });
      if (inside) cover_[i].push_back(id);
    }
  }

  std::span<const OpenedEntry> events_;
  std::vector<std::vector<std::uint32_t>> cover_;
  std::vector<bool> by_person_;  ///< by number of the act
};

std::vector<Class> classes_of(std::span<const OpenedEntry> events, Cover& cover) {
  std::vector<Class> classes;
  std::unordered_map<std::string, std::size_t> place;
  for (std::size_t i = 0; i < events.size(); ++i) {
    Mask mask = 0;
    const Values values = values_of(events[i], mask);
    std::string key = key_of(values, mask).append(std::to_string(mask));
    for (const std::uint32_t id : cover.of(i)) key.append(",").append(std::to_string(id));
    const auto [at, is_new] = place.emplace(std::move(key), classes.size());
    if (is_new) classes.push_back({mask, values, std::move(cover.of(i)), {}});
    classes[at->second].entries.push_back(events[i].entry);
  }
  return classes;
}

/// Joins classes that overlap unexplained into groups (union and find).
class Groups {
 public:
  explicit Groups(std::size_t count) : parent_(count), has_overlap_(count, false) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }
  void join(std::size_t a, std::size_t b) {
    has_overlap_[a] = has_overlap_[b] = true;
    parent_[root(a)] = root(b);
  }
  std::size_t root(std::size_t at) {
    while (parent_[at] != at) at = parent_[at] = parent_[parent_[at]];
    return at;
  }
  bool has_overlap(std::size_t at) const { return has_overlap_[at]; }

 private:
  std::vector<std::size_t> parent_;
  std::vector<bool> has_overlap_;
};

/// Looks at every pair of classes, one of `left` and one of `right`, that agree on all levels both have opened.
class PairSearch {
 public:
  PairSearch(const std::vector<Class>& classes, Groups& groups) : classes_(classes), groups_(groups) {}

  bool search(const std::vector<std::size_t>& left, const std::vector<std::size_t>& right) {
    const Mask common = classes_[left.front()].mask & classes_[right.front()].mask;
    std::unordered_map<std::string, std::vector<std::size_t>> by_key;
    for (const std::size_t b : right) by_key[key_of(classes_[b].values, common)].push_back(b);
    for (const std::size_t a : left) {
      const auto met = by_key.find(key_of(classes_[a].values, common));
      if (met == by_key.end()) continue;
      pairs_ += met->second.size();
      if (pairs_ > kMaxOverlapPairs) return false;
      for (const std::size_t b : met->second) look(a, b);
    }
    return true;
  }

 private:
  void look(std::size_t a, std::size_t b) {
    if (a == b && classes_[a].entries.size() < 2) return;
    if (!share_one(classes_[a].cover, classes_[b].cover)) groups_.join(a, b);
  }

  const std::vector<Class>& classes_;
  Groups& groups_;
  std::uint64_t pairs_ = 0;
};

std::vector<Overlap> collect(const std::vector<Class>& classes, Groups& groups) {
  std::map<std::size_t, Overlap> by_root;
  for (std::size_t i = 0; i < classes.size(); ++i) {
    if (!groups.has_overlap(i)) continue;
    auto& entries = by_root[groups.root(i)].entries;
    entries.insert(entries.end(), classes[i].entries.begin(), classes[i].entries.end());
  }
  std::vector<Overlap> out;
  for (auto& [root, overlap] : by_root) {
    std::ranges::sort(overlap.entries);
    out.push_back(std::move(overlap));
  }
  std::ranges::sort(out, {}, [](const Overlap& overlap) { return overlap.entries.front(); });
  return out;
}

}  // namespace

Result<Overlaps> find_overlaps(std::span<const OpenedEntry> events, std::span<const DistinctAct> distincts,
                               const std::map<LeafIndex, OpenedEntry>& opened_distincts) {
  Overlaps out;
  Cover cover(events, distincts, opened_distincts);
  cover.tally(out);
  const std::vector<Class> classes = classes_of(events, cover);
  std::map<Mask, std::vector<std::size_t>> by_mask;
  for (std::size_t i = 0; i < classes.size(); ++i) by_mask[classes[i].mask].push_back(i);
  Groups groups(classes.size());
  PairSearch pairs(classes, groups);
  for (auto left = by_mask.begin(); left != by_mask.end(); ++left) {
    for (auto right = left; right != by_mask.end(); ++right) {
      if (!pairs.search(left->second, right->second)) {
        return fail(ErrorCode::unavailable, "too many entries overlap to look at each pair: open finer levels");
      }
    }
  }
  out.unexplained = collect(classes, groups);
  return out;
}

}  // namespace gavah::proof
