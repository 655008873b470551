#include "base/passphrase.h"

#include <gtest/gtest.h>

namespace gavah {
namespace {

constexpr PassphraseCost kCheap{1, 8};

std::string wrapped(std::string_view secret, std::string_view passphrase) {
  SeededRandom random(1);
  return wrap_with_passphrase(secret, passphrase, kCheap, random).value();
}

TEST(Passphrase, OpensWhatItWrapped) {
  EXPECT_EQ(unwrap_with_passphrase(wrapped("secret", "گذرواژه"), "گذرواژه").value(), "secret");
  EXPECT_EQ(unwrap_with_passphrase(wrapped("", ""), "").value(), "");
}

TEST(Passphrase, AWrongOneIsRefused) {
  const auto result = unwrap_with_passphrase(wrapped("secret", "right"), "wrong");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::refused);
}

TEST(Passphrase, EveryFlippedBitOfTheFileIsNoticed) {
  const std::string text = wrapped("secret", "right");
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    std::string other = text;
    other[at] = static_cast<char>(other[at] ^ 1);
    EXPECT_FALSE(unwrap_with_passphrase(other, "right")) << at;
  }
}

TEST(Passphrase, ACostBeyondReasonIsRefusedBeforeItIsPaid) {
  std::string text = wrapped("secret", "right");
  const auto at = text.find("\"memory_kib\":8");
  ASSERT_NE(at, std::string::npos);
  text.replace(at, 14, "\"memory_kib\":999999999");
  const auto result = unwrap_with_passphrase(text, "right");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::invalid_input);
}

}  // namespace
}  // namespace gavah
