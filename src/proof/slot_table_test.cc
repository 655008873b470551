#include "proof/slot_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace gavah::proof {
namespace {

constexpr LeafType kLast = LeafType::edition;

TEST(SlotTable, EveryTypeNamesEachPathOnce) {
  for (int type = 0; type <= static_cast<int>(kLast); ++type) {
    std::set<std::string_view> paths;
    for (const SlotSpec& spec : slots_of(static_cast<LeafType>(type))) {
      EXPECT_TRUE(paths.insert(spec.path).second) << name_of(static_cast<LeafType>(type)) << " " << spec.path;
    }
  }
}

TEST(SlotTable, AmendRestatesEverySlotOfEventAndVictim) {
  for (const LeafType type : {LeafType::event, LeafType::victim}) {
    for (const SlotSpec& spec : slots_of(type)) {
      const auto slot = slot_at(LeafType::amend, spec.path);
      ASSERT_TRUE(slot.has_value()) << spec.path;
      EXPECT_EQ(slots_of(LeafType::amend)[*slot].kind, spec.kind);
    }
  }
}

TEST(SlotTable, EachCountKindHasThreeSlots) {
  for (const auto kind : count_kinds()) {
    for (const auto* end : {"/low", "/high", "/interval"}) {
      EXPECT_TRUE(slot_at(LeafType::event, "count/" + std::string(kind) + end).has_value()) << kind << end;
    }
  }
}

TEST(SlotTable, RolesAreAscending) {
  for (int type = 0; type <= static_cast<int>(kLast); ++type) {
    EXPECT_TRUE(std::ranges::is_sorted(refs_of(static_cast<LeafType>(type)), {}, &RefSpec::role));
  }
}

Leaf leaf_of(LeafType type) {
  Leaf leaf;
  leaf.type = type;
  leaf.slots.resize(slots_of(type).size());
  return leaf;
}

TEST(SlotTable, ShapeNamesWhatDiffers) {
  Leaf event = leaf_of(LeafType::event);
  EXPECT_TRUE(check_shape(event).has_value());
  event.slots.pop_back();
  EXPECT_FALSE(check_shape(event).has_value());

  Leaf capture = leaf_of(LeafType::capture);
  EXPECT_FALSE(check_shape(capture).has_value()) << "a capture names its object";
  capture.object = Digest{};
  EXPECT_TRUE(check_shape(capture).has_value());
  capture.bind = Digest{};
  EXPECT_FALSE(check_shape(capture).has_value());

  Leaf merge = leaf_of(LeafType::merge);
  merge.refs = {{"from", {1, 2}}};
  EXPECT_FALSE(check_shape(merge).has_value()) << "into is missing";
  merge.refs = {{"from", {1, 2}}, {"into", {3}}};
  EXPECT_TRUE(check_shape(merge).has_value());
  merge.refs = {{"from", {1, 2}}, {"into", {3}}, {"parent", {0}}};
  EXPECT_FALSE(check_shape(merge).has_value());

  EXPECT_FALSE(check_shape(leaf_of(LeafType::withhold)).has_value()) << "cites nothing";
  EXPECT_FALSE(check_shape(leaf_of(LeafType::rule)).has_value()) << "binds nothing";
}

TEST(SlotTable, OneSpellingForOneValue) {
  const auto right = [](std::string_view kind, std::string_view value) {
    return check_value(kind, SlotValue{std::string(kind), std::string(value)}).has_value();
  };
  EXPECT_TRUE(right("integer", "0"));
  EXPECT_TRUE(right("integer", "-7"));
  EXPECT_FALSE(right("integer", "-0"));
  EXPECT_FALSE(right("integer", "07"));
  EXPECT_FALSE(right("integer", "+7"));
  EXPECT_FALSE(right("integer", "99999999999999999999"));
  EXPECT_TRUE(right("interval", "3..5"));
  EXPECT_TRUE(right("interval", "3.."));
  EXPECT_TRUE(right("interval", "..5"));
  EXPECT_TRUE(right("interval", ".."));
  EXPECT_FALSE(right("interval", "5..3"));
  EXPECT_FALSE(right("interval", "5"));
  EXPECT_TRUE(right("year", "2022"));
  EXPECT_FALSE(right("year", "22"));
  EXPECT_TRUE(right("month", "2022-09"));
  EXPECT_FALSE(right("month", "2022-13"));
  EXPECT_TRUE(right("day", "2022-02-28"));
  EXPECT_FALSE(right("day", "2022-02-30"));
  EXPECT_TRUE(right("json", R"({"a":[1,null]})"));
  EXPECT_FALSE(right("json", R"({"a": 1})"));
  EXPECT_FALSE(right("json", R"({"a":1,"a":2})"));
  EXPECT_TRUE(right("json", "[9223372036854775807,-9223372036854775808]"));
  EXPECT_FALSE(right("json", "9223372036854775808"));
  EXPECT_FALSE(right("json", "-9223372036854775809"));
  EXPECT_FALSE(right("json", "1.5")) << "integers only";
  EXPECT_FALSE(right("json", "1e3"));
  EXPECT_TRUE(right("json", R"("\u001f\n\"")"));
  EXPECT_FALSE(right("json", R"("\u000a")")) << "a line feed has a shorter escape";
  EXPECT_FALSE(right("json", R"("\u001F")"));
  const std::string deep(32, '[');
  EXPECT_TRUE(right("json", deep + "0" + std::string(32, ']')));
  EXPECT_FALSE(right("json", "[" + deep + "0" + std::string(33, ']')));
  EXPECT_TRUE(right("text", "گواه"));
  EXPECT_FALSE(right("text", "\xff"));
  EXPECT_FALSE(right("code", ""));
  EXPECT_FALSE(right("nothing", "x"));
  EXPECT_FALSE(check_value("text", SlotValue{"code", "x"}).has_value());
  EXPECT_FALSE(check_value("text", SlotValue{std::string(kAbsent), "x"}).has_value());
  EXPECT_TRUE(check_value("text", SlotValue{}).has_value());
}

}  // namespace
}  // namespace gavah::proof
