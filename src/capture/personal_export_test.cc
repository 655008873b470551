// What people download of their own, and what yt-dlp and servers of Mastodon give.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "capture/reading_for_tests.h"

namespace gavah::capture {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> formats(const Reading& read) {
  std::vector<std::string> out;
  for (const auto& [part, bytes] : read.parts) out.push_back(part.format);
  return out;
}

constexpr std::string_view kStatus =
    R"({"id":"7","created_at":"2031-05-03T08:30:00.000Z","visibility":"private","content":"<p>We stay</p>","account":{"acct":"mina"}})";

TEST(PersonalExport, StatusesOfMastodonAreReadInEveryShape) {
  const std::string status(kStatus);
  EXPECT_THAT(formats(read_for_test(status, "a.json")), ElementsAre("mastodon-status"));
  for (const std::string& shape :
       {"[" + status + "," + status + "]", R"({"accounts":[],"statuses":[)" + status + "," + status + "]}",
        R"({"ancestors":[)" + status + R"(],"descendants":[)" + status + "]}", status + "\n" + status}) {
    EXPECT_THAT(formats(read_for_test(shape, "a.json")), ElementsAre("mastodon-status", "mastodon-status")) << shape;
  }
}

TEST(PersonalExport, AVideoInfoSaysWhenItWasTakenAndGivesItsComments) {
  const Reading read = read_for_test(
      R"({"id":"v","title":"At the gate","webpage_url":"https://tube.example/v","extractor_key":"Tube","epoch":1935563400,
"availability":"unlisted","live_status":"was_live","formats":[{"url":"x"}],"comments":[{"id":"c1","text":"a"},{"id":"c2","text":"b"}]})",
      "clip.info.json");
  ASSERT_THAT(formats(read), ElementsAre("video-info", "video-comment", "video-comment")) << read.reason();
  EXPECT_EQ(read.parts[0].first.captured, Instant{1935563400});
  EXPECT_EQ(read.parts[0].first.url, "https://tube.example/v");
  EXPECT_EQ(read.parts[0].first.hints.at("live_status"), "was_live");
  EXPECT_EQ(read.parts[2].second, R"({"id":"c2","text":"b"})");
  EXPECT_EQ(read.parts[2].first.hints.at("video"), "https://tube.example/v");
  const Reading list = read_for_test(
      R"({"_type":"playlist","extractor_key":"TubeTab","webpage_url":"https://tube.example/c","entries":[{"id":"v","extractor_key":"Tube","webpage_url":"https://tube.example/v","duration":3}]})",
      "list.info.json");
  EXPECT_THAT(formats(list), ElementsAre("video-info"));
  EXPECT_THAT(read_for_test(R"({"_type":"playlist","extractor_key":"TubeTab","webpage_url":"https://tube.example/c"})",
                            "list.info.json")
                  .reason(),
              HasSubstr("list of videos"));
}

TEST(PersonalExport, PostsStoriesAndCommentsOfMetaAreKnownByTheirMembers) {
  EXPECT_THAT(
      formats(read_for_test(
          R"([{"timestamp":1935563400,"data":[{"post":"a"}],"title":"Mina shared a link."},{"timestamp":1935563401,"attachments":[]}])",
          "your_posts_1.json")),
      ElementsAre("meta-post", "meta-post"));
  EXPECT_THAT(formats(read_for_test(R"([{"media":[{"uri":"a.jpg","creation_timestamp":1935563400,"title":"b"}]}])",
                                    "posts_1.json")),
              ElementsAre("meta-post"));
  EXPECT_THAT(formats(read_for_test(R"({"ig_stories":[{"uri":"a.jpg","creation_timestamp":1935563400,"title":""}]})",
                                    "stories.json")),
              ElementsAre("meta-post"));
  EXPECT_THAT(
      formats(read_for_test(R"({"comments_v2":[{"timestamp":1,"data":[{"comment":{"comment":"c"}}],"title":"t"}]})",
                            "comments.json")),
      ElementsAre("meta-post"));
  EXPECT_THAT(formats(read_for_test(
                  R"([{"media_list_data":[],"string_map_data":{"Comment":{"value":"c"},"Time":{"timestamp":1}}}])",
                  "post_comments_1.json")),
              ElementsAre("meta-post"));
}

TEST(PersonalExport, FramesOfSignalNameWhoSpeaksAndWhere) {
  const Reading read = read_for_test(
      R"({"version":"1","backupTimeMs":"1935563400000"}
{"account":{"givenName":"Mina"}}
{"recipient":{"id":"1","self":{}}}
{"recipient":{"id":"2","contact":{"e164":"49","profileGivenName":"Rava","profileFamilyName":"Denin"}}}
{"recipient":{"id":"3","group":{"snapshot":{"title":{"title":"Docks"}}}}}
{"chat":{"id":"9","recipientId":"3"}}
{"chatItem":{"chatId":"9","authorId":"2","dateSent":"1935563400000","standardMessage":{"text":{"body":"We stay"}}}}
{"chatItem":{"chatId":"9","authorId":"2","dateSent":"1935563400001","updateMessage":{"simpleUpdate":{}}}}
)",
      "main.jsonl");
  ASSERT_THAT(formats(read), ElementsAre("signal")) << read.reason() << read.problems();
  EXPECT_EQ(read.parts[0].first.hints.at("author"), "Rava Denin");
  EXPECT_EQ(read.parts[0].first.hints.at("chat_title"), "Docks");
  EXPECT_EQ(read.container.problem_count, 0U) << read.problems();
  EXPECT_EQ(read.container.passed_over.at("notice of the chat program"), 1U);
  EXPECT_EQ(read.container.passed_over.at("frame that is no message"), 6U);
}

TEST(PersonalExport, RowsOfSignalsDatabaseAndOfSignalExportAreMessages) {
  EXPECT_THAT(
      formats(read_for_test(R"([{"conversationId":"c","type":"incoming","sent_at":1935563400000,"body":"a","id":"1"}])",
                            "messages.json")),
      ElementsAre("signal"));
  EXPECT_THAT(
      formats(read_for_test(
          R"({"date":"2031-05-03 12:00:00","sender":"Mina","body":"a","quote":"","sticker":"","reactions":[],"attachments":[]})",
          "data.json")),
      ElementsAre("signal"));
}

}  // namespace
}  // namespace gavah::capture
