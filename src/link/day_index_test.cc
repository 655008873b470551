#include "link/day_index.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/random.h"

namespace gavah::link {
namespace {

TEST(DayIndex, FindsEveryItemThatOverlaps) {
  SeededRandom random(3);
  DayIndex index;
  std::vector<DayRange> items;
  for (std::uint32_t i = 0; i < 300; ++i) {
    const auto bytes = random.array<3>();
    DayRange days{bytes[0], bytes[0] + bytes[1] % 90};
    if (bytes[2] % 20 == 0) days.first = DayRange::kOpenFirst;
    if (bytes[2] % 20 == 1) days.last = DayRange::kOpenLast;
    items.push_back(days);
    index.add(i, days);
  }
  for (const DayRange question : {DayRange{5, 5}, DayRange{40, 80}, DayRange{}, DayRange{250, DayRange::kOpenLast}}) {
    const auto found = index.near(question);
    for (std::uint32_t i = 0; i < items.size(); ++i) {
      EXPECT_TRUE(!items[i].overlaps(question) || std::ranges::binary_search(found, i)) << i;
    }
  }
}

TEST(DayRange, GapIsTheDaysBetween) {
  EXPECT_EQ((DayRange{1, 3}.gap({5, 9})), 2);
  EXPECT_EQ((DayRange{5, 9}.gap({1, 3})), 2);
  EXPECT_EQ((DayRange{1, 3}.gap({3, 9})), 0);
  EXPECT_EQ((DayRange{}.gap({3, 9})), 0);
}

}  // namespace
}  // namespace gavah::link
