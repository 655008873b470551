#include "seal/witness.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/format.h"
#include "base/scratch_folder.h"

namespace gavah::seal {
namespace {

const Instant kNow = Instant::parse("2031-06-01T12:00:00Z").value();

/// A log in memory, with the true key.
struct Log {
  proof::Signer signer;
  proof::HashTree tree;

  explicit Log(std::string origin = "log.example/case", std::uint64_t seed = 1)
      : signer([&] {
          SeededRandom random(seed);
          return proof::Signer::generate(std::move(origin), random).value();
        }()) {}
  void grow_to(std::uint64_t size, std::string_view word = "leaf") {
    while (tree.size() < size) tree.append(proof::leaf_hash(format("{} {}", word, tree.size())));
  }
  std::string head() const { return proof::sign_checkpoint({signer.name, tree.size(), tree.root()}, signer).value(); }
  std::string ask(std::uint64_t old_size) const {
    proof::AddCheckpoint request{old_size, {}, head()};
    if (auto proof = proof::consistency_proof(old_size, tree.size(), tree.reader())) request.proof = *std::move(proof);
    return request.text();
  }
};

struct Desk {
  ScratchFolder folder;
  RealDisk disk;
  FixedClock clock{kNow};
  SeededRandom random{7};
  Log log;
  std::string directory = folder.path("witness");

  Desk() {
    EXPECT_TRUE(create_witness(disk, directory, "witness.example/w1", random).has_value());
    EXPECT_TRUE(add_witnessed_log(disk, directory, log.signer.verifier()).has_value());
  }
  Witness open() {
    auto witness = Witness::open(disk, directory, clock);
    EXPECT_TRUE(witness.has_value()) << (witness ? "" : witness.error().sentence());
    return *std::move(witness);
  }
};

/// Opens log's head with what the witness answered.
std::size_t cosignatures_in(const Log& log, const Witness& witness, const std::string& answer) {
  const std::vector<proof::Verifier> logs{log.signer.verifier()};
  const std::vector<proof::WitnessKey> witnesses{witness.key()};
  const auto opened = proof::open_cosigned(log.head() + answer, logs, witnesses);
  return opened ? opened->cosignatures.size() : 0;
}

TEST(Witness, CosignsEachHeadThatExtendsTheLast) {
  Desk desk;
  Witness witness = desk.open();
  std::uint64_t last = 0;
  for (const std::uint64_t size : {1U, 2U, 7U, 8U, 8U, 13U, 64U, 65U}) {
    desk.log.grow_to(size);
    const WitnessAnswer answer = witness.add_checkpoint(desk.log.ask(last));
    EXPECT_EQ(answer.status, 200U) << size << answer.body;
    EXPECT_EQ(cosignatures_in(desk.log, witness, answer.body), 1U);
    last = size;
  }
}

TEST(Witness, AnswersAsTheStandardSays) {
  Desk desk;
  Witness witness = desk.open();
  desk.log.grow_to(5);
  EXPECT_EQ(witness.add_checkpoint("nonsense").status, 400U);
  EXPECT_EQ(witness.add_checkpoint("old 0\n\nno note").status, 400U);
  EXPECT_EQ(witness.add_checkpoint(desk.log.ask(6)).status, 400U);
  Log stranger("stranger.example/log", 4);
  stranger.grow_to(3);
  EXPECT_EQ(witness.add_checkpoint(stranger.ask(0)).status, 404U);
  Log impostor("log.example/case", 4);
  impostor.grow_to(3);
  EXPECT_EQ(witness.add_checkpoint(impostor.ask(0)).status, 403U);
  ASSERT_EQ(witness.add_checkpoint(desk.log.ask(0)).status, 200U);
  desk.log.grow_to(9);
  const WitnessAnswer conflict = witness.add_checkpoint(desk.log.ask(3));
  EXPECT_EQ(conflict.status, 409U);
  EXPECT_EQ(conflict.content_type, "text/x.tlog.size");
  EXPECT_EQ(conflict.body, "5\n");
  proof::AddCheckpoint wrong = proof::AddCheckpoint::parse(desk.log.ask(5)).value();
  wrong.proof.front() = sha256("x");
  EXPECT_EQ(witness.add_checkpoint(wrong.text()).status, 422U);
  wrong.proof.clear();
  EXPECT_EQ(witness.add_checkpoint(wrong.text()).status, 422U);
  EXPECT_EQ(witness.add_checkpoint(desk.log.ask(5)).status, 200U);
}

TEST(Witness, NeverSignsASmallerOrAnotherTree) {
  Desk desk;
  Witness witness = desk.open();
  desk.log.grow_to(9);
  ASSERT_EQ(witness.add_checkpoint(desk.log.ask(0)).status, 200U);
  Log rolled_back;
  rolled_back.grow_to(6);
  EXPECT_EQ(witness.add_checkpoint(rolled_back.ask(6)).status, 409U);
  EXPECT_EQ(witness.add_checkpoint(rolled_back.ask(0)).status, 409U);
  Log fork;
  fork.grow_to(5);
  fork.grow_to(12, "other");
  EXPECT_EQ(witness.add_checkpoint(fork.ask(9)).status, 422U);
}

TEST(Witness, TwoRootsOfOneSizeBecomeAForkFile) {
  Desk desk;
  Witness witness = desk.open();
  desk.log.grow_to(9);
  ASSERT_EQ(witness.add_checkpoint(desk.log.ask(0)).status, 200U);
  Log fork;
  fork.grow_to(8);
  fork.grow_to(9, "other");
  EXPECT_EQ(witness.add_checkpoint(fork.ask(9)).status, 409U);
  const auto kept = desk.disk.list(desk.directory + "/forks").value();
  ASSERT_EQ(kept.size(), 1U);
  const std::string text = desk.disk.read(desk.directory + "/forks/" + kept.front().name).value();
  const std::vector<proof::Verifier> logs{desk.log.signer.verifier()};
  EXPECT_TRUE(proof::open_fork(proof::Fork::parse(text).value(), logs).has_value());
}

TEST(Witness, RemembersAcrossRunsAndSoDoesNobodyElse) {
  Desk desk;
  {
    Witness witness = desk.open();
    desk.log.grow_to(9);
    ASSERT_EQ(witness.add_checkpoint(desk.log.ask(0)).status, 200U);
    EXPECT_FALSE(Witness::open(desk.disk, desk.directory, desk.clock).has_value()) << "one at a time";
  }
  Witness witness = desk.open();
  EXPECT_EQ(witness.add_checkpoint(desk.log.ask(0)).body, "9\n");
  desk.log.grow_to(10);
  EXPECT_EQ(witness.add_checkpoint(desk.log.ask(9)).status, 200U);
}

TEST(Witness, ALogMayHaveTwoKeys) {
  Desk desk;
  Log next("log.example/case", 9);
  ASSERT_TRUE(add_witnessed_log(desk.disk, desk.directory, next.signer.verifier()).has_value());
  ASSERT_TRUE(add_witnessed_log(desk.disk, desk.directory, next.signer.verifier()).has_value()) << "twice is once";
  Witness witness = desk.open();
  EXPECT_EQ(witness.logs().size(), 2U);
  desk.log.grow_to(3);
  ASSERT_EQ(witness.add_checkpoint(desk.log.ask(0)).status, 200U);
  next.grow_to(5);
  EXPECT_EQ(witness.add_checkpoint(next.ask(3)).status, 200U) << "the same history under the next key";
}

TEST(Witness, IsMadeOnceAndNeedsAName) {
  Desk desk;
  EXPECT_EQ(create_witness(desk.disk, desk.directory, "another", desk.random).error().code, ErrorCode::refused);
  EXPECT_FALSE(create_witness(desk.disk, desk.folder.path("w2"), "two words", desk.random).has_value());
  EXPECT_FALSE(add_witnessed_log(desk.disk, desk.folder.path("w3"), desk.log.signer.verifier()).has_value());
  EXPECT_FALSE(Witness::open(desk.disk, desk.folder.path("w4"), desk.clock).has_value());
}

TEST(Witness, WhatCannotBeStoredIsNotSignedNorAnythingAfter) {
  Desk desk;
  Witness witness = desk.open();
  desk.log.grow_to(3);
  std::filesystem::remove_all(desk.directory + "/heads");
  ASSERT_TRUE(desk.disk.write_new(desk.directory + "/heads", "a file").has_value());
  EXPECT_EQ(witness.add_checkpoint(desk.log.ask(0)).status, 500U);
  std::filesystem::remove(desk.directory + "/heads");
  std::filesystem::create_directories(desk.directory + "/heads");
  EXPECT_EQ(witness.add_checkpoint(desk.log.ask(0)).status, 500U) << "it stays stopped";
  EXPECT_TRUE(desk.disk.list(desk.directory + "/heads")->empty());
}

}  // namespace
}  // namespace gavah::seal
