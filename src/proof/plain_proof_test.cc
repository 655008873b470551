#include <gtest/gtest.h>

#include "base/bytes.h"
#include "base/disk.h"
#include "base/format.h"
#include "base/shared_data.h"
#include "proof/proof.h"

// The plain-text proofs: add-checkpoint bodies, tlog-proofs, fork files, changes of key.
namespace gavah::proof {
namespace {

const std::string kOrigin = "log.example/case";

Signer log_signer(std::uint64_t seed = 1, std::string origin = kOrigin) {
  SeededRandom random(seed);
  return Signer::generate(std::move(origin), random).value();
}

std::string leaf(std::uint64_t index, std::string_view word) { return format("{} {}", word, index); }

HashTree tree_of(std::uint64_t size, std::string_view word = "leaf", std::uint64_t other_from = UINT64_MAX) {
  HashTree out;
  for (std::uint64_t i = 0; i < size; ++i) out.append(leaf_hash(leaf(i, i >= other_from ? "other" : word)));
  return out;
}

std::string head_of(const HashTree& tree, const Signer& signer = log_signer()) {
  return sign_checkpoint({signer.name, tree.size(), tree.root()}, signer).value();
}

std::vector<Verifier> known() { return {log_signer().verifier()}; }

TEST(AddCheckpoint, IsReadAsItIsWrittenWithAndWithoutAProof) {
  const HashTree tree = tree_of(13);
  for (const std::uint64_t old_size : {0U, 1U, 5U, 8U, 12U, 13U}) {
    const AddCheckpoint request{old_size, consistency_proof(old_size, 13, tree.reader()).value(), head_of(tree)};
    EXPECT_EQ(AddCheckpoint::parse(request.text()).value(), request) << old_size;
    EXPECT_TRUE(request.text().starts_with(format("old {}\n", old_size)));
  }
}

TEST(AddCheckpoint, AnotherSpellingIsRefused) {
  const std::string note = head_of(tree_of(3));
  const std::string hash = to_base64(sha256("x").view()) + "\n";
  std::string many;
  for (int i = 0; i < 64; ++i) many += hash;
  for (const std::string& bad :
       {std::string(), std::string("old 0\n"), "old\n\n" + note, "old 00\n\n" + note, "old -1\n\n" + note,
        "old 1\n" + hash.substr(1) + "\n" + note, "old 1\n" + many + "\n" + note, "Old 1\n\n" + note,
        "old 9223372036854775808\n\n" + note, "old 1 \n\n" + note}) {
    EXPECT_FALSE(AddCheckpoint::parse(bad).has_value()) << bad;
  }
  EXPECT_TRUE(AddCheckpoint::parse("old 1\n" + many.substr(hash.size()) + "\n" + note).has_value());
}

TEST(AddCheckpoint, TheRequestsThatSunlightAnsweredAreRead) {
  const auto folder = shared_data("tlog-vectors");
  if (!folder) GTEST_SKIP() << "the shared vectors are not here";
  RealDisk disk;
  const std::string text = disk.read(*folder + "/generated-local/add-checkpoint-request-1-15.txt").value();
  const AddCheckpoint request = AddCheckpoint::parse(text).value();
  EXPECT_EQ(request.old_size, 1U);
  EXPECT_EQ(request.proof.size(), 4U);
  EXPECT_EQ(request.text(), text);
}

TEST(LogProof, ShowsEachLeafOfEachSmallTree) {
  for (std::uint64_t size = 1; size <= 20; ++size) {
    const HashTree tree = tree_of(size);
    const std::string note = head_of(tree);
    for (std::uint64_t index = 0; index < size; ++index) {
      LogProof proof{std::nullopt, index, inclusion_proof(index, size, tree.reader()).value(), note};
      if (index % 2 == 1) proof.extra = "an opening";
      const LogProof read = LogProof::parse(proof.text()).value();
      EXPECT_EQ(read, proof);
      EXPECT_EQ(open_log_proof(read, leaf(index, "leaf"), known(), {})->checkpoint.size, size);
      EXPECT_FALSE(open_log_proof(read, leaf(index + 1, "leaf"), known(), {}).has_value());
      EXPECT_FALSE(open_log_proof(read, leaf_hash(leaf(index, "leaf")).view(), known(), {}).has_value());
    }
  }
}

TEST(LogProof, AnotherLogsKeyOrAnotherFormProvesNothing) {
  const HashTree tree = tree_of(4);
  const LogProof proof{std::nullopt, 2, inclusion_proof(2, 4, tree.reader()).value(), head_of(tree)};
  const std::vector<Verifier> others{log_signer(2).verifier()};
  EXPECT_FALSE(open_log_proof(proof, leaf(2, "leaf"), others, {}).has_value());
  const std::string text = proof.text();
  EXPECT_FALSE(LogProof::parse("c2sp.org/tlog-proof@v2" + text.substr(22)).has_value());
  EXPECT_FALSE(LogProof::parse(text.substr(0, text.find("index")) + "extra !\n" + text.substr(text.find("index"))));
  EXPECT_FALSE(LogProof::parse(text.substr(0, 40)).has_value());
}

TEST(Fork, TwoRootsOfOneSizeAreProof) {
  const std::string first = head_of(tree_of(6));
  const HashTree other = tree_of(6, "leaf", 5);
  const Fork fork = make_fork(first, head_of(other), other.root(), {}, known()).value();
  EXPECT_EQ(Fork::parse(fork.text()).value(), fork);
  const ForkHeads heads = open_fork(Fork::parse(fork.text()).value(), known()).value();
  EXPECT_EQ(heads.first.size, 6U);
  EXPECT_NE(heads.first.root, heads.second.root);
}

TEST(Fork, AHeadThatIsNoPrefixIsProofForEverySize) {
  const HashTree large = tree_of(21);
  const std::string large_note = head_of(large);
  for (std::uint64_t size = 1; size <= 21; ++size) {
    const HashTree forked = tree_of(size, "leaf", size - 1);
    const auto prefix = large.root(size).value();
    auto proof = consistency_proof(size, 21, large.reader()).value();
    const auto fork = make_fork(head_of(forked), large_note, prefix, proof, known());
    ASSERT_TRUE(fork.has_value()) << size << fork.error().sentence();
    EXPECT_TRUE(open_fork(Fork::parse(fork->text()).value(), known()).has_value());
    // An honest head gives no proof, whatever prefix is claimed for it.
    const std::string honest = head_of(tree_of(size));
    EXPECT_FALSE(make_fork(honest, large_note, prefix, proof, known()).has_value());
    EXPECT_FALSE(make_fork(honest, large_note, sha256("invented"), proof, known()).has_value());
  }
}

TEST(Fork, WhatOneSideAloneMadeUpProvesNothing) {
  const HashTree other = tree_of(6, "leaf", 5);
  const Fork fork = make_fork(head_of(tree_of(6)), head_of(other), other.root(), {}, known()).value();
  const std::vector<Verifier> strangers{log_signer(3).verifier()};
  EXPECT_FALSE(open_fork(fork, strangers).has_value());
  Fork forged = fork;
  forged.second = head_of(other, log_signer(3));
  EXPECT_FALSE(open_fork(forged, known()).has_value()) << "a stranger's key";
  const std::vector<Verifier> both{log_signer().verifier(), log_signer(4, "other.example").verifier()};
  Fork mixed = fork;
  mixed.second = head_of(other, log_signer(4, "other.example"));
  EXPECT_FALSE(open_fork(mixed, both).has_value()) << "two logs";
  Fork turned = fork;
  const HashTree larger = tree_of(9);
  turned.first = head_of(larger);
  EXPECT_FALSE(open_fork(turned, known()).has_value()) << "the larger one first";
  EXPECT_FALSE(Fork::parse("gavah/0 fork\n").has_value());
  const auto cut = Fork::parse(fork.text().substr(0, fork.text().rfind("\n\n")));
  EXPECT_FALSE(cut && open_fork(*cut, known()).has_value());
}

TEST(Rotation, IsSignedByBothKeys) {
  const Signer old_key = log_signer(1);
  const Signer new_key = log_signer(2);
  const Rotation rotation{kOrigin, 12, new_key.verifier()};
  const std::string note = rotation.sign(old_key, new_key).value();
  EXPECT_EQ(Rotation::open(note, known()).value(), rotation);
  const std::vector<Verifier> strangers{log_signer(9).verifier()};
  EXPECT_FALSE(Rotation::open(note, strangers).has_value());
  const std::vector<Verifier> only_new{new_key.verifier()};
  EXPECT_FALSE(Rotation::open(note, only_new).has_value()) << "the new key cannot appoint itself";
  EXPECT_FALSE(rotation.sign(new_key, new_key).has_value() &&
               Rotation::open(*rotation.sign(new_key, new_key), known()));
  EXPECT_FALSE(Rotation::open(sign_note(rotation.text(), old_key).value(), known()).has_value());
  EXPECT_FALSE(rotation.sign(old_key, log_signer(2, "other.example")).has_value());
  EXPECT_FALSE(Checkpoint::parse(rotation.text()).has_value()) << "it can never pass for a head";
}

}  // namespace
}  // namespace gavah::proof
