#include "publish/policy_file.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace gavah::publish {
namespace {

bool opens(const Policy& policy, std::string_view path) {
  return std::ranges::find(policy.event_slots, path) != policy.event_slots.end();
}

std::string complaint(std::string_view json) {
  const auto read = policy_from_file(json);
  return read ? std::string() : read.error().message;
}

TEST(PolicyFile, AnEmptyObjectIsTheSafePolicy) {
  const auto read = policy_from_file("{}");
  ASSERT_TRUE(read.has_value()) << read.error().sentence();
  Policy wanted = Policy::safe();
  wanted.name = "custom";
  EXPECT_EQ(read->policy, wanted);
  EXPECT_TRUE(read->warnings.empty());
}

TEST(PolicyFile, LevelsOpenDownToOneAndNoFurther) {
  const auto read = policy_from_file(R"({"levels": {"time": "month", "place": "province", "counts": "bounds"}})");
  ASSERT_TRUE(read.has_value()) << read.error().sentence();
  for (const auto* path : {"time/year", "time/month", "place/country", "place/province", "count/killed/low"}) {
    EXPECT_TRUE(opens(read->policy, path)) << path;
  }
  for (const auto* path : {"time/day", "time/interval", "place/town", "place/exact", "count/killed/interval"}) {
    EXPECT_FALSE(opens(read->policy, path)) << path;
  }
  const auto none = policy_from_file(R"({"levels": {"place": "withheld"}})");
  ASSERT_TRUE(none.has_value());
  EXPECT_FALSE(opens(none->policy, "place/country"));
}

TEST(PolicyFile, WhatIsReadHasTheOneSpelling) {
  const auto read = policy_from_file(R"({"base": "open", "event_slots": ["side", "act/name", "side"], "batch": 4})");
  ASSERT_TRUE(read.has_value()) << read.error().sentence();
  EXPECT_EQ(read->policy.event_slots, (std::vector<std::string>{"act/name", "side"}));
  const auto strict = Policy::parse(to_json(read->policy));
  ASSERT_TRUE(strict.has_value()) << strict.error().sentence();
  EXPECT_EQ(*strict, read->policy);
}

TEST(PolicyFile, MistakesAreExplainedWithTheNearestWord) {
  EXPECT_NE(complaint(R"({"passges": "all"})").find("did you mean 'passages'?"), std::string::npos);
  EXPECT_NE(complaint(R"({"event_slots": ["place/twon"]})").find("did you mean 'place/town'?"), std::string::npos);
  EXPECT_NE(complaint(R"({"passages": "without person"})").find("did you mean 'without persons'?"), std::string::npos);
  EXPECT_NE(complaint(R"({"levels": {"time": "months"}})").find("did you mean 'month'?"), std::string::npos);
  EXPECT_NE(complaint(R"({"levels": {"when": "month"}})").find("act, time, place, counts"), std::string::npos);
  EXPECT_NE(complaint(R"({"batch": 0})").find("from 1 to"), std::string::npos);
  EXPECT_NE(complaint(R"({"base": "shut"})").find("safe or open"), std::string::npos);
  EXPECT_NE(complaint(R"({"victims": 3})").find("is no text"), std::string::npos);
  EXPECT_NE(complaint("[1]").find("one JSON object"), std::string::npos);
  EXPECT_FALSE(policy_from_file("{\"batch\": 1, \"batch\": 2}").has_value());
}

TEST(PolicyFile, WhatAPersonMayNotHaveMeantIsSaid) {
  const auto warned = [](std::string_view json, std::string_view words) {
    const auto read = policy_from_file(json);
    return read && std::ranges::any_of(read->warnings, [&](const std::string& warning) {
             return warning.find(words) != std::string::npos;
           });
  };
  EXPECT_TRUE(warned(R"({"levels": {"place": "exact"}})", "opens exact places"));
  EXPECT_TRUE(warned(R"({"victim_slots": ["victim/names"]})", "tells persons apart"));
  EXPECT_TRUE(warned(R"({"victim_slots": ["victim/condition"], "batch": 1})", "about one victim"));
  EXPECT_TRUE(warned(R"({"event_slots": ["time/day"]})", "time/day is opened and time/year is not"));
  EXPECT_TRUE(warned(R"({"origins": "opened"})", "identities of sources"));
}

}  // namespace
}  // namespace gavah::publish
