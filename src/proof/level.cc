#include "proof/level.h"

#include <array>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "base/format.h"
#include "proof/slot_table.h"

namespace gavah::proof {
namespace {

struct Pair {
  std::string_view lower;
  std::string_view upper;
};
constexpr std::array<Pair, 11> kPairs{{{"act/name", "act/family"},
                                       {"place/province", "place/country"},
                                       {"place/county", "place/country"},
                                       {"place/county", "place/province"},
                                       {"place/town", "place/country"},
                                       {"place/town", "place/province"},
                                       {"place/town", "place/county"},
                                       {"place/exact", "place/country"},
                                       {"place/exact", "place/province"},
                                       {"place/exact", "place/town"},
                                       {"place/exact", "place/county"}}};

struct First {
  std::string_view upper;
  LeafIndex entry = 0;
};

/// Looks for the first clash of one pair of levels. `amend` has the slots of `event` at the same numbers.
class Search {
 public:
  explicit Search(const Pair& pair)
      : pair_(pair),
        lower_slot_(slot_at(LeafType::event, pair.lower).value_or(UINT32_MAX)),
        upper_slot_(slot_at(LeafType::event, pair.upper).value_or(UINT32_MAX)) {}

  void look_at(const OpenedEntry& event) {
    if (clash_) return;
    const auto lower = event.slots.value(lower_slot_);
    const auto upper = event.slots.value(upper_slot_);
    if (!lower || !upper) return;
    const auto [at, is_new] = seen_.try_emplace(*lower, First{*upper, event.entry});
    if (is_new || at->second.upper == *upper) return;
    clash_ = {std::string(pair_.lower), std::string(pair_.upper), std::string(*lower), at->second.entry, event.entry};
  }
  const std::optional<LevelClash>& clash() const { return clash_; }

 private:
  Pair pair_;
  std::uint32_t lower_slot_;
  std::uint32_t upper_slot_;
  std::unordered_map<std::string_view, First> seen_;
  std::optional<LevelClash> clash_;
};

}  // namespace

std::string LevelClash::sentence() const {
  return format("entries {} and {} agree on {} '{}' and differ in {}", first, second, lower, value, upper);
}

std::vector<LevelClash> level_clashes(std::span<const OpenedEntry> events) {
  std::vector<Search> searches(kPairs.begin(), kPairs.end());
  for (const OpenedEntry& event : events) {
    for (Search& search : searches) search.look_at(event);
  }
  std::vector<LevelClash> out;
  for (const Search& search : searches) {
    if (search.clash()) out.push_back(*search.clash());
  }
  return out;
}

}  // namespace gavah::proof
