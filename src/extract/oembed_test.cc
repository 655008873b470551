#include <gtest/gtest.h>

#include "extract/extract.h"

namespace gavah::extract {
namespace {

std::vector<Report> read(std::string_view bytes) {
  const Capture capture;
  Part part;
  part.format = "oembed";
  return extract({capture, part, bytes}, IdSecret{});
}

TEST(OEmbed, ThePostInTheMarkupIsReadAndLeadsToItsBytes) {
  const std::string bytes =
      R"({"url":"https://twitter.com/DockCircle/status/1234567890","author_name":"Circle","author_url":"https://twitter.com/DockCircle","html":"\u003Cblockquote class=\"twitter-tweet\"\u003E\u003Cp lang=\"fa\" dir=\"rtl\"\u003Eما &amp; شما می‌مانیم\u003C/p\u003E&mdash; Circle (@DockCircle) \u003Ca href=\"https://twitter.com/DockCircle/status/1234567890\"\u003EMay 3, 2031\u003C/a\u003E\u003C/blockquote\u003E","provider_name":"Twitter","type":"rich","version":"1.0"})";
  const auto reports = read(bytes);
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].text, "ما & شما می‌مانیم");
  EXPECT_EQ(reports[0].source, "@DockCircle");
  EXPECT_EQ(reports[0].author, "Circle");
  EXPECT_EQ(reports[0].url, "https://x.com/i/status/1234567890");
  EXPECT_EQ(reports[0].published.start->day(), Day::from_civil(2031, 5, 3));
  const auto at = static_cast<std::uint32_t>(reports[0].text.find('&'));
  const auto range = source_range(reports[0], {at, at + 1});
  ASSERT_TRUE(range);
  EXPECT_EQ(bytes.substr(range->begin, range->size()), "&amp;");
}

TEST(OEmbed, AFilmIsKnownByItsFrame) {
  const auto reports = read(
      R"({"title":"At the gate","author_name":"Harbor Voice","author_url":"https://www.youtube.com/@harborvoice","type":"video","version":"1.0","provider_name":"YouTube","html":"<iframe src=\"https://www.youtube.com/embed/abcdefghijk?feature=oembed\"></iframe>"})");
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].url, "https://www.youtube.com/watch?v=abcdefghijk");
  EXPECT_EQ(reports[0].title, "At the gate");
  EXPECT_EQ(reports[0].author, "Harbor Voice");
}

TEST(OEmbed, APictureHasNoAddressButThatOfItsBytes) {
  const auto reports = read(
      R"({"type":"photo","version":"1.0","title":"Gate","author_name":"A. Person","url":"https://img.example/1.jpg","provider_name":"Pictures"})");
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].url, "");
  EXPECT_EQ(reports[0].title, "Gate");
  EXPECT_EQ(reports[0].media.size(), 1U);
  EXPECT_EQ(read(R"({"type":"link","version":"1.0","provider_name":"x"})")[0].hollow, "empty body");
}

}  // namespace
}  // namespace gavah::extract
