#include "store/keys.h"

#include <gtest/gtest.h>

namespace gavah::store {
namespace {

TEST(Keys, ReadBackWhatTheyWrite) {
  SeededRandom random(1);
  const Keys keys = Keys::generate("chronicle.example", random).value();
  const Keys again = keys_from(keys_text(keys)).value();
  EXPECT_EQ(keys_text(again), keys_text(keys));
  EXPECT_EQ(again.log.verifier(), keys.log.verifier());
  EXPECT_EQ(again.release.name, "chronicle.example/release");
  EXPECT_EQ(again.ids.bytes, keys.ids.bytes);
}

TEST(Keys, AreAllDifferent) {
  SeededRandom random(1);
  const Keys keys = Keys::generate("chronicle.example", random).value();
  EXPECT_NE(keys.ids.bytes, keys.marks.bytes);
  EXPECT_NE(keys.log.key.seed(), keys.release.key.seed());
}

TEST(Keys, MalformedTextIsRefused) {
  SeededRandom random(1);
  const std::string text = keys_text(Keys::generate("chronicle.example", random).value());
  EXPECT_FALSE(keys_from(""));
  EXPECT_FALSE(keys_from("{}"));
  EXPECT_FALSE(keys_from(text.substr(0, text.size() / 2)));
  std::string other = text;
  other.replace(other.find("gavah-keys/0"), 12, "gavah-keys/9");
  EXPECT_FALSE(keys_from(other));
}

TEST(Mark, FindsTheSameBytesOfOneChronicleOnly) {
  SeededRandom random(1);
  const Keys one = Keys::generate("a.example", random).value();
  const Keys two = Keys::generate("b.example", random).value();
  EXPECT_EQ(mark_of(one, sha256("x")), mark_of(one, sha256("x")));
  EXPECT_NE(mark_of(one, sha256("x")), mark_of(one, sha256("y")));
  EXPECT_NE(mark_of(one, sha256("x")), mark_of(two, sha256("x")));
}

}  // namespace
}  // namespace gavah::store
