#include "text/date.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "text/time_rows.h"

namespace gavah::text {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(Date, AbsoluteInEnglish) {
  EXPECT_THAT(times_in("on 16 November 2022, and Nov. 3, 2019, and the 5th of May, 2021; 2020-02-29"),
              ElementsAre("16 November 2022: 2022-11-16..2022-11-17 T1", "Nov. 3, 2019: 2019-11-03..2019-11-04 T1",
                          "the 5th of May, 2021: 2021-05-05..2021-05-06 T1", "2020-02-29: 2020-02-29..2020-03-01 T1"));
  EXPECT_THAT(times_in("in November 2019, in 2017 and in the 1990s"),
              ElementsAre("November 2019: 2019-11-01..2019-12-01 T4", "2017: 2017-01-01..2018-01-01 T5",
                          "1990s: 1990-01-01..2000-01-01 T5"));
}

TEST(Date, AbsoluteInPersian) {
  EXPECT_THAT(
      times_in("۲۵ آبان ۱۴۰۱ و ۱۴۰۱/۸/۲۵ و بیست و پنجم آبان‌ماه ۱۴۰۱ و "
               "۹۸/۸/۲۵"),
      ElementsAre("۲۵ آبان ۱۴۰۱: 2022-11-16..2022-11-17 T1", "۱۴۰۱/۸/۲۵: 2022-11-16..2022-11-17 T1",
                  "بیست و پنجم آبان‌ماه ۱۴۰۱: 2022-11-16..2022-11-17 T1",
                  "۹۸/۸/۲۵: 2019-11-16..2019-11-17 T1"));
  EXPECT_THAT(times_in("در آبان ۹۸ و نوامبر ۲۰۱۹ و ۱۶ نوامبر ۲۰۲۲"),
              ElementsAre("آبان ۹۸: 2019-10-23..2019-11-22 T4", "نوامبر ۲۰۱۹: 2019-11-01..2019-12-01 T4",
                          "۱۶ نوامبر ۲۰۲۲: 2022-11-16..2022-11-17 T1"));
  EXPECT_THAT(times_in("سال ۱۴۰۱، دهه ۶۰، پاییز ۱۴۰۱"),
              ElementsAre("سال ۱۴۰۱: 2022-03-21..2023-03-21 T5", "دهه ۶۰: 1981-03-21..1991-03-21 T5",
                          "پاییز ۱۴۰۱: 2022-09-23..2022-12-22 T5"));
}

TEST(Date, AbsoluteInArabic) {
  EXPECT_THAT(times_in("في 16 نوفمبر 2022 وفي تشرين الثاني 2019"),
              ElementsAre("16 نوفمبر 2022: 2022-11-16..2022-11-17 T1", "تشرين الثاني 2019: 2019-11-01..2019-12-01 T4"));
}

TEST(Date, IslamicDatesAreADayWiderOnEachSide) {
  EXPECT_THAT(times_in("۱۵ شعبان ۱۴۴۴"), ElementsAre("۱۵ شعبان ۱۴۴۴: 2023-03-07..2023-03-10 T3"));
}

TEST(Date, AmbiguousFieldsStayWideUnlessTheOrderIsKnown) {
  EXPECT_THAT(times_in("11/12/2021"), ElementsAre("11/12/2021: 2021-11-12..2021-12-12 T5"));
  EXPECT_THAT(times_in("16/11/2022"), ElementsAre("16/11/2022: 2022-11-16..2022-11-17 T1"));
  EXPECT_THAT(times_in("11/12/2021", TimeOptions{.order = FieldOrder::month_first}),
              ElementsAre("11/12/2021: 2021-11-12..2021-11-13 T1"));
}

TEST(Date, NoYearIsInventedWithoutAnAnchor) {
  EXPECT_THAT(times_in("on 16 November, yesterday, on Tuesday", TimeOptions{}),
              ElementsAre("16 November: unknown", "yesterday: unknown", "Tuesday: unknown"));
}

TEST(Date, AYearThatIsNotSaidIsTheNearestThatTenseAllows) {
  EXPECT_THAT(times_in("on 15 November; on 20 December; in November; last November"),
              ElementsAre("15 November: 2022-11-15..2022-11-16 T1", "20 December: 2021-12-20..2021-12-21 T1",
                          "November: 2022-11-01..2022-12-01 T4", "last November: 2021-11-01..2021-12-01 T4"));
  EXPECT_THAT(times_in("۲۴ آبان، آذر گذشته"),
              ElementsAre("۲۴ آبان: 2022-11-15..2022-11-16 T1", "آذر گذشته: 2021-11-22..2021-12-22 T4"));
  EXPECT_THAT(times_in("on 20 December", TimeOptions{.anchor = Day::from_civil(2022, 11, 16), .tense = Tense::future}),
              ElementsAre("20 December: 2022-12-20..2022-12-21 T1"));
}

TEST(Date, RelativeDaysInEnglish) {
  EXPECT_THAT(
      times_in("yesterday, today, last night, this morning, the day before yesterday, three days ago"),
      ElementsAre("yesterday: 2022-11-15..2022-11-16 T2", "today: 2022-11-16..2022-11-17 T2",
                  "last night: 2022-11-15..2022-11-16 T2", "this morning: 2022-11-16..2022-11-17 T2",
                  "day before yesterday: 2022-11-14..2022-11-15 T2", "three days ago: 2022-11-13..2022-11-14 T2"));
}

TEST(Date, WeekdaysPointBackUnlessTold) {
  EXPECT_THAT(times_in("on Tuesday; on Wednesday; last Wednesday; next Friday; on Saturday night"),
              ElementsAre("Tuesday: 2022-11-15..2022-11-16 T2", "Wednesday: 2022-11-16..2022-11-17 T2",
                          "last Wednesday: 2022-11-09..2022-11-10 T2", "next Friday: 2022-11-18..2022-11-19 T2",
                          "Saturday night: 2022-11-12..2022-11-13 T2"));
  EXPECT_THAT(
      times_in("روز شنبه؛ سه‌شنبه گذشته؛ جمعه آینده؛ پنج‌شنبه شب"),
      ElementsAre("شنبه: 2022-11-12..2022-11-13 T2", "سه‌شنبه گذشته: 2022-11-15..2022-11-16 T2",
                  "جمعه آینده: 2022-11-18..2022-11-19 T2", "پنج‌شنبه شب: 2022-11-10..2022-11-11 T2"));
  EXPECT_THAT(times_in("Tuesday, 15 November 2022; سه‌شنبه ۲۴ آبان ۱۴۰۱"),
              ElementsAre("Tuesday, 15 November 2022: 2022-11-15..2022-11-16 T1",
                          "سه‌شنبه ۲۴ آبان ۱۴۰۱: 2022-11-15..2022-11-16 T1"));
}

TEST(Date, RelativeStretchesAreAsWideAsTheyAreSaid) {
  EXPECT_THAT(times_in("last week, this month, last year, in the past year, over the past two weeks, last weekend"),
              ElementsAre("last week: 2022-11-07..2022-11-14 T3", "this month: 2022-11-01..2022-12-01 T4",
                          "last year: 2021-01-01..2022-01-01 T5", "past year: 2021-11-16..2022-11-17 T5",
                          "past two weeks: 2022-11-02..2022-11-17 T4", "last weekend: 2022-11-12..2022-11-14 T3"));
  EXPECT_THAT(times_in("هفته گذشته، سال گذشته، ماه جاری، امسال، پارسال"),
              ElementsAre("هفته گذشته: 2022-11-05..2022-11-12 T3", "سال گذشته: 2021-03-21..2022-03-21 T5",
                          "ماه جاری: 2022-10-23..2022-11-22 T4", "امسال: 2022-03-21..2023-03-21 T5",
                          "پارسال: 2021-03-21..2022-03-21 T5"));
  EXPECT_THAT(times_in("in recent days"), ElementsAre("recent days: ?..2022-11-17 T5"));
}

TEST(Date, RelativeDaysInPersianAndArabic) {
  EXPECT_THAT(times_in("دیروز، دیشب، بامداد امروز، روز گذشته، سه روز پیش، ۲۴ ساعت گذشته"),
              ElementsAre("دیروز: 2022-11-15..2022-11-16 T2", "دیشب: 2022-11-15..2022-11-16 T2",
                          "بامداد امروز: 2022-11-16..2022-11-17 T2", "روز گذشته: 2022-11-15..2022-11-16 T2",
                          "سه روز پیش: 2022-11-13..2022-11-14 T2", "۲۴ ساعت گذشته: 2022-11-15..2022-11-17 T3"));
  EXPECT_THAT(times_in("أمس، الأسبوع الماضي، قبل ثلاثة أيام"),
              ElementsAre("أمس: 2022-11-15..2022-11-16 T2", "الأسبوع الماضي: 2022-11-07..2022-11-14 T3",
                          "قبل ثلاثة أيام: 2022-11-13..2022-11-14 T2"));
}

TEST(Date, RangesAreOneInterval) {
  EXPECT_THAT(times_in("from 3 to 12 May 2022; between 2017 and 2019; from Monday to Tuesday; 2018-2020"),
              ElementsAre("3 to 12 May 2022: 2022-05-03..2022-05-13 T4", "2017 and 2019: 2017-01-01..2020-01-01 T5",
                          "Monday to Tuesday: 2022-11-14..2022-11-16 T3", "2018-2020: 2018-01-01..2021-01-01 T5"));
  EXPECT_THAT(times_in("از ۳ تا ۱۲ خرداد ۱۴۰۱؛ از ۲۸ شهریور تا ۵ مهر ۱۴۰۱"),
              ElementsAre("۳ تا ۱۲ خرداد ۱۴۰۱: 2022-05-24..2022-06-03 T4",
                          "۲۸ شهریور تا ۵ مهر ۱۴۰۱: 2022-09-19..2022-09-28 T4"));
}

TEST(Date, ListsOfYearsAreMentionsOfTheirOwn) {
  EXPECT_THAT(times_in("the protests of 2017, 2019 and 2022"),
              ElementsAre("2017: 2017-01-01..2018-01-01 T5", "2019: 2019-01-01..2020-01-01 T5",
                          "2022: 2022-01-01..2023-01-01 T5"));
}

TEST(Date, AWeekdayTellsTheYearOfItsDate) {
  EXPECT_THAT(
      times_in("Friday, 18 November; Thursday 18 November; پنجشنبه ۲۶ آبان"),
      ElementsAre("Friday, 18 November: 2022-11-18..2022-11-19 T1", "Thursday 18 November: 2021-11-18..2021-11-19 T1",
                  "پنجشنبه ۲۶ آبان: 2022-11-17..2022-11-18 T1"));
}

TEST(Date, NothingReachesOverTheEndOfASentence) {
  EXPECT_THAT(times_in("Archive 2021\n\nApril 2020. In May. 5 came"),
              ElementsAre("2021: 2021-01-01..2022-01-01 T5", "April 2020: 2020-04-01..2020-05-01 T4",
                          "May: 2022-05-01..2022-06-01 T4"));
}

TEST(Date, ASentenceReadAloneGivesWhatItGivesInItsText) {
  const Reading reading(
      "Three people were arrested yesterday. On 3 May 2021 a night curfew began. دیروز ده نفر آزاد شدند. "
      "One person a year is killed. Over the last 2 weeks this government met.");
  const TimeOptions options{.anchor = Day::from_civil(2021, 5, 14)};
  std::vector<std::string> whole;
  for (const auto& mention : find_times(reading, options)) whole.push_back(mention.time.phrase);
  std::vector<std::string> alone;
  for (const Sentence& sentence : reading.sentences()) {
    for (const auto& mention : find_times(reading, options, std::span(&sentence, 1))) {
      alone.push_back(mention.time.phrase);
    }
  }
  EXPECT_EQ(alone, whole);
  EXPECT_THAT(whole, ElementsAre("yesterday", "3 May 2021", "a night", "دیروز", "a year", "last 2 weeks"));
}

TEST(Date, WhatLastsFromADayIsThatStretch) {
  const TimeOptions options{.anchor = Day::from_civil(2022, 12, 30)};
  EXPECT_THAT(times_in("The shutdown was kept for 10 days from 18 December.", options),
              ElementsAre("10 days from 18 December: 2022-12-18..2022-12-28 T4"));
  EXPECT_THAT(times_in("Ten days from 18 December they met.", options),
              ElementsAre("Ten days from 18 December: 2022-12-28..2022-12-29 T2"));
  EXPECT_THAT(times_in("اینترنت به مدت ده روز از ۲۵ آبان ۱۳۹۸ قطع بود.", options),
              ElementsAre("ده روز از ۲۵ آبان ۱۳۹۸: 2019-11-16..2019-11-26 T4"));
}

TEST(Date, ListsOfDaysAreOneStretch) {
  EXPECT_THAT(times_in("on 24, 25 and 26 May 2022; ۱۱ و ۱۲ و ۱۳ خرداد ۱۴۰۱"),
              ElementsAre("24, 25 and 26 May 2022: 2022-05-24..2022-05-27 T3",
                          "۱۱ و ۱۲ و ۱۳ خرداد ۱۴۰۱: 2022-06-01..2022-06-04 T3"));
}

TEST(Date, PlacesNamedAfterDatesAreNoDates) {
  EXPECT_THAT(times_in("میدان هفت تیر، مدرسه ۱۵ خرداد، بیمارستان ۱۷ شهریور; 17 September Square"), IsEmpty());
}

TEST(Date, RangesWithoutAYearEndBeforeTheAnchor) {
  EXPECT_THAT(times_in("from August to October; from Friday to Monday; 26 June to 28 June in 2020"),
              ElementsAre("August to October: 2022-08-01..2022-11-01 T5", "Friday to Monday: 2022-11-11..2022-11-15 T3",
                          "26 June to 28 June in 2020: 2020-06-26..2020-06-29 T3"));
}

TEST(Date, EventsNamedByAShortYearAndSeasonsOfBothCalendars) {
  EXPECT_THAT(times_in("اعتراضات ۸۸، قیام ۹۸، پاییز ۲۰۲۱، سه روز آینده، هفته پیش"),
              ElementsAre("۸۸: 2009-03-21..2010-03-21 T5", "۹۸: 2019-03-21..2020-03-20 T5",
                          "پاییز ۲۰۲۱: 2021-09-01..2021-12-01 T5", "سه روز آینده: 2022-11-16..2022-11-20 T3",
                          "هفته پیش: 2022-11-05..2022-11-12 T3"));
}

TEST(Date, ClockTimesWithMinutesInWords) {
  EXPECT_THAT(times_in("دیروز ساعت ۱۲ و ۱۸ دقیقه؛ امروز ساعت پنج و سی و چهار دقیقه صبح"),
              ElementsAre("دیروز ساعت ۱۲ و ۱۸ دقیقه: 2022-11-15T12:18:00Z..2022-11-15T12:19:00Z T0",
                          "امروز ساعت پنج و سی و چهار دقیقه صبح: 2022-11-16T05:34:00Z..2022-11-16T05:35:00Z T0"));
}

TEST(Date, DurationsAndSetsHaveNoPlaceOnTheCalendar) {
  EXPECT_THAT(times_in("for ten days, a two-week strike, ده روز، هر جمعه, every Friday"),
              ElementsAre("ten days: duration 10..10", "two-week: duration 14..14", "ده روز: duration 10..10",
                          "هر جمعه: set", "every Friday: set"));
  EXPECT_THAT(times_in("a 20-year-old man; ۲۰ ساله"), IsEmpty());
}

TEST(Date, RepetitionsInEnglishAreSets) {
  EXPECT_THAT(times_in("once a week, twice a month, every other Friday and once the police came"),
              ElementsAre("once a week: set", "twice a month: set", "every other Friday: set"));
}

TEST(Date, ClockTimesBesideADayGiveSeconds) {
  EXPECT_THAT(times_in("at 9 pm on Tuesday; 16 November 2022 at 21:30"),
              ElementsAre("9 pm on Tuesday: 2022-11-15T21:00:00Z..2022-11-15T22:00:00Z T0",
                          "16 November 2022 at 21:30: 2022-11-16T21:30:00Z..2022-11-16T21:31:00Z T0"));
  EXPECT_THAT(times_in("ساعت ۹ شب سه‌شنبه"),
              ElementsAre("ساعت ۹ شب سه‌شنبه: 2022-11-15T21:00:00Z..2022-11-15T22:00:00Z T0"));
  EXPECT_THAT(times_in("at 9:30"), ElementsAre("9:30: unknown"));
}

TEST(Date, NamesThatAreWordsNeedEvidence) {
  EXPECT_THAT(times_in("they may march; مهر و محبت؛ تیر خورد؛ سیگار بهمن؛ آذر خانم؛ "
                       "می‌روند؛ "
                       "the "
                       "May "
                       "family"),
              IsEmpty());
  EXPECT_THAT(times_in("امام جمعه شهر؛ دوشنبه بازار"), IsEmpty());
  EXPECT_THAT(times_in("in May; on 3 March; ۱۰ تیر؛ مهرماه"),
              ElementsAre("May: 2022-05-01..2022-06-01 T4", "3 March: 2022-03-03..2022-03-04 T1",
                          "۱۰ تیر: 2022-07-01..2022-07-02 T1", "مهرماه: 2022-09-23..2022-10-23 T4"));
}

TEST(Date, NumbersThatAreNoYearsStayNumbers) {
  EXPECT_THAT(times_in("2019 people marched; 1,401 arrests; room 2019b; 1500 workers"), IsEmpty());
}

TEST(Date, PartsOfAMonthKeepTheMonth) {
  EXPECT_THAT(times_in("in early November 2019; اواخر آبان ۹۸؛ November last year"),
              ElementsAre("early November 2019: 2019-11-01..2019-12-01 T4", "اواخر آبان ۹۸: 2019-10-23..2019-11-22 T4",
                          "November last year: 2021-11-01..2021-12-01 T4"));
}

TEST(Date, PartsThatAreCountedAreCutOutOfTheirWhole) {
  EXPECT_THAT(times_in("ده روز اول آبان؛ هفته آخر مهر؛ دهه سوم شهریور؛ نیمه دوم سال ۱۴۰۰؛ "
                       "سه‌ماهه "
                       "دوم "
                       "امسال"),
              ElementsAre("ده روز اول آبان: 2022-10-23..2022-11-02 T4", "هفته آخر مهر: 2022-10-16..2022-10-23 T3",
                          "دهه سوم شهریور: 2022-09-12..2022-09-23 T4", "نیمه دوم سال ۱۴۰۰: 2021-09-23..2022-03-21 T5",
                          "سه‌ماهه دوم امسال: 2022-06-22..2022-09-23 T5"));
  EXPECT_THAT(times_in("in the first week of May 2022; the second half of 2021; the first three months of 2020; "
                       "النصف الأول من عام 2022"),
              ElementsAre("the first week of May 2022: 2022-05-01..2022-05-08 T3",
                          "the second half of 2021: 2021-07-01..2022-01-01 T5",
                          "the first three months of 2020: 2020-01-01..2020-04-01 T5",
                          "النصف الأول من عام 2022: 2022-01-01..2022-07-01 T5"));
}

TEST(Date, APartThatTheWholeHasNotIsNone) {
  EXPECT_THAT(times_in("the ninth week of May 2022"), ElementsAre("May 2022: 2022-05-01..2022-06-01 T4"));
}

TEST(Date, WhatLiesBeforeOrAfterADateIsOpenOnThatSide) {
  EXPECT_THAT(times_in("پیش از ۲۶ شهریور؛ پس از ۳۰ شهریور؛ before 3 May 2022"),
              ElementsAre("پیش از ۲۶ شهریور: ?..2022-09-17 T5", "پس از ۳۰ شهریور: 2022-09-22..? T5",
                          "before 3 May 2022: ?..2022-05-03 T5"));
  EXPECT_THAT(times_in("after the 2019 protests; after November 2019 protests"),
              ElementsAre("2019: 2019-01-01..2020-01-01 T5", "November 2019: 2019-11-01..2019-12-01 T4"));
}

TEST(Date, DaysCountedFromADateAreDaysOfTheirOwn) {
  EXPECT_THAT(
      times_in("یک هفته پس از ۲۶ شهریور؛ فردای ۲۶ شهریور؛ three days before 16 May 2022"),
      ElementsAre("یک هفته پس از ۲۶ شهریور: 2022-09-24..2022-09-25 T2", "فردای ۲۶ شهریور: 2022-09-18..2022-09-19 T2",
                  "three days before 16 May 2022: 2022-05-13..2022-05-14 T2"));
}

TEST(Date, WhatReachesToTheReportEndsThere) {
  EXPECT_THAT(times_in("از آغاز سال جاری تاکنون؛ از ابتدای امسال؛ بیش از یک سال پیش"),
              ElementsAre("آغاز سال جاری تاکنون: 2022-03-21..2022-11-17 T5", "ابتدای امسال: 2022-03-21..2022-11-17 T5",
                          "یک سال پیش: ?..2021-11-17 T5"));
}

TEST(Date, LengthsAreAsLongAsTheCalendarLetsThemBe) {
  EXPECT_THAT(times_in("سه ماه؛ پنج سال و سه ماه؛ ۷۲ ساعت؛ دو سال و نیم؛ two months"),
              ElementsAre("سه ماه: duration 89..93", "پنج سال و سه ماه: duration 1915..1920", "۷۲ ساعت: duration 3..3",
                          "دو سال و نیم: duration 912..914", "two months: duration 59..62"));
}

TEST(Date, WeekdaysInThePluralRepeatAndTwoOfThemAreAStretch) {
  EXPECT_THAT(times_in("سه‌شنبه‌ها؛ روزهای جمعه"),
              ElementsAre("سه‌شنبه‌ها: set", "جمعه: set"));
  EXPECT_THAT(
      times_in("روزهای شنبه و یکشنبه؛ پنجشنبه و جمعه گذشته"),
      ElementsAre("شنبه و یکشنبه: 2022-11-12..2022-11-14 T3", "پنجشنبه و جمعه گذشته: 2022-11-10..2022-11-12 T3"));
}

TEST(Date, CenturiesFeastsAndShortPersianDates) {
  EXPECT_THAT(times_in("قرن بیستم؛ نوروز ۱۴۰۲؛ ۲۵/۸/۹۸"),
              ElementsAre("قرن بیستم: 1901-01-01..2001-01-01 T5", "نوروز ۱۴۰۲: 2023-03-21..2023-03-22 T1",
                          "۲۵/۸/۹۸: 2019-11-16..2019-11-17 T1"));
  EXPECT_THAT(
      times_in("۱۳۹۶–۱۳۹۸؛ سال‌های ۹۰ تا ۹۲؛ مهر و آبان ۱۴۰۱"),
      ElementsAre("۱۳۹۶–۱۳۹۸: 2017-03-21..2020-03-20 T5", "سال‌های ۹۰ تا ۹۲: 2011-03-21..2014-03-21 T5",
                  "مهر و آبان ۱۴۰۱: 2022-09-23..2022-11-22 T5"));
  EXPECT_THAT(times_in("شماره ۱۳۹۸؛ room 2019"), IsEmpty());
}

TEST(Date, WeekdaysAreCountedWithinMonthsAndYears) {
  EXPECT_THAT(
      times_in(
          "the first Tuesday of October 2022; last Friday in October 2022; آخرین سه‌شنبه سال ۱۴۰۰"),
      ElementsAre("the first Tuesday of October 2022: 2022-10-04..2022-10-05 T2",
                  "last Friday in October 2022: 2022-10-28..2022-10-29 T2",
                  "آخرین سه‌شنبه سال ۱۴۰۰: 2022-03-15..2022-03-16 T2"));
}

TEST(Date, DaysOfAMonthThatIsPointedAt) {
  EXPECT_THAT(
      times_in("the 10th of this month; ۱۵ ماه جاری; Tuesday 15th; the week of 5 October 2022"),
      ElementsAre("the 10th of this month: 2022-11-10..2022-11-11 T2", "۱۵ ماه جاری: 2022-11-06..2022-11-07 T2",
                  "Tuesday 15th: 2022-11-15..2022-11-16 T2", "the week of 5 October 2022: 2022-10-03..2022-10-10 T3"));
}

TEST(Date, QuartersAndWhatLastsSince) {
  EXPECT_THAT(times_in("Q3 2019; last quarter; since August 2022"),
              ElementsAre("Q3 2019: 2019-07-01..2019-10-01 T5", "last quarter: 2022-07-01..2022-10-01 T5",
                          "since August 2022: 2022-08-01..2022-11-17 T5"));
}

TEST(Date, ArabicDaysRangesAndNamedMonths) {
  EXPECT_THAT(times_in("يوم غد؛ بعد غد؛ اليوم السابق؛ شهر شباط 2013؛ تموز 13 إلى 15؛ السنة السابقة"),
              ElementsAre("يوم غد: 2022-11-17..2022-11-18 T2", "بعد غد: 2022-11-18..2022-11-19 T2",
                          "اليوم السابق: 2022-11-15..2022-11-16 T2", "شهر شباط 2013: 2013-02-01..2013-03-01 T4",
                          "تموز 13 إلى 15: 2022-07-13..2022-07-16 T3", "السنة السابقة: 2021-01-01..2022-01-01 T5"));
}

// clang-format off
TEST(Date, ArabicOrdinalsHaveTheUnitBeforeTheTen) {
  EXPECT_THAT(times_in("السادس عشر من نوفمبر 2022؛ الخامس والعشرون من يناير 2011"),
              ElementsAre("السادس عشر من نوفمبر 2022: 2022-11-16..2022-11-17 T1",
                          "الخامس والعشرون من يناير 2011: 2011-01-25..2011-01-26 T1"));
}

TEST(Date, MonthsHaveTheirNamesOfMaghrebLevantAndEgypt) {
  EXPECT_THAT(times_in("14 جانفي 2011؛ نونبر 2019؛ غشت 2020؛ تشرين الثاني/نوفمبر 2019؛ يوليو 2013"),
              ElementsAre("14 جانفي 2011: 2011-01-14..2011-01-15 T1", "نونبر 2019: 2019-11-01..2019-12-01 T4",
                          "غشت 2020: 2020-08-01..2020-09-01 T4",
                          "تشرين الثاني/نوفمبر 2019: 2019-11-01..2019-12-01 T4",
                          "يوليو 2013: 2013-07-01..2013-08-01 T4"));
}

TEST(Date, ArabicStretchesCountAfterTheirUnit) {
  EXPECT_THAT(times_in("استمر الإضراب إحدى عشرة سنة"), ElementsAre("إحدى عشرة سنة: duration 4017..4018"));
  EXPECT_THAT(times_in("الأيام الثلاثة الماضية؛ الأسبوعين الماضيين؛ السنوات الأخيرة؛ منذ عام 2011؛ نهاية الشهر"),
              ElementsAre("الأيام الثلاثة الماضية: 2022-11-13..2022-11-17 T3",
                          "الأسبوعين الماضيين: 2022-11-02..2022-11-17 T4", "السنوات الأخيرة: ?..2022-11-17 T5",
                          "منذ عام 2011: 2011-01-01..2022-11-17 T5", "نهاية الشهر: 2022-11-01..2022-12-01 T4"));
}

TEST(Date, FeastsAreTheDaysOfTheirCalendar) {
  EXPECT_THAT(times_in("عید قربان ۱۴۰۱؛ عاشورای ۱۴۴۴؛ در عید نوروز؛ چهارشنبه‌سوری ۱۴۰۱"),
              ElementsAre("عید قربان ۱۴۰۱: 2022-07-09..2022-07-12 T3", "عاشورای ۱۴۴۴: 2022-08-07..2022-08-10 T3",
                          "عید نوروز: 2022-03-21..2022-03-22 T1", "چهارشنبه‌سوری ۱۴۰۱: 2023-03-14..2023-03-15 T1"));
  EXPECT_THAT(times_in("Easter 2018; Good Friday 2022; New Year's Eve 2020; thanksgiving 2021; Christmas"),
              ElementsAre("Easter 2018: 2018-04-01..2018-04-02 T1", "Good Friday 2022: 2022-04-15..2022-04-16 T1",
                          "New Year's Eve 2020: 2020-12-31..2021-01-01 T1",
                          "thanksgiving 2021: 2021-11-25..2021-11-26 T1", "Christmas: 2021-12-25..2021-12-26 T1"));
  EXPECT_THAT(times_in("روز جهانی کارگر را جشن گرفتند"), IsEmpty());
}

TEST(Date, AnniversariesAreAsManyYearsOn) {
  EXPECT_THAT(times_in("سومین سالگرد آبان ۹۸؛ the anniversary of the 16 September 2021 killings"),
              ElementsAre("سومین سالگرد آبان ۹۸: 2022-10-23..2022-11-22 T4",
                          "anniversary of the 16 September 2021: 2022-09-16..2022-09-17 T1"));
}

TEST(Date, SeasonsStandInTheYearSaidAfterThem) {
  EXPECT_THAT(times_in("پاییز امسال؛ زمستان سال گذشته؛ summer of last year; صيف 2022"),
              ElementsAre("پاییز امسال: 2022-09-23..2022-12-22 T5", "زمستان سال گذشته: 2021-12-22..2022-03-21 T5",
                          "summer of last year: 2021-06-01..2021-09-01 T5", "صيف 2022: 2022-06-01..2022-09-01 T5"));
}

TEST(Date, UnitsWithoutANumberAreThoseOfTheReport) {
  EXPECT_THAT(times_in("تا پایان سال؛ آخر ماه؛ ابتدای هفته؛ the end of the month; the first Monday of the month"),
              ElementsAre("پایان سال: 2022-03-21..2023-03-21 T5", "آخر ماه: 2022-10-23..2022-11-22 T4",
                          "ابتدای هفته: 2022-11-12..2022-11-19 T3", "end of the month: 2022-11-01..2022-12-01 T4",
                          "the first Monday of the month: 2022-11-07..2022-11-08 T2"));
  EXPECT_THAT(times_in("آغاز سال تحصیلی"), IsEmpty());
}

TEST(Date, WhatComesLaterThanThePastHasNoDayOfItsOwn) {
  EXPECT_THAT(times_in("دو روز دیگر؛ سال دیگر؛ سه روز بعد؛ two weeks from now"),
              ElementsAre("دو روز دیگر: 2022-11-18..2022-11-19 T2", "سال دیگر: 2023-03-21..2024-03-20 T5",
                          "سه روز بعد: unknown", "two weeks from now: 2022-11-28..2022-12-05 T3"));
}

TEST(Date, PartsOfDecadesAndIslamicMonths) {
  EXPECT_THAT(times_in("نیمه اول دهه نود؛ دهه اول محرم؛ آخرین جمعه ماه رمضان؛ اولین روز مهر ماه؛ نه ماهه امسال"),
              ElementsAre("نیمه اول دهه نود: 2011-03-21..2016-03-20 T5", "دهه اول محرم: 2022-07-29..2022-08-10 T4",
                          "آخرین جمعه ماه رمضان: 2022-04-29..2022-04-30 T2",
                          "اولین روز مهر ماه: 2022-09-23..2022-09-24 T2", "نه ماهه امسال: 2022-03-21..2022-12-22 T5"));
}

TEST(Date, YearsInWords) {
  EXPECT_THAT(times_in("آبان نود و هشت؛ سال نود و هشت؛ 13 September nineteen seventy-two"),
              ElementsAre("آبان نود و هشت: 2019-10-23..2019-11-22 T4", "سال نود و هشت: 2019-03-21..2020-03-20 T5",
                          "13 September nineteen seventy-two: 1972-09-13..1972-09-14 T1"));
}

TEST(Date, DigitsAloneAreDatesWhereSomethingAsksForThem) {
  const TimeOptions american{.anchor = Day::from_civil(2022, 11, 16), .order = FieldOrder::month_first};
  EXPECT_THAT(times_in("from 10/1 to 11/7; 10/31/74; 2015-12; 20161016; archive-2018-09-23.zip", american),
              ElementsAre("10/1 to 11/7: 2022-10-01..2022-11-08 T5", "10/31/74: 1974-10-31..1974-11-01 T1",
                          "2015-12: 2015-12-01..2016-01-01 T4", "20161016: 2016-10-16..2016-10-17 T1",
                          "2018-09-23: 2018-09-23..2018-09-24 T1"));
  EXPECT_THAT(times_in("3/4 of the workers; 24/7; 99/12/2022/5; a score of 2-1", american), IsEmpty());
}

TEST(Date, WeekdaysAreCountedFromTheReport) {
  EXPECT_THAT(times_in("two Fridays ago; 3 Sundays from now; Friday after next; on Fridays; Tuesday 15"),
              ElementsAre("two Fridays ago: 2022-11-04..2022-11-05 T2", "3 Sundays from now: 2022-12-04..2022-12-05 T2",
                          "Friday after next: 2022-11-25..2022-11-26 T2", "Fridays: set",
                          "Tuesday 15: 2022-11-15..2022-11-16 T2"));
  EXPECT_THAT(times_in("سه‌شنبه و چهارشنبه هفته گذشته؛ هر شنبه و سه‌شنبه؛ شنبه‌زاده"),
              ElementsAre("سه‌شنبه: 2022-11-08..2022-11-09 T2", "چهارشنبه هفته گذشته: 2022-11-09..2022-11-10 T2",
                          "هر شنبه و سه‌شنبه: set"));
}

TEST(Date, WhatIsToComeIsCountedForward) {
  const TimeOptions ahead{.anchor = Day::from_civil(2022, 11, 16), .tense = Tense::future};
  EXPECT_THAT(times_in("in three days; within a month; two years later; on the 18th", ahead),
              ElementsAre("three days: 2022-11-19..2022-11-20 T2", "a month: 2022-11-16..2022-12-17 T4",
                          "two years later: 2024-01-01..2025-01-01 T5", "the 18th: 2022-11-18..2022-11-19 T2"));
  EXPECT_THAT(times_in("in three days; two years later; on the 18th"),
              ElementsAre("three days: duration 3..3", "two years later: unknown", "the 18th: 2022-10-18..2022-10-19 T2"));
}

TEST(Date, UnitsAreAddedUpAndNumberedBeforeTheirMark) {
  EXPECT_THAT(times_in("two weeks and two days ago; the 5 past years; the week after next; the past fortnight"),
              ElementsAre("two weeks and two days ago: 2022-10-31..2022-11-01 T2", "5 past years: 2017-11-16..2022-11-17 T5",
                          "week after next: 2022-11-28..2022-12-05 T3", "past fortnight: 2022-11-02..2022-11-17 T4"));
}

TEST(Date, OpenEndsAreSaidBeforeAndAfter) {
  EXPECT_THAT(times_in("2018 or later; no later than January 1, 2010; between now and December 15th 2022; "
                       "از ۲۶ شهریور به بعد; from March 2021 to date"),
              ElementsAre("2018 or later: 2018-01-01..? T5", "no later than January 1, 2010: ?..2010-01-02 T5",
                          "now and December 15th 2022: 2022-11-16..2022-12-16 T5",
                          "۲۶ شهریور به بعد: 2022-09-17..2022-11-17 T5", "March 2021 to date: 2021-03-01..2022-11-17 T5"));
}

TEST(Date, LengthsMayStartOnADay) {
  EXPECT_THAT(times_in("two weeks starting 20 May 2022; هفته منتهی به ۲۵ آبان; روز پس از ۲۵ شهریور"),
              ElementsAre("two weeks starting 20 May 2022: 2022-05-20..2022-06-03 T4",
                          "هفته منتهی به ۲۵ آبان: 2022-11-10..2022-11-17 T3",
                          "روز پس از ۲۵ شهریور: 2022-09-17..2022-09-18 T2"));
}

TEST(Date, TwoDigitsAfterAMonthAreAYearOnlyWhereTheyCountNothing) {
  EXPECT_THAT(times_in("۲۸ مرداد ۳۲؛ بهمن ۵۷؛ در آبان ۵۰ نفر؛ April of 87"),
              ElementsAre("۲۸ مرداد ۳۲: 1953-08-19..1953-08-20 T1", "بهمن ۵۷: 1979-01-21..1979-02-20 T4",
                          "آبان: 2022-10-23..2022-11-22 T4", "April of 87: 1987-04-01..1987-05-01 T4"));
}

TEST(Date, NamesMadeOfTimesAreNoTimes) {
  EXPECT_THAT(times_in("سه دی‌ماهی؛ کتاب «۱۹۸۴»؛ در شهر ده نفر"), IsEmpty());
}

TEST(Date, HoursOfTheNightAndBothEndsOfAStretchOfHours) {
  EXPECT_THAT(times_in("دیشب ساعت ۱۱؛ از ۸ صبح تا ۲ بعدازظهر دیروز"),
              ElementsAre("دیشب ساعت ۱۱: 2022-11-15T23:00:00Z..2022-11-16T00:00:00Z T0",
                          "۸ صبح تا ۲ بعدازظهر دیروز: 2022-11-15T08:00:00Z..2022-11-15T15:00:00Z T0"));
}

TEST(Date, ArabicMonthsByNumber) {
  EXPECT_THAT(times_in("في الثالث من شهر عشرة"), ElementsAre("الثالث من شهر عشرة: 2022-10-03..2022-10-04 T1"));
}

TEST(Date, DecadesInWordsAndTwoOfThem) {
  EXPECT_THAT(times_in("in the nineties; دهه‌های ۶۰ و ۷۰؛ ثمانينيات; دهه هشتاد میلادی"),
              ElementsAre("nineties: 1990-01-01..2000-01-01 T5", "دهه‌های ۶۰ و ۷۰: 1981-03-21..2001-03-21 T5",
                          "ثمانينيات: 1980-01-01..1990-01-01 T5", "دهه هشتاد میلادی: 1980-01-01..1990-01-01 T5"));
}

/// The same mentions whatever the tense: readers of both pair them by their place in the list.
TEST(Date, TheTenseChangesNoMentionsOnlyTheirDays) {
  constexpr std::string_view kTexts[] = {
      "In two weeks, on Friday, within a month, three days later and on the 18th, Tuesday two weeks from now.",
      "That weekend, the same week, the day before; over the weekend, later in the year, the week 40.",
      "دو روز دیگر، سه روز بعد، جمعه و شنبه هفته آینده، تا پایان سال، آذر تا دی.",
      "بعد يومين، من 3 إلى 5 مايو، منذ أسبوع، الجمعة."};
  for (const std::string_view text : kTexts) {
    const Reading reading(text);
    const auto anchor = Day::from_civil(2022, 11, 16);
    const auto past = find_times(reading, {.anchor = anchor});
    const auto ahead = find_times(reading, {.anchor = anchor, .tense = Tense::future});
    ASSERT_EQ(past.size(), ahead.size()) << text;
    for (std::size_t i = 0; i < past.size(); ++i) EXPECT_EQ(past[i].time.span, ahead[i].time.span) << text;
  }
}

TEST(Date, TimesToldOfNothingAreReadInTimeThatGrowsWithThem) {
  std::string text;
  for (int i = 0; i < 50000; ++i) text += "the same week ";
  const auto start = std::chrono::steady_clock::now();
  const auto found = find_times(Reading(text), {});
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  EXPECT_GE(found.size(), 40000U);
  EXPECT_LT(took.count(), 20.0);
}

TEST(Date, RepeatedExpressionsAreReadInTimeThatGrowsWithThem) {
  std::string text;
  for (int i = 0; i < 25000; ++i) text += "last Friday, in 99999, سه‌شنبه و چهارشنبه هفته گذشته, 1/2/3-4/5, ";
  const Reading reading(text);
  const auto start = std::chrono::steady_clock::now();
  const auto found = find_times(reading, {.anchor = Day::from_civil(2022, 11, 16)});
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  EXPECT_GE(found.size(), 75000U);
  EXPECT_LT(took.count(), 20.0);  // a fraction of it on any machine; quadratic work would take hours
}

TEST(Date, TheFinalWeekIsTheLast) {
  EXPECT_THAT(times_in("in the final week of May 2019"), ElementsAre("the final week of May 2019: 2019-05-25..2019-06-01 T3"));
}

TEST(Date, APersianCityIsNoArabicMonth) {
  EXPECT_THAT(times_in("در این شهر و ۱۲ شهر دیگر؛ شهر گذشته"), IsEmpty());
  EXPECT_THAT(times_in("قبل شهر"), ElementsAre("قبل شهر: 2022-10-01..2022-11-01 T4"));
}

TEST(Date, TheGenitiveSignApartBelongsToItsWord) {
  EXPECT_THAT(times_in("هفته‌ی گذشته؛ جمعه ی گذشته؛ دو هفته‌ی پیش؛ ژانویه‌ی ۲۰۲۱"),
              ElementsAre("هفته‌ی گذشته: 2022-11-05..2022-11-12 T3", "جمعه ی گذشته: 2022-11-11..2022-11-12 T2",
                          "دو هفته‌ی پیش: 2022-10-29..2022-11-05 T3", "ژانویه‌ی ۲۰۲۱: 2021-01-01..2021-02-01 T4"));
}

TEST(Date, WhatRepeatsInPersianIsASet) {
  EXPECT_THAT(times_in("روزانه؛ هر ساله؛ صبح‌ها؛ سه روز در هفته؛ یک روز در میان؛ هر پنجشنبه عصر"),
              ElementsAre("روزانه: set", "هر ساله: set", "صبح‌ها: set", "سه روز در هفته: set", "یک روز در میان: set",
                          "هر پنجشنبه عصر: set"));
  EXPECT_THAT(times_in("سه روز در هفته گذشته"),
              ElementsAre("سه روز: duration 3..3", "هفته گذشته: 2022-11-05..2022-11-12 T3"));
}

TEST(Date, LengthsInPersianWords) {
  EXPECT_THAT(times_in("یک ربع؛ ۲ میلی ثانیه؛ سه و نیم سال؛ یک ماه و نیمه؛ یکی دو روز؛ حبس پنج ساله؛ مرد ۲۴ ساله"),
              ElementsAre("یک ربع: duration 0..0", "۲ میلی ثانیه: duration 0..0", "سه و نیم سال: duration 1277..1279",
                          "یک ماه و نیمه: duration 43..47", "یکی دو روز: duration 1..2", "پنج ساله: duration 1826..1827"));
  EXPECT_THAT(times_in("بازداشت هفت روزه و ۲۴ ساعته"),
              ElementsAre("هفت روزه: duration 7..7", "۲۴ ساعته: duration 1..1"));
  EXPECT_THAT(times_in("حکم مرد ۲۴ ساله و سابقه زندانی ۳۰ ساله"), IsEmpty());
}

TEST(Date, TimesThatTheCalendarAloneDoesNotPlaceAreFoundWithoutAValue) {
  EXPECT_THAT(times_in("سومین روز اعتصاب؛ هفته سوم؛ چهل و سومین سال؛ در ۲۴ سالگی؛ همان شب؛ صبح زود"),
              ElementsAre("سومین روز: unknown", "هفته سوم: unknown", "چهل و سومین سال: unknown", "۲۴ سالگی: unknown",
                          "همان شب: unknown", "صبح زود: unknown"));
  EXPECT_THAT(times_in("در آبان ۹۸ و زمستان همان سال"),
              ElementsAre("آبان ۹۸: 2019-10-23..2019-11-22 T4", "همان سال: 2019-03-21..2020-03-20 T5"));
  EXPECT_THAT(times_in("اخیراً؛ این روزها"), ElementsAre("اخیراً: ?..2022-11-17 T5", "این روزها: ?..2022-11-17 T5"));
  EXPECT_THAT(times_in("سال‌ها در زندان"), ElementsAre("سال‌ها: duration 730..3288"));
  EXPECT_THAT(times_in("نماز صبح؛ صبح بخیر؛ نخستین بار؛ بیمارستان شهدای ۱۷ شهریور"), IsEmpty());
}

TEST(Date, PersianHoursWithoutTheWordForThem) {
  EXPECT_THAT(
      times_in("دیروز هفت صبح؛ یک ربع به هفت عصر دیروز؛ دیروز ۱۱ و نیم شب؛ دیروز از ۲ تا ۳ صبح؛ دیروز ساعت ۸ تا ۱۱ شب"),
      ElementsAre("دیروز هفت صبح: 2022-11-15T07:00:00Z..2022-11-15T08:00:00Z T0",
                  "یک ربع به هفت عصر دیروز: 2022-11-15T18:45:00Z..2022-11-15T18:46:00Z T0",
                  "دیروز ۱۱ و نیم شب: 2022-11-15T23:30:00Z..2022-11-15T23:31:00Z T0", "دیروز: 2022-11-15..2022-11-16 T2", "۲ تا ۳ صبح: unknown",
                  "دیروز ساعت ۸ تا ۱۱ شب: 2022-11-15T20:00:00Z..2022-11-16T00:00:00Z T0"));
  EXPECT_THAT(times_in("از ساعت ۸ تا ۱۲ نفر"), ElementsAre("ساعت ۸: unknown"));
}

TEST(Date, PartsOfADayJoinTheirDayAndStandAloneWhereAskedFor) {
  EXPECT_THAT(times_in("ساعات اولیه بامداد جمعه؛ شب ۲۵ آبان؛ پریروز شب"),
              ElementsAre("ساعات اولیه بامداد جمعه: 2022-11-11..2022-11-12 T2", "شب ۲۵ آبان: 2022-11-16..2022-11-17 T1",
                          "پریروز شب: 2022-11-14..2022-11-15 T2"));
  EXPECT_THAT(times_in("آبیاری در شب تا صبح"), ElementsAre("شب: unknown", "صبح: unknown"));
  EXPECT_THAT(times_in("عصر جدید و غروب خورشید و سه شب"), ElementsAre("سه شب: duration 3..3"));
}

TEST(Date, PersianSeasonsFeastsAndDaysWithoutAYear) {
  EXPECT_THAT(times_in("در فصل تابستان؛ بهار آزادی؛ شب یلدای سال ۹۴؛ سوم تا پنجم همین ماه؛ توی مهر"),
              ElementsAre("فصل تابستان: 2022-06-22..2022-09-23 T5", "شب یلدای سال ۹۴: 2015-12-21..2015-12-22 T1",
                          "سوم تا پنجم همین ماه: 2022-10-25..2022-10-28 T3", "مهر: 2022-09-23..2022-10-23 T4"));
  EXPECT_THAT(times_in("از سال ۸۸ تا ۹۲؛ قرن ششم و هفتم میلادی؛ ماه‌های مهر و آبان ۱۴۰۰"),
              ElementsAre("سال ۸۸ تا ۹۲: 2009-03-21..2014-03-21 T5", "قرن ششم و هفتم میلادی: 0501-01-01..0701-01-01 T5",
                          "ماه‌های مهر و آبان ۱۴۰۰: 2021-09-23..2021-11-22 T5"));
}

TEST(Date, APartOfAWholeSaidInFullNeedsNoAnchor) {
  const Reading reading("the first week of May 2022");
  const auto found = find_times(reading, {});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_FALSE(found[0].relative);
  EXPECT_FALSE(found[0].time.is_unknown());
}
// clang-format on

TEST(Date, UnitsByTheWordsAroundThem) {
  EXPECT_THAT(times_in("shots were heard over the weekend and later in the week"),
              ElementsAre("the weekend: 2022-11-12..2022-11-14 T3", "later in the week: 2022-11-16..2022-11-21 T3"));
  EXPECT_THAT(times_in("up by a fifth in the year to date, and the rest of the month"),
              ElementsAre("year to date: 2022-01-01..2022-11-17 T5", "rest of the month: 2022-11-16..2022-12-01 T4"));
  EXPECT_THAT(
      times_in("in the week 23 of 2018, week 1 of last year"),
      ElementsAre("week 23 of 2018: 2018-06-04..2018-06-11 T3", "week 1 of last year: 2021-01-04..2021-01-11 T3"));
  EXPECT_THAT(times_in("last fiscal year, the school year 2019 and this calendar year"),
              ElementsAre("last fiscal year: unknown", "school year 2019: unknown",
                          "this calendar year: 2022-01-01..2023-01-01 T5"));
  EXPECT_THAT(times_in("in week 3 of the strike the week of mourning began"), IsEmpty());
  EXPECT_THAT(times_in("in the week protesters were shot, in winter clothes, during summer school"), IsEmpty());
  EXPECT_THAT(times_in("week 53 of 2020"), ElementsAre("week 53 of 2020: 2020-12-28..2021-01-04 T3"));
  EXPECT_THAT(times_in("week 53 of 2018"), Not(Contains(HasSubstr("week 53"))));
}

TEST(Date, UnitsThatWereToldBeforeAreFoundInTheSentence) {
  EXPECT_THAT(times_in("On 3 May 2021 shots were fired; the same week ten were held, and that month twenty."),
              ElementsAre("3 May 2021: 2021-05-03..2021-05-04 T1", "the same week: 2021-05-03..2021-05-10 T3"));
  EXPECT_THAT(times_in("The court sat on 3 May 2021 and had heard him the day before."),
              ElementsAre("3 May 2021: 2021-05-03..2021-05-04 T1", "the day before: 2021-05-02..2021-05-03 T2"));
  EXPECT_THAT(times_in("The same week ten were held."), ElementsAre("The same week: unknown"));
  EXPECT_THAT(times_in("I leave the same week", {.anchor = Day::from_civil(2022, 11, 16), .tense = Tense::future}),
              ElementsAre("the same week: 2022-11-14..2022-11-21 T3"));
}

TEST(Date, QuartersHalvesAndSeasonsWithoutAYear) {
  EXPECT_THAT(
      times_in("in the third quarter, in Q1, 2019 H2, H2 and in the second quarter of 2018"),
      ElementsAre("the third quarter: 2022-07-01..2022-10-01 T5", "Q1: 2022-01-01..2022-04-01 T5",
                  "2019 H2: 2019-07-01..2020-01-01 T5", "the second quarter of 2018: 2018-04-01..2018-07-01 T5"));
  EXPECT_THAT(times_in("over the summer, in winter and during the whole autumn"),
              ElementsAre("summer: 2022-06-01..2022-09-01 T5", "winter: 2021-12-01..2022-03-01 T5",
                          "autumn: 2022-09-01..2022-12-01 T5"));
  EXPECT_THAT(times_in("in spring water, in the summer of discontent, after the fall of the government"), IsEmpty());
}

TEST(Date, LengthsMayHoldAShareOfAUnit) {
  EXPECT_THAT(times_in("held for 2.5 years, 1.5 months and a year and a quarter; ۲/۵ سال"),
              ElementsAre("2.5 years: duration 912..914", "1.5 months: duration 42..47",
                          "a year and a quarter: duration 456..458", "۲/۵ سال: duration 912..914"));
  EXPECT_THAT(times_in("freed 2.5 years ago"), ElementsAre("2.5 years ago: 2020-05-01..2020-06-01 T4"));
  EXPECT_THAT(times_in("version 2.5 and 3.4 people a mile"), IsEmpty());
}

TEST(Date, ToLastIsNoPast) {
  EXPECT_THAT(times_in("the curfew will last two weeks, did not last three days and shouldn't last a week"),
              ElementsAre("two weeks: duration 14..14", "three days: duration 3..3", "a week: duration 7..7"));
  EXPECT_THAT(times_in("over the last two weeks"), ElementsAre("last two weeks: 2022-11-02..2022-11-17 T4"));
}

TEST(Date, ThePastWeekendIsTheLast) {
  EXPECT_THAT(times_in("this past weekend, last week-end"),
              ElementsAre("past weekend: 2022-11-12..2022-11-14 T3", "last week-end: 2022-11-12..2022-11-14 T3"));
}

TEST(Date, CountedQuartersAreThoseOfTheCalendar) {
  EXPECT_THAT(times_in("over the last two quarters, the past quarter and the next 3 quarters"),
              ElementsAre("last two quarters: 2022-04-01..2022-10-01 T5", "past quarter: 2022-07-01..2022-10-01 T5",
                          "next 3 quarters: 2023-01-01..2023-10-01 T5"));
}

TEST(Date, APossessiveNamesTheWholeOfAPart) {
  EXPECT_THAT(
      times_in("next year's first quarter; 2021's second half; last year's last week"),
      ElementsAre("next year's first quarter: 2023-01-01..2023-04-01 T5",
                  "2021's second half: 2021-07-01..2022-01-01 T5", "last year's last week: 2021-12-25..2022-01-01 T3"));
  EXPECT_THAT(times_in("last year's first victim"), ElementsAre("last year: 2021-01-01..2022-01-01 T5"));
}

TEST(Date, WeekendsAndPartsOfWeekdaysAreCountedInMonths) {
  EXPECT_THAT(times_in("the last weekend of May 2021 and the first Monday evening of June 2021"),
              ElementsAre("the last weekend of May 2021: 2021-05-29..2021-05-31 T3",
                          "the first Monday evening of June 2021: 2021-06-07..2021-06-08 T2"));
}

TEST(Date, WhatRepeatsInEnglishIsASet) {
  EXPECT_THAT(times_in("They met daily in the square, on Friday mornings, on weekends and every weekday."),
              ElementsAre("daily: set", "Friday mornings: set", "weekends: set", "every weekday: set"));
  EXPECT_THAT(times_in("a daily paper and the weekly bread queue"), IsEmpty());
}

TEST(Date, ArabicMonthsAndDaysWithinWhatIsSaidAfterThem) {
  EXPECT_THAT(times_in("بأيلول 2014"), ElementsAre("بأيلول 2014: 2014-09-01..2014-10-01 T4"));
  EXPECT_THAT(times_in("احد الاسبوع الماضي"), ElementsAre("احد الاسبوع الماضي: 2022-11-13..2022-11-14 T2"));
  EXPECT_THAT(times_in("اثنين الأسبوع الماضي"), ElementsAre("اثنين الأسبوع الماضي: 2022-11-07..2022-11-08 T2"));
  EXPECT_THAT(times_in("27-29 من الشهر الثامن"), ElementsAre("27-29 من الشهر الثامن: 2022-08-27..2022-08-30 T3"));
}

TEST(Date, AQuarterAloneNeedsAWordThatAsksForIt) {
  EXPECT_THAT(times_in("Answers to Q1 and a Q4 model of the pump"), IsEmpty());
  EXPECT_THAT(times_in("output fell in Q1 and rose by Q2 2021"),
              ElementsAre("Q1: 2022-01-01..2022-04-01 T5", "Q2 2021: 2021-04-01..2021-07-01 T5"));
}

TEST(Date, WordsOnBothSidesOfTheEndOfASentenceAreNoPair) {
  const std::string_view text = "پرسید بعد\n\nاز ظهر گذشته بود";
  const Reading reading(text);
  std::size_t apart = 0;
  for (const Sentence& sentence : reading.sentences()) {
    const auto alone = reading.text().substr(sentence.span.begin, sentence.span.size());
    apart += find_times(Reading(alone), {}).size();
  }
  EXPECT_EQ(find_times(reading, {}).size(), apart);
}

TEST(Date, ALengthOfTwoUnitsIsCountedWithBoth) {
  EXPECT_THAT(times_in("two years and three months after 3 May 2019"),
              ElementsAre("two years and three months after 3 May 2019: 2021-07-30..2021-08-04 T3"));
}

TEST(Date, LengthsThatAreOnlyBoundsOpenTheFarSide) {
  EXPECT_THAT(times_in("more than two weeks before 16 May 2022, less than 3 days after 3 May 2022"),
              ElementsAre("more than two weeks before 16 May 2022: ?..2022-05-02 T5",
                          "less than 3 days after 3 May 2022: 2022-05-03..2022-05-06 T5"));
  EXPECT_THAT(
      times_in("by the end of April 2022, before the end of the year"),
      ElementsAre("by the end of April 2022: ?..2022-05-01 T5", "before the end of the year: ?..2023-01-01 T5"));
}

TEST(Date, MoneyAndHeadsAreNoDaysAndNoWeeks) {
  EXPECT_THAT(times_in("they paid $12 December 27"), ElementsAre("December 27: 2021-12-27..2021-12-28 T1"));
  EXPECT_THAT(times_in("we were only 3 last week"), ElementsAre("last week: 2022-11-07..2022-11-14 T3"));
}

TEST(Date, BoundsOfWhatCountsFromTheReport) {
  EXPECT_THAT(times_in("since last month, starting next week, no later than tomorrow"),
              ElementsAre("since last month: 2022-10-01..2022-11-17 T5", "starting next week: 2022-11-21..? T5",
                          "no later than tomorrow: ?..2022-11-18 T5"));
  EXPECT_THAT(times_in("no earlier than 3 May 2021, and as early as March 2019."),
              ElementsAre("no earlier than 3 May 2021: 2021-05-03..? T5", "as early as March 2019: 2019-03-01..? T5"));
}

TEST(Date, ANumberThatCountsEndsNoRangeOfYears) {
  EXPECT_THAT(times_in("در سال ۵۰ تا ۶۰ نفر در اورما بازداشت می‌شوند"), IsEmpty());
  EXPECT_THAT(times_in("در سال ۱۳۵۵ تا ۶۰ کارگر"), ElementsAre("سال ۱۳۵۵: 1976-03-21..1977-03-21 T5"));
  EXPECT_THAT(times_in("سال ۹۰ تا ۹۲"), ElementsAre("سال ۹۰ تا ۹۲: 2011-03-21..2014-03-21 T5"));
}

TEST(Date, YearsOnEndAreOneStretch) {
  EXPECT_THAT(times_in("در سال‌های ۹۸ و ۹۹"),
              ElementsAre("سال‌های ۹۸ و ۹۹: 2019-03-21..2021-03-21 T5"));
  EXPECT_THAT(times_in("في عامي 2018 و2019"), ElementsAre("عامي 2018 و2019: 2018-01-01..2020-01-01 T5"));
}

TEST(Date, AWeekdayThatFitsNoYearBeforeTheReportIsPassedOver) {
  EXPECT_THAT(times_in("Police killed a man on Friday 3 November"),
              ElementsAre("Friday 3 November: 2022-11-03..2022-11-04 T1"));
}

}  // namespace
}  // namespace gavah::text
