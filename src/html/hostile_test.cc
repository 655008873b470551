// Pages made to cost more than their size.
#include <gtest/gtest.h>

#include <ctime>

#include "html/html.h"
#include "html/tree_builder.h"

namespace gavah::html {
namespace {

constexpr std::size_t kBombBytes = std::size_t{256} << 10U;

std::string repeated(std::string_view piece) {
  std::string out;
  out.reserve(kBombBytes + piece.size());
  while (out.size() < kBombBytes) out += piece;
  return out;
}

/// `piece` with numbers counting up in the place of '#'.
std::string counted(std::string_view piece) {
  std::string out;
  for (int i = 0; out.size() < kBombBytes; ++i) {
    for (const char c : piece) {
      if (c == '#') {
        out += std::to_string(i);
      } else {
        out.push_back(c);
      }
    }
  }
  return out;
}

std::string times(std::string_view piece, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += piece;
  return out;
}

struct Bomb {
  const char* name;
  std::string page;
};

using Bombs = std::vector<Bomb>;

/// Of the tree builder.
Bombs nesting_bombs() {
  Bombs out;
  const auto add = [&out](const char* name, std::string page) { out.push_back({name, std::move(page)}); };
  add("deep div", repeated("<div>"));
  add("deep div, closed", repeated("<div>") + repeated("</div>"));
  add("deep unknown", counted("<x#>"));
  add("deep svg", "<svg>" + repeated("<g>"));
  add("deep math", "<math>" + repeated("<mrow>"));
  add("deep foreign and back", repeated("<svg><foreignObject>"));
  add("deep lists", repeated("<ul><li>"));
  add("deep definitions", repeated("<dl><dd>"));
  add("deep tables", repeated("<table><tr><td>"));
  add("deep tables, no cells", repeated("<table>"));
  add("deep templates", repeated("<template>"));
  add("deep templates in tables", repeated("<table><template>"));
  add("deep buttons", repeated("<button><div>"));
  add("deep forms in templates", repeated("<template><form>"));
  add("deep rubies", repeated("<ruby><rt>"));
  add("deep selects", repeated("<select><option><div>"));
  add("unclosed b", repeated("<b>"));
  add("unclosed b, each its own", counted("<b k=#>"));
  add("unclosed b and p", repeated("<b><p>"));
  add("unclosed fonts reopened",
      times("<b><i><u><s><tt><em><font size=1><font size=2><font size=3>", 8) + repeated("<p>x"));
  add("64 own fonts reopened", counted("<font k=#>").substr(0, 1000) + repeated("<p>x"));
  add("fonts and blocks", counted("<font k=#><p>"));
  add("anchors", repeated("<a href=x>"));
  add("anchors and blocks", repeated("<a href=x><div>"));
  add("anchors in deep blocks", times("<div>", 500) + repeated("<a>"));
  add("nobr", repeated("<nobr>"));
  add("nobr and blocks", repeated("<nobr><div>"));
  add("adoption", repeated("<b><div>x</b>"));
  add("adoption of many", repeated("<b><i><u><s><p>x</b></i></u></s>"));
  add("adoption below", times("<b>", 60) + times("<div>", 400) + repeated("</b>x"));
  add("adoption of crossed blocks", repeated("<a><p></a></p>"));
  add("end tags", times("<div>", 500) + repeated("</span>"));
  add("end tags of formatting", times("<div>", 500) + repeated("</b>"));
  add("end tags of unknown", times("<x>", 500) + counted("</y#>"));
  add("end tags of p", repeated("</p>"));
  add("foster text", "<table>" + repeated("x<tr>"));
  add("foster elements", "<table>" + repeated("<b>x"));
  add("foster blocks", "<table>" + repeated("<div>x</div>"));
  add("foster in deep tables", times("<table><tr><td>", 160) + "<table>" + repeated("x<tr>"));
  add("table parts", repeated("<table><caption><colgroup><col><tbody><tr><td>x"));
  add("cells", "<table>" + repeated("<td>"));
  add("markers", "<table><tr>" + repeated("<td><applet></table><table><tr>"));
  add("applets", repeated("<applet><b>"));
  add("selects", repeated("<select><option>x"));
  add("selected content", "<select><button><selectedcontent></button><option>" + repeated("<b>x</b>") + "<option>");
  add("selected content nested", repeated("<select><button><selectedcontent></button><option><template>"));
  add("framesets", repeated("<frameset>"));
  add("headings", repeated("<h1>"));
  return out;
}

/// Of the tokenizer.
Bombs letter_bombs() {
  Bombs out;
  const auto add = [&out](const char* name, std::string page) { out.push_back({name, std::move(page)}); };
  add("attributes", "<p " + counted("a# ") + ">");
  add("one attribute again", "<p " + repeated("a ") + ">");
  add("html attributes", counted("<html a#=1>"));
  add("body attributes", "<body>" + counted("<body a#=1>"));
  add("body attributes again", "<body " + times("a b c d e f g h ", 1) + ">" + repeated("<body h>"));
  add("references", repeated("&lt;"));
  add("references without end", repeated("&lt"));
  add("long names", repeated("&CounterClockwiseContourIntegra"));
  add("ampersands", repeated("&"));
  add("long number", "&#" + repeated("9") + ";");
  add("attribute references", "<p a=\"" + repeated("&lt;") + "\">");
  add("nulls", repeated(std::string_view("\0x", 2)));
  add("carriage returns", repeated("\r"));
  add("open angles", repeated("<"));
  add("open tags", repeated("<a "));
  add("quotes", repeated("<a b=\""));
  add("comments open", repeated("<!--"));
  add("comments", repeated("<!-->"));
  add("declarations", repeated("<!doctype html>"));
  add("bogus comments", repeated("</ >"));
  add("scripts open", repeated("<script>"));
  add("scripts hidden", "<script>" + repeated("<!--<script>"));
  add("raw ends", "<style>" + repeated("</styl"));
  add("titles open", repeated("<title>"));
  add("title ends", "<title>" + repeated("</titl"));
  add("cdata", "<svg>" + repeated("<![CDATA["));
  add("cdata closed", "<svg>" + repeated("<![CDATA[x]]>"));
  add("foreign end tags", "<svg>" + times("<g>", 500) + repeated("</h>"));
  add("break out", repeated("<svg><p>"));
  add("plain text", "<plaintext>" + repeated("</plaintext>"));
  return out;
}

double seconds_now() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

TEST(Hostile, PagesCostTheirSize) {
  constexpr double kSeconds = 2.0;  // of a core; the worst takes 0.05 (0.5 with sanitizers), a quadratic one minutes
  constexpr std::size_t kNodesPerByte = 1;
  constexpr std::size_t kDepth = 640;
  Bombs bombs = nesting_bombs();
  for (Bomb& bomb : letter_bombs()) bombs.push_back(std::move(bomb));
  for (const Bomb& bomb : bombs) {
    const double begin = seconds_now();
    const Document document = parse(bomb.page);
    const double seconds = seconds_now() - begin;
    EXPECT_LT(seconds, kSeconds) << bomb.name;
    EXPECT_LE(document.nodes().size(), bomb.page.size() * kNodesPerByte + 16) << bomb.name;
    std::vector<std::uint32_t> depths(document.nodes().size(), 0);
    std::uint32_t deepest = 0;
    for (NodeIndex i = 1; i < depths.size(); ++i)
      deepest = std::max(deepest, depths[i] = depths[document[i].parent] + 1);
    EXPECT_LE(deepest, kDepth) << bomb.name;
  }
}

TEST(Hostile, DeepPagesKeepTheirWords) {
  const std::string page = times("<div>", 65535) + "inside" + times("</div>", 65535) + "<p id=q>after</p>";
  const Document document = parse(page);
  EXPECT_TRUE(document.is_flattened());
  EXPECT_EQ(document.words(0), "inside after");
  const NodeIndex after = document.first(Tag::p);
  ASSERT_NE(after, kNoNode);
  // Every end tag found its element: what follows stands in the body again.
  EXPECT_EQ(document[document[after].parent].tag, Tag::body);
  EXPECT_EQ(document.attribute(after, "id"), "q");
}

TEST(Hostile, PagesWithinTheLimitsAreNotFlattened) {
  for (const std::string& page : {times("<div>", 500) + "x", times("<p><b>x", 300), times("<a href=x><div>", 100)})
    EXPECT_FALSE(parse(page).is_flattened()) << page.substr(0, 20);
}

TEST(Hostile, FullTreesTakeWordsAndNoTags) {
  const std::string page = times("<i>x</i><br>", 100) + "<script>no</script><p>after</p>";
  TreeOptions options;
  options.nodes = 50;
  TreeBuilder builder(page, options);
  const Tree tree = builder.build();
  EXPECT_TRUE(tree.is_flattened);
  EXPECT_LE(tree.nodes.size(), options.nodes + 10);
  std::string words;
  for (const TextSegment& segment : tree.segments) words += tree.bytes(segment);
  EXPECT_EQ(words, times("x", 100) + "noafter");
}

TEST(Hostile, AttributesBeyondTheLimitAreLeftOut) {
  const std::string page = "<p " + counted("a#=# ") + ">x";
  const Document document = parse(page);
  const NodeIndex p = document.first(Tag::p);
  ASSERT_EQ(document.attributes(p).size(), Tokenizer::kAttributesPerTag);
  for (std::size_t i = 0; i < document.attributes(p).size(); ++i)
    EXPECT_EQ(document.attributes(p)[i].value, std::to_string(i));
  EXPECT_EQ(document.words(0), "x");
}

}  // namespace
}  // namespace gavah::html
