#include "extract/extract.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace gavah::extract {
namespace {

Instant at(std::string_view text) { return *Instant::parse(text); }

struct Case {
  Capture capture;
  Part part;
  std::vector<Report> run(std::string_view bytes) const { return extract({capture, part, bytes}, IdSecret{}); }
};

Case text_case() {
  Case out;
  out.part.format = "text";
  out.capture.about.captured = at("2031-06-01T10:00:00Z");
  return out;
}

constexpr std::string_view kEssay =
    "\nFour-minute read\n"
    "In the spring of that year, as the harbour lay under curfew, a small circle of dock workers met in a boat shed "
    "and "
    "decided that they would no longer be silent, whatever the price of speaking might turn out to be for them.\n"
    "Workers' Circles across Velmora mark the anniversary of the dock strike.#Velmora #Circles "
    "pic.twitter.com/AbCd1234Ef\n"
    "— Circle of the Docks (DCU/DOC) (@DockCircle) February 3, 2031\n"
    "The Circles, associated with the old union, grew in the heart of the city, in the noise of its yards, and under "
    "the "
    "eyes of the harbour police, who for a long time did not understand what they were looking at every single day.\n"
    "Brave circles go on across #Velmora despite the harbour police.\n"
    "Port Anselm:\n"
    "Banner with the message:\n"
    "\"The sea belongs to those who work on it\" pic.twitter.com/ZyXw9876Vu— Circle of the Docks (DCU/DOC) "
    "(@DockCircle) "
    "October 14, 2029\n"
    "And yet, when the city rose in 2027 and again in 2029, the truth could be seen by all who had eyes to see it, and "
    "it "
    "was written about by nobody in the large papers of the capital, which preferred to speak of the weather instead.\n"
    "Observer: ahead of the vote, a reporter describes the women of the docks.\n"
    "https://t.co/QwErTy12Zx— Lady (Ada) Brant (@AdaBrant_V) July 9, 2030\n"
    "They are no longer a rumour. They are a force, and each step brings the long night nearer to its end.";

TEST(Extract, EssayGivesOneArticleAndItsThreePosts) {
  const auto reports = text_case().run(kEssay);
  ASSERT_EQ(reports.size(), 4U);
  const Report& article = reports[0];
  EXPECT_EQ(article.kind, ReportKind::article);
  EXPECT_EQ(article.text.find("Four-minute"), std::string::npos);
  EXPECT_EQ(article.text.find("@"), std::string::npos);
  EXPECT_TRUE(article.text.starts_with("In the spring"));
  EXPECT_TRUE(article.text.ends_with("to its end."));
  EXPECT_EQ(reports[1].source, "@DockCircle");
  EXPECT_EQ(reports[1].author, "Circle of the Docks (DCU/DOC)");
  EXPECT_EQ(reports[1].published.start, at("2031-02-03"));
  EXPECT_EQ(reports[1].published.precision, TimePrecision::day_stated);
  EXPECT_TRUE(reports[1].text.starts_with("Workers' Circles"));
  EXPECT_TRUE(reports[1].text.ends_with("pic.twitter.com/AbCd1234Ef"));
  EXPECT_EQ(reports[2].published.start, at("2029-10-14"));
  EXPECT_TRUE(reports[2].text.starts_with("Brave circles")) << reports[2].text;
  EXPECT_TRUE(reports[2].text.ends_with("pic.twitter.com/ZyXw9876Vu"));
  EXPECT_EQ(reports[3].source, "@AdaBrant_V");
  EXPECT_EQ(reports[3].author, "Lady (Ada) Brant");
  EXPECT_TRUE(reports[3].text.starts_with("Observer: ahead")) << reports[3].text;
  EXPECT_EQ(reports[3].published.start, at("2030-07-09"));
}

TEST(Extract, EmbedsStandAtTheirPlaces) {
  const auto reports = text_case().run(kEssay);
  ASSERT_EQ(reports.size(), 4U);
  std::vector<Relation> embeds;
  for (const auto& relation : reports[0].relations) {
    if (relation.kind == RelationKind::embeds) embeds.push_back(relation);
  }
  ASSERT_EQ(embeds.size(), 3U);
  constexpr std::array<std::string_view, 3> kAfter{"The Circles, associated", "And yet, when", "They are no longer"};
  for (std::size_t i = 0; i < embeds.size(); ++i) {
    EXPECT_EQ(embeds[i].target, reports[i + 1].id.hex());
    ASSERT_TRUE(embeds[i].span);
    EXPECT_TRUE(embeds[i].span->empty());
    EXPECT_TRUE(std::string_view(reports[0].text).substr(embeds[i].span->begin).starts_with(kAfter[i]));
  }
}

TEST(Extract, UndatedArticleLiesBetweenItsNewestPostAndItsCapture) {
  const auto reports = text_case().run(kEssay);
  ASSERT_FALSE(reports.empty());
  EXPECT_EQ(reports[0].published.precision, TimePrecision::wider);
  EXPECT_EQ(reports[0].published.start, at("2031-02-03"));
  EXPECT_EQ(reports[0].published.end, at("2031-06-01T10:00:00Z"));
}

TEST(Extract, TheBriefGivesItsThreePosts) {
  const char* shared = std::getenv("GAVAH_SHARED_DATA");
  const std::string root = shared != nullptr ? shared : std::string(GAVAH_SOURCE_DIR) + "/../shared/data";
  std::ifstream file(root + "/brief/article.txt");
  if (!file) GTEST_SKIP() << "the shared data is not here: " << root;
  std::stringstream bytes;
  bytes << file.rdbuf();
  const auto reports = text_case().run(bytes.str());
  ASSERT_EQ(reports.size(), 4U);
  const std::array<std::string_view, 3> accounts{"@Mojahedineng", "@Mojahedineng", "@DavidAltonHL"};
  const std::array<std::string_view, 3> days{"2025-01-20", "2023-09-21", "2024-06-25"};
  const std::array<std::size_t, 3> line_counts{0, 3, 1};
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(reports[i + 1].source, accounts[i]);
    EXPECT_EQ(reports[i + 1].published.start, at(days[i]));
    const auto& text = reports[i + 1].text;
    EXPECT_EQ(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')), line_counts[i]);
  }
  EXPECT_EQ(reports[0].published.start, at("2025-01-20"));
  EXPECT_EQ(reports[0].published.precision, TimePrecision::wider);
}

TEST(Extract, IdsAreStableAndDistinct) {
  const auto a = text_case().run(kEssay);
  const auto b = text_case().run(kEssay);
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].id, b[i].id);
    for (std::size_t j = 0; j < i; ++j) EXPECT_NE(a[i].id, a[j].id);
  }
  Case other = text_case();
  other.part.number = 1;
  EXPECT_NE(other.run(kEssay)[0].id, a[0].id);
}

TEST(Extract, HeadOfAPlainArticleIsTakenApart) {
  const auto reports = text_case().run(
      "Dockers walk out at Port Anselm\nBy Mira Tollan\n3 May 2031\n\nAbout two hundred dockers left their work on "
      "Monday.\n");
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].title, "Dockers walk out at Port Anselm");
  EXPECT_EQ(reports[0].author, "Mira Tollan");
  EXPECT_EQ(reports[0].published.start, at("2031-05-03"));
  EXPECT_EQ(reports[0].text, "About two hundred dockers left their work on Monday.");
}

TEST(Extract, PersianPostRemainsAreFoundWithTheirPersianDate) {
  const auto reports = text_case().run(
      "کارگران بندر در خیابان ماندند و گفتند که تا رسیدن به "
      "خواست‌های "
      "خود "
      "به "
      "خانه "
      "بازنمی‌گردند "
      "و "
      "این "
      "را "
      "بارها "
      "تکرار کردند.\n"
      "تجمع کارگران بندر #بندر_آنسلم\n— حلقهٔ کارگران (@DockCircle) ۱۴ بهمن ۱۴۰۹\nپایان گزارش روز.");
  ASSERT_EQ(reports.size(), 2U);
  EXPECT_EQ(reports[1].text, "تجمع کارگران بندر #بندر_آنسلم");
  EXPECT_EQ(reports[1].published.start, at("2031-02-03"));
  EXPECT_EQ(reports[1].published.calendar, Calendar::persian);
}

TEST(Extract, OperatorsWordIsTakenOnlyWhereBytesAreSilent) {
  Case about = text_case();
  about.capture.about.source = "harbor-gazette";
  about.capture.about.published = at("2031-05-30");
  const auto dated =
      about.run("Dockers walk out at the port\n3 May 2031\n\nAbout two hundred dockers left their work.\n");
  EXPECT_EQ(dated[0].published.start, at("2031-05-03"));
  EXPECT_EQ(dated[0].source, "harbor-gazette");
  const auto undated = about.run("About two hundred dockers left their work.\nThey went home, and that was that.\n");
  EXPECT_EQ(undated[0].published.start, at("2031-05-30"));
}

TEST(Extract, EmptyTextIsHollow) { EXPECT_EQ(text_case().run(" \n\n")[0].hollow, "empty body"); }

}  // namespace
}  // namespace gavah::extract
