#include "proof/overlap.h"

#include <algorithm>
#include <bit>
#include <compare>
#include <numeric>
#include <string>

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

std::uint64_t hash_of(const Values& values, Mask mask) {
  std::uint64_t hash = mask;
  for (std::size_t i = 0; i < kLevels.size(); ++i) {
    if ((mask >> i & 1U) == 0) continue;
    hash = (std::rotl(hash, 23) ^ std::hash<std::string_view>()(values[i])) * 0x9e3779b97f4a7c15U;  // an odd number
  }
  return hash;
}

/// Orders the values of two events on the levels in `mask`.
std::strong_ordering compare(const Values& a, const Values& b, Mask mask) {
  for (std::size_t i = 0; i < kLevels.size(); ++i) {
    if ((mask >> i & 1U) == 0) continue;
    if (const auto order = a[i] <=> b[i]; order != 0) return order;
  }
  return std::strong_ordering::equal;
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
    const auto value = entry.slots.value(kSlots[i]);
    if (!value) continue;
    mask |= Mask{1} << i;
    values[i] = i != kExtent ? *value : *value == "umbrella" ? "umbrella" : "act";
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
      const auto by = act == opened.end() ? std::nullopt : act->second.value("made-by");
      if (!by || (*by != "program" && *by != "person")) continue;
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
        const auto wanted = cell.find(path);
        return wanted && (!wanted->value || events_[i].value(path) == wanted->value);
      });
      if (inside) cover_[i].push_back(id);
    }
  }

  std::span<const OpenedEntry> events_;
  std::vector<std::vector<std::uint32_t>> cover_;
  std::vector<bool> by_person_;  ///< by number of the act
};

/// A class or an event by the hash of some of its levels. Sorting by hashes first makes equal ones neighbours at the
/// price of comparing numbers; texts are compared where hashes are equal, so that no choice of texts makes it slow.
struct Hashed {
  std::uint64_t hash = 0;
  std::size_t at = 0;
};

std::vector<Class> classes_of(std::span<const OpenedEntry> events, Cover& cover) {
  std::vector<Class> single(events.size());
  std::vector<Hashed> order(events.size());
  for (std::size_t i = 0; i < events.size(); ++i) {
    single[i].values = values_of(events[i], single[i].mask);
    single[i].cover = std::move(cover.of(i));
    single[i].entries = {events[i].entry};
    order[i] = {hash_of(single[i].values, single[i].mask), i};
  }
  const auto kind = [&](const Hashed& each) -> const Class& { return single[each.at]; };
  const auto same_or_before = [&](const Hashed& a, const Hashed& b) -> std::strong_ordering {
    if (a.hash != b.hash) return a.hash <=> b.hash;
    if (kind(a).mask != kind(b).mask) return kind(a).mask <=> kind(b).mask;
    const auto values = compare(kind(a).values, kind(b).values, kind(a).mask);
    return values != 0 ? values : kind(a).cover <=> kind(b).cover;
  };
  std::ranges::sort(order, [&](const Hashed& a, const Hashed& b) {
    const auto order_of = same_or_before(a, b);
    return order_of != 0 ? order_of < 0 : a.at < b.at;
  });
  std::vector<Class> classes;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i > 0 && same_or_before(order[i - 1], order[i]) == 0) {
      classes.back().entries.push_back(events[order[i].at].entry);
    } else {
      classes.push_back(std::move(single[order[i].at]));
    }
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
    const std::vector<Hashed> a = sorted(left, common);
    const std::vector<Hashed> b = sorted(right, common);
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
      const auto order = compare(a[i], b[j], common);
      if (order < 0) {
        ++i;
      } else if (order > 0) {
        ++j;
      } else {
        const std::size_t a_end = end_of_equals(a, i, common);
        const std::size_t b_end = end_of_equals(b, j, common);
        pairs_ += (a_end - i) * (b_end - j);
        if (pairs_ > kMaxOverlapPairs) return false;
        look_at_all(std::span(a).subspan(i, a_end - i), std::span(b).subspan(j, b_end - j));
        i = a_end;
        j = b_end;
      }
    }
    return true;
  }

 private:
  std::strong_ordering compare(const Hashed& a, const Hashed& b, Mask mask) const {
    if (a.hash != b.hash) return a.hash <=> b.hash;
    return proof::compare(classes_[a.at].values, classes_[b.at].values, mask);
  }
  std::vector<Hashed> sorted(const std::vector<std::size_t>& side, Mask mask) const {
    std::vector<Hashed> out;
    out.reserve(side.size());
    for (const std::size_t at : side) out.push_back({hash_of(classes_[at].values, mask), at});
    std::ranges::sort(out, [&](const Hashed& a, const Hashed& b) { return compare(a, b, mask) < 0; });
    return out;
  }
  std::size_t end_of_equals(const std::vector<Hashed>& side, std::size_t begin, Mask mask) const {
    std::size_t end = begin + 1;
    while (end < side.size() && compare(side[begin], side[end], mask) == 0) ++end;
    return end;
  }
  void look_at_all(std::span<const Hashed> a, std::span<const Hashed> b) {
    for (const Hashed& left : a) {
      for (const Hashed& right : b) look(left.at, right.at);
    }
  }
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
