#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/format.h"
#include "text/date.h"

namespace gavah::text {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::string clock_text(std::optional<std::int32_t> seconds) {
  return seconds ? format("{:02}:{:02}", *seconds / 3600, *seconds % 3600 / 60) : "?";
}

/// "phrase: first-past" of each mention of hours without a day, "phrase: moment..moment" of those with one.
std::vector<std::string> hours_in(std::string_view text) {
  const Reading reading(text);
  std::vector<std::string> out;
  for (const TimeMention& mention : find_times(reading, {.anchor = Day::from_civil(2022, 11, 16)})) {
    if (mention.hours) {
      out.push_back(
          format("{}: {}-{}", mention.time.phrase, clock_text(mention.hours->start), clock_text(mention.hours->past)));
    } else if (mention.time.precision == TimePrecision::clock) {
      out.push_back(format("{}: {}..{}", mention.time.phrase, mention.time.start->text(), mention.time.end->text()));
    }
  }
  return out;
}

TEST(SpokenClock, EnglishHoursInWords) {
  EXPECT_THAT(hours_in("at half past six, a quarter to five, ten past three in the afternoon and at 3 o'clock"),
              ElementsAre("half past six: 06:30-06:31", "a quarter to five: 04:45-04:46",
                          "ten past three in the afternoon: 15:10-15:11", "3 o'clock: 03:00-04:00"));
  EXPECT_THAT(hours_in("at seven in the evening, six pm; at 8.30pm today"),
              ElementsAre("seven in the evening: 19:00-20:00", "six pm: 18:00-19:00",
                          "8.30pm today: 2022-11-16T20:30:00Z..2022-11-16T20:31:00Z"));
}

TEST(SpokenClock, RangesShareTheirHalfOfTheDayAndHoldTheirLastHour) {
  EXPECT_THAT(hours_in("from 3 to 5 pm, between 10 and 11:30, 9-11 am, 10 to 3 pm"),
              ElementsAre("3 to 5 pm: 15:00-18:00", "10 and 11:30: 10:00-11:31", "9-11 am: 09:00-12:00",
                          "10 to 3 pm: 10:00-16:00"));
  EXPECT_THAT(hours_in("on Tuesday from 9:30 to 11:00"),
              ElementsAre("Tuesday from 9:30 to 11:00: 2022-11-15T09:30:00Z..2022-11-15T11:01:00Z"));
}

TEST(SpokenClock, ADayBesideAnHourNamesItsHalf) {
  EXPECT_THAT(
      hours_in("police came at 5 this morning, at seven tonight, before 9 last night and at 4 on Monday afternoon"),
      ElementsAre("5 this morning: 2022-11-16T05:00:00Z..2022-11-16T06:00:00Z",
                  "seven tonight: 2022-11-16T19:00:00Z..2022-11-16T20:00:00Z",
                  "before 9 last night: 2022-11-15T00:00:00Z..2022-11-15T21:00:00Z",
                  "4 on Monday afternoon: 2022-11-14T16:00:00Z..2022-11-14T17:00:00Z"));
  EXPECT_THAT(hours_in("last night at 11, yesterday evening at 7:30, tomorrow morning at nine"),
              ElementsAre("last night at 11: 2022-11-15T23:00:00Z..2022-11-16T00:00:00Z",
                          "yesterday evening at 7:30: 2022-11-15T19:30:00Z..2022-11-15T19:31:00Z",
                          "tomorrow morning at nine: 2022-11-17T09:00:00Z..2022-11-17T10:00:00Z"));
  EXPECT_THAT(hours_in("between 7 and 9 last night"),
              ElementsAre("7 and 9 last night: 2022-11-15T19:00:00Z..2022-11-15T22:00:00Z"));
  EXPECT_THAT(hours_in("killed at least 5 this morning; about 9 last night; last night at 7 checkpoints; "
                       "arrested 3 on Tuesday evening; this morning at 12 schools"),
              IsEmpty());
}

TEST(SpokenClock, HoursWrittenWithoutAColon) {
  EXPECT_THAT(hours_in("1140 a.m., 330 pm, 15h30, at 18h and 12 noon; 7:56:30 pm"),
              ElementsAre("1140 a.m.: 11:40-11:41", "330 pm: 15:30-15:31", "15h30: 15:30-15:31", "18h: 18:00-19:00",
                          "12 noon: 12:00-13:00", "7:56:30 pm: 19:56-19:56"));
  EXPECT_THAT(hours_in("at seven thirty; from three thirty to four forty-five; ten thirty am; at noon"),
              ElementsAre("seven thirty: 07:30-07:31", "three thirty to four forty-five: 03:30-04:46",
                          "ten thirty am: 10:30-10:31", "noon: 12:00-13:00"));
  EXPECT_THAT(hours_in("at seven thirty shops; flight 330; 1140 pmx; 1575 am; seventy thirty"), IsEmpty());
}

TEST(SpokenClock, AnHourMayLast) {
  EXPECT_THAT(hours_in("on Tuesday from 2 pm for 3 hours 30 minutes, and for 2 hours from 10 am"),
              ElementsAre("Tuesday from 2 pm for 3 hours 30 minutes: 2022-11-15T14:00:00Z..2022-11-15T17:30:00Z",
                          "2 hours from 10 am: 10:00-12:00"));
}

TEST(SpokenClock, ArabicHoursWithMinutesInWords) {
  EXPECT_THAT(hours_in("الساعة الثالثة والنصف مساء"), ElementsAre("الساعة الثالثة والنصف مساء: 15:30-15:31"));
  EXPECT_THAT(hours_in("الساعة 12 إلا ربعا ظهرا"), ElementsAre("الساعة 12 إلا ربعا ظهرا: 11:45-11:46"));
  EXPECT_THAT(hours_in("الثالثة فجرا"), ElementsAre("الثالثة فجرا: 03:00-04:00"));
  EXPECT_THAT(hours_in("الساعة الثالثة وثمانية عشر دقيقة صباحا"),
              ElementsAre("الساعة الثالثة وثمانية عشر دقيقة صباحا: 03:18-03:19"));
}

TEST(SpokenClock, CountsVotesAndScoresAreNoHours) {
  EXPECT_THAT(
      hours_in("11 injured; at 20 percent; ten to three voted; won 3-5; killed two in the morning raid; "
               "from 3 to 5 people; half past the square; between 10 and 20 arrests; gave a quarter to five people; "
               "10 past 5 guards"),
      IsEmpty());
  EXPECT_THAT(hours_in("raids from 5 pm to 12 districts"), Not(Contains(HasSubstr("12"))));
}

TEST(SpokenClock, LengthsOfHoursAreExactInSeconds) {
  const Reading reading(
      "two hours, ten days, an hour and 30 minutes, one and a half hours, a day and a half, three months");
  std::vector<std::int64_t> found;
  for (const TimeMention& mention : find_times(reading, {})) found.push_back(mention.seconds.value_or(-1));
  EXPECT_THAT(found, ElementsAre(7200, 864000, 5400, 5400, 129600, -1));
}

TEST(SpokenClock, SharesOfHoursAndUnitsSideBySideAreExact) {
  const Reading reading(
      "2.5 hours, 3 hours 30 minutes, half an hour, three quarters of an hour, ½ hour, 24h, 5 min, 10 secs");
  std::vector<std::int64_t> found;
  for (const TimeMention& mention : find_times(reading, {})) found.push_back(mention.seconds.value_or(-1));
  EXPECT_THAT(found, ElementsAre(9000, 12600, 1800, 2700, 1800, 86400, 300, 10));
}

TEST(SpokenClock, ThePartOfTheDayAfterTheDayNamesTheHalfOfTheHour) {
  EXPECT_THAT(hours_in("at 7:30 on Monday evening; half past seven on Monday evening; after 7:30 on Monday evening; "
                       "at 7:30 on Monday morning"),
              ElementsAre("7:30 on Monday evening: 2022-11-14T19:30:00Z..2022-11-14T19:31:00Z",
                          "half past seven on Monday evening: 2022-11-14T19:30:00Z..2022-11-14T19:31:00Z",
                          "after 7:30 on Monday evening: 2022-11-14T19:30:00Z..2022-11-15T00:00:00Z",
                          "7:30 on Monday morning: 2022-11-14T07:30:00Z..2022-11-14T07:31:00Z"));
}

}  // namespace
}  // namespace gavah::text
