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

}  // namespace
}  // namespace gavah::text
