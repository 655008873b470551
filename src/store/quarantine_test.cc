#include "store/quarantine.h"

#include <gtest/gtest.h>

#include "base/simulated_disk.h"

namespace gavah::store {
namespace {

TEST(Quarantine, NeitherNameNorReasonNorBytesLieInTheClear) {
  SimulatedDisk disk;
  SystemRandom random;
  const age::Identity identity = age::Identity::generate(random);
  const std::string record = R"({"name":"شاهد-آرمان.zip","reason":"cut"})";
  Quarantine quarantine(disk, "/quarantine");
  EXPECT_EQ(quarantine.count().value(), 0U);
  ASSERT_TRUE(quarantine.keep_bytes("01", MemorySource("words of a witness"), identity.recipient(), random));
  EXPECT_EQ(quarantine.count().value(), 0U) << "bytes without a record are what a crash left";
  ASSERT_TRUE(quarantine.keep_record("01", record, identity.recipient(), random));
  EXPECT_EQ(quarantine.count().value(), 1U);
  for (const std::string& path : disk.paths()) {
    const std::string bytes = disk.read(path).value();
    for (const std::string_view words : {"آرمان", "zip", "reason", "witness"}) {
      EXPECT_EQ(bytes.find(words), std::string::npos) << path;
    }
  }
  std::string read;
  const auto keep = [&](std::string_view line) -> Result<void> {
    read = line;
    return {};
  };
  ASSERT_TRUE(quarantine.for_each(identity, keep));
  EXPECT_EQ(read, record);
  EXPECT_FALSE(quarantine.for_each(age::Identity::generate(random), keep)) << "sealed to somebody else";
  disk.flip("/quarantine/01.age", 8 * (disk.read("/quarantine/01.age").value().size() - 3));
  EXPECT_EQ(quarantine.for_each(identity, keep).error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace gavah::store
