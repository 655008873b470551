#include "base/digest_lanes.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "base/digest.h"
#include "base/old_digest.h"

namespace gavah {
namespace {

/// Messages whose lengths are `lengths`, of bytes that differ.
std::vector<std::string> messages(const std::vector<std::size_t>& lengths) {
  std::mt19937 random(7);
  std::vector<std::string> out;
  for (const std::size_t length : lengths) {
    std::string& message = out.emplace_back(length, '\0');
    for (char& c : message) c = static_cast<char>(random() & 0xFFU);
  }
  return out;
}

/// Each message's hash is what hashing it alone gives.
void expect_as_alone(const std::vector<std::string>& all) {
  std::vector<HashJob> first;
  for (const std::string& message : all) first.push_back({message, {}});
  std::vector<HashJob> second = first;
  hash_many(LaneHash::sha1, first);
  hash_many(LaneHash::sha256, second);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto* bytes = reinterpret_cast<const char*>(first[i].digest.data());
    EXPECT_EQ(std::string(bytes, 20), sha1(all[i])) << all[i].size();
    EXPECT_EQ(second[i].digest, sha256(all[i]).bytes) << all[i].size();
  }
}

TEST(DigestLanes, EveryLengthUpToThreeBlocksGivesWhatHashingAloneGives) {
  std::vector<std::size_t> lengths;
  for (std::size_t length = 0; length <= 200; ++length) lengths.push_back(length);
  expect_as_alone(messages(lengths));
}

TEST(DigestLanes, FewerMessagesThanLanesGiveTheSame) {
  for (std::size_t count = 0; count <= 20; ++count) {
    expect_as_alone(messages(std::vector<std::size_t>(count, 640)));
  }
}

TEST(DigestLanes, LongAndShortMessagesMixedGiveTheSame) {
  std::mt19937 random(3);
  std::vector<std::size_t> lengths{300'000, 0, 1, 299'999};
  for (int i = 0; i < 60; ++i) lengths.push_back(random() % 20'000);
  expect_as_alone(messages(lengths));
}

}  // namespace
}  // namespace gavah
