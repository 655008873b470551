#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/format.h"
#include "capture/content_coding.h"
#include "capture/reading_for_tests.h"

namespace gavah::capture {
namespace {

using ::testing::HasSubstr;

const std::string kPage = "<html><body><p>پنج نفر در کاروند بازداشت شدند.</p></body></html>";
const std::string kHtml = "Content-Type: text/html; charset=\"UTF-8\"\r\n";

/// A WARC of three pages, of which `middle` is the second record.
std::string around(const std::string& middle) {
  return warc_response("http://outlet.example/1", kHtml, "<p>first</p>") + middle +
         warc_response("http://outlet.example/3", kHtml, "<p>third</p>");
}

TEST(Warc, AResponseGivesItsBodyWithAddressDateAndCharset) {
  const Reading read = read_for_test(warc_response("http://outlet.example/a", kHtml, kPage), "a.warc");
  ASSERT_EQ(read.parts.size(), 1U);
  const auto& [part, bytes] = read.parts[0];
  EXPECT_EQ(bytes, kPage);
  EXPECT_EQ(part.format, "html");
  EXPECT_EQ(part.media_type, "text/html");
  EXPECT_EQ(part.charset, "UTF-8");
  EXPECT_EQ(part.url, "http://outlet.example/a");
  EXPECT_EQ(part.captured->text(), "2031-05-06T07:08:09Z");
  EXPECT_EQ(part.hints.at("http_status"), "200");
  EXPECT_EQ(read.container.format, "warc");
  EXPECT_EQ(read.problems(), "");
}

TEST(Warc, OneGzipMemberARecordAndOneForAllGiveTheSameParts) {
  const std::string first = warc_response("http://outlet.example/1", kHtml, kPage);
  const std::string second = warc_record("resource", "http://outlet.example/2", "text/plain", "words");
  const Reading members = read_for_test(gzipped(first) + gzipped(second), "a.warc.gz");
  const Reading whole = read_for_test(gzipped(first + second), "a.warc.gz");
  const Reading plain = read_for_test(first + second, "a.warc");
  ASSERT_EQ(plain.parts.size(), 2U);
  for (const Reading* read : {&members, &whole}) {
    ASSERT_EQ(read->parts.size(), 2U) << read->problems();
    EXPECT_EQ(read->parts[0].second, kPage);
    EXPECT_EQ(read->parts[1].second, "words");
    EXPECT_EQ(read->parts[0].first.chain.front().decoder, "gzip");
  }
}

TEST(Warc, RecordsThatAreNoDocumentsAreCounted) {
  const Reading read = read_for_test(
      around(warc_record("request", "http://outlet.example/", "application/http", "GET / HTTP/1.1\r\n\r\n") +
             warc_record("revisit", "http://outlet.example/", "application/http", "HTTP/1.1 200 OK\r\n\r\n")),
      "a.warc");
  ASSERT_EQ(read.parts.size(), 3U);
  EXPECT_EQ(read.parts[2].first.format, "revisit");  // the record alone
  EXPECT_EQ(read.container.passed_over.at("request record"), 1U);
  EXPECT_EQ(read.container.passed_over.at("revisit record (its content is elsewhere)"), 1U);
}

TEST(Warc, ALengthThatIsTooSmallOrTooLargeCostsNoOtherRecord) {
  const std::string good = warc_response("http://outlet.example/2", kHtml, kPage);
  const std::size_t at = good.find("Content-Length: ") + 16;
  for (const std::string& lie : {std::string("1"), std::string("90"), std::string("100000"), std::string("400"),
                                 std::string("99999999999999999999"), std::string("-5"), std::string("x")}) {
    std::string bad = good;
    bad.replace(at, good.find('\r', at) - at, lie);
    const Reading read = read_for_test(around(bad), "a.warc");
    ASSERT_GE(read.parts.size(), 2U) << lie;
    EXPECT_EQ(read.parts.front().second, "<p>first</p>") << lie;
    EXPECT_EQ(read.parts.back().second, "<p>third</p>") << lie;
    EXPECT_GE(read.container.problem_count, 1U) << lie;
  }
}

TEST(Warc, ALyingLengthIsCorrectedToWhereTheNextRecordBegins) {
  std::string bad = warc_response("http://outlet.example/2", kHtml, kPage);
  const std::size_t at = bad.find("Content-Length: ") + 16;
  bad.replace(at, bad.find('\r', at) - at, "80");
  const Reading read = read_for_test(around(bad), "a.warc");
  ASSERT_EQ(read.parts.size(), 3U) << read.problems();
  EXPECT_EQ(read.parts[1].second, kPage);
  EXPECT_THAT(read.problems(), HasSubstr("states 80 bytes"));
}

TEST(Warc, ACutMemberGivesWhatCameBeforeAndSaysSo) {
  const std::string member = gzipped(warc_response("http://outlet.example/2", kHtml, std::string(5000, 'x') + kPage));
  const std::string whole = gzipped(warc_response("http://outlet.example/1", kHtml, kPage)) + member;
  const Reading read = read_for_test(whole.substr(0, whole.size() - 20), "a.warc.gz");
  ASSERT_GE(read.parts.size(), 1U);
  EXPECT_EQ(read.parts[0].second, kPage);
  EXPECT_THAT(read.problems(), HasSubstr("cut"));
}

TEST(Warc, AfterADamagedMemberReadingGoesOnAtTheNext) {
  std::string damaged = gzipped(warc_response("http://outlet.example/1", kHtml, kPage + "<p>unlike</p>"));
  for (std::size_t i = 30; i < 60; ++i) damaged[i] = static_cast<char>(damaged[i] ^ 0x5A);
  const Reading read = read_for_test(gzipped(warc_response("http://outlet.example/0", kHtml, "<p>zero</p>")) + damaged +
                                         gzipped(warc_response("http://outlet.example/2", kHtml, "<p>two</p>")),
                                     "a.warc.gz");
  ASSERT_GE(read.parts.size(), 2U);
  EXPECT_EQ(read.parts.front().second, "<p>zero</p>");
  EXPECT_EQ(read.parts.back().second, "<p>two</p>");
  EXPECT_GE(read.container.problem_count, 1U);
}

TEST(Warc, ADigestThatDiffersIsToldAndThePartKept) {
  const std::string fields = "WARC-Block-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n";
  const Reading read =
      read_for_test(warc_record("resource", "http://a.example/", "text/plain", "words", fields), "a.warc");
  EXPECT_EQ(read.parts.size(), 1U);
  EXPECT_THAT(read.problems(), HasSubstr("block digest"));
}

TEST(Warc, DigestsOfAllAlphabetsMatch) {
  // SHA-1 of "abc" (FIPS 180-4): a9993e36 4706816a ba3e2571 7850c26c 9cd0d89d.
  for (const char* digest :
       {"sha1:a9993e364706816aba3e25717850c26c9cd0d89d", "sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5",
        "sha1:qZk+NkcGgWq6PiVxeFDCbJzQ2J0=", "sha1:qZk-NkcGgWq6PiVxeFDCbJzQ2J0", "md5:kAFQmDzST7DWlj99KOF/cg=="}) {
    const std::string fields = format("WARC-Block-Digest: {}\r\n", digest);
    const Reading read =
        read_for_test(warc_record("resource", "http://a.example/", "text/plain", "abc", fields), "a.warc");
    EXPECT_EQ(read.problems(), "") << digest;
  }
}

TEST(Warc, ChunkedBodiesAreJoinedAndDecoded) {
  const std::string packed = gzipped(kPage);
  const std::string chunked = format("{:x}\r\n{}\r\n{:x};note=1\r\n{}\r\n0\r\n\r\n", 10, packed.substr(0, 10),
                                     packed.size() - 10, packed.substr(10));
  const Reading read = read_for_test(
      warc_response("http://a.example/", kHtml + "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", chunked),
      "a.warc");
  ASSERT_EQ(read.parts.size(), 1U);
  EXPECT_EQ(read.parts[0].second, kPage);
  EXPECT_EQ(read.parts[0].first.chain.size(), 3U);
  EXPECT_EQ(read.problems(), "");
}

TEST(Warc, ACodingHeaderLeftOnADecodedBodyIsToldAndTheBodyKept) {
  for (const char* header : {"Transfer-Encoding: chunked\r\n", "Content-Encoding: gzip\r\n", "Content-Encoding: br\r\n",
                             "Content-Encoding: zstd\r\n", "Content-Encoding: rot13\r\n"}) {
    const Reading read = read_for_test(warc_response("http://a.example/", kHtml + header, kPage), "a.warc");
    ASSERT_EQ(read.parts.size(), 1U) << header;
    EXPECT_EQ(read.parts[0].second, kPage) << header;
    EXPECT_EQ(read.container.problem_count, 1U) << header;
  }
}

TEST(Warc, WrongChunksGiveWhatCameBefore) {
  const Reading read = read_for_test(
      warc_response("http://a.example/", kHtml + "Transfer-Encoding: chunked\r\n", "5\r\nfirst\r\nzz\r\nsecond"),
      "a.warc");
  ASSERT_EQ(read.parts.size(), 1U);
  EXPECT_EQ(read.parts[0].second, "first");
  EXPECT_THAT(read.problems(), HasSubstr("chunked"));
}

TEST(Warc, PicturesAndScriptsArePartsOfTheirOwnFormat) {
  const Reading read =
      read_for_test(warc_response("http://a.example/p", "Content-Type: image/jpeg\r\n", "\xff\xd8\xff") +
                        warc_response("http://a.example/s", "Content-Type: text/javascript\r\n", "f()") +
                        warc_response("http://a.example/u", "", "<html><p>sniffed</p></html>"),
                    "a.warc");
  ASSERT_EQ(read.parts.size(), 3U);
  EXPECT_EQ(read.parts[0].first.format, "media");
  EXPECT_EQ(read.parts[1].first.format, "other");
  EXPECT_EQ(read.parts[2].first.format, "html");
}

TEST(Warc, WgetsAddressInBracketsLosesThem) {
  const Reading read = read_for_test(warc_response("<http://a.example/>", kHtml, kPage), "a.warc");
  ASSERT_EQ(read.parts.size(), 1U);
  EXPECT_EQ(read.parts[0].first.url, "http://a.example/");
}

TEST(Warc, ARecordLargerThanAPartMayBeIsSetAsideAndReadingGoesOn) {
  ReadOptions options;
  options.limits.max_part_bytes = 4000;
  const Reading read =
      read_for_test(around(warc_response("http://a.example/", kHtml, std::string(9000, 'x'))), "a.warc", options);
  EXPECT_EQ(read.parts.size(), 2U) << read.problems();
  EXPECT_THAT(read.problems(), HasSubstr("one record may have 4000"));
}

TEST(Arc, RecordsGiveAddressDateAndPage) {
  const std::string response = "HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + kPage;
  const std::string arc = "filedesc://a.arc 0.0.0.0 20310506070809 text/plain 9\n1 0 Hall\n\n" +
                          format("http://a.example/with space 1.2.3.4 20310506070809 text/html {}\n", response.size()) +
                          response + "\n";
  const Reading read = read_for_test(arc, "a.arc");
  ASSERT_EQ(read.parts.size(), 1U) << read.problems();
  EXPECT_EQ(read.parts[0].second, kPage);
  EXPECT_EQ(read.parts[0].first.url, "http://a.example/with space");
  EXPECT_EQ(read.parts[0].first.captured->text(), "2031-05-06T07:08:09Z");
}

TEST(Dechunk, EveryCutOfAChunkedBodyGivesAPrefixOfTheWhole) {
  const std::string coded = "6\r\nfirst \r\nA;x=y\r\nsecond and\r\n0\r\n\r\n";
  for (std::size_t size = 0; size <= coded.size(); ++size) {
    const auto decoded = decode("dechunk", coded.substr(0, size), 100);
    ASSERT_TRUE(decoded.has_value());
    EXPECT_TRUE(std::string_view("first second and").starts_with(decoded->bytes)) << size;
  }
  EXPECT_EQ(decode("dechunk", coded, 100)->bytes, "first second and");
  EXPECT_EQ(decode("dechunk", coded, 10)->end, Decoded::End::too_large);
}

TEST(Decode, MailCodingsAreUndone) {
  EXPECT_EQ(decode("base64", "2LPZ\r\nhNin\r\n2YU=\r\n", 100)->bytes, "سلام");
  EXPECT_EQ(decode("quoted-printable", "=D8=B3=D9=84 a=\r\nb =zz", 100)->bytes, "سل ab =zz");
  EXPECT_FALSE(decode("rot13", "", 100).has_value());
}

}  // namespace
}  // namespace gavah::capture
