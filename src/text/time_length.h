#pragma once

#include <cstdint>
#include <optional>

#include "model/time_interval.h"

namespace gavah::text {

/// «دو ساعت و نیم».
enum class Half : std::uint8_t { none, said };

struct DayRange {
  std::int64_t low = 0;
  std::int64_t high = 0;
};

/// Days of so many units (a TimeUnit), over all places of the calendar where they may lie; hours are rounded down and
/// up, minutes are none.
DayRange days_in(Calendar calendar, int unit, std::int64_t count);
/// Half a unit.
DayRange half_in_days(int unit);
/// Seconds of [low, high] units, where that is one length wherever it lies: weeks, days, hours and less.
std::optional<std::int64_t> exact_seconds(int unit, std::int64_t low, std::int64_t high, Half half);

}  // namespace gavah::text
