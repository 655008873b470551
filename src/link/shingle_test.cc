#include "link/shingle.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/random.h"

namespace gavah::link {
namespace {

std::vector<std::uint32_t> drawn(SeededRandom& random, std::size_t count) {
  std::set<std::uint32_t> out;
  while (out.size() < count) {
    std::uint32_t value = 0;
    for (const std::uint8_t byte : random.array<4>()) value = value << 8U | byte;
    out.insert(value);
  }
  return {out.begin(), out.end()};
}

TEST(Shingle, TriplesAreOneForEachPlaceWhereAnotherStarts) {
  EXPECT_EQ(word_triples({1, 2, 3, 4, 5}).size(), 3U);
  EXPECT_EQ(word_triples({1, 2, 3, 1, 2, 3}).size(), 3U) << "repeated triples count once";
  EXPECT_EQ(word_triples({1, 2}).size(), 1U);
  EXPECT_TRUE(word_triples({}).empty());
  EXPECT_NE(word_triples({1, 2, 3}), word_triples({3, 2, 1})) << "order matters";
}

TEST(Shingle, SharedCountIsTheSizeOfTheIntersection) {
  SeededRandom random(7);
  for (int round = 0; round < 50; ++round) {
    std::vector<std::uint32_t> a = drawn(random, 40);
    std::vector<std::uint32_t> b = drawn(random, 30);
    b.insert(b.end(), a.begin(), a.begin() + round % 40);
    std::ranges::sort(b);
    std::vector<std::uint32_t> both;
    std::ranges::set_intersection(a, b, std::back_inserter(both));
    EXPECT_EQ(shared_count(a, b), both.size());
  }
}

TEST(Shingle, SignatureEstimatesJaccardSimilarity) {
  SeededRandom random(11);
  for (const double wanted : {0.2, 0.5, 0.8}) {
    double total = 0;
    constexpr int kRounds = 40;
    for (int round = 0; round < kRounds; ++round) {
      const std::vector<std::uint32_t> all = drawn(random, 400);
      const auto shared = static_cast<std::ptrdiff_t>(wanted * 400);
      std::vector<std::uint32_t> a(all.begin(), all.begin() + shared);
      std::vector<std::uint32_t> b = a;
      const auto middle = all.begin() + shared + (400 - shared) / 2;
      a.insert(a.end(), all.begin() + shared, middle);
      b.insert(b.end(), middle, all.end());
      total += estimated_similarity(minhash(a, 64), minhash(b, 64));
    }
    EXPECT_NEAR(total / kRounds, wanted, 0.04);
  }
}

TEST(Shingle, SignatureOfOneShingleIsFull) {
  const auto signature = minhash({42}, 64);
  EXPECT_EQ(signature.size(), 64U);
  EXPECT_DOUBLE_EQ(estimated_similarity(signature, minhash({42}, 64)), 1.0);
  EXPECT_LT(estimated_similarity(signature, minhash({43}, 64)), 0.1);
  EXPECT_DOUBLE_EQ(estimated_similarity({}, {}), 0) << "nothing is like nothing";
}

}  // namespace
}  // namespace gavah::link
