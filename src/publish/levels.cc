#include "publish/levels.h"

#include "base/format.h"

namespace gavah::publish {
namespace {

constexpr std::size_t kProvince = 1;
constexpr std::size_t kCounty = 2;
constexpr std::size_t kTown = 3;
constexpr std::size_t kExact = 4;

std::optional<std::size_t> own_level(PlacePrecision precision) {
  switch (precision) {
    case PlacePrecision::country:
      return 0;
    case PlacePrecision::province:
      return kProvince;
    case PlacePrecision::district:
      return kCounty;
    case PlacePrecision::town:
      return kTown;
    case PlacePrecision::facility:
      return kExact;
    case PlacePrecision::unknown:
      return std::nullopt;
  }
  return std::nullopt;
}

/// A path is country, province, perhaps county, perhaps town, itself; which of the two is left out shows in its length.
PlaceLevels levels_of_one(const Place& place) {
  PlaceLevels out;
  auto own = own_level(place.precision);
  if (!own || place.path.empty()) return out;
  if (place.id.empty() && *own == kExact) own = kTown;  // a site that no gazetteer has: its path is its town's
  const std::size_t above = place.path.size() - 1;
  if (above > 0) out[0] = place.path[0];
  if (above > 1) out[kProvince] = place.path[1];
  if (above == 3 && *own == kExact) out[kTown] = place.path[2];
  if (above == 3 && *own != kExact) out[kCounty] = place.path[2];
  if (above > 3) {
    out[kCounty] = place.path[2];
    out[kTown] = place.path[3];
  }
  if (out[*own]) own = kExact;  // a district within the county that the path names
  out[*own] = place.path.back();
  return out;
}

bool is_where(const Place& place) { return place.role != PlaceRole::victim_of; }

}  // namespace

TimeLevels levels_of(const TimeInterval& time) {
  TimeLevels out;
  if (time.is_unknown() || !time.start || !time.end || *time.end <= *time.start) return out;
  const Day first = time.start->day();
  const Day last = Instant{time.end->seconds - 1}.day();
  if (first.year() != last.year()) return out;
  out.year = first.text().substr(0, 4);
  if (first.month() != last.month()) return out;
  out.month = first.text().substr(0, 7);
  if (first == last) out.day = first.text();
  return out;
}

PlaceLevels levels_of(const std::vector<Place>& places) {
  std::optional<PlaceLevels> common;
  for (const Place& place : places) {
    if (!is_where(place)) continue;
    const PlaceLevels levels = levels_of_one(place);
    if (!common) {
      common = levels;
      continue;
    }
    for (std::size_t i = 0; i < levels.size(); ++i) {
      if ((*common)[i] != levels[i]) (*common)[i].reset();
    }
  }
  return common.value_or(PlaceLevels{});
}

}  // namespace gavah::publish
