#include "store/part_spool.h"

#include <gtest/gtest.h>

#include "base/format.h"

namespace gavah::store {
namespace {

constexpr std::uint32_t kParts = 2000;  // some blocks in the file, and parts in memory behind them

class Spooled : public ::testing::Test {
 protected:
  PartSpool spool(const std::string& file = "case/objects/incoming/parts") {
    return PartSpool(disk_, file, CaptureId::from_bytes("0123456789abcdef"), random_);
  }
  static Part part(std::uint32_t number) {
    Part out;
    out.number = number;
    out.path = format("نامه {}", number);
    out.size_bytes = 10 + number;
    out.digest = sha256(out.path);
    return out;
  }
  static void fill(PartSpool& spool, std::uint32_t first, std::uint32_t count) {
    for (std::uint32_t i = 0; i < count; ++i) ASSERT_TRUE(spool.add(part(first + i)));
  }
  static void expect_parts(PartSpool& spool, std::uint32_t count) {
    std::uint32_t next = 0;
    const auto done = spool.for_each([&](const SpooledPart& found) -> Result<void> {
      Part expected = part(next);
      expected.capture = spool.capture();
      EXPECT_EQ(found.number, next++);
      EXPECT_EQ(found.size_bytes, expected.size_bytes);
      EXPECT_EQ(found.digest, expected.digest);
      EXPECT_EQ(found.json, to_json(expected));
      return {};
    });
    EXPECT_TRUE(done) << done.error().sentence();
    EXPECT_EQ(next, count);
    EXPECT_EQ(spool.count(), count);
  }

  MemoryDisk disk_;
  SeededRandom random_{5};
};

TEST_F(Spooled, PartsComeBackInOrderAsOftenAsAsked) {
  PartSpool all = spool();
  fill(all, 0, kParts);
  expect_parts(all, kParts);
  expect_parts(all, kParts);
  EXPECT_LE(all.held_bytes(), 64U << 10U);
  EXPECT_EQ(disk_.files().size(), 1U);
}

TEST_F(Spooled, AFewNeverReachTheDisk) {
  PartSpool few = spool();
  fill(few, 0, 20);
  expect_parts(few, 20);
  EXPECT_TRUE(disk_.files().empty());
}

TEST_F(Spooled, OnDiskNothingOfThemCanBeRead) {
  PartSpool all = spool();
  fill(all, 0, kParts);
  const std::string& bytes = disk_.files().begin()->second;
  EXPECT_GT(bytes.size(), 100'000U);
  for (const char* said : {"نامه", "type", "capture"}) EXPECT_EQ(bytes.find(said), std::string::npos) << said;
}

TEST_F(Spooled, TheFileGoesWithTheSpoolWhereverItWasMoved) {
  {
    PartSpool first = spool();
    fill(first, 0, kParts);
    PartSpool second = std::move(first);
    PartSpool third = spool("case/objects/incoming/other");
    third = std::move(second);
    expect_parts(third, kParts);
    EXPECT_EQ(disk_.files().size(), 1U);
  }
  EXPECT_TRUE(disk_.files().empty());
}

TEST_F(Spooled, WhatIsForgottenIsFilledAnew) {
  PartSpool all = spool();
  fill(all, 0, kParts);
  const std::string before = disk_.files().begin()->second;
  ASSERT_TRUE(all.clear());
  EXPECT_TRUE(disk_.files().empty());
  EXPECT_EQ(all.count(), 0U);
  fill(all, 0, kParts);
  expect_parts(all, kParts);
  EXPECT_NE(disk_.files().begin()->second, before);  // another key: no nonce serves twice
}

TEST_F(Spooled, APartOutOfTurnIsRefused) {
  PartSpool all = spool();
  fill(all, 0, 2);
  EXPECT_EQ(all.add(part(3)).error().code, ErrorCode::invalid_input);
  EXPECT_EQ(all.add(part(1)).error().code, ErrorCode::invalid_input);
  expect_parts(all, 2);
}

TEST_F(Spooled, AChangedFileIsCorruptAndAFullDiskIsSaid) {
  PartSpool all = spool();
  fill(all, 0, kParts);
  disk_.files().begin()->second[70'000] ^= 1;
  EXPECT_EQ(all.for_each([](const SpooledPart&) -> Result<void> { return {}; }).error().code, ErrorCode::corrupt);
  PartSpool other = spool("case/objects/incoming/other");
  disk_.fail_after(1);
  Result<void> done;
  for (std::uint32_t i = 0; i < kParts && done; ++i) done = other.add(part(i));
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::unavailable);
}

}  // namespace
}  // namespace gavah::store
