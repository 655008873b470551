#include "html/html.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace gavah::html {
namespace {

/// The text nodes of a page, each with the source of its pieces.
std::string words(std::string_view page) {
  const Document document = parse(page);
  return document.words(0);
}

void expect_pieces_cover(std::string_view page, const Document& document) {
  for (NodeIndex i = 0; i < document.nodes().size(); ++i) {
    if (document[i].kind != NodeKind::text) continue;
    std::uint32_t at = document[i].text.begin;
    for (const TextPiece& piece : document.pieces(i)) {
      EXPECT_EQ(piece.text.begin, at);
      at = piece.text.end;
      ASSERT_LE(piece.source.end, page.size());
      if (piece.text.size() != piece.source.size()) continue;
      const std::string_view copied =
          document.text(i).substr(piece.text.begin - document[i].text.begin, piece.text.size());
      EXPECT_EQ(copied, page.substr(piece.source.begin, piece.source.size()));
    }
    EXPECT_EQ(at, document[i].text.end);
  }
}

TEST(Html, TreeFollowsTheStandard) {
  const Document page = parse("<p>one<p>two<table><tr><td>three</table>");
  EXPECT_EQ(page.words(0), "one two three");
  const NodeIndex first = page.first(Tag::p);
  ASSERT_NE(first, kNoNode);
  EXPECT_EQ(page.words(first), "one");
  EXPECT_NE(page.first(Tag::tbody), kNoNode);  // inserted by the parser
  EXPECT_TRUE(page[page.first(Tag::tbody)].source.empty());
}

TEST(Html, SubtreesAreRangesOfNodes) {
  const Document page = parse("<div><p>a<b>b</b></p></div><p>c</p>");
  const NodeIndex div = page.first(Tag::div);
  for (NodeIndex i = div + 1; i < page[div].past; ++i) {
    NodeIndex up = i;
    while (up != kNoNode && up != div) up = page[up].parent;
    EXPECT_EQ(up, div);
  }
  EXPECT_EQ(page.words(div), "ab");
}

TEST(Html, SourceOfTextIsWhereItStands) {
  const std::string_view text = "<p>caf&eacute; &amp; tea\r\nat 5&#8239;pm &notanentity; &copy2031</p>";
  const Document page = parse(text);
  expect_pieces_cover(text, page);
  std::string rebuilt;
  for (NodeIndex i = 0; i < page.nodes().size(); ++i) {
    for (const TextPiece& piece : page.pieces(i))
      rebuilt += std::string(text.substr(piece.source.begin, piece.source.size())) + "|";
  }
  EXPECT_EQ(rebuilt, "caf|&eacute;| |&amp;| tea|\r\n|at 5|&#8239;|pm |&not|anentity; |&copy|2031|");
}

TEST(Html, IgnoredTagsInsideOfTextAreSkipped) {
  const std::string_view text = "<body>one</nosuch>two<body>three";
  const Document page = parse(text);
  expect_pieces_cover(text, page);
  EXPECT_EQ(page.words(0), "onetwothree");
}

TEST(Html, ScriptsAreNoWords) {
  EXPECT_EQ(words("<script>if (a < b) { x = '<p>no</p>'; }</script><p>yes</p><style>p{}</style>"), "yes");
}

TEST(Html, CutScriptsKeepTheirPlaceAndWhatFollowsKeepsIts) {
  const std::string script = R"({"a": ")" + std::string(200, 'x') + R"("})";
  const std::string page = "<p>one</p><script type=application/ld+json>" + script +
                           "</script><p>two &amp; three</p><style>" + std::string(100, 'y') + "</style><p>four</p>";
  const Document document = parse(page);
  expect_pieces_cover(page, document);
  const NodeIndex element = document.first(Tag::script);
  ASSERT_NE(element, kNoNode);
  const NodeIndex raw = document[element].first_child;
  ASSERT_NE(raw, kNoNode);
  EXPECT_EQ(document.text(raw), script);
  EXPECT_EQ(page.substr(document[raw].source.begin, document[raw].source.size()), script);
  EXPECT_EQ(page.substr(document[element].source.begin, document[element].source.size()),
            "<script type=application/ld+json>");
  EXPECT_EQ(document.words(0), "one two & three four");
}

TEST(Html, AttributesAreDecodedAndLowerCase) {
  const Document page = parse("<A HREF='?a=1&amp;b=2' Title=x>y</a>");
  const NodeIndex link = page.first(Tag::a);
  EXPECT_EQ(page.attribute(link, "href"), "?a=1&b=2");
  EXPECT_EQ(page.attribute(link, "title"), "x");
  EXPECT_TRUE(page.has_attribute(link, "title"));
  EXPECT_FALSE(page.has_attribute(link, "rel"));
}

TEST(Html, MovingADocumentKeepsItsViews) {
  Document page = parse("<p id=q>x");
  const Document moved = std::move(page);
  EXPECT_EQ(moved.attribute(moved.first(Tag::p), "id"), "q");
}

TEST(Html, ReferencesAsLongAsTheirTextAreNoCopies) {
  const std::string_view text = "a&nang;b";  // six bytes for six bytes
  const Document page = parse(text);
  expect_pieces_cover(text, page);
  EXPECT_EQ(page.words(0), "a\u2220\u20D2b");
}

TEST(Html, TextInFrontOfItsTableKeepsItsPlaceInThePage) {
  const std::string_view text = "<table>one<tr><td>two</table><p>three";
  const Document page = parse(text);
  expect_pieces_cover(text, page);
  EXPECT_EQ(page.words(0), "one two three");
  const NodeIndex table = page.first(Tag::table);
  EXPECT_EQ(page[table - 1].source, (Span{7, 10}));
}

TEST(Html, ControlCharactersStayAsTheyStand) {
  const std::string_view text =
      "<p>a\u0099b\x08"
      "c";
  const Document page = parse(text);
  expect_pieces_cover(text, page);
  EXPECT_EQ(page.words(0),
            "a\u0099b\x08"
            "c");
}

TEST(Html, AllNamedReferencesOfTheStandardAreKnown) {
  EXPECT_EQ(decode_references("&CounterClockwiseContourIntegral;&nGt;&frac34;&zwnj;&rarrb;"),
            "\u2233\u226B\u20D2\u00BE\u200C\u21E5");
  EXPECT_EQ(decode_references("?a=1&copy=2&lt;&nosuch;&#x634;&#0;"), "?a=1&copy=2<&nosuch;\u0634\uFFFD");
}

TEST(Html, CommentsPartTextsAndLeaveNoNode) {
  const Document page = parse("<!doctype html><!--x--><p>a<!--b-->c</p><!--y-->");
  EXPECT_EQ(page.words(0), "ac");
  EXPECT_EQ(page[0].tag, Tag::html);
  const NodeIndex p = page.first(Tag::p);
  EXPECT_EQ(page[p].past - p, 3U);
}

TEST(Html, RandomMarkupIsCoveredByItsPieces) {
  SeededRandom random(11);
  constexpr std::array<std::string_view, 24> kBits{
      "<p>", "</p>", "<b>",  "</b>",    "a",    " b ",      "&amp;", "&amp", "&lt;",       "&#65;", "&#x;", "&nosuch;",
      "<",   ">",    "\r\n", "<table>", "<td>", "</table>", "<!--",  "-->",  "<a href=\"", "\">",   "ب",    "<pre>\n"};
  for (int round = 0; round < 2000; ++round) {
    std::string page;
    for (const char c : random.bytes(24)) page += kBits[static_cast<unsigned char>(c) % kBits.size()];
    const Document document = parse(page);
    expect_pieces_cover(page, document);
  }
}

TEST(Html, SearchesFindWhatNodesAre) {
  const Document page = parse("<body><p>a<b>b</b></p><script>s</script><p>c</p><xyz>d</xyz><style>t</style>");
  const auto past = static_cast<NodeIndex>(page.nodes().size());
  for (std::size_t tag = 0; tag < kTags; ++tag) {
    NodeIndex found = page.next(static_cast<Tag>(tag), 0, past);
    for (NodeIndex i = 0; i < past; ++i) {
      const bool is_it = page[i].kind == NodeKind::element && page[i].tag == static_cast<Tag>(tag);
      EXPECT_EQ(page.is_element(i, static_cast<Tag>(tag)), is_it);
      EXPECT_EQ(found == i, is_it) << i;
      if (found == i) found = page.next(static_cast<Tag>(tag), i + 1, past);
    }
    EXPECT_EQ(found, kNoNode);
  }
  NodeIndex raw = page.next_raw(0);
  for (NodeIndex i = 0; i < past; ++i) {
    EXPECT_EQ(page.is_element(i), page[i].kind == NodeKind::element);
    EXPECT_EQ(page.is_text(i), page[i].kind == NodeKind::text);
    EXPECT_EQ(raw == i, page[i].kind == NodeKind::raw);
    if (raw == i) raw = page.next_raw(i + 1);
  }
  EXPECT_EQ(page.first(Tag::b, page.next(Tag::p, page.first(Tag::p) + 1, past)), kNoNode);
}

}  // namespace
}  // namespace gavah::html
