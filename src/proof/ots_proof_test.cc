#include "proof/ots_proof.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/bytes.h"
#include "base/disk.h"
#include "base/format.h"
#include "base/shared_data.h"

namespace gavah::proof {
namespace {

std::string unhex(std::string_view hex) { return from_hex(hex).value(); }

const std::string kHead = unhex("004f70656e54696d657374616d7073000050726f6f6600bf89e2e884e8929401");
const std::string kPending = unhex("0083dfe30d2ef90c8e");
const std::string kBitcoin = unhex("000588960d73d71901");

std::string counted(std::string_view bytes) {
  std::string out;
  std::size_t size = bytes.size();
  for (; size >= 128; size >>= 7U) out.push_back(static_cast<char>((size & 0x7fU) | 0x80U));
  out.push_back(static_cast<char>(size));
  return out.append(bytes);
}

std::string pending(std::string_view calendar) { return kPending + counted(counted(calendar)); }
std::string bitcoin(char height) { return kBitcoin + counted(std::string(1, height)); }
std::string proof_over(const Digest& digest, std::string_view operations) {
  return (kHead + "\x08").append(digest.view()).append(operations);
}

const Digest kFile = sha256("a checkpoint");
constexpr std::string_view kAddressText = "https://calendar.example";

/// The error of a proof that must not parse, empty when it does.
std::string refused(std::string_view operations) {
  const auto proof = OtsProof::parse(proof_over(kFile, operations));
  return proof ? "" : proof.error().sentence();
}

TEST(OtsProof, WalksOperationsAndForksToEachAttestation) {
  const std::string operations =
      std::string("\xf0\x02hi\x08\xff", 6) + pending(kAddressText) + "\xf1\x01z\x02\x03\xf2\xf3" + bitcoin(7);
  const auto proof = OtsProof::parse(proof_over(kFile, operations));
  ASSERT_TRUE(proof) << proof.error().sentence();
  EXPECT_EQ(proof->file_hash, "sha256");
  EXPECT_EQ(proof->digest, kFile.view());
  ASSERT_EQ(proof->attestations.size(), 2U);
  const std::string shared(sha256(std::string(kFile.view()) + "hi").view());
  EXPECT_EQ(proof->attestations[0].kind, OtsKind::pending);
  EXPECT_EQ(proof->attestations[0].calendar, kAddressText);
  EXPECT_EQ(proof->attestations[0].message, shared);
  EXPECT_EQ(proof->attestations[1].kind, OtsKind::bitcoin);
  EXPECT_EQ(proof->attestations[1].height, 7U);
  EXPECT_EQ(proof->attestations[1].message.size(), 40U) << "twenty bytes in hexadecimal";
}

TEST(OtsProof, AnUnknownNotaryIsKeptAsSuch) {
  const auto proof = OtsProof::parse(proof_over(kFile, unhex("000102030405060708") + counted("what it says")));
  ASSERT_TRUE(proof);
  EXPECT_EQ(proof->attestations.front().kind, OtsKind::unknown);
  EXPECT_EQ(to_hex(proof->attestations.front().tag), "0102030405060708");
}

TEST(OtsProof, EveryCutIsRefused) {
  const std::string whole =
      proof_over(kFile, std::string("\xf0\x02hi\x08\xff", 6) + pending(kAddressText) + bitcoin(7));
  ASSERT_TRUE(OtsProof::parse(whole));
  for (std::size_t size = 0; size < whole.size(); ++size) EXPECT_FALSE(OtsProof::parse(whole.substr(0, size))) << size;
  EXPECT_FALSE(OtsProof::parse(whole + "x"));
}

TEST(OtsProof, LimitsAreNamed) {
  EXPECT_NE(refused("\xf0" + counted(std::string(4097, 'a')) + bitcoin(7)).find("4097 bytes stand where 4096 may"),
            std::string::npos);
  EXPECT_NE(refused("\xf0" + counted(std::string(4065, 'a')) + bitcoin(7)).find("grows beyond 4096"),
            std::string::npos);
  EXPECT_EQ(refused("\xf0" + counted(std::string(4064, 'a')) + bitcoin(7)), "");
  EXPECT_NE(refused(kPending + counted(std::string(8193, 'a'))).find("8193 bytes stand where 8192 may"),
            std::string::npos);
  EXPECT_NE(refused(pending(std::string(1001, 'a'))).find("1001 bytes stand where 1000 may"), std::string::npos);
  EXPECT_NE(refused(std::string(257, '\x08') + bitcoin(7)).find("deeper than 256"), std::string::npos);
  EXPECT_EQ(refused(std::string(256, '\x08') + bitcoin(7)), "");
  std::string forks;
  for (int i = 0; i < 17'000; ++i) forks += "\xff" + bitcoin(7);
  EXPECT_NE(refused(forks + bitcoin(7)).find("too many operations"), std::string::npos);
  EXPECT_NE(OtsProof::parse(std::string(kMaxOtsBytes + 1, 'x')).error().sentence().find("1 MiB"), std::string::npos);
}

TEST(OtsProof, RefusesOtherVersionsHashesOperationsAndSpellings) {
  std::string other = proof_over(kFile, bitcoin(7));
  other[31] = 2;
  EXPECT_NE(OtsProof::parse(other).error().sentence().find("version 2"), std::string::npos);
  other = proof_over(kFile, bitcoin(7));
  other[32] = 0x67;
  EXPECT_NE(OtsProof::parse(other).error().sentence().find("file hash 67"), std::string::npos);
  EXPECT_NE(refused("\x66" + bitcoin(7)).find("operation 66 is not known"), std::string::npos);
  EXPECT_NE(refused(std::string("\xf0\x00", 2) + bitcoin(7)).find("adds nothing"), std::string::npos);
  EXPECT_NE(refused(pending("https://calendar.example/a b")).find("a character that it may not have"),
            std::string::npos);
  EXPECT_NE(refused(kBitcoin + counted("\x01\x02")).find("goes on after its end"), std::string::npos);
  EXPECT_NE(refused(kBitcoin + counted(std::string(10, '\xff'))).find("more than 63 bits"), std::string::npos);
}

/// A header over that root with the easiest target there is, mined here.
std::string mined_header(std::string_view merkle_root, std::uint32_t time) {
  std::string header(36, '\0');
  header.append(merkle_root);
  for (const std::uint32_t field : {time, 0x207fffffU, 0U}) {
    for (std::uint32_t i = 0; i < 4; ++i) header.push_back(static_cast<char>(field >> (8 * i) & 0xffU));
  }
  while (!BlockHeader::parse(header)) ++header[76];
  return header;
}

TEST(OtsProof, ABitcoinAttestationHoldsAgainstTheHeaderWithItsRootOnly) {
  const auto proof = OtsProof::parse(proof_over(kFile, "\x08" + bitcoin(7))).value();
  const std::string root(sha256(kFile.view()).view());
  const BlockHeader header = BlockHeader::parse(mined_header(root, 1'900'000'000)).value();
  EXPECT_EQ(check_bitcoin(proof.attestations.front(), header).value(),
            (Instant{1'900'000'000 + kBlockTimeSlackSeconds}));
  const BlockHeader other = BlockHeader::parse(mined_header(std::string(32, 'r'), 1'900'000'000)).value();
  EXPECT_NE(check_bitcoin(proof.attestations.front(), other).error().sentence().find("block 7"), std::string::npos);
  const auto waiting = OtsProof::parse(proof_over(kFile, pending(kAddressText))).value();
  EXPECT_FALSE(check_bitcoin(waiting.attestations.front(), header));
}

TEST(BlockHeader, MustMeetItsOwnTarget) {
  // Block 0 of Bitcoin, as every node has it.
  const std::string genesis = unhex(
      "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3"
      "888a5"
      "1323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c");
  const auto header = BlockHeader::parse(genesis);
  ASSERT_TRUE(header) << header.error().sentence();
  EXPECT_EQ(header->hash, "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f");
  EXPECT_EQ(header->time.text(), "2009-01-03T18:15:05Z");
  for (const std::size_t at : {0U, 40U, 70U, 74U, 79U}) {
    std::string other = genesis;
    other[at] = static_cast<char>(other[at] ^ 1);
    EXPECT_FALSE(BlockHeader::parse(other)) << at;
  }
  EXPECT_FALSE(BlockHeader::parse(genesis + "x"));
  EXPECT_FALSE(BlockHeader::parse(""));
}

TEST(OtsVectors, PublishedProofsParseAndMalformedOnesDoNot) {
  const auto folder = shared_data("tlog-vectors/opentimestamps");
  if (!folder) GTEST_SKIP() << "the shared vectors are not here";
  RealDisk disk;
  std::size_t good = 0;
  std::size_t bad = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(*folder)) {
    if (entry.path().extension() != ".ots") continue;
    const bool must_fail = entry.path().parent_path().filename() == "invalid";
    const auto proof = OtsProof::parse(disk.read(entry.path()).value());
    EXPECT_EQ(proof.has_value(), !must_fail) << entry.path() << (proof ? "" : ": " + proof.error().sentence());
    ++(must_fail ? bad : good);
    // Where the file itself lies beside the proof, the digest is its own.
    const std::filesystem::path file = entry.path().parent_path() / entry.path().stem();
    if (proof && proof->file_hash == "sha256" && std::filesystem::exists(file)) {
      EXPECT_EQ(sha256(disk.read(file).value()).view(), proof->digest) << file;
    }
  }
  EXPECT_EQ(bad, 3U);
  fmt::print("OpenTimestamps: {} proofs read, {} malformed ones refused\n", good, bad);
}

TEST(OtsVectors, TheWelcomeExampleLeadsToItsBlock) {
  const auto folder = shared_data("tlog-vectors/opentimestamps");
  if (!folder) GTEST_SKIP() << "the shared vectors are not here";
  RealDisk disk;
  const auto proof = OtsProof::parse(disk.read(*folder + "/hello-world.txt.ots").value()).value();
  ASSERT_EQ(proof.attestations.size(), 1U);
  EXPECT_EQ(proof.attestations.front().kind, OtsKind::bitcoin);
  EXPECT_EQ(proof.attestations.front().height, 358391U);
  // As the reference client prints it for this example.
  EXPECT_EQ(to_hex(proof.attestations.front().message),
            "007ee445d23ad061af4a36b809501fab1ac4f2d7e7a739817dd0cbb7ec661b8a");
}

}  // namespace
}  // namespace gavah::proof
