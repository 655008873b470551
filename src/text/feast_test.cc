#include "text/feast.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "text/calendar.h"

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
