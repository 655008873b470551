#include "capture/archive_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/format.h"
#include "capture/reading_for_tests.h"
#include "capture/record_digest.h"

namespace gavah::capture {
namespace {

using ::testing::HasSubstr;

const std::string kPage = "<html><body><p>سه نفر در کاروند بازداشت شدند.</p></body></html>";
const std::string kHtml = "Content-Type: text/html\r\n";
// SHA-1 of "abc" (FIPS 180-4), in three ways of writing.
constexpr const char* kAbcBase32 = "sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5";
constexpr const char* kAbcHex = "SHA-1:a9993e364706816aba3e25717850c26c9cd0d89d";

std::string http(std::string_view status, std::string_view fields, std::string_view body) {
  return format("HTTP/1.1 {}\r\n{}\r\n{}", status, fields, body);
}

std::string original(std::string_view digest) {
  return warc_record("response", "http://a.example/1", "application/http", http("200 OK", kHtml, "abc"),
                     format("WARC-Record-ID: <urn:uuid:1>\r\nWARC-Payload-Digest: {}\r\n", digest));
}

std::string revisit(std::string_view url, std::string_view fields) {
  return warc_record("revisit", url, "application/http", http("203 Same", kHtml, ""),
                     format("WARC-Record-ID: <urn:uuid:2>\r\n{}", fields));
}

TEST(Revisit, WhoseOriginalIsHereGivesItsBytesUnderItsOwnAddress) {
  for (const std::string& reference :
       {format("WARC-Payload-Digest: {}\r\n", kAbcHex), std::string("WARC-Refers-To: <urn:uuid:1>\r\n"),
        std::string(
            "WARC-Refers-To-Target-URI: http://a.example/1\r\nWARC-Refers-To-Date: 2031-05-06T07:08:09Z\r\n")}) {
    const std::string again = revisit("http://a.example/2", reference);
    for (const std::string& archive :
         {original(kAbcBase32) + again, again + original(kAbcBase32), gzipped(original(kAbcBase32)) + gzipped(again)}) {
      const Reading read = read_for_test(archive, archive.starts_with("WARC") ? "a.warc" : "a.warc.gz");
      ASSERT_EQ(read.parts.size(), 2U) << reference << read.problems();
      const auto& [part, bytes] = read.parts[1];
      EXPECT_EQ(bytes, "abc");
      EXPECT_EQ(part.url, "http://a.example/2");
      EXPECT_EQ(part.format, "html");
      EXPECT_EQ(part.hints.at("revisit_of"), "<urn:uuid:1>");
      EXPECT_EQ(part.hints.at("http_status"), "203");
      EXPECT_EQ(part.chain, read.parts[0].first.chain);
      EXPECT_FALSE(read.container.hints.contains("incomplete"));
    }
  }
}

TEST(Revisit, WhoseOriginalIsElsewhereIsToldAndCountedAsIncomplete) {
  const Reading read = read_for_test(
      original(kAbcBase32) +
          revisit("http://a.example/2",
                  "WARC-Payload-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n"
                  "WARC-Refers-To-Target-URI: http://a.example/0\r\nWARC-Refers-To-Date: 2030-01-01T00:00:00Z\r\n"),
      "a.warc");
  ASSERT_EQ(read.parts.size(), 2U);
  const auto& [part, bytes] = read.parts[1];
  EXPECT_EQ(part.format, "revisit");
  EXPECT_EQ(part.url, "http://a.example/2");
  EXPECT_TRUE(bytes.starts_with("WARC/") && bytes.ends_with("\r\n\r\n")) << bytes;
  EXPECT_EQ(part.hints.at("payload_digest"), "sha1:0000000000000000000000000000000000000000");
  EXPECT_EQ(part.hints.at("refers_to_url"), "http://a.example/0");
  EXPECT_EQ(part.hints.at("refers_to_date"), "2030-01-01T00:00:00Z");
  EXPECT_EQ(read.parts[0].first.hints.at("payload_digest"), "sha1:a9993e364706816aba3e25717850c26c9cd0d89d");
  EXPECT_THAT(read.problems(),
              HasSubstr("it refers to http://a.example/0 of 2030-01-01T00:00:00Z, which was not found here"));
  EXPECT_EQ(read.container.hints.at("incomplete"),
            "1 of 2 documents are revisits whose content lies in other captures");
}

TEST(Revisit, ThatNamesARecordWithAnotherPayloadIsNotGivenItsBytes) {
  const Reading read =
      read_for_test(original(kAbcBase32) + revisit("http://a.example/2",
                                                   "WARC-Refers-To: <urn:uuid:1>\r\n"
                                                   "WARC-Payload-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n"),
                    "a.warc");
  ASSERT_EQ(read.parts.size(), 2U);
  EXPECT_EQ(read.parts[1].first.format, "revisit");
  EXPECT_THAT(read.parts[1].second, HasSubstr("WARC-Refers-To: <urn:uuid:1>"));
}

TEST(Revisit, OfAPictureOrScriptElsewhereIsCountedAlone) {
  const Reading read = read_for_test(warc_record("revisit", "http://a.example/2", "application/http",
                                                 http("200 OK", "Content-Type: image/png\r\n", ""),
                                                 "WARC-Payload-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n"),
                                     "a.warc");
  EXPECT_EQ(read.parts.size(), 0U);
  EXPECT_EQ(read.container.passed_over.at("revisit record (its content is elsewhere)"), 1U);
}

TEST(Revisit, WhoseReferencesAreNonsenseIsStillTheRecordItIs) {
  const Reading read =
      read_for_test(revisit("http://a.example/2", format("WARC-Payload-Digest: {}\r\nWARC-Refers-To-Target-URI: {}\r\n"
                                                         "WARC-Refers-To-Date: soon\r\n",
                                                         std::string(9000, 'x'), std::string(9000, 'y'))),
                    "a.warc");
  ASSERT_EQ(read.parts.size(), 1U);
  EXPECT_FALSE(read.parts[0].first.hints.contains("payload_digest"));
  EXPECT_FALSE(read.parts[0].first.hints.contains("refers_to_url"));
}

TEST(Revisit, OfADocumentWithAFalseDigestFindsNoDigestThere) {
  const Reading read = read_for_test(original("sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), "a.warc");
  ASSERT_EQ(read.parts.size(), 1U);
  EXPECT_FALSE(read.parts[0].first.hints.contains("payload_digest"));
}

TEST(Redirect, TheFinalPageNamesTheAddressThatWasAskedForAndThoseBetween) {
  const auto moved = [](std::string_view url, std::string_view to) {
    return warc_record("response", url, "application/http", http("302 Found", format("Location: {}\r\n", to), ""));
  };
  const Reading read = read_for_test(moved("http://s.example/x", "https://news.example/a/1") +
                                         moved("https://news.example/a/1", "/b/2?c") +
                                         warc_response("https://news.example/b/2?c", kHtml, kPage),
                                     "a.warc");
  ASSERT_EQ(read.parts.size(), 1U);
  EXPECT_EQ(read.parts[0].first.hints.at("requested_url"), "http://s.example/x");
  EXPECT_EQ(read.parts[0].first.hints.at("redirects"), "https://news.example/a/1");
  EXPECT_EQ(read.container.passed_over.at("redirect"), 2U);
}

TEST(Redirect, ACircleEnds) {
  ArchiveIndex index;
  index.note_redirect("http://a.example/", "http://b.example/");
  index.note_redirect("http://b.example/", "http://a.example/");
  EXPECT_EQ(index.led_to("http://a.example/").size(), 2U);
}

TEST(AbsoluteAddress, FollowsTheRulesOfReferences) {
  constexpr const char* kBase = "https://a.example/b/c?d#e";
  EXPECT_EQ(absolute_address(kBase, "http://x.example/y#z"), "http://x.example/y");
  EXPECT_EQ(absolute_address(kBase, "//x.example/y"), "https://x.example/y");
  EXPECT_EQ(absolute_address(kBase, "/y?to=http://z.example/"), "https://a.example/y?to=http://z.example/");
  EXPECT_EQ(absolute_address(kBase, "?q"), "https://a.example/b/c?q");
  EXPECT_EQ(absolute_address(kBase, "y"), "https://a.example/b/y");
  EXPECT_EQ(absolute_address("https://a.example", "y"), "https://a.example/y");
}

TEST(PlainDigest, IsTheSameForEveryAlphabet) {
  for (const char* label :
       {kAbcBase32, kAbcHex, "sha1:qZk+NkcGgWq6PiVxeFDCbJzQ2J0=", "sha1:qZk-NkcGgWq6PiVxeFDCbJzQ2J0"}) {
    EXPECT_EQ(plain_digest(label), "sha1:a9993e364706816aba3e25717850c26c9cd0d89d");
  }
  EXPECT_EQ(plain_digest("blake3:xyz"), "blake3:xyz");
  EXPECT_EQ(plain_digest("sha1:short"), "sha1:short");
}

TEST(WarcTraps, ABodyShorterThanItsHeaderSaysIsTold) {
  const Reading read =
      read_for_test(warc_response("http://a.example/", kHtml + "Content-Length: 9000\r\n", kPage), "a.warc");
  ASSERT_EQ(read.parts.size(), 1U);
  EXPECT_THAT(read.problems(), HasSubstr("states a body of 9000 bytes, but there are"));
}

TEST(WarcTraps, ASegmentedRecordIsSaidToGoOn) {
  const Reading read =
      read_for_test(warc_record("response", "http://a.example/", "application/http", http("200 OK", kHtml, kPage),
                                "WARC-Segment-Number: 1\r\n") +
                        warc_record("continuation", "http://a.example/", "", "rest", "WARC-Segment-Number: 2\r\n"),
                    "a.warc");
  ASSERT_EQ(read.parts.size(), 1U);
  EXPECT_EQ(read.parts[0].first.hints.at("truncated"), "segment");
  EXPECT_THAT(read.problems(), HasSubstr("segments"));
  EXPECT_EQ(read.container.passed_over.at("continuation record"), 1U);
}

TEST(WarcTraps, WhoCrawledWithWhatIsKeptWithTheCapture) {
  const Reading read = read_for_test(
      warc_record("warcinfo", "", "application/warc-fields", "software: Crawler 1.2\r\noperator: Desk of Karvand\r\n") +
          warc_response("http://a.example/", kHtml, kPage),
      "a.warc");
  EXPECT_EQ(read.container.hints.at("warcinfo software"), "Crawler 1.2");
  EXPECT_EQ(read.container.hints.at("warcinfo operator"), "Desk of Karvand");
}

TEST(WarcTraps, WhatACrawlerMadeOfAPageIsNoPage) {
  const Reading read =
      read_for_test(warc_record("resource", "urn:text:https://a.example/p", "text/plain", "words as rendered") +
                        warc_record("resource", "urn:view:https://a.example/p", "image/png", "\x89PNG\r\n\x1a\n"),
                    "a.warc");
  ASSERT_EQ(read.parts.size(), 2U);
  for (const auto& [part, bytes] : read.parts) {
    EXPECT_EQ(part.format, "other");
    EXPECT_EQ(part.url, "https://a.example/p");
  }
  EXPECT_EQ(read.parts[0].first.hints.at("rendition"), "text");
  EXPECT_EQ(read.parts[1].first.hints.at("rendition"), "view");
}

TEST(ArcTraps, TheSecondVersionHasTenFields) {
  const std::string page = http("200 OK", kHtml, kPage);
  const std::string body =
      "2 0 Desk\nURL IP-address Archive-date Content-type Result-code Checksum Location Offset Filename "
      "Archive-length\n";
  const std::string archive =
      format("filedesc://a.arc 0.0.0.0 20310506070809 text/plain 200 - - 0 a.arc {}\n{}\n", body.size(), body) +
      format("http://a.example/with a space 192.0.2.7 20310506070809 text/html 200 AB12 - 300 a.arc {}\n{}\n",
             page.size(), page);
  const Reading read = read_for_test(archive, "a.arc");
  ASSERT_EQ(read.parts.size(), 1U) << read.problems();
  EXPECT_EQ(read.parts[0].second, kPage);
  EXPECT_EQ(read.parts[0].first.url, "http://a.example/with a space");
  EXPECT_EQ(read.parts[0].first.hints.at("server_ip"), "192.0.2.7");
}

TEST(ArcTraps, AfterALineThatIsNoRecordReadingGoesOnAtTheNext) {
  const auto record = [](std::string_view url) {
    const std::string page = http("200 OK", kHtml, kPage);
    return format("{} 192.0.2.7 20310506070809 text/html {}\n{}\n", url, page.size(), page);
  };
  const Reading read =
      read_for_test("filedesc://a.arc 0.0.0.0 20310506070809 text/plain 4\n1 0\n\n" + record("http://a.example/1") +
                        "junk that is no line\nmore junk\n" + record("http://a.example/2"),
                    "a.arc");
  EXPECT_EQ(read.parts.size(), 2U);
  EXPECT_THAT(read.problems(), HasSubstr("bytes are no ARC record"));
}

}  // namespace
}  // namespace gavah::capture
