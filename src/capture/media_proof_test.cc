#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/digest.h"
#include "capture/reading_for_tests.h"
#include "model/capture.h"

namespace gavah::capture {
namespace {

using ::testing::HasSubstr;

const std::string kPicture = "\xff\xd8\xff\xe0 a picture of the gate";

std::string csv_proof(const std::string& hash) {
  return "\"File Hash SHA256\",\"Location.Latitude\",\"DeviceID\",\"Proof Generated\",\"CellInfo\"\n\"" + hash +
         "\",\"35.123456\",\"device-9988\",\"2031-05-03T08:30:00Z\",\"cell 77\"\n";
}

TEST(MediaProof, AFileIsMatchedWithItsProofAndNothingOfTheDeviceIsTakenOut) {
  const std::string hash = sha256(kPicture).hex();
  const Reading read = read_for_test(
      zipped(
          {{"IMG_1.jpg", kPicture, false},
           {hash + ".proof.csv", csv_proof(hash), true},
           {hash + ".proof.json", "{\"File Hash SHA256\":\"" + hash + "\",\"Location.Latitude\":\"35.123456\"}", true},
           {hash + ".asc", "-----BEGIN PGP SIGNATURE-----", true},
           {"pubkey.asc", "-----BEGIN PGP PUBLIC KEY BLOCK-----", true}}),
      "proof.zip");
  ASSERT_EQ(read.parts.size(), 1U) << read.reason();
  const Part& part = read.parts[0].first;
  EXPECT_EQ(part.format, "media");
  EXPECT_EQ(part.hints.at("proof"), "ProofMode");
  EXPECT_EQ(part.hints.at("signed"), "1");
  EXPECT_EQ(part.captured, *Instant::parse("2031-05-03T08:30:00Z"));
  EXPECT_EQ(read.container.problem_count, 0U) << read.problems();
  EXPECT_EQ(read.container.passed_over.at("proof, signature or key of ProofMode"), 4U);
  for (const char* secret : {"35.123456", "device-9988", "cell 77"}) {
    EXPECT_EQ(to_json(part).find(secret), std::string::npos);
    EXPECT_EQ(read.problems().find(secret), std::string::npos);
  }
}

TEST(MediaProof, WhatDoesNotBelongTogetherIsTold) {
  const std::string other = sha256("another picture").hex();
  const Reading read = read_for_test(
      zipped({{"IMG_1.jpg", kPicture, false}, {other + ".proof.csv", csv_proof(other), true}}), "proof.zip");
  ASSERT_EQ(read.parts.size(), 1U);
  EXPECT_FALSE(read.parts[0].first.hints.contains("proof"));
  EXPECT_THAT(read.problems(), HasSubstr("no proof in the package"));
  EXPECT_THAT(read.problems(), HasSubstr(other + "] the file that it is about is not in the package"));
  const std::string hash = sha256(kPicture).hex();
  const Reading renamed = read_for_test(
      zipped({{"IMG_1.jpg", kPicture, false}, {hash + ".proof.csv", csv_proof(other), true}}), "proof.zip");
  EXPECT_FALSE(renamed.parts[0].first.hints.contains("proof")) << "a proof whose name is not what it states";
}

}  // namespace
}  // namespace gavah::capture
