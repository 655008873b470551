#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "link/link_case.h"

namespace gavah::link {
namespace {

TEST(Ruling, MergeJoinsWhatTheRulesKeepApart) {
  Case story = two_events();
  story.decide(Verb::merge, {*story.claims[0].anchor, *story.claims[1].anchor});
  const LinkOutput out = story.run();
  ASSERT_EQ(out.events.size(), 1U);
  EXPECT_TRUE(out.orphans.empty());
}

TEST(Ruling, DistinctAndSplitPartWhatTheRulesJoin) {
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

TEST(Ruling, DistinctLeavesEventsThatAreApartAsTheyAre) {
  Case story = two_events();
  story.report("c", "interpress", "2024-04-21", "Three.");
  story.claim("c", "gathering", "2024-04-20", {kestrin()});
  story.reports[2].text = story.reports[1].text;
  story.decide(Verb::distinct, {*story.claims[0].anchor, *story.claims[1].anchor});
  const LinkOutput out = story.run();
  ASSERT_EQ(out.events.size(), 2U);
  EXPECT_EQ(out.events[1].claims.size(), 2U);
}

TEST(Ruling, RejectedClaimIsInNoEvent) {
  Case story = two_events();
  story.decide(Verb::reject, {*story.claims[0].anchor});
  const LinkOutput out = story.run();
  EXPECT_EQ(out.events.size(), 1U);
  EXPECT_THAT(out.rejected, testing::ElementsAre(story.claims[0].id));
}

TEST(Ruling, CorrectedDayMovesTheEvent) {
  Case story = two_events();
  Decision& decision = story.decide(Verb::correct, {*story.claims[0].anchor});
  decision.slot = "time";
  decision.value = "2024-04-20";
  const LinkOutput out = story.run();
  EXPECT_EQ(out.events.size(), 1U);
  ASSERT_EQ(out.corrected.size(), 1U);
  EXPECT_EQ(out.corrected[0].time.start->day().text(), "2024-04-20");
}

TEST(Ruling, CorrectionThatCannotBeReadIsAnOrphan) {
  for (const auto& [slot, value] :
       std::vector<std::pair<std::string, std::string>>{{"time", "soon"},
                                                        {"time", "2024-04-20/2024-04-01"},
                                                        {"count:killed", "6-4"},
                                                        {"count:killed", "many"},
                                                        {"count:", "4"},
                                                        {"place", "{"},
                                                        {"stage", "dreamt"},
                                                        {"mood", "grim"},
                                                        {"umbrella", "perhaps"},
                                                        {"attribution", "hearsay"},
                                                        {"attribution", "{}"},
                                                        {"actor", "the police"},
                                                        {"target", "[3]"},
                                                        {"person", "[{\"age\":\"old\"}]"}}) {
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

TEST(Ruling, CorrectedCountIsWhatThePersonSays) {
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

/// The first of two claims, one slot of it corrected; it names police, who say it, and one person.
Claim corrected_claim(std::string slot, std::string value) {
  Case story = two_events();
  Claim& claim = story.claims[0];
  claim.actors = {{"riot police", "police", Span{4, 15}}};
  claim.targets = {{"the crowd", "protesters", Span{20, 29}}};
  claim.attribution = Attribution::authority;
  claim.speaker = Actor{"the governor", "government", Span{40, 52}};
  claim.persons = {{"Edda Morn", "victim", 23, "injured", Span{60, 69}}};
  Decision& decision = story.decide(Verb::correct, {*claim.anchor});
  decision.slot = std::move(slot);
  decision.value = std::move(value);
  const LinkOutput out = story.run();
  EXPECT_EQ(out.orphans.size(), 0U);
  return out.corrected.empty() ? Claim{} : out.corrected[0];
}

TEST(Ruling, CorrectedActorsKeepTheWordsThatTheClaimHasOfThem) {
  const Claim claim =
      corrected_claim("target", R"([{"name":"riot police","class":"police","span":[1,2]},{"name":"Guards"}])");
  EXPECT_THAT(claim.targets,
              testing::ElementsAre(Actor{"riot police", "police", Span{4, 15}}, Actor{"Guards", "unknown", {}}));
  EXPECT_THAT(corrected_claim("actor", "[]").actors, testing::IsEmpty());
  EXPECT_EQ(corrected_claim("actor", R"({"name":"the crowd","class":"students"})").actors.at(0).span, Span(20, 29));
}

TEST(Ruling, CorrectedAttributionSaysWhoVouches) {
  EXPECT_EQ(corrected_claim("attribution", "witness").speaker->name, "the governor");
  EXPECT_EQ(corrected_claim("attribution", "unattributed").speaker, std::nullopt);
  const Claim claim =
      corrected_claim("attribution", R"({"attribution":"witness","speaker":{"name":"a nurse","class":"civilians"}})");
  EXPECT_EQ(claim.attribution, Attribution::witness);
  EXPECT_EQ(claim.speaker, (Actor{"a nurse", "civilians", {}}));
  EXPECT_EQ(corrected_claim("attribution", R"({"attribution":"unattributed","speaker":{"name":"a nurse"}})").speaker,
            std::nullopt)
      << "nobody vouches";
}

TEST(Ruling, CorrectedPersonsAreTheOnesThatThePersonSays) {
  const Claim claim = corrected_claim(
      "person", R"([{"name":"Edda Morn","role":"victim","age":24,"condition":"killed"},{"name":"Tal Ruen"}])");
  EXPECT_THAT(claim.persons, testing::ElementsAre(Person{"Edda Morn", "victim", 24, "killed", Span{60, 69}},
                                                  Person{"Tal Ruen", "", {}, "", {}}));
}

TEST(Ruling, CorrectedPersonWithoutNameKeepsTheWordsOfTheOneOfItsAge) {
  Case story = two_events();
  Claim& claim = story.claims[0];
  claim.persons = {{"", "victim", 16, "killed", Span{10, 20}}, {"", "victim", 40, "killed", Span{30, 40}}};
  Decision& decision = story.decide(Verb::correct, {*claim.anchor});
  decision.slot = "person";
  decision.value = R"([{"age":40,"condition":"injured"},{"age":16},{"age":9},{"role":"victim"}])";
  const LinkOutput out = story.run();
  ASSERT_EQ(out.corrected.size(), 1U);
  EXPECT_THAT(out.corrected[0].persons,
              testing::ElementsAre(Person{"", "", 40, "injured", Span{30, 40}}, Person{"", "", 16, "", Span{10, 20}},
                                   Person{"", "", 9, "", {}}, Person{"", "victim", {}, "", {}}));
  story.claims[0].persons[0].age = 40;
  EXPECT_EQ(story.run().corrected.at(0).persons.at(0).span, std::nullopt) << "nobody can say which of the two";
}

TEST(Ruling, CorrectedActorWithoutNameKeepsTheWordsOfTheOneOfItsClass) {
  Case story = two_events();
  Claim& claim = story.claims[0];
  claim.actors = {{"", "police", Span{4, 15}}, {"", "military", Span{20, 29}}};
  Decision& decision = story.decide(Verb::correct, {*claim.anchor});
  decision.slot = "actor";
  decision.value = R"([{"name":"","class":"military"},{"name":"","class":"students"}])";
  const LinkOutput out = story.run();
  ASSERT_EQ(out.corrected.size(), 1U);
  EXPECT_THAT(out.corrected[0].actors,
              testing::ElementsAre(Actor{"", "military", Span{20, 29}}, Actor{"", "students", {}}));
}

TEST(Ruling, CorrectionOfOneActLeavesTheOtherActsOfItsSentenceAlone) {
  Case story = two_events();
  story.claims[1].anchor = story.claims[0].anchor;
  story.claims[1].act = "arrest";
  Decision& decision = story.decide(Verb::correct, {*story.claims[0].anchor});
  decision.slot = story.claims[0].act + "/count:participants";
  decision.value = "300-";
  const LinkOutput out = story.run();
  ASSERT_EQ(out.corrected.size(), 1U);
  EXPECT_EQ(out.corrected[0].id, story.claims[0].id);
  story.decisions[0].slot = "release/count:participants";
  EXPECT_EQ(story.run().orphans.size(), 1U) << "no claim of that act is there";
}

/// "... killed two in the north and three in the south": two claims of one act in one sentence.
Case two_of_one_sentence() {
  Case story = two_events();
  story.claims[1].anchor = story.claims[0].anchor;
  story.claims[0].trigger = {40, 46};
  story.claims[1].trigger = {10, 16};
  return story;
}

TEST(Ruling, OneOfTwoClaimsOfAnActInASentenceIsCorrectedAlone) {
  for (const std::size_t meant : {0U, 1U}) {
    Case story = two_of_one_sentence();
    Decision& decision = story.decide(Verb::correct, {*story.claims[0].anchor});
    decision.slot = story.claims[0].act + (meant == 0 ? " 2 of 2" : " 1 of 2") + "/count:participants";
    decision.value = "300";
    const LinkOutput out = story.run();
    ASSERT_EQ(out.corrected.size(), 1U);
    EXPECT_EQ(out.corrected[0].id, story.claims[meant].id) << "in the order of their triggers";
  }
}

TEST(Ruling, OneOfTwoClaimsOfAnActInASentenceIsRejectedAlone) {
  Case story = two_of_one_sentence();
  story.decide(Verb::reject, {*story.claims[0].anchor}).slot = story.claims[0].act + " 1 of 2";
  EXPECT_THAT(story.run().rejected, testing::ElementsAre(story.claims[1].id));
}

TEST(Ruling, DecisionOnOneOfTwoIsAnOrphanWhereAnotherNumberIsFound) {
  for (const std::string_view which : {" 1 of 3", " 2 of 1", " 0 of 2"}) {
    Case story = two_of_one_sentence();
    story.decide(Verb::reject, {*story.claims[0].anchor}).slot = story.claims[0].act + std::string(which);
    EXPECT_EQ(story.run().orphans.size(), 1U) << which;
  }
}

TEST(Ruling, DecisionThatNamesTheActAloneMeansAllItsClaimsThere) {
  Case story = two_of_one_sentence();
  story.decide(Verb::reject, {*story.claims[0].anchor}).slot = story.claims[0].act;
  EXPECT_EQ(story.run().rejected.size(), 2U) << "as every decision before there were ranks";
}

/// The first of the two, claims[1], is a strike, says a person.
Case with_first_act_corrected() {
  Case story = two_of_one_sentence();
  Decision& decision = story.decide(Verb::correct, {*story.claims[0].anchor});
  decision.slot = "gathering 1 of 2/act";
  decision.value = "strike";
  return story;
}

TEST(Ruling, RankMeansTheClaimsAsCodedAlsoAfterTheActOfASiblingIsCorrected) {
  Case story = with_first_act_corrected();
  story.decide(Verb::reject, {*story.claims[0].anchor}).slot = "gathering 2 of 2";
  const LinkOutput out = story.run();
  EXPECT_TRUE(out.orphans.empty());
  EXPECT_THAT(out.rejected, testing::ElementsAre(story.claims[0].id));
  Decision& revocation = story.decide(Verb::revoke, {*story.claims[0].anchor});
  revocation.value = story.decisions[0].id.hex();
  EXPECT_THAT(story.run().rejected, testing::ElementsAre(story.claims[0].id)) << "whatever becomes of the correction";
}

TEST(Ruling, RankMeansTheClaimAsCodedAlsoAfterItsOwnActIsCorrected) {
  Case story = with_first_act_corrected();
  Decision& decision = story.decide(Verb::correct, {*story.claims[0].anchor});
  decision.slot = "gathering 1 of 2/count:participants";
  decision.value = "300";
  const LinkOutput out = story.run();
  EXPECT_TRUE(out.orphans.empty());
  ASSERT_EQ(out.corrected.size(), 1U);
  EXPECT_EQ(out.corrected[0].act, "strike");
  ASSERT_EQ(out.corrected[0].counts.size(), 1U);
}

TEST(Ruling, ActWithoutRankMeansTheClaimsAsTheyAreByThen) {
  Case story = with_first_act_corrected();
  story.decide(Verb::reject, {*story.claims[0].anchor}).slot = "strike";
  EXPECT_THAT(story.run().rejected, testing::ElementsAre(story.claims[1].id)) << "as before there were ranks";
  story.decisions[1].slot = "gathering";
  EXPECT_THAT(story.run().rejected, testing::ElementsAre(story.claims[0].id));
}

TEST(Ruling, DecisionThatMeetsNothingIsAnOrphan) {
  Case story = two_events();
  Anchor gone = *story.claims[0].anchor;
  gone.where = ByteRange{9000, 9001};
  story.decide(Verb::verify, {gone});
  const LinkOutput out = story.run();
  ASSERT_EQ(out.orphans.size(), 1U);
  EXPECT_EQ(out.orphans[0].decision, story.decisions[0].id);
}

TEST(Ruling, OnlyAPersonVerifies) {
  Case story = two_events();
  story.decide(Verb::verify, {*story.claims[1].anchor});
  const LinkOutput out = story.run();
  ASSERT_EQ(out.events.size(), 2U);
  EXPECT_EQ(out.events[0].status, EventStatus::single);
  EXPECT_EQ(out.events[1].status, EventStatus::verified);
}

TEST(Ruling, EventKeepsItsIdWhenLaterReportsArrive) {
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

}  // namespace
}  // namespace gavah::link
