#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/instant.h"
#include "model/time_interval.h"

namespace gavah::text {

/// A date as a calendar writes it.
struct CalendarDate {
  Calendar calendar = Calendar::gregorian;
  int year = 0;
  int month = 1;  ///< 1 to 12
  int day = 1;
  friend bool operator==(const CalendarDate&, const CalendarDate&) = default;
};

/// Persian (solar hijri): a year y is leap when (25y + 11) mod 33 < 8, which equals the official table for every year
/// 1206 to 1498; years 1 to 3000 are accepted. Islamic: the tabular civil calendar (leap years 2, 5, 7, 10, 13, 16, 18,
/// 21, 24, 26, 29 of each 30; epoch 16 July 622 Julian): observed months differ from it by a day or two either way,
/// so whoever resolves a date from it widens the interval. Gregorian: proleptic, years 1 to 9999.
bool is_leap(Calendar calendar, int year);
/// `month` 1 to 12, `year` in range.
int days_in_month(Calendar calendar, int year, int month);
/// Nothing when the date does not exist.
std::optional<Day> to_day(const CalendarDate& date);
/// Nothing when `day` is outside of the calendar's years.
std::optional<CalendarDate> from_day(Calendar calendar, Day day);

/// The years that a calendar's date in a text may have: Persian 1200 to 1499, Islamic 1200 to 1499, Gregorian 1800 to
/// 2199.
bool is_plausible_year(Calendar calendar, int year);

/// First day of the month after (year, month).
std::optional<Day> month_start(Calendar calendar, int year, int month);

}  // namespace gavah::text
