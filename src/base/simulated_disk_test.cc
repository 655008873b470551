#include "base/simulated_disk.h"

#include <gtest/gtest.h>

#include <set>

namespace gavah {
namespace {

constexpr std::size_t kSector = 512;

TEST(SimulatedDisk, KeepsWhatWasSyncedAndLosesTheRest) {
  SimulatedDisk disk;
  ASSERT_TRUE(disk.make_directories("/a"));
  ASSERT_TRUE(disk.replace("/a/kept", "one"));
  ASSERT_TRUE(disk.sync_all("/"));
  ASSERT_TRUE(disk.write_new("/a/lost", "two"));
  disk.restart(Loss::everything, 0);
  EXPECT_EQ(disk.read("/a/kept").value(), "one");
  EXPECT_FALSE(disk.exists("/a/lost"));
}

TEST(SimulatedDisk, ANameNeedsItsDirectorysSyncAndContentsTheFiles) {
  SimulatedDisk disk;
  const auto file = disk.create("/x").value();
  ASSERT_TRUE(file->append("bytes"));
  ASSERT_TRUE(file->sync());
  SimulatedDisk named(disk);
  disk.restart(Loss::everything, 0);
  EXPECT_FALSE(disk.exists("/x")) << "its name was not synced";
  const auto other = named.create("/y").value();
  ASSERT_TRUE(other->append("bytes"));
  ASSERT_TRUE(named.sync_directory("/"));
  named.restart(Loss::everything, 0);
  EXPECT_EQ(named.read("/y").value(), "") << "its contents were not";
}

TEST(SimulatedDisk, TearsWritesBySectorsAndInAnyOrder) {
  std::set<std::string> seen;
  for (std::uint64_t seed = 0; seed < 64; ++seed) {
    SimulatedDisk disk;
    ASSERT_TRUE(disk.replace("/x", std::string(2 * kSector, 'a')));
    const auto file = disk.open_file("/x", OpenMode::write).value();
    ASSERT_TRUE(file->write(0, std::string(2 * kSector, 'b')));
    ASSERT_TRUE(file->write(kSector, std::string(kSector, 'c')));
    disk.restart(Loss::some, seed);
    const std::string bytes = disk.read("/x").value();
    ASSERT_EQ(bytes.size(), 2 * kSector);
    EXPECT_EQ(bytes, std::string(kSector, bytes.front()) + std::string(kSector, bytes.back())) << "sectors are whole";
    seen.insert({bytes.front(), bytes.back()});
  }
  EXPECT_EQ(seen, (std::set<std::string>{"aa", "ab", "ac", "ba", "bb", "bc"}));
}

TEST(SimulatedDisk, AFailedSyncLosesWhatASecondOneDoesNotBringBack) {
  SimulatedDisk disk;
  ASSERT_TRUE(disk.replace("/x", "old"));
  const auto file = disk.open_file("/x", OpenMode::write).value();
  ASSERT_TRUE(file->write(0, "new"));
  disk.begin(DiskFault{DiskFault::Kind::fails_once, 0, "Input/output error"});
  EXPECT_EQ(file->sync().error().code, ErrorCode::fatal);
  EXPECT_TRUE(file->sync()) << "which is why nobody may try again";
  disk.restart(Loss::everything, 0);
  EXPECT_EQ(disk.read("/x").value(), "old");
}

TEST(SimulatedDisk, DiesAtTheChosenCallAndOpenFilesStayDead) {
  SimulatedDisk disk;
  disk.begin(DiskFault{DiskFault::Kind::dies_after, 1, ""});
  const auto file = disk.open_file("/x", OpenMode::create).value();
  ASSERT_TRUE(file->lock({0, 1}, FileLock::exclusive).value());
  EXPECT_FALSE(file->write(0, "bytes"));
  EXPECT_TRUE(disk.is_dead());
  EXPECT_FALSE(disk.read("/x"));
  disk.restart(Loss::nothing, 0);
  EXPECT_EQ(disk.read("/x").value(), "bytes") << "it died after the call";
  EXPECT_FALSE(file->size());
  EXPECT_TRUE(disk.open_file("/x", OpenMode::write).value()->lock({0, 1}, FileLock::exclusive).value());
}

TEST(SimulatedDisk, LocksStandAgainstOthersOnly) {
  SimulatedDisk disk;
  const auto one = disk.open_file("/x", OpenMode::create).value();
  const auto two = disk.open_file("/x", OpenMode::write).value();
  EXPECT_TRUE(one->lock({0, 10}, FileLock::shared).value());
  EXPECT_TRUE(two->lock({0, 10}, FileLock::shared).value());
  EXPECT_FALSE(one->lock({5, 6}, FileLock::exclusive).value());
  EXPECT_TRUE(two->lock({5, 6}, FileLock::none).value());
  EXPECT_TRUE(one->lock({5, 6}, FileLock::exclusive).value());
  EXPECT_FALSE(two->lock({0, 10}, FileLock::shared).value());
}

}  // namespace
}  // namespace gavah
