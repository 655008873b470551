#include "proof/leaf.h"

#include <gtest/gtest.h>

#include <set>

#include "base/format.h"
#include "base/random.h"

namespace gavah::proof {
namespace {

Leaf sample() {
  Leaf leaf;
  leaf.type = LeafType::merge;
  leaf.id = EntryId::from_bytes("0123456789abcdef");
  leaf.day = Day::from_civil(2026, 3, 21);
  leaf.refs = {{"from", {3, 17}}, {"into", {2}}};
  leaf.slots = {sha256("one"), sha256("two")};
  return leaf;
}

constexpr std::string_view kSampleBytes =
    "gavah/0 merge\n"
    "id 30313233343536373839616263646566\n"
    "day 2026-03-21\n"
    "refs from 3,17 into 2\n"
    "c dpLDrTVAu4A8Ags67mbNiIcSMjTqDG5xQ8Ct1z/0Me0=\n"
    "c P8TM/nRYcOLA2Z9x8w/wZWyN7dQcwdfT03aw2+aF4vM=\n";

TEST(Leaf, HasTheseBytes) { EXPECT_EQ(leaf_bytes(sample()).value(), kSampleBytes); }

TEST(Leaf, ReadsBackWhatItWrites) {
  Leaf leaf = sample();
  EXPECT_EQ(parse_leaf(leaf_bytes(leaf).value()).value(), leaf);
  leaf = Leaf{};
  leaf.object = sha256("payload");
  EXPECT_EQ(parse_leaf(leaf_bytes(leaf).value()).value(), leaf);
  leaf = Leaf{.type = LeafType::heartbeat};
  EXPECT_EQ(parse_leaf(leaf_bytes(leaf).value()).value(), leaf);
  leaf.bind = sha256("cosignatures");
  EXPECT_EQ(parse_leaf(leaf_bytes(leaf).value()).value(), leaf);
}

TEST(Leaf, EveryTypeHasANameOfItsOwn) {
  std::set<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(LeafType::edition); ++i) {
    const auto type = static_cast<LeafType>(i);
    EXPECT_EQ(leaf_type_from(name_of(type)).value(), type);
    names.insert(name_of(type));
  }
  EXPECT_EQ(names.size(), 17U);
  EXPECT_FALSE(leaf_type_from("pad"));
}

TEST(Leaf, FilesAndObjectsStandWhereTheyBelong) {
  Leaf leaf{.type = LeafType::rule};
  EXPECT_FALSE(leaf_bytes(leaf)) << "a rule binds its file";
  leaf.bind = sha256("rule");
  EXPECT_TRUE(leaf_bytes(leaf));
  leaf.object = sha256("payload");
  EXPECT_FALSE(leaf_bytes(leaf)) << "captures alone have an object";
  EXPECT_FALSE(leaf_bytes(Leaf{.type = LeafType::capture}));
  Leaf event{.type = LeafType::event};
  event.bind = sha256("x");
  EXPECT_FALSE(leaf_bytes(event));
}

TEST(Leaf, ReferencesHaveOneOrder) {
  const auto with_refs = [](std::vector<LeafRef> refs) {
    Leaf leaf{.type = LeafType::distinct};
    leaf.refs = std::move(refs);
    return leaf_bytes(leaf);
  };
  EXPECT_TRUE(with_refs({{"entry", {1, 2}}, {"through", {9}}}));
  EXPECT_FALSE(with_refs({{"through", {9}}, {"entry", {1, 2}}}));
  EXPECT_FALSE(with_refs({{"entry", {1}}, {"entry", {2}}}));
  EXPECT_FALSE(with_refs({{"entry", {2, 1}}}));
  EXPECT_FALSE(with_refs({{"entry", {1, 1}}}));
  EXPECT_FALSE(with_refs({{"entry", {}}}));
  EXPECT_FALSE(with_refs({{"Entry", {1}}}));
  EXPECT_FALSE(with_refs({{"", {1}}}));
  EXPECT_FALSE(with_refs({{std::string(33, 'a'), {1}}}));
}

TEST(Leaf, RefersOnlyToEarlierLeaves) {
  const Leaf leaf = sample();
  EXPECT_TRUE(check_refs_before(leaf, 18));
  EXPECT_FALSE(check_refs_before(leaf, 17));
  EXPECT_EQ(leaf.refs_as("from"), (std::vector<LeafIndex>{3, 17}));
  EXPECT_TRUE(leaf.refs_as("entry").empty());
}

TEST(Leaf, IsNeverLongerThanABundleCanHold) {
  Leaf leaf{.type = LeafType::event};
  leaf.slots.assign(1390, sha256("x"));
  const auto bytes = leaf_bytes(leaf);
  ASSERT_TRUE(bytes);
  EXPECT_LE(bytes->size(), kMaxLeafBytes);
  leaf.slots.assign(1440, sha256("x"));
  EXPECT_FALSE(leaf_bytes(leaf));
  EXPECT_FALSE(parse_leaf(std::string(70000, 'c')));
}

TEST(Leaf, RefusesEveryOtherSpelling) {
  const std::string good = leaf_bytes(sample()).value();
  ASSERT_TRUE(parse_leaf(good));
  const auto replaced = [&](std::string_view from, std::string_view to) {
    std::string text = good;
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return parse_leaf(text.replace(at, from.size(), to));
  };
  EXPECT_FALSE(replaced("gavah/0", "gavah/1"));
  EXPECT_FALSE(replaced("merge", "pad"));
  EXPECT_FALSE(replaced("merge\n", "merge \n"));
  EXPECT_FALSE(replaced("3,17", "03,17"));
  EXPECT_FALSE(replaced("3,17", "+3,17"));
  EXPECT_FALSE(replaced("3,17", "3,,17"));
  EXPECT_FALSE(replaced("3,17", "3,17,"));
  EXPECT_FALSE(replaced("3,17", "3,x"));
  EXPECT_FALSE(replaced("3,17", "99999999999999999999"));
  EXPECT_FALSE(replaced("refs from 3,17 into 2", "refs from 3,17 into"));
  EXPECT_FALSE(replaced("refs from 3,17 into 2", "refs"));
  EXPECT_FALSE(replaced("day 2026-03-21\n", ""));
  EXPECT_FALSE(replaced("day 2026-03-21", "day 2026-3-21"));
  EXPECT_FALSE(replaced("id 3", "id 3x"));
  EXPECT_FALSE(replaced("\nc ", "\n\nc "));
  EXPECT_FALSE(replaced("\nc ", "\nd "));
  EXPECT_FALSE(parse_leaf(good.substr(0, good.size() - 1)));
  EXPECT_FALSE(parse_leaf(good + "\n"));
  EXPECT_FALSE(parse_leaf(good + "day 2026-03-21\n"));
  EXPECT_FALSE(parse_leaf(""));
}

TEST(Leaf, OneFlippedByteIsNeverTheSameLeaf) {
  const std::string good = leaf_bytes(sample()).value();
  SeededRandom random(7);
  for (std::size_t at = 0; at < good.size(); ++at) {
    std::string other = good;
    other[at] = static_cast<char>(other[at] ^ (1 + random.array<1>()[0] % 255));
    const auto parsed = parse_leaf(other);
    if (parsed) {
      EXPECT_EQ(leaf_bytes(*parsed).value(), other);
    }
  }
}

}  // namespace
}  // namespace gavah::proof
