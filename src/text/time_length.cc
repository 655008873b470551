#include "text/time_length.h"

#include <algorithm>
#include <iterator>

#include "text/time_word.h"

namespace gavah::text {
namespace {

/// Days of `count` months or years in a row, over all places of the calendar where they may lie: 29 to 31 days a
/// month, a leap day every fourth year and, in the Persian calendar, now and then every fifth.
DayRange months_in_days(Calendar calendar, std::int64_t months) {
  static constexpr int kPersian[] = {31, 31, 31, 31, 31, 31, 30, 30, 30, 30, 30, 29};
  static constexpr int kGregorian[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const int* lengths = calendar == Calendar::persian ? kPersian : kGregorian;
  const std::int64_t years = months / 12;
  DayRange out{365 * years + years / 5, 365 * years + (years + 3) / 4};
  const int rest = static_cast<int>(months % 12);
  if (rest == 0) return out;
  int low = 366;
  int high = 0;
  for (int first = 0; first < 12; ++first) {
    int days = 0;
    int leap = 0;
    for (int k = first; k < first + rest; ++k) {
      days += lengths[k % 12];
      if (lengths[k % 12] < 30) leap = 1;
    }
    low = std::min(low, days);
    high = std::max(high, days + leap);
  }
  return {out.low + low, out.high + high};
}

}  // namespace

DayRange days_in(Calendar calendar, int unit, std::int64_t count) {
  const std::int64_t capped = std::min<std::int64_t>(count, 1000);
  switch (static_cast<TimeUnit>(unit)) {
    case TimeUnit::day:
    case TimeUnit::night:
      return {capped, capped};
    case TimeUnit::weekend:
      return {2 * capped, 2 * capped};
    case TimeUnit::week:
      return {7 * capped, 7 * capped};
    case TimeUnit::month:
      return months_in_days(calendar, capped);
    case TimeUnit::quarter:
      return months_in_days(calendar, 3 * capped);
    case TimeUnit::year:
      return months_in_days(calendar, 12 * capped);
    case TimeUnit::decade:
      return months_in_days(calendar, 120 * capped);
    case TimeUnit::century:
      return months_in_days(calendar, 1200 * capped);
    case TimeUnit::hour:
      return {std::min<std::int64_t>(count, 24000) / 24, (std::min<std::int64_t>(count, 24000) + 23) / 24};
    default:
      return {};
  }
}

std::optional<std::int64_t> exact_seconds(int unit, std::int64_t low, std::int64_t high, int thousandths) {
  static constexpr std::int64_t kSeconds[] = {1, 60, 3600, 86400, 86400, 2 * 86400, 7 * 86400};
  constexpr std::int64_t kCountLimit = 1000000;
  if (unit >= static_cast<int>(std::size(kSeconds)) || low > kCountLimit) return std::nullopt;
  const std::int64_t size = kSeconds[static_cast<std::size_t>(unit)];
  if (thousandths != 0) return low * size + size * thousandths / 1000;
  return low == high ? std::optional(low * size) : std::nullopt;
}

DayRange share_in_days(Calendar calendar, int unit, int thousandths) {
  constexpr std::int64_t kWhole = 1000;
  const DayRange one = days_in(calendar, unit, 1);
  return {one.low * thousandths / kWhole, (one.high * thousandths + kWhole - 1) / kWhole};
}

}  // namespace gavah::text
