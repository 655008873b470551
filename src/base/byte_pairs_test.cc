#include "base/byte_pairs.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace gavah {
namespace {

TEST(BytePairs, EveryPartOfATextMayStandInIt) {
  std::mt19937 random(5);
  std::string text;
  for (int i = 0; i < 500; ++i) text.push_back(static_cast<char>(random() % 256));
  const BytePairs pairs(text);
  for (std::size_t begin = 0; begin < text.size(); ++begin) {
    for (std::size_t size = 0; size < 20; ++size)
      EXPECT_TRUE(pairs.may_hold(std::string_view(text).substr(begin, size))) << begin << " " << size;
  }
}

TEST(BytePairs, PhrasesOfOtherPairsDoNot) {
  const BytePairs pairs("the gate of the harbor was closed at dawn");
  EXPECT_FALSE(pairs.may_hold("reported"));
  EXPECT_FALSE(pairs.may_hold("gates"));
  EXPECT_FALSE(pairs.may_hold("به گزارش"));
  EXPECT_FALSE(BytePairs("").may_hold("ab"));
}

TEST(BytePairs, WhatHasNoPairMayStandAnywhere) {
  EXPECT_TRUE(BytePairs("").may_hold(""));
  EXPECT_TRUE(BytePairs("b").may_hold("a"));
}

}  // namespace
}  // namespace gavah
