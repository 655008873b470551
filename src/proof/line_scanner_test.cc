#include "proof/line_scanner.h"

#include <gtest/gtest.h>

#include "base/json.h"

namespace gavah::proof {
namespace {

TEST(LineScanner, ReadsWhatTheWriterWrites) {
  for (const std::string value : {"", "plain", "گواه", "a\"b\\c", "line\nbreak\t", "\x01"}) {
    const std::string json = JsonWriter().text(value).take();
    LineScanner in(json);
    EXPECT_EQ(in.text(), value);
    EXPECT_TRUE(in.at_end()) << json;
  }
}

TEST(LineScanner, RefusesOtherSpellings) {
  for (const auto* json : {"\"\\u0061\"", "\"\\/\"", "\"a", "a\"", "\"\xff\"", "\"\n\"", "\"\\x\"", "\"\\"}) {
    LineScanner in(json);
    in.text();
    EXPECT_FALSE(in.ok()) << json;
  }
  for (const auto* digits : {"", "01", "-1", "99999999999999999999", "x"}) {
    LineScanner in(digits);
    in.integer();
    EXPECT_FALSE(in.ok()) << digits;
  }
  LineScanner zero("0,");
  EXPECT_EQ(zero.integer(), 0U);
  EXPECT_TRUE(zero.expect(","));
  EXPECT_TRUE(zero.at_end());
}

TEST(LineScanner, DigestsAreSixtyFourLowerCaseDigits) {
  const Digest digest = sha256("x");
  const std::string quoted = "\"" + digest.hex() + "\"";
  LineScanner in(quoted);
  EXPECT_EQ(in.digest(), digest);
  EXPECT_TRUE(in.at_end());
  std::string upper = quoted;
  upper[1] = 'A';
  LineScanner bad(upper);
  bad.digest();
  EXPECT_FALSE(bad.ok());
  LineScanner cut(std::string_view(quoted).substr(0, 40));
  cut.digest();
  EXPECT_FALSE(cut.ok());
}

}  // namespace
}  // namespace gavah::proof
