#include "server/aggregate.h"

#include <gtest/gtest.h>

#include "browser/fake_view.h"
#include "model/event.h"

namespace gavah::server {
namespace {

Query query_from(const Snapshot& snapshot, std::string_view parameters) {
  const auto address = Address::parse(std::string("/x?").append(parameters));
  EXPECT_TRUE(address.has_value());
  auto query = Query::parse(*address, snapshot.labels);
  EXPECT_TRUE(query.has_value()) << parameters;
  return query ? *std::move(query) : Query{};
}

Aggregate aggregate_of(const Snapshot& snapshot, std::string_view parameters) {
  AggregateFrame frame;
  frame.edges = *BarEdges::covering(18'628, 19'900, "month");
  return aggregate(snapshot, query_from(snapshot, parameters), {}, std::move(frame));
}

std::uint64_t sum_of(const StatusCounts& counts) {
  std::uint64_t sum = 0;
  for (const auto count : counts) sum += count;
  return sum;
}

/// Counts rows by a condition, one at a time.
template <class Condition>
std::uint64_t counted(const Snapshot& snapshot, Condition condition) {
  std::uint64_t count = 0;
  for (EventRow row = 0; row < snapshot.events.size(); ++row) count += condition(snapshot.events, row) ? 1U : 0U;
  return count;
}

bool is_umbrella(const EventColumns& events, EventRow row) {
  return events.extent[row] == static_cast<std::uint8_t>(Extent::umbrella);
}

class AggregateOfFakes : public testing::Test {
 protected:
  const FakeView view{5'000};
  std::shared_ptr<const Snapshot> snapshot = view.snapshot();
};

TEST_F(AggregateOfFakes, EveryWayOfCountingGivesTheSameTotal) {
  const Aggregate found = aggregate_of(*snapshot, "");
  std::uint64_t in_cells = 0;
  for (const auto& cell : found.cells) in_cells += sum_of(cell.counts);
  std::uint64_t in_areas = 0;
  for (const auto& area : found.areas) in_areas += sum_of(area);
  std::uint64_t in_bars = found.histogram.undated() + found.histogram.wide() + found.histogram.outside();
  for (const auto& bar : found.histogram.bars()) in_bars += sum_of(bar);
  EXPECT_GT(found.total, 0U);
  EXPECT_EQ(sum_of(found.by_status), found.total);
  EXPECT_EQ(in_cells, found.placed);
  EXPECT_EQ(in_cells + in_areas, found.total);
  EXPECT_EQ(in_bars, found.total);
}

TEST_F(AggregateOfFakes, UmbrellasAreInNoTotalUnlessNamed) {
  const auto umbrellas = counted(*snapshot, is_umbrella);
  ASSERT_GT(umbrellas, 0U);
  EXPECT_EQ(aggregate_of(*snapshot, "").total, snapshot->events.size() - umbrellas);
  EXPECT_EQ(aggregate_of(*snapshot, "extent=umbrella").total, umbrellas);
  EXPECT_EQ(aggregate_of(*snapshot, "extent=-continuing").total, counted(*snapshot, [](const auto& e, EventRow row) {
              return e.extent[row] == static_cast<std::uint8_t>(Extent::moment);
            }));
}

TEST_F(AggregateOfFakes, FiltersAgreeWithCountingOneByOne) {
  const auto found = aggregate_of(*snapshot, "status=contested,refuted&act=-strike&area=VM-02&source=channel");
  const auto expected = counted(*snapshot, [](const EventColumns& e, EventRow row) {
    return !is_umbrella(e, row) && (e.status[row] == 3 || e.status[row] == 4) && e.act[row] != 2 && e.area[row] == 1 &&
           (e.sources[row] & 2U) != 0;
  });
  EXPECT_GT(expected, 0U);
  EXPECT_EQ(found.total, expected);
}

TEST_F(AggregateOfFakes, AFacetCountsItsAlternatives) {
  const auto found = aggregate_of(*snapshot, "status=contested&act=strike");
  const auto strikes = counted(*snapshot, [](const EventColumns& e, EventRow row) {
    return !is_umbrella(e, row) && e.act[row] == 2 && e.status[row] == 0;
  });
  EXPECT_EQ(found.facets[static_cast<std::size_t>(Facet::status)][0], strikes);
  const auto shootings = counted(*snapshot, [](const EventColumns& e, EventRow row) {
    return !is_umbrella(e, row) && e.act[row] == 0 && e.status[row] == 3;
  });
  EXPECT_EQ(found.facets[static_cast<std::size_t>(Facet::act)][0], shootings);
}

TEST_F(AggregateOfFakes, HiddenSaysWhatDroppingOneFilterBrings) {
  const auto with = aggregate_of(*snapshot, "act=strike&from=2021-06-01&to=2021-06-30");
  const auto without = aggregate_of(*snapshot, "from=2021-06-01&to=2021-06-30");
  EXPECT_EQ(with.total + with.hidden[static_cast<std::size_t>(Facet::act)], without.total);
}

TEST_F(AggregateOfFakes, UndatedEventsAreInNoRangeOfDays) {
  const auto found = aggregate_of(*snapshot, "from=1900-01-01&to=2100-01-01");
  EXPECT_EQ(found.total, counted(*snapshot, [](const EventColumns& e, EventRow row) {
              return !is_umbrella(e, row) && e.first_day[row] != kNoDay;
            }));
  EXPECT_EQ(found.histogram.undated(), 0U);
}

TEST_F(AggregateOfFakes, ABoxHoldsExactPlacesOnly) {
  const auto all = aggregate_of(*snapshot, "bbox=0,0,4294967295,4294967295");
  EXPECT_EQ(all.total, all.placed);
  EXPECT_EQ(all.total, aggregate_of(*snapshot, "").placed);
}

TEST_F(AggregateOfFakes, UnknownKeysAreRefused) {
  for (const std::string_view bad : {"act=flying", "status=-", "tprec=T7", "bbox=1,2,3", "bbox=5,5,5,6", "from=2021"}) {
    const auto address = Address::parse(std::string("/x?").append(bad));
    ASSERT_TRUE(address.has_value());
    EXPECT_FALSE(Query::parse(*address, snapshot->labels).has_value()) << bad;
  }
}

TEST_F(AggregateOfFakes, WordsChooseTheRowsThatTheViewFound) {
  const Query query = query_from(*snapshot, "q=Strike&extent=moment,continuing,umbrella");
  const auto rows = view.search(*snapshot, query.words);
  ASSERT_TRUE(rows.has_value());
  const auto selected = Selection(*snapshot, query, *rows).rows();
  EXPECT_EQ(selected, *rows);
  EXPECT_FALSE(selected.empty());
}

}  // namespace
}  // namespace gavah::server
