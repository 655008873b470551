#include "proof/opened_slots.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <vector>

#include "proof/slot_table.h"

namespace gavah::proof {
namespace {

TEST(OpenedSlots, AbsentIsNotClosed) {
  const OpenedSlots slots(std::vector<OpenedSlot>{{3, "x"}, {5, std::nullopt}, {63, ""}});
  EXPECT_EQ(slots.size(), 3U);
  EXPECT_EQ(slots.at(3), (OpenedSlot{3, "x"}));
  EXPECT_EQ(slots.at(5), (OpenedSlot{5, std::nullopt}));
  EXPECT_EQ(slots.value(5), std::nullopt);
  EXPECT_EQ(slots.value(63), "");
  EXPECT_EQ(slots.at(4), std::nullopt);
  EXPECT_EQ(slots.at(64), std::nullopt);
  EXPECT_EQ(slots.at(UINT32_MAX), std::nullopt);
}

TEST(OpenedSlots, AgreesWithAMapWhateverTheOrderOfAdding) {
  std::mt19937_64 dice(7);
  for (int round = 0; round < 500; ++round) {
    std::map<std::uint32_t, std::optional<std::string>> wanted;
    OpenedSlots slots;
    for (std::size_t i = dice() % 30; i > 0; --i) {
      const auto slot = static_cast<std::uint32_t>(dice() % OpenedSlots::kMaxSlots);
      std::optional<std::string> value;
      if (dice() % 4 != 0) value.emplace(dice() % 40, static_cast<char>('a' + slot % 26));
      if (!wanted.emplace(slot, value).second) continue;
      slots.add({slot, value});
    }
    std::map<std::uint32_t, std::optional<std::string>> got;
    slots.each([&](const OpenedSlot& each) {
      got.emplace(each.slot, each.value ? std::optional<std::string>(*each.value) : std::nullopt);
      EXPECT_EQ(slots.at(each.slot), each);
    });
    EXPECT_EQ(got, wanted);
    EXPECT_EQ(slots.size(), wanted.size());
    EXPECT_EQ(slots.empty(), wanted.empty());
  }
}

TEST(OpenedSlots, HoldsTheTableOfEveryType) {
  for (std::size_t type = 0; type <= static_cast<std::size_t>(LeafType::edition); ++type) {
    EXPECT_LE(slots_of(static_cast<LeafType>(type)).size(), OpenedSlots::kMaxSlots);
  }
}

}  // namespace
}  // namespace gavah::proof
