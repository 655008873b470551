#include "proof/checkpoint.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "proof/merkle.h"

namespace gavah::proof {
namespace {

Signer signer(std::string name, std::uint64_t seed) {
  SeededRandom random(seed);
  return Signer::generate(std::move(name), random).value();
}

TEST(Checkpoint, ReadsBackWhatItWrites) {
  const Checkpoint head{"chronicle.example", 12345, leaf_hash("x")};
  EXPECT_EQ(head.text(), "chronicle.example\n12345\n" + to_base64(head.root.view()) + "\n");
  EXPECT_EQ(Checkpoint::parse(head.text()).value(), head);
}

TEST(Checkpoint, RefusesOtherSpellingsAndExtensionLines) {
  const std::string root = to_base64(empty_root().view());
  EXPECT_TRUE(Checkpoint::parse("o\n0\n" + root + "\n"));
  EXPECT_FALSE(Checkpoint::parse("o\n00\n" + root + "\n"));
  EXPECT_FALSE(Checkpoint::parse("o\n+1\n" + root + "\n"));
  EXPECT_FALSE(Checkpoint::parse("o\n-1\n" + root + "\n"));
  EXPECT_FALSE(Checkpoint::parse("o\n\n" + root + "\n"));
  EXPECT_FALSE(Checkpoint::parse("o\n18446744073709551616\n" + root + "\n"));
  EXPECT_FALSE(Checkpoint::parse("\n1\n" + root + "\n"));
  EXPECT_FALSE(Checkpoint::parse("o\n1\n" + root));
  EXPECT_FALSE(Checkpoint::parse("o\n1\n" + root.substr(4) + "\n"));
  EXPECT_FALSE(Checkpoint::parse("o\n1\n" + root + "\nextension\n"));
  EXPECT_FALSE(Checkpoint::parse("o\n1\n"));
  EXPECT_FALSE(Checkpoint::parse(""));
}

TEST(Checkpoint, OpensOnlyUnderTheKeyOfItsOrigin) {
  const Signer log = signer("chronicle.example", 1);
  const Signer other = signer("other.example", 2);
  const Checkpoint head{"chronicle.example", 3, leaf_hash("x")};
  const std::string note = sign_checkpoint(head, log).value();
  const std::vector<Verifier> keys = {log.verifier()};
  EXPECT_EQ(open_checkpoint(note, keys).value(), head);
  EXPECT_FALSE(sign_checkpoint(head, other));
  // A head of our log that only another log's key signed.
  const std::vector<Verifier> both = {log.verifier(), other.verifier()};
  EXPECT_FALSE(open_checkpoint(sign_note(head.text(), other).value(), both));
}

}  // namespace
}  // namespace gavah::proof
