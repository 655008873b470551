#include "text/fold.h"

#include <gtest/gtest.h>

#include <random>

#include "base/utf8.h"

namespace gavah::text {
namespace {

TEST(Fold, LettersOfOneSoundFoldAlike) {
  EXPECT_EQ(folded_key("علي"), folded_key("علی"));
  EXPECT_EQ(folded_key("كرمان"), folded_key("کرمان"));
  EXPECT_EQ(folded_key("الثورة"), "الثوره");
  EXPECT_EQ(folded_key("آذر أحمد إيران"), "اذر احمد ایران");
  EXPECT_EQ(folded_key("مسؤول ۀ"), "مسوول ه");
  EXPECT_EQ(folded_key("ﷲ ﻼ"), folded_key("الله لا"));
}

TEST(Fold, MarksTatweelAndInvisibleMarksGo) {
  EXPECT_EQ(folded_key("مُحَمَّد"), "محمد");
  EXPECT_EQ(folded_key("تهـــران"), "تهران");
  EXPECT_EQ(folded_key("\u200Fتهران\u200E"), "تهران");
  EXPECT_EQ(folded_key("Zāhedān Şanlıurfa Ḩasan STRASSE straße"), "zahedan sanliurfa hasan strasse strasse");
}

TEST(Fold, ZwnjIsASpace) {
  EXPECT_EQ(folded_key("می‌روند"), folded_key("می روند"));
  EXPECT_EQ(folded_key("می‌ روند"), "می روند");
}

TEST(Fold, DigitsAndPunctuationBecomeAscii) {
  EXPECT_EQ(folded_key("۱۴۰۱ ١٢٣"), "1401 123");
  EXPECT_EQ(folded_key("۱۲٬۵۰۰٫۵، «گفت»؟ – “x” ‘y’؛"), "12,500.5, \"گفت\"? - \"x\" 'y';");
}

TEST(Fold, BlankLineIsOneLineBreakAndALineBreakASpace) {
  EXPECT_EQ(fold("a \n b").text(), "a b");
  EXPECT_EQ(fold("a\n \r\n\tb").text(), "a\nb");
}

TEST(Fold, IllFormedBytesAreSubstitutedOneForOne) {
  EXPECT_EQ(fold("a\xFF\xC3z").text(), "a\x1A\x1Az");
  EXPECT_EQ(fold("\xD8").text(), "\x1A");
}

TEST(Fold, SpansComeBackAsWholeOriginalCharacters) {
  const std::string text = "در تهـرانِ\u200F ما";
  const Folded folded = fold(text);
  const auto at = static_cast<std::uint32_t>(folded.text().find("تهران"));
  const Span span = folded.original_span(Span{at, at + 10});
  EXPECT_EQ(text.substr(span.begin, span.size()), "تهـرانِ");
}

TEST(Fold, OneLetterThatBecomesSeveralMapsToItself) {
  const std::string text = "x ﷲ y";
  const Folded folded = fold(text);
  const auto at = static_cast<std::uint32_t>(folded.text().find("لله"));
  const Span span = folded.original_span(Span{at, at + 2});
  EXPECT_EQ(text.substr(span.begin, span.size()), "ﷲ");
}

TEST(Fold, MapNeverDecreasesAndFoldingTwiceChangesNothing) {
  std::mt19937 random(7);
  const std::string_view pieces[] = {"a", "Z", " ",    "\n", "‌", "ی", "ي", "ۀ",
                                     "ِ",  "ﷲ", "\xFF", "…",  "😀",  "é", "İ", "ß"};
  for (int round = 0; round < 500; ++round) {
    std::string text;
    for (int i = 0; i < 40; ++i) text += pieces[random() % std::size(pieces)];
    const Folded folded = fold(text);
    for (std::uint32_t i = 0; i < folded.text().size(); ++i) {
      ASSERT_LE(folded.original_offset(i), folded.original_offset(i + 1));
    }
    EXPECT_TRUE(is_utf8(folded.text()));
    const std::string once(folded.text());
    // A blank line is already one byte, and one line break alone is a space: only blocks differ the second time.
    std::string blocks_as_spaces = once;
    std::replace(blocks_as_spaces.begin(), blocks_as_spaces.end(), '\n', ' ');
    std::string again(fold(once).text());
    std::replace(again.begin(), again.end(), '\n', ' ');
    std::replace(blocks_as_spaces.begin(), blocks_as_spaces.end(), '\x1A', ' ');
    EXPECT_EQ(fold(blocks_as_spaces).text(), fold(again).text());
  }
}

}  // namespace
}  // namespace gavah::text
