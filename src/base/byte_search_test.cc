#include "base/byte_search.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "base/utf8.h"

namespace gavah {
namespace {

std::string drawn(std::mt19937& random, std::size_t size, std::string_view letters) {
  std::string out;
  for (std::size_t i = 0; i < size; ++i) out.push_back(letters[random() % letters.size()]);
  return out;
}

TEST(ByteSearch, FindsWhatStringViewFinds) {
  std::mt19937 random(7);
  for (int round = 0; round < 20000; ++round) {
    const std::string text = drawn(random, random() % 80, "ab\xD8");
    const std::string wanted = drawn(random, random() % 6, "ab\xD8");
    const std::size_t from = random() % 90;
    ASSERT_EQ(find_bytes(text, wanted, from), std::string_view(text).find(wanted, from)) << text << "|" << wanted;
  }
}

TEST(ByteSearch, HoldsAtEitherEndAndNotOutsideOfTheView) {
  const std::string text = "gate of the harbor";
  EXPECT_TRUE(holds_bytes(text, "gate"));
  EXPECT_TRUE(holds_bytes(text, "harbor"));
  EXPECT_FALSE(holds_bytes(std::string_view(text).substr(0, text.size() - 1), "harbor"));
}

TEST(ByteSearch, CountsAreThoseOfSingleBytes) {
  std::mt19937 random(11);
  for (int round = 0; round < 2000; ++round) {
    std::string text =
        drawn(random, random() % (round % 50 == 0 ? 20000 : 100), "aZ@[`{ \n\t~\x7F\x80\xBF\xC0\xD9\xFF");
    text.push_back('\0');
    std::size_t characters = 0;
    std::size_t visible = 0;
    std::size_t letters = 0;
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      if ((byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z')) ++letters;
      if ((byte & 0xC0U) == 0x80U) continue;
      ++characters;
      if (byte > ' ') ++visible;
    }
    ASSERT_EQ(count_characters(text), characters);
    ASSERT_EQ(count_visible_characters(text), visible);
    ASSERT_EQ(count_ascii_letters(text), letters);
  }
}

TEST(ByteSearch, AsciiEndsAtTheFirstOtherByteWhereverItStands) {
  for (std::size_t size = 0; size < 200; ++size) {
    std::string text(size, 'x');
    EXPECT_EQ(past_ascii(text, 0), size);
    for (std::size_t at = 0; at < size; ++at) {
      text[at] = '\xD8';
      EXPECT_EQ(past_ascii(text, 0), at);
      EXPECT_EQ(past_ascii(text, at), at);
      EXPECT_EQ(past_ascii(text, at + 1), size);
      text[at] = 'x';
    }
  }
}

TEST(ByteSearch, PersianLettersCountOnce) {
  EXPECT_EQ(count_characters("بندر آزاد"), 9U);
  EXPECT_EQ(count_visible_characters("بندر آزاد"), 8U);
}

}  // namespace
}  // namespace gavah
