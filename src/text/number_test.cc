#include "text/number.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/format.h"
#include "text/reading.h"

namespace gavah::text {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string bound(const std::optional<std::int64_t>& value) { return value ? std::to_string(*value) : "-"; }

std::vector<std::string> numbers_in(std::string_view text) {
  const Reading reading(text);
  std::vector<std::string> out;
  for (const Number& number : reading.numbers()) {
    std::string row = bound(number.low);
    if (number.low != number.high) row += ".." + bound(number.high);
    if (!number.qualifier.empty()) row += " " + number.qualifier;
    if (number.form == NumberForm::ordinal) row += " ordinal";
    EXPECT_EQ(number.phrase, reading.words(number.span));
    out.push_back(row);
  }
  return out;
}

std::string phrase_in(std::string_view text) {
  const Reading reading(text);
  return reading.numbers().empty() ? "" : reading.numbers()[0].phrase;
}

TEST(Number, DigitsOfThreeScriptsWithSeparators) {
  EXPECT_THAT(numbers_in("1,200 and 12,500,000; ۱۲٬۵۰۰ و ١٢٣ نفر"), ElementsAre("1200", "12500000", "12500", "123"));
  EXPECT_THAT(numbers_in("3.5 million, 10k people, 2 thousand"), ElementsAre("3500000", "10000", "2000"));
  EXPECT_THAT(numbers_in("۳/۵ میلیون نفر"), ElementsAre("3500000"));
}

TEST(Number, WordsInEnglish) {
  EXPECT_THAT(numbers_in("twelve, twenty-five, one hundred and twenty people, two thousand five hundred and three"),
              ElementsAre("12", "25", "120", "2503"));
  EXPECT_THAT(numbers_in("two dozen cars, half a million people, fifteen hundred men, a hundred"),
              ElementsAre("24", "500000", "1500", "100"));
}

TEST(Number, WordsInPersian) {
  EXPECT_THAT(numbers_in("دوازده هزار و پانصد نفر"), ElementsAre("12500"));
  EXPECT_THAT(numbers_in("بیست و پنج تن، صد و بیست و سه کارگر، ۲ هزار و ۵۰۰ نفر"), ElementsAre("25", "123", "2500"));
  EXPECT_THAT(numbers_in("سی‌ودو نفر، یک میلیون و دویست هزار"),
              ElementsAre("32", "1200000"));
}

TEST(Number, WordsInArabic) {
  EXPECT_THAT(numbers_in("خمسة وعشرون شخصا، ثلاثة آلاف متظاهر، مئة وخمسون، أربعة عشر"),
              ElementsAre("25", "3000", "150", "14"));
  EXPECT_THAT(numbers_in("أحد عشر شخصا، أحد عشر ألف متظاهر، إحدى عشرة امرأة"), ElementsAre("11", "11000", "11"));
}

TEST(Number, VagueWordsAreIntervals) {
  EXPECT_THAT(numbers_in("dozens of people"), ElementsAre("12..99 dozens"));
  EXPECT_THAT(numbers_in("hundreds and thousands"), ElementsAre("100..999 hundreds", "1000..9999 thousands"));
  EXPECT_THAT(numbers_in("tens of thousands; several hundred; a few dozen; a couple"),
              ElementsAre("11000..99999 tens", "300..999 several", "24..119 a few", "2..3 a couple"));
  EXPECT_THAT(numbers_in("صدها نفر، ده‌ها تن، هزاران کارگر، چند نفر"),
              ElementsAre("100..999 hundreds", "11..99 tens", "1000..9999 thousands", "2..9 a few"));
  EXPECT_THAT(numbers_in("ده‌ها هزار نفر، چند صد کارگر"),
              ElementsAre("11000..99999 tens", "200..999 a few"));
  EXPECT_THAT(numbers_in("عشرات الآلاف، مئات المتظاهرين"), ElementsAre("11000..99999 tens", "100..999 hundreds"));
  EXPECT_THAT(numbers_in("مات في السجن"), ElementsAre());  // died, though letters fold as in an old spelling of مئات
}

TEST(Number, QualifiersOpenABound) {
  EXPECT_THAT(numbers_in("at least 12, more than 40, up to 300, fewer than 10"),
              ElementsAre("12..- at least", "41..- more than", "-..300 up to", "-..9 fewer than"));
  EXPECT_THAT(numbers_in("about 50, nearly two hundred, 50+, ten or more"),
              ElementsAre("50 about", "200 nearly", "50..- at least", "10..- at least"));
  EXPECT_THAT(
      numbers_in(
          "دست‌کم ۱۲ نفر، حداقل ده تن، بیش از ۴۰ تن، حدود ۵۰، نزدیک به "
          "۱۰۰، "
          "تا "
          "۳۰۰ "
          "نفر، "
          "کمتر "
          "از "
          "۵"),
      ElementsAre("12..- at least", "10..- at least", "41..- more than", "50 about", "100 nearly", "-..300 up to",
                  "-..4 fewer than"));
  EXPECT_THAT(numbers_in("ما لا يقل عن 12 شخصا، أكثر من خمسين، نحو 300"),
              ElementsAre("12..- at least", "51..- more than", "300 about"));
  EXPECT_EQ(phrase_in("they say at least  12 people"), "at least  12");
  EXPECT_THAT(numbers_in("at least dozens"), ElementsAre("12..- at least"));
}

TEST(Number, RangesAreIntervals) {
  EXPECT_THAT(numbers_in("20 to 30 people, between 5 and 7, 10-15 men, two or three, 2 to 3 million"),
              ElementsAre("20..30", "5..7", "10..15", "2..3", "2000000..3000000"));
  EXPECT_THAT(numbers_in("۲۰ تا ۳۰ نفر، بین ۵ و ۷، از ۳ تا ۹، سه چهار نفر، دو یا سه نفر"),
              ElementsAre("20..30", "5..7", "3..9", "3..4", "2..3"));
}

TEST(Number, OrdinalsSaySo) {
  EXPECT_THAT(numbers_in("the third day, the 21st, twenty-first"),
              ElementsAre("3 ordinal", "21 ordinal", "21 ordinal"));
  EXPECT_THAT(numbers_in("روز سوم، بیست و پنجم، ۲۵م، سی‌ام"),
              ElementsAre("3 ordinal", "25 ordinal", "25 ordinal", "30 ordinal"));
}

TEST(Number, WhatIsNoCountIsNotFound) {
  EXPECT_THAT(numbers_in("2022-11-16 at 9:30, 16/11/2022, 30 percent, ۲۰ درصد, #17, 2pm, H5N1, no one"), IsEmpty());
  EXPECT_THAT(numbers_in("نه، نرفتند"), IsEmpty());
  EXPECT_THAT(numbers_in("99999999999999999999 people"), IsEmpty());
}

TEST(Number, TwoNumbersThatStandTogetherAreTwo) {
  EXPECT_THAT(numbers_in("2017, 2019 and 2022"), ElementsAre("2017", "2019", "2022"));
  EXPECT_THAT(numbers_in("۱۲ و ۱۳ نفر"), ElementsAre("12", "13"));
  EXPECT_THAT(numbers_in("five and six"), ElementsAre("5", "6"));
}

}  // namespace
}  // namespace gavah::text
