#include "server/aggregate.h"

#include <algorithm>
#include <bit>
#include <numeric>

#include "base/json.h"

namespace gavah::server {

namespace {

constexpr std::size_t kBlockRows = 4096;  // rows: the failures of a block stay in the first-level cache
constexpr std::array<std::string_view, 3> kTestNames{"words", "days", "box"};

/// Adds rows one by one to an Aggregate whose lists have their sizes.
class Counter {
 public:
  Counter(const Snapshot& snapshot, MapGrid& grid, Aggregate& into)
      : events_(snapshot.events), area_count_(snapshot.labels.areas.size()), grid_(grid), into_(into) {}

  void add(EventRow row, Failures failures) {
    if (failures == 0) {
      add_found(row);
    } else if (std::has_single_bit(failures)) {
      const auto test = static_cast<std::size_t>(std::countr_zero(failures));
      ++into_.hidden[test];
      if (test < kFacetCount) add_to_facet(static_cast<Facet>(test), row);
    }
  }

 private:
  void add_found(EventRow row) {
    const std::uint8_t status = events_.status[row];
    ++into_.by_status[status];
    into_.histogram.add(events_.first_day[row], events_.last_day[row], events_.extent[row], status);
    if (events_.x[row] != kNowhere) {
      ++into_.placed;
      grid_.add(events_.x[row], events_.y[row], status);
    } else {
      ++into_.areas[std::min<std::size_t>(events_.area[row], area_count_)][status];
    }
    count(Facet::act, events_.act[row]);
    count(Facet::side, events_.side[row]);
    count(Facet::extent, events_.extent[row]);
    count(Facet::area, std::min<std::size_t>(events_.area[row], area_count_));
    count(Facet::tprec, events_.time_precision[row]);
    count(Facet::pprec, events_.place_precision[row]);
    add_sources(row);
  }
  void count(Facet facet, std::size_t code) { ++into_.facets[static_cast<std::size_t>(facet)][code]; }
  void add_sources(EventRow row) {
    for (unsigned bits = events_.sources[row]; bits != 0; bits &= bits - 1) {
      count(Facet::source, static_cast<std::size_t>(std::countr_zero(bits)));
    }
  }
  void add_to_facet(Facet facet, EventRow row) {
    if (facet == Facet::source) {
      add_sources(row);
    } else {
      count(facet, code_at(events_, facet, row, area_count_));
    }
  }

  const EventColumns& events_;
  std::size_t area_count_;
  MapGrid& grid_;
  Aggregate& into_;
};

void write_counts(JsonWriter& out, const StatusCounts& counts) {
  for (const auto count : counts) out.unsigned_integer(count);
}

void write_areas(JsonWriter& out, const Aggregate& aggregate, const Labels& labels) {
  const auto keys = keys_of(Facet::area, labels);
  out.key("areas").begin_array();
  for (std::size_t i = 0; i < aggregate.areas.size(); ++i) {
    if (aggregate.areas[i] == StatusCounts{}) continue;
    out.begin_array().text(keys[i]);
    write_counts(out, aggregate.areas[i]);
    out.end_array();
  }
  out.end_array();
}

void write_histogram(JsonWriter& out, const Histogram& histogram) {
  out.key("histogram").begin_object().key("edges").begin_array();
  for (const auto edge : histogram.edges().edges) out.integer(edge);
  out.end_array().key("bars").begin_array();
  for (const auto& bar : histogram.bars()) {
    out.begin_array();
    write_counts(out, bar);
    out.end_array();
  }
  out.end_array();
  out.member("undated", histogram.undated()).member("wide", histogram.wide()).member("outside", histogram.outside());
  out.end_object();
}

void write_facets(JsonWriter& out, const Aggregate& aggregate, const Labels& labels) {
  out.key("facets").begin_object();
  for (std::size_t i = 0; i < kFacetCount; ++i) {
    const auto facet = static_cast<Facet>(i);
    const auto keys = keys_of(facet, labels);
    out.key(name_of(facet)).begin_array();
    for (std::size_t code = 0; code < keys.size(); ++code) {
      if (aggregate.facets[i][code] == 0) continue;
      out.begin_array().text(keys[code]).unsigned_integer(aggregate.facets[i][code]).end_array();
    }
    out.end_array();
  }
  out.end_object();
}

}  // namespace

Aggregate aggregate(const Snapshot& snapshot, const Query& query, std::span<const EventRow> found,
                    AggregateFrame frame) {
  Aggregate result;
  result.areas.resize(snapshot.labels.areas.size() + 1);
  result.histogram = Histogram(std::move(frame.edges));
  for (std::size_t i = 0; i < kFacetCount; ++i) {
    result.facets[i].resize(keys_of(static_cast<Facet>(i), snapshot.labels).size());
  }
  MapGrid grid(frame.view, frame.across);
  Counter counter(snapshot, grid, result);
  const Selection selection(snapshot, query, found);
  std::array<Failures, kBlockRows> failures{};
  const std::size_t rows = snapshot.events.size();
  for (std::size_t first = 0; first < rows; first += kBlockRows) {
    const auto block = std::span(failures).first(std::min(kBlockRows, rows - first));
    selection.test(static_cast<EventRow>(first), block);
    for (std::size_t i = 0; i < block.size(); ++i) counter.add(static_cast<EventRow>(first + i), block[i]);
  }
  result.total = std::accumulate(result.by_status.begin(), result.by_status.end(), std::uint64_t{0});
  auto& status_facet = result.facets[static_cast<std::size_t>(Facet::status)];
  for (std::size_t i = 0; i < kStatuses; ++i) status_facet[i] += result.by_status[i];
  result.cells = grid.cells();
  return result;
}

std::string to_json(const Aggregate& aggregate, const Snapshot& snapshot) {
  JsonWriter out;
  out.begin_object().member("total", aggregate.total).member("placed", aggregate.placed);
  out.key("status").begin_array();
  write_counts(out, aggregate.by_status);
  out.end_array().key("cells").begin_array();
  for (const auto& cell : aggregate.cells) {
    out.begin_array().unsigned_integer(cell.x).unsigned_integer(cell.y);
    write_counts(out, cell.counts);
    out.end_array();
  }
  out.end_array();
  write_areas(out, aggregate, snapshot.labels);
  write_histogram(out, aggregate.histogram);
  write_facets(out, aggregate, snapshot.labels);
  out.key("hidden").begin_object();
  for (std::size_t i = 0; i < kTestCount; ++i) {
    const auto name = i < kFacetCount ? name_of(static_cast<Facet>(i)) : kTestNames[i - kFacetCount];
    if (aggregate.hidden[i] != 0) out.member(name, aggregate.hidden[i]);
  }
  return out.end_object().end_object().take();
}

}  // namespace gavah::server
