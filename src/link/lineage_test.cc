#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "link/link_case.h"

namespace gavah::link {
namespace {

TEST(Lineage, ReportsOfOneActByTwoFamiliesCorroborateEachOther) {
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

TEST(Lineage, SourcesOfOneFamilyAreOneVoice) {
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

TEST(Lineage, ReportsOfUnknownSourceDoNotCorroborate) {
  Case story;
  story.report("a", "", "2024-04-13", "They met at the square, somebody wrote on a wall.");
  story.report("b", "", "2024-04-13", "A leaflet tells of a meeting of many on Friday.");
  story.claim("a", "gathering", "2024-04-12", {velmar()});
  story.claim("b", "gathering", "2024-04-12", {velmar()});
  const LinkOutput out = story.run();
  ASSERT_EQ(out.events.size(), 1U);
  EXPECT_EQ(out.events[0].status, EventStatus::single);
}

TEST(Lineage, ReprintIsOfTheLineageOfItsOrigin) {
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

TEST(Lineage, PersianReprintWithOtherLetterFormsIsACopy) {
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

TEST(Lineage, TranslationThatNamesItsSourceIsOfItsLineage) {
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

TEST(Lineage, PlacelessClaimOfACitingReportGoesToTheEventOfItsOrigin) {
  Case story;
  story.family("interpress", "Interpress / اینترپرس", "");
  story.report("origin", "interpress", "2024-04-12", std::string(kBread));
  story.report("fa", "gazette", "2024-04-13", "به گزارش خبرگزاری اینترپرس، صدها نفر در میدان فانوس تجمع کردند.", "fa");
  story.claim("origin", "gathering", "2024-04-12", {lantern_square()});
  story.claim("fa", "gathering", "2024-04-12", {lantern_square()});
  story.claim("origin", "arrest", "2024-04-12", {velmar()});
  story.claim("fa", "arrest", "2024-04-12", "2024-04-13", {});
  EXPECT_EQ(story.run().events.size(), 2U);
}

TEST(Lineage, CitingASourceOnAnotherEventTiesNothing) {
  Case story;
  story.family("interpress", "Interpress", "");
  story.report("origin", "interpress", "2024-04-12", std::string(kBread));
  story.report("other", "gazette", "2024-04-13", "According to Interpress, workers blocked a road near Kestrin.");
  story.claim("origin", "gathering", "2024-04-12", {lantern_square()});
  story.claim("other", "blockade", "2024-04-13", {kestrin()});
  EXPECT_EQ(story.run().lineages.size(), 2U);
}

TEST(Lineage, PostThatOnlyQuotesIsOfTheLineageOfWhatItQuotes) {
  Case story;
  story.report("post", "@witness", "2024-04-12", "Hundreds in Lantern Square now, they chant for bread and work");
  story.report("quote", "@echo", "2024-04-12", "Look at this")
      .relations.push_back({RelationKind::quotes, id_of<ReportId>("post").hex(), std::nullopt});
  EXPECT_EQ(story.run().lineages.size(), 1U);
}

TEST(Lineage, ArticleIsNotOfTheLineageOfThePostItEmbeds) {
  Case story;
  story.report("post", "@witness", "2024-04-12", "Hundreds in Lantern Square now, they chant for bread and work");
  story.report("article", "compass", "2024-04-12", "Our reporter was there when police came from three sides.")
      .relations.push_back({RelationKind::embeds, id_of<ReportId>("post").hex(), std::nullopt});
  EXPECT_EQ(story.run().lineages.size(), 2U);
}

TEST(Lineage, ArticleAndThePostsOfItsOwnFamilyThatItEmbedsAreOneLineage) {
  Case story;
  story.family("@union", "The union's account", "union");
  story.family("bulletin", "The union's bulletin", "union");
  story.report("post", "@union", "2024-04-12", "Hundreds in Lantern Square now, they chant for bread and work");
  story.report("article", "bulletin", "2024-04-12", "We were there when police came from three sides.")
      .relations.push_back({RelationKind::embeds, id_of<ReportId>("post").hex(), std::nullopt});
  const LinkOutput out = story.run();
  ASSERT_EQ(out.lineages.size(), 1U);
  EXPECT_EQ(out.lineages[0].kind, LineageKind::same_family);
}

TEST(Lineage, SameAddressCapturedTwiceIsOneLineageWithTheLaterValue) {
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

TEST(Lineage, OldCaptionUnderANewDateMakesNoSecondEvent) {
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

TEST(Lineage, BulletinsOfOneSourceAreNoCopiesOfEachOther) {
  Case story;
  const std::string frame = " workers of the mill in Kestrin are still on strike and wait for four months of wages.";
  story.report("a", "union", "2024-04-08", "Day 3: 880" + frame);
  story.report("b", "union", "2024-04-10", "Day 5: 900" + frame);
  EXPECT_EQ(story.run().lineages.size(), 2U);
  story.reports[1].source = "@echo";
  EXPECT_EQ(story.run().lineages.size(), 1U) << "from another source it is a copy with changed numbers";
}

TEST(Lineage, RoundupDoesNotChainTheLineagesOfItsFamily) {
  Case story;
  story.report("week", "compass", "2024-04-21", "Two things happened.");
  story.report("a", "compass", "2024-04-18", "One of them.");
  story.report("b", "compass", "2024-04-20", "The other one.");
  story.claim("week", "gathering", "2024-04-18", {kestrin()});
  story.claim("week", "gathering", "2024-04-20", {kestrin()});
  story.claim("a", "gathering", "2024-04-18", {kestrin()});
  story.claim("b", "gathering", "2024-04-20", {kestrin()});
  const LinkOutput out = story.run();
  EXPECT_EQ(out.lineages.size(), 3U);
  for (const Event& event : out.events) EXPECT_EQ(event.lineage_count, 1U) << "one family is one voice all the same";
}

TEST(Lineage, PrintedNameOfACitedSourceTiesLikeItsCue) {
  Case story;
  story.family("union", "Sugar Workers' Union", "");
  story.report("origin", "union", "2024-04-20", "Our friend was taken by men without uniform.");
  story.report("citing", "watch", "2024-04-22", "A man was abducted in the morning.")
      .relations.push_back({RelationKind::cites, "Sugar Workers’ Union", Span{0, 5}});
  story.claim("origin", "abduction", "2024-04-20", {kestrin()});
  story.claim("citing", "abduction", "2024-04-20", {kestrin()});
  EXPECT_EQ(story.run().events.at(0).status, EventStatus::single);
}

TEST(Lineage, PageDatedToTheDayComesAfterTheAgencyOfThatMorning) {
  Case story;
  story.report("agency", "interpress", "2024-04-12", std::string(kBread));
  story.report("reprint", "digest", "2024-04-12", std::string(kBread)).published =
      TimeInterval::of_day(Day::parse("2024-04-12").value(), TimePrecision::day_stated);
  EXPECT_EQ(story.run().lineages.at(0).origin, id_of<ReportId>("agency"));
}

}  // namespace
}  // namespace gavah::link
