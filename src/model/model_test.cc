#include <gtest/gtest.h>

#include "model/capture.h"
#include "model/claim.h"
#include "model/decision.h"
#include "model/event.h"
#include "model/lineage.h"
#include "model/report.h"

namespace gavah {
namespace {

template <class T, class Read>
void expect_round_trip(const T& value, Read read) {
  const std::string text = to_json(value);
  const auto json = Json::parse(text);
  ASSERT_TRUE(json) << text;
  const auto back = read(*json);
  ASSERT_TRUE(back) << back.error().sentence();
  EXPECT_EQ(to_json(*back), text);
}

Report sample_report() {
  Report report;
  report.id = IdSecret{}.derive<ReportId>("report", "1");
  report.text = "ab گ cd";
  report.map = {{{0, 3}, {10, 13}}, {{3, 5}, {13, 20}}, {{5, 8}, {20, 23}}};
  report.published = TimeInterval::of_day(Day::from_civil(2031, 5, 4), TimePrecision::day_stated);
  report.relations = {{RelationKind::embeds, "x", Span{0, 2}}};
  return report;
}

TEST(Report, RoundTripsThroughJson) { expect_round_trip(sample_report(), report_from_json); }

TEST(Report, SourceRangeCutsCopiedPiecesAndKeepsDecodedOnesWhole) {
  const Report report = sample_report();
  EXPECT_EQ(source_range(report, {1, 2}), (ByteRange{11, 12}));
  EXPECT_EQ(source_range(report, {1, 4}), (ByteRange{11, 20}));
  EXPECT_EQ(source_range(report, {6, 8}), (ByteRange{21, 23}));
  EXPECT_EQ(source_range(report, {8, 8}), std::nullopt);
}

TEST(Report, MapOutsideOfTheTextIsRefused) {
  const auto json = Json::parse(R"({"id":"00000000000000000000000000000001","text":"ab","map":[[0,3,0,3]]})");
  EXPECT_FALSE(report_from_json(*json));
}

TEST(Report, AnAudienceIsWrittenOnlyWhereItIsStated) {
  Report report = sample_report();
  EXPECT_EQ(to_json(report).find("audience"), std::string::npos);
  report.audience = "followers";
  expect_round_trip(report, report_from_json);
}

TEST(About, HowItWasCollectedRoundTripsAndIsLeftOutWhenEmpty) {
  About about;
  about.collector = "desk 2";
  JsonWriter plain;
  write_about(plain, about);
  EXPECT_EQ(plain.str().find("collection"), std::string::npos);
  about.collection = {.requested_url = "https://quay.example/1",
                      .final_url = "https://quay.example/3",
                      .redirects = {"https://quay.example/2"},
                      .platform_id = "3",
                      .collector_address = "192.0.2.7",
                      .collector_identity = "persona 4",
                      .clock = "NTP, offset 12 ms",
                      .tool = "collector 1.2",
                      .viewport = "1280x720",
                      .hash_algorithm = "SHA-256",
                      .hash = "00",
                      .hashed = Instant{1935563400}};
  JsonWriter out;
  write_about(out, about);
  const auto json = Json::parse(out.str());
  ASSERT_TRUE(json.has_value());
  const auto back = about_from_json(*json);
  ASSERT_TRUE(back.has_value()) << back.error().sentence();
  EXPECT_EQ(*back, about);
}

TEST(About, AMisspeltMemberIsRefusedNotLost) {
  const auto json = Json::parse(R"({"collection":{"requested":"https://quay.example/1"}})");
  EXPECT_FALSE(about_from_json(*json).has_value());
  const auto list = Json::parse(R"({"collection":{"redirects":[1]}})");
  EXPECT_FALSE(about_from_json(*list).has_value());
}

TEST(Claim, RoundTripsThroughJson) {
  Claim claim;
  claim.id = IdSecret{}.derive<ClaimId>("claim", "1");
  claim.act = "killing";
  claim.polarity = Polarity::denied;
  claim.anchor = Anchor{CaptureId{}, 3, ByteRange{5, 9}};
  claim.counts.push_back({.kind = "killed",
                          .low = 3,
                          .high = std::nullopt,
                          .scope = CountScope::so_far,
                          .as_of = {},
                          .qualifier = "at least",
                          .phrase = "at least three",
                          .span = Span{1, 4}});
  claim.places.push_back({.role = PlaceRole::held_at,
                          .id = "7",
                          .name = "X",
                          .precision = PlacePrecision::town,
                          .path = {"A", "7"},
                          .coordinates = Coordinates{1, 2},
                          .phrase = "X",
                          .span = Span{0, 1}});
  claim.persons.push_back({.name = "", .role = "victim", .age = 20, .condition = "killed", .span = std::nullopt});
  claim.speaker = Actor{"ministry", "government", Span{2, 3}};
  expect_round_trip(claim, claim_from_json);
}

TEST(Claim, UnknownPolarityIsRefusedNotGuessed) {
  const auto json = Json::parse(
      R"({"id":"00000000000000000000000000000001","report":"00000000000000000000000000000001","act":"march","polarity":"maybe"})");
  EXPECT_FALSE(claim_from_json(*json));
}

TEST(Event, RoundTripsThroughJson) {
  Event event;
  event.act = "strike";
  event.extent = Extent::continuing;
  event.counts.push_back({{.kind = "participants",
                           .low = 10,
                           .high = 20,
                           .scope = CountScope::this_act,
                           .as_of = {},
                           .qualifier = "",
                           .phrase = "",
                           .span = {}},
                          std::nullopt,
                          "widest"});
  event.claims.push_back(IdSecret{}.derive<ClaimId>("claim", "1"));
  expect_round_trip(event, event_from_json);
}

TEST(Decision, RoundTripsThroughJson) {
  Decision decision;
  decision.verb = Verb::distinct;
  decision.anchors = {{CaptureId{}, 1, TableCell{2, 3}}, {CaptureId{}, 1, ByteRange{2, 3}}};
  decision.reason = "two squares";
  expect_round_trip(decision, decision_from_json);
}

TEST(Anchor, MeetsOnlyWhereBytesAreShared) {
  const Anchor a{CaptureId{}, 1, ByteRange{2, 5}};
  EXPECT_TRUE(meets(a, {CaptureId{}, 1, ByteRange{4, 9}}));
  EXPECT_FALSE(meets(a, {CaptureId{}, 1, ByteRange{5, 9}}));
  EXPECT_FALSE(meets(a, {CaptureId{}, 2, ByteRange{2, 5}}));
}

}  // namespace
}  // namespace gavah
