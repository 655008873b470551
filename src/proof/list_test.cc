#include "proof/list.h"

#include <gtest/gtest.h>

#include "base/format.h"

namespace gavah::proof {
namespace {

std::vector<ListRecord> records(std::size_t count) {
  SeededRandom random(count);
  std::vector<ListRecord> out;
  for (std::size_t i = 0; i < count; ++i) out.push_back(salted(format("record {}", i % 3), random));
  return out;
}

TEST(List, EveryRecordOpensAloneAndNowhereElse) {
  for (std::size_t count = 1; count <= 17; ++count) {
    const auto list = records(count);
    const ListHead head = list_head(list);
    for (std::size_t i = 0; i < count; ++i) {
      RecordOpening opening = open_record(list, i).value();
      EXPECT_TRUE(check_record(opening, head));
      opening.index = (i + 1) % count;
      EXPECT_EQ(check_record(opening, head).has_value(), count == 1);
      opening.index = i;
      opening.record.bytes += "!";
      EXPECT_FALSE(check_record(opening, head));
      opening.record.bytes.pop_back();
      opening.record.salt[0] ^= 1;
      EXPECT_FALSE(check_record(opening, head));
    }
    EXPECT_FALSE(open_record(list, count));
  }
}

TEST(List, TheSameRecordTwiceHasTwoHashes) {
  const auto list = records(4);
  ASSERT_EQ(list[0].bytes, list[3].bytes);
  EXPECT_NE(record_hash(list[0]), record_hash(list[3]));
}

TEST(List, HeadReadsBackWhatItWrites) {
  const ListHead head = list_head(records(5));
  EXPECT_EQ(ListHead::parse(head.text()).value(), head);
  EXPECT_EQ(list_head({}).text(), "0 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_FALSE(ListHead::parse("0" + head.text()));
  EXPECT_FALSE(ListHead::parse(head.text() + " "));
  EXPECT_FALSE(ListHead::parse(""));
  EXPECT_FALSE(ListHead::parse("5"));
}

TEST(List, IsWholeOnlyWithEveryRecordInOrder) {
  auto list = records(5);
  const ListHead head = list_head(list);
  EXPECT_TRUE(is_whole_list(list, head));
  std::swap(list[1], list[2]);
  EXPECT_FALSE(is_whole_list(list, head));
  std::swap(list[1], list[2]);
  list.pop_back();
  EXPECT_FALSE(is_whole_list(list, head));
}

}  // namespace
}  // namespace gavah::proof
