#include <gtest/gtest.h>

#include "extract/extract.h"

namespace gavah::extract {
namespace {

std::vector<Report> read(const std::string& container) {
  Capture capture;
  capture.format = container;
  capture.about.source = "field-desk";
  Part part;
  part.number = 4;
  part.format = "media";
  part.media_type = "image/jpeg";
  part.hints = {{"caption", "At the gate"}, {"author", "A. Person"}, {"gps", "35.689200,51.389000"}};
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

TEST(MediaFile, APictureOfAnArchiveIsNone) { EXPECT_TRUE(read("warc").empty()); }

}  // namespace
}  // namespace gavah::extract
