#include "base/charset.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "base/utf8.h"

namespace gavah {
namespace {

std::string slice(std::string_view bytes, ByteRange range) {
  return std::string(bytes.substr(range.begin, range.size()));
}

TEST(Charset, Utf8IsCopied) {
  const auto out = transcode("بندر port", "utf-8");
  ASSERT_TRUE(out);
  EXPECT_EQ(out->text, "بندر port");
  EXPECT_TRUE(out->map.is_identity());
}

TEST(Charset, ByteOrderMarkIsLeftOutAndCounted) {
  const auto out = transcode("\xEF\xBB\xBFport", "windows-1252");
  ASSERT_TRUE(out);
  EXPECT_EQ(out->text, "port");
  EXPECT_EQ(out->map.source_of(0, 4), (ByteRange{3, 7}));
}

TEST(Charset, IllFormedBytesBecomeReplacementsMappedToThemselves) {
  const std::string bytes = "a\xFF\xFE\xD8\xA7z";
  const auto out = transcode(bytes, "utf-8");
  ASSERT_TRUE(out);
  EXPECT_EQ(out->text, "a\uFFFD\uFFFDاz");
  EXPECT_EQ(out->map.source_of(1, 4), (ByteRange{1, 2}));
  EXPECT_EQ(out->map.source_of(4, 7), (ByteRange{2, 3}));
  EXPECT_EQ(slice(bytes, out->map.source_of(7, 9)), "ا");
  EXPECT_EQ(slice(bytes, out->map.source_of(9, 10)), "z");
}

TEST(Charset, Windows1256LeadsEachLetterToItsByte) {
  const std::string bytes = "\xC8\xE4\xCF\xD1 1";  // بندر 1
  const auto out = transcode(bytes, "windows-1256");
  ASSERT_TRUE(out);
  EXPECT_EQ(out->text, "بندر 1");
  EXPECT_EQ(out->map.source_of(0, 8), (ByteRange{0, 4}));
  EXPECT_EQ(out->map.source_of(2, 4), (ByteRange{1, 2}));
  EXPECT_EQ(out->map.source_of(8, 10), (ByteRange{4, 6}));
}

TEST(Charset, Utf16IsReadInBothOrders) {
  const std::string little(
      "\xFF\xFE"
      "a\0\x28\x06",
      6);
  const std::string big(
      "\xFE\xFF"
      "\0a\x06\x28",
      6);
  for (const std::string& bytes : {little, big}) {
    const auto out = transcode(bytes, "");
    ASSERT_TRUE(out);
    EXPECT_EQ(out->text, "aب");
    EXPECT_EQ(out->map.source_of(0, 1), (ByteRange{2, 4}));
    EXPECT_EQ(out->map.source_of(1, 3), (ByteRange{4, 6}));
  }
}

TEST(Charset, PiecesOfARunAreCopiedOrOneCharacter) {
  const std::string bytes =
      "ab\xC8\xE4"
      "cd";
  const auto out = transcode(bytes, "windows-1256");
  ASSERT_TRUE(out);
  std::vector<std::pair<std::string, std::string>> pieces;
  out->map.for_each_piece(1, 7, [&](std::uint32_t from, std::uint32_t to, ByteRange source) {
    pieces.emplace_back(out->text.substr(from, to - from), slice(bytes, source));
  });
  EXPECT_EQ(pieces,
            (std::vector<std::pair<std::string, std::string>>{{"b", "b"}, {"ب", "\xC8"}, {"ن", "\xE4"}, {"c", "c"}}));
}

TEST(Charset, UnknownNamesAreRefused) {
  EXPECT_FALSE(transcode("a", "no-such-charset"));
  EXPECT_FALSE(transcode("a", ""));
}

TEST(Charset, LatinOneMeansWindows1252) {
  const auto out = transcode("\x93quoted\x94", "ISO-8859-1");
  ASSERT_TRUE(out);
  EXPECT_EQ(out->text, "“quoted”");
}

TEST(Charset, DetectionFollowsItsOrder) {
  EXPECT_EQ(detect_charset("\xFF\xFE"
                           "a",
                           "utf-8"),
            "utf-16le");
  EXPECT_EQ(detect_charset("بندر", "windows-1252"), "utf-8");  // what is valid UTF-8 by the byte is UTF-8
  EXPECT_EQ(detect_charset("caf\xE9", "iso-8859-1"), "windows-1252");
  EXPECT_EQ(detect_charset("<meta charset=\"windows-1251\">\xCF\xF0\xE8", ""), "windows-1251");
  EXPECT_EQ(detect_charset("<meta http-equiv=Content-Type content='text/html; charset=windows-1256'>\xC7", ""),
            "windows-1256");
  EXPECT_EQ(detect_charset("plain", ""), "utf-8");
  EXPECT_EQ(detect_charset("\xC7\xE1\xE3\xCF\xED\xE4\xC9 \xE6\xC7\xE1\xE4\xC7\xD3", ""), "windows-1256");
  EXPECT_EQ(detect_charset("na\xEFve caf\xE9 cr\xE8me", ""), "windows-1252");
  EXPECT_EQ(detect_charset("\xC7\xE1\xE3\xCF\xED\xE4\xC9", "utf-8"),
            "windows-1256");  // declared UTF-8, contradicted by every byte
}

TEST(Charset, AnyBytesInAnyCharsetGiveUtf8ThatMapsIntoThem) {
  SeededRandom random(7);
  for (int round = 0; round < 300; ++round) {
    const std::string bytes = random.bytes(static_cast<std::size_t>(round) % 40);
    for (const char* charset :
         {"utf-8", "windows-1256", "windows-1252", "utf-16le", "utf-16be", "shift_jis", "gb18030"}) {
      const auto out = transcode(bytes, charset);
      ASSERT_TRUE(out);
      EXPECT_TRUE(is_utf8(out->text));
      std::uint64_t past = 0;
      if (out->text.empty()) continue;
      out->map.for_each_piece(0, static_cast<std::uint32_t>(out->text.size()),
                              [&](std::uint32_t, std::uint32_t, ByteRange source) {
                                EXPECT_LE(past, source.end);
                                EXPECT_LE(source.end, bytes.size() + 4);
                                past = source.end;
                              });
    }
  }
}

}  // namespace
}  // namespace gavah
