#include "text/language.h"

#include <gtest/gtest.h>

namespace gavah::text {
namespace {

TEST(Language, SentencesAreTold) {
  EXPECT_EQ(detect_language("Workers of the sugar mill gathered in front of the governor's office on Tuesday."), "en");
  EXPECT_EQ(detect_language(
                "کارگران نیشکر روز سه‌شنبه مقابل فرمانداری تجمع کردند."),
            "fa");
  EXPECT_EQ(detect_language("تجمع العمال أمام مبنى المحافظة يوم الثلاثاء"), "ar");
  EXPECT_EQ(detect_language("مزدوروں نے منگل کو گورنر ہاؤس کے سامنے احتجاج کیا"), "ur");
}

TEST(Language, ShortTextsAreToldByTheirLetters) {
  EXPECT_EQ(detect_language("تجمع پرستاران"), "fa");
  EXPECT_EQ(detect_language("احتجاجات في المدينة"), "ar");
  EXPECT_EQ(detect_language("Police fired tear gas"), "en");
}

TEST(Language, PersianOnOldSystemsWithArabicLettersIsPersian) {
  EXPECT_EQ(detect_language("كارگران نيشكر روز سه شنبه مقابل فرمانداري تجمع كردند و خواستار پرداخت حقوق خود شدند"),
            "fa");
}

TEST(Language, WordsWithoutALetterOfTheirOwnAreToldByAllTheirLetters) {
  EXPECT_EQ(detect_language("سناریو"), "fa");
  EXPECT_EQ(detect_language("دانشجو"), "fa");
  EXPECT_EQ(detect_language("آزادی"), "fa");
  EXPECT_EQ(detect_language("المدن"), "ar");
  EXPECT_EQ(detect_language("والشوارع"), "ar");
  EXPECT_EQ(detect_language("مظاهرات واسعة"), "ar");
  EXPECT_EQ(detect_language("مزدور سڑک"), "ur");
  EXPECT_EQ(detect_language("لوگ سڑکوں پر"), "ur");
}

TEST(Language, NeighboursAreToldByTheirOwnLetters) {
  EXPECT_EQ(detect_language("خۆپیشاندانی کرێکاران لە شار"), "ku");
  EXPECT_EQ(detect_language("د کارګرانو لاريون په ښار کې"), "ps");
  EXPECT_EQ(detect_language("işçilər küçəyə çıxdı"), "az");
  EXPECT_EQ(detect_language("sığınak"), "tr");
}

TEST(Language, NothingToTellIsUndetermined) {
  EXPECT_EQ(detect_language(""), "und");
  EXPECT_EQ(detect_language("12345 !!! 2022-11-16"), "und");
  EXPECT_EQ(detect_language("\xFF\xFE\xFF"), "und");
}

TEST(Language, BytesThatAreNotUtf8AreNotGivenToTheDetector) {
  const std::string broken = "t  9t 20ن؆ذ0\x07\x98 '" + std::string(42, '\xf6') + "d 20ن؆ذ0 to";
  EXPECT_EQ(detect_language(broken), "und");
}

}  // namespace
}  // namespace gavah::text
