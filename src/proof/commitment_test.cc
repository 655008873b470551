#include "proof/commitment.h"

#include <gtest/gtest.h>

#include <set>

#include "base/bytes.h"
#include "base/random.h"

namespace gavah::proof {
namespace {

constexpr std::array<SlotSpec, 3> kSpecs{{{"time/year", "year"}, {"place/town", "area"}, {"note", "text"}}};
constexpr std::string_view kOrigin = "chronicle.example";

EntryKey key_of(std::uint64_t seed) {
  SeededRandom random(seed);
  return {random.array<32>()};
}

Leaf leaf_with(const EntryKey& key, const std::map<std::string, SlotValue>& values) {
  Leaf leaf{.type = LeafType::event};
  leaf.id = EntryId::from_bytes("0123456789abcdef");
  leaf.slots = commit_slots(key, kOrigin, leaf.id, kSpecs, values).value();
  return leaf;
}

const std::map<std::string, SlotValue> kValues = {{"time/year", {"year", "2026"}}, {"note", {"text", "شهر سبز"}}};

TEST(Commitment, IsTheStatedFormula) {
  const EntryKey key = key_of(1);
  const EntryId id = EntryId::from_bytes("0123456789abcdef");
  // Built by hand from the definition, HKDF included (RFC 5869 with an empty salt and one block).
  const Digest extracted = hmac_sha256(std::string(32, '\0'), key.view());
  const Digest field = hmac_sha256(extracted.view(), std::string("gavah/field/0time/year\x01"));
  std::string message("gavah/commit/0\0", 15);
  message += std::string("\0\0\0\x11", 4) + "chronicle.example" + std::string("\0\0\0\x10", 4) + "0123456789abcdef";
  message += std::string("\0\0\0\x09", 4) + "time/year" + std::string("\0\0\0\x04", 4) + "year";
  message += std::string("\0\0\0\x04", 4) + "2026";
  EXPECT_EQ(slot_key(key, "time/year"), field);
  EXPECT_EQ(commit(slot_key(key, "time/year"), kOrigin, id, "time/year", {"year", "2026"}),
            hmac_sha256(field.view(), message));
}

TEST(Commitment, EqualValuesNeverLookEqual) {
  std::set<Digest> seen;
  for (std::uint64_t entry = 0; entry < 20; ++entry) {
    for (const Digest& slot : leaf_with(key_of(entry), kValues).slots) EXPECT_TRUE(seen.insert(slot).second);
    for (const Digest& slot : leaf_with(key_of(entry + 100), {}).slots) EXPECT_TRUE(seen.insert(slot).second);
  }
}

TEST(Commitment, RefusesValuesThatDoNotFitTheTable) {
  const EntryKey key = key_of(1);
  EXPECT_FALSE(commit_slots(key, kOrigin, {}, kSpecs, {{"unknown", {"text", "x"}}}));
  EXPECT_FALSE(commit_slots(key, kOrigin, {}, kSpecs, {{"note", {"year", "2026"}}}));
  EXPECT_FALSE(commit_slots(key, kOrigin, {}, kSpecs, {{"note", {std::string(kAbsent), "x"}}}));
  EXPECT_TRUE(commit_slots(key, kOrigin, {}, kSpecs, {{"note", {}}}));
}

TEST(Opening, OpensItsSlotAndOnlyThat) {
  const EntryKey key = key_of(1);
  const Leaf leaf = leaf_with(key, kValues);
  const Opening year = open_slot(key, 5, 0, kSpecs, {"year", "2026"});
  EXPECT_TRUE(check_opening(year, leaf, kOrigin, kSpecs));
  EXPECT_TRUE(check_opening(open_slot(key, 5, 1, kSpecs, {}), leaf, kOrigin, kSpecs))
      << "an absent slot opens as absent";
  EXPECT_FALSE(check_opening(open_slot(key, 5, 0, kSpecs, {"year", "2025"}), leaf, kOrigin, kSpecs));
  EXPECT_FALSE(check_opening(open_slot(key, 5, 0, kSpecs, {}), leaf, kOrigin, kSpecs));
  EXPECT_FALSE(check_opening(open_slot(key_of(2), 5, 0, kSpecs, {"year", "2026"}), leaf, kOrigin, kSpecs));
  EXPECT_FALSE(check_opening(year, leaf, "other.example", kSpecs));
  Leaf other = leaf;
  other.id = EntryId::from_bytes("fedcba9876543210");
  EXPECT_FALSE(check_opening(year, other, kOrigin, kSpecs));
}

TEST(Opening, FailsUnderAnotherPathKindOrSlot) {
  const EntryKey key = key_of(1);
  const Leaf leaf = leaf_with(key, kValues);
  const Opening good = open_slot(key, 5, 0, kSpecs, {"year", "2026"});
  Opening other = good;
  other.path = "note";
  EXPECT_FALSE(check_opening(other, leaf, kOrigin, kSpecs));
  other = good;
  other.value.kind = "text";
  EXPECT_FALSE(check_opening(other, leaf, kOrigin, kSpecs));
  other = good;
  other.slot = 2;
  EXPECT_FALSE(check_opening(other, leaf, kOrigin, kSpecs));
  other = good;
  other.slot = 3;
  EXPECT_FALSE(check_opening(other, leaf, kOrigin, kSpecs));
  other = good;
  other.value = {std::string(kAbsent), "2026"};
  EXPECT_FALSE(check_opening(other, leaf, kOrigin, kSpecs));
  Leaf fewer = leaf;
  fewer.slots.pop_back();
  EXPECT_FALSE(check_opening(good, fewer, kOrigin, kSpecs));
}

TEST(Opening, AValueCommittedUnderOnePathDoesNotOpenUnderAnother) {
  // An operator who puts the commitment of a second path into a slot still cannot open it there.
  const EntryKey key = key_of(1);
  Leaf leaf = leaf_with(key, kValues);
  leaf.slots[1] = commit(slot_key(key, "note"), kOrigin, leaf.id, "note", {"text", "moved"});
  Opening opening{5, 1, "note", {"text", "moved"}, slot_key(key, "note")};
  EXPECT_FALSE(check_opening(opening, leaf, kOrigin, kSpecs));
  opening.path = "place/town";
  opening.value.kind = "area";
  EXPECT_FALSE(check_opening(opening, leaf, kOrigin, kSpecs));
}

}  // namespace
}  // namespace gavah::proof
