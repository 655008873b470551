#include "server/table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "browser/fake_view.h"

namespace gavah::server {
namespace {

std::vector<EventRow> all_rows(const Snapshot& snapshot) {
  std::vector<EventRow> rows(snapshot.events.size());
  std::iota(rows.begin(), rows.end(), EventRow{0});
  return rows;
}

TEST(Table, PagesTogetherAreTheWholeInOrder) {
  const FakeView view(137);
  const auto snapshot = view.snapshot();
  for (const std::string_view sort : {"day", "-day", "status", "-lineages", "area", "act"}) {
    std::vector<EventRow> together;
    for (std::uint32_t page = 0; page < 4; ++page) {
      const auto rows = page_of(all_rows(*snapshot), *snapshot, sort, {.page = page, .size = 40});
      ASSERT_TRUE(rows.has_value());
      together.insert(together.end(), rows->begin(), rows->end());
    }
    const auto whole = page_of(all_rows(*snapshot), *snapshot, sort, {.page = 0, .size = 137});
    EXPECT_EQ(together, *whole) << sort;
    std::ranges::sort(together);
    EXPECT_EQ(together, all_rows(*snapshot)) << sort;
  }
}

TEST(Table, UnknownDaysComeLastBothWays) {
  const FakeView view(80);
  const auto snapshot = view.snapshot();
  for (const std::string_view sort : {"day", "-day"}) {
    const auto rows = page_of(all_rows(*snapshot), *snapshot, sort, {.page = 0, .size = 80});
    ASSERT_TRUE(rows.has_value());
    EXPECT_EQ(snapshot->events.first_day[rows->back()], kNoDay);
    EXPECT_NE(snapshot->events.first_day[rows->front()], kNoDay);
  }
}

TEST(Table, APageBeyondTheEndIsEmptyAndAnUnknownOrderIsRefused) {
  const FakeView view(10);
  const auto snapshot = view.snapshot();
  EXPECT_TRUE(page_of(all_rows(*snapshot), *snapshot, "day", {.page = 9, .size = 50})->empty());
  EXPECT_FALSE(page_of(all_rows(*snapshot), *snapshot, "colour", {}).has_value());
}

}  // namespace
}  // namespace gavah::server
