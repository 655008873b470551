#include "store/keyring.h"

#include <gtest/gtest.h>

#include "base/disk.h"
#include "base/scratch_folder.h"
#include "store/sealing_for_tests.h"

namespace gavah::store {
namespace {

EntrySecret secret(std::uint8_t number) {
  EntrySecret out;
  out.id.bytes[0] = number;
  out.key.bytes.fill(static_cast<std::uint8_t>(0xa0 + number));
  out.age_header = "header of " + std::to_string(number);
  return out;
}

TEST(Keyring, GivesBackWhatItKeeps) {
  const ScratchFolder folder;
  Keyring keyring = Keyring::open(sealed_for_test(folder.path("keyring"))).value();
  const std::vector<EntrySecret> secrets = {secret(2), secret(1)};
  ASSERT_TRUE(keyring.add(secrets));
  EXPECT_EQ(keyring.find(secrets[0].id).value().key.bytes, secrets[0].key.bytes);
  EXPECT_EQ(keyring.find(secrets[1].id).value().age_header, "header of 1");
  EXPECT_EQ(keyring.find({}).error().code, ErrorCode::not_found);
  std::string order;
  const auto visit = [&](const EntrySecret& found) -> Result<void> {
    order += std::to_string(found.id.bytes[0]);
    return {};
  };
  ASSERT_TRUE(keyring.for_each(visit));
  EXPECT_EQ(order, "12");
}

TEST(Keyring, NeverReplacesAKey) {
  const ScratchFolder folder;
  Keyring keyring = Keyring::open(sealed_for_test(folder.path("keyring"))).value();
  EntrySecret one = secret(1);
  ASSERT_TRUE(keyring.add(std::span(&one, 1)));
  one.key.bytes.fill(7);
  EXPECT_FALSE(keyring.add(std::span(&one, 1)));
  EXPECT_EQ(keyring.find(one.id).value().key.bytes, secret(1).key.bytes);
}

TEST(Keyring, AShreddedKeyIsInNoPageAnyMore) {
  const ScratchFolder folder;
  // Pages that lie open show what the seal would hide.
  DatabaseFile file = sealed_for_test(folder.path("keyring"));
  file.sealing.reset();
  const std::string needle(32, '\xa1');
  RealDisk disk;
  const auto occurs = [&] {
    for (const char* name : {"keyring", "keyring-wal"}) {
      const auto bytes = disk.read(folder.path(name));
      if (bytes && bytes->find(needle) != std::string::npos) return true;
    }
    return false;
  };
  Keyring keyring = Keyring::open(file).value();
  const std::vector<EntrySecret> secrets = {secret(1), secret(2), secret(3)};
  ASSERT_TRUE(keyring.add(secrets));
  EXPECT_TRUE(occurs());
  const std::vector<proof::EntryId> ids = {secrets[0].id};
  ASSERT_TRUE(keyring.shred(ids));
  EXPECT_FALSE(occurs());
  EXPECT_FALSE(keyring.find(ids[0]));
  EXPECT_TRUE(keyring.find(secrets[1].id));
}

TEST(Keyring, AReducedKeyKeepsItsSlotsAndTheNewObjectAlone) {
  RealDisk disk;
  const ScratchFolder folder;
  const DatabaseFile file{&disk, folder.path("keyring"), std::nullopt};
  EntrySecret one = secret(1);
  const std::string key(one.key.view());
  {
    Keyring keyring = Keyring::open(file).value();
    ASSERT_TRUE(keyring.add(std::span(&one, 1)));
    one.reduced = ReducedKey{sha256("what stays"), {{"name", sha256("1")}, {"parts", sha256("2")}}};
    one.key = {};
    one.age_header = "another header";
    ASSERT_TRUE(keyring.replace(one));
  }
  Keyring keyring = Keyring::open(file).value();
  const EntrySecret found = keyring.find(one.id).value();
  EXPECT_EQ(found.reduced, one.reduced);
  EXPECT_EQ(found.key.bytes, proof::EntryKey{}.bytes);
  EXPECT_EQ(found.age_header, "another header");
  for (const char* suffix : {"", "-wal"}) {
    if (!disk.exists(file.path + suffix)) continue;
    EXPECT_EQ(disk.read(file.path + suffix).value().find(key), std::string::npos) << "overwritten, not only let go";
  }
  EXPECT_FALSE(keyring.find(secret(2).id));
}

}  // namespace
}  // namespace gavah::store
