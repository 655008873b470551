#include <gtest/gtest.h>

#include "extract/extract.h"

namespace gavah::extract {
namespace {

std::vector<Report> read(std::string_view bytes, std::map<std::string, std::string> hints = {}) {
  const Capture capture;
  Part part;
  part.format = "telegram-page";
  part.hints = std::move(hints);
  return extract({capture, part, bytes}, IdSecret{});
}

std::string message(std::string_view date, std::string_view body) {
  return "<div class=\"message default clearfix\" id=\"message12\">\n <div class=\"body\">\n"
         "  <div class=\"pull_right date details\" title=\"" +
         std::string(date) + "\">\n12:00\n  </div>\n" + std::string(body) + " </div>\n</div>";
}

constexpr std::string_view kName = "<div class=\"from_name\">\nMina via @dockbot \n</div>\n";

TEST(TelegramPage, AMessageHasItsWordsSenderMomentAndLinks) {
  const std::string bytes =
      message("03.05.2031 12:00:00 UTC+03:30",
              std::string(kName) +
                  "<div class=\"reply_to details\">In reply to <a href=\"messages2.html#go_to_"
                  "message11\" onclick=\"return GoToMessage(11)\">this message</a></div>"
                  "<div class=\"text\">\nما &quot;می‌مانیم&quot;<br>at <a href=\"https://gazette"
                  ".example/port\">the <strong>gate</strong></a>, https://quay.example\n</div>\n");
  const auto reports = read(bytes, {{"chat_title", "Docks daily"}});
  ASSERT_EQ(reports.size(), 1U);
  const Report& report = reports[0];
  EXPECT_EQ(report.kind, ReportKind::message);
  EXPECT_EQ(report.text, "ما \"می‌مانیم\"\nat the gate, https://quay.example");
  EXPECT_EQ(report.source, "Mina");
  EXPECT_EQ(report.published.start, *Instant::parse("2031-05-03T08:30:00Z"));
  EXPECT_EQ(report.published.precision, TimePrecision::clock);
  EXPECT_EQ(report.links, (std::vector<std::string>{"https://gazette.example/port", "https://quay.example"}));
  ASSERT_EQ(report.relations.size(), 1U);
  EXPECT_EQ(report.relations[0].kind, RelationKind::replies);
  EXPECT_EQ(report.relations[0].target, "Docks daily#message11");
  const auto at = static_cast<std::uint32_t>(report.text.find('"'));
  const auto range = source_range(report, {at, at + 1});
  ASSERT_TRUE(range);
  EXPECT_EQ(bytes.substr(range->begin, range->size()), "&quot;");
}

TEST(TelegramPage, ADateWithoutZoneIsADay) {
  const auto reports = read(message("03.05.2031 23:30:00", "<div class=\"text\">We stay</div>"));
  EXPECT_EQ(reports[0].published.precision, TimePrecision::day_stated);
  EXPECT_EQ(reports[0].published.start->day(), Day::from_civil(2031, 5, 3));
  EXPECT_TRUE(read(message("33.05.2031 23:30:00", "<div class=\"text\">We stay</div>"))[0].published.is_unknown());
}

TEST(TelegramPage, AForwardIsDatedWhenItWasSentOnAndNamesItsOrigin) {
  const std::string body =
      std::string(kName) +
      "<div class=\"forwarded body\"><div class=\"from_name\">\nHarbor Gazette <span class=\"date details\" "
      "title=\"01.05.2031 10:00:00 UTC\"> 01.05.2031</span></div><div class=\"text\">The port is shut</div></div>";
  const auto reports = read(message("03.05.2031 12:00:00 UTC", body));
  EXPECT_EQ(reports[0].published.start, *Instant::parse("2031-05-03T12:00:00Z"));
  EXPECT_EQ(reports[0].source, "Mina");
  ASSERT_EQ(reports[0].relations.size(), 1U);
  EXPECT_EQ(reports[0].relations[0].kind, RelationKind::forwards);
  EXPECT_EQ(reports[0].relations[0].target, "Harbor Gazette");
}

TEST(TelegramPage, WhatAJoinedMessageLeavesOutIsTheMessageBefores) {
  const auto reports = read(
      message("03.05.2031 12:00:00", R"(<div class="forwarded body"><div class="text">The port is shut</div></div>)"),
      {{"author", "Mina"}, {"forwarded_from", "Harbor Gazette"}, {"chat_title", "Docks daily"}});
  EXPECT_EQ(reports[0].source, "Mina");
  EXPECT_EQ(reports[0].relations[0].target, "Harbor Gazette");
}

TEST(TelegramPage, AFurtherPictureOfAnAlbumNamesTheFirst) {
  const auto reports = read(message("03.05.2031 12:00:00 UTC+03:30", R"(<a class="photo_wrap" href="p.jpg"></a>)"),
                            {{"chat_title", "Docks daily"}, {"album", "12"}});
  ASSERT_EQ(reports[0].relations.size(), 1U);
  EXPECT_EQ(reports[0].relations[0].kind, RelationKind::album);
  EXPECT_EQ(reports[0].relations[0].target, "Docks daily#message12");
}

TEST(TelegramPage, APictureWithoutWordsIsAReportOfMedia) {
  const std::string photo =
      "<div class=\"media_wrap clearfix\"><a class=\"photo_wrap clearfix pull_left\" href=\"photos/1.jpg\">"
      "<img class=\"photo\" src=\"photos/1_thumb.jpg\"/></a></div>";
  const auto reports = read(message("03.05.2031 12:00:00", photo));
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].kind, ReportKind::media);
  EXPECT_EQ(reports[0].hollow, "");
  ASSERT_EQ(reports[0].media.size(), 1U);
  EXPECT_EQ(reports[0].media[0].media_type, "image");
  const auto file = read(message("03.05.2031 12:00:00",
                                 "<div class=\"media clearfix pull_left media_video\"><div class=\"body\"><div "
                                 "class=\"title bold\">Video file</div><div class=\"description\">Not included, change "
                                 "data exporting settings to download.</div></div></div><div class=\"text\">The "
                                 "gate</div>"));
  EXPECT_EQ(file[0].kind, ReportKind::message);
  EXPECT_EQ(file[0].text, "The gate");
  EXPECT_EQ(file[0].media[0].media_type, "video");
  EXPECT_EQ(read(message("03.05.2031 12:00:00", ""))[0].hollow, "empty body");
}

TEST(TelegramPage, WhoSignedIsTheAuthorInAChannel) {
  const auto reports = read(message("03.05.2031 12:00:00",
                                    "<div class=\"from_name\">Docks daily</div><div class=\"text\">a</div>"
                                    "<div class=\"signature details\">Mina</div>"));
  EXPECT_EQ(reports[0].source, "Docks daily");
  EXPECT_EQ(reports[0].author, "Mina");
}

}  // namespace
}  // namespace gavah::extract
