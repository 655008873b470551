#include "proof/time_token.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "base/disk.h"
#include "base/format.h"
#include "base/json.h"
#include "base/shared_data.h"

namespace gavah::proof {
namespace {

std::string spec_file(std::string_view name) {
  RealDisk disk;
  return disk.read(join_path(GAVAH_SOURCE_DIR "/spec/vectors/time", name)).value();
}

TEST(TimeToken, EveryVectorOfTheSpecificationHoldsOrFailsByName) {
  const std::string note = spec_file("checkpoint");
  const std::string lines = spec_file("vectors.jsonl");
  std::size_t count = 0;
  for (std::size_t at = 0; at < lines.size(); ++count) {
    const std::size_t end = lines.find('\n', at);
    const Json line = Json::parse(lines.substr(at, end - at)).value();
    at = end + 1;
    const std::string name(line.text_of("file"));
    std::vector<Certificate> more;
    for (const Json& file : line.find("more")->items()) {
      more.push_back(Certificate::parse(spec_file(*file.string())).value());
    }
    const TimeAuthority authority{"clock", Digest::from_hex(line.text_of("authority")).value()};
    const auto token = token_from_response(spec_file(name));
    const auto checked = token ? check_time_token(*token, note, std::span(&authority, 1), more)
                               : Result<CheckedTime>(std::unexpected(token.error()));
    ASSERT_EQ(checked.has_value(), line.find("holds")->boolean().value())
        << name << ": " << (checked ? "" : checked.error().sentence());
    if (checked) {
      EXPECT_EQ(checked->authority, "clock");
      EXPECT_EQ(checked->signer.subject, "CN=Example Signer,O=Example Time") << name;
      EXPECT_EQ(checked->not_after.seconds, checked->at.seconds + 1) << "an accuracy of a second is stated";
    } else {
      EXPECT_NE(checked.error().sentence().find(line.text_of("words")), std::string::npos)
          << name << ": " << checked.error().sentence();
    }
  }
  EXPECT_EQ(count, 17U);
}

TEST(TimeToken, ARequestIsTheOneThatOpensslMakes) {
  EXPECT_EQ(to_hex(time_request(sha256(spec_file("checkpoint")))), to_hex(spec_file("request.tsq")));
}

TEST(TimeToken, TheTokenInAResponseKeepsItsBytes) {
  const std::string response = spec_file("good.tsr");
  const std::string token = token_from_response(response).value();
  EXPECT_TRUE(response.ends_with(token));
  EXPECT_EQ(token_from_response(token).value(), token);
}

TEST(TimeToken, WithoutTrustOnlyTheTokenItselfIsVouchedFor) {
  const std::string token = spec_file("good.tst");
  EXPECT_EQ(check_time_token_alone(token, spec_file("checkpoint")).value().authority, "");
  EXPECT_FALSE(check_time_token_alone(spec_file("signature.tst"), spec_file("checkpoint")));
  const auto untrusted = check_time_token(token, spec_file("checkpoint"), {});
  ASSERT_FALSE(untrusted);
  EXPECT_EQ(untrusted.error().code, ErrorCode::refused);
}

TEST(TimeToken, EveryFlippedBitOfATokenIsNoticedOrChangesNothingThatWasSaid) {
  const std::string token = spec_file("good.tst");
  const std::string note = spec_file("checkpoint");
  const TimeAuthority authority{"clock", Certificate::parse(spec_file("root.der")).value().digest()};
  const std::vector<Certificate> more = {Certificate::parse(spec_file("root.der")).value()};
  const Instant at = check_time_token(token, note, std::span(&authority, 1), more).value().at;
  std::size_t refused = 0;
  for (std::size_t bit = 0; bit < token.size() * 8; bit += 11) {
    std::string spoiled = token;
    spoiled[bit / 8] = static_cast<char>(spoiled[bit / 8] ^ (1 << (bit % 8)));
    const auto checked = check_time_token(spoiled, note, std::span(&authority, 1), more);
    if (checked) {
      EXPECT_EQ(checked->at, at) << bit;
    } else {
      ++refused;
    }
  }
  EXPECT_GT(refused, token.size() * 8 / 11 * 9 / 10);
}

TEST(Certificates, AreReadFromPemAndDer) {
  const std::string der = spec_file("root.der");
  const Certificate root = Certificate::parse(der).value();
  EXPECT_EQ(root.subject, "CN=Example Root,O=Example Time");
  EXPECT_EQ(root.digest(), sha256(der));
  EXPECT_EQ(certificates_from(der).value(), std::vector<Certificate>{root});
  const std::string pem = "words\n-----BEGIN CERTIFICATE-----\n" + to_base64(der) + "\n-----END CERTIFICATE-----\n";
  // PEM has lines of 64 characters.
  std::string lines = "-----BEGIN CERTIFICATE-----\n";
  const std::string body = to_base64(der);
  for (std::size_t at = 0; at < body.size(); at += 64) lines += body.substr(at, 64) + "\n";
  lines += "-----END CERTIFICATE-----\n";
  EXPECT_EQ(certificates_from("between\n" + lines + lines).value(), (std::vector<Certificate>{root, root}));
  EXPECT_FALSE(Certificate::parse(der + "x"));
  EXPECT_FALSE(Certificate::parse(""));
  EXPECT_FALSE(certificates_from("nothing here"));
  EXPECT_FALSE(certificates_from("-----BEGIN CERTIFICATE-----\nAAAA"));
  EXPECT_FALSE(certificates_from("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"));
}

/// A published response, its token and the chain beside it.
struct Published {
  std::string token;
  std::vector<Certificate> chain;
};
std::optional<Published> published(const std::string& response, const std::string& chain) {
  const auto folder = shared_data("tlog-vectors/rfc3161");
  if (!folder) return std::nullopt;
  RealDisk disk;
  return Published{token_from_response(disk.read(join_path(*folder, response)).value()).value(),
                   certificates_from(disk.read(join_path(*folder, chain)).value()).value()};
}

Result<CheckedTime> check(const Published& vector, std::string_view bytes, const Digest& pinned) {
  const TimeAuthority authority{"pinned", pinned};
  return check_time_token(vector.token, bytes, std::span(&authority, 1), vector.chain);
}

TEST(TimeTokenVectors, APublishedResponseHoldsUnderEachCertificateOfItsChain) {
  const auto vector = published("test_tsa/response.tsr", "test_tsa/ts_chain.pem");
  if (!vector) GTEST_SKIP() << "the shared vectors are not here";
  ASSERT_EQ(vector->chain.size(), 3U);
  for (const Certificate& link : vector->chain) {
    const auto checked = check(*vector, "hello", link.digest());
    ASSERT_TRUE(checked) << link.subject << ": " << checked.error().sentence();
    EXPECT_EQ(checked->at.text(), "2024-10-08T15:40:32Z");
    EXPECT_EQ(checked->signer.subject, "CN=Test TSA Timestamping,O=local");
  }
  EXPECT_FALSE(check(*vector, "hallo", vector->chain.back().digest()));
}

TEST(TimeTokenVectors, ACertificateThatSomebodyAddedIsNeverTheSigner) {
  const auto vector = published("test_tsa/response-injected-certs.tsr", "test_tsa/ts_chain.pem");
  if (!vector) GTEST_SKIP() << "the shared vectors are not here";
  const auto says = TimeToken::parse(vector->token).value();
  ASSERT_EQ(says.certificates.size(), 3U);
  // Its signature is genuine, so the true chain still vouches for it …
  EXPECT_TRUE(check(*vector, "hello", vector->chain.back().digest()));
  for (const Certificate& inside : says.certificates) {
    const bool is_true_signer = inside == vector->chain.front();
    EXPECT_EQ(check(*vector, "hello", inside.digest()).has_value(), is_true_signer) << inside.subject;
  }
}

TEST(TimeTokenVectors, PublishedResponsesOfEachDigestHoldAndTheSpoiledOneFails) {
  if (!published("sigstage/response-sha256.tsr", "sigstage/ts_chain.pem"))
    GTEST_SKIP() << "the shared vectors are not here";
  for (const char* name : {"sha256", "sha384", "sha512", "no-embedded-cert"}) {
    auto vector = published(format("sigstage/response-{}.tsr", name), "sigstage/ts_chain.pem").value();
    const Digest root = vector.chain.back().digest();
    const auto checked = check(vector, "hello", root);
    EXPECT_TRUE(checked) << name << ": " << checked.error().sentence();
    EXPECT_FALSE(check(vector, "hallo", root)) << name;
  }
  auto bare = published("sigstage/response-no-embedded-cert.tsr", "sigstage/ts_chain.pem").value();
  const Digest root = bare.chain.back().digest();
  bare.chain.erase(bare.chain.begin());
  const auto without = check(bare, "hello", root);
  ASSERT_FALSE(without);
  EXPECT_NE(without.error().sentence().find("neither in the token nor given"), std::string::npos);
  const auto spoiled = published("sigstage/response-invalid-signature.tsr", "sigstage/ts_chain.pem").value();
  const auto refused = check(spoiled, "hello", root);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().sentence().find("the token's signature"), std::string::npos) << refused.error().sentence();
}

TEST(TimeTokenVectors, ACertificateThatHasEndedSinceVouchesForItsOwnTime) {
  const auto vector = published("sigstore.mock/response-expired.tsr", "sigstore.mock/ts_chain.pem");
  if (!vector) GTEST_SKIP() << "the shared vectors are not here";
  RealDisk disk;
  const std::string payload = disk.read(shared_data("tlog-vectors/rfc3161/sigstore.mock/payload").value()).value();
  const auto checked = check(*vector, payload, vector->chain.back().digest());
  ASSERT_TRUE(checked) << checked.error().sentence();
  EXPECT_EQ(checked->at.text(), "2023-02-01T00:00:00Z");
}

TEST(TimeTokenVectors, ATokenWithTheOldSigningCertificateAttributeIsRead) {
  const auto folder = shared_data("tlog-vectors/rfc3161");
  if (!folder) GTEST_SKIP() << "the shared vectors are not here";
  RealDisk disk;
  const std::string response = disk.read(*folder + "/identrust/issue-104.tsr").value();
  const std::string token = token_from_response(response).value();
  EXPECT_EQ(TimeToken::parse(token).value().at.text(), "2025-03-11T08:52:08Z");
  const auto checked = check_time_token_alone(token, "not those bytes");
  ASSERT_FALSE(checked);
  EXPECT_NE(checked.error().sentence().find("over other bytes"), std::string::npos) << checked.error().sentence();
}

}  // namespace
}  // namespace gavah::proof
