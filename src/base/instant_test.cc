#include "base/instant.h"

#include <gtest/gtest.h>

namespace gavah {
namespace {

TEST(Instant, ReadsIsoFormsAndZones) {
  EXPECT_EQ(Instant::parse("1970-01-02").value().seconds, 86400);
  EXPECT_EQ(Instant::parse("2022-11-16T10:30:00+03:30").value().text(), "2022-11-16T07:00:00Z");
  EXPECT_EQ(Instant::parse("2022-11-16 10:30").value().text(), "2022-11-16T10:30:00Z");
  EXPECT_EQ(Instant::parse("2022-11-16T10:30:00.123Z").value().text(), "2022-11-16T10:30:00Z");
  EXPECT_EQ(Instant::parse("2022-11-16T10:30:00+0330").value().text(), "2022-11-16T07:00:00Z");
}

TEST(Instant, RefusesWhatIsNoTime) {
  for (const char* text :
       {"", "2022", "2022-13-01", "2022-02-30", "2022-11-16T", "2022-11-16T25:00", "2022-11-16T10:30x", "x022-11-16"}) {
    EXPECT_FALSE(Instant::parse(text)) << text;
  }
}

TEST(Day, WeekdayAndTextAgreeWithTheCalendar) {
  EXPECT_EQ(Day::from_civil(2022, 11, 16).weekday(), 3);
  EXPECT_EQ(Day::from_civil(1969, 12, 31).number, -1);
  EXPECT_EQ(Instant{-1}.day().text(), "1969-12-31");
  EXPECT_EQ(Instant{-1}.second_of_day(), 86399);
}

}  // namespace
}  // namespace gavah
