#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "place/place.h"

namespace gavah::place::bench {

/// Whether misses are listed; the blind halves never are.
enum class Listing { totals, errors };

/// GAVAH_SHARED_DATA, else ../shared/data beside the repository; ends with "/".
std::string shared_root();
/// The whole file; empty when it cannot be read.
std::string file_bytes(const std::string& path);
/// Inflated; empty when the file cannot be read.
std::string gunzipped(const std::string& path);
std::vector<std::string_view> split(std::string_view line, char separator);

struct Point {
  double lat = 0;
  double lon = 0;
};
/// Along the great circle of a sphere of 6,371 km.
double km_between(Point a, Point b);
/// Where the gazetteer has the middle of a place, an area's too.
std::optional<Point> point_of(const Gazetteer& gazetteer, const Place& place);

/// `part` of `whole`, 0 of nothing.
double share(int part, int whole);

/// The gold of our own, Persian and Arabic, with the gazetteer of the product.
void score_own(const Resolver& resolver, Listing listing);
/// LGL and TR-News, in `resolver`'s gazetteer.
void score_english(const Resolver& resolver, Listing listing);

}  // namespace gavah::place::bench
