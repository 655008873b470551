#include "text/relative_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "text/time_rows.h"

namespace gavah::text {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(RelativeReader, WillMakesALengthOneThatIsToCome) {
  EXPECT_THAT(times_in("the bakers will return in three weeks"), ElementsAre("three weeks: 2022-12-05..2022-12-12 T3"));
  EXPECT_THAT(times_in("the well was dug in three weeks"), ElementsAre("three weeks: duration 21..21"));
}

TEST(RelativeReader, HalvesCountInStretches) {
  EXPECT_THAT(times_in("over the past two and a half years"),
              ElementsAre("past two and a half years: 2020-05-16..2022-11-17 T5"));
  EXPECT_THAT(times_in("قبل سنتين ونصف؛ قضى شهرا ونصف الشهر"),
              ElementsAre("قبل سنتين ونصف: 2020-05-01..2020-06-01 T4", "شهرا ونصف الشهر: duration 42..47"));
}

TEST(RelativeReader, TheWeekdayBeforeTheLastIsAWeekEarlier) {
  EXPECT_THAT(times_in("the Friday before last"), ElementsAre("Friday before last: 2022-11-04..2022-11-05 T2"));
}

TEST(RelativeReader, ArabicLengthsBesideADateAndWithAMargin) {
  EXPECT_THAT(times_in("بعد ثلاثة أيام من 26 أيار 2018؛ قبل يومين من 3 أيار 2018"),
              ElementsAre("ثلاثة أيام من 26 أيار 2018: 2018-05-29..2018-05-30 T2",
                          "يومين من 3 أيار 2018: 2018-05-01..2018-05-02 T2"));
  EXPECT_THAT(times_in("منذ أكثر من عام؛ منذ نحو أسبوعين"),
              ElementsAre("منذ أكثر من عام: ?..2021-11-17 T5", "منذ نحو أسبوعين: 2022-10-31..2022-11-07 T3"));
}

TEST(RelativeReader, TheSameArabicDayIsTheOneToldBefore) {
  EXPECT_THAT(times_in("في اليوم نفسه"), ElementsAre("اليوم نفسه: unknown"));
  EXPECT_THAT(times_in("أيام الإثنين والخميس"), ElementsAre("الإثنين والخميس: set"));
}

TEST(RelativeReader, ANumberInWordsAfterAMonthCountsWhatFollows) {
  EXPECT_THAT(times_in("in the last week of September two wards were emptied"),
              ElementsAre("the last week of September: 2022-09-24..2022-10-01 T3"));
  EXPECT_THAT(times_in("في المصنع 1989 عاملا"), IsEmpty());
}

TEST(RelativeReader, UnitsBesideADateAndDaysOfAMonthThatIsPointedTo) {
  EXPECT_THAT(times_in("the year before 2015; the week after 3 May 2021; the month before May 2021"),
              ElementsAre("the year before 2015: 2014-01-01..2015-01-01 T5",
                          "the week after 3 May 2021: 2021-05-04..2021-05-11 T3",
                          "the month before May 2021: 2021-04-01..2021-05-01 T4"));
  EXPECT_THAT(times_in("from the 4th to the 23rd of last month"),
              ElementsAre("the 4th to the 23rd of last month: 2022-10-04..2022-10-24 T4"));
  EXPECT_THAT(times_in("the last Tuesday of March last year; الثلاثاء الأخير من شهر مارس السنة الماضية"),
              ElementsAre("the last Tuesday of March last year: 2021-03-30..2021-03-31 T2",
                          "الثلاثاء الأخير من شهر مارس السنة الماضية: 2021-03-30..2021-03-31 T2"));
}

TEST(RelativeReader, WeekdaysOfAWeekThatIsPointedTo) {
  EXPECT_THAT(
      times_in("last week's Sunday; Sunday from last week; next week Mon"),
      ElementsAre("last week's Sunday: 2022-11-13..2022-11-14 T2", "Sunday from last week: 2022-11-13..2022-11-14 T2",
                  "next week Mon: 2022-11-21..2022-11-22 T2"));
}

TEST(RelativeReader, LengthsWithoutANumber) {
  EXPECT_THAT(times_in("for another week; for some days; چند روزی؛ ده سالی"),
              ElementsAre("another week: duration 7..7", "some days: duration 2..9", "چند روزی: duration 2..9",
                          "ده سالی: duration 3652..3653"));
  EXPECT_THAT(times_in("some people; چند ماهی خرید"), IsEmpty());
}

TEST(RelativeReader, TimesAUnitRepeat) {
  EXPECT_THAT(times_in("three times a week, twice per month, daily until noon"),
              ElementsAre("three times a week: set", "twice per month: set", "daily until noon: set"));
}

TEST(RelativeReader, YearsAndSeasonsInPairs) {
  EXPECT_THAT(times_in("بين عامي 2017 و2019"), ElementsAre("عامي 2017 و2019: 2017-01-01..2020-01-01 T5"));
  EXPECT_THAT(
      times_in("سال ۹۰ تا ۹۲؛ در فصل بهار و تابستان ۱۳۹۸"),
      ElementsAre("سال ۹۰ تا ۹۲: 2011-03-21..2014-03-21 T5", "فصل بهار و تابستان ۱۳۹۸: 2019-03-21..2019-09-23 T5"));
}

TEST(RelativeReader, WillSaysNothingOfWhatIsToldInThePast) {
  EXPECT_THAT(times_in("talks will resume in three weeks after police killed 4 protesters in Orma"),
              ElementsAre("three weeks: duration 21..21"));
  EXPECT_THAT(times_in("the state will answer for the 20 protesters killed in two weeks in Orma"),
              ElementsAre("two weeks: duration 14..14"));
  EXPECT_THAT(times_in("the bakers will be freed in three weeks"),
              ElementsAre("three weeks: 2022-12-05..2022-12-12 T3"));
}

TEST(RelativeReader, ALengthBeforeADateIsCountedFromTheDate) {
  EXPECT_THAT(times_in("سه روز پیش از ۲۰ آبان"), ElementsAre("سه روز پیش از ۲۰ آبان: 2022-11-08..2022-11-09 T2"));
  EXPECT_THAT(times_in("سه روز پیش از اورما آمد"), ElementsAre("سه روز پیش: 2022-11-13..2022-11-14 T2"));
}

TEST(RelativeReader, TheYearBeforeAnEventOfAYearIsNotBesideIt) {
  EXPECT_THAT(times_in("the year before the 2021 election"), ElementsAre("2021: 2021-01-01..2022-01-01 T5"));
}

}  // namespace
}  // namespace gavah::text
