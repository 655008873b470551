#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "model/span.h"

namespace gavah {

/// G0 facility or street; G1 named town; G2 near a town, or a district or county; G3 province; G4 country; G9 unknown.
enum class PlacePrecision { facility, town, district, province, country, unknown };
enum class PlaceRole { at, from, to, held_at, victim_of };

/// WGS 84 degrees times 10^6.
struct Coordinates {
  std::int32_t lat_e6 = 0;
  std::int32_t lon_e6 = 0;
  friend bool operator==(const Coordinates&, const Coordinates&) = default;
};

/// PLACE: an area with a precision; coordinates only at G0 to G2.
struct Place {
  PlaceRole role = PlaceRole::at;
  std::string id;    ///< the gazetteer's id; empty when the name is in no gazetteer
  std::string name;  ///< as the gazetteer writes it first
  PlacePrecision precision = PlacePrecision::unknown;
  std::vector<std::string> path;  ///< country first: ids of the areas that contain it, itself last ("IR","IR-07",…)
  std::optional<Coordinates> coordinates;
  std::string phrase;
  std::optional<Span> span;
  friend bool operator==(const Place&, const Place&) = default;
};

std::string_view code_of(PlacePrecision precision);  ///< "G0" … "G9"
Result<PlacePrecision> place_precision_from(std::string_view code);
std::string_view name_of(PlaceRole role);
Result<PlaceRole> place_role_from(std::string_view name);

void write_place(JsonWriter& out, const Place& place);
void write_places(JsonWriter& out, std::string_view key, const std::vector<Place>& places);
std::vector<Place> read_places(ObjectReader& in, std::string_view key);

}  // namespace gavah
