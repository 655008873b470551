#include "publish/event_table.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/json.h"

namespace gavah::publish {
namespace {

Event sample() {
  Event event;
  event.act = "march";
  event.time = TimeInterval::of_day(Day::from_civil(2031, 5, 4), TimePrecision::day_stated);
  event.places.push_back({.role = PlaceRole::at,
                          .id = "7",
                          .name = "=Riv, \"A\"",
                          .precision = PlacePrecision::town,
                          .path = {"XV", "7"},
                          .coordinates = Coordinates{-500000, 12345678},
                          .phrase = "",
                          .span = {}});
  event.counts.push_back({{.kind = "participants",
                           .low = 10,
                           .high = std::nullopt,
                           .scope = CountScope::this_act,
                           .as_of = {},
                           .qualifier = "",
                           .phrase = "",
                           .span = {}},
                          std::nullopt,
                          "rule"});
  return event;
}

TEST(EventTable, RowHasAsManyCellsAsTheHeader) {
  Event event = sample();
  event.places[0].name = "Riv";
  const auto commas = [](const std::string& row) { return std::ranges::count(row, ','); };
  EXPECT_EQ(commas(csv_row(event)), commas(csv_header()));
  event.places.clear();
  EXPECT_EQ(commas(csv_row(event)), commas(csv_header()));
}

TEST(EventTable, FormulaCellsAreDisarmedAndQuoted) {
  EXPECT_NE(csv_row(sample()).find("\"'=Riv, \"\"A\"\"\""), std::string::npos);
}

TEST(EventTable, UnknownBoundIsAnEmptyCell) { EXPECT_NE(csv_row(sample()).find(",10,,"), std::string::npos); }

TEST(EventTable, GeoJsonPutsLongitudeFirstAndHasNoPointForAnArea) {
  const auto feature = Json::parse(geojson_feature(sample()));
  ASSERT_TRUE(feature);
  const Json* point = feature->find_path({"geometry", "coordinates"});
  ASSERT_NE(point, nullptr);
  EXPECT_DOUBLE_EQ(point->items()[0].number().value(), 12.345678);
  EXPECT_DOUBLE_EQ(point->items()[1].number().value(), -0.5);
  Event province = sample();
  province.places[0].coordinates.reset();
  EXPECT_TRUE(Json::parse(geojson_feature(province))->find("geometry")->is_null());
}

}  // namespace
}  // namespace gavah::publish
