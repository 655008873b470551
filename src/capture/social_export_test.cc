#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "capture/reading_for_tests.h"

namespace gavah::capture {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kPost =
    R"({"uri":"at://did:plc:dock/app.bsky.feed.post/k1","cid":"b1","record":{"$type":"app.bsky.feed.post","text":"We stay","createdAt":"2031-05-03T08:30:00Z"}})";

TEST(SocialExport, AnOutboxGivesItsPostsAndForwardsAndCountsTheRest) {
  const Reading read = read_for_test(
      R"({"@context":"https://www.w3.org/ns/activitystreams","id":"outbox.json","type":"OrderedCollection","totalItems":4,
"orderedItems":[{"id":"https://sail.example/1/activity","type":"Create","actor":"https://sail.example/users/mina","object":{"type":"Note","content":"<p>a</p>"}},
{"id":"2","type":"Like","actor":"https://sail.example/users/mina","object":"https://sail.example/9"},
 {"id":"3","type":"Announce","actor":"https://sail.example/users/mina","object":"https://sail.example/8"},
"https://sail.example/7"]})",
      "outbox.json");
  ASSERT_EQ(read.parts.size(), 2U) << read.reason();
  EXPECT_EQ(read.parts[0].first.format, "activity");
  EXPECT_TRUE(read.parts[0].second.starts_with(R"({"id":"https://sail.example/1/activity")"));
  EXPECT_EQ(
      read.parts[1].second,
      R"({"id":"3","type":"Announce","actor":"https://sail.example/users/mina","object":"https://sail.example/8"})");
  EXPECT_EQ(read.container.passed_over.at("activity that says nothing"), 1U);
  EXPECT_EQ(read.container.problem_count, 1U);  // the entry that is an address alone
}

TEST(SocialExport, EveryShapeOfAPostOfBlueskyIsOnePart) {
  const std::string post(kPost);
  const std::string bare = R"({"$type":"app.bsky.feed.post","text":"x","createdAt":"2031-05-03T08:30:00Z"})";
  const std::string event = R"({"did":"did:plc:dock","time_us":1,"kind":"commit","commit":{"operation":"create",)"
                            R"("collection":"app.bsky.feed.post","rkey":"k","record":)" +
                            bare + "}}";
  for (const std::string& shape : {post, bare, event, R"({"feed":[{"post":)" + post + "}]}",
                                   R"({"posts":[)" + post + R"(],"hitsTotal":1})", R"({"records":[)" + post + "]}"}) {
    const Reading read = read_for_test(shape, "a.json");
    ASSERT_EQ(read.parts.size(), 1U) << shape << read.reason();
    EXPECT_EQ(read.parts[0].first.format, "bluesky");
    EXPECT_NE(shape.find(read.parts[0].second), std::string::npos);
  }
}

TEST(SocialExport, AFeedOneALineCountsWhatIsNoPost) {
  const Reading read = read_for_test(
      std::string(kPost) + "\n" +
          R"({"did":"did:plc:dock","kind":"commit","commit":{"operation":"delete","collection":"app.bsky.feed.post","rkey":"k"}})" +
          "\n" +
          R"({"did":"d","commit":{"record":{"$type":"app.bsky.feed.like","createdAt":"2031-05-03T08:30:00Z"}}})" +
          "\n{\"post\":" + std::string(kPost) + "}\n{\"post\":" + std::string(kPost).substr(0, 60) + "\n",
      "posts.jsonl");
  EXPECT_EQ(read.parts.size(), 2U) << read.problems();
  EXPECT_EQ(read.container.passed_over.at("Bluesky record that is no post"), 2U);
  EXPECT_THAT(read.problems(), HasSubstr("line 5"));
}

TEST(SocialExport, AThreadGivesThePostsAboveAndEveryLevelOfReplies) {
  const std::string post(kPost);
  const Reading read = read_for_test(R"({"thread":{"post":)" + post + R"(,"parent":{"post":)" + post +
                                         R"(,"parent":{"notFound":true}},"replies":[{"post":)" + post +
                                         R"(,"replies":[{"post":)" + post + R"(,"replies":[]},{"blocked":true}]}]}})",
                                     "thread.json");
  EXPECT_EQ(read.parts.size(), 4U) << read.reason() << read.problems();
  EXPECT_EQ(read.container.problem_count, 0U);
}

TEST(SocialExport, RepliesDeeperThanAreReadAreTold) {
  std::string thread(kPost);
  constexpr int kLevels = 30;
  for (int i = 0; i < kLevels; ++i) thread = R"({"post":)" + std::string(kPost) + R"(,"replies":[)" + thread + "]}";
  const Reading read = read_for_test(R"({"thread":)" + thread + "}", "thread.json");
  EXPECT_EQ(read.parts.size(), 25U);
  EXPECT_THAT(read.problems(), HasSubstr("deeper"));
}

TEST(SocialExport, WhatIsNoPostOfBlueskyIsRefusedAsSuch) {
  EXPECT_THAT(read_for_test(
                  R"({"uri":"at://d/app.bsky.feed.generator/a","cid":"b","value":{"$type":"app.bsky.feed.generator"}})",
                  "a.json")
                  .reason(),
              HasSubstr("no post"));
  EXPECT_THAT(read_for_test(R"({"posts":[{"title":"something else"}]})", "a.json").reason(),
              HasSubstr("no known export"));
  EXPECT_THAT(read_for_test(R"({"thread":{"notFound":true}})", "a.json").reason(), HasSubstr("no post in it"));
}

}  // namespace
}  // namespace gavah::capture
