#include "publish/rule_file.h"

#include <gtest/gtest.h>

namespace gavah::publish {
namespace {

RuleWords words() {
  return {{{"killing", "state violence"}, {"protest", "assembly"}, {"strike", "labour"}},
          [](std::string_view area) { return area == "ZZ" || area == "ZZ-01"; }};
}

std::string complaint(std::string_view json) {
  const auto read = rule_from_file(json, words());
  return read ? std::string() : read.error().message;
}

TEST(RuleFile, ShortFormsMeanTheirCanonicalRule) {
  const auto read = rule_from_file(
      R"({"name": "killed-in-north", "note": "for the yearly report", "sum": "killed", "cells": "time/month",
          "where": {"place/province": "ZZ-01", "act/name": ["strike", "killing"]}, "window": "2031-05"})",
      words());
  ASSERT_TRUE(read.has_value()) << read.error().sentence();
  EXPECT_EQ(read->canonical(),
            R"({"type":"rule","format":"gavah/0","name":"killed-in-north","unit":"events","umbrellas":"excluded",)"
            R"("where":[{"slot":"act/name","in":["killing","strike"]},{"slot":"place/province","in":["ZZ-01"]}],)"
            R"("window":{"from":"2031-05-01","to":"2031-06-01"},"cells":["time/month"],"measure":{"sum":"killed"}})"
            "\n");
}

TEST(RuleFile, ACanonicalRuleReadsAsItself) {
  for (const proof::Rule& rule : proof::standard_rules()) {
    const auto read = rule_from_file(rule.canonical(), {});
    ASSERT_TRUE(read.has_value()) << rule.name << ": " << read.error().sentence();
    EXPECT_EQ(*read, rule);
  }
}

TEST(RuleFile, AYearIsAWindowToTheNextOne) {
  const auto read = rule_from_file(R"({"name": "year", "window": "2032"})", {});
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(*read->window, (proof::Window{Day::from_civil(2032, 1, 1), Day::from_civil(2033, 1, 1)}));
}

TEST(RuleFile, MistakesAreExplainedWithTheNearestWord) {
  const auto has = [](const std::string& text, std::string_view words) {
    return text.find(words) != std::string::npos;
  };
  EXPECT_TRUE(has(complaint(R"({"where": {}})"), "needs a \"name\""));
  EXPECT_TRUE(has(complaint(R"({"name": "r", "wher": {}})"), "did you mean 'where'?"));
  EXPECT_TRUE(has(complaint(R"({"name": "r", "where": {"act/nme": "killing"}})"), "did you mean 'act/name'?"));
  EXPECT_TRUE(has(complaint(R"({"name": "r", "where": {"act/name": "kiling"}})"), "did you mean 'killing'?"));
  EXPECT_TRUE(has(complaint(R"({"name": "r", "where": {"extent": "umbrela"}})"), "did you mean 'umbrella'?"));
  EXPECT_TRUE(has(complaint(R"({"name": "r", "where": {"place/town": "ZZ-99"}})"), "the gazetteer has no 'ZZ-99'"));
  EXPECT_TRUE(has(complaint(R"({"name": "r", "where": {"act/name": []}})"), "compared with nothing"));
  EXPECT_TRUE(has(complaint(R"({"name": "r", "cells": ["time/mnth"]})"), "did you mean 'time/month'?"));
  EXPECT_TRUE(has(complaint(R"({"name": "r", "sum": "kiled"})"), "did you mean 'killed'?"));
  EXPECT_TRUE(has(complaint(R"({"name": "r", "sum": "killed", "measure": {"count": "entries"}})"), "not both"));
  EXPECT_TRUE(has(complaint(R"({"name": "r", "unit": "victim"})"), "did you mean 'victims'?"));
  EXPECT_TRUE(has(complaint(R"({"name": "r", "unit": "victims", "where": {"side": "state"}})"), "may not test 'side'"));
  EXPECT_TRUE(has(complaint(R"({"name": "r", "window": "last year"})"), "neither \"YYYY\" nor"));
  EXPECT_TRUE(has(complaint(R"({"name": "R 1"})"), "a-z, 0-9"));
}

}  // namespace
}  // namespace gavah::publish
