#include <gtest/gtest.h>

#include "extract/extract.h"

namespace gavah::extract {
namespace {

std::vector<Report> read(const std::string& container, std::map<std::string, std::string> hints = {},
                         std::map<std::string, std::string> capture_hints = {}) {
  Capture capture;
  capture.format = container;
  capture.hints = std::move(capture_hints);
  capture.about.source = "field-desk";
  Part part;
  part.number = 4;
  part.format = "media";
  part.media_type = "image/jpeg";
  part.hints = {{"caption", "At the gate"}, {"author", "A. Person"}, {"gps", "35.689200,51.389000"}};
  part.hints.merge(hints);
  return extract({capture, part, "\xff\xd8\xff"}, IdSecret{});
}

TEST(MediaFile, APictureIsAReportWithoutWords) {
  const auto reports = read("file");
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].kind, ReportKind::media);
  EXPECT_EQ(reports[0].text, "");
  EXPECT_EQ(reports[0].hollow, "");
  EXPECT_EQ(reports[0].author, "A. Person");
  EXPECT_EQ(reports[0].source, "field-desk");
  EXPECT_EQ(reports[0].media, (std::vector<Media>{{4, "image/jpeg", "At the gate"}}));
}

TEST(MediaFile, WhereItWasTakenIsInNoReport) { EXPECT_EQ(to_json(read("file")[0]).find("35.68"), std::string::npos); }

TEST(MediaFile, APictureOfAnArchiveIsOneWhereNothingElseSpeaksForIt) {
  EXPECT_TRUE(read("warc").empty());
  EXPECT_EQ(read("zip", {{"alone", "1"}}).size(), 1U);
  EXPECT_EQ(read("wacz", {{"page_id", ""}}).size(), 1U) << "a person opened it";
  EXPECT_TRUE(read("zip", {{"post", "3"}}).empty());
  EXPECT_EQ(read("warc", {}, {{"media_alone", "1"}}).size(), 1U);
  EXPECT_TRUE(read("zip", {{"post", "3"}}, {{"media_alone", "1"}}).empty());
}

}  // namespace
}  // namespace gavah::extract
