#include "model/place.h"

#include "model/named.h"

namespace gavah {
namespace {

constexpr std::array<Named<PlacePrecision>, 6> kPrecisions{{{PlacePrecision::facility, "G0"},
                                                            {PlacePrecision::town, "G1"},
                                                            {PlacePrecision::district, "G2"},
                                                            {PlacePrecision::province, "G3"},
                                                            {PlacePrecision::country, "G4"},
                                                            {PlacePrecision::unknown, "G9"}}};
constexpr std::array<Named<PlaceRole>, 5> kRoles{{{PlaceRole::at, "at"},
                                                  {PlaceRole::from, "from"},
                                                  {PlaceRole::to, "to"},
                                                  {PlaceRole::held_at, "held at"},
                                                  {PlaceRole::victim_of, "victim of"}}};

std::optional<Coordinates> read_coordinates(ObjectReader& in) {
  const auto lat = in.optional_integer("lat_e6");
  const auto lon = in.optional_integer("lon_e6");
  if (!lat || !lon) return std::nullopt;
  if (*lat < -90000000 || *lat > 90000000 || *lon < -180000000 || *lon > 180000000) {
    in.complain("lat_e6", "coordinates are outside of the globe");
    return std::nullopt;
  }
  return Coordinates{static_cast<std::int32_t>(*lat), static_cast<std::int32_t>(*lon)};
}

Place read_place(ObjectReader& in, const Json& json) {
  Place out;
  out.role = in.optional_parsed("role", place_role_from).value_or(PlaceRole::at);
  out.id = in.optional_text("id").value_or("");
  out.name = in.optional_text("name").value_or("");
  out.precision = in.optional_parsed("precision", place_precision_from).value_or(PlacePrecision::unknown);
  for (const Json& step : in.array("path")) {
    if (step.string() != nullptr) out.path.push_back(*step.string());
  }
  out.coordinates = read_coordinates(in);
  out.phrase = in.optional_text("phrase").value_or("");
  out.span = read_span(in, json, "span");
  return out;
}

}  // namespace

std::string_view code_of(PlacePrecision precision) { return name_in(kPrecisions, precision); }
Result<PlacePrecision> place_precision_from(std::string_view code) {
  return value_in(kPrecisions, code, "place precision");
}
std::string_view name_of(PlaceRole role) { return name_in(kRoles, role); }
Result<PlaceRole> place_role_from(std::string_view name) { return value_in(kRoles, name, "place role"); }

void write_place(JsonWriter& out, const Place& place) {
  out.begin_object().member("role", name_of(place.role)).member("id", place.id).member("name", place.name);
  out.member("precision", code_of(place.precision)).key("path").begin_array();
  for (const auto& step : place.path) out.text(step);
  out.end_array();
  const bool has_point = place.coordinates && place.precision <= PlacePrecision::district;
  out.member("lat_e6", has_point ? std::optional<std::int64_t>(place.coordinates->lat_e6) : std::nullopt);
  out.member("lon_e6", has_point ? std::optional<std::int64_t>(place.coordinates->lon_e6) : std::nullopt);
  out.member("phrase", place.phrase).key("span");
  write_span(out, place.span);
  out.end_object();
}

void write_places(JsonWriter& out, std::string_view key, const std::vector<Place>& places) {
  out.key(key).begin_array();
  for (const Place& place : places) write_place(out, place);
  out.end_array();
}

std::vector<Place> read_places(ObjectReader& in, std::string_view key) {
  std::vector<Place> out;
  for (const Json& json : in.array(key)) {
    ObjectReader place(json);
    out.push_back(read_place(place, json));
    if (const auto finished = place.finish(); !finished) in.complain(key, finished.error().message);
  }
  return out;
}

}  // namespace gavah
