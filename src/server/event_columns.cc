#include "server/event_columns.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace gavah::server {

namespace {
constexpr double kWorld = 4294967296.0;      // 2^32, the side of the projected world
constexpr double kMaxLatitude = 85.0511287;  // where the projected world is a square

std::uint32_t clamp_to_world(double value) {
  const double last = kWorld - 2.0;  // the last value is kNowhere
  if (value < 0.0) return 0;
  return static_cast<std::uint32_t>(value < last ? value : last);
}
}  // namespace

MercatorPoint mercator_from(std::int32_t lat_e6, std::int32_t lon_e6) {
  const double latitude = std::clamp(lat_e6 / 1e6, -kMaxLatitude, kMaxLatitude) * std::numbers::pi / 180.0;
  const double longitude = lon_e6 / 1e6;
  const double y = 0.5 - std::asinh(std::tan(latitude)) / (2.0 * std::numbers::pi);
  return {clamp_to_world((longitude + 180.0) / 360.0 * kWorld), clamp_to_world(y * kWorld)};
}

void EventColumns::reserve(std::size_t count) {
  id.reserve(count);
  x.reserve(count);
  y.reserve(count);
  first_day.reserve(count);
  last_day.reserve(count);
  area.reserve(count);
  lineages.reserve(count);
  sources.reserve(count);
  act.reserve(count);
  side.reserve(count);
  status.reserve(count);
  extent.reserve(count);
  time_precision.reserve(count);
  place_precision.reserve(count);
}

bool EventColumns::is_complete() const {
  const std::size_t count = size();
  const std::array sizes{x.size(),
                         y.size(),
                         first_day.size(),
                         last_day.size(),
                         area.size(),
                         lineages.size(),
                         sources.size(),
                         act.size(),
                         side.size(),
                         status.size(),
                         extent.size(),
                         time_precision.size(),
                         place_precision.size()};
  return std::ranges::all_of(sizes, [&](std::size_t other) { return other == count; });
}

}  // namespace gavah::server
