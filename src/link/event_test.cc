#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "link/link_case.h"

namespace gavah::link {
namespace {

TEST(LinkedEvent, SameDaySameActInTwoTownsAreTwoEvents) {
  Case story;
  story.report("a", "compass", "2024-04-20", "In Kestrin and in Arvanik teachers met.");
  story.claim("a", "gathering", "2024-04-19", {kestrin()});
  story.claim("a", "gathering", "2024-04-19", {arvanik()});
  const LinkOutput out = story.run();
  ASSERT_EQ(out.events.size(), 2U);
  EXPECT_NE(out.events[0].id, out.events[1].id);
}

TEST(LinkedEvent, StatedDaysApartAreTwoEvents) {
  Case story;
  story.report("a", "compass", "2024-04-20", "Twice this week.");
  story.claim("a", "gathering", "2024-04-18", {kestrin()});
  story.claim("a", "gathering", "2024-04-19", {kestrin()});
  EXPECT_EQ(story.run().events.size(), 2U);
}

TEST(LinkedEvent, StrikeOfTenDaysIsOneContinuingEvent) {
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

TEST(LinkedEvent, StatedFirstDayIsBetterThanOneCountedBackFromTheEnd) {
  Case story;
  story.report("a", "union", "2024-04-06", "From this morning on.");
  story.report("b", "union", "2024-04-15", "Over after ten days.");
  story.claim("a", "strike", "2024-04-06", {kestrin()});
  story.claim("b", "strike", "2024-04-05", "2024-04-15", {kestrin()}).stage = Stage::ended;
  const LinkOutput out = story.run();
  ASSERT_EQ(out.events.size(), 1U);
  EXPECT_EQ(out.events[0].time.start->day().text(), "2024-04-06");
}

TEST(LinkedEvent, ShutdownHasAnAreaAndNoAddress) {
  Case story;
  story.report("a", "compass", "2024-04-26", "The internet was cut, told beside the square.");
  story.report("b", "netpulse", "2024-04-26", "The town is offline.");
  story.claim("a", "censorship", "2024-04-26", {lantern_square()});
  story.claim("b", "censorship", "2024-04-26", {velmar()});
  const LinkOutput out = story.run();
  ASSERT_EQ(out.events.size(), 1U);
  ASSERT_EQ(out.events[0].places.size(), 1U);
  EXPECT_EQ(out.events[0].places[0].id, "31");
}

TEST(LinkedEvent, StrikeAfterAnEndedOneIsAnother) {
  Case story;
  story.report("a", "union", "2024-04-06", "Over.");
  story.claim("a", "strike", "2024-04-06", {kestrin()}).stage = Stage::ended;
  story.report("b", "union", "2024-04-08", "Again.");
  story.claim("b", "strike", "2024-04-08", {kestrin()});
  EXPECT_EQ(story.run().events.size(), 2U);
}

TEST(LinkedEvent, StrikeWithoutNewsForLongIsAnother) {
  for (const auto& [day, events] : {std::pair("2024-04-09", 1U), std::pair("2024-04-11", 2U)}) {
    Case story;
    story.report("a", "union", "2024-04-06", "We are on strike.");
    story.report("b", "compass", day, "They are on strike at the mill.");
    story.claim("a", "strike", "2024-04-06", {kestrin()});
    story.claim("b", "strike", day, {kestrin()});
    EXPECT_EQ(story.run().events.size(), events) << day;
  }
}

TEST(LinkedEvent, StrikesOfDifferentPeopleInOneTownAreDifferent) {
  Case story;
  story.report("a", "union", "2024-04-06", "Bakers.");
  story.report("b", "compass", "2024-04-07", "Teachers.");
  story.claim("a", "strike", "2024-04-06", {kestrin()}).actors = {{"bakers", "workers", std::nullopt}};
  story.claim("b", "strike", "2024-04-07", {kestrin()}).actors = {{"pupils", "students", std::nullopt}};
  EXPECT_EQ(story.run().events.size(), 2U);
  story.claims[1].actors[0].actor_class = "workers";
  EXPECT_EQ(story.run().events.size(), 1U);
}

TEST(LinkedEvent, SharedNameBridgesADayThatWasResolvedFromAWord) {
  for (const bool is_named : {true, false}) {
    Case story;
    story.report("a", "union", "2024-04-20", "He was taken.");
    story.report("b", "watch", "2024-04-22", "They took him yesterday.");
    Claim& first = story.claim("a", "abduction", "2024-04-20", {kestrin()});
    if (is_named) first.persons = {{"Ramin Zorvani", "victim", std::nullopt, "", std::nullopt}};
    Claim& second = story.claim("b", "abduction", "2024-04-21", {kestrin()});
    second.time.precision = TimePrecision::day_resolved;
    if (is_named) second.persons = {{"Ramin Zorvani", "victim", std::nullopt, "", std::nullopt}};
    EXPECT_EQ(story.run().events.size(), is_named ? 1U : 2U);
  }
}

TEST(LinkedEvent, CoarseClaimThatFitsTwoEventsAlikeIsLeftAlone) {
  Case story;
  story.report("a", "compass", "2024-04-20", "In two towns.");
  story.report("b", "interpress", "2024-04-21", "Somewhere in the province.");
  story.claim("a", "gathering", "2024-04-19", {velmar()});
  story.claim("a", "gathering", "2024-04-19", {arvanik()});
  story.claim("b", "gathering", "2024-04-19",
              {place("XV-01", "Velmar Province", PlacePrecision::province, {"XV", "XV-01"})});
  EXPECT_EQ(story.run().events.size(), 3U);
  story.claims.erase(story.claims.begin() + 1);
  EXPECT_EQ(story.run().events.size(), 1U) << "with one town there is no doubt";
}

TEST(LinkedEvent, AssertingAndDoubtingInOneReportTakesNothingBack) {
  Case story;
  story.report("a", "gazette", "2024-05-11", "Guards opened fire, or so it seemed; we doubt it.");
  story.claim("a", "live fire", "2024-05-11", {arvanik()});
  story.claim("a", "live fire", "2024-05-11", {arvanik()}).polarity = Polarity::doubted;
  EXPECT_EQ(story.run().events.at(0).status, EventStatus::single);
}

TEST(LinkedEvent, DenialByAnotherLineageMakesTheEventContested) {
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

TEST(LinkedEvent, DenialOfNothingToldMakesNoEvent) {
  Case story;
  story.report("b", "herald", "2024-04-27", "No one was killed, it said.");
  story.claim("b", "killing", "2024-04-26", {kestrin()}).polarity = Polarity::denied;
  EXPECT_TRUE(story.run().events.empty());
}

TEST(LinkedEvent, RetractionByItsOnlySourceRefutes) {
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

TEST(LinkedEvent, ActRepeatedInsideTheWordsThatTakeItBackIsTakenBack) {
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

TEST(LinkedEvent, RelayingAnothersDenialTakesNothingBack) {
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

TEST(LinkedEvent, LatestTollOfALineageCountsAndSoFarIsALowerBound) {
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

TEST(LinkedEvent, FloodOfOneFamilyMovesNoNumber) {
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

TEST(LinkedEvent, PlansMakeNoEvent) {
  Case story;
  story.report("a", "compass", "2024-05-18", "They call for a rally.");
  story.claim("a", "gathering", "2024-05-25", {kestrin()}).stage = Stage::planned;
  EXPECT_TRUE(story.run().events.empty());
}

TEST(LinkedEvent, UmbrellaHoldsItsPartsAndIsNeverAddedToThem) {
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

TEST(LinkedEvent, OneDayAtOneFacilityIsNoUmbrella) {
  Case story;
  story.report("a", "compass", "2024-04-13", "Hundreds at the square in Velmar.");
  story.claim("a", "gathering", "2024-04-12", {lantern_square(), velmar()}).umbrella = true;
  EXPECT_EQ(story.run().events.at(0).extent, Extent::moment);
}

TEST(LinkedEvent, PeopleOnStrikeSinceMondayAreNoRunningTotal) {
  Case story;
  story.report("a", "compass", "2024-05-09", "Twelve since Wednesday.");
  story.claim("a", "hunger strike", "2024-05-01", "2024-05-08", {kestrin()}).counts = {
      count_of("participants", 12, 12, CountScope::since)};
  EXPECT_EQ(story.run().events.at(0).extent, Extent::continuing);
}

TEST(LinkedEvent, UndatedEventIsPartOfNoUmbrella) {
  Case story;
  story.report("a", "interpress", "2024-04-27", "Protests all month.");
  story.report("b", "compass", "2024-04-27", "A rally in Kestrin, some time ago.");
  story.claim("a", "gathering", "2024-04-01", "2024-04-30", {narvania()}).umbrella = true;
  story.claim("b", "gathering", "", "", {kestrin()});
  for (const Event& event : story.run().events) EXPECT_EQ(event.umbrella, std::nullopt);
}

TEST(LinkedEvent, RunningTotalIsAnUmbrella) {
  Case story;
  story.report("a", "watch", "2024-05-10", "Since 12 April 210 arrests.");
  story.claim("a", "arrest", "2024-04-12", "2024-05-10", {narvania()}).counts = {
      count_of("arrested", 210, std::nullopt, CountScope::since)};
  const LinkOutput out = story.run();
  ASSERT_EQ(out.events.size(), 1U);
  EXPECT_EQ(out.events[0].extent, Extent::umbrella);
}

TEST(LinkedEvent, UndatedClaimJoinsTheOnlyFittingEventOfItsWeek) {
  Case story;
  story.report("a", "compass", "2024-04-13", "On Friday they met.");
  story.report("b", "interpress", "2024-04-14", "They met, they say, without a date.");
  story.claim("a", "gathering", "2024-04-12", {kestrin()});
  story.claim("b", "gathering", "", "", {kestrin()});
  const LinkOutput out = story.run();
  ASSERT_EQ(out.events.size(), 1U);
  EXPECT_EQ(out.events[0].time.start->day().text(), "2024-04-12");
}

TEST(LinkedEvent, HollowReportGivesNoEvent) {
  Case story;
  story.report("a", "compass", "2024-04-13", "Log in").hollow = "login wall";
  story.claim("a", "gathering", "2024-04-12", {kestrin()});
  EXPECT_TRUE(story.run().events.empty());
}

TEST(LinkedEvent, SpellingsOfOneNameInOneEventAreOneVictim) {
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

}  // namespace
}  // namespace gavah::link
