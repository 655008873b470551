#pragma once

#include <cstdint>
#include <optional>

#include "model/time_interval.h"

namespace gavah::text {

struct DayRange {
  std::int64_t low = 0;
  std::int64_t high = 0;
};

/// Days of so many units (a TimeUnit), over all places of the calendar where they may lie; hours are rounded down and
/// up, minutes are none.
DayRange days_in(Calendar calendar, int unit, std::int64_t count);
/// So many thousandths of a unit: «دو سال و نیم» adds 500.
DayRange share_in_days(Calendar calendar, int unit, int thousandths);
/// Seconds of [low, high] units and so many thousandths of one, where that is one length wherever it lies: weeks, days,
/// hours and less.
std::optional<std::int64_t> exact_seconds(int unit, std::int64_t low, std::int64_t high, int thousandths);

}  // namespace gavah::text
