#pragma once

#include <optional>

#include "text/date.h"
#include "text/raw_time.h"

namespace gavah::text {

/// Lays raw times on the calendar from an anchor. Pure arithmetic.
class TimeResolver {
 public:
  explicit TimeResolver(const TimeOptions& options) : options_(options) {}

  /// The interval, without phrase and span; unknown where the anchor is missing. `relative` tells whether it was
  /// needed.
  TimeInterval resolve(const RawTime& raw, bool& relative) const;

  /// The whole week, month, year … that holds `day` plus `units` of it (0 this, -1 the last).
  static RawTime whole_unit(Calendar calendar, int unit, Day day, int units);
  static RawTime one_day(Day day);
  /// `day` moved by whole units; the last day of a month where the same day does not exist.
  static Day moved(Calendar calendar, int unit, Day day, std::int64_t units);
  /// Precision that a stretch of so many days has.
  static TimePrecision precision_of(std::int32_t days);

 private:
  TimeInterval resolve_date(const RawTime& raw, bool& relative) const;
  TimeInterval resolve_weekday(const RawTime& raw) const;
  std::optional<int> nearest_year(const RawTime& raw) const;
  std::optional<int> year_of_weekday(const RawTime& raw) const;

  const TimeOptions& options_;
};

}  // namespace gavah::text
