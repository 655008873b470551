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

TEST(Post, V1GivesAccountTimeTextAndExpandedLinks) {
  const auto reports = read(
      "x-v1",
      R"({"created_at":"Sat May 03 08:30:00 +0000 2031","id_str":"77","full_text":"We stay &amp; sing https:\/\/t.co\/a","entities":{"urls":[{"url":"https://t.co/a","expanded_url":"https://gazette.example/port"}]},"extended_entities":{"media":[{"type":"photo","ext_alt_text":"the square"}]},"user":{"screen_name":"DockCircle","name":"Circle"},"lang":"en"})");
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].text, "We stay & sing https://t.co/a");
  EXPECT_EQ(reports[0].source, "@DockCircle");
  EXPECT_EQ(reports[0].author, "Circle");
  EXPECT_EQ(reports[0].url, "https://x.com/i/status/77");
  EXPECT_EQ(reports[0].published.start, *Instant::parse("2031-05-03T08:30:00Z"));
  EXPECT_EQ(reports[0].published.precision, TimePrecision::clock);
  EXPECT_EQ(reports[0].links, std::vector<std::string>{"https://gazette.example/port"});
  ASSERT_EQ(reports[0].media.size(), 1U);
  EXPECT_EQ(reports[0].media[0].caption, "the square");
}

TEST(Post, RetweetCarriesTheOriginalsWordsAndForwardsIt) {
  const auto reports = read(
      "x-v1",
      R"({"created_at":"Sat May 03 08:30:00 +0000 2031","id_str":"78","text":"RT @DockCircle: We stay on the squ…","retweeted_status":{"id_str":"77","text":"We stay on the square tonight","user":{"screen_name":"DockCircle"}},"user":{"screen_name":"other"}})");
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].text, "We stay on the square tonight");
  EXPECT_EQ(reports[0].source, "@other");
  ASSERT_EQ(reports[0].relations.size(), 1U);
  EXPECT_EQ(reports[0].relations[0].kind, RelationKind::forwards);
  EXPECT_EQ(reports[0].relations[0].target, "https://x.com/i/status/77");
}

TEST(Post, QuotedStatusIsAReportOfItsOwn) {
  const auto reports = read(
      "x-v1",
      R"({"id_str":"79","text":"Look at this","in_reply_to_status_id_str":"5","quoted_status":{"id_str":"77","text":"We stay on the square","user":{"screen_name":"DockCircle"}},"user":{"screen_name":"other"}})");
  ASSERT_EQ(reports.size(), 2U);
  EXPECT_EQ(reports[1].source, "@DockCircle");
  ASSERT_EQ(reports[0].relations.size(), 2U);
  EXPECT_EQ(reports[0].relations[0].kind, RelationKind::replies);
  EXPECT_EQ(reports[0].relations[1].kind, RelationKind::quotes);
  EXPECT_EQ(reports[0].relations[1].target, reports[1].id.hex());
}

TEST(Post, V2ReadsReferencesEditsAndHints) {
  const auto reports = read(
      "x-v2",
      R"({"id":"80","text":"RT @DockCircle: We stay","created_at":"2031-05-03T08:30:00.000Z","referenced_tweets":[{"type":"retweeted","id":"77"}],"edit_history_tweet_ids":["70","80"],"attachments":{"media_keys":["7_1"]}})",
      {{"author_handle", "other"}, {"author_name", "Other One"}});
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].text, "We stay");
  EXPECT_EQ(reports[0].source, "@other");
  EXPECT_EQ(reports[0].published.start, *Instant::parse("2031-05-03T08:30:00Z"));
  ASSERT_EQ(reports[0].relations.size(), 2U);
  EXPECT_EQ(reports[0].relations[0].kind, RelationKind::forwards);
  EXPECT_EQ(reports[0].relations[1].kind, RelationKind::edits);
  EXPECT_EQ(reports[0].relations[1].target, "https://x.com/i/status/70");
  EXPECT_EQ(reports[0].media[0].media_type, "video");
}

TEST(Post, ArchivedPostsSpeakForTheAccountThatTheArchiveNames) {
  const auto reports = read(
      "x-v1",
      R"({"id_str":"78","full_text":"RT @DockCircle: We stay &amp; wait","created_at":"Sat May 03 08:30:00 +0000 2031","retweeted":false,"edit_info":{"initial":{"editTweetIds":["70","78"],"editsRemaining":"4"}}})",
      {{"author_handle", "quaywatch"}, {"author_name", "Quay watch"}, {"deleted", "1"}});
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].source, "@quaywatch");
  EXPECT_EQ(reports[0].author, "Quay watch");
  EXPECT_EQ(reports[0].text, "We stay & wait");
  EXPECT_EQ(reports[0].audience, "deleted");
  EXPECT_EQ(reports[0].url, "https://x.com/i/status/78");
  EXPECT_EQ(reports[0].published.start, Instant{1935563400});
  ASSERT_EQ(reports[0].relations.size(), 2U);
  EXPECT_EQ(reports[0].relations[0].kind, RelationKind::forwards);
  EXPECT_EQ(reports[0].relations[0].target, "@DockCircle");
  EXPECT_EQ(reports[0].relations[1].kind, RelationKind::edits);
  EXPECT_EQ(reports[0].relations[1].target, "https://x.com/i/status/70");
}

TEST(Post, ALongPostOfAnArchiveHasItsWholeText) {
  const auto reports = read(
      "x-note",
      R"({"noteTweetId":"9","createdAt":"2031-05-03T08:30:00.000Z","core":{"text":"A long account","urls":[{"expandedUrl":"https://gazette.example/a"}]}})",
      {{"author_handle", "quaywatch"}});
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].text, "A long account");
  EXPECT_EQ(reports[0].source, "@quaywatch");
  EXPECT_EQ(reports[0].published.start, Instant{1935563400});
  EXPECT_EQ(reports[0].links, std::vector<std::string>{"https://gazette.example/a"});
}

TEST(Post, APostOfPicturesAloneIsAReportOfMedia) {
  const auto v1 = read(
      "x-v1",
      R"({"id_str":"78","full_text":"https://t.co/abc","user":{"screen_name":"a"},"entities":{"media":[{"url":"https://t.co/abc","type":"photo"}]}})");
  EXPECT_EQ(v1[0].kind, ReportKind::media);
  EXPECT_EQ(v1[0].text, "");
  EXPECT_EQ(v1[0].media.size(), 1U);
  const auto v2 = read(
      "x-v2",
      R"({"id":"80","text":"https://t.co/abc","entities":{"urls":[{"url":"https://t.co/abc","expanded_url":"https://x.com/a/status/80/photo/1"}]},"attachments":{"media_keys":["3_1"]}})");
  EXPECT_EQ(v2[0].kind, ReportKind::media);
  const auto with_words = read(
      "x-v1",
      R"({"id_str":"78","full_text":"Look https://t.co/abc","user":{"screen_name":"a"},"entities":{"media":[{"url":"https://t.co/abc","type":"photo"}]}})");
  EXPECT_EQ(with_words[0].kind, ReportKind::post);
  const auto meta =
      read("meta-message", R"({"sender_name":"Mina","timestamp_ms":1935563400000,"photos":[{"uri":"a.jpg"}]})");
  EXPECT_EQ(meta[0].kind, ReportKind::media);
  const auto chat = read("chat-line", "03/05/31, 20:49 - Mina: <Media omitted>", {{"author", "Mina"}, {"words", "24"}});
  EXPECT_EQ(chat[0].kind, ReportKind::media);
  const auto bluesky = read(
      "bluesky",
      R"({"uri":"at://did:plc:d/app.bsky.feed.post/k","cid":"b","record":{"$type":"app.bsky.feed.post","text":"","createdAt":"2031-05-03T08:30:00Z","embed":{"$type":"app.bsky.embed.images","images":[{"alt":"","image":{"mimeType":"image/png"}}]}}})");
  EXPECT_EQ(bluesky[0].kind, ReportKind::media);
  const auto note = read(
      "activity",
      R"({"id":"https://sail.example/1/activity","type":"Create","actor":"https://sail.example/users/mina","object":{"id":"https://sail.example/users/mina/statuses/7","type":"Note","content":"","attachment":[{"mediaType":"image/jpeg"}]}})");
  EXPECT_EQ(note[0].kind, ReportKind::media);
}

TEST(Post, PlatformNoticesAreHollow) {
  const auto reports = read(
      "x-v2",
      R"({"id":"80","text":"@DockCircle's account is temporarily unavailable because it violates the Media Policy. Learn more."})");
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].hollow, "post not available");
}

TEST(Post, RecordsWithoutAStatementGiveNoReport) {
  EXPECT_TRUE(read("x-v2", R"({"id":"80","title":"Not Found Error"})").empty());
  EXPECT_TRUE(read("telegram", R"({"type":"service","action":"create_channel"})").empty());
}

TEST(Post, BrokenRecordsAreHollow) {
  for (const char* format : {"x-v1", "x-v2", "telegram"}) {
    const auto reports = read(format, R"({"text":"cut in the mid)");
    ASSERT_EQ(reports.size(), 1U);
    EXPECT_EQ(reports[0].hollow, "unreadable record");
  }
}

TEST(Post, MessagePiecesAreJoinedAndForwardsNamed) {
  const auto reports = read(
      "telegram",
      R"({"id":12,"type":"message","date":"2031-05-03T12:00:00","date_unixtime":"1935563400","from":"Circle","from_id":"channel9","forwarded_from":"Coast Herald","reply_to_message_id":11,"photo":"a.jpg","text":["We stay at ",{"type":"text_link","text":"the square","href":"https://gazette.example/"},". "]})",
      {{"chat_title", "Docks daily"}, {"chat_id", "9"}, {"chat_type", "public_channel"}});
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].kind, ReportKind::message);
  EXPECT_EQ(reports[0].text, "We stay at the square.");
  EXPECT_EQ(reports[0].source, "Docks daily");
  EXPECT_EQ(reports[0].url, "https://t.me/c/9/12");
  EXPECT_EQ(reports[0].published.start, Instant{1935563400});
  EXPECT_EQ(reports[0].links, std::vector<std::string>{"https://gazette.example/"});
  ASSERT_EQ(reports[0].relations.size(), 2U);
  EXPECT_EQ(reports[0].relations[0].target, "Coast Herald");
  EXPECT_EQ(reports[0].relations[1].target, "https://t.me/c/9/11");
  EXPECT_EQ(reports[0].media.size(), 1U);
}

TEST(Post, MessageWithoutZoneIsKnownByItsDay) {
  const auto reports = read("telegram", R"({"type":"message","date":"2031-05-03T23:30:00","text":"We stay"})");
  EXPECT_EQ(reports[0].published.precision, TimePrecision::day_stated);
}

TEST(Post, AnEditedMessageEditsWhatStoodAtItsAddress) {
  const auto reports = read(
      "telegram",
      R"({"id":12,"type":"message","date_unixtime":"1935563400","edited_unixtime":"1935563500","from":"Circle","reply_to_message_id":4,"reply_to_peer_id":"channel77","text":"We stay"})",
      {{"chat_id", "9"}});
  ASSERT_EQ(reports[0].relations.size(), 2U);
  EXPECT_EQ(reports[0].relations[0].target, "https://t.me/c/77/4");
  EXPECT_EQ(reports[0].relations[1].kind, RelationKind::edits);
  EXPECT_EQ(reports[0].relations[1].target, "https://t.me/c/9/12");
}

TEST(Post, AMessageOfAPictureAloneIsAReportOfMedia) {
  const auto reports =
      read("telegram", R"({"type":"message","date_unixtime":"1935563400","photo":"[File not included]","text":""})");
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].kind, ReportKind::media);
  EXPECT_EQ(reports[0].hollow, "");
}

TEST(Post, AFurtherPictureOfAnAlbumNamesTheFirst) {
  const auto reports =
      read("telegram", R"({"id":13,"type":"message","date_unixtime":"1935563400","photo":"a.jpg","text":""})",
           {{"chat_id", "9"}, {"album", "12"}});
  ASSERT_EQ(reports[0].relations.size(), 1U);
  EXPECT_EQ(reports[0].relations[0].kind, RelationKind::album);
  EXPECT_EQ(reports[0].relations[0].target, "https://t.me/c/9/12");
}

TEST(Post, SeveralPicturesOfAPostOfXAreOneReport) {
  const auto reports = read(
      "x-v1",
      R"({"id_str":"5","created_at":"Sat May 03 08:30:00 +0000 2031","full_text":"At the gate https://t.co/a","user":{"screen_name":"a"},"extended_entities":{"media":[{"type":"photo","url":"https://t.co/a"},{"type":"video","url":"https://t.co/a"}]}})");
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].media.size(), 2U);
}

TEST(Post, APollSaysItsQuestionAndAnswers) {
  const auto reports = read(
      "telegram",
      R"({"type":"message","date_unixtime":"1935563400","text":"","poll":{"question":"Who stays?","closed":false,"answers":[{"text":"All","voters":2},{"text":"Some","voters":1}]}})");
  EXPECT_EQ(reports[0].text, "Who stays?\nAll\nSome");
}

TEST(Row, CellsFillTheReport) {
  const auto reports = read(
      "csv-row", "03/04/2031,\"Dockers, again, walk out\",Gazette,Port Anselm,سلام",
      {{"mapping",
        R"({"columns":{"text":"What","date":"When","source":"Who","place":"Where"},"delimiter":",","date_format":"dd/mm/yyyy"})"},
       {"header", R"(["When","What","Who","Where","Note"])"}});
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].kind, ReportKind::row);
  EXPECT_EQ(reports[0].text, "Port Anselm\nDockers, again, walk out");
  EXPECT_EQ(reports[0].source, "Gazette");
  EXPECT_EQ(reports[0].published.start->day(), Day::from_civil(2031, 4, 3));
}

}  // namespace
}  // namespace gavah::extract
