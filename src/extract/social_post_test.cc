#include <gtest/gtest.h>

#include "extract/extract.h"

namespace gavah::extract {
namespace {

std::vector<Report> read(std::string format, std::string_view bytes) {
  const Capture capture;
  Part part;
  part.format = std::move(format);
  return extract({capture, part, bytes}, IdSecret{});
}

/// The bytes that the first occurrence of `words` in the report came from.
std::string source_of(const Report& report, std::string_view words, std::string_view bytes) {
  const auto at = static_cast<std::uint32_t>(report.text.find(words));
  const auto range = source_range(report, {at, at + static_cast<std::uint32_t>(words.size())});
  return range ? std::string(bytes.substr(range->begin, range->size())) : std::string();
}

constexpr std::string_view kCreate =
    R"({"id":"https://sail.example/users/mina/statuses/7/activity","type":"Create","actor":"https://sail.example/users/mina","published":"2031-05-03T08:30:00Z","object":{"id":"https://sail.example/users/mina/statuses/7","type":"Note","summary":"Port, police","inReplyTo":"https://sail.example/users/circle/statuses/5","published":"2031-05-03T08:30:00Z","url":"https://sail.example/@mina/7","content":"\u003cp\u003eعمال \u0627لمیناء &amp; more \u003ca href=\"https://sail.example/tags/port\" class=\"mention hashtag\"\u003e#<span>port</span>\u003c/a\u003e\u003cbr /\u003eat 5\u003c/p\u003e<p>Read <a href=\"https://gazette.example/port?a=1&amp;b=2\"><span class=\"invisible\">https://</span><span class=\"ellipsis\">gazette.exa</span><span class=\"invisible\">mple/port</span></a></p>","attachment":[{"type":"Document","mediaType":"image/jpeg","url":"/m/a.jpg","name":"the gate"}]}})";

TEST(SocialPost, ANoteIsTheTextThatItsMarkupShows) {
  const auto reports = read("activity", kCreate);
  ASSERT_EQ(reports.size(), 1U);
  const Report& report = reports[0];
  EXPECT_EQ(report.text, "عمال المیناء & more #port\nat 5\nRead https://gazette.example/port");
  EXPECT_EQ(report.source, "@mina@sail.example");
  EXPECT_EQ(report.title, "Port, police");
  EXPECT_EQ(report.url, "https://sail.example/@mina/7");
  EXPECT_EQ(report.published.start, *Instant::parse("2031-05-03T08:30:00Z"));
  EXPECT_EQ(report.published.precision, TimePrecision::clock);
  EXPECT_EQ(report.links, std::vector<std::string>{"https://gazette.example/port?a=1&b=2"});
  ASSERT_EQ(report.media.size(), 1U);
  EXPECT_EQ(report.media[0].caption, "the gate");
  ASSERT_EQ(report.relations.size(), 1U);
  EXPECT_EQ(report.relations[0].kind, RelationKind::replies);
  EXPECT_EQ(report.relations[0].target, "https://sail.example/@circle/5");
}

TEST(SocialPost, WordsOfANoteLeadBackThroughMarkupAndEscapes) {
  const auto reports = read("activity", kCreate);
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(source_of(reports[0], "more", kCreate), "more");
  EXPECT_EQ(source_of(reports[0], "at 5", kCreate), "at 5");
  EXPECT_EQ(source_of(reports[0], "&", kCreate), "&amp;");
  EXPECT_EQ(source_of(reports[0], "المیناء", kCreate), "\\u0627لمیناء");
}

TEST(SocialPost, AnAnnounceForwardsAnAddressAtItsOwnTime) {
  const auto reports = read(
      "activity",
      R"({"id":"https://sail.example/users/mina/statuses/8/activity","type":"Announce","actor":"https://sail.example/users/mina","published":"2031-05-04T01:00:00Z","object":"https://wharf.example/users/circle/statuses/5"})");
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].text, "");
  EXPECT_EQ(reports[0].published.start, *Instant::parse("2031-05-04T01:00:00Z"));
  ASSERT_EQ(reports[0].relations.size(), 1U);
  EXPECT_EQ(reports[0].relations[0].kind, RelationKind::forwards);
  EXPECT_EQ(reports[0].relations[0].target, "https://wharf.example/@circle/5");
}

constexpr std::string_view kView =
    R"({"post":{"uri":"at://did:plc:dock/app.bsky.feed.post/k1","author":{"did":"did:plc:dock","handle":"dock.example","displayName":"Dock circle"},"record":{"$type":"app.bsky.feed.post","text":"We stay \"here\" gazette.exa...","createdAt":"2031-05-03T08:30:00.120Z","langs":["en"],"facets":[{"features":[{"$type":"app.bsky.richtext.facet#link","uri":"https://gazette.example/port"}]}],"reply":{"parent":{"uri":"at://did:plc:sea/app.bsky.feed.post/p"}},"embed":{"$type":"app.bsky.embed.recordWithMedia","media":{"images":[{"alt":"the gate","image":{"mimeType":"image/png"}}]},"record":{"record":{"uri":"at://did:plc:sea/app.bsky.feed.post/q"}}}},"embed":{"record":{"record":{"uri":"at://did:plc:sea/app.bsky.feed.post/q","author":{"handle":"handle.invalid","did":"did:plc:sea"},"value":{"$type":"app.bsky.feed.post","text":"The quoted words","createdAt":"2031-05-02T10:00:00"}}}},"indexedAt":"2031-05-03T08:30:01Z"})";

TEST(SocialPost, APostOfBlueskyHasWholeLinksPicturesReplyAndQuote) {
  const std::string bytes = std::string(kView) + "}";
  const auto reports = read("bluesky", bytes);
  ASSERT_EQ(reports.size(), 2U);
  const Report& post = reports[0];
  EXPECT_EQ(post.text, "We stay \"here\" gazette.exa...");
  EXPECT_EQ(source_of(post, "\"here\"", bytes), R"(\"here\")");
  EXPECT_EQ(post.source, "@dock.example");
  EXPECT_EQ(post.author, "Dock circle");
  EXPECT_EQ(post.url, "https://bsky.app/profile/did:plc:dock/post/k1");
  EXPECT_EQ(post.links, std::vector<std::string>{"https://gazette.example/port"});
  ASSERT_EQ(post.media.size(), 1U);
  EXPECT_EQ(post.media[0].media_type, "image/png");
  ASSERT_EQ(post.relations.size(), 2U);
  EXPECT_EQ(post.relations[0].kind, RelationKind::replies);
  EXPECT_EQ(post.relations[0].target, "https://bsky.app/profile/did:plc:sea/post/p");
  EXPECT_EQ(post.relations[1].kind, RelationKind::quotes);
  EXPECT_EQ(post.relations[1].target, reports[1].id.hex());
  EXPECT_EQ(reports[1].text, "The quoted words");
  EXPECT_EQ(reports[1].source, "did:plc:sea");
  EXPECT_EQ(reports[1].published.precision, TimePrecision::day_stated);  // its clock names no zone
}

TEST(SocialPost, AReasonMakesAPostAForwardOfTheOneWhoSentItOn) {
  const auto reports = read(
      "bluesky",
      std::string(kView) +
          R"(,"reason":{"$type":"app.bsky.feed.defs#reasonRepost","by":{"did":"did:plc:quay","handle":"quay.example"},"indexedAt":"2031-05-05T00:00:00Z"}})");
  ASSERT_EQ(reports.size(), 2U);
  EXPECT_EQ(reports[0].source, "@quay.example");
  EXPECT_EQ(reports[0].published.start, *Instant::parse("2031-05-05T00:00:00Z"));
  EXPECT_EQ(reports[0].relations.back().kind, RelationKind::forwards);
  EXPECT_EQ(reports[0].relations.back().target, "https://bsky.app/profile/did:plc:dock/post/k1");
}

TEST(SocialPost, AClaimedTimeAfterTheServersGivesWay) {
  const auto reports = read(
      "bluesky",
      R"({"uri":"at://did:plc:dock/app.bsky.feed.post/k","record":{"$type":"app.bsky.feed.post","text":"x","createdAt":"2099-01-01T00:00:00Z"},"indexedAt":"2031-05-03T08:30:01Z"})");
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].published.start, *Instant::parse("2031-05-03T08:30:01Z"));
}

TEST(SocialPost, AnEventOfTheFirehoseHasTheAddressOfItsPost) {
  const auto reports = read(
      "bluesky",
      R"({"did":"did:plc:dock","commit":{"operation":"create","collection":"app.bsky.feed.repost","rkey":"r","record":{"$type":"app.bsky.feed.repost","subject":{"uri":"at://did:plc:sea/app.bsky.feed.post/q"},"createdAt":"2031-05-03T08:30:00Z"}}})");
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].url, "at://did:plc:dock/app.bsky.feed.repost/r");
  EXPECT_EQ(reports[0].source, "did:plc:dock");
  ASSERT_EQ(reports[0].relations.size(), 1U);
  EXPECT_EQ(reports[0].relations[0].target, "https://bsky.app/profile/did:plc:sea/post/q");
}

TEST(SocialPost, OtherAndBrokenRecordsSayNothing) {
  EXPECT_TRUE(read("bluesky", R"({"$type":"app.bsky.feed.like","createdAt":"2031-05-03T08:30:00Z"})").empty());
  EXPECT_TRUE(read("activity", R"({"type":"Create","object":"https://sail.example/1"})").empty());
  for (const char* format : {"bluesky", "activity"}) {
    const auto reports = read(format, R"({"text":"cut in the mid)");
    ASSERT_EQ(reports.size(), 1U);
    EXPECT_EQ(reports[0].hollow, "unreadable record");
  }
}

}  // namespace
}  // namespace gavah::extract
