// Posts of downloads (Facebook, Instagram, Signal), of Mastodon's API, and of yt-dlp.
#include <gtest/gtest.h>

#include "extract/extract.h"

namespace gavah::extract {
namespace {

std::vector<Report> read(std::string format, std::string_view bytes, std::map<std::string, std::string> hints = {}) {
  const Capture capture;
  Part part;
  part.format = std::move(format);
  part.hints = std::move(hints);
  return extract({capture, part, bytes}, IdSecret{});
}

TEST(MastodonStatus, APostToFollowersSaysSo) {
  const auto reports = read(
      "mastodon-status",
      R"({"id":"7","created_at":"2031-05-03T08:30:00.000Z","edited_at":"2031-05-03T09:00:00.000Z","visibility":"private","language":"fa","spoiler_text":"Port","content":"<p>ما می‌مانیم <a href=\"https://gazette.example/a\">here</a></p>","url":"https://sail.example/@mina/7","in_reply_to_id":"5","in_reply_to_account_id":"2","account":{"id":"1","acct":"mina","display_name":"Mina","url":"https://sail.example/@mina"},"mentions":[{"id":"2","acct":"circle","url":"https://sail.example/@circle"}],"media_attachments":[{"type":"gifv","description":"the gate"}],"poll":{"options":[{"title":"stay"},{"title":"go"}]},"reblog":null,"card":{"url":"https://gazette.example/a"}})");
  ASSERT_EQ(reports.size(), 1U);
  const Report& report = reports[0];
  EXPECT_EQ(report.text, "ما می‌مانیم here\nstay\ngo");
  EXPECT_EQ(report.title, "Port");
  EXPECT_EQ(report.source, "@mina@sail.example");
  EXPECT_EQ(report.author, "Mina");
  EXPECT_EQ(report.audience, "followers");
  EXPECT_EQ(report.published.start, Instant{1935563400});
  EXPECT_EQ(report.links, std::vector<std::string>{"https://gazette.example/a"});
  EXPECT_EQ(report.media[0].media_type, "video");
  ASSERT_EQ(report.relations.size(), 2U);
  EXPECT_EQ(report.relations[0].kind, RelationKind::edits);
  EXPECT_EQ(report.relations[1].kind, RelationKind::replies);
  EXPECT_EQ(report.relations[1].target, "https://sail.example/@circle/5");
}

TEST(MastodonStatus, ABoostHasTheOthersWordsAtItsOwnTime) {
  const auto reports = read(
      "mastodon-status",
      R"({"id":"8","created_at":"2031-05-04T08:30:00.000Z","visibility":"public","content":"","uri":"https://sail.example/users/mina/statuses/8/activity","account":{"acct":"mina","url":"https://sail.example/@mina"},"reblog":{"id":"5","created_at":"2031-05-03T08:30:00.000Z","visibility":"public","content":"<p>The port is shut</p>","url":"https://wharf.example/@circle/55","account":{"acct":"circle@wharf.example","url":"https://wharf.example/@circle"},"quote":{"state":"accepted","quoted_status":{"content":"<p>Quoted words</p>","visibility":"public","url":"https://wharf.example/@sea/4","account":{"acct":"sea@wharf.example"}}}}})");
  ASSERT_EQ(reports.size(), 2U);
  EXPECT_EQ(reports[0].text, "The port is shut");
  EXPECT_EQ(reports[0].source, "@mina@sail.example");
  EXPECT_EQ(reports[0].audience, "");
  EXPECT_EQ(reports[0].published.start, *Instant::parse("2031-05-04T08:30:00Z"));
  ASSERT_EQ(reports[0].relations.size(), 2U);
  EXPECT_EQ(reports[0].relations[0].target, "https://wharf.example/@circle/55");
  EXPECT_EQ(reports[0].relations[1].target, reports[1].id.hex());
  EXPECT_EQ(reports[1].source, "@sea@wharf.example");
}

TEST(MastodonStatus, WhomAnActivityIsMeantForIsRead) {
  const auto audience = [](const std::string& addressed) {
    return read("activity",
                R"({"id":"a","type":"Create","actor":"https://sail.example/users/mina",)" + addressed +
                    R"("object":{"id":"https://sail.example/users/mina/statuses/7","type":"Note","content":"a"}})")[0]
        .audience;
  };
  EXPECT_EQ(
      audience(
          R"("to":["https://www.w3.org/ns/activitystreams#Public"],"cc":["https://sail.example/users/mina/followers"],)"),
      "");
  EXPECT_EQ(audience(R"("to":["https://sail.example/users/mina/followers"],"cc":["as:Public"],)"), "unlisted");
  EXPECT_EQ(audience(R"("to":"https://sail.example/users/mina/followers","cc":[],)"), "followers");
  EXPECT_EQ(audience(R"("to":["https://sail.example/users/circle"],"cc":[],)"), "direct");
  EXPECT_EQ(audience(""), "");
}

TEST(MetaPost, WordsWrittenAsLatin1AreReadAndLeadBack) {
  const std::string bytes =
      R"({"timestamp":1935563400,"title":"Mina shared a link.","data":[{"post":"\u00d9\u0085\u00d8\u00a7 stay"},{"update_timestamp":1935563500}],"attachments":[{"data":[{"media":{"uri":"posts/media/1.jpg","description":"\u00d8\u00a8","media_metadata":{"photo_metadata":{"exif_data":[{"upload_ip":"192.0.2.1"}]}}}},{"external_context":{"url":"https://gazette.example/a"}}]}]})";
  const auto reports = read("meta-post", bytes);
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].text, "ما stay");
  EXPECT_EQ(reports[0].title, "");
  EXPECT_EQ(reports[0].published.start, Instant{1935563400});
  ASSERT_EQ(reports[0].media.size(), 1U);
  EXPECT_EQ(reports[0].media[0].media_type, "image");
  EXPECT_EQ(reports[0].media[0].caption, "ب");
  EXPECT_EQ(reports[0].links, std::vector<std::string>{"https://gazette.example/a"});
  const auto range = source_range(reports[0], {0, 2});
  ASSERT_TRUE(range);
  EXPECT_EQ(bytes.substr(range->begin, range->size()), R"(\u00d9\u0085)");
  EXPECT_EQ(to_json(reports[0]).find("192.0.2.1"), std::string::npos);
}

TEST(MetaPost, InstagramKeepsTheWordsOfOnePictureWithIt) {
  const auto one =
      read("meta-post", R"({"media":[{"uri":"a.mp4","creation_timestamp":1935563400,"title":"We stay #port"}]})");
  EXPECT_EQ(one[0].text, "We stay #port");
  EXPECT_EQ(one[0].published.start, Instant{1935563400});
  EXPECT_EQ(one[0].media[0].media_type, "video");
  const auto album = read(
      "meta-post",
      R"({"media":[{"uri":"a.jpg","creation_timestamp":1935563399,"title":""},{"uri":"b.jpg","creation_timestamp":1935563399,"title":""}],"title":"Two views","creation_timestamp":1935563400})");
  EXPECT_EQ(album[0].text, "Two views");
  EXPECT_EQ(album[0].media.size(), 2U);
  const auto story = read("meta-post", R"({"uri":"a.jpg","creation_timestamp":1935563400,"title":""})");
  EXPECT_EQ(story[0].kind, ReportKind::media);
  const auto comment = read(
      "meta-post",
      R"({"string_map_data":{"Comment":{"value":"true"},"Time":{"timestamp":1935563400},"Media Owner":{"value":"quay"}}})");
  EXPECT_EQ(comment[0].text, "true");
  EXPECT_EQ(comment[0].published.start, Instant{1935563400});
  const auto facebook = read(
      "meta-post",
      R"({"timestamp":9,"data":[{"comment":{"timestamp":1935563400,"comment":"true","author":"Rava"}}],"title":"x"})");
  EXPECT_EQ(facebook[0].text, "true");
  EXPECT_EQ(facebook[0].author, "Rava");
  EXPECT_EQ(facebook[0].published.start, Instant{1935563400});
}

TEST(VideoInfo, TheTimestampIsBetterThanTheUploadDay) {
  const auto exact = read(
      "video-info",
      R"({"id":"v","title":"At the gate","description":"We stay: https://gazette.example/a","uploader":"Quay watch","uploader_id":"@quaywatch","channel":"Quay watch","webpage_url":"https://tube.example/v","timestamp":1935563400,"upload_date":"20310504","availability":"unlisted"})");
  ASSERT_EQ(exact.size(), 1U);
  EXPECT_EQ(exact[0].title, "At the gate");
  EXPECT_EQ(exact[0].text, "We stay: https://gazette.example/a");
  EXPECT_EQ(exact[0].source, "@quaywatch");
  EXPECT_EQ(exact[0].published.start, Instant{1935563400});
  EXPECT_EQ(exact[0].audience, "unlisted");
  EXPECT_EQ(exact[0].kind, ReportKind::post);
  const auto day = read(
      "video-info",
      R"({"title":"a","upload_date":"20310503","timestamp":null,"channel":"Quay","availability":"subscriber_only"})");
  EXPECT_EQ(day[0].published.start, *Instant::parse("2031-05-03T00:00:00Z"));
  EXPECT_EQ(day[0].published.precision, TimePrecision::day_stated);
  EXPECT_EQ(day[0].audience, "subscribers");
  EXPECT_EQ(day[0].source, "Quay");
}

TEST(VideoInfo, ACommentThatIsSoLongAgoIsNotDatedToTheSecond) {
  const std::map<std::string, std::string> hints{{"video", "https://www.youtube.com/watch?v=v"}};
  const auto vague = read(
      "video-comment",
      R"({"id":"c.1","parent":"c","text":"true","author":"@mina","timestamp":1935563400,"_time_text":"2 years ago"})",
      hints);
  EXPECT_FALSE(vague[0].published.start.has_value());
  EXPECT_EQ(vague[0].published.phrase, "2 years ago");
  EXPECT_EQ(vague[0].url, "https://www.youtube.com/watch?v=v&lc=c.1");
  EXPECT_EQ(vague[0].relations[0].target, "https://www.youtube.com/watch?v=v&lc=c");
  EXPECT_EQ(vague[0].source, "@mina");
  const auto exact =
      read("video-comment", R"({"id":"c","parent":"root","text":"true","author":"mina","timestamp":1935563400})",
           {{"video", "https://tube.example/v"}});
  EXPECT_EQ(exact[0].published.start, Instant{1935563400});
  EXPECT_EQ(exact[0].relations[0].target, "https://tube.example/v");
}

TEST(SignalMessage, AFrameHasItsMomentReplyAndEarlierWords) {
  const auto reports = read(
      "signal",
      R"({"chatItem":{"chatId":"9","authorId":"2","dateSent":"1935563400000","standardMessage":{"text":{"body":"We \"stay\""},"quote":{"targetSentTimestamp":"1935563300000"},"attachments":[{"pointer":{"contentType":"image/jpeg"}}]},"revisions":[{"dateSent":"1935563390000","standardMessage":{"text":{"body":"We"}}}]}})",
      {{"author", "Rava"}, {"chat_title", "Docks"}});
  ASSERT_EQ(reports.size(), 2U);
  EXPECT_EQ(reports[0].text, "We \"stay\"");
  EXPECT_EQ(reports[0].source, "Rava");
  EXPECT_EQ(reports[0].published.start, Instant{1935563400});
  EXPECT_EQ(reports[0].media[0].media_type, "image/jpeg");
  ASSERT_EQ(reports[0].relations.size(), 2U);
  EXPECT_EQ(reports[0].relations[0].target, "Docks#sent1935563300000");
  EXPECT_EQ(reports[0].relations[1].kind, RelationKind::edits);
  EXPECT_EQ(reports[0].relations[1].target, reports[1].id.hex());
  EXPECT_EQ(reports[1].text, "We");
}

TEST(SignalMessage, WhatWasDeletedForEveryoneIsHollowAndAPictureIsMedia) {
  EXPECT_EQ(read("signal", R"({"chatItem":{"dateSent":"1935563400000","remoteDeletedMessage":{}}})")[0].hollow,
            "post not available");
  EXPECT_EQ(
      read("signal", R"({"conversationId":"c","sent_at":1935563400000,"body":"","deletedForEveryone":true})")[0].hollow,
      "post not available");
  EXPECT_EQ(read("signal", R"({"chatItem":{"dateSent":"1935563400000","stickerMessage":{}}})")[0].kind,
            ReportKind::media);
}

TEST(SignalMessage, RowsOfOtherProgramsAreReadToo) {
  const auto stored = read(
      "signal",
      R"({"conversationId":"c","type":"incoming","source":"+000","sent_at":1935563400000,"body":"We stay","quote":{"id":1935563300000},"attachments":[{"contentType":"video/mp4"}]})");
  EXPECT_EQ(stored[0].published.start, Instant{1935563400});
  EXPECT_EQ(stored[0].author, "+000");
  EXPECT_EQ(stored[0].relations[0].target, "#sent1935563300000");
  const auto exported = read(
      "signal",
      R"({"date":"2031-05-03 12:00:00","sender":"Mina","body":"We stay","quote":"","sticker":"","attachments":[{"name":"a.png"}]})");
  EXPECT_EQ(exported[0].source, "Mina");
  EXPECT_EQ(exported[0].published.precision, TimePrecision::day_stated);
  EXPECT_EQ(exported[0].media[0].media_type, "image");
}

TEST(MailMessage, WordsAreTheirSendersOfTheMomentOfTheHeader) {
  const auto reports = read("text", "We stay at the gate until the morning.\n\nAll of us.",
                            {{"mail_from", "Mina <mina@sail.example>"},
                             {"mail_subject", "At the gate"},
                             {"mail_date", "2031-05-03T08:30:00Z"}});
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].kind, ReportKind::message);
  EXPECT_EQ(reports[0].source, "Mina <mina@sail.example>");
  EXPECT_EQ(reports[0].title, "At the gate");
  EXPECT_EQ(reports[0].published.start, Instant{1935563400});
}

TEST(PersonalPost, BrokenRecordsAreHollow) {
  for (const char* format : {"mastodon-status", "meta-post", "video-info", "video-comment", "signal", "x-note"}) {
    const auto reports = read(format, R"({"text":"cut in the mid)");
    ASSERT_EQ(reports.size(), 1U) << format;
    EXPECT_EQ(reports[0].hollow, "unreadable record");
  }
}

}  // namespace
}  // namespace gavah::extract
