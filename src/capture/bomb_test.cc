// Small real bombs, made here: each must be refused within the limits and with a sentence.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "base/format.h"
#include "capture/reading_for_tests.h"

namespace gavah::capture {
namespace {

using ::testing::HasSubstr;

/// `count` MiB of zeros as one gzip member, made piece by piece.
std::string gzip_of_zeros(std::size_t count_mib) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY);
  std::string zeros(kMebibyte, '\0');
  std::string piece(kMebibyte, '\0');
  std::string out;
  for (std::size_t i = 0; i < count_mib; ++i) {
    stream.next_in = reinterpret_cast<Bytef*>(zeros.data());
    stream.avail_in = static_cast<uInt>(zeros.size());
    do {
      stream.next_out = reinterpret_cast<Bytef*>(piece.data());
      stream.avail_out = static_cast<uInt>(piece.size());
      deflate(&stream, i + 1 == count_mib ? Z_FINISH : Z_NO_FLUSH);
      out.append(piece, 0, piece.size() - stream.avail_out);
    } while (stream.avail_out == 0);
  }
  deflateEnd(&stream);
  return out;
}

ReadOptions small_limits() {
  ReadOptions options;
  options.limits.max_part_bytes = 4 * kMebibyte;
  options.limits.max_expanded_bytes = 16 * kMebibyte;
  return options;
}

TEST(Bomb, AGzipThatExpandsBeyondTheLimitIsRefused) {
  const Reading read = read_for_test(gzip_of_zeros(100), "a.txt.gz", small_limits());
  EXPECT_TRUE(read.parts.empty());
  EXPECT_THAT(read.reason(), HasSubstr("expands to more than"));
}

TEST(Bomb, AWarcMemberThatExpandsBeyondTheLimitIsRefused) {
  const std::string start = gzipped(warc_response("http://a.example/", "Content-Type: text/html\r\n", "<p>one</p>"));
  const Reading read = read_for_test(start + gzip_of_zeros(100), "a.warc.gz", small_limits());
  EXPECT_EQ(read.parts.size(), 1U);
  EXPECT_THAT(read.problems(), HasSubstr("expands to more than"));
}

TEST(Bomb, ABodyThatExpandsBeyondAPartIsSetAside) {
  const Reading read =
      read_for_test(warc_response("http://a.example/", "Content-Encoding: gzip\r\n", gzip_of_zeros(6)) +
                        warc_response("http://b.example/", "Content-Type: text/html\r\n", "<p>b</p>"),
                    "a.warc", small_limits());
  ASSERT_EQ(read.parts.size(), 1U) << read.problems();
  EXPECT_EQ(read.parts[0].second, "<p>b</p>");
  EXPECT_THAT(read.problems(), HasSubstr("once decoded"));
}

TEST(Bomb, AZipEntryThatExpandsBeyondTheLimitIsRefused) {
  const Reading read =
      read_for_test(zipped({{"a.txt", std::string(40 * kMebibyte, 'a'), true}}), "a.zip", small_limits());
  EXPECT_TRUE(read.parts.empty());
  EXPECT_THAT(read.reason(), HasSubstr("expands to more than"));
}

TEST(Bomb, ManyZipEntriesShareOneLimit) {
  std::vector<ZipMember> members;
  for (int i = 0; i < 12; ++i)
    members.push_back({format("{}.txt", i), "words " + std::string(3 * kMebibyte, 'a'), true});
  const Reading read = read_for_test(zipped(members), "a.zip", small_limits());
  EXPECT_EQ(read.parts.size(), 5U);
  EXPECT_THAT(read.problems(), HasSubstr("expands to more than"));
}

TEST(Bomb, AZipWhoseEntriesShareTheirBytesIsRefused) {
  std::string zip = zipped({{"a.txt", "some words here", false}, {"b.txt", "other words here", false}});
  // Both directory entries point to the first local header, as in an overlapping bomb.
  const std::size_t second = zip.rfind("PK\x01\x02");
  zip.replace(second + 42, 4, std::string(4, '\0'));
  const Reading read = read_for_test(zip, "a.zip");
  EXPECT_TRUE(read.parts.empty());
  EXPECT_THAT(read.reason(), HasSubstr("overlaps"));
}

TEST(Bomb, ArchivesWithinArchivesEnd) {
  std::string inner = "some words that nobody will read";
  for (int i = 0; i < 12; ++i) inner = zipped({{"in.zip", inner, i % 2 == 0}});
  const Reading read = read_for_test(inner, "a.zip");
  EXPECT_TRUE(read.parts.empty());
  EXPECT_THAT(read.reason(), HasSubstr("deep inside one another"));
}

TEST(Bomb, DeepJsonIsRefused) {
  for (const std::string& open : {std::string("["), std::string("{\"a\":")}) {
    std::string deep;
    for (int i = 0; i < 200'000; ++i) deep += open;
    const Reading read = read_for_test(deep, "a.json");
    EXPECT_TRUE(read.parts.empty());
    EXPECT_FALSE(read.reason().empty());
  }
}

TEST(Bomb, APartCountBeyondTheLimitEndsTheReading) {
  ReadOptions options;
  options.limits.max_parts = 10;
  std::string table = "text,date\n";
  for (int i = 0; i < 30; ++i) table += "words,2031-01-01\n";
  const Reading read = read_for_test(table, "a.csv", options);
  EXPECT_EQ(read.parts.size(), 10U);
  EXPECT_THAT(read.problems(), HasSubstr("more than 10 parts"));
}

TEST(Bomb, ProblemsBeyondTheLimitAreCountedOnly) {
  ReadOptions options;
  options.limits.max_problems = 3;
  std::string table = "text,date\n";
  for (int i = 0; i < 30; ++i) table += "w,2031-01-01,more\n";
  const Reading read = read_for_test(table + "good,2031-01-01\n", "a.csv", options);
  EXPECT_EQ(read.container.problems.size(), 3U);
  EXPECT_EQ(read.container.problem_count, 30U);
  EXPECT_EQ(read.parts.size(), 31U);
}

}  // namespace
}  // namespace gavah::capture
