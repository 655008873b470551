#include "link/victims.h"

#include <gtest/gtest.h>

#include "link/link_case.h"

namespace gavah::link {
namespace {

Person told(std::string name, std::optional<std::int64_t> age) {
  return {std::move(name), "victim", age, "killed", std::nullopt};
}

/// Two sources that tell of one killing in Kestrin, each of these persons.
LinkOutput told_by(std::vector<Person> first, std::vector<Person> second) {
  Case story;
  story.report("a", "union", "2024-04-21", "One.");
  story.report("b", "watch", "2024-04-22", "Two.");
  story.claim("a", "killing", "2024-04-20", {kestrin()}).persons = std::move(first);
  story.claim("b", "killing", "2024-04-20", {kestrin()}).persons = std::move(second);
  return story.run();
}

TEST(Victims, APersonWithoutANameIsAVictimWithTheEvidence) {
  const LinkOutput out = told_by({told("", 19)}, {});
  ASSERT_EQ(out.victims.size(), 1U);
  EXPECT_TRUE(out.victims[0].names.empty());
  EXPECT_EQ(out.victims[0].claims.size(), 1U);
  EXPECT_EQ(out.victims[0].events.size(), 1U);
  EXPECT_NE(out.victims[0].attributes.find(R"("ages":[19])"), std::string::npos) << out.victims[0].attributes;
}

TEST(Victims, TheSameAgeInOneEventIsOnePerson) {
  const LinkOutput out = told_by({told("", 19)}, {told("", 19), told("", 24)});
  ASSERT_EQ(out.victims.size(), 2U);
  EXPECT_EQ(out.victims[0].claims.size() + out.victims[1].claims.size(), 3U);
}

TEST(Victims, ANamelessPersonIsTheNamedOneWhoseAgeThatCanBe) {
  const LinkOutput same = told_by({told("Mina Adur", 19)}, {told("", 19)});
  ASSERT_EQ(same.victims.size(), 1U);
  EXPECT_EQ(same.victims[0].names, std::vector<std::string>{"Mina Adur"});
  EXPECT_EQ(same.victims[0].claims.size(), 2U);
  EXPECT_EQ(told_by({told("Mina Adur", std::nullopt)}, {told("", 19)}).victims.size(), 1U);
  EXPECT_EQ(told_by({told("Mina Adur", 31)}, {told("", 19)}).victims.size(), 2U);
}

TEST(Victims, WhereItCanBeSeveralNobodyIsAdded) {
  const LinkOutput out =
      told_by({told("Mina Adur", std::nullopt), told("Ramin Zorvani", std::nullopt)}, {told("", 19)});
  EXPECT_EQ(out.victims.size(), 2U);
  for (const Victim& victim : out.victims) EXPECT_EQ(victim.claims.size(), 1U);
}

TEST(Victims, SomeoneWithNeitherNameNorAgeIsNobody) {
  EXPECT_TRUE(told_by({told("", std::nullopt)}, {}).victims.empty());
}

TEST(Victims, TheOrderOfSourcesChangesNothing) {
  Case story;
  story.report("a", "union", "2024-04-21", "One.");
  story.report("b", "watch", "2024-04-22", "Two.");
  story.report("c", "compass", "2024-04-25", "Three.");
  story.claim("a", "killing", "2024-04-20", {kestrin()}).persons = {told("", 19), told("", 24)};
  story.claim("b", "killing", "2024-04-20", {kestrin()}).persons = {told("Mina Adur", 24), told("Ramin Zorvani", {})};
  story.claim("c", "arrest", "2024-04-24", {kestrin()}).persons = {told("Ramin Zorvani", 19), told("", 19)};
  Case turned = story;
  std::ranges::reverse(turned.claims);
  std::ranges::reverse(turned.reports);
  EXPECT_EQ(text_of(story.run()), text_of(turned.run()));
}

}  // namespace
}  // namespace gavah::link
