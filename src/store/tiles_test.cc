#include "store/tiles.h"

#include <gtest/gtest.h>

#include "base/format.h"

namespace gavah::store {
namespace {

std::string leaf(proof::LeafIndex index) { return format("leaf {}", index); }

Result<void> leaves(proof::LeafIndex begin, proof::LeafIndex end,
                    const std::function<Result<void>(proof::LeafIndex, std::string_view)>& visit) {
  for (proof::LeafIndex index = begin; index < end; ++index) GAVAH_TRY(visit(index, leaf(index)));
  return {};
}

proof::HashTree tree_of(std::uint64_t size) {
  proof::HashTree tree;
  for (std::uint64_t i = 0; i < size; ++i) tree.append(proof::leaf_hash(leaf(i)));
  return tree;
}

/// Every file that a log of that size needs, made at once.
std::map<std::string, std::string> whole_log(std::uint64_t size) {
  MemoryDisk disk;
  Tiles tiles(disk, "log");
  EXPECT_TRUE(tiles.grow(0, size, leaves));
  return disk.files();
}

TEST(Tiles, GrowingInAnyStepsGivesTheSameFiles) {
  const auto expected = whole_log(70000);
  for (const std::uint64_t step : {70000ULL, 33333ULL, 256ULL * 100, 4099ULL}) {
    MemoryDisk disk;
    Tiles tiles(disk, "log");
    for (std::uint64_t size = 0; size < 70000;) {
      const std::uint64_t next = std::min<std::uint64_t>(size + step, 70000);
      const auto range = tiles.grow(size, next, leaves);
      ASSERT_TRUE(range) << range.error().sentence();
      ASSERT_TRUE(tiles.remove_partials(size, next));
      size = next;
    }
    for (const auto& [path, bytes] : expected) EXPECT_EQ(disk.files()[path], bytes) << path << " step " << step;
  }
}

TEST(Tiles, GrowingLeafByLeafGivesTheRootAndTheNodes) {
  MemoryDisk disk;
  Tiles tiles(disk, "log");
  const proof::HashTree tree = tree_of(600);
  for (std::uint64_t size = 0; size < 600; ++size) {
    const auto range = tiles.grow(size, size + 1, leaves);
    ASSERT_TRUE(range) << range.error().sentence();
    EXPECT_EQ(range->root(), tree.root(size + 1).value());
    EXPECT_EQ(proof::tree_root(size + 1, tiles.nodes(size + 1)).value(), tree.root(size + 1).value()) << size;
    ASSERT_TRUE(tiles.remove_partials(size, size + 1));
  }
  EXPECT_FALSE(disk.files().contains("log/tile/0/000.p/255"));
  EXPECT_TRUE(disk.files().contains("log/tile/0/002.p/88"));
}

TEST(Tiles, AFullDiskAtAnyWriteIsAnErrorAndTheNextTryGivesTheSameFiles) {
  const auto expected = whole_log(300);
  for (int writes = 0; writes < 40; ++writes) {
    MemoryDisk disk;
    Tiles tiles(disk, "log");
    ASSERT_TRUE(tiles.grow(0, 10, leaves));
    disk.fail_after(writes);
    const bool was_written = tiles.grow(10, 300, leaves).has_value();
    disk.fail_after(-1);
    if (!was_written) {
      ASSERT_TRUE(tiles.grow(10, 300, leaves)) << writes;
    }
    for (const auto& [path, bytes] : expected) EXPECT_EQ(disk.files()[path], bytes) << path << " after " << writes;
  }
}

TEST(Tiles, TheCheckpointIsReplacedWhole) {
  MemoryDisk disk;
  Tiles tiles(disk, "log");
  EXPECT_EQ(tiles.checkpoint().value(), std::nullopt);
  ASSERT_TRUE(tiles.replace_checkpoint("one"));
  ASSERT_TRUE(tiles.replace_checkpoint("two"));
  EXPECT_EQ(tiles.checkpoint().value(), "two");
}

}  // namespace
}  // namespace gavah::store
