#include "proof/cosignature.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "base/disk.h"
#include "base/json.h"
#include "base/shared_data.h"

namespace gavah::proof {
namespace {

const Instant kTime{1'946'000'000};

Signer log_signer(std::string origin = "log.example/case", std::uint64_t seed = 1) {
  SeededRandom random(seed);
  return Signer::generate(std::move(origin), random).value();
}

WitnessSigner witness_signer(std::string name = "witness.example/alef", std::uint64_t seed = 2) {
  SeededRandom random(seed);
  return WitnessSigner::generate(std::move(name), random).value();
}

Checkpoint head(std::uint64_t size = 7) { return {"log.example/case", size, sha256("a root")}; }

std::string cosigned_note(const Checkpoint& checkpoint, const WitnessSigner& witness, Instant time = kTime) {
  Note note = parse_note(sign_checkpoint(checkpoint, log_signer()).value()).value();
  note.signatures.push_back(cosign(note.text, witness, time));
  return note_bytes(note);
}

std::string trimmed(std::string text) {
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

TEST(Cosignature, SignsTheTimeAndTheWholeText) {
  EXPECT_EQ(cosigned_text("log.example/case\n7\nAAAA\n", Instant{12}),
            "cosignature/v1\ntime 12\nlog.example/case\n7\nAAAA\n");
  const std::vector<Verifier> logs{log_signer().verifier()};
  const std::vector<WitnessKey> witnesses{witness_signer("other.example", 9).verifier(), witness_signer().verifier()};
  const auto opened = open_cosigned(cosigned_note(head(), witness_signer()), logs, witnesses);
  ASSERT_TRUE(opened.has_value()) << opened.error().sentence();
  EXPECT_EQ(opened->checkpoint, head());
  EXPECT_EQ(opened->log_keys, std::vector<std::size_t>{0});
  EXPECT_EQ(opened->cosignatures, (std::vector<Cosignature>{{1, kTime}}));
}

TEST(Cosignature, OneWrongByAKnownWitnessRejectsTheNote) {
  const std::vector<Verifier> logs{log_signer().verifier()};
  const std::vector<WitnessKey> witnesses{witness_signer().verifier()};
  Note note = parse_note(cosigned_note(head(), witness_signer())).value();
  for (std::size_t at = 0; at < note.signatures[1].signature.size(); ++at) {
    Note bent = note;
    bent.signatures[1].signature[at] = static_cast<char>(bent.signatures[1].signature[at] ^ 1);
    EXPECT_FALSE(open_cosigned(note_bytes(bent), logs, witnesses).has_value()) << at;
  }
  Note cut = note;
  cut.signatures[1].signature.pop_back();
  EXPECT_FALSE(open_cosigned(note_bytes(cut), logs, witnesses).has_value());
}

TEST(Cosignature, OneByAnUnknownWitnessCountsForNothing) {
  const std::vector<Verifier> logs{log_signer().verifier()};
  const std::vector<WitnessKey> witnesses{witness_signer().verifier()};
  const auto opened = open_cosigned(cosigned_note(head(), witness_signer("witness.example/alef", 77)), logs, witnesses);
  ASSERT_TRUE(opened.has_value());
  EXPECT_TRUE(opened->cosignatures.empty());
}

TEST(Cosignature, OfAnotherHeadIsWrong) {
  const std::vector<Verifier> logs{log_signer().verifier()};
  const std::vector<WitnessKey> witnesses{witness_signer().verifier()};
  Note note = parse_note(sign_checkpoint(head(8), log_signer()).value()).value();
  note.signatures.push_back(cosign(head(7).text(), witness_signer(), kTime));
  EXPECT_FALSE(open_cosigned(note_bytes(note), logs, witnesses).has_value());
}

TEST(Cosignature, ALogsKeyIsNoWitnessKeyAndNeitherIsMlDsa) {
  EXPECT_FALSE(WitnessKey::parse(log_signer().verifier().text()).has_value());
  EXPECT_FALSE(Verifier::parse(witness_signer().verifier().text()).has_value());
  const std::string ml_dsa = key_text("w", KeyId{}, static_cast<KeyKind>(6), std::string(1312, 'k'));
  const auto refused = WitnessKey::parse(ml_dsa);
  ASSERT_FALSE(refused.has_value());
  EXPECT_NE(refused.error().message.find("0x06"), std::string::npos) << refused.error().message;
  EXPECT_NE(refused.error().message.find("ML-DSA-44"), std::string::npos) << refused.error().message;
}

TEST(Cosignature, KeysAreReadAsTheyAreWritten) {
  const WitnessSigner signer = witness_signer("شاهد.example/یک");
  EXPECT_EQ(WitnessKey::parse(signer.verifier().text()).value(), signer.verifier());
  EXPECT_EQ(WitnessSigner::parse(signer.text()).value().text(), signer.text());
  std::string wrong_id = signer.verifier().text();
  const std::size_t digit = wrong_id.find('+') + 1;
  wrong_id[digit] = wrong_id[digit] == '0' ? '1' : '0';
  EXPECT_FALSE(WitnessKey::parse(wrong_id).has_value());
}

TEST(Cosignature, NeedsTheLogsOwnSignature) {
  const std::vector<Verifier> others{log_signer("log.example/case", 5).verifier()};
  const std::vector<WitnessKey> witnesses{witness_signer().verifier()};
  EXPECT_FALSE(open_cosigned(cosigned_note(head(), witness_signer()), others, witnesses).has_value());
}

TEST(Cosignature, ATimeAfterTheYear9999IsWrong) {
  const std::vector<Verifier> logs{log_signer().verifier()};
  const WitnessSigner witness = witness_signer();
  const std::vector<WitnessKey> witnesses{witness.verifier()};
  EXPECT_TRUE(open_cosigned(cosigned_note(head(), witness, Instant{kMaxCosignatureSeconds}), logs, witnesses));
  Note note = parse_note(sign_checkpoint(head(), log_signer()).value()).value();
  const Instant late{kMaxCosignatureSeconds + 1};
  NoteSignature line{witness.name, witness.verifier().id(), {}};
  append_u64_be(line.signature, static_cast<std::uint64_t>(late.seconds));
  line.signature += witness.key.sign(cosigned_text(note.text, late));
  note.signatures.push_back(line);
  EXPECT_FALSE(open_cosigned(note_bytes(note), logs, witnesses).has_value());
}

TEST(Cosignature, OnlyRightOnesByKnownWitnessesAreAdded) {
  const WitnessSigner alef = witness_signer();
  const WitnessSigner stranger = witness_signer("stranger.example", 4);
  const std::vector<WitnessKey> known{alef.verifier()};
  const Note note = parse_note(sign_checkpoint(head(), log_signer()).value()).value();
  const std::vector<NoteSignature> added{cosign(note.text, stranger, kTime), cosign(note.text, alef, kTime)};
  const Note once = with_cosignatures(note, added, known).value();
  ASSERT_EQ(once.signatures.size(), 2U);
  EXPECT_EQ(once.signatures.back().name, alef.name);
  EXPECT_EQ(with_cosignatures(once, added, known)->signatures.size(), 2U) << "the same line is not added twice";
  const std::vector<NoteSignature> wrong{cosign("another text\n", alef, kTime)};
  EXPECT_FALSE(with_cosignatures(note, wrong, known).has_value());
}

TEST(Cosignature, SunlightsWitnessOverTesserasLogHolds) {
  const auto folder = shared_data("tlog-vectors");
  if (!folder) GTEST_SKIP() << "the shared vectors are not here";
  RealDisk disk;
  const std::string note = disk.read(*folder + "/generated-local/checkpoint15-cosigned").value();
  const std::vector<Verifier> logs{
      Verifier::parse(trimmed(disk.read(*folder + "/tessera-log/log.vkey").value())).value()};
  const std::vector<WitnessKey> witnesses{
      WitnessKey::parse(trimmed(disk.read(*folder + "/generated-local/checkpoint15-witness.vkey").value())).value()};
  const auto opened = open_cosigned(note, logs, witnesses);
  ASSERT_TRUE(opened.has_value()) << opened.error().sentence();
  EXPECT_EQ(opened->checkpoint.size, 15U);
  ASSERT_EQ(opened->cosignatures.size(), 1U);
  EXPECT_EQ(opened->cosignatures.front().time.day().text(), "2026-11-22") << opened->cosignatures.front().time.text();
}

}  // namespace
}  // namespace gavah::proof
