#pragma once

#include <optional>
#include <string>

#include "base/instant.h"
#include "base/json.h"
#include "model/span.h"

namespace gavah {

/// How exactly a time is known: T0 clock time; T1 day stated; T2 day resolved from "yesterday" or a weekday;
/// T3 week or weekend; T4 month; T5 wider; T9 unknown.
enum class TimePrecision { clock, day_stated, day_resolved, week, month, wider, unknown };
enum class Calendar { gregorian, persian, islamic };

/// TIME: a half-open interval [start, end); an open side is unknown. `phrase` and `span` are the words it rests on.
struct TimeInterval {
  std::optional<Instant> start;
  std::optional<Instant> end;
  TimePrecision precision = TimePrecision::unknown;
  Calendar calendar = Calendar::gregorian;
  std::string phrase;
  std::optional<Span> span;

  bool is_unknown() const { return precision == TimePrecision::unknown; }
  /// One whole day.
  static TimeInterval of_day(Day day, TimePrecision precision);
  static TimeInterval of_days(Day first, Day past_last, TimePrecision precision);
  /// One second.
  static TimeInterval of_instant(Instant instant);
  friend bool operator==(const TimeInterval&, const TimeInterval&) = default;
};

std::string_view code_of(TimePrecision precision);  ///< "T0" … "T9"
Result<TimePrecision> time_precision_from(std::string_view code);
std::string_view name_of(Calendar calendar);
Result<Calendar> calendar_from(std::string_view name);

/// {"start","end","precision","calendar","phrase","span"}; whole days are written as dates except at T0.
void write_time(JsonWriter& out, const TimeInterval& time);
/// Null or absent gives the unknown time.
TimeInterval read_time(ObjectReader& in, std::string_view key);

}  // namespace gavah
