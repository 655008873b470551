#include "capture/wacz_signature.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/digest.h"
#include "base/disk.h"
#include "base/format.h"
#include "base/shared_data.h"
#include "capture/reading_for_tests.h"

namespace gavah::capture {
namespace {

using ::testing::HasSubstr;

// Signed with `openssl dgst -sha256 -sign` by keys made for this test: P-256 in DER, P-384 as two plain numbers.
constexpr const char* kPackage = R"({"profile":"data-package","resources":[]})";
constexpr const char* kKey256 =
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEikKXXji9HHUkfd1g9YU5D5vV+yM8cxDKnktAQM5ordY+t8Kj0ghzr1eyFB8cjyaEo+BL0B9JU5qBW/"
    "+IY4/gvw==";
constexpr const char* kSignature256 =
    "MEQCIFEWPf90oLNqMKrvQ2rwF3sIVs2XLn7UCRWrSncQxvlZAiBAnlcHaDm76g004IH+RVa9TB8xU+Qq0P7WtFiboppasg==";
constexpr const char* kKey384 =
    "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEa7oSdRu4MLxp4QtvRLl77CL9bmhiYhxVpCZSYezGbnj/"
    "a6QNTmjeIIH43hGAHiALtagD7aTTFGn+cG1ofcLN0zKdWmO8o/khZ+qgOvCRxeamTIorXUA0yCY4MeL8i1w2";
constexpr const char* kSignature384 =
    "GjjQ9EHM4dk47LuoSvGlrvj7WTnGHIKoWuhRDjPkFDZ3PPjvH/"
    "5NmarXSJL2irlq05sXlEXgB2oyvn3DcF2reHkQxrTzaT1Ppg9rSmA6d5Ef5I8KUP2L"
    "nW7qjg+ALXT7";

std::string digest_file(std::string_view signed_data) {
  return format(R"({{"path":"datapackage.json","hash":"sha256:{}"{}}})", sha256(kPackage).hex(), signed_data);
}
std::string anonymous(std::string_view key, std::string_view signature) {
  return digest_file(format(
      R"(,"signedData":{{"hash":"sha256:{}","signature":"{}","publicKey":"{}","created":"2031-05-06T07:08:09Z"}})",
      sha256(kPackage).hex(), signature, key));
}

TEST(WaczSignature, AnAnonymousOneHoldsInBothSpellingsAndNamesTheKeyOnly) {
  for (const auto& [key, signature] : {std::pair(kKey256, kSignature256), std::pair(kKey384, kSignature384)}) {
    const WaczVerdict verdict = judge_wacz_signature(anonymous(key, signature), kPackage);
    EXPECT_EQ(verdict.kind, WaczVerdict::Kind::anonymous) << verdict.sentence;
    EXPECT_THAT(verdict.sentence, HasSubstr("does not prove who that is, nor when (it says 2031-05-06T07:08:09Z)"));
  }
}

TEST(WaczSignature, UnderAnotherKeyOrOverAnotherPackageItFails) {
  EXPECT_EQ(judge_wacz_signature(anonymous(kKey384, kSignature256), kPackage).kind, WaczVerdict::Kind::failed);
  EXPECT_EQ(judge_wacz_signature(anonymous("AAAA", kSignature256), kPackage).kind, WaczVerdict::Kind::failed);
  EXPECT_EQ(judge_wacz_signature(anonymous(kKey256, ""), kPackage).kind, WaczVerdict::Kind::failed);
  const WaczVerdict other = judge_wacz_signature(anonymous(kKey256, kSignature256), "{}");
  EXPECT_EQ(other.kind, WaczVerdict::Kind::failed);
  EXPECT_THAT(other.sentence, HasSubstr("is not what datapackage-digest.json states"));
}

TEST(WaczSignature, ADigestAloneIsSaidToProveNothing) {
  const WaczVerdict verdict = judge_wacz_signature(digest_file(""), kPackage);
  EXPECT_EQ(verdict.kind, WaczVerdict::Kind::unsigned_package);
  EXPECT_THAT(verdict.sentence, HasSubstr("anyone could have written"));
}

/// What reading gave of one member of a WACZ, with `from` replaced by `to` in its digest file.
WaczVerdict with_change(std::string_view from, std::string_view to) {
  const auto path = shared_data("tlog-vectors/wacz/valid_signed_example_1.wacz");
  RealDisk disk;
  const std::string bytes = disk.read(*path).value();
  // The members as the package's own reader finds them: a ZIP of one member at a time is walked by the chains.
  std::string package;
  std::string digest;
  for (const auto& [name, text] : unzipped(bytes)) {
    if (name == "datapackage.json") package = text;
    if (name == "datapackage-digest.json") digest = text;
  }
  const std::size_t at = digest.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  digest.replace(at, from.size(), to);
  return judge_wacz_signature(digest, package);
}

TEST(WaczSignature, ADomainsHoldsOnlyWithItsCertificateItsStampAndItsTenMinutes) {
  if (!shared_data("tlog-vectors/wacz")) GTEST_SKIP() << "the shared data is not on this machine";
  const WaczVerdict sound = with_change("0.1.0", "0.1.0");
  EXPECT_EQ(sound.kind, WaczVerdict::Kind::domain) << sound.sentence;
  EXPECT_THAT(sound.sentence, HasSubstr("btrix-sign-test.webrecorder.net"));
  EXPECT_THAT(sound.sentence, HasSubstr("'CN=ISRG Root X1"));
  EXPECT_THAT(sound.sentence, HasSubstr("2022-01-18T19:00:12Z"));
  EXPECT_EQ(with_change("2022-01-18T19:00:12Z", "2022-01-18T18:50:12Z").kind, WaczVerdict::Kind::domain);
  EXPECT_THAT(with_change("2022-01-18T19:00:12Z", "2022-01-18T18:50:11Z").sentence,
              HasSubstr("but its time-stamp is of"));
  EXPECT_THAT(with_change("btrix-sign-test", "btrix-sign-rest").sentence, HasSubstr("is not one for"));
  EXPECT_THAT(with_change("\"timeSignature\": \"MIIFRDAD", "\"timeSignature\": \"MIIFRDAC").sentence,
              HasSubstr("time-stamp cannot be read"));
  EXPECT_THAT(with_change("\"signature\": \"MEYC", "\"signature\": \"MEYD").sentence, HasSubstr("does not hold"));
}

std::string index_line(std::uint64_t offset, std::size_t size) {
  return format(
      "example,a)/ 20310506070809 {{\"url\":\"http://a.example/\",\"offset\":{},\"length\":\"{}\",\"filename\":"
      "\"a.warc\"}}\n",
      offset, size);
}

TEST(Wacz, AnIndexThatPointsElsewhereAndPagesThatAreMissingAreTold) {
  const std::string record = warc_response("http://a.example/p", "Content-Type: text/html\r\n", "<p>words</p>");
  const std::string pages =
      "{\"format\":\"json-pages-1.0\"}\n{\"id\":\"7\",\"url\":\"http://a.example/p#top\",\"title\":\"خبر\"}\n"
      "{\"id\":\"8\",\"url\":\"http://a.example/gone\",\"title\":\"x\"}\n";
  const Reading read = read_for_test(
      zipped({{"archive/a.warc", record},
              {"indexes/index.cdxj", index_line(0, record.size()) + index_line(3, 50)},
              {"pages/pages.jsonl", pages},
              {"datapackage.json", R"({"resources":[{"path":"indexes/index.cdxj"},{"path":"pages/pages.jsonl"}]})"}}),
      "a.wacz");
  ASSERT_EQ(read.parts.size(), 1U) << read.problems();
  EXPECT_EQ(read.parts[0].first.hints.at("page_title"), "خبر");
  EXPECT_EQ(read.parts[0].first.hints.at("page_id"), "7");
  EXPECT_THAT(read.problems(), HasSubstr("1 of 2 lines point to where no record begins"));
  EXPECT_THAT(read.problems(),
              HasSubstr("1 of 2 pages that its list names are not in it, the first of them http://a.example/gone"));
  EXPECT_THAT(read.container.hints.at("wacz_signature"), HasSubstr("not signed"));
}

TEST(Wacz, ADigestOfTheFirstVersionIsComparedAndAPackedArchiveIsToldAndRead) {
  const std::string record = warc_response("http://a.example/p", "Content-Type: text/html\r\n", "<p>words</p>");
  const std::string package =
      format(R"({{"resources":[{{"path":"archive/a.warc","stats":{{"hash":"{}","bytes":{}}},"hashing":"sha256"}}]}})",
             sha256("other").hex(), record.size());
  const Reading read = read_for_test(
      zipped({{.name = "archive/a.warc", .bytes = record, .is_deflated = true}, {"datapackage.json", package}}),
      "a.wacz");
  EXPECT_EQ(read.parts.size(), 1U);
  EXPECT_THAT(read.problems(), HasSubstr("SHA-256 is not what the package states"));
  EXPECT_THAT(read.problems(), HasSubstr("should be stored"));
}

}  // namespace
}  // namespace gavah::capture
