#include "proof/note.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "base/disk.h"
#include "base/format.h"
#include "base/json.h"
#include "base/shared_data.h"
#include "proof/checkpoint.h"

namespace gavah::proof {
namespace {

Signer signer(std::string name, std::uint64_t seed) {
  SeededRandom random(seed);
  return Signer::generate(std::move(name), random).value();
}

std::string trimmed(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

TEST(Note, OpensWithTheKeyThatSignedIt) {
  const Signer alef = signer("chronicle.example/alef", 1);
  const Signer be = signer("چشم.example", 2);
  const std::string note = sign_note("متن\n\nbody\n", alef).value();
  const std::vector<Verifier> known = {be.verifier(), alef.verifier()};
  const OpenedNote opened = open_note(note, known).value();
  EXPECT_EQ(opened.text, "متن\n\nbody\n");
  EXPECT_EQ(opened.signed_by, std::vector<std::string>{"chronicle.example/alef"});
  EXPECT_TRUE(opened.others.empty());
  EXPECT_FALSE(open_note(note, std::span(known).first(1)));
}

TEST(Note, SignaturesByStrangersArePassedOver) {
  const Signer alef = signer("a", 1);
  const Signer be = signer("b", 2);
  Note note = parse_note(sign_note("text\n", alef).value()).value();
  note.signatures.push_back(parse_note(sign_note("other text\n", be).value()).value().signatures.front());
  const std::vector<Verifier> known = {alef.verifier()};
  const OpenedNote opened = open_note(note_bytes(note), known).value();
  EXPECT_EQ(opened.others.size(), 1U);
  EXPECT_EQ(opened.others.front().name, "b");
  const std::vector<Verifier> both = {alef.verifier(), be.verifier()};
  EXPECT_FALSE(open_note(note_bytes(note), both)) << "a wrong signature by a known key rejects the note";
}

TEST(Note, AKeyOfTheSameNameIsNotTheSameKey) {
  const Signer first = signer("same", 1);
  const Signer second = signer("same", 2);
  const std::vector<Verifier> known = {second.verifier()};
  EXPECT_FALSE(open_note(sign_note("text\n", first).value(), known));
}

TEST(Note, EveryFlippedBitIsRejected) {
  const Signer alef = signer("a", 1);
  const std::vector<Verifier> known = {alef.verifier()};
  const std::string note = sign_note("line one\nline two\n", alef).value();
  for (std::size_t bit = 0; bit < note.size() * 8; ++bit) {
    std::string other = note;
    other[bit / 8] = static_cast<char>(other[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_FALSE(open_note(other, known)) << bit;
  }
}

TEST(Note, MalformedOnesAreRefused) {
  const Signer alef = signer("a", 1);
  const std::string good = sign_note("text\n", alef).value();
  EXPECT_TRUE(parse_note(good));
  EXPECT_FALSE(parse_note(""));
  EXPECT_FALSE(parse_note("text\n"));
  EXPECT_FALSE(parse_note("text\n\n"));
  EXPECT_FALSE(parse_note(good.substr(0, good.size() - 1)));
  EXPECT_FALSE(parse_note("te\txt\n" + good.substr(5)));
  EXPECT_FALSE(parse_note("te\xffxt\n" + good.substr(5)));
  EXPECT_FALSE(parse_note("text\n\n— a b AAAA\n"));
  EXPECT_FALSE(parse_note("text\n\n- a AAAAAAA=\n"));
  EXPECT_FALSE(parse_note("text\n\n— a AAAAAA==\n")) << "a key id alone is no signature";
  EXPECT_FALSE(parse_note("text\n\n— a+b AAAAAAA=\n"));
  std::string crowded = "text\n\n";
  for (std::size_t i = 0; i <= kMaxNoteSignatures; ++i) crowded += "— a AAAAAAA=\n";
  EXPECT_FALSE(parse_note(crowded));
  EXPECT_FALSE(parse_note(std::string(kMaxNoteBytes + 1, '\n')));
  EXPECT_FALSE(sign_note("no newline", alef));
  EXPECT_FALSE(sign_note("", alef));
  EXPECT_FALSE(sign_note("bell\a\n", alef));
}

TEST(KeyName, HasNoSpaceNoPlusAndNoControlCharacter) {
  EXPECT_TRUE(is_key_name("log.example/2026"));
  EXPECT_TRUE(is_key_name("گواه"));
  for (const char* name : {"", "a b", "a+b", "a\nb", "a\u00a0b", "a\u2003b", "a\u3000b", "\x7f", "\xff"}) {
    EXPECT_FALSE(is_key_name(name)) << name;
  }
}

TEST(KeyText, ReadsBackWhatItWrites) {
  const Signer alef = signer("log.example", 3);
  EXPECT_EQ(Signer::parse(alef.text()).value().key.seed(), alef.key.seed());
  EXPECT_EQ(Verifier::parse(alef.verifier().text()).value(), alef.verifier());
  EXPECT_TRUE(alef.text().starts_with("PRIVATE+KEY+log.example+"));
}

TEST(KeyText, RefusesAChangedNameIdOrType) {
  const std::string vkey = signer("log.example", 3).verifier().text();
  EXPECT_FALSE(Verifier::parse("x" + vkey));
  std::string other_id = vkey;
  other_id[12] = other_id[12] == '0' ? '1' : '0';
  EXPECT_FALSE(Verifier::parse(other_id));
  EXPECT_FALSE(Verifier::parse("log.example"));
  EXPECT_FALSE(Verifier::parse("log.example+00000000+" + to_base64(std::string("\x04") + std::string(32, 'k'))));
  EXPECT_FALSE(Signer::parse(vkey));
}

TEST(NoteVectors, TheStandardsWorkedExampleOpens) {
  const auto directory = shared_data("tlog-vectors/c2sp-examples");
  if (!directory) GTEST_SKIP() << "the shared vectors are not here";
  RealDisk disk;
  const std::string vkey = trimmed(disk.read(*directory + "/signed-note-example.vkey").value());
  const std::vector<Verifier> known = {Verifier::parse(vkey).value()};
  EXPECT_EQ(known.front().text(), vkey);
  const auto opened = open_note(disk.read(*directory + "/signed-note-example.txt").value(), known);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->text, "This is an example message.\n");
}

TEST(NoteVectors, NotesWithCosignaturesOfOtherTypesParseAndKeepTheirBytes) {
  const auto directory = shared_data("tlog-vectors/sunlight-testdata");
  if (!directory) GTEST_SKIP() << "the shared vectors are not here";
  RealDisk disk;
  const std::string bytes =
      disk.read(*directory + "/witness/000de184301123b9278c086a7d9f68c9577e83872224c197058fd90784ea9706/checkpoint")
          .value();
  const auto note = parse_note(bytes);
  ASSERT_TRUE(note) << note.error().sentence();
  EXPECT_EQ(note_bytes(*note), bytes);
  EXPECT_GE(note->signatures.size(), 2U);
  // A CT log's own head: signatures of RFC 6962 (05) and Ed25519 (01), of keys that are not known here.
  const std::string head = disk.read(*directory + "/tree/checkpoint").value();
  const auto tree = parse_note(head);
  ASSERT_TRUE(tree) << tree.error().sentence();
  EXPECT_EQ(note_bytes(*tree), head);
  EXPECT_TRUE(Checkpoint::parse(tree->text).has_value());
  EXPECT_FALSE(open_note(head, std::vector<Verifier>{signer("log.example", 3).verifier()}));
}

}  // namespace
}  // namespace gavah::proof
