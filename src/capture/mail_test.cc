#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "capture/mail_header.h"
#include "capture/reading_for_tests.h"

namespace gavah::capture {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> formats(const Reading& read) {
  std::vector<std::string> out;
  for (const auto& [part, bytes] : read.parts) out.push_back(part.format);
  return out;
}

constexpr std::string_view kPage =
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://gazette.example/port\r\n"
    "Subject: =?utf-8?Q?Port=20shut?=\r\nDate: Sat, 3 May 2031 12:00:00 +0330\r\nMIME-Version: 1.0\r\n"
    "Content-Type: "
    "multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----MultipartBoundary--a----\"\r\n\r\n\r\n"
    "------MultipartBoundary--a----\r\nContent-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\n"
    "Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://gazette.example/port\r\n\r\n"
    "<!DOCTYPE html><html><body><p class=3D\"a\">=D8=A8=D9=86=D8=AF=D8=B1 is =\r\nshut</p></body></html>\r\n"
    "------MultipartBoundary--a----\r\nContent-Type: text/css\r\nContent-Transfer-Encoding: quoted-printable\r\n"
    "Content-Location: https://gazette.example/a.css\r\n\r\np { color: red }\r\n"
    "------MultipartBoundary--a----\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
    "Content-Location: https://gazette.example/a.png\r\n\r\niVBORw0K\r\nGgo=\r\n"
    "------MultipartBoundary--a----\r\nContent-Type: text/html\r\nContent-ID: <frame-2@mhtml.blink>\r\n"
    "Content-Transfer-Encoding: quoted-printable\r\nContent-Location: cid:frame-2@mhtml.blink\r\n\r\n"
    "<html><body>A frame</body></html>\r\n------MultipartBoundary--a------\r\n";

TEST(Mail, ASavedPageGivesItsPagesAndPicturesWithAddressAndDate) {
  const Reading read = read_for_test(kPage, "page.mhtml");
  ASSERT_THAT(formats(read), ElementsAre("html", "media", "html")) << read.reason();
  EXPECT_EQ(read.container.format, "mhtml");
  EXPECT_EQ(read.parts[0].second, "<!DOCTYPE html><html><body><p class=\"a\">بندر is shut</p></body></html>");
  EXPECT_EQ(read.parts[0].first.url, "https://gazette.example/port");
  EXPECT_EQ(read.parts[0].first.captured, *Instant::parse("2031-05-03T08:30:00Z"));
  ASSERT_EQ(read.parts[0].first.chain.size(), 1U);
  EXPECT_EQ(read.parts[0].first.chain[0].decoder, "quoted-printable");
  const ByteRange range = read.parts[0].first.chain[0].range;
  EXPECT_TRUE(kPage.substr(range.begin, range.size()).starts_with("<!DOCTYPE"));
  EXPECT_TRUE(kPage.substr(range.begin, range.size()).ends_with("</html>"));
  EXPECT_EQ(read.parts[1].second, "\x89PNG\r\n\x1a\n");
  EXPECT_EQ(read.parts[1].first.url, "https://gazette.example/a.png");
  EXPECT_EQ(read.parts[1].first.chain[0].decoder, "base64");
  EXPECT_EQ(read.parts[2].first.hints.at("frame"), "1");
  EXPECT_EQ(read.parts[2].first.url, "");
  EXPECT_EQ(read.container.passed_over.at("style, script or font of a page"), 1U);
  EXPECT_EQ(read.container.problem_count, 0U) << read.problems();
}

TEST(Mail, APageIsKnownWhateverItsNameAndGivesThePrefixWhenItIsCut) {
  EXPECT_EQ(read_for_test(kPage, "page").parts.size(), 3U);
  for (std::size_t size = 0; size < kPage.size(); size += 7) {
    const Reading cut = read_for_test(kPage.substr(0, size), "page.mht");
    for (std::size_t i = 0; i + 1 < cut.parts.size(); ++i) {
      EXPECT_EQ(cut.parts[i].first.path.empty(), false) << size;
    }
  }
  const Reading cut = read_for_test(kPage.substr(0, kPage.find("is =")), "page.mht");
  ASSERT_EQ(cut.parts.size(), 1U);
  EXPECT_THAT(cut.problems(), HasSubstr("nothing ends it"));
}

TEST(Mail, AnEMailGivesItsWordsOnceAndWhatWasSentAlong) {
  const Reading read = read_for_test(
      "Received: from a by b; x\nFrom: =?UTF-8?B?2YXbjNmG2Kc=?= <mina@sail.example>\nTo: desk@gazette.example\n"
      "Subject: =?utf-8?Q?At_the?= =?utf-8?Q?_gate?=\nDate: 3 May 31 08:30 GMT\nMessage-ID: <1@sail.example>\n"
      "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=o\n\npreamble\n--o\n"
      "Content-Type: multipart/alternative; boundary=\"o i\"\n\n--o i\nContent-Type: text/html\n\n<p>We stay</p>\n"
      "--o i\nContent-Type: text/plain; charset=utf-8\n\nWe stay --o\n--oh\n\n--o i--\n--o\nContent-Type: text/csv; "
      "name=a.csv\n"
      "Content-Disposition: attachment; filename=\"a.csv\"\n\ntext,date\nWe left,2031-05-03\n--o--\nepilogue\n",
      "a.eml");
  ASSERT_THAT(formats(read), ElementsAre("text", "csv-row")) << read.reason() << read.problems();
  EXPECT_EQ(read.container.format, "mail");
  EXPECT_EQ(read.parts[0].second, "We stay --o\n--oh\n");
  EXPECT_EQ(read.parts[0].first.hints.at("mail_from"), "مینا <mina@sail.example>");
  EXPECT_EQ(read.parts[0].first.hints.at("mail_subject"), "At the gate");
  EXPECT_EQ(read.parts[0].first.hints.at("mail_date"), "2031-05-03T08:30:00Z");
  EXPECT_EQ(read.container.passed_over.at("other form of the same words"), 1U);
  EXPECT_EQ(read.parts[1].first.chain.size(), 2U);
}

TEST(Mail, AMessageOfOneBodyIsRead) {
  const Reading read = read_for_test(
      "From: mina@sail.example\r\nDate: Sat, 3 May 2031 08:30:00 -0000\r\nSubject: x\r\n"
      "Content-Transfer-Encoding: base64\r\n\r\nV2Ugc3Rh\r\neQ==\r\n",
      "a.eml");
  ASSERT_THAT(formats(read), ElementsAre("text"));
  EXPECT_EQ(read.parts[0].second, "We stay");
}

TEST(Mail, PartsWithinPartsEndSomewhere) {
  std::string mail = "From: a\nDate: x\nSubject: y\n";
  constexpr int kLevels = 40;
  for (int i = 0; i < kLevels; ++i) {
    const std::string boundary = "b" + std::to_string(i) + "x";
    mail += "Content-Type: multipart/mixed; boundary=" + boundary + "\n\n--" + boundary + "\n";
  }
  const Reading read = read_for_test(mail + "\nwords", "a.eml");
  EXPECT_TRUE(read.parts.empty());
  EXPECT_THAT(read.problems(), HasSubstr("deep"));
  EXPECT_THAT(read_for_test("From: a\nDate: x\nSubject: y\nContent-Type: multipart/mixed\n\nwords", "a.eml").reason(),
              HasSubstr("divides"));
}

TEST(Mail, ProseThatBeginsLikeALetterIsText) {
  EXPECT_THAT(formats(read_for_test("From: the harbour office\nWe inform all crews that the port is shut.", "a.txt")),
              ElementsAre("text"));
}

TEST(Mail, DatesOfMailAreReadInAllTheirShapes) {
  const auto text = [](std::string_view date) { return mail_date(date) ? mail_date(date)->text() : std::string("-"); };
  EXPECT_EQ(text("Sat, 3 May 2031 12:00:00 +0330"), "2031-05-03T08:30:00Z");
  EXPECT_EQ(text("3 May 2031 08:30:00 GMT (dock time)"), "2031-05-03T08:30:00Z");
  EXPECT_EQ(text("03 may 31 08:30 EST"), "2031-05-03T13:30:00Z");
  EXPECT_EQ(text("Sat, 3 Mai 2031 12:00:00 +0330"), "-");
  EXPECT_EQ(text("31 Feb 2031 12:00:00 +0000"), "-");
  EXPECT_EQ(text(""), "-");
}

TEST(Mail, ParametersMayBeQuotedFoldedAndInAnyOrder) {
  EXPECT_EQ(mail_parameter("multipart/related; type=\"a;boundary=no\"; Boundary=\"x \\\"y\"", "boundary"), "x \"y");
  EXPECT_EQ(mail_parameter("multipart/related; boundary=x; type=y", "boundary"), "x");
  EXPECT_EQ(mail_parameter("multipart/related", "boundary"), "");
}

}  // namespace
}  // namespace gavah::capture
