#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/instant.h"
#include "model/time_interval.h"
#include "text/reading.h"

namespace gavah::text {

/// Which way a weekday or a month without a year points from the anchor.
enum class Tense : std::uint8_t { past, future };
/// How "11/12/2022" is read. `unknown` keeps it as wide as its readings.
enum class FieldOrder : std::uint8_t { unknown, day_first, month_first };

struct TimeOptions {
  /// The day of the report. Without it, relative expressions are found with an unknown time.
  std::optional<Day> anchor = {};
  Tense tense = Tense::past;
  FieldOrder order = FieldOrder::unknown;
};

enum class TimeKind : std::uint8_t {
  when,      ///< a moment or stretch on the calendar; `time` holds it
  duration,  ///< "for ten days", «ده روز»: a length without a place on the calendar; `time` is unknown
  set,       ///< "every Friday": repeated; `time` is unknown
};

/// Seconds of the day, [start, past); `past` may lie in the next day. A side that is not said is open: "after 9 pm".
struct HourSpan {
  std::optional<std::int32_t> start;
  std::optional<std::int32_t> past;
};

/// A time expression in a text.
struct TimeMention {
  TimeKind kind = TimeKind::when;
  /// Its interval with precision, calendar, phrase and span; never narrower than what is said: a month stays a month.
  TimeInterval time;
  /// Resolved with the help of the anchor ("yesterday", "on Tuesday", "16 November" without a year).
  bool relative = false;
  /// Of a time of day that no day is said for: "at half past six", "from 3 to 5 pm" through its last hour, "by noon".
  std::optional<HourSpan> hours;
  /// Length in days for durations, [low, high].
  std::optional<std::int32_t> low_days;
  std::optional<std::int32_t> high_days;
  /// The same in seconds where it is exact: weeks, days, hours and less.
  std::optional<std::int64_t> seconds;
  std::uint32_t first_token = 0;
  std::uint32_t past_token = 0;
};

/// Every time expression in English, Persian and Arabic, in order, not overlapping.
///  * Absolute: "16 November 2022", "Nov. 16", "2022-11-16", «۲۵ آبان ۱۴۰۱», «آبان ۹۸», «۱۴۰۱/۸/۲۵», «نوامبر ۲۰۱۹»,
///    «16 نوفمبر 2022», "in 2017"; two-digit Persian years 50 to 99 are 13xx and 00 to 09 are 140x.
///  * A day or month without a year takes the nearest year that Tense allows from the anchor; without anchor, no year
///    is invented and the time is unknown.
///  * Relative: "yesterday", "last night", "on Tuesday" (the last one on or before the anchor in the past tense),
///    "last November", "three days ago", "in the past year", «دیروز», «سه‌شنبه گذشته», «سال
///    گذشته».
///  * Parts that are counted in a whole: "the first week of May", «نیمه دوم سال ۱۴۰۰», "the last Friday of October".
///  * Counted from a date: "three days after 16 May", «فردای ۲۶ شهریور». What only lies before or after a date is open
///    on that side; "since" and «تاکنون» reach to the anchor. "By" and «تا» before a day ("by Friday", «تا شنبه») open
///    nothing, for both stand before much else; nor do "after" and «پس از» before a day that is counted from the report
///    ("after last Saturday"): the day itself is given.
///  * Named days that come once a year: «عاشورای ۱۴۴۴», "Easter 2018"; anniversaries of a date: «سومین سالگرد آبان ۹۸».
///  * "In two weeks" and "on the 18th" look ahead where Tense does. Ranges may be joined in one tense and not in the
///    other: pair mentions of two readings by their spans.
///  * Lengths are as wide as the calendar lets them be: "two months" is 59 to 62 days.
///  * Ranges: "from 3 to 12 May", «از ۳ تا ۱۲ خرداد», "between 2017 and 2019". Lists ("2017, 2019 and 2022") are
///    mentions of their own.
///  * A clock time beside a day gives T0 in UTC as written; a clock time alone is found with an unknown day and its
///    hours: "half past six", "9-11 am", «الثالثة والنصف مساء». A part of the day beside it says which half it is in:
///    "at 5 this morning", «دیشب ساعت ۱۱». What is only before or after it, "by noon on Friday", goes to the edge of
///    the day.
///  * Names that are also words (مهر, آذر, بهمن, تیر, May, March, "second") count only beside a number, a year or a
///    preposition that asks for a time.
/// Days are civil days as written, without a zone. O(tokens).
std::vector<TimeMention> find_times(const Reading& reading, const TimeOptions& options);
/// Those of some sentences of the reading, given in its order: the same as find_times gives for them.
std::vector<TimeMention> find_times(const Reading& reading, const TimeOptions& options,
                                    std::span<const Sentence> sentences);

}  // namespace gavah::text
