#include "text/bound_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "text/time_rows.h"

namespace gavah::text {
namespace {

using ::testing::ElementsAre;

/// Hours of the mentions without a day, in whole hours; "?" for an open side.
std::vector<std::string> hours_in(std::string_view text) {
  const auto hour = [](const std::optional<std::int32_t>& seconds) {
    return seconds ? format("{}", *seconds / 3600) : std::string("?");
  };
  const Reading reading(text);
  std::vector<std::string> out;
  for (const TimeMention& mention : find_times(reading, {.anchor = Day::from_civil(2022, 11, 16)})) {
    if (mention.hours)
      out.push_back(format("{}: {}-{}", mention.time.phrase, hour(mention.hours->start), hour(mention.hours->past)));
  }
  return out;
}

TEST(BoundReader, HoursAreOpenOnTheSideThatIsNotSaid) {
  EXPECT_THAT(
      hours_in("before 4 pm; by 6:00; until around 3:30pm; no later than 11 am"),
      ElementsAre("before 4 pm: ?-16", "by 6:00: ?-6", "until around 3:30pm: ?-15", "no later than 11 am: ?-11"));
  EXPECT_THAT(
      hours_in("after 9 pm; as early as 7 am; 3 pm or later; قبل الساعة الخامسة مساء"),
      ElementsAre("after 9 pm: 21-?", "as early as 7 am: 7-?", "3 pm or later: 15-?", "قبل الساعة الخامسة مساء: ?-17"));
}

TEST(BoundReader, HoursOfFourDigitsAndNoon) {
  EXPECT_THAT(hours_in("between 0730 and 0930; at 0815; a quarter to noon; around midday"),
              ElementsAre("0730 and 0930: 7-9", "0815: 8-8", "a quarter to noon: 11-11", "midday: 12-13"));
  EXPECT_THAT(hours_in("at 1140 people; ساعت ۴ : ۴۵"), ElementsAre("ساعت ۴ : ۴۵: 4-4"));
}

TEST(BoundReader, TheDayClosesWhatItsHoursLeaveOpen) {
  EXPECT_THAT(times_in("yesterday after 9 pm; by 2 in the afternoon on Monday"),
              ElementsAre("yesterday after 9 pm: 2022-11-15T21:00:00Z..2022-11-16T00:00:00Z T0",
                          "by 2 in the afternoon on Monday: 2022-11-14T00:00:00Z..2022-11-14T14:00:00Z T0"));
}

TEST(BoundReader, ARangeAndALengthAreNotOpen) {
  EXPECT_THAT(hours_in("from 3 pm until 5 pm; two hours before 4 pm"),
              ElementsAre("3 pm until 5 pm: 15-18", "4 pm: 16-17"));
  EXPECT_THAT(times_in("from Monday until last Tuesday; from 3 May 2021 until 5 June 2021"),
              ElementsAre("Monday until last Tuesday: 2022-11-14..2022-11-16 T3",
                          "3 May 2021 until 5 June 2021: 2021-05-03..2021-06-06 T5"));
}

TEST(BoundReader, UntilADayLeavesItsBeginningOpen) {
  EXPECT_THAT(times_in("until last Sunday; up to 3 May 2021; till the end of April 2021"),
              ElementsAre("until last Sunday: ?..2022-11-14 T5", "up to 3 May 2021: ?..2021-05-04 T5",
                          "till the end of April 2021: ?..2021-05-01 T5"));
  EXPECT_THAT(times_in("كان الجسر مفتوحا حتى يوم الأحد الماضي"), ElementsAre("حتى يوم الأحد الماضي: ?..2022-11-14 T5"));
  EXPECT_THAT(times_in("حتی دیروز هم آمدند"), ElementsAre("دیروز: 2022-11-15..2022-11-16 T2"));
}

TEST(BoundReader, ABoundAtMidnightLeavesTheDay) {
  EXPECT_THAT(
      times_in("by 12 am on Monday; after 12 am on Monday"),
      ElementsAre("by 12 am on Monday: 2022-11-14..2022-11-15 T2", "after 12 am on Monday: 2022-11-14..2022-11-15 T2"));
}

}  // namespace
}  // namespace gavah::text
