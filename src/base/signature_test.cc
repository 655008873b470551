#include "base/signature.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "base/disk.h"
#include "base/format.h"
#include "base/json.h"
#include "base/shared_data.h"

namespace gavah {
namespace {

std::string unhex(std::string_view hex) { return from_hex(hex).value(); }

// RFC 8032 section 7.1, TEST 3.
constexpr std::string_view kSeed = "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7";
constexpr std::string_view kPublic = "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025";
constexpr std::string_view kSignature =
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc0"
    "27beceea1ec40a";

TEST(Ed25519, AgreesWithTheStandardsThirdTest) {
  const auto key = Ed25519PrivateKey::from_seed(unhex(kSeed)).value();
  EXPECT_EQ(to_hex(key.public_key().view()), kPublic);
  EXPECT_EQ(to_hex(key.sign(unhex("af82"))), kSignature);
  EXPECT_TRUE(verify_ed25519(key.public_key(), unhex("af82"), unhex(kSignature)));
}

TEST(Ed25519, AnyFlippedBitOfSignatureOrMessageFails) {
  const auto key = Ed25519PrivateKey::from_seed(unhex(kSeed)).value();
  const std::string message = unhex("af82");
  for (std::size_t bit = 0; bit < 512; ++bit) {
    std::string signature = unhex(kSignature);
    signature[bit / 8] = static_cast<char>(signature[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_FALSE(verify_ed25519(key.public_key(), message, signature)) << bit;
  }
  EXPECT_FALSE(verify_ed25519(key.public_key(), unhex("af83"), unhex(kSignature)));
  EXPECT_FALSE(verify_ed25519(key.public_key(), message, unhex(kSignature).substr(0, 63)));
}

TEST(Ed25519, RefusesKeysOfTheWrongLengthOrOfLowOrder) {
  EXPECT_FALSE(Ed25519PublicKey::from_bytes("short"));
  EXPECT_FALSE(Ed25519PublicKey::from_bytes(std::string(32, '\0')));
  EXPECT_FALSE(Ed25519PublicKey::from_bytes(std::string(32, '\xff')));
  EXPECT_FALSE(Ed25519PrivateKey::from_seed(std::string(31, 'a')));
}

/// The rule pinned: no low-order A or R, no encoding that is not canonical, no cofactor.
bool strict_rule_accepts(const Json& vector) {
  const Json* flags = vector.find("flags");
  if (flags == nullptr) return true;
  for (const Json& flag : flags->items()) {
    const std::string& name = *flag.string();
    if (name != "low_order_component_A" && name != "low_order_component_R") return false;
  }
  return true;
}

TEST(Ed25519, StrictRuleHoldsOnPublishedEdgeCases) {
  const auto path = shared_data("tlog-vectors/cctv-ed25519/ed25519vectors.json");
  if (!path) GTEST_SKIP() << "the shared vectors are not here";
  RealDisk disk;
  const Json vectors = Json::parse(disk.read(*path).value()).value();
  ASSERT_EQ(vectors.items().size(), 914U);
  std::size_t accepted_count = 0;
  for (const Json& vector : vectors.items()) {
    const auto key = Ed25519PublicKey::from_bytes(unhex(vector.text_of("key")));
    const bool accepted = key && verify_ed25519(*key, vector.text_of("msg"), unhex(vector.text_of("sig")));
    EXPECT_EQ(accepted, strict_rule_accepts(vector)) << vector.find("number")->integer().value();
    if (accepted) ++accepted_count;
  }
  EXPECT_EQ(accepted_count, 43U);
  fmt::print("Ed25519 edge cases of cctv: {} vectors, {} accepted\n", vectors.items().size(), accepted_count);
}

}  // namespace
}  // namespace gavah
