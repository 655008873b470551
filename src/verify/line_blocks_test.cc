#include "verify/line_blocks.h"

#include <gtest/gtest.h>

#include "verify/edition_folder.h"

namespace gavah::verify {
namespace {

constexpr std::size_t kMebibyte = std::size_t{1} << 20U;

/// A folder with one file of these bytes, which its stamp vouches for.
class BlocksTest : public testing::Test {
 protected:
  void hold(std::string bytes) {
    stamp_ = {"lines", bytes.size(), sha256(bytes)};
    ASSERT_TRUE(disk_.make_directories("/e"));
    ASSERT_TRUE(disk_.replace("/e/lines", bytes));
  }
  /// All lines as they are taken.
  std::vector<std::string> read(std::size_t threads) {
    findings_ = {};
    std::vector<std::string> out;
    EditionFolder(disk_, "/e")
        .read_lines<std::string>(
            stamp_, Check::record, threads, findings_,
            [](std::string_view line, Findings&) { return std::string(line); },
            [&](std::vector<std::string>&& lines) { std::ranges::move(lines, std::back_inserter(out)); });
    return out;
  }

  MemoryDisk disk_;
  proof::FileStamp stamp_;
  Findings findings_;
};

TEST_F(BlocksTest, LinesAcrossBlocksComeWholeAndInOrderOnAnyNumberOfThreads) {
  std::vector<std::string> wanted;
  std::string bytes;
  // Lines of 0 to 3 MiB, among them some that span blocks and one that is longer than a block.
  for (std::size_t i = 0; bytes.size() < 9 * kMebibyte; ++i) {
    wanted.push_back(std::to_string(i) + std::string(i % 97 == 96 ? 3 * kMebibyte : i * 7919 % 60'000, 'x'));
    if (i % 11 == 0) wanted.back().clear();
    bytes += wanted.back() + "\n";
  }
  hold(bytes);
  for (const std::size_t threads : {1U, 2U, 5U}) {
    EXPECT_EQ(read(threads), wanted) << threads;
    EXPECT_EQ(findings_.failure_count(), 0U);
  }
}

TEST_F(BlocksTest, BlocksThatEndWithALineLoseNothing) {
  const std::string line(kMebibyte - 1, 'y');
  hold(line + "\n" + line + "\n");
  EXPECT_EQ(read(2), (std::vector{line, line}));
  EXPECT_EQ(findings_.failure_count(), 0U);
}

TEST_F(BlocksTest, AnEmptyFileHasNoLines) {
  hold("");
  EXPECT_TRUE(read(2).empty());
  EXPECT_EQ(findings_.failure_count(), 0U);
}

TEST_F(BlocksTest, ACutLastLineIsTakenAndNamed) {
  hold("one\n" + std::string(2 * kMebibyte, 'z'));
  EXPECT_EQ(read(2).size(), 2U);
  EXPECT_EQ(findings_.failure_count(), 1U);
}

TEST_F(BlocksTest, BytesThatTheStampDoesNotVouchForAreNamed) {
  hold(std::string(3 * kMebibyte, 'z') + "\n");
  stamp_.sha256 = sha256("other");
  EXPECT_EQ(read(3).size(), 1U);
  EXPECT_EQ(findings_.failure_count(), 1U);
}

}  // namespace
}  // namespace gavah::verify
