#include "text/time_resolver.h"

#include <algorithm>
#include <cstdlib>

#include "text/calendar.h"
#include "text/feast.h"
#include "text/time_word.h"

namespace gavah::text {
namespace {

/// Days [start, past_end) of a date as far as it says.
struct Days {
  Day start;
  Day past_end;
};

std::optional<Day> after_month(Calendar calendar, int year, int month) {
  return month == 12 ? month_start(calendar, year + 1, 1) : month_start(calendar, year, month + 1);
}

/// "Thanksgiving weekend": from the day through the Saturday and Sunday beside it, which for a Wednesday come alone.
Days weekend_beside(Day day) {
  constexpr int kWednesday = 3;
  const int weekday = day.weekday();
  const Day saturday = weekday == 0           ? day.plus(-1)
                       : weekday < kWednesday ? day.plus(-1 - weekday)
                                              : day.plus(6 - weekday);
  if (weekday == kWednesday) return {saturday, saturday.plus(2)};
  return {std::min(day, saturday), std::max(day.plus(1), saturday.plus(2))};
}

std::optional<Days> days_of(const RawTime& raw, int year) {
  if (raw.feast != nullptr) {
    const auto day = day_of(*raw.feast, year);
    if (!day) return std::nullopt;
    return raw.with_weekend ? weekend_beside(*day) : Days{*day, day->plus(1)};
  }
  if (!raw.month) {
    const auto start = month_start(raw.calendar, year, 1);
    const auto past_end = month_start(raw.calendar, raw.last_year.value_or(year) + 1, 1);
    if (!start || !past_end) return std::nullopt;
    return Days{*start, *past_end};
  }
  if (!raw.day) {
    const int last = raw.last_month.value_or(*raw.month);
    const auto start = month_start(raw.calendar, year, *raw.month);
    const auto past_end =
        last > 12 ? after_month(raw.calendar, year + 1, last - 12) : after_month(raw.calendar, year, last);
    if (!start || !past_end) return std::nullopt;
    return Days{*start, *past_end};
  }
  const auto start = to_day(CalendarDate{raw.calendar, year, *raw.month, *raw.day});
  const auto last = to_day(CalendarDate{raw.calendar, year, *raw.month, raw.last_day.value_or(*raw.day)});
  if (!start || !last) return std::nullopt;
  return Days{*start, last->plus(1)};
}

/// Tabular Islamic months may start a day before or after the observed ones.
void widen_islamic(Days& days) {
  days.start = days.start.plus(-1);
  days.past_end = days.past_end.plus(1);
}

TimePrecision precision_of_date(const RawTime& raw, const Days& days) {
  if (raw.month && !raw.day && !raw.last_month) return TimePrecision::month;
  if (!raw.day) return TimePrecision::wider;
  const std::int32_t size = days.past_end.number - days.start.number;
  return size == 1 ? TimePrecision::day_stated : TimeResolver::precision_of(size);
}

/// Monday for Gregorian weeks, Saturday for Persian and Islamic ones.
Day week_start(Calendar calendar, Day day) {
  const int first_weekday = calendar == Calendar::gregorian ? 1 : 6;
  return day.plus(-((day.weekday() - first_weekday + 7) % 7));
}

}  // namespace

TimePrecision TimeResolver::precision_of(std::int32_t days) {
  if (days <= 1) return TimePrecision::day_resolved;
  if (days <= 7) return TimePrecision::week;
  return days <= 31 ? TimePrecision::month : TimePrecision::wider;
}

RawTime TimeResolver::one_day(Day day) {
  RawTime out;
  out.shape = TimeShape::stretch;
  out.start = day;
  out.past_end = day.plus(1);
  out.precision = TimePrecision::day_resolved;
  return out;
}

Day TimeResolver::moved(Calendar calendar, int unit, Day day, std::int64_t units) {
  // No report is about what happened thousands of years from it.
  const auto count = static_cast<int>(std::clamp<std::int64_t>(units, -100000, 100000));
  switch (static_cast<TimeUnit>(unit)) {
    case TimeUnit::day:
    case TimeUnit::night:
      return day.plus(count);
    case TimeUnit::week:
    case TimeUnit::weekend:
      return day.plus(7 * count);
    case TimeUnit::month:
    case TimeUnit::quarter:
    case TimeUnit::year:
    case TimeUnit::decade:
    case TimeUnit::century: {
      const auto date = from_day(calendar, day);
      if (!date) return day;
      const TimeUnit kind = static_cast<TimeUnit>(unit);
      const int months = kind == TimeUnit::month     ? 1
                         : kind == TimeUnit::quarter ? 3
                         : kind == TimeUnit::year    ? 12
                         : kind == TimeUnit::decade  ? 120
                                                     : 1200;
      const std::int64_t index =
          static_cast<std::int64_t>(date->year) * 12 + date->month - 1 + std::int64_t{count} * months;
      CalendarDate target{calendar, static_cast<int>(index / 12), static_cast<int>(index % 12) + 1, date->day};
      if (index < 12 || !month_start(calendar, target.year, target.month)) return day;
      target.day = std::min(target.day, days_in_month(calendar, target.year, target.month));
      return to_day(target).value_or(day);
    }
    default:
      return day;
  }
}

RawTime TimeResolver::whole_unit(Calendar calendar, int unit, Day day, int units) {
  RawTime out;
  out.shape = TimeShape::stretch;
  out.calendar = calendar;
  const Day there = moved(calendar, unit, day, units);
  const auto date = from_day(calendar, there);
  out.start = there;
  out.past_end = there.plus(1);
  out.precision = TimePrecision::day_resolved;
  const TimeUnit kind = static_cast<TimeUnit>(unit);
  if (kind == TimeUnit::week) {
    out.start = week_start(calendar, there);
    out.past_end = out.start->plus(7);
    out.precision = TimePrecision::week;
  } else if (kind == TimeUnit::weekend) {
    // Saturday and Sunday, or Thursday and Friday: the last two days of the week.
    out.start = week_start(calendar, there).plus(5);
    out.past_end = out.start->plus(2);
    out.precision = TimePrecision::week;
  } else if (date && kind == TimeUnit::month) {
    out.start = month_start(calendar, date->year, date->month);
    out.past_end = after_month(calendar, date->year, date->month);
    out.precision = TimePrecision::month;
  } else if (date && kind == TimeUnit::quarter) {
    const int first = date->month - (date->month - 1) % 3;
    out.start = month_start(calendar, date->year, first);
    out.past_end = after_month(calendar, date->year, first + 2);
    out.precision = TimePrecision::wider;
  } else if (date && kind >= TimeUnit::year) {
    const int years = kind == TimeUnit::year ? 1 : kind == TimeUnit::decade ? 10 : 100;
    const int first = std::max(1, date->year - date->year % years);
    out.start = month_start(calendar, first, 1);
    out.past_end = month_start(calendar, first + years, 1);
    out.precision = TimePrecision::wider;
  }
  return out;
}

/// "Friday, 3 May" fits one year in five or six: of the years around the anchor, the nearest one in which it is a
/// Friday. A report of the past may announce a day of the next months, not of the year after; where no year agrees
/// the weekday is passed over.
std::optional<int> TimeResolver::year_of_weekday(const RawTime& raw) const {
  if (!raw.said_weekday || !raw.day || raw.last_day) return std::nullopt;
  const auto anchor = from_day(raw.calendar, *options_.anchor);
  if (!anchor) return std::nullopt;
  const bool is_ahead = options_.tense == Tense::future || raw.pointer == Pointer::future;
  constexpr std::int32_t kAnnouncedDays = 183;  // further on is no day that a report of the past tells
  std::optional<int> best;
  std::int32_t best_distance = 0;
  for (int year = anchor->year - 3; year <= anchor->year + 1; ++year) {
    const auto days = days_of(raw, year);
    if (!days || days->start.weekday() != *raw.said_weekday) continue;
    if (!is_ahead && days->start.number - options_.anchor->number > kAnnouncedDays) continue;
    const std::int32_t distance = std::abs(days->start.number - options_.anchor->number);
    if (best && distance >= best_distance) continue;
    best = year;
    best_distance = distance;
  }
  return best;
}

std::optional<int> TimeResolver::nearest_year(const RawTime& raw) const {
  if (!options_.anchor) return std::nullopt;
  const auto anchor = from_day(raw.calendar, *options_.anchor);
  if (!anchor) return std::nullopt;
  if (const auto year = year_of_weekday(raw)) return year;
  const bool forward =
      raw.pointer == Pointer::future || (raw.pointer == Pointer::none && options_.tense == Tense::future);
  if (raw.pointer == Pointer::present) {
    // "This winter" may have begun last year.
    const auto last = days_of(raw, anchor->year - 1);
    return last && last->past_end > *options_.anchor ? anchor->year - 1 : anchor->year;
  }
  // 29 February and 30 Esfand are not in every year: at most eight years on there is one.
  constexpr int kYearsLimit = 9;
  for (int step = 0; step < kYearsLimit; ++step) {
    const int year = forward ? anchor->year - 1 + step : anchor->year + 1 - step;
    const auto days = days_of(raw, year);
    if (!days) continue;
    if (raw.pointer == Pointer::past && days->past_end > *options_.anchor) continue;
    if (forward ? days->past_end > *options_.anchor : days->start <= *options_.anchor) return year;
  }
  return std::nullopt;
}

TimeInterval TimeResolver::resolve_date(const RawTime& raw, bool& relative) const {
  TimeInterval unknown;
  unknown.calendar = raw.calendar;
  relative = !raw.year;
  const auto year = raw.year ? raw.year : nearest_year(raw);
  if (!year) return unknown;
  auto days = days_of(raw, *year);
  if (!days || days->past_end <= days->start) return unknown;
  TimePrecision precision = precision_of_date(raw, *days);
  if (raw.day_or_month_first) {
    RawTime other = raw;
    std::swap(other.day, other.month);
    if (const auto exchanged = days_of(other, *year)) {
      days->start = std::min(days->start, exchanged->start);
      days->past_end = std::max(days->past_end, exchanged->past_end);
      precision = TimePrecision::wider;
    }
  }
  if (raw.calendar == Calendar::islamic) {
    widen_islamic(*days);
    if (raw.day) precision = TimePrecision::week;
  }
  TimeInterval out = TimeInterval::of_days(days->start, days->past_end, precision);
  out.calendar = raw.calendar;
  return out;
}

TimeInterval TimeResolver::resolve_weekday(const RawTime& raw) const {
  if (!options_.anchor) return TimeInterval{};
  const Day anchor = *options_.anchor;
  const bool forward =
      raw.pointer == Pointer::future || (raw.pointer == Pointer::none && options_.tense == Tense::future);
  Day day = anchor;
  if (raw.pointer == Pointer::present) {
    day = week_start(raw.calendar, anchor);
    while (day.weekday() != raw.weekday) day = day.plus(1);
  } else {
    if (raw.pointer != Pointer::none) day = day.plus(forward ? 1 : -1);
    while (day.weekday() != raw.weekday) day = day.plus(forward ? 1 : -1);
  }
  return TimeInterval::of_day(day, TimePrecision::day_resolved);
}

TimeInterval TimeResolver::resolve(const RawTime& raw, bool& relative) const {
  relative = true;
  switch (raw.shape) {
    case TimeShape::date:
      return resolve_date(raw, relative);
    case TimeShape::weekday:
      return resolve_weekday(raw);
    case TimeShape::stretch: {
      TimeInterval out;
      out.calendar = raw.calendar;
      if (raw.start) out.start = Instant::at_start_of(*raw.start);
      if (raw.past_end) out.end = Instant::at_start_of(*raw.past_end);
      out.precision = out.start || out.end ? raw.precision : TimePrecision::unknown;
      return out;
    }
    default:
      return TimeInterval{};
  }
}

}  // namespace gavah::text
