#include "store/index.h"

#include <gtest/gtest.h>

#include "base/format.h"
#include "base/scratch_folder.h"
#include "store/sealing_for_tests.h"

namespace gavah::store {
namespace {

template <class IdType>
IdType id_of(std::uint64_t number) {
  return IdType::from_bytes(sha256(format("{}", number)).view());
}

Report report(std::uint64_t number) {
  Report out;
  out.id = id_of<ReportId>(number);
  out.capture = id_of<CaptureId>(number / 10);
  out.part = static_cast<PartNumber>(number % 10);
  out.text = format("متن گزارش {}", number);
  return out;
}

Claim claim(std::uint64_t number) {
  Claim out;
  out.id = id_of<ClaimId>(number);
  out.report = id_of<ReportId>(number / 2);
  out.act = "rally";
  return out;
}

Event event(std::uint64_t number) {
  Event out;
  out.id = id_of<EventId>(number);
  out.act = "rally";
  out.side = "protest";
  out.time = TimeInterval::of_day(Day::from_civil(2026, 3, 1), TimePrecision::day_stated);
  Place place;
  place.id = "T1";
  place.path = {"XX", "XX-01", "T1"};
  place.precision = PlacePrecision::town;
  place.coordinates = Coordinates{1, -2};
  out.places = {place};
  out.claims = {id_of<ClaimId>(number), id_of<ClaimId>(number + 1000)};
  return out;
}

template <class Row, class Make>
std::vector<Row> rows(std::uint64_t count, Make make) {
  std::vector<Row> out;
  for (std::uint64_t i = 0; i < count; ++i) out.push_back(make(i));
  return out;
}

void fill(Index& index) {
  ASSERT_TRUE(index.put(std::span<const Report>(rows<Report>(100, report))));
  ASSERT_TRUE(index.put(std::span<const Claim>(rows<Claim>(100, claim))));
  ASSERT_TRUE(index.put(std::span<const Event>(rows<Event>(50, event))));
  Lineage lineage;
  lineage.id = id_of<LineageId>(7);
  lineage.reports = {id_of<ReportId>(1), id_of<ReportId>(2)};
  ASSERT_TRUE(index.put(std::span<const Lineage>(&lineage, 1)));
  const Quarantined bad{"file 1", R"({"type":"quarantine"})"};
  ASSERT_TRUE(index.put(std::span<const Quarantined>(&bad, 1)));
  ASSERT_TRUE(index.set_note("derived-to", "12"));
}

TEST(Index, GivesBackWhatWasPut) {
  const ScratchFolder folder;
  Index index = Index::open(sealed_for_test(folder.path("index.sqlite"))).value();
  fill(index);
  EXPECT_EQ(index.count(IndexTable::reports).value(), 100U);
  EXPECT_EQ(to_json(index.report(id_of<ReportId>(5)).value()), to_json(report(5)));
  EXPECT_EQ(to_json(index.claim(id_of<ClaimId>(5)).value()), to_json(claim(5)));
  EXPECT_EQ(to_json(index.event(id_of<EventId>(5)).value()), to_json(event(5)));
  EXPECT_EQ(index.json(IndexTable::quarantine, "file 1").value(), R"({"type":"quarantine"})");
  EXPECT_EQ(index.report(id_of<ReportId>(500)).error().code, ErrorCode::not_found);
  EXPECT_EQ(index.claims_of(id_of<ReportId>(5)).value().size(), 2U);
  EXPECT_EQ(index.reports_of(id_of<CaptureId>(3)).value().size(), 10U);
  EXPECT_EQ(index.reports_of(id_of<CaptureId>(3), 4).value(), std::vector<ReportId>{id_of<ReportId>(34)});
  EXPECT_EQ(index.events_of(id_of<ClaimId>(1003)).value(), std::vector<EventId>{id_of<EventId>(3)});
  EXPECT_EQ(index.lineage_of(id_of<ReportId>(2)).value(), id_of<LineageId>(7));
  EXPECT_EQ(index.lineage_of(id_of<ReportId>(3)).value(), std::nullopt);
  EXPECT_EQ(index.note("derived-to").value(), "12");
  EXPECT_EQ(index.note("other").value(), "");
}

TEST(Index, AScratchBuildInAnotherOrderHasTheSameContent) {
  const ScratchFolder folder;
  Index index = Index::open(sealed_for_test(folder.path("index.sqlite"))).value();
  fill(index);
  Index scratch = Index::create_scratch(sealed_for_test(folder.path("scratch.sqlite"))).value();
  auto reports = rows<Report>(100, report);
  std::reverse(reports.begin(), reports.end());
  ASSERT_TRUE(scratch.put(std::span<const Report>(reports).first(30)));
  ASSERT_TRUE(scratch.put(std::span<const Report>(reports).subspan(30)));
  Claim stale = claim(5);
  stale.act = "stale";
  ASSERT_TRUE(scratch.put(std::span<const Claim>(&stale, 1)));
  ASSERT_TRUE(scratch.put(std::span<const Claim>(rows<Claim>(100, claim))));
  ASSERT_TRUE(scratch.put(std::span<const Event>(rows<Event>(50, event))));
  EXPECT_NE(scratch.content_digest().value(), index.content_digest().value()) << "the rest is still missing";
  Lineage lineage;
  lineage.id = id_of<LineageId>(7);
  lineage.reports = {id_of<ReportId>(1), id_of<ReportId>(2)};
  ASSERT_TRUE(scratch.put(std::span<const Lineage>(&lineage, 1)));
  const Quarantined bad{"file 1", R"({"type":"quarantine"})"};
  ASSERT_TRUE(scratch.put(std::span<const Quarantined>(&bad, 1)));
  ASSERT_TRUE(scratch.set_note("derived-to", "12"));
  ASSERT_TRUE(scratch.finish());
  EXPECT_EQ(scratch.content_digest().value(), index.content_digest().value());
}

TEST(Index, PuttingARowAgainReplacesItAndItsLinks) {
  const ScratchFolder folder;
  Index index = Index::open(sealed_for_test(folder.path("index.sqlite"))).value();
  fill(index);
  Event changed = event(3);
  changed.claims = {id_of<ClaimId>(77)};
  ASSERT_TRUE(index.put(std::span<const Event>(&changed, 1)));
  EXPECT_EQ(index.count(IndexTable::events).value(), 50U);
  EXPECT_TRUE(index.events_of(id_of<ClaimId>(1003)).value().empty());
  EXPECT_EQ(index.events_of(id_of<ClaimId>(77)).value().size(), 1U);
}

TEST(Index, ClearingAndRemovingTakeWhatDependsOnIt) {
  const ScratchFolder folder;
  Index index = Index::open(sealed_for_test(folder.path("index.sqlite"))).value();
  fill(index);
  const std::vector<CaptureId> captures = {id_of<CaptureId>(0)};
  ASSERT_TRUE(index.remove_captures(captures));
  EXPECT_EQ(index.count(IndexTable::reports).value(), 90U);
  EXPECT_EQ(index.count(IndexTable::claims).value(), 80U);
  ASSERT_TRUE(index.clear(IndexTable::events));
  EXPECT_EQ(index.count(IndexTable::events).value(), 0U);
  EXPECT_TRUE(index.events_of(id_of<ClaimId>(3)).value().empty());
  std::size_t facts = 0;
  ASSERT_TRUE(index.for_each_event([&](const EventFacts&) -> Result<void> {
    ++facts;
    return {};
  }));
  EXPECT_EQ(facts, 0U);
}

TEST(Index, PagesAreWholeAndInOrder) {
  const ScratchFolder folder;
  Index index = Index::open(sealed_for_test(folder.path("index.sqlite"))).value();
  fill(index);
  std::vector<std::string> all;
  ASSERT_TRUE(index.for_each_json(IndexTable::reports, [&](std::string_view line) -> Result<void> {
    all.emplace_back(line);
    return {};
  }));
  std::vector<std::string> paged;
  std::string after;
  do {
    IndexPage page = index.page(IndexTable::reports, after, 7).value();
    paged.insert(paged.end(), page.lines.begin(), page.lines.end());
    after = page.next;
  } while (!after.empty());
  EXPECT_EQ(paged, all);
  EXPECT_EQ(all.size(), 100U);
}

TEST(Index, EventFactsSayWhatTheEventSays) {
  const ScratchFolder folder;
  Index index = Index::open(sealed_for_test(folder.path("index.sqlite"))).value();
  const Event one = event(1);
  ASSERT_TRUE(index.put(std::span<const Event>(&one, 1)));
  std::vector<EventFacts> facts;
  ASSERT_TRUE(index.for_each_event([&](const EventFacts& fact) -> Result<void> {
    facts.push_back(fact);
    return {};
  }));
  ASSERT_EQ(facts.size(), 1U);
  EXPECT_EQ(facts[0].id, one.id);
  EXPECT_EQ(facts[0].place_path, one.places[0].path);
  EXPECT_EQ(facts[0].coordinates, one.places[0].coordinates);
  EXPECT_EQ(facts[0].start_seconds, one.time.start->seconds);
  EXPECT_EQ(facts[0].time_precision, TimePrecision::day_stated);
  EXPECT_FALSE(facts[0].umbrella);
}

}  // namespace
}  // namespace gavah::store
