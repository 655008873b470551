#include "proof/rule.h"

#include <gtest/gtest.h>

#include <set>

namespace gavah::proof {
namespace {

Rule killings_in_2022() {
  Rule rule;
  rule.name = "killed-2022";
  rule.where = {{"act/name", {"clash", "killing"}}, {"place/country", {"ZZ"}}};
  rule.window = Window{Day::from_civil(2022, 1, 1), Day::from_civil(2023, 1, 1)};
  rule.cells = {"time/month", "place/province"};
  rule.sum = "killed";
  return rule;
}

TEST(Rule, CanonicalBytesReadBackAndAreStable) {
  const Rule rule = killings_in_2022();
  EXPECT_EQ(rule.canonical(),
            R"({"type":"rule","format":"gavah/0","name":"killed-2022","unit":"events","umbrellas":"excluded",)"
            R"("where":[{"slot":"act/name","in":["clash","killing"]},{"slot":"place/country","in":["ZZ"]}],)"
            R"("window":{"from":"2022-01-01","to":"2023-01-01"},"cells":["time/month","place/province"],)"
            R"("measure":{"sum":"killed"}})"
            "\n");
  const auto read = Rule::parse(rule.canonical());
  ASSERT_TRUE(read.has_value()) << read.error().sentence();
  EXPECT_EQ(*read, rule);
}

TEST(Rule, StandardRulesReadBackAndHaveNamesOfTheirOwn) {
  std::set<std::string> names;
  for (const Rule& rule : standard_rules()) {
    EXPECT_TRUE(names.insert(rule.name).second);
    const auto read = Rule::parse(rule.canonical());
    ASSERT_TRUE(read.has_value()) << rule.name;
    EXPECT_EQ(read->digest(), rule.digest());
  }
}

TEST(Rule, AnotherSpellingIsRefused) {
  std::string text = killings_in_2022().canonical();
  EXPECT_FALSE(Rule::parse(text + "\n").has_value());
  EXPECT_FALSE(Rule::parse(text.substr(0, text.size() - 1)).has_value());
  text.insert(1, " ");
  EXPECT_FALSE(Rule::parse(text).has_value());
}

TEST(Rule, WhatTheLanguageDoesNotHaveIsRefused) {
  const auto refused = [](auto&& change) {
    Rule rule = killings_in_2022();
    change(rule);
    return !Rule::parse(rule.canonical()).has_value();
  };
  EXPECT_TRUE(refused([](Rule& r) { r.name = "Killed"; }));
  EXPECT_TRUE(refused([](Rule& r) { r.name = "../x"; }));
  EXPECT_TRUE(refused([](Rule& r) { r.where[0].path = "victim/names"; }));
  EXPECT_TRUE(refused([](Rule& r) { r.where[0].values = {"b", "a"}; }));
  EXPECT_TRUE(refused([](Rule& r) { r.where[0].values.clear(); }));
  EXPECT_TRUE(refused([](Rule& r) { std::swap(r.where[0], r.where[1]); }));
  EXPECT_TRUE(refused([](Rule& r) { r.window->to = r.window->from; }));
  EXPECT_TRUE(refused([](Rule& r) { r.cells = {"time/month", "time/month"}; }));
  EXPECT_TRUE(refused([](Rule& r) { r.cells = {"actor"}; }));
  EXPECT_TRUE(refused([](Rule& r) { r.sum = "spoons"; }));
}

}  // namespace
}  // namespace gavah::proof
