#include "capture/zstd_frame.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zdict.h>
#include <zstd.h>

#include <array>

#include "base/format.h"
#include "capture/reading_for_tests.h"

namespace gavah::capture {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string response(int number) {
  return warc_response(format("https://a.example/{}", number), "Content-Type: text/html\r\n",
                       format("<p>page {} of the harbor gazette, چاپ {}</p>", number, number));
}

std::string frame(std::string_view bytes, std::string_view dictionary = {}) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  ZSTD_CCtx* const context = ZSTD_createCCtx();
  out.resize(ZSTD_compress_usingDict(context, out.data(), out.size(), bytes.data(), bytes.size(), dictionary.data(),
                                     dictionary.size(), 9));
  ZSTD_freeCCtx(context);
  return out;
}

/// A dictionary in the form of zstd, trained on pages like those of the tests.
std::string trained() {
  std::string samples;
  std::vector<std::size_t> sizes;
  for (int i = 0; i < 400; ++i) {
    const std::string each = response(i * 7919);
    samples += each;
    sizes.push_back(each.size());
  }
  std::string out(4096, '\0');
  const std::size_t size =
      ZDICT_trainFromBuffer(out.data(), out.size(), samples.data(), sizes.data(), static_cast<unsigned>(sizes.size()));
  EXPECT_EQ(ZDICT_isError(size), 0U);
  out.resize(ZDICT_isError(size) == 0U ? size : 0);
  return out;
}

std::string skippable(char low, std::string_view bytes) {
  std::string out = {low, '\x2a', '\x4d', '\x18'};
  for (int i = 0; i < 4; ++i) out.push_back(static_cast<char>(bytes.size() >> (8 * i) & 0xFFU));
  return out + std::string(bytes);
}

TEST(Zstd, EachFrameOfAWebArchiveIsARecord) {
  const Reading read =
      read_for_test(frame(response(1)) + skippable('\x50', "a note") + frame(response(2)), "a.warc.zst");
  ASSERT_EQ(read.parts.size(), 2U) << read.reason();
  EXPECT_EQ(read.container.format, "warc");
  EXPECT_EQ(read.container.problem_count, 0U) << read.problems();
  EXPECT_EQ(read.parts[1].first.url, "https://a.example/2");
  EXPECT_EQ(read.parts[1].first.chain.front().decoder, "zstd");
  EXPECT_THAT(read.parts[1].second, StartsWith("<p>page 2"));
}

TEST(Zstd, FramesAreUnpackedWithTheDictionaryOfTheirFile) {
  const std::string dictionary = trained();
  for (const bool is_packed : {false, true}) {
    const std::string kept = is_packed ? frame(dictionary) : dictionary;
    const std::string archive =
        skippable('\x5d', kept) + frame(response(1), dictionary) + frame(response(2), dictionary);
    const Reading read = read_for_test(archive, "a.warc.zst");
    ASSERT_EQ(read.parts.size(), 2U) << read.reason();
    EXPECT_EQ(read.parts[0].first.chain.front().decoder, format("zstd 8-{}", 8 + kept.size()));
    const Reading inside = read_for_test(zipped({{"a.warc.zst", archive}}), "a.zip");
    ASSERT_EQ(inside.parts.size(), 2U) << inside.reason();
    EXPECT_EQ(inside.parts[1].second, read.parts[1].second);
  }
}

TEST(Zstd, WhatStaysOfAnArchiveWithADictionaryNeedsNone) {
  const std::string dictionary = trained();
  const std::string archive =
      skippable('\x5d', dictionary) + frame(response(1), dictionary) + frame(response(2), dictionary);
  const Reading read = read_for_test(archive, "a.warc.zst");
  std::vector<Part> parts;
  for (const auto& [part, bytes] : read.parts) parts.push_back(part);
  const MemorySource source(archive);
  const std::array<PartNumber, 1> gone{0};
  const auto stays = Remainder::of(source, parts, gone);
  ASSERT_TRUE(stays);
  ASSERT_EQ(stays->parts().size(), 1U);
  EXPECT_EQ(stays->parts()[0].chain.front().decoder, "none");
  EXPECT_EQ(part_bytes(*stays, stays->parts()[0]).value_or(""), read.parts[1].second);
}

TEST(Zstd, ADamagedDictionaryIsSaid) {
  EXPECT_THAT(read_for_test(skippable('\x5d', "no dictionary") + frame(response(1)), "a.warc.zst").reason(),
              HasSubstr("dictionary is damaged"));
  EXPECT_THAT(read_for_test(skippable('\x5d', "cut").substr(0, 9), "a.warc.zst").reason(),
              HasSubstr("dictionary is cut"));
}

TEST(Zstd, ADamagedFrameCostsItsRecordAndACutOneIsReadUpToThere) {
  std::string second = frame(response(2));
  second[second.size() / 2] = static_cast<char>(second[second.size() / 2] ^ '\x55');
  const Reading read = read_for_test(frame(response(1)) + second + frame(response(3)), "a.warc.zst");
  EXPECT_THAT(read.problems(), HasSubstr("damaged"));
  EXPECT_EQ(read.parts.front().first.url, "https://a.example/1");
  EXPECT_EQ(read.parts.back().first.url, "https://a.example/3");
  const std::string whole = frame(response(1)) + frame(response(2));
  const Reading cut = read_for_test(std::string_view(whole).substr(0, whole.size() - 9), "a.warc.zst");
  EXPECT_GE(cut.parts.size(), 1U);
  EXPECT_THAT(cut.problems(), HasSubstr("cut"));
}

TEST(Zstd, ABombIsSetAside) {
  ReadOptions options;
  options.limits.max_record_bytes = 1 << 20;
  options.limits.max_expanded_bytes = 8 << 20;
  const std::string bomb = frame(warc_response("https://a.example/", "", std::string(16 << 20, '\0')));
  const Reading read = read_for_test(frame(response(1)) + bomb + frame(response(2)), "a.warc.zst", options);
  EXPECT_THAT(read.problems(), HasSubstr("unpacks to more than"));
  EXPECT_EQ(read.parts.size(), 2U);
  const Reading lone = read_for_test(frame(std::string(16 << 20, 'x')), "a.txt.zst", options);
  EXPECT_THAT(lone.reason(), HasSubstr("more than"));
}

TEST(Zstd, AnotherSmallDocumentIsReadAsWhatItIs) {
  const Reading read = read_for_test(frame("<html><body><p>words</p></body></html>"), "a.html.zst");
  ASSERT_EQ(read.parts.size(), 1U) << read.reason();
  EXPECT_EQ(read.parts[0].first.format, "html");
  EXPECT_THAT(read_for_test("\x28\xb5\x2f\xfd frame", "a.zst").reason(), HasSubstr("nothing can be unpacked"));
}

TEST(Zstd, OnlyADecoderOfThatFormHasADictionary) {
  EXPECT_EQ(dictionary_range("zstd 8-12"), (ByteRange{8, 12}));
  for (const std::string_view decoder :
       {"zstd", "zstd ", "zstd 8", "zstd 8-", "zstd 12-8", "zstd 8-12x", "gzip 8-12"}) {
    EXPECT_FALSE(dictionary_range(decoder)) << decoder;
  }
}

}  // namespace
}  // namespace gavah::capture
