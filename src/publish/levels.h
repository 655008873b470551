#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "model/place.h"
#include "model/time_interval.h"

namespace gavah::publish {

/// Year, month and day of a time as slots spell them; a level is missing where the time crosses its border or a side is
/// unknown.
struct TimeLevels {
  std::optional<std::string> year;
  std::optional<std::string> month;
  std::optional<std::string> day;
};
TimeLevels levels_of(const TimeInterval& time);

/// Ids of country, province, county, town and exact place, in that order.
using PlaceLevels = std::array<std::optional<std::string>, 5>;
/// Of all places where the act was; a level is missing where they differ, so that a route is in no single province.
PlaceLevels levels_of(const std::vector<Place>& places);

}  // namespace gavah::publish
