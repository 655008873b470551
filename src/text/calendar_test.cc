#include "text/calendar.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "base/format.h"

namespace gavah::text {
namespace {

std::string shared_data(std::string_view path) {
  const char* root = std::getenv("GAVAH_SHARED_DATA");
  return format("{}/{}", root != nullptr ? root : GAVAH_SOURCE_DIR "/../shared/data", path);
}

TEST(Calendar, PersianNewYearsKnownToEveryone) {
  EXPECT_EQ(to_day({Calendar::persian, 1357, 11, 22})->text(), "1979-02-11");
  EXPECT_EQ(to_day({Calendar::persian, 1401, 8, 25})->text(), "2022-11-16");
  EXPECT_EQ(to_day({Calendar::persian, 1403, 12, 30})->text(), "2025-03-20");
  EXPECT_EQ(to_day({Calendar::persian, 1404, 1, 1})->text(), "2025-03-21");
}

TEST(Calendar, IslamicTabularDatesAreWithinADayOfTheObserved) {
  EXPECT_EQ(to_day({Calendar::islamic, 1444, 1, 1})->text(), "2022-07-30");
  EXPECT_EQ(to_day({Calendar::islamic, 1, 1, 1})->text(), "0622-07-19");
}

TEST(Calendar, DatesThatDoNotExistHaveNoDay) {
  EXPECT_FALSE(to_day({Calendar::persian, 1402, 12, 30}));
  EXPECT_FALSE(to_day({Calendar::persian, 1401, 7, 31}));
  EXPECT_FALSE(to_day({Calendar::gregorian, 2023, 2, 29}));
  EXPECT_FALSE(to_day({Calendar::islamic, 1444, 2, 30}));
  EXPECT_FALSE(to_day({Calendar::persian, 0, 1, 1}));
  EXPECT_FALSE(to_day({Calendar::persian, 1401, 13, 1}));
}

TEST(Calendar, EveryDayComesBackInEveryCalendar) {
  for (const Calendar calendar : {Calendar::gregorian, Calendar::persian, Calendar::islamic}) {
    std::optional<CalendarDate> before;
    for (std::int32_t number = -60000; number < 60000; ++number) {
      const auto date = from_day(calendar, Day{number});
      ASSERT_TRUE(date);
      ASSERT_EQ(to_day(*date)->number, number);
      ASSERT_TRUE(!before || date->day == before->day + 1 || date->day == 1);
      before = date;
    }
  }
}

TEST(Calendar, AgreesWithTheOfficialTableForEveryYear) {
  std::ifstream in(shared_data("extraction/jalali-calendar-truth/kabise.txt"));
  if (!in) GTEST_SKIP() << "the official table is not here: set GAVAH_SHARED_DATA";
  int years = 0;
  std::string line;
  while (std::getline(in, line)) {
    if (line.size() < 15 || line.starts_with('#') || !std::isdigit(static_cast<unsigned char>(line[0]))) continue;
    const int year = std::stoi(line.substr(0, 4));
    const std::string new_year = line.substr(line.find(' ') + 1, 10);
    EXPECT_EQ(to_day({Calendar::persian, year, 1, 1})->text(), new_year);
    EXPECT_EQ(is_leap(Calendar::persian, year), line[4] == '*') << year;
    ++years;
  }
  EXPECT_EQ(years, 293);
}

}  // namespace
}  // namespace gavah::text
