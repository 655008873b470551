#include "capture/digests_ahead.h"

#include <gtest/gtest.h>

#include "base/format.h"

namespace gavah::capture {
namespace {

std::string record(std::string_view block) {
  return format(
      "WARC/1.0\r\nWARC-Type: metadata\r\nWARC-Block-Digest: sha256:0\r\nContent-Length: {}\r\n\r\n{}\r\n\r\n",
      block.size(), block);
}

TEST(DigestsAhead, PlansWholeRecordsAndSaysHowManyBytesTheyTake) {
  if (!hashes_in_lanes()) GTEST_SKIP() << "this processor hashes one after another";
  const std::string whole = record("the gate of the harbor") + record("at the mill");
  const std::string all = whole + record("cut in its middle").substr(0, 90);
  DigestsAhead ahead;
  EXPECT_EQ(ahead.plan_records(all, PartDigests::computed), whole.size());
  ahead.work();
  const std::string_view block = std::string_view(all).substr(all.find("at the mill"), 11);
  const auto known = ahead.find(LaneHash::sha256, block);
  ASSERT_TRUE(known);
  EXPECT_EQ(Digest::from_bytes(*known), sha256("at the mill"));
  ahead.clear();
  EXPECT_FALSE(ahead.find(LaneHash::sha256, block));
}

TEST(DigestsAhead, NothingIsPlannedOfWhatBeginsWithNoRecord) {
  DigestsAhead ahead;
  EXPECT_EQ(ahead.plan_records("\r\n\r\n" + record("at the mill"), PartDigests::computed), 0U);
}

}  // namespace
}  // namespace gavah::capture
