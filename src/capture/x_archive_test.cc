#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/format.h"
#include "capture/reading_for_tests.h"

namespace gavah::capture {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kAccount =
    R"(window.YTD.account.part0 = [ { "account" : { "email" : "mina@sail.example", "username" : "quaywatch", "accountId" : "7", "accountDisplayName" : "Quay watch" } } ])";
constexpr std::string_view kTweets =
    "window.YTD.tweets.part0 = [\n"
    R"(  {"tweet" : {"id_str" : "71", "full_text" : "We stay ] } \" here", "created_at" : "Sat May 03 08:30:00 +0000 2031"} },)"
    "\n"
    R"(  {"tweet" : {"id_str" : "72", "full_text" : "ما می‌مانیم", "created_at" : "Sat May 03 08:31:00 +0000 2031"}} ])";
constexpr std::string_view kNotes =
    R"(window.YTD.note_tweet.part0 = [{"noteTweet":{"noteTweetId":"9","createdAt":"2031-05-03T08:32:00.000Z","core":{"text":"long","urls":[]}}}])";
constexpr std::string_view kDeleted =
    R"(window.YTD.deleted_tweets.part0 = [{"tweet":{"id_str":"73","full_text":"gone","deleted_at":"x"}}])";

TEST(XArchive, PostsKnowTheirAccountAndStandWhereTheFileHasThem) {
  const std::string archive = zipped({{"Your archive.html", "<html><p>open me</p></html>", true},
                                      {"assets/js/main.js", "alert(1)", true},
                                      {"data/manifest.js", "window.__THAR_CONFIG = {}", true},
                                      {"data/tweets.js", std::string(kTweets), true},
                                      {"data/note-tweet.js", std::string(kNotes), false},
                                      {"data/deleted-tweets.js", std::string(kDeleted), true},
                                      {"data/like.js", "window.YTD.like.part0 = [ {\"like\":{}} ]", true},
                                      {"data/account.js", std::string(kAccount), true}});
  const Reading read = read_for_test(archive, "twitter-2031-05-04.zip");
  ASSERT_EQ(read.parts.size(), 4U) << read.reason() << read.problems();
  EXPECT_EQ(read.container.problem_count, 0U) << read.problems();
  EXPECT_EQ(
      read.parts[0].second,
      R"({"id_str" : "71", "full_text" : "We stay ] } \" here", "created_at" : "Sat May 03 08:30:00 +0000 2031"})");
  EXPECT_EQ(read.parts[0].first.format, "x-v1");
  EXPECT_EQ(read.parts[0].first.path, "data/tweets.js/tweets/0");
  EXPECT_EQ(read.parts[2].first.format, "x-note");
  for (const auto& [part, bytes] : read.parts) {
    EXPECT_EQ(part.hints.at("author_handle"), "quaywatch");
    EXPECT_EQ(part.hints.at("author_name"), "Quay watch");
    EXPECT_EQ(part.hints.contains("deleted"), part.path.starts_with("data/deleted"));
    for (const auto& [name, value] : part.hints) EXPECT_EQ(value.find("sail.example"), std::string::npos) << name;
  }
  EXPECT_EQ(read.container.passed_over.at("file of the program that shows an X archive"), 3U);
  EXPECT_EQ(read.container.passed_over.at("file of an X archive without posts: like"), 1U);
}

TEST(XArchive, AFileAloneIsReadWithoutItsAccount) {
  const Reading read = read_for_test("\xEF\xBB\xBF" + std::string(kTweets) + ";\n", "tweets-part1.js");
  ASSERT_EQ(read.parts.size(), 2U) << read.reason();
  EXPECT_TRUE(read.parts[1].first.hints.empty());
  EXPECT_THAT(read.parts[1].second, HasSubstr("ما می‌مانیم"));
}

TEST(XArchive, OlderArchivesHaveNoWrapper) {
  EXPECT_EQ(read_for_test(R"(window.YTD.tweet.part0 = [{"id_str":"1","full_text":"a"},{"id_str":"2","full_text":"b"}])",
                          "tweet.js")
                .parts.size(),
            2U);
  EXPECT_EQ(
      read_for_test("Grailbird.data.tweets_2015_05 =\n [ {\"id_str\":\"1\",\"text\":\"a\",\"user\":{}} ]", "2015_05.js")
          .parts.size(),
      1U);
}

TEST(XArchive, AnythingButJsonBehindTheAssignmentIsNotRun) {
  const Reading read = read_for_test("window.YTD.tweets.part0 = (function(){return []})()", "tweets.js");
  EXPECT_TRUE(read.parts.empty());
  EXPECT_NE(read.reason(), "");
  EXPECT_NE(read_for_test("window.YTD.tweets.part0 : 1", "tweets.js").reason(), "");
  const Reading cut = read_for_test(std::string(kTweets).substr(0, kTweets.size() - 20), "tweets.js");
  EXPECT_EQ(cut.parts.size(), 1U);
  EXPECT_GE(cut.container.problem_count, 1U);
}

TEST(XArchive, AnAccountThatCannotBeReadCostsOnlyItsName) {
  const Reading read = read_for_test(zipped({{"x/data/tweets.js", std::string(kTweets), true},
                                             {"x/data/account.js", "window.YTD.account.part0 = [ {", true}}),
                                     "a.zip");
  EXPECT_EQ(read.parts.size(), 2U);
}

}  // namespace
}  // namespace gavah::capture
