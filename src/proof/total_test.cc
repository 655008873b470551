#include "proof/total.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/random.h"
#include "proof/slot_table.h"

namespace gavah::proof {
namespace {

/// An entry with these slots opened; "-" opens a slot as absent.
OpenedEntry entry_of(LeafIndex index, std::map<std::string, std::string> slots) {
  OpenedEntry out;
  out.entry = out.leaf = index;
  slots.emplace("extent", "moment");
  for (const auto& [path, value] : slots) {
    const auto slot = slot_at(LeafType::event, path);
    EXPECT_TRUE(slot.has_value()) << path;
    out.slots.add({*slot, value == "-" ? std::nullopt : std::optional<std::string_view>(value)});
  }
  return out;
}

Rule counting(std::vector<std::string> cells = {}) {
  Rule rule;
  rule.name = "r";
  rule.cells = std::move(cells);
  return rule;
}

TEST(Total, CountsWhatIsDecidedAndAssertsTheRest) {
  Rule rule = counting();
  rule.where = {{"act/name", {"killing"}}};
  const std::vector<OpenedEntry> events{entry_of(1, {{"act/name", "killing"}}), entry_of(2, {{"act/name", "protest"}}),
                                        entry_of(3, {}), entry_of(4, {{"act/name", "-"}})};
  const Total total = recount(rule, 9, events, 2);
  EXPECT_EQ(total.all.bounds, (Bounds{1, 5}));
  EXPECT_EQ(total.all.members, 1U);
  EXPECT_EQ(total.all.asserted, 4U) << "two that are not decided, two withheld";
}

TEST(Total, UmbrellasAreNeverAddedToTheirParts) {
  const std::vector<OpenedEntry> events{entry_of(1, {}), entry_of(2, {{"extent", "umbrella"}})};
  Rule rule = counting();
  EXPECT_EQ(recount(rule, 0, events, 0).all.bounds, (Bounds{1, 1}));
  rule.umbrellas = Umbrellas::only;
  EXPECT_EQ(recount(rule, 0, events, 0).all.bounds, (Bounds{1, 1}));
}

TEST(Total, AMonthAcrossTheWindowsEdgeIsUndecided) {
  Rule rule = counting();
  rule.window = Window{Day::from_civil(2031, 5, 10), Day::from_civil(2031, 6, 1)};
  const auto member = [&](std::map<std::string, std::string> slots) { return membership(rule, entry_of(1, slots)); };
  EXPECT_EQ(member({{"time/day", "2031-05-10"}}), Membership::in);
  EXPECT_EQ(member({{"time/day", "2031-05-09"}}), Membership::out);
  EXPECT_EQ(member({{"time/day", "2031-06-01"}}), Membership::out);
  EXPECT_EQ(member({{"time/month", "2031-05"}}), Membership::undecided);
  EXPECT_EQ(member({{"time/month", "2031-04"}}), Membership::out);
  EXPECT_EQ(member({{"time/year", "2031"}}), Membership::undecided);
  EXPECT_EQ(member({{"time/year", "2030"}}), Membership::out);
  EXPECT_EQ(member({}), Membership::undecided);
}

TEST(Total, AnUnknownCountIsNotZero) {
  Rule rule = counting();
  rule.sum = "killed";
  const std::string path = "count/killed/interval";
  const std::vector<OpenedEntry> stated{entry_of(1, {{path, "2..3"}}), entry_of(2, {{path, "-"}})};
  const Total total = recount(rule, 0, stated, 0);
  EXPECT_EQ(total.all.bounds, (Bounds{2, 3}));
  EXPECT_EQ(total.all.members, 2U);
  EXPECT_EQ(total.all.unstated, 1U);

  const std::vector<OpenedEntry> half_open{entry_of(1, {{path, "2.."}})};
  EXPECT_EQ(recount(rule, 0, half_open, 0).all.bounds, (Bounds{2, std::nullopt}));
  const std::vector<OpenedEntry> closed{entry_of(1, {})};
  EXPECT_EQ(recount(rule, 0, closed, 0).all.bounds, (Bounds{0, std::nullopt}));
  EXPECT_EQ(recount(rule, 0, closed, 0).all.asserted, 1U);
  EXPECT_EQ(recount(rule, 0, {}, 1).all.bounds, (Bounds{0, std::nullopt})) << "a withheld entry could be of any size";
  const std::vector<OpenedEntry> bounds{entry_of(1, {{"count/killed/low", "4"}, {"count/killed/high", "6"}})};
  EXPECT_EQ(recount(rule, 0, bounds, 0).all.bounds, (Bounds{4, 6}));
}

TEST(Total, SumsDoNotOverflow) {
  Rule rule = counting();
  rule.sum = "killed";
  const std::string most = std::to_string(INT64_MAX);
  const std::vector<OpenedEntry> events{entry_of(1, {{"count/killed/interval", most + ".." + most}}),
                                        entry_of(2, {{"count/killed/interval", "1..1"}})};
  EXPECT_EQ(recount(rule, 0, events, 0).all.bounds, (Bounds{INT64_MAX, std::nullopt}));
}

TEST(Total, ACellsUpperEndHoldsWhatIsNotExcluded) {
  const std::vector<OpenedEntry> events{entry_of(1, {{"time/month", "2031-05"}, {"place/province", "A"}}),
                                        entry_of(2, {{"time/month", "2031-06"}, {"place/province", "A"}}),
                                        entry_of(3, {{"place/province", "A"}})};
  const Total total = recount(counting({"time/month", "place/province"}), 0, events, 0);
  ASSERT_EQ(total.cells.size(), 3U);
  EXPECT_FALSE(total.cells[0].cell[0].has_value());
  EXPECT_EQ(total.cells[0].bounds, (Bounds{1, 1}));
  EXPECT_EQ(total.cells[1].bounds, (Bounds{1, 2}));
  EXPECT_EQ(total.cells[2].bounds, (Bounds{1, 2}));
  EXPECT_EQ(total.all.bounds, (Bounds{3, 3}));
}

/// Every way to fill in what is not opened must fall within the bounds.
TEST(Total, BoundsHoldForEveryCompletion) {
  SeededRandom random(5);
  const std::array<std::string, 3> acts{"a", "b", "c"};
  Rule rule = counting();
  rule.where = {{"act/name", {"a", "b"}}};
  for (int round = 0; round < 200; ++round) {
    std::vector<OpenedEntry> opened;
    std::int64_t truth = 0;
    const auto bytes = random.array<12>();
    for (std::size_t i = 0; i < 6; ++i) {
      const std::string& act = acts[bytes[i] % acts.size()];
      truth += act == "c" ? 0 : 1;
      const bool open = bytes[6 + i] % 2 == 0;
      opened.push_back(open ? entry_of(i, {{"act/name", act}}) : entry_of(i, {}));
    }
    const Bounds bounds = recount(rule, 0, opened, 0).all.bounds;
    EXPECT_LE(bounds.low, truth);
    EXPECT_GE(*bounds.high, truth);
  }
}

}  // namespace
}  // namespace gavah::proof
