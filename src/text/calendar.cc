#include "text/calendar.h"

#include <array>

namespace gavah::text {
namespace {

constexpr int kPersianLastYear = 3000;
constexpr int kIslamicLastYear = 3000;
constexpr int kGregorianLastYear = 9999;
/// Day numbers counted from 1970-01-01 of 1 Farvardin 1 and of 1 Muharram 1 (civil).
constexpr std::int32_t kPersianEpoch = -492268;
constexpr std::int32_t kIslamicEpoch = -492148;

int last_year(Calendar calendar) {
  switch (calendar) {
    case Calendar::gregorian:
      return kGregorianLastYear;
    case Calendar::persian:
      return kPersianLastYear;
    case Calendar::islamic:
      return kIslamicLastYear;
  }
  return 0;
}

/// Leap years of the Persian calendar before year `year`.
std::int32_t persian_leaps_before(int year) {
  const int cycles = (year - 1) / 33;
  std::int32_t leaps = cycles * 8;
  for (int y = cycles * 33 + 1; y < year; ++y) leaps += is_leap(Calendar::persian, y) ? 1 : 0;
  return leaps;
}

std::int32_t year_start(Calendar calendar, int year) {
  if (calendar == Calendar::persian) return kPersianEpoch + 365 * (year - 1) + persian_leaps_before(year);
  return kIslamicEpoch + 354 * (year - 1) + (3 + 11 * year) / 30;
}

std::int32_t days_before_month(Calendar calendar, int year, int month) {
  std::int32_t days = 0;
  for (int m = 1; m < month; ++m) days += days_in_month(calendar, year, m);
  return days;
}

int days_in_year(Calendar calendar, int year) {
  return (calendar == Calendar::islamic ? 354 : 365) + (is_leap(calendar, year) ? 1 : 0);
}

}  // namespace

bool is_leap(Calendar calendar, int year) {
  switch (calendar) {
    case Calendar::gregorian:
      return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    case Calendar::persian:
      return (25 * year + 11) % 33 < 8;
    case Calendar::islamic:
      return (14 + 11 * year) % 30 < 11;
  }
  return false;
}

int days_in_month(Calendar calendar, int year, int month) {
  static constexpr std::array<int, 12> kGregorian{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  switch (calendar) {
    case Calendar::gregorian:
      return kGregorian[static_cast<std::size_t>(month - 1)] + (month == 2 && is_leap(calendar, year) ? 1 : 0);
    case Calendar::persian:
      if (month <= 6) return 31;
      return month < 12 || is_leap(calendar, year) ? 30 : 29;
    case Calendar::islamic:
      return month % 2 == 1 || (month == 12 && is_leap(calendar, year)) ? 30 : 29;
  }
  return 0;
}

std::optional<Day> to_day(const CalendarDate& date) {
  if (date.year < 1 || date.year > last_year(date.calendar) || date.month < 1 || date.month > 12 || date.day < 1 ||
      date.day > days_in_month(date.calendar, date.year, date.month)) {
    return std::nullopt;
  }
  if (date.calendar == Calendar::gregorian) return Day::from_civil(date.year, date.month, date.day);
  return Day{year_start(date.calendar, date.year) + days_before_month(date.calendar, date.year, date.month) + date.day -
             1};
}

std::optional<CalendarDate> from_day(Calendar calendar, Day day) {
  if (calendar == Calendar::gregorian) return CalendarDate{calendar, day.year(), day.month(), day.day()};
  const std::int32_t epoch = year_start(calendar, 1);
  if (day.number < epoch) return std::nullopt;
  const double mean_year_days = calendar == Calendar::persian ? 365.2424 : 354.3666;
  int year = static_cast<int>((day.number - epoch) / mean_year_days) + 1;
  if (year > last_year(calendar)) return std::nullopt;
  while (year > 1 && year_start(calendar, year) > day.number) --year;
  while (year_start(calendar, year) + days_in_year(calendar, year) <= day.number) ++year;
  std::int32_t left = day.number - year_start(calendar, year);
  int month = 1;
  while (left >= days_in_month(calendar, year, month)) left -= days_in_month(calendar, year, month++);
  return CalendarDate{calendar, year, month, static_cast<int>(left) + 1};
}

bool is_plausible_year(Calendar calendar, int year) {
  if (calendar == Calendar::gregorian) return year >= 1800 && year < 2200;
  return year >= 1200 && year < 1500;
}

std::optional<Day> month_start(Calendar calendar, int year, int month) {
  return to_day(CalendarDate{calendar, year, month, 1});
}

}  // namespace gavah::text
