#include "link/link.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/digest.h"
#include "base/random.h"

namespace gavah::link {
namespace {

template <class IdType>
IdType id_of(std::string_view name) {
  return IdType::from_bytes(sha256(name).view());
}

Instant noon(std::string_view day) { return Instant{Instant::at_start_of(Day::parse(day).value()).seconds + 43200}; }

Place place(std::string id, std::string name, PlacePrecision precision, std::vector<std::string> path) {
  Place out;
  out.id = std::move(id);
  out.name = std::move(name);
  out.precision = precision;
  out.path = std::move(path);
  return out;
}
Place velmar() { return place("31", "Velmar", PlacePrecision::town, {"XV", "XV-01", "21", "31"}); }
Place lantern_square() { return place("51", "Lantern Square", PlacePrecision::facility, {"XV", "XV-01", "21", "51"}); }
Place kestrin() { return place("35", "Kestrin", PlacePrecision::town, {"XV", "XV-02", "24", "35"}); }
Place arvanik() { return place("36", "Arvanik", PlacePrecision::town, {"XV", "XV-01", "22", "36"}); }
Place narvania() { return place("XV", "Narvania", PlacePrecision::country, {"XV"}); }

/// A case in the making: reports with their texts, and claims in the order in which they are told.
struct Case {
  std::vector<Report> reports;
  std::vector<Claim> claims;
  std::vector<Source> sources;
  std::vector<Decision> decisions;

  Report& report(std::string_view name, std::string source, std::string_view day, std::string text,
                 std::string lang = "en") {
    Report out;
    out.id = id_of<ReportId>(name);
    out.capture = id_of<CaptureId>(name);
    out.source = std::move(source);
    out.published = TimeInterval::of_instant(noon(day));
    out.captured = noon("2024-06-01");
    out.text = std::move(text);
    out.lang = std::move(lang);
    reports.push_back(std::move(out));
    return reports.back();
  }

  Claim& claim(std::string_view report_name, std::string act, std::string_view first, std::string_view last,
               std::vector<Place> places) {
    Claim out;
    out.report = id_of<ReportId>(report_name);
    const auto number = static_cast<std::uint32_t>(claims.size() * 100);
    out.id = id_of<ClaimId>(std::string(report_name) + std::to_string(number));
    out.anchor = Anchor{id_of<CaptureId>(report_name), 0, ByteRange{number, number + 50}};
    out.trigger = {number, number + 5};
    out.act = std::move(act);
    if (!first.empty()) {
      out.time =
          TimeInterval::of_days(Day::parse(first).value(), Day::parse(last).value().plus(1), TimePrecision::day_stated);
      out.time.phrase = std::string(first);
    }
    out.places = std::move(places);
    claims.push_back(std::move(out));
    return claims.back();
  }
  Claim& claim(std::string_view report_name, std::string act, std::string_view day, std::vector<Place> places) {
    return claim(report_name, std::move(act), day, day, std::move(places));
  }

  Decision& decide(Verb verb, std::vector<Anchor> anchors) {
    Decision out;
    out.id = id_of<DecisionId>("decision" + std::to_string(decisions.size()));
    out.verb = verb;
    out.anchors = std::move(anchors);
    out.leaf = static_cast<std::int64_t>(decisions.size());
    decisions.push_back(std::move(out));
    return decisions.back();
  }

  void family(std::string source, std::string name, std::string family) {
    Source out;
    out.id = std::move(source);
    out.name = std::move(name);
    out.family = std::move(family);
    sources.push_back(std::move(out));
  }

  LinkOutput run(std::size_t threads = 1) const {
    std::vector<ReportDigest> digests;
    for (const Report& each : reports) digests.push_back(digest(each));
    return link({digests, claims, sources, decisions}, IdSecret{}, threads);
  }
};

Count count_of(std::string kind, std::optional<std::int64_t> low, std::optional<std::int64_t> high,
               CountScope scope = CountScope::this_act) {
  Count out;
  out.kind = std::move(kind);
  out.low = low;
  out.high = high;
  out.scope = scope;
  return out;
}

std::string text_of(const LinkOutput& output) {
  std::string out;
  for (const auto& each : output.lineages) out += to_json(each) + "\n";
  for (const auto& each : output.events) out += to_json(each) + "\n";
  for (const auto& each : output.victims) out += to_json(each) + "\n";
  for (const auto& each : output.abouts) out += each.claim.hex() + each.about.hex() + "\n";
  return out;
}

const EventCount* chosen(const Event& event, std::string_view kind) {
  for (const EventCount& count : event.counts) {
    if (!count.lineage && count.count.kind == kind) return &count;
  }
  return nullptr;
}

constexpr std::string_view kBread =
    "Several hundred people gathered in Lantern Square in the capital Velmar on Friday to protest against rising bread "
    "prices, witnesses said. Police fired tear gas into the crowd after about two hours.";

TEST(Link, ReportsOfOneActByTwoFamiliesCorroborateEachOther) {
  Case story;
  story.report("a", "compass", "2024-04-13", "A rally was held in Velmar, our reporter saw it.");
  story.report("b", "interpress", "2024-04-13", "People met on the square to demand bread, the agency writes.");
  story.claim("a", "gathering", "2024-04-12", {velmar()});
  story.claim("b", "gathering", "2024-04-12", {lantern_square(), velmar()});
  const LinkOutput out = story.run();
  ASSERT_EQ(out.events.size(), 1U);
  EXPECT_EQ(out.events[0].status, EventStatus::corroborated);
  EXPECT_EQ(out.events[0].lineage_count, 2U);
  ASSERT_FALSE(out.events[0].places.empty());
  EXPECT_EQ(out.events[0].places[0].id, "51") << "the most precise place that fits";
}

TEST(Link, SourcesOfOneFamilyAreOneVoice) {
  Case story;
  story.family("herald", "Herald", "state");
  story.family("agency", "State Agency", "state");
  story.report("a", "herald", "2024-04-13", "Fourteen people were arrested in the capital, says the ministry.");
  story.report("b", "agency", "2024-04-13", "The ministry announces that order was restored and fourteen were held.");
  story.claim("a", "arrest", "2024-04-12", {velmar()});
  story.claim("b", "arrest", "2024-04-12", {velmar()});
  const LinkOutput out = story.run();
  ASSERT_EQ(out.events.size(), 1U);
  EXPECT_EQ(out.events[0].lineage_count, 1U);
  EXPECT_EQ(out.events[0].status, EventStatus::single);
  ASSERT_EQ(out.lineages.size(), 1U);
  EXPECT_EQ(out.lineages[0].kind, LineageKind::same_family);
}

TEST(Link, ReportsOfUnknownSourceDoNotCorroborate) {
  Case story;
  story.report("a", "", "2024-04-13", "They met at the square, somebody wrote on a wall.");
  story.report("b", "", "2024-04-13", "A leaflet tells of a meeting of many on Friday.");
  story.claim("a", "gathering", "2024-04-12", {velmar()});
  story.claim("b", "gathering", "2024-04-12", {velmar()});
  const LinkOutput out = story.run();
  ASSERT_EQ(out.events.size(), 1U);
  EXPECT_EQ(out.events[0].status, EventStatus::single);
}

TEST(Link, ReprintIsOfTheLineageOfItsOrigin) {
  Case story;
  story.report("origin", "interpress", "2024-04-12", std::string(kBread) + " The price of bread has doubled since.");
  story.report("reprint", "digest", "2024-04-13", std::string(kBread));
  story.claim("origin", "gathering", "2024-04-12", {lantern_square()});
  story.claim("reprint", "gathering", "2024-04-12", {lantern_square()});
  const LinkOutput out = story.run();
  ASSERT_EQ(out.lineages.size(), 1U);
  EXPECT_EQ(out.lineages[0].origin, id_of<ReportId>("origin"));
  ASSERT_EQ(out.lineages[0].why.size(), 1U);
  EXPECT_THAT(out.lineages[0].why[0], testing::HasSubstr("digest, 2024-04-13"));
  ASSERT_EQ(out.events.size(), 1U);
  EXPECT_EQ(out.events[0].status, EventStatus::single);
}

TEST(Link, PersianReprintWithOtherLetterFormsIsACopy) {
  Case story;
  story.report(
      "a", "nna", "2024-04-12",
      "پلیس در میدان فانوس به سوی مردم گاز اشک‌آور شلیک کرد و ۱۴ نفر "
      "بازداشت "
      "شدند",
      "fa");
  story.report("b", "@echo", "2024-04-12", "پليس در ميدان فانوس به سوي مردم گاز اشك آور شليك كرد و 14 نفر بازداشت شدند",
               "fa");
  EXPECT_EQ(story.run().lineages.size(), 1U);
}

TEST(Link, TranslationThatNamesItsSourceIsOfItsLineage) {
  Case story;
  story.family("interpress", "Interpress / اینترپرس", "");
  story.report("origin", "interpress", "2024-04-12", std::string(kBread));
  story.report("fa", "gazette", "2024-04-13", "به گزارش خبرگزاری اینترپرس، صدها نفر در میدان فانوس تجمع کردند.", "fa");
  story.claim("origin", "gathering", "2024-04-12", {lantern_square()});
  story.claim("fa", "gathering", "2024-04-12", {lantern_square()});
  const LinkOutput out = story.run();
  ASSERT_EQ(out.lineages.size(), 1U);
  EXPECT_EQ(out.lineages[0].kind, LineageKind::translation);
  EXPECT_EQ(out.events.at(0).lineage_count, 1U);
}

TEST(Link, CitingASourceOnAnotherEventTiesNothing) {
  Case story;
  story.family("interpress", "Interpress", "");
  story.report("origin", "interpress", "2024-04-12", std::string(kBread));
  story.report("other", "gazette", "2024-04-13", "According to Interpress, workers blocked a road near Kestrin.");
  story.claim("origin", "gathering", "2024-04-12", {lantern_square()});
  story.claim("other", "blockade", "2024-04-13", {kestrin()});
  EXPECT_EQ(story.run().lineages.size(), 2U);
}

TEST(Link, PostThatOnlyQuotesIsOfTheLineageOfWhatItQuotes) {
  Case story;
  story.report("post", "@witness", "2024-04-12", "Hundreds in Lantern Square now, they chant for bread and work");
  story.report("quote", "@echo", "2024-04-12", "Look at this")
      .relations.push_back({RelationKind::quotes, id_of<ReportId>("post").hex(), std::nullopt});
  EXPECT_EQ(story.run().lineages.size(), 1U);
}

TEST(Link, ArticleIsNotOfTheLineageOfThePostItEmbeds) {
  Case story;
  story.report("post", "@witness", "2024-04-12", "Hundreds in Lantern Square now, they chant for bread and work");
  story.report("article", "compass", "2024-04-12", "Our reporter was there when police came from three sides.")
      .relations.push_back({RelationKind::embeds, id_of<ReportId>("post").hex(), std::nullopt});
  EXPECT_EQ(story.run().lineages.size(), 2U);
}

TEST(Link, SameAddressCapturedTwiceIsOneLineageWithTheLaterValue) {
  Case story;
  story.report("first", "gazette", "2024-04-19", "About 200 teachers rallied.").url =
      "https://gazette.example/t?utm_source=x";
  Report& again = story.report("again", "gazette", "2024-04-19", "Some 350 teachers were there, we learned.");
  again.url = "http://www.gazette.example/t/";
  again.published = TimeInterval::of_instant(noon("2024-04-20"));
  story.claim("first", "gathering", "2024-04-19", {kestrin()}).counts = {count_of("participants", 200, 200)};
  story.claim("again", "gathering", "2024-04-19", {kestrin()}).counts = {count_of("participants", 350, 350)};
  const LinkOutput out = story.run();
  EXPECT_EQ(out.lineages.size(), 1U);
  ASSERT_EQ(out.events.size(), 1U);
  const EventCount* count = chosen(out.events[0], "participants");
  ASSERT_NE(count, nullptr);
  EXPECT_EQ(count->count.low, 350);
  EXPECT_EQ(count->rule, "only lineage");
}

TEST(Link, OldCaptionUnderANewDateMakesNoSecondEvent) {
  Case story;
  Report& old = story.report("old", "@witness", "2024-04-12", "Lantern Square in Velmar tonight");
  old.media.push_back({std::nullopt, "image/jpeg", "A crowd fills Lantern Square in Velmar, 12 April"});
  Report& again = story.report("again", "@echo", "2024-05-17", "Velmar now!");
  again.media.push_back({std::nullopt, "image/jpeg", "A crowd fills Lantern Square in Velmar, 17 May"});
  story.claim("old", "gathering", "2024-04-12", {lantern_square()});
  story.claim("again", "gathering", "2024-05-17", {lantern_square()});
  const LinkOutput out = story.run();
  ASSERT_EQ(out.events.size(), 1U);
  EXPECT_EQ(out.events[0].time.start->day().text(), "2024-04-12");
  EXPECT_EQ(out.events[0].status, EventStatus::single);
  ASSERT_EQ(out.lineages.size(), 1U);
  EXPECT_EQ(out.lineages[0].kind, LineageKind::same_media);
}

TEST(Link, SameDaySameActInTwoTownsAreTwoEvents) {
  Case story;
  story.report("a", "compass", "2024-04-20", "In Kestrin and in Arvanik teachers met.");
  story.claim("a", "gathering", "2024-04-19", {kestrin()});
  story.claim("a", "gathering", "2024-04-19", {arvanik()});
  const LinkOutput out = story.run();
  ASSERT_EQ(out.events.size(), 2U);
  EXPECT_NE(out.events[0].id, out.events[1].id);
}

TEST(Link, StatedDaysApartAreTwoEvents) {
  Case story;
  story.report("a", "compass", "2024-04-20", "Twice this week.");
  story.claim("a", "gathering", "2024-04-18", {kestrin()});
  story.claim("a", "gathering", "2024-04-19", {kestrin()});
  EXPECT_EQ(story.run().events.size(), 2U);
}

TEST(Link, StrikeOfTenDaysIsOneContinuingEvent) {
  Case story;
  story.report("a", "union", "2024-04-06", "We are on strike from this morning on.");
  story.report("b", "compass", "2024-04-08", "The third day at the mill went by quietly.");
  story.report("c", "union", "2024-04-15", "Our strike is over after ten days, we have won.");
  story.claim("a", "strike", "2024-04-06", {kestrin()});
  story.claim("b", "strike", "2024-04-08", {kestrin()}).stage = Stage::continuing;
  story.claim("c", "strike", "2024-04-15", {kestrin()}).stage = Stage::ended;
  const LinkOutput out = story.run();
  ASSERT_EQ(out.events.size(), 1U);
  EXPECT_EQ(out.events[0].extent, Extent::continuing);
  EXPECT_EQ(out.events[0].time.start->day().text(), "2024-04-06");
  EXPECT_EQ(out.events[0].time.end->day().text(), "2024-04-16") << "the end is exclusive";
}

TEST(Link, StrikeAfterAnEndedOneIsAnother) {
  Case story;
  story.report("a", "union", "2024-04-06", "Over.");
  story.claim("a", "strike", "2024-04-06", {kestrin()}).stage = Stage::ended;
  story.report("b", "union", "2024-04-08", "Again.");
  story.claim("b", "strike", "2024-04-08", {kestrin()});
  EXPECT_EQ(story.run().events.size(), 2U);
}

TEST(Link, DenialByAnotherLineageMakesTheEventContested) {
  Case story;
  story.report("a", "compass", "2024-04-26", "Two people were killed.");
  story.report("b", "herald", "2024-04-27", "No one was killed, it said.");
  story.claim("a", "killing", "2024-04-26", {kestrin()});
  Claim& denial = story.claim("b", "killing", "2024-04-26", {kestrin()});
  denial.polarity = Polarity::denied;
  denial.counts = {count_of("killed", 0, 0)};
  const LinkOutput out = story.run();
  ASSERT_EQ(out.events.size(), 1U);
  EXPECT_EQ(out.events[0].status, EventStatus::contested);
  EXPECT_EQ(out.events[0].lineage_count, 1U) << "who denies does not assert";
  ASSERT_EQ(out.events[0].counts.size(), 1U) << "the denial's value is kept, and chooses nothing";
  EXPECT_TRUE(out.events[0].counts[0].lineage.has_value());
  ASSERT_EQ(out.abouts.size(), 1U);
  EXPECT_EQ(out.abouts[0].claim, story.claims[1].id);
  EXPECT_EQ(out.abouts[0].about, story.claims[0].id);
}

TEST(Link, DenialOfNothingToldMakesNoEvent) {
  Case story;
  story.report("b", "herald", "2024-04-27", "No one was killed, it said.");
  story.claim("b", "killing", "2024-04-26", {kestrin()}).polarity = Polarity::denied;
  EXPECT_TRUE(story.run().events.empty());
}

TEST(Link, RetractionByItsOnlySourceRefutes) {
  Case story;
  story.report("a", "gazette", "2024-05-11", "Guards opened fire on workers.");
  story.report("b", "gazette", "2024-05-12", "We take back our story of yesterday.");
  story.claim("a", "live fire", "2024-05-11", {arvanik()});
  story.claim("b", "live fire", "2024-05-11", {arvanik()}).polarity = Polarity::denied;
  const LinkOutput out = story.run();
  ASSERT_EQ(out.events.size(), 1U);
  EXPECT_EQ(out.events[0].status, EventStatus::refuted);
  EXPECT_EQ(out.events[0].lineage_count, 0U);
}

TEST(Link, ActRepeatedInsideTheWordsThatTakeItBackIsTakenBack) {
  for (const bool inside : {true, false}) {
    Case story;
    story.report("a", "gazette", "2024-05-11", "Guards opened fire on workers.");
    story.report("b", "gazette", "2024-05-12", "We retract our report that guards opened fire.");
    story.claim("a", "live fire", "2024-05-11", {arvanik()});
    const Span trigger = story.claim("b", "live fire", "2024-05-11", {arvanik()}).trigger;
    const Span passage = inside ? Span{trigger.begin - 2, trigger.end} : Span{trigger.end, trigger.end + 9};
    story.reports[1].relations.push_back({RelationKind::retracts, "", passage});
    EXPECT_EQ(story.run().events.at(0).status, inside ? EventStatus::refuted : EventStatus::single);
  }
}

TEST(Link, PrintedNameOfACitedSourceTiesLikeItsCue) {
  Case story;
  story.family("union", "Sugar Workers' Union", "");
  story.report("origin", "union", "2024-04-20", "Our friend was taken by men without uniform.");
  story.report("citing", "watch", "2024-04-22", "A man was abducted in the morning.")
      .relations.push_back({RelationKind::cites, "Sugar Workers’ Union", Span{0, 5}});
  story.claim("origin", "abduction", "2024-04-20", {kestrin()});
  story.claim("citing", "abduction", "2024-04-20", {kestrin()});
  EXPECT_EQ(story.run().events.at(0).status, EventStatus::single);
}

TEST(Link, PageDatedToTheDayComesAfterTheAgencyOfThatMorning) {
  Case story;
  story.report("agency", "interpress", "2024-04-12", std::string(kBread));
  story.report("reprint", "digest", "2024-04-12", std::string(kBread)).published =
      TimeInterval::of_day(Day::parse("2024-04-12").value(), TimePrecision::day_stated);
  EXPECT_EQ(story.run().lineages.at(0).origin, id_of<ReportId>("agency"));
}

TEST(Link, RelayingAnothersDenialTakesNothingBack) {
  Case story;
  story.report("a", "compass", "2024-04-26", "Two people were killed.");
  story.report("b", "compass", "2024-04-27", "The ministry says that nobody was killed.");
  story.claim("a", "killing", "2024-04-26", {kestrin()});
  Claim& denial = story.claim("b", "killing", "2024-04-26", {kestrin()});
  denial.polarity = Polarity::denied;
  denial.speaker = Actor{"the ministry", "government", std::nullopt};
  denial.attribution = Attribution::authority;
  EXPECT_EQ(story.run().events.at(0).status, EventStatus::contested);
}

TEST(Link, LatestTollOfALineageCountsAndSoFarIsALowerBound) {
  Case story;
  story.report("a", "compass", "2024-04-26", "Two so far.");
  story.report("b", "compass", "2024-04-27", "Four so far.");
  story.report("c", "interpress", "2024-04-28", "Five, says the staff.");
  story.claim("a", "killing", "2024-04-26", {kestrin()}).counts = {count_of("killed", 2, 2, CountScope::so_far)};
  story.claim("b", "killing", "2024-04-26", {kestrin()}).counts = {count_of("killed", 4, 4, CountScope::so_far)};
  story.claim("c", "killing", "2024-04-26", {kestrin()}).counts = {count_of("killed", 5, 5)};
  const LinkOutput out = story.run();
  ASSERT_EQ(out.events.size(), 1U);
  EXPECT_EQ(out.events[0].counts.size(), 3U) << "one a lineage, and the choice";
  const EventCount* count = chosen(out.events[0], "killed");
  ASSERT_NE(count, nullptr);
  EXPECT_EQ(count->count.low, 4);
  EXPECT_EQ(count->count.high, std::nullopt);
}

TEST(Link, FloodOfOneFamilyMovesNoNumber) {
  const auto run_with = [](int copies) {
    Case story;
    story.report("a", "compass", "2024-04-13", "At least forty.");
    story.report("b", "interpress", "2024-04-13", "Forty-five.");
    story.claim("a", "arrest", "2024-04-12", {velmar()}).counts = {count_of("arrested", 40, 40)};
    story.claim("b", "arrest", "2024-04-12", {velmar()}).counts = {count_of("arrested", 45, 45)};
    for (int i = 0; i < copies; ++i) {
      const std::string name = "flood" + std::to_string(i);
      story.family(name, name, "front");
      story.report(name, name, "2024-04-13", "Hundreds! " + name);
      story.claim(name, "arrest", "2024-04-12", {velmar()}).counts = {count_of("arrested", 900, 900)};
    }
    const Event event = story.run().events.at(0);
    return std::pair(chosen(event, "arrested")->count.low, event.lineage_count);
  };
  EXPECT_EQ(run_with(1), run_with(30));
}

TEST(Link, PlansMakeNoEvent) {
  Case story;
  story.report("a", "compass", "2024-05-18", "They call for a rally.");
  story.claim("a", "gathering", "2024-05-25", {kestrin()}).stage = Stage::planned;
  EXPECT_TRUE(story.run().events.empty());
}

TEST(Link, UmbrellaHoldsItsPartsAndIsNeverAddedToThem) {
  Case story;
  story.report("a", "interpress", "2024-04-27", "Protests in six cities.");
  story.report("b", "compass", "2024-04-27", "A rally in Kestrin.");
  story.claim("a", "gathering", "2024-04-26", {narvania()}).umbrella = true;
  story.claim("b", "gathering", "2024-04-26", {kestrin()});
  const LinkOutput out = story.run();
  ASSERT_EQ(out.events.size(), 2U);
  const Event& umbrella = out.events[0].extent == Extent::umbrella ? out.events[0] : out.events[1];
  const Event& part = out.events[0].extent == Extent::umbrella ? out.events[1] : out.events[0];
  EXPECT_EQ(umbrella.extent, Extent::umbrella);
  EXPECT_EQ(part.umbrella, umbrella.id);
  EXPECT_EQ(part.claims.size(), 1U);
}

TEST(Link, RunningTotalIsAnUmbrella) {
  Case story;
  story.report("a", "watch", "2024-05-10", "Since 12 April 210 arrests.");
  story.claim("a", "arrest", "2024-04-12", "2024-05-10", {narvania()}).counts = {
      count_of("arrested", 210, std::nullopt, CountScope::since)};
  const LinkOutput out = story.run();
  ASSERT_EQ(out.events.size(), 1U);
  EXPECT_EQ(out.events[0].extent, Extent::umbrella);
}

TEST(Link, UndatedClaimJoinsTheOnlyFittingEventOfItsWeek) {
  Case story;
  story.report("a", "compass", "2024-04-13", "On Friday they met.");
  story.report("b", "interpress", "2024-04-14", "They met, they say, without a date.");
  story.claim("a", "gathering", "2024-04-12", {kestrin()});
  story.claim("b", "gathering", "", "", {kestrin()});
  const LinkOutput out = story.run();
  ASSERT_EQ(out.events.size(), 1U);
  EXPECT_EQ(out.events[0].time.start->day().text(), "2024-04-12");
}

TEST(Link, HollowReportGivesNoEvent) {
  Case story;
  story.report("a", "compass", "2024-04-13", "Log in").hollow = "login wall";
  story.claim("a", "gathering", "2024-04-12", {kestrin()});
  EXPECT_TRUE(story.run().events.empty());
}

Case two_events() {
  Case story;
  story.report("a", "compass", "2024-04-19", "One.");
  story.report("b", "interpress", "2024-04-20", "Two.");
  story.claim("a", "gathering", "2024-04-18", {kestrin()});
  story.claim("b", "gathering", "2024-04-20", {kestrin()});
  return story;
}

TEST(Link, MergeJoinsWhatTheRulesKeepApart) {
  Case story = two_events();
  story.decide(Verb::merge, {*story.claims[0].anchor, *story.claims[1].anchor});
  const LinkOutput out = story.run();
  ASSERT_EQ(out.events.size(), 1U);
  EXPECT_TRUE(out.orphans.empty());
}

TEST(Link, DistinctAndSplitPartWhatTheRulesJoin) {
  for (const Verb verb : {Verb::distinct, Verb::split}) {
    Case story = two_events();
    story.claims[1].time = story.claims[0].time;
    ASSERT_EQ(story.run().events.size(), 1U);
    std::vector<Anchor> anchors = {*story.claims[0].anchor, *story.claims[1].anchor};
    if (verb == Verb::split) anchors.erase(anchors.begin());
    story.decide(verb, anchors);
    EXPECT_EQ(story.run().events.size(), 2U) << name_of(verb);
  }
}

TEST(Link, RejectedClaimIsInNoEvent) {
  Case story = two_events();
  story.decide(Verb::reject, {*story.claims[0].anchor});
  const LinkOutput out = story.run();
  EXPECT_EQ(out.events.size(), 1U);
  EXPECT_THAT(out.rejected, testing::ElementsAre(story.claims[0].id));
}

TEST(Link, CorrectedDayMovesTheEvent) {
  Case story = two_events();
  Decision& decision = story.decide(Verb::correct, {*story.claims[0].anchor});
  decision.slot = "time";
  decision.value = "2024-04-20";
  const LinkOutput out = story.run();
  EXPECT_EQ(out.events.size(), 1U);
  ASSERT_EQ(out.corrected.size(), 1U);
  EXPECT_EQ(out.corrected[0].time.start->day().text(), "2024-04-20");
}

TEST(Link, CorrectionThatCannotBeReadIsAnOrphan) {
  for (const auto& [slot, value] : std::vector<std::pair<std::string, std::string>>{{"time", "soon"},
                                                                                    {"time", "2024-04-20/2024-04-01"},
                                                                                    {"count:killed", "6-4"},
                                                                                    {"count:killed", "many"},
                                                                                    {"count:", "4"},
                                                                                    {"place", "{"},
                                                                                    {"stage", "dreamt"},
                                                                                    {"mood", "grim"},
                                                                                    {"umbrella", "perhaps"}}) {
    Case story = two_events();
    Decision& decision = story.decide(Verb::correct, {*story.claims[0].anchor});
    decision.slot = slot;
    decision.value = value;
    const LinkOutput out = story.run();
    ASSERT_EQ(out.orphans.size(), 1U) << slot << " " << value;
    EXPECT_EQ(out.orphans[0].decision, decision.id);
    EXPECT_TRUE(out.corrected.empty());
  }
}

TEST(Link, CorrectedCountIsWhatThePersonSays) {
  Case story = two_events();
  Decision& decision = story.decide(Verb::correct, {*story.claims[0].anchor});
  decision.slot = "count:participants";
  decision.value = "300-";
  const LinkOutput out = story.run();
  ASSERT_EQ(out.corrected.size(), 1U);
  ASSERT_EQ(out.corrected[0].counts.size(), 1U);
  EXPECT_EQ(out.corrected[0].counts[0].low, 300);
  EXPECT_EQ(out.corrected[0].counts[0].high, std::nullopt);
}

TEST(Link, DecisionThatMeetsNothingIsAnOrphan) {
  Case story = two_events();
  Anchor gone = *story.claims[0].anchor;
  gone.where = ByteRange{9000, 9001};
  story.decide(Verb::verify, {gone});
  const LinkOutput out = story.run();
  ASSERT_EQ(out.orphans.size(), 1U);
  EXPECT_EQ(out.orphans[0].decision, story.decisions[0].id);
}

TEST(Link, OnlyAPersonVerifies) {
  Case story = two_events();
  story.decide(Verb::verify, {*story.claims[1].anchor});
  const LinkOutput out = story.run();
  ASSERT_EQ(out.events.size(), 2U);
  EXPECT_EQ(out.events[0].status, EventStatus::single);
  EXPECT_EQ(out.events[1].status, EventStatus::verified);
}

TEST(Link, EventKeepsItsIdWhenLaterReportsArrive) {
  Case story = two_events();
  const EventId before = story.run().events.at(0).id;
  Report& late = story.report("late", "@old", "2024-04-18", "I had seen it first.");
  late.captured = noon("2024-07-01");
  story.claim("late", "gathering", "2024-04-18", {kestrin()});
  const LinkOutput out = story.run();
  ASSERT_EQ(out.events.size(), 2U);
  EXPECT_EQ(out.events[0].claims.size(), 2U);
  EXPECT_EQ(out.events[0].id, before);
}

TEST(Link, SpellingsOfOneNameInOneEventAreOneVictim) {
  Case story;
  story.report("a", "union", "2024-04-21", "او را بردند", "fa");
  story.report("b", "watch", "2024-04-22", "He was taken.");
  Person first{"رامین زوروانی", "victim", std::nullopt, "", std::nullopt};
  Person second{"Ramin Zorvani", "victim", 41, "", std::nullopt};
  story.claim("a", "abduction", "2024-04-20", {kestrin()}).persons = {first};
  story.claim("b", "abduction", "2024-04-20", {kestrin()}).persons = {second};
  const LinkOutput out = story.run();
  ASSERT_EQ(out.victims.size(), 1U);
  EXPECT_EQ(out.victims[0].names.size(), 2U);
  EXPECT_EQ(out.victims[0].events.size(), 1U);
}

/// Reports and claims drawn from few days, towns, acts, sources and words, so that much of it links.
Case drawn(std::uint64_t seed) {
  SeededRandom random(seed);
  const auto below = [&](std::uint8_t limit) { return static_cast<std::size_t>(random.array<1>()[0] % limit); };
  const std::vector<Place> towns = {velmar(), kestrin(), arvanik(), lantern_square(), narvania()};
  const std::vector<std::string> acts = {"gathering", "march", "strike", "killing", "live fire", "arrest"};
  const std::vector<std::string> sources = {"a", "b", "c", "d", ""};
  const std::vector<std::string> openings = {"Many people", "A crowd", "Witnesses say that workers", "About 90 men"};
  Case story;
  story.family("a", "A", "one");
  story.family("b", "B", "one");
  for (int i = 0; i < 60; ++i) {
    const std::string name = "r" + std::to_string(i);
    const std::string day = "2024-04-1" + std::to_string(below(10));
    story.report(name, sources[below(5)], day, openings[below(4)] + " came together and asked for bread and for work.");
    for (std::size_t k = 0; k <= below(3); ++k) {
      Claim& claim = story.claim(name, acts[below(6)], "2024-04-1" + std::to_string(below(10)), {towns[below(5)]});
      if (below(6) == 0) claim.polarity = Polarity::denied;
      if (below(8) == 0) claim.umbrella = true;
      if (below(5) == 0) claim.time = {};
      if (below(4) == 0) claim.stage = Stage::continuing;
      claim.counts = {count_of("killed", static_cast<std::int64_t>(below(9)), std::nullopt)};
    }
  }
  story.decide(Verb::merge, {*story.claims[0].anchor, *story.claims[5].anchor});
  story.decide(Verb::split, {*story.claims[9].anchor});
  return story;
}

template <class T>
void shuffle(std::vector<T>& items, SeededRandom& random) {
  for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[random.array<1>()[0] % i]);
}

TEST(Link, OrderOfInputAndNumberOfThreadsChangeNothing) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Case story = drawn(seed);
    const std::string expected = text_of(story.run(1));
    SeededRandom random(seed + 100);
    shuffle(story.reports, random);
    shuffle(story.claims, random);
    shuffle(story.sources, random);
    shuffle(story.decisions, random);
    EXPECT_EQ(text_of(story.run(3)), expected) << "seed " << seed;
  }
}

TEST(Link, EveryReportIsInOneLineageAndEveryClaimInAtMostOneEvent) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Case story = drawn(seed);
    const LinkOutput out = story.run();
    std::vector<ReportId> reports;
    for (const Lineage& lineage : out.lineages) {
      reports.insert(reports.end(), lineage.reports.begin(), lineage.reports.end());
      EXPECT_THAT(lineage.reports, testing::Contains(lineage.origin));
    }
    std::ranges::sort(reports);
    EXPECT_EQ(reports.size(), story.reports.size());
    EXPECT_TRUE(std::ranges::adjacent_find(reports) == reports.end());
    std::vector<ClaimId> claims;
    for (const Event& event : out.events) claims.insert(claims.end(), event.claims.begin(), event.claims.end());
    std::ranges::sort(claims);
    EXPECT_TRUE(std::ranges::adjacent_find(claims) == claims.end()) << "seed " << seed;
  }
}

TEST(Link, DigestReadsBackAsItWasWritten) {
  Report report = drawn(3).reports[0];
  report.url = "https://www.compass.example/a/?utm_source=x&id=4#top";
  report.links = {"https://x.com/somebody/status/123?s=20"};
  report.relations.push_back({RelationKind::forwards, "https://t.me/channel/4", std::nullopt});
  report.media.push_back({std::nullopt, "image/png", "People carry bread through a narrow street"});
  report.text += " According to the Compass, 41 were there.";
  const ReportDigest made = digest(report);
  EXPECT_EQ(made.url, "compass.example/a?id=4");
  EXPECT_THAT(made.links, testing::ElementsAre("x.com/status/123"));
  EXPECT_THAT(made.cited, testing::Contains("the compass 41 were there"));
  EXPECT_FALSE(made.captions.empty());
  const std::string json = to_json(made);
  const auto read = report_digest_from_json(Json::parse(json).value());
  ASSERT_TRUE(read.has_value()) << read.error().sentence();
  EXPECT_EQ(to_json(*read), json);
}

TEST(Link, BrokenDigestIsRefused) {
  const std::string good = to_json(digest(drawn(3).reports[0]));
  for (const auto& [from, to] :
       std::vector<std::pair<std::string, std::string>>{{"\"part\":0", "\"part\":-1"},
                                                        {"\"hollow\":false", "\"hollow\":7"},
                                                        {"\"text_hash\":\"", "\"text_hash\":\"x"},
                                                        {"\"signature\":[", "\"signature\":[\"a\","},
                                                        {"\"cited\":[", "\"cited\":[4"}}) {
    std::string bad = good;
    const std::size_t at = bad.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    bad.replace(at, from.size(), to);
    const auto json = Json::parse(bad);
    ASSERT_TRUE(json.has_value()) << bad;
    EXPECT_FALSE(report_digest_from_json(*json).has_value()) << to;
  }
}

}  // namespace
}  // namespace gavah::link
