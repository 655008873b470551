#include "base/ordered.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>

namespace gavah {
namespace {

TEST(Ordered, ValuesAreTakenInOrderWhateverTheThreads) {
  for (const std::size_t threads : {1U, 2U, 5U}) {
    std::vector<std::size_t> seen;
    make_in_order<std::size_t>(
        1000, threads, 7, [](std::size_t i) { return i * i; },
        [&](std::size_t i, std::size_t&& value) {
          EXPECT_EQ(value, i * i);
          seen.push_back(i);
          return Continue::yes;
        });
    ASSERT_EQ(seen.size(), 1000U);
    EXPECT_TRUE(std::ranges::is_sorted(seen));
  }
}

TEST(Ordered, NeverMakesMoreThanTheWindowAhead) {
  std::atomic<std::size_t> taken{0};
  std::atomic<bool> too_far{false};
  make_in_order<int>(
      500, 4, 3,
      [&](std::size_t i) {
        if (i > taken + 1 + 3) too_far = true;
        return 0;
      },
      [&](std::size_t i, int&&) {
        taken = i;
        return Continue::yes;
      });
  EXPECT_FALSE(too_far);
}

TEST(Ordered, StopsWhenTold) {
  std::size_t last = 0;
  make_in_order<int>(
      100000, 3, 4, [](std::size_t) { return 0; },
      [&](std::size_t i, int&&) {
        last = i;
        return i == 10 ? Continue::no : Continue::yes;
      });
  EXPECT_EQ(last, 10U);
}

TEST(Ordered, WhatPassesThroughKeepsTheOrderOfItsSource) {
  for (const std::size_t threads : {1U, 2U, 5U}) {
    int next = 0;
    std::vector<int> seen;
    pass_in_order<int>(
        threads, 7, [&] { return next < 2000 ? std::optional(next++) : std::nullopt; }, [](int& value) { value *= 3; },
        [&](int& value) {
          seen.push_back(value);
          return Continue::yes;
        });
    ASSERT_EQ(seen.size(), 2000U);
    for (int i = 0; i < 2000; ++i) ASSERT_EQ(seen[static_cast<std::size_t>(i)], 3 * i);
  }
}

TEST(Ordered, NeverTakesMoreThanTheWindowAhead) {
  std::atomic<int> given{0};
  std::atomic<bool> too_far{false};
  int next = 0;
  pass_in_order<int>(
      4, 3,
      [&] {
        if (next > given + 3) too_far = true;
        return next < 500 ? std::optional(next++) : std::nullopt;
      },
      [](int&) {},
      [&](int&) {
        ++given;
        return Continue::yes;
      });
  EXPECT_EQ(given, 500);
  EXPECT_FALSE(too_far);
}

TEST(Ordered, TakesNothingMoreWhenTheSinkSaysNo) {
  int taken = 0;
  int given = 0;
  pass_in_order<int>(
      3, 4, [&] { return std::optional(taken++); }, [](int&) {},
      [&](int&) { return ++given == 10 ? Continue::no : Continue::yes; });
  EXPECT_EQ(given, 10);
  EXPECT_LE(taken, 10 + 4);
}

}  // namespace
}  // namespace gavah
