// Posts of others in pages, in the many ways in which pages embed them.
#include <gtest/gtest.h>

#include <algorithm>

#include "extract/embed_address.h"
#include "extract/extract.h"

namespace gavah::extract {
namespace {

const std::string kBefore =
    "<p>The dockers of Anselm left their work on Monday morning, and by noon the whole port stood still, as "
    "witnesses said who watched it from the bridge.</p><p>Nobody could say how long the strike would last, and the "
    "ministry, asked for a comment, gave none until the evening.</p>";
const std::string kAfter =
    "<p>The strike goes on, and nobody knows for how long it will last; the shops around the port stayed closed for "
    "the whole of the day, and so did the schools of the quarter.</p>";

std::string page_with(const std::string& embed) {
  return "<html><head><title>Strike in Anselm</title></head><body><article><h1>Strike in Anselm</h1>" + kBefore +
         embed + kAfter + "</article></body></html>";
}

std::vector<Report> read(const std::string& page) {
  const Capture capture;
  Part part;
  part.format = "html";
  return extract({capture, part, page}, IdSecret{});
}

/// The one post that the page embeds between its paragraphs.
Report post_in(const std::string& embed) {
  const auto reports = read(page_with(embed));
  EXPECT_EQ(reports.size(), 2U) << embed;
  if (reports.size() != 2) return {};
  EXPECT_TRUE(reports[1].kind == ReportKind::post || reports[1].kind == ReportKind::media);
  EXPECT_EQ(reports[0].relations.size(), 1U) << embed;
  for (const Relation& relation : reports[0].relations) {
    EXPECT_EQ(relation.kind, RelationKind::embeds);
    EXPECT_EQ(relation.target, reports[1].id.hex());
    EXPECT_TRUE(relation.span);
    if (!relation.span) continue;
    std::string_view after = std::string_view(reports[0].text).substr(relation.span->end);
    if (after.starts_with('\n')) after.remove_prefix(1);
    EXPECT_TRUE(after.starts_with("The strike goes on")) << embed << " " << after;
  }
  return reports[1];
}

std::string bytes_of(const std::string& page, const Report& report, const std::string& words) {
  const auto at = static_cast<std::uint32_t>(report.text.find(words));
  const auto range = source_range(report, {at, at + static_cast<std::uint32_t>(words.size())});
  return range ? page.substr(range->begin, range->size()) : "";
}

TEST(Embed, FramesOfEveryPlatformLeadToThePost) {
  const std::vector<std::pair<std::string, std::string>> frames{
      {"https://platform.twitter.com/embed/Tweet.html?dnt=false&amp;id=1234567890&amp;lang=en",
       "https://x.com/i/status/1234567890"},
      {"https://t.me/dockcircle/77?embed=1&amp;userpic=true", "https://t.me/dockcircle/77"},
      {"https://www.facebook.com/plugins/"
       "post.php?href=https%3A%2F%2Fwww.facebook.com%2Fdockcircle%2Fposts%2F123&amp;w=1",
       "https://www.facebook.com/dockcircle/posts/123"},
      {"https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fdockcircle%2Fvideos%2F456%2F",
       "https://www.facebook.com/dockcircle/videos/456/"},
      {"https://www.youtube.com/embed/abcdefghijk?rel=0", "https://www.youtube.com/watch?v=abcdefghijk"},
      {"//www.youtube-nocookie.com/embed/abcdefghijk", "https://www.youtube.com/watch?v=abcdefghijk"},
      {"https://www.instagram.com/p/CabcdEFG12/embed/captioned/", "https://www.instagram.com/p/CabcdEFG12/"},
      {"https://www.instagram.com/reel/CabcdEFG12/embed", "https://www.instagram.com/p/CabcdEFG12/"},
      {"https://www.tiktok.com/embed/v2/7012345678901234567", "https://www.tiktok.com/embed/v2/7012345678901234567"},
      {"https://embed.bsky.app/embed/did:plc:dock/app.bsky.feed.post/k1",
       "https://bsky.app/profile/did:plc:dock/post/k1"},
      {"https://social.example/@dockcircle/110000000000000001/embed",
       "https://social.example/@dockcircle/110000000000000001"},
      {"https://twitframe.com/show?url=https%3A%2F%2Ftwitter.com%2FDockCircle%2Fstatus%2F1234567890",
       "https://x.com/i/status/1234567890"},
      {"https://www.aparat.com/video/video/embed/videohash/Ab1cD/vt/frame", "https://www.aparat.com/v/Ab1cD"},
  };
  for (const auto& [src, address] : frames) {
    for (const std::string name : {"src", "data-src", "data-lazy-src", "data-cookieblock-src", "data-cmp-src"}) {
      EXPECT_EQ(post_in("<div><iframe " + name + "=\"" + src + "\"></iframe></div>").url, address) << name;
    }
  }
}

TEST(Embed, FramesOfOtherThingsAreNoPosts) {
  for (const char* src : {"https://maps.example/embed?pb=1", "https://t.me/share/url?url=https://gazette.example/1",
                          "https://t.me/dockcircle?embed=1", "https://www.facebook.com/plugins/like.php?href=x",
                          "https://platform.twitter.com/widgets/follow_button.html?screen_name=a",
                          "https://www.youtube.com/subscribe_embed?channel=x", "about:blank", ""}) {
    EXPECT_EQ(framed_post(src), "") << src;
    EXPECT_EQ(read(page_with("<iframe src=\"" + std::string(src) + "\"></iframe>")).size(), 1U) << src;
  }
}

TEST(Embed, ElementsOfAmpNameTheirPost) {
  EXPECT_EQ(post_in("<amp-twitter width=1 height=1 data-tweetid=1234567890></amp-twitter>").url,
            "https://x.com/i/status/1234567890");
  EXPECT_EQ(post_in("<amp-instagram data-shortcode=CabcdEFG12></amp-instagram>").url,
            "https://www.instagram.com/p/CabcdEFG12/");
  EXPECT_EQ(post_in("<amp-facebook data-href='https://www.facebook.com/dockcircle/posts/123'></amp-facebook>").url,
            "https://www.facebook.com/dockcircle/posts/123");
  const Report video = post_in("<amp-youtube data-videoid=abcdefghijk title='The square'></amp-youtube>");
  EXPECT_EQ(video.url, "https://www.youtube.com/watch?v=abcdefghijk");
  ASSERT_EQ(video.media.size(), 1U);
  EXPECT_EQ(video.media[0].caption, "The square");
  EXPECT_EQ(post_in("<lite-youtube videoid=abcdefghijk></lite-youtube>").url,
            "https://www.youtube.com/watch?v=abcdefghijk");
}

const std::string kQuote =
    "<blockquote class=\"twitter-tweet\"><p>We stay on the square &amp; sing. <a "
    "href=\"https://gazette.example/x\">gazette.example/x</a></p>&mdash; Circle of the Docks (@DockCircle) <a "
    "href=\"https://twitter.com/DockCircle/status/1234567890\">May 2, 2031</a></blockquote>";

void expect_the_quote(const Report& post) {
  EXPECT_EQ(post.url, "https://x.com/i/status/1234567890");
  EXPECT_EQ(post.source, "@DockCircle");
  EXPECT_EQ(post.author, "Circle of the Docks");
  EXPECT_EQ(post.text, "We stay on the square & sing. gazette.example/x");
  ASSERT_TRUE(post.published.start);
  EXPECT_EQ(post.published.start->day(), Day::from_civil(2031, 5, 2));
  EXPECT_EQ(post.links, std::vector<std::string>{"https://gazette.example/x"});
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
  return text;
}

TEST(Embed, QuotesAreReadHoweverTheyAreWrapped) {
  for (const std::string& wrapped :
       {kQuote,
        "<figure class='wp-block-embed is-provider-twitter'><div class=wp-block-embed__wrapper>" + kQuote +
            "</div></figure>",
        "<div class='article-widget'><div class='widget-inner'>" + kQuote + "</div></div>",
        "<div class='twitter-tweet twitter-tweet-wrapper'>" + kQuote + "</div>", "<noscript>" + kQuote + "</noscript>",
        "<template>" + kQuote + "</template>", "<amp-twitter data-tweetid=1234567890>" + kQuote + "</amp-twitter>",
        kQuote + "<noscript>" + kQuote + "</noscript>"}) {
    expect_the_quote(post_in(wrapped));
  }
}

TEST(Embed, MarkupThatWaitsForConsentIsReadAndLeadsToItsBytes) {
  for (const std::string type : {"text/plain", "text/template", "text/x-template", "text/html"}) {
    const std::string script = "<script type='" + type + "' data-cookiecategory=social>" + kQuote + "</script>";
    const Report post = post_in(script);
    expect_the_quote(post);
    EXPECT_EQ(bytes_of(page_with(script), post, "square & sing"), "square &amp; sing");
  }
  const std::string escaped = replaced(replaced(replaced(kQuote, "&", "&amp;"), "\"", "&quot;"), "<", "&lt;");
  const std::string waiting = "<div class=consent data-embed-code=\"" + escaped + "\"><p>Load the post?</p></div>";
  const Report post = post_in(waiting);
  expect_the_quote(post);
  EXPECT_EQ(bytes_of(page_with(waiting), post, "square & sing"), "square &amp;amp; sing");
  EXPECT_EQ(read(page_with(waiting))[0].text.find("Load the post"), std::string::npos);
}

TEST(Embed, FramesThatWaitForConsentAreRead) {
  EXPECT_EQ(post_in("<div class=player data-src='https://www.youtube.com/embed/abcdefghijk'><p>By a click you accept "
                    "that data is sent.</p></div>")
                .url,
            "https://www.youtube.com/watch?v=abcdefghijk");
  EXPECT_EQ(post_in("<script type=text/plain><iframe src='https://t.me/dockcircle/77?embed=1'></iframe></script>").url,
            "https://t.me/dockcircle/77");
}

TEST(Embed, AnswersOfOEmbedInAPagesStateAreReadAndLeadToTheirBytes) {
  const std::string json = replaced(replaced(kQuote, "\"", "\\\""), "</", "<\\/");
  const std::string page = page_with("<script>window.state={\"raw_oembed\":{\"html\":\"" + json + "\\n\"}};</script>");
  const auto reports = read(page);
  ASSERT_EQ(reports.size(), 2U);
  expect_the_quote(reports[1]);
  ASSERT_EQ(reports[0].relations.size(), 1U);
  EXPECT_FALSE(reports[0].relations[0].span);
  EXPECT_EQ(bytes_of(page, reports[1], "square & sing"), "square &amp; sing");
  // A page that shows a post says itself what it embeds: the state may be of other articles.
  const std::string both =
      page_with("<iframe src='https://t.me/dockcircle/77'></iframe><script>x={\"html\":\"" + json + "\"};</script>");
  EXPECT_EQ(read(both).size(), 2U);
}

TEST(Embed, AddressesThatWereToBeEmbeddedArePosts) {
  EXPECT_EQ(
      post_in("<figure class='wp-block-embed is-type-rich'><div>\nhttps://twitter.com/DockCircle/status/1234567890\n"
              "</div></figure>")
          .url,
      "https://x.com/i/status/1234567890");
  const Report post = post_in("<p>https://t.me/dockcircle/77</p>");
  EXPECT_EQ(post.url, "https://t.me/dockcircle/77");
  EXPECT_EQ(post.source, "@dockcircle");
  const auto reports = read(page_with("<p>https://t.me/dockcircle/77</p>"));
  const Span span = *reports[0].relations[0].span;
  EXPECT_EQ(reports[0].text.substr(span.begin, span.size()), "https://t.me/dockcircle/77");
  for (const char* line :
       {"https://t.me/dockcircle", "https://twitter.com/DockCircle", "https://gazette.example/posts/1",
        "see https://t.me/dockcircle/77", "https://t.me/dockcircle/77 as of today"})
    EXPECT_EQ(read(page_with("<p>" + std::string(line) + "</p>")).size(), 1U) << line;
}

TEST(Embed, PostsKeepTheirOrderAndPlace) {
  const auto reports = read(page_with(
      "<iframe src='https://t.me/dockcircle/77?embed=1'></iframe><p>Then the ministry spoke, and what it said in the "
      "evening was heard in all quarters of the city.</p>" +
      kQuote + "<p>https://www.youtube.com/watch?v=abcdefghijk</p>"));
  ASSERT_EQ(reports.size(), 4U);
  ASSERT_EQ(reports[0].relations.size(), 3U);
  const std::vector<std::string> order{"https://t.me/dockcircle/77", "https://x.com/i/status/1234567890",
                                       "https://www.youtube.com/watch?v=abcdefghijk"};
  std::uint32_t at = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    EXPECT_EQ(reports[i + 1].url, order[i]);
    EXPECT_EQ(reports[0].relations[i].target, reports[i + 1].id.hex());
    EXPECT_GE(reports[0].relations[i].span->begin, at);
    at = reports[0].relations[i].span->begin;
  }
}

TEST(Embed, WhatStandsInFurnitureCommentsAndNavigationIsNotTheArticles) {
  const std::string frame = "<iframe src='https://www.youtube.com/embed/abcdefghijk'></iframe>";
  const std::string words =
      "<p>The best of the week in pictures and sounds, chosen by the desk for all readers of the "
      "gazette, every Sunday morning.</p>";
  for (const std::string around : {"aside", "nav", "footer"}) {
    const std::string page = "<html><body><article><h1>Strike in Anselm</h1>" + kBefore + kAfter + "</article><" +
                             around + ">" + words + frame + "</" + around + "></body></html>";
    EXPECT_EQ(read(page).size(), 1U) << around;
  }
  EXPECT_EQ(read("<html><body><article><h1>Strike in Anselm</h1>" + kBefore + kAfter +
                 "</article><div class=comments><p>Look at this</p>" + kQuote + "</div></body></html>")
                .size(),
            1U);
}

TEST(Embed, AFrameRightBesideTheTextIsTheArticles) {
  const auto reports = read(
      "<html><body><div class=head><h1>Strike in Anselm</h1></div><div class=hero><iframe "
      "src='https://www.youtube.com/embed/abcdefghijk'></iframe></div><div class=article-body>" +
      kBefore + kAfter + "</div></body></html>");
  ASSERT_EQ(reports.size(), 2U);
  EXPECT_EQ(reports[1].url, "https://www.youtube.com/watch?v=abcdefghijk");
  EXPECT_EQ(reports[0].relations[0].span->begin, 0U);
}

TEST(Embed, AWrapperThatBorrowsAPlatformsClassIsThePagesOwn) {
  const auto reports =
      read("<html><body><div class='instagram-media post-content'><h1>Strike in Anselm</h1>" + kBefore +
           "<blockquote class=instagram-media data-instgrm-permalink='https://www.instagram.com/p/Cab/"
           "?x=1'><a href='https://www.instagram.com/p/Cab/'>A post shared by Dock (@dock)</a>"
           "</blockquote>" +
           kAfter + "</div></body></html>");
  ASSERT_EQ(reports.size(), 2U);
  EXPECT_NE(reports[0].text.find("The strike goes on"), std::string::npos);
  EXPECT_EQ(reports[1].url, "https://www.instagram.com/p/Cab/");
}

TEST(Embed, ManyAddressesAndFramesFarAwayCostLittle) {
  std::string page = "<html><body><article>" + kBefore + "<p>";
  for (int i = 0; i < 200000; ++i) page += "https://t.me/a/1";
  page += "</p></article>";
  for (int i = 0; i < 20000; ++i) page += "<b></b><iframe src='https://t.me/a/" + std::to_string(i) + "'></iframe>";
  EXPECT_LE(read(page + "</body></html>").size(), 4096U);
}

}  // namespace
}  // namespace gavah::extract
