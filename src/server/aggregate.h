#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "server/histogram.h"
#include "server/map_grid.h"
#include "server/query.h"
#include "server/selection.h"

namespace gavah::server {

/// What the overview shows for one query, counted from one snapshot in one pass: 1,000,000 events in well under 50 ms
/// on one core.
struct Aggregate {
  std::uint64_t total = 0;
  std::uint64_t placed = 0;  ///< with an exact place (dotted); the rest is counted by area
  StatusCounts by_status{};
  std::vector<MapCell> cells;
  std::vector<StatusCounts> areas;  ///< events without an exact place, by area; the last: by none
  Histogram histogram = Histogram(BarEdges{});
  /// By facet and code: how many events pass, were this facet's own filter dropped.
  std::array<std::vector<std::uint32_t>, kFacetCount> facets;
  /// By test: how many more events would be found if that filter alone were dropped.
  std::array<std::uint64_t, kTestCount> hidden{};
};

/// What is counted besides the query itself.
struct AggregateFrame {
  MercatorBox view;
  std::uint32_t across = 64;
  BarEdges edges;
};

Aggregate aggregate(const Snapshot& snapshot, const Query& query, std::span<const EventRow> found,
                    AggregateFrame frame);

/// {"total","placed","status":[5],"cells":[[x,y,n…]],"areas":[[key,n…]],"histogram":{"edges":[…],"bars":[[n…]],
/// "undated","wide","outside"},"facets":{"act":[[key,n]…],…},"hidden":{"act":n,…}}; zero rows are left out.
std::string to_json(const Aggregate& aggregate, const Snapshot& snapshot);

}  // namespace gavah::server
