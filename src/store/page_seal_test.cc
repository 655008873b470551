#include "store/page_seal.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "base/disk.h"

namespace gavah::store {
namespace {

/// A line of the example in spec/chronicle.md, as bytes.
std::string given(const std::string& page, const std::string& key) {
  const std::size_t block = page.find("```example pages");
  const std::size_t at = page.find("\n" + key + " ", block);
  EXPECT_NE(at, std::string::npos) << key;
  const std::size_t begin = at + key.size() + 2;
  return from_hex(page.substr(begin, page.find('\n', begin) - begin)).value();
}

TEST(PageSeal, OpensTheBlockThatTheSpecShows) {
  RealDisk disk;
  const std::string page = disk.read(GAVAH_SOURCE_DIR "/spec/chronicle.md").value();
  PageSealing sealing{"ledger", {}};
  const std::string epoch_key = given(page, "epoch_key");
  std::copy(epoch_key.begin(), epoch_key.end(), sealing.epochs[1].begin());
  FileMark mark{};
  const std::string stated = given(page, "= mark:");
  ASSERT_EQ(stated.size(), mark.size());
  std::copy(stated.begin(), stated.end(), mark.begin());
  auto seal = PageSeal::of(sealing, mark);
  ASSERT_TRUE(seal.has_value());
  std::string body = given(page, "= sealed:");
  const std::string behind = given(page, "nonce") + given(page, "= tag:");
  ASSERT_EQ(behind.size(), kSealBytes);
  const std::span<const char, kSealBytes> tail(behind.data(), kSealBytes);
  EXPECT_TRUE(seal->open(BlockKind::wal, 0, body, tail));
  EXPECT_EQ(body, given(page, "plaintext"));
  body = given(page, "= sealed:");
  EXPECT_FALSE(seal->open(BlockKind::page, 0, body, tail));
}

}  // namespace
}  // namespace gavah::store
