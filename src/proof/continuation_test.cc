#include "proof/continuation.h"

#include <gtest/gtest.h>

#include "base/format.h"
#include "proof/merkle.h"

namespace gavah::proof {
namespace {

class ContinuationTest : public testing::Test {
 protected:
  Continuation sample() const {
    Continuation out;
    out.origin = new_.name;
    out.key = new_.verifier();
    out.taken = 12;
    out.head = {old_.name, 15, leaf_hash("a leaf")};
    out.old_keys = {old_.verifier(), later_.verifier()};
    out.head_note = sign_checkpoint(out.head, later_).value();
    return out;
  }
  /// The file with one text in place of another, signed anew.
  Result<Continuation> opened_with(std::string_view from, const std::string& to) const {
    const Continuation it = sample();
    std::string text = it.text();
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos);
    text.replace(at, from.size(), to);
    Note note = parse_note(sign_note(text, new_).value()).value();
    note.signatures.push_back({old_.name, old_.verifier().id(), old_.key.sign(note.text)});
    return Continuation::open(note_bytes(note) + "\n" + it.head_note);
  }

  SeededRandom random_{7};
  Signer old_ = Signer::generate("case.example/old", random_).value();
  Signer later_ = Signer::generate("case.example/old", random_).value();
  Signer new_ = Signer::generate("case.example/new", random_).value();
};

TEST_F(ContinuationTest, SaysWhatItContinuesAndHowMuchIsLost) {
  const auto file = sample().sign(old_, new_);
  ASSERT_TRUE(file) << file.error().sentence();
  const auto opened = Continuation::open(*file);
  ASSERT_TRUE(opened) << opened.error().sentence();
  EXPECT_EQ(opened->head.origin, "case.example/old");
  EXPECT_EQ(opened->head, sample().head);
  EXPECT_EQ(opened->taken, 12U);
  EXPECT_EQ(opened->lost(), 3U);
  EXPECT_EQ(opened->old_keys, sample().old_keys);
  EXPECT_EQ(opened->head_note, sample().head_note);
}

TEST_F(ContinuationTest, NothingIsLostWhenMoreWasTakenThanIsSigned) {
  Continuation it = sample();
  it.taken = 20;
  EXPECT_EQ(it.lost(), 0U);
}

TEST_F(ContinuationTest, EachMemberThatDoesNotHoldIsRefused) {
  ASSERT_TRUE(opened_with("taken 12", "taken 12"));
  EXPECT_FALSE(opened_with("taken 12", "taken 0"));
  EXPECT_FALSE(opened_with("taken 12", "taken 012"));
  EXPECT_FALSE(opened_with("head 15", "head 14")) << "not what the note says";
  EXPECT_FALSE(opened_with("origin case.example/new", "origin case.example/other"));
  EXPECT_FALSE(opened_with("gavah/0 continues", "gavah/0 key"));
  EXPECT_FALSE(opened_with("old " + later_.verifier().text() + "\n", "")) << "nobody known signed the head";
  EXPECT_FALSE(opened_with("old " + later_.verifier().text(), "old " + new_.verifier().text()));
  EXPECT_FALSE(opened_with("taken 12\n", "taken 12\nmore\n"));
}

TEST_F(ContinuationTest, NeedsBothSignaturesAndBothNotes) {
  const Continuation it = sample();
  EXPECT_FALSE(Continuation::open(sign_note(it.text(), new_).value() + "\n" + it.head_note));
  EXPECT_FALSE(Continuation::open(sign_note(it.text(), old_).value() + "\n" + it.head_note));
  const std::string file = it.sign(old_, new_).value();
  EXPECT_FALSE(Continuation::open(file.substr(0, file.size() - it.head_note.size())));
  EXPECT_FALSE(Continuation::open(file + "x"));
  EXPECT_FALSE(Continuation::open(""));
  EXPECT_FALSE(it.sign(new_, new_)) << "the old log has no such key";
  EXPECT_FALSE(it.sign(old_, later_));
}

TEST_F(ContinuationTest, AnyChangedByteIsNoticed) {
  const std::string file = sample().sign(old_, new_).value();
  for (std::size_t at = 0; at < file.size(); ++at) {
    std::string changed = file;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_FALSE(Continuation::open(changed)) << at;
  }
}

}  // namespace
}  // namespace gavah::proof
