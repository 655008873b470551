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

std::optional<LevelClash> clash_of(const Pair& pair, std::span<const OpenedEntry> events) {
  const auto lower_slot = slot_at(LeafType::event, pair.lower);
  const auto upper_slot = slot_at(LeafType::event, pair.upper);
  std::unordered_map<std::string_view, First> seen;
  for (const OpenedEntry& event : events) {
    // `amend` has the slots of `event` at the same numbers.
    const OpenedSlot* lower = event.at(*lower_slot);
    const OpenedSlot* upper = event.at(*upper_slot);
    if (lower == nullptr || upper == nullptr || !lower->value || !upper->value) continue;
    const auto [at, is_new] = seen.try_emplace(*lower->value, First{*upper->value, event.entry});
    if (is_new || at->second.upper == *upper->value) continue;
    return LevelClash{std::string(pair.lower), std::string(pair.upper), *lower->value, at->second.entry, event.entry};
  }
  return std::nullopt;
}

}  // namespace

std::string LevelClash::sentence() const {
  return format("entries {} and {} agree on {} '{}' and differ in {}", first, second, lower, value, upper);
}

std::vector<LevelClash> level_clashes(std::span<const OpenedEntry> events) {
  std::vector<LevelClash> out;
  for (const Pair& pair : kPairs) {
    if (auto clash = clash_of(pair, events)) out.push_back(*std::move(clash));
  }
  return out;
}

}  // namespace gavah::proof
