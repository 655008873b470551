#include "text/feast.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/embedded.h"
#include "text/calendar.h"
#include "text/date.h"

namespace gavah::text {
namespace {

TEST(Feast, EasterFallsOnTheSundaysOfTheTables) {
  const Feast* easter = find_feast("easter");
  ASSERT_NE(easter, nullptr);
  EXPECT_EQ(day_of(*easter, 1961), Day::from_civil(1961, 4, 2));
  EXPECT_EQ(day_of(*easter, 2000), Day::from_civil(2000, 4, 23));
  EXPECT_EQ(day_of(*easter, 2018), Day::from_civil(2018, 4, 1));
  EXPECT_EQ(day_of(*easter, 2038), Day::from_civil(2038, 4, 25));
}

TEST(Feast, TheEasternEasterFollowsTheJulianMoon) {
  const Feast* easter = find_feast("orthodox easter");
  ASSERT_NE(easter, nullptr);
  EXPECT_EQ(day_of(*easter, 2018), Day::from_civil(2018, 4, 8));
  EXPECT_EQ(day_of(*easter, 2020), Day::from_civil(2020, 4, 19));
  EXPECT_EQ(day_of(*easter, 2021), Day::from_civil(2021, 5, 2));
}

TEST(Feast, DaysBesideARuleAreCountedFromIt) {
  EXPECT_EQ(day_of(*find_feast("black friday"), 2010), Day::from_civil(2010, 11, 26));
  EXPECT_EQ(day_of(*find_feast("pentecost"), 2013), Day::from_civil(2013, 5, 19));
  EXPECT_EQ(day_of(*find_feast("columbus day"), 2021), Day::from_civil(2021, 10, 11));
}

TEST(Feast, AWrongLineOfTheTableIsNamed) {
  constexpr std::string_view kWrong[] = {"day of bread\tgregorian\t13-01\t-\tnobody\n",
                                         "day of bread\tjulian\t12-01\t-\tnobody\n",
                                         "day of bread\tgregorian\t12/6/monday\t-\tnobody\n",
                                         "day of bread\tgregorian\t12-01\tmaybe\tnobody\n",
                                         "day of bread\tgregorian\t12-01\t-\n",
                                         "day of bread and of salt\tgregorian\t12-01\t-\tnobody\n",
                                         "day of bread\tpersian\teaster\t-\tnobody\n"};
  for (const std::string_view line : kWrong) {
    const auto table = read_feasts(std::string("# a comment\n").append(line));
    ASSERT_FALSE(table.has_value()) << line;
    EXPECT_NE(table.error().message.find("line 2"), std::string::npos) << table.error().message;
  }
  const auto table = read_feasts("day of bread|bread day\tgregorian\t12/last/monday-1\t-\tnobody\n");
  ASSERT_TRUE(table.has_value());
  EXPECT_EQ(day_of(*table->find("bread day"), 2022), Day::from_civil(2022, 12, 25));
}

TEST(Feast, TheOwnTableIsWellFormed) {
  const auto table = read_feasts(embedded_feasts("feasts.tsv").value_or(std::string_view()));
  ASSERT_TRUE(table.has_value()) << table.error().message;
  EXPECT_NE(table->find("christmas"), nullptr);
}

TEST(Feast, AWeekendGoesWithTheFeastBesideIt) {
  const auto days = [](std::string_view text) {
    const auto found = find_times(Reading(text), {.anchor = Day::from_civil(2021, 6, 1)});
    if (found.size() != 1 || !found[0].time.start || !found[0].time.end) return std::string("none");
    return found[0].time.start->day().text() + ".." + found[0].time.end->day().text();
  };
  EXPECT_EQ(days("over Thanksgiving 2023 weekend"), "2023-11-23..2023-11-27");
  EXPECT_EQ(days("the weekend of Halloween 2021"), "2021-10-30..2021-11-01");
  EXPECT_EQ(days("Columbus Day weekend 2021"), "2021-10-09..2021-10-12");
  EXPECT_EQ(days("on next Halloween"), "2021-10-31..2021-11-01");
}

TEST(Feast, ADayThatIsAnotherElsewhereIsNone) {
  EXPECT_EQ(find_feast("labor day"), nullptr);
  EXPECT_EQ(find_feast("independence day"), nullptr);
}

TEST(Feast, ADayOfOneCountryNeedsAWordThatAsksForIt) {
  const auto count = [](std::string_view text) {
    return find_times(Reading(text), {.anchor = Day::from_civil(2021, 6, 1)}).size();
  };
  EXPECT_EQ(count("They held up a Thanksgiving cartoon and named the square Black Friday."), 0U);
  EXPECT_EQ(count("They marched on Thanksgiving, and again before Black Friday."), 2U);
  EXPECT_EQ(count("Thanksgiving 2019"), 1U);
}

TEST(Feast, IslandsAreNoDays) {
  EXPECT_TRUE(find_times(Reading("the statues of Easter Island and Christmas Island"), {}).empty());
}

TEST(Feast, EveryNameHasADayInEveryYearOfItsCalendar) {
  feasts().each([](std::string_view name, const Feast& feast) {
    const int first = feast.calendar == Calendar::gregorian ? 1900 : 1300;
    for (int year = first; year < first + 150; ++year) {
      const auto day = day_of(feast, year);
      ASSERT_TRUE(day.has_value()) << name << ' ' << year;
      const auto date = from_day(feast.calendar, *day);
      ASSERT_TRUE(date.has_value());
      EXPECT_EQ(date->year, year) << name;
    }
  });
}

TEST(Feast, NamesFitTheirLimitOfWords) {
  feasts().each([](std::string_view name, const Feast&) {
    EXPECT_LT(std::count(name.begin(), name.end(), ' '), static_cast<std::ptrdiff_t>(kFeastWords)) << name;
  });
}

TEST(Feast, AnIslamicFeastIsFoundInAPersianYear) {
  const Feast* sacrifice = find_feast("عید قربان");
  ASSERT_NE(sacrifice, nullptr);
  EXPECT_EQ(year_of_feast(*sacrifice, Calendar::persian, 1401), 1443);
  EXPECT_EQ(year_of_feast(*sacrifice, Calendar::gregorian, 2022), 1443);
}

}  // namespace
}  // namespace gavah::text
