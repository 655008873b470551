#include "proof/overlap.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/random.h"
#include "proof/slot_table.h"

namespace gavah::proof {
namespace {

using Slots = std::map<std::string, std::string>;

OpenedEntry entry_of(LeafIndex index, const Slots& slots, LeafType table = LeafType::event) {
  OpenedEntry out;
  out.entry = out.leaf = index;
  out.type = out.table = table;
  for (const auto& [path, value] : slots) {
    out.slots.add({*slot_at(table, path), value == "-" ? std::nullopt : std::optional<std::string_view>(value)});
  }
  return out;
}

std::vector<std::vector<LeafIndex>> groups(const std::vector<OpenedEntry>& events,
                                           const std::vector<DistinctAct>& acts = {},
                                           const std::map<LeafIndex, OpenedEntry>& opened = {}) {
  std::vector<std::vector<LeafIndex>> out;
  const auto overlaps = find_overlaps(events, acts, opened);
  EXPECT_TRUE(overlaps.has_value());
  for (const Overlap& overlap : overlaps->unexplained) out.push_back(overlap.entries);
  return out;
}

const Slots kDay{{"act/name", "march"}, {"time/year", "2031"}, {"time/month", "2031-05"}, {"time/day", "2031-05-04"}};
const Slots kMonth{{"act/name", "march"}, {"time/year", "2031"}, {"time/month", "2031-05"}};
const Slots kOtherDay{
    {"act/name", "march"}, {"time/year", "2031"}, {"time/month", "2031-05"}, {"time/day", "2031-05-05"}};

/// The `distinct` leaves 7 to 9, each opened as made by that one.
std::map<LeafIndex, OpenedEntry> made_by(const std::string& maker) {
  std::map<LeafIndex, OpenedEntry> out;
  for (const LeafIndex leaf : {LeafIndex{7}, LeafIndex{8}, LeafIndex{9}})
    out.emplace(leaf, entry_of(leaf, {{"made-by", maker}}, LeafType::distinct));
  return out;
}

TEST(Overlap, EqualEntriesOverlapAndOtherDaysDoNot) {
  EXPECT_EQ(groups({entry_of(1, kDay), entry_of(2, kDay)}), (std::vector<std::vector<LeafIndex>>{{1, 2}}));
  EXPECT_TRUE(groups({entry_of(1, kDay), entry_of(2, kOtherDay)}).empty());
}

TEST(Overlap, ACoarseDayOverlapsEachDayWithin) {
  EXPECT_EQ(groups({entry_of(1, kDay), entry_of(2, kMonth), entry_of(3, kOtherDay)}),
            (std::vector<std::vector<LeafIndex>>{{1, 2, 3}}));
}

TEST(Overlap, AnUmbrellaIsNoDuplicateOfItsParts) {
  Slots umbrella = kDay;
  umbrella["extent"] = "umbrella";
  Slots moment = kDay;
  moment["extent"] = "moment";
  Slots continuing = kDay;
  continuing["extent"] = "continuing";
  EXPECT_TRUE(groups({entry_of(1, umbrella), entry_of(2, moment)}).empty());
  EXPECT_EQ(groups({entry_of(1, moment), entry_of(2, continuing)}).size(), 1U);
}

TEST(Overlap, ASetExplainsItsMembersOnly) {
  const std::vector<OpenedEntry> events{entry_of(1, kDay), entry_of(2, kDay), entry_of(3, kDay)};
  const auto opened = made_by("program");
  EXPECT_TRUE(groups(events, {{9, {1, 2, 3}, std::nullopt}}, opened).empty());
  EXPECT_EQ(groups(events, {{9, {1, 2}, std::nullopt}}, opened).size(), 1U);
  EXPECT_TRUE(groups(events, {{7, {1, 2}, {}}, {8, {2, 3}, {}}, {9, {1, 3}, {}}}, opened).empty());
}

TEST(Overlap, WhoSetEventsApartMustBeOpened) {
  const std::vector<OpenedEntry> events{entry_of(1, kDay), entry_of(2, kDay)};
  const std::vector<DistinctAct> set{{9, {1, 2}, std::nullopt}};
  EXPECT_EQ(groups(events, set).size(), 1U);
  EXPECT_EQ(groups(events, set, made_by("-")).size(), 1U);
  EXPECT_EQ(groups(events, set, made_by("nobody")).size(), 1U);
  EXPECT_TRUE(groups(events, set, made_by("person")).empty());
}

TEST(Overlap, EventsSetApartAreCountedByWhoDidIt) {
  const std::vector<OpenedEntry> events{entry_of(1, kDay), entry_of(2, kDay), entry_of(3, kDay),
                                        entry_of(4, kOtherDay)};
  auto opened = made_by("program");
  opened.at(8) = entry_of(8, {{"made-by", "person"}}, LeafType::distinct);
  const std::vector<DistinctAct> acts{{7, {1, 2, 3}, {}}, {8, {2, 3}, {}}};
  const auto found = find_overlaps(events, acts, opened);
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->by_program, 3U);
  EXPECT_EQ(found->by_person, 2U);
}

TEST(Overlap, ACellExplainsWhatLiesInItUpToItsLast) {
  const std::vector<OpenedEntry> events{entry_of(1, kDay), entry_of(2, kDay), entry_of(3, kDay)};
  Slots all;
  for (const auto* path :
       {"act/name", "time/year", "time/month", "place/country", "place/province", "place/county", "place/town"}) {
    all[path] = "-";
  }
  Slots cell = all;
  cell["made-by"] = "program";
  cell["act/name"] = "march";
  const auto with = [&](const Slots& slots, LeafIndex through) {
    return groups(events, {{9, {}, through}}, {{9, entry_of(9, slots, LeafType::distinct)}});
  };
  EXPECT_TRUE(with(cell, 3).empty());
  EXPECT_EQ(with(cell, 2).size(), 1U) << "the third came later";
  cell["act/name"] = "strike";
  EXPECT_EQ(with(cell, 3).size(), 1U);
  cell.erase("act/name");
  EXPECT_EQ(with(cell, 3).size(), 1U) << "a cell with a closed slot explains nothing";
  EXPECT_EQ(groups(events, {{9, {}, 3}}).size(), 1U) << "a cell that is not opened explains nothing";
}

/// The slow way: every pair, level by level.
TEST(Overlap, AgreesWithLookingAtEveryPair) {
  const std::array<std::string, 4> paths{"act/name", "time/month", "place/province", "place/town"};
  SeededRandom random(11);
  for (int round = 0; round < 300; ++round) {
    std::vector<Slots> slots(7);
    std::vector<OpenedEntry> events;
    for (std::size_t i = 0; i < slots.size(); ++i) {
      const auto bytes = random.array<4>();
      for (std::size_t k = 0; k < paths.size(); ++k) {
        const int value = bytes[k] % 4;
        if (value < 3) slots[i][paths[k]] = std::string(1, static_cast<char>('a' + value));
      }
      events.push_back(entry_of(i, slots[i]));
    }
    std::set<LeafIndex> expected;
    for (std::size_t i = 0; i < slots.size(); ++i) {
      for (std::size_t j = i + 1; j < slots.size(); ++j) {
        const bool apart = std::ranges::any_of(paths, [&](const std::string& path) {
          return slots[i].contains(path) && slots[j].contains(path) && slots[i][path] != slots[j][path];
        });
        if (!apart) expected.insert({i, j});
      }
    }
    std::set<LeafIndex> found;
    for (const auto& group : groups(events)) found.insert(group.begin(), group.end());
    EXPECT_EQ(found, expected) << round;
  }
}

}  // namespace
}  // namespace gavah::proof
