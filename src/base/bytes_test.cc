#include "base/bytes.h"

#include <gtest/gtest.h>

namespace gavah {
namespace {

TEST(Bytes, Base64RoundTripsEveryLengthAndRejectsOtherSpellings) {
  std::string bytes;
  for (int i = 0; i < 40; ++i) {
    EXPECT_EQ(from_base64(to_base64(bytes)).value(), bytes);
    bytes.push_back(static_cast<char>(i * 7));
  }
  EXPECT_FALSE(from_base64("QQ="));
  EXPECT_FALSE(from_base64("QR=="));  // unused bits set
  EXPECT_FALSE(from_base64("Q==="));
  EXPECT_FALSE(from_base64("QQ==QQ=="));
  EXPECT_EQ(from_base64("QQ==").value(), "A");
}

TEST(Bytes, HexAcceptsOneSpelling) {
  EXPECT_EQ(from_hex("00ff").value(), std::string("\0\xff", 2));
  EXPECT_FALSE(from_hex("00FF"));
  EXPECT_FALSE(from_hex("0"));
}

TEST(Bytes, LengthPrefixIsBigEndian) {
  std::string out;
  append_length_prefixed(out, "ab");
  EXPECT_EQ(out, std::string("\0\0\0\2ab", 6));
}

}  // namespace
}  // namespace gavah
