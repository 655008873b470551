#include "proof/der.h"

#include <gtest/gtest.h>

#include "base/bytes.h"

namespace gavah::proof {
namespace {

bool holds(std::string_view hex) { return check_der(from_hex(hex).value()).has_value(); }

TEST(Der, TakesWhatIsSpelledInTheOneWay) {
  EXPECT_TRUE(holds("0500"));
  EXPECT_TRUE(holds("020100"));
  EXPECT_TRUE(holds("02020080"));
  EXPECT_TRUE(holds("0201ff"));
  EXPECT_TRUE(holds("0101ff"));
  EXPECT_TRUE(holds("30060201000101ff"));
  EXPECT_TRUE(holds("06032a0304"));
  EXPECT_TRUE(holds("03020780"));
  EXPECT_TRUE(holds("030100"));
  EXPECT_TRUE(holds("a003020105"));
  EXPECT_TRUE(holds("800100"));
  EXPECT_TRUE(holds("3100"));
}

TEST(Der, RefusesEveryOtherSpelling) {
  for (const char* hex : {"",
                          "05",
                          "0501",
                          "0500ff",
                          "050100",
                          "058100",
                          "02820001ff",
                          "3080020100",
                          "02020001",
                          "0202ff80",
                          "0200",
                          "010101",
                          "01020000",
                          "1f0100",
                          "0000",
                          "240404020000",
                          "0600",
                          "060280",
                          "06028001",
                          "060180",
                          "0300",
                          "030108",
                          "03020701",
                          "030101",
                          "30030201",
                          "3084000000030201ff",
                          "30850000000003020100"}) {
    const auto bytes = from_hex(hex);
    ASSERT_TRUE(bytes.has_value()) << hex;
    EXPECT_FALSE(check_der(*bytes).has_value()) << hex;
  }
}

TEST(Der, ValuesAreThoseInsideOfAListAndNoneInsideOfAString) {
  const std::string bytes = from_hex("3007040230ff0201a5").value();
  const std::vector<DerValue> inside = der_values(der_root(bytes));
  ASSERT_EQ(inside.size(), 2U);
  EXPECT_EQ(inside[1].content, "\xa5");
  EXPECT_TRUE(der_values(inside[0]).empty());
}

constexpr char kSequence = 0x30;

TEST(Der, RefusesWhatLiesTooDeep) {
  std::string bytes = from_hex("0500").value();
  for (int i = 0; i < 32; ++i) bytes = std::string({kSequence, static_cast<char>(bytes.size())}) + bytes;
  EXPECT_TRUE(check_der(bytes).has_value());
  bytes = std::string({kSequence, static_cast<char>(bytes.size())}) + bytes;
  EXPECT_FALSE(check_der(bytes).has_value());
}

}  // namespace
}  // namespace gavah::proof
