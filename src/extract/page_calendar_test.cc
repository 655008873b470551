// When a page was published, in the three calendars in which pages say it.
#include <gtest/gtest.h>

#include "extract/extract.h"

namespace gavah::extract {
namespace {

const std::string kBody =
    "<p>The dockers of Anselm left their work on Monday morning, and by noon the whole port stood still, as "
    "witnesses said who watched it from the bridge.</p><p>Nobody could say how long the strike would last, and the "
    "ministry, asked for a comment, gave none until the evening.</p>";

TimeInterval published(const std::string& head, const std::string& before_body, const std::string& url = "") {
  const Capture capture;
  Part part;
  part.format = "html";
  part.url = url;
  const std::string page = "<html><head><title>Strike</title>" + head +
                           "</head><body><article><h1>Strike in Anselm</h1>" + before_body + kBody +
                           "</article></body></html>";
  return extract({capture, part, page}, IdSecret{}).at(0).published;
}

std::string meta(const std::string& content) {
  return "<meta property=\"article:published_time\" content=\"" + content + "\">";
}

std::string start_of(const TimeInterval& time) { return time.start ? time.start->text() : "none"; }

struct Said {
  std::string content;
  std::string start;
  TimePrecision precision;
};

TEST(PageCalendar, PropertiesAreReadInTheirCalendarDigitsAndZone) {
  const std::vector<Said> given{
      {"2020-05-10T18:59:00+04:30", "2020-05-10T14:29:00Z", TimePrecision::clock},
      {"2020-05-10T18:59:00Z", "2020-05-10T18:59:00Z", TimePrecision::clock},
      {"2020-05-10", "2020-05-10T00:00:00Z", TimePrecision::day_stated},
      {"1399-02-21", "2020-05-10T00:00:00Z", TimePrecision::day_stated},
      {"۱۳۹۹/۰۲/۲۱", "2020-05-10T00:00:00Z", TimePrecision::day_stated},
      {"۱۳۹۹-۰۲-۲۱", "2020-05-10T00:00:00Z", TimePrecision::day_stated},
      {"۲۱ اردیبهشت ۱۳۹۹", "2020-05-10T00:00:00Z", TimePrecision::day_stated},
      {"1403/12/30", "2025-03-20T00:00:00Z", TimePrecision::day_stated},
      {"1404-01-01", "2025-03-21T00:00:00Z", TimePrecision::day_stated},
  };
  for (const Said& said : given) {
    const TimeInterval found = published(meta(said.content), "");
    EXPECT_EQ(start_of(found), said.start) << said.content;
    EXPECT_EQ(found.precision, said.precision) << said.content;
  }
}

TEST(PageCalendar, PersianDigitsWithAClockTimeKeepTheDay) {
  const TimeInterval found = published(meta("۱۳۹۹/۰۲/۲۱ - ۱۸:۵۹"), "");
  ASSERT_TRUE(found.start);
  EXPECT_EQ(found.start->day(), Day::from_civil(2020, 5, 10));
}

TEST(PageCalendar, PersianYearsInIsoAttributesAreNotTheMiddleAges) {
  for (const std::string attribute : {"1403-08-15T10:30:00+03:30", "۱۴۰۳-۰۸-۱۵T۱۰:۳۰:۰۰+۰۳:۳۰"}) {
    const TimeInterval found =
        published("", "<p><time class=entry-date datetime=\"" + attribute + "\">۱۵ آبان</time></p>");
    EXPECT_EQ(start_of(found), "2024-11-05T07:00:00Z") << attribute;
    EXPECT_EQ(found.precision, TimePrecision::clock) << attribute;
    EXPECT_EQ(found.calendar, Calendar::persian) << attribute;
  }
}

TEST(PageCalendar, JsonLdMayHoldAPersianDate) {
  const TimeInterval found = published(
      R"(<script type="application/ld+json">{"@type":"NewsArticle","headline":"Strike","datePublished":"1403-08-15T10:30:00+03:30"}</script>)",
      "");
  EXPECT_EQ(start_of(found), "2024-11-05T07:00:00Z");
}

TEST(PageCalendar, LinesForReadersAreReadInEachCalendar) {
  for (const std::string line : {"تاریخ انتشار: ۱۵ آبان ۱۴۰۳", "سه‌شنبه ۱۵ آبان ۱۴۰۳ - ۱۰:۳۰",
                                 "تاریخ انتشار: ۱۴۰۳/۰۸/۱۵", "تاريخ النشر: 5 نوفمبر 2024", "الثلاثاء ٥ نوفمبر ٢٠٢٤",
                                 "٥ تشرين الثاني ٢٠٢٤", "Published: November 5, 2024", "5 November 2024"}) {
    const TimeInterval found = published("", "<div class=date>" + line + "</div>");
    ASSERT_TRUE(found.start) << line;
    EXPECT_EQ(Instant{found.start->seconds + 12 * 3600}.day(), Day::from_civil(2024, 11, 5)) << line;
  }
}

TEST(PageCalendar, TheAddressMayHoldAPersianDay) {
  const TimeInterval found = published("", "", "https://gazette.example/news/1403/08/15/strike-in-anselm");
  ASSERT_TRUE(found.start);
  EXPECT_EQ(found.start->day(), Day::from_civil(2024, 11, 5));
}

TEST(PageCalendar, WhatNamesNoDayIsNotGivenOne) {
  for (const std::string line : {"آبان ۱۴۰۳", "November 2024", "2024"}) {
    const TimeInterval found = published("", "<div class=date>" + line + "</div>");
    EXPECT_NE(found.precision, TimePrecision::day_stated) << line;
    EXPECT_NE(found.precision, TimePrecision::clock) << line;
  }
}

TEST(PageCalendar, IslamicDaysAreThreeDaysAndGiveWayToOtherCalendars) {
  for (const std::string line : {"3 جمادى الأولى 1446", "٣ جمادى الأولى ١٤٤٦ هـ"}) {
    const TimeInterval found = published("", "<div class=date>" + line + "</div>");
    EXPECT_EQ(found.calendar, Calendar::islamic) << line;
    EXPECT_EQ(found.precision, TimePrecision::week) << line;
    ASSERT_TRUE(found.start && found.end) << line;
    EXPECT_LE(found.start->day(), Day::from_civil(2024, 11, 5)) << line;
    EXPECT_GT(found.end->day(), Day::from_civil(2024, 11, 5)) << line;
    EXPECT_EQ(found.end->day().number - found.start->day().number, 3) << line;
  }
  const TimeInterval both = published("", "<div class=date>٣ جمادى الأولى ١٤٤٦ هـ الموافق ٥ نوفمبر ٢٠٢٤</div>");
  EXPECT_EQ(both.calendar, Calendar::gregorian);
  EXPECT_EQ(start_of(both), "2024-11-05T00:00:00Z");
}

TEST(PageDate, BrokenJsonStillStatesItsDate) {
  const std::string broken = R"(<script type="application/ld+json">{"@type": "NewsArticle", "name": "the "port"",
      "datePublished" : "2031-05-03T08:00:00+02:00", "dateModified": "2031-05-07T08:00:00+02:00"}</script>)";
  EXPECT_EQ(start_of(published(broken, "<p>8 May 2031</p>")), "2031-05-03T06:00:00Z");
  const std::string cut = R"(<script type="application/ld+json">{"datePublished": "2031-05-03)";
  EXPECT_EQ(start_of(published(cut + "</script>", "<p>8 May 2031</p>")), "2031-05-08T00:00:00Z");
}

TEST(PageDate, AddressSaysWhichDayAMomentInUtcIsForItsReaders) {
  const std::string moment = meta("2031-05-02T23:10:00Z");
  const TimeInterval found = published(moment, "", "https://gazette.example/2031/05/03/port");
  EXPECT_EQ(start_of(found), "2031-05-02T23:10:00Z");
  EXPECT_EQ(found.phrase, "2031/05/03");
  EXPECT_NE(published(moment, "", "https://gazette.example/2031/05/13/port").phrase, "2031/05/13");
}

TEST(PageDate, TimeThatSaysPublishedIsReadByItsWords) {
  const std::string said = "<time datetime='2031-05-07T10:00:00Z'>Publié le 3 mai 2031</time>";
  EXPECT_EQ(start_of(published("", said)), "2031-05-03T00:00:00Z");
  const std::string plain = "<time datetime='2031-05-03T10:00:00Z'>Sunday</time>";
  EXPECT_EQ(start_of(published("", plain)), "2031-05-03T10:00:00Z");
}

TEST(PageDate, NearestToTheHeadingWinsOverTeasersAndClocks) {
  const std::string teaser = "<ul><li><a href=/c>Calm at the port</a> <span class=date>1 June 2031</span></li></ul>";
  EXPECT_EQ(start_of(published("", "<div>3 May 2031</div>" + teaser)), "2031-05-03T00:00:00Z");
  const std::string above =
      "<html><head><title>Strike</title></head><body><div>Friday, 9 May 2031</div><div><span>3 May 2031</span></div>"
      "<h1>Strike in Anselm</h1>" +
      kBody + "</body></html>";
  const Capture capture;
  Part part;
  part.format = "html";
  EXPECT_EQ(start_of(extract({capture, part, above}, IdSecret{}).at(0).published), "2031-05-03T00:00:00Z");
}

TEST(PageDate, YearMayComeFirstAndSpacesMayBeThin) {
  for (const std::string_view line : {"2031年5月3日", "2031년 5월 3일", "2031. május 3.", "2031-May-03",
                                      "3.\u20095.\u20092031", "3. května 2031", "3. svibnja 2031", "3 maggio 2031"}) {
    EXPECT_EQ(start_of(published("", "<p>" + std::string(line) + "</p>")), "2031-05-03T00:00:00Z") << line;
  }
  EXPECT_EQ(start_of(published("", "<p>In 2031 May 3:15 was the hour</p>")), "none");
}

}  // namespace
}  // namespace gavah::extract
