#include "proof/pack.h"

#include <gtest/gtest.h>

namespace gavah::proof {
namespace {

TEST(PackLayout, SmallPartsFollowOneAnother) {
  PackLayout layout;
  EXPECT_EQ(layout.place(300).begin, 0U);
  EXPECT_EQ(layout.place(0).begin, 300U);
  const PartPlace third = layout.place(5);
  EXPECT_EQ(third.begin, 300U);
  EXPECT_EQ(third.pack, 0U);
  EXPECT_EQ(layout.sizes_bytes(), (std::vector<std::uint64_t>{305}));
}

TEST(PackLayout, PartBeyondTheLimitLiesAlone) {
  PackLayout layout;
  EXPECT_EQ(layout.place(kMaxPackedPartBytes).pack, 0U);
  EXPECT_EQ(layout.place(kMaxPackedPartBytes + 1).pack, std::nullopt);
  EXPECT_EQ(layout.place(1).begin, kMaxPackedPartBytes);
}

TEST(PackLayout, PackEndsBeforeThePartThatWouldOverfillIt) {
  PackLayout layout;
  for (std::uint64_t i = 0; i < kMaxPackBytes / kMaxPackedPartBytes; ++i) layout.place(kMaxPackedPartBytes);
  EXPECT_EQ(layout.place(0).pack, 0U) << "a full pack takes what has no bytes";
  const PartPlace next = layout.place(1);
  EXPECT_EQ(next.pack, 1U);
  EXPECT_EQ(next.begin, 0U);
  EXPECT_EQ(layout.sizes_bytes(), (std::vector<std::uint64_t>{kMaxPackBytes, 1}));
}

TEST(PackLayout, NoPackWithoutASmallPart) {
  PackLayout layout;
  layout.place(kMaxPackedPartBytes + 1);
  EXPECT_TRUE(layout.sizes_bytes().empty());
}

TEST(PackLayout, PathSaysPackOrDigest) {
  const Digest digest = sha256("part");
  EXPECT_EQ(path_of({7, 12}, digest), "evidence/pack/7");
  EXPECT_EQ(path_of({}, digest), "evidence/" + digest.hex());
}

}  // namespace
}  // namespace gavah::proof
