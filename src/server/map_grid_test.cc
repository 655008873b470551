#include "server/map_grid.h"

#include <gtest/gtest.h>

#include <set>

#include "base/random.h"

namespace gavah::server {
namespace {

std::uint32_t random_below(SeededRandom& random, std::uint32_t limit) {
  const auto raw = random.array<4>();
  return (std::uint32_t{raw[0]} << 24U | std::uint32_t{raw[1]} << 16U | std::uint32_t{raw[2]} << 8U | raw[3]) % limit;
}

TEST(MercatorPoint, KnownPlacesLieWhereTheyShould) {
  const MercatorPoint middle = mercator_from(0, 0);
  EXPECT_NEAR(middle.x, 2147483648.0, 2.0);
  EXPECT_NEAR(middle.y, 2147483648.0, 2.0);
  EXPECT_NEAR(mercator_from(66'513'260, 90'000'000).y, 0.25 * 4294967296.0, 500.0);
  EXPECT_FALSE(mercator_from(-90'000'000, 180'000'000).is_nowhere());
}

TEST(MapGrid, NeverGivesMoreThanItsLimitAndLosesNothing) {
  SeededRandom random(7);
  MapGrid grid(MercatorBox{}, kMaxGrid);
  constexpr std::uint32_t kPoints = 30'000;
  for (std::uint32_t i = 0; i < kPoints; ++i) {
    grid.add(random_below(random, kNowhere), random_below(random, kNowhere), static_cast<std::uint8_t>(i % 5));
  }
  const auto cells = grid.cells();
  std::uint64_t total = 0;
  for (const auto& cell : cells) {
    for (const auto count : cell.counts) total += count;
  }
  EXPECT_LE(cells.size(), kMaxCells);
  EXPECT_GT(cells.size(), kMaxCells / 8);
  EXPECT_EQ(total, kPoints);
}

TEST(MapGrid, ADiscLiesAtTheMiddleOfItsEvents) {
  MapGrid grid(MercatorBox{0, 0, 1U << 20U, 1U << 20U}, 4);
  grid.add(100, 200, 0);
  grid.add(300, 400, 2);
  grid.add(1U << 21U, 5, 0);  // beyond the view
  const auto cells = grid.cells();
  ASSERT_EQ(cells.size(), 1U);
  EXPECT_EQ(cells[0].x, 200U);
  EXPECT_EQ(cells[0].y, 300U);
  EXPECT_EQ(cells[0].counts, (StatusCounts{1, 0, 1, 0, 0}));
}

TEST(MapGrid, AViewOfOnePointWorks) {
  MapGrid grid(MercatorBox{5, 5, 6, 6}, kMaxGrid);
  grid.add(5, 5, 4);
  EXPECT_EQ(grid.cells().size(), 1U);
}

}  // namespace
}  // namespace gavah::server
