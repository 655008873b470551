#include "proof/remains.h"

#include <gtest/gtest.h>

#include "proof/contents.h"
#include "proof/slot_table.h"

namespace gavah::proof {
namespace {

Part part_of(PartNumber number, std::string_view bytes, std::uint64_t from) {
  Part out;
  out.capture = CaptureId::from_bytes(std::string(16, 'c'));
  out.number = number;
  out.chain = {{ByteRange{from, from + bytes.size()}, "none"}};
  out.format = "text";
  out.size_bytes = bytes.size();
  out.digest = sha256(bytes);
  return out;
}

/// A capture of three parts, and what stays when the second goes.
class RemainsTest : public testing::Test {
 protected:
  RemainsTest() {
    capture_.id = CaptureId::from_bytes(std::string(16, 'c'));
    capture_.name = "inbox.txt";
    capture_.format = "jsonl";
    capture_.size_bytes = 15;
    capture_.digest = sha256(
        "one"
        "secret"
        "three!");
    capture_.part_count = 3;
    parts_ = {part_of(0, "one", 0), part_of(1, "secret", 3), part_of(2, "three!", 9)};
    const Entry entry = capture_entry(capture_, parts_, sha256("payload"), random_);
    sealed_.index = 4;
    sealed_.key.bytes = random_.array<32>();
    sealed_.leaf = leaf_of(entry, *entry.id, Day::from_civil(2031, 5, 4), sealed_.key, kOrigin).value();
    sealed_.values = entry.values;
    sealed_.lists = entry.lists;
    remains_.object = sha256("payload of the rest");
    remains_.sha256 = sha256("onethree!");
    remains_.size_bytes = 9;
    remains_.parts = {part_of(0, "one", 0), part_of(2, "three!", 3)};
  }

  static constexpr std::string_view kOrigin = "case.example";
  SeededRandom random_{7};
  Capture capture_;
  std::vector<Part> parts_;
  SealedEntry sealed_;
  Remains remains_;
};

TEST_F(RemainsTest, HowACaptureWasCollectedIsSealedWithIt) {
  EXPECT_EQ(capture_from(sealed_)->about.collection, Collection{});
  capture_.hints["problems"] = "[]";
  capture_.about.collection.requested_url = "https://quay.example/1";
  capture_.about.collection.clock = "NTP, offset 12 ms";
  sealed_.values = capture_entry(capture_, parts_, sha256("payload"), random_).values;
  const auto back = capture_from(sealed_);
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(back->about, capture_.about);
  EXPECT_EQ(back->hints, capture_.hints);
}

TEST_F(RemainsTest, ARedactionSaysWhatStaysAndIsReadBack) {
  Entry entry;
  entry.type = LeafType::redact;
  set_remains(entry, remains_, random_);
  SealedEntry redaction;
  redaction.values = entry.values;
  redaction.lists = entry.lists;
  const Remains read = remains_from(redaction).value();
  EXPECT_EQ(read.object, remains_.object);
  EXPECT_EQ(read.sha256, remains_.sha256);
  EXPECT_EQ(read.size_bytes, 9U);
  EXPECT_EQ(read.parts, remains_.parts);
  EXPECT_EQ(remaining_object(redaction).value(), remains_.object);
  EXPECT_EQ(remaining_object(SealedEntry{}).value(), std::nullopt);
  EXPECT_EQ(remains_from(SealedEntry{}).error().code, ErrorCode::not_found);
  redaction.values.at("remains").value = "{}";
  EXPECT_FALSE(remaining_object(redaction).has_value()) << "what cannot be read is not what is not there";
}

TEST_F(RemainsTest, SiblingsOpenAgainstTheOldLeafAsBefore) {
  const auto before = sealed_.lists.at("parts");
  const ListHead head = ListHead::parse(*sealed_.find("parts")).value();
  reduce(sealed_, remains_);
  const auto specs = slots_of(LeafType::capture);
  std::size_t opened = 0;
  for (std::uint32_t i = 0; i < specs.size(); ++i) {
    const auto key = sealed_.key_of(specs[i].path);
    if (!key) continue;
    const std::string* value = sealed_.find(specs[i].path);
    const SlotValue slot = value == nullptr ? SlotValue{} : SlotValue{std::string(specs[i].kind), *value};
    EXPECT_TRUE(check_opening({4, i, std::string(specs[i].path), slot, *key}, sealed_.leaf, kOrigin, specs))
        << specs[i].path;
    ++opened;
  }
  EXPECT_EQ(opened, specs.size() - 4);
  const auto& after = sealed_.lists.at("parts");
  EXPECT_EQ(list_head(after), head);
  for (const std::uint64_t index : {0U, 2U}) {
    EXPECT_EQ(after[index], before[index]);
    EXPECT_TRUE(check_record(open_record(after, index).value(), head)) << index;
  }
}

TEST_F(RemainsTest, NothingThatConfirmsAGuessStays) {
  const auto before = sealed_.lists.at("parts");
  const EntryKey key = sealed_.key;
  reduce(sealed_, remains_);
  EXPECT_EQ(sealed_.key.bytes, EntryKey{}.bytes);
  for (const auto* path : {"sha256", "size", "same-bytes", "chains"}) {
    EXPECT_EQ(sealed_.find(path), nullptr) << path;
    EXPECT_EQ(sealed_.key_of(path), std::nullopt) << path;
  }
  EXPECT_FALSE(sealed_.lists.contains("chains"));
  const ListRecord& gone = sealed_.lists.at("parts")[1];
  EXPECT_TRUE(gone.bytes.empty());
  EXPECT_EQ(gone.salt, decltype(gone.salt){});
  EXPECT_EQ(gone.destroyed, record_hash(before[1]));
  for (const auto& [path, slot] : sealed_.slot_keys) EXPECT_NE(slot, slot_key(key, "sha256")) << path;
  for (const auto& [path, value] : sealed_.values) {
    EXPECT_EQ(value.value.find(parts_[1].digest.hex()), std::string::npos) << path;
    EXPECT_EQ(value.value.find(capture_.digest.hex()), std::string::npos) << path;
  }
}

TEST_F(RemainsTest, AnotherPartGoesLaterAndTwiceIsAsOnce) {
  reduce(sealed_, remains_);
  const SealedEntry once = sealed_;
  reduce(sealed_, remains_);
  EXPECT_EQ(sealed_.lists, once.lists);
  EXPECT_EQ(sealed_.slot_keys, once.slot_keys);
  Remains less = remains_;
  less.parts.pop_back();
  reduce(sealed_, less);
  EXPECT_EQ(sealed_.slot_keys, once.slot_keys);
  EXPECT_TRUE(sealed_.lists.at("parts")[2].destroyed.has_value());
  EXPECT_EQ(list_head(sealed_.lists.at("parts")), list_head(once.lists.at("parts")));
  const Capture read = reduced(capture_, less);
  EXPECT_EQ(read.destroyed, (std::vector<PartNumber>{1, 2}));
  EXPECT_EQ(read.digest, less.sha256);
  EXPECT_EQ(capture_from_json(Json::parse(to_json(read)).value()).value().destroyed, read.destroyed);
}

}  // namespace
}  // namespace gavah::proof
