#pragma once

#include <cstdint>
#include <optional>

#include "base/instant.h"
#include "model/time_interval.h"

namespace gavah::text {

struct Feast;

/// What a time expression says before it is laid on the calendar.
enum class TimeShape : std::uint8_t {
  date,      ///< year, month, day as far as said
  weekday,   ///< a weekday alone
  stretch,   ///< days counted from the anchor, already resolved
  clock,     ///< a time of day
  day_part,  ///< "morning"
  duration,
  set,
};

/// A time that is only said to lie before or after another: «پیش از ۲۶ شهریور».
enum class TimeBound : std::uint8_t {
  none,
  before,
  after,
  since,
  up_to,   ///< "no later than": the date is in it
  onward,  ///< "or later": the date is in it
};

/// Which weekday or date of several is meant.
enum class Pointer : std::uint8_t { none, past, present, future };

/// A time expression of tokens [first, past), unresolved.
struct RawTime {
  std::uint32_t first = 0;
  std::uint32_t past = 0;
  TimeShape shape = TimeShape::date;
  Calendar calendar = Calendar::gregorian;
  // date
  std::optional<int> year;
  std::optional<int> month;
  std::optional<int> last_month;  ///< a season: three months
  std::optional<int> day;
  std::optional<int> last_day;      ///< "3 to 12 May"
  std::optional<int> last_year;     ///< a decade, "2017 to 2019"
  bool day_or_month_first = false;  ///< "11/12/2022": month and day may be exchanged
  const Feast* feast = nullptr;     ///< a named day; `month` and `day` are not read then
  bool with_weekend = false;        ///< the named day and the weekend beside it
  Pointer pointer = Pointer::none;
  TimeBound bound = TimeBound::none;
  std::optional<int> said_weekday;  ///< "Friday, 3 May"
  // weekday
  int weekday = 0;
  // stretch; nothing when there is no anchor
  std::optional<Day> start;
  std::optional<Day> past_end;
  TimePrecision precision = TimePrecision::unknown;
  // clock, in seconds of the day
  int clock_seconds = 0;
  int clock_size_seconds = 60;
  TimeBound clock_bound = TimeBound::none;  ///< "before 4 pm", "3 pm or later"
  bool stands_alone = false;  ///< its value hangs on the tense, so that it joins with nothing: "in two weeks"
  /// The unit, moved by `told_step`, of a time that was told before: "the same week", "the day before".
  bool told = false;
  int told_step = 0;
  bool has_clock = false;  ///< a date, weekday or stretch that a clock time stands beside
  // duration
  std::optional<std::int32_t> low_days;
  std::optional<std::int32_t> high_days;
  std::optional<std::int64_t> seconds;
  /// A length of exactly so many units (a TimeUnit): "two months".
  int unit = 0;
  std::optional<std::int32_t> units;
};

/// It says one day, or a day that the calendar gives.
inline bool is_one_day(const RawTime& raw) {
  if (raw.shape == TimeShape::date) return raw.day && !raw.last_day;
  if (raw.shape == TimeShape::stretch) return raw.precision == TimePrecision::day_resolved;
  return raw.shape == TimeShape::weekday;
}

/// `kept` with the tokens of both.
inline RawTime spanning(RawTime kept, const RawTime& a, const RawTime& b) {
  kept.first = a.first;
  kept.past = b.past;
  return kept;
}

}  // namespace gavah::text
