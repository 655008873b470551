#include "store/tokens.h"

#include <gtest/gtest.h>

namespace gavah::store {
namespace {

TEST(Tokens, LieBesideTheNoteThatTheyAreOver) {
  MemoryDisk disk;
  Tokens tokens(disk, "case/tokens");
  const Digest note = tokens.keep_note("a head\n").value();
  EXPECT_EQ(note, sha256("a head\n"));
  EXPECT_EQ(tokens.keep_note("a head\n").value(), note);
  EXPECT_EQ(tokens.note(note).value(), "a head\n");
  const std::string path = tokens.add(note, TokenKind::opentimestamps, "a proof").value();
  EXPECT_EQ(path, note.hex() + "/" + sha256("a proof").hex().substr(0, 16) + ".ots");
  EXPECT_EQ(tokens.add(note, TokenKind::opentimestamps, "a proof").value(), path);
  ASSERT_TRUE(tokens.add(note, TokenKind::rfc3161, "a token"));
  const auto all = tokens.all().value();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].note, note);
  const auto files = tokens.files().value();
  EXPECT_EQ(files.size(), 3U);
  EXPECT_EQ(files.at(path), "a proof");
  EXPECT_EQ(files.at(note.hex() + "/checkpoint"), "a head\n");
}

TEST(Tokens, AreRefusedWithoutTheirNoteAndWhenItChanged) {
  MemoryDisk disk;
  Tokens tokens(disk, "case/tokens");
  EXPECT_EQ(tokens.add(sha256("other"), TokenKind::rfc3161, "a token").error().code, ErrorCode::not_found);
  const Digest note = tokens.keep_note("a head\n").value();
  disk.files()[tokens.path_of(note)] = "another";
  EXPECT_EQ(tokens.add(note, TokenKind::rfc3161, "a token").error().code, ErrorCode::corrupt);
}

TEST(Tokens, AChronicleThatWasNeverStampedHasNone) {
  MemoryDisk disk;
  const Tokens tokens(disk, "case/tokens");
  EXPECT_TRUE(tokens.all().value().empty());
  EXPECT_TRUE(tokens.files().value().empty());
  EXPECT_TRUE(tokens.certificates().value().empty());
}

}  // namespace
}  // namespace gavah::store
