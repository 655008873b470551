#include "server/histogram.h"

#include <gtest/gtest.h>

#include "base/instant.h"

namespace gavah::server {
namespace {

std::int32_t day(int year, int month, int of_month) { return Day::from_civil(year, month, of_month).number; }

TEST(BarEdges, MonthsBeginOnTheFirst) {
  const auto edges = BarEdges::covering(day(2023, 12, 15), day(2024, 2, 29), "month");
  ASSERT_TRUE(edges.has_value());
  EXPECT_EQ(edges->edges, (std::vector{day(2023, 12, 1), day(2024, 1, 1), day(2024, 2, 1), day(2024, 3, 1)}));
}

TEST(BarEdges, WeeksBeginOnMonday) {
  const auto edges = BarEdges::covering(day(2024, 2, 29), day(2024, 3, 4), "week");
  ASSERT_TRUE(edges.has_value());
  EXPECT_EQ(edges->edges, (std::vector{day(2024, 2, 26), day(2024, 3, 4), day(2024, 3, 11)}));
}

TEST(BarEdges, TooManyBarsGrowWider) {
  const auto edges = BarEdges::covering(day(1900, 1, 1), day(2026, 1, 1), "day");
  ASSERT_TRUE(edges.has_value());
  EXPECT_LE(edges->count(), kMaxBars);
  EXPECT_EQ(edges->edges[1] - edges->edges[0], 31);
}

TEST(BarEdges, NothingDatedGivesNoBars) { EXPECT_EQ(BarEdges::covering(1, 0, "month")->count(), 0U); }

TEST(BarEdges, TakesThePagesOwnEdges) {
  const auto edges = BarEdges::parse("19257,31,31,30");
  ASSERT_TRUE(edges.has_value());
  EXPECT_EQ(edges->edges, (std::vector{19'257, 19'288, 19'319, 19'349}));
  for (const std::string_view bad : {"", "19257", "19257,0", "19257,-3", "1,2,x", "99999999,1", "19257,9000"}) {
    EXPECT_FALSE(BarEdges::parse(bad).has_value()) << bad;
  }
}

TEST(Histogram, AnEventIsInOneBarOrSaysWhyNot) {
  Histogram histogram(BarEdges{{100, 110, 120}});
  histogram.add(100, 100, 0, 0);
  histogram.add(109, 109, 0, 1);
  histogram.add(110, 119, 0, 1);
  histogram.add(105, 115, 0, 2);     // reaches into the next bar
  histogram.add(105, 115, 1, 2);     // continuing: counted where it begins
  histogram.add(108, kNoDay, 0, 2);  // no known end
  histogram.add(kNoDay, 105, 0, 3);
  histogram.add(120, 120, 0, 3);
  histogram.add(99, 99, 0, 3);
  EXPECT_EQ(histogram.bars(), (std::vector{StatusCounts{1, 1, 1, 0, 0}, StatusCounts{0, 1, 0, 0, 0}}));
  EXPECT_EQ(histogram.wide(), 2U);
  EXPECT_EQ(histogram.undated(), 1U);
  EXPECT_EQ(histogram.outside(), 2U);
}

}  // namespace
}  // namespace gavah::server
