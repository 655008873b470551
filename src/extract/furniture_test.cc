#include "extract/furniture.h"

#include <gtest/gtest.h>

#include <array>
#include <random>

#include "base/utf8.h"

namespace gavah::extract {
namespace {

/// As the header says it, letter by letter.
std::string folded_slowly(std::string_view text) {
  const auto is_space = [](char32_t c) { return c <= ' ' || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x3000; };
  const auto is_invisible = [](char32_t c) {
    return (c >= 0x200B && c <= 0x200F) || c == 0xFEFF || c == 0x0640 || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
  };
  std::string out;
  bool is_apart = false;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    at += point.size_bytes;
    char32_t c = point.value;
    if (is_space(c)) is_apart = true;
    if (is_space(c) || is_invisible(c)) continue;
    if (is_apart && !out.empty()) out.push_back(' ');
    is_apart = false;
    if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
    if (c == U'ي' || c == U'ى') c = U'ی';
    if (c == U'ك') c = U'ک';
    append_utf8(out, c);
  }
  return out;
}

TEST(Furniture, FoldingIsThatOfSingleLetters) {
  std::mt19937 random(3);
  constexpr auto kParts = std::to_array<std::string_view>(
      {"gate",   "HARBOUR", "Q",      " ",      " ",    " ",    "  ",
       "\n",     "\t ",     "\x7F",   "\x01",   "بندر", "كي",   "ى",
       "\u200C", "\u0640",  "\u00A0", "\u3000", "é",    "\xFF", "closed at dawn after the strike",
       "{}[]@`~"});
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (std::size_t parts = random() % 12; parts > 0; --parts) text += kParts[random() % kParts.size()];
    ASSERT_EQ(folded(text), folded_slowly(text)) << text;
  }
}

TEST(Furniture, TrimmedLosesWhiteSpaceAndMarksAtBothEndsAlone) {
  EXPECT_EQ(trimmed(" \n\u200Fgate \u200C of\u00A0\u3000"), "gate \u200C of");
  EXPECT_EQ(trimmed("gate of"), "gate of");
  EXPECT_EQ(trimmed(" \u200B\n"), "");
  EXPECT_EQ(trimmed(""), "");
}

TEST(Furniture, LinesOfPagesAreToldFromStatements) {
  for (const char* line : {"Read more", "3 min read", "Sign up to our newsletter", "Follow us on Twitter and Facebook",
                           "زمان مطالعه: ۳ دقیقه", "در خبرنامه ما عضو شوید", "Photo: Dock Circle"})
    EXPECT_TRUE(is_furniture(line)) << line;
  for (const char* line : {"Police closed the gate.", "Minutes later they read the list aloud to the crowd",
                           "The newsletter of the union was banned", "کارگران بندر تجمع کردند"})
    EXPECT_FALSE(is_furniture(line)) << line;
}

}  // namespace
}  // namespace gavah::extract
