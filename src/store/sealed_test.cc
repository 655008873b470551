// Databases whose pages are sealed, as SQLite, other processes and whoever has the disk see them.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/format.h"
#include "base/random.h"
#include "base/scratch_folder.h"
#include "base/simulated_disk.h"
#include "store/sealing_for_tests.h"

namespace gavah::store {
namespace {

constexpr std::size_t kPageBytes = 4096;

Database open(const DatabaseFile& file) { return Database::open(file, Durability::full).value(); }

std::string all_rows(Database& database) {
  Statement find = database.prepare("SELECT a FROM t ORDER BY rowid").value();
  std::string out;
  while (find.step().value()) out.append(find.text(0)).append("\n");
  return out;
}

/// A closed database of several pages.
DatabaseFile filled(Disk& disk, const std::string& path, std::string_view text) {
  const DatabaseFile file = sealed_for_test(path, disk);
  Database database = open(file);
  EXPECT_TRUE(database.run("CREATE TABLE t(a)"));
  Transaction transaction = Transaction::begin(database).value();
  for (int i = 0; i < 300; ++i) {
    Statement insert = database.prepare("INSERT INTO t VALUES(?)").value();
    const std::string row = format("{} {} {}", text, i, std::string(100, 'x'));
    EXPECT_TRUE(insert.bind(row).run());
  }
  EXPECT_TRUE(transaction.commit());
  return file;
}

/// True when every page opens and SQLite finds nothing wrong.
bool is_sound(const DatabaseFile& file) {
  auto database = Database::open(file, Durability::full);
  if (!database) return false;
  auto find = database->prepare("SELECT SUM(LENGTH(a)) FROM t");
  return find && find->step() && database->check_integrity();
}

TEST(Sealed, NoFileHoldsTheTextWhileItIsWrittenOrAfter) {
  const ScratchFolder folder;
  RealDisk disk;
  const auto occurs = [&](std::string_view text) {
    const auto entries = disk.list(folder.path()).value();
    for (const auto& entry : entries) {
      if (disk.read(folder.path(entry.name)).value().find(text) != std::string::npos) return true;
    }
    return false;
  };
  const DatabaseFile file = sealed_for_test(folder.path("x"));
  {
    Database database = open(file);
    ASSERT_TRUE(database.run("CREATE TABLE witness(a); INSERT INTO witness VALUES('راز یک شاهد')"));
    ASSERT_TRUE(disk.exists(folder.path("x-wal")));
    for (const std::string_view text : {"راز", "witness", "SQLite format"}) EXPECT_FALSE(occurs(text)) << text;
    ASSERT_TRUE(database.checkpoint());
    for (const std::string_view text : {"راز", "witness", "SQLite format"}) EXPECT_FALSE(occurs(text)) << text;
  }
  EXPECT_FALSE(disk.exists(folder.path("x-wal")));
  EXPECT_FALSE(disk.exists(folder.path("x-shm")));
  EXPECT_FALSE(occurs("راز"));
}

TEST(Sealed, EveryFlippedBitIsFound) {
  SimulatedDisk disk;
  const DatabaseFile file = filled(disk, "/x", "row");
  const std::string bytes = disk.read(file.path).value();
  ASSERT_GT(bytes.size(), 8 * kPageBytes);
  SeededRandom random(3);
  for (int round = 0; round < 150; ++round) {
    std::string changed = bytes;
    const auto draw = random.array<8>();
    std::uint64_t at = 0;
    for (const std::uint8_t byte : draw) at = at << 8U | byte;
    // The first rounds take the mark and the seal of the first page, byte by byte.
    at = round < 16   ? static_cast<std::uint64_t>(round) * 8
         : round < 56 ? (kPageBytes - 96 + static_cast<std::uint64_t>(round)) * 8
                      : at % (8 * bytes.size());
    changed[at / 8] = static_cast<char>(changed[at / 8] ^ (1 << (at % 8)));
    ASSERT_TRUE(disk.replace(file.path, changed));
    EXPECT_FALSE(is_sound(file)) << "bit " << at;
  }
  ASSERT_TRUE(disk.replace(file.path, bytes));
  EXPECT_TRUE(is_sound(file));
}

TEST(Sealed, APageOpensAtItsPlaceInItsFileUnderItsRoleOnly) {
  SimulatedDisk disk;
  const DatabaseFile one = filled(disk, "/one", "first");
  const DatabaseFile two = filled(disk, "/two", "first");
  const std::string bytes = disk.read(one.path).value();
  const std::string other = disk.read(two.path).value();
  ASSERT_EQ(bytes.size(), other.size());
  std::string changed = bytes;
  changed.replace(3 * kPageBytes, kPageBytes, bytes, 4 * kPageBytes, kPageBytes);
  ASSERT_TRUE(disk.replace(one.path, changed));
  EXPECT_FALSE(is_sound(one)) << "another page of the same file";
  changed = bytes;
  changed.replace(3 * kPageBytes, kPageBytes, other, 3 * kPageBytes, kPageBytes);
  ASSERT_TRUE(disk.replace(one.path, changed));
  EXPECT_FALSE(is_sound(one)) << "the same page of another file under the same key";
  ASSERT_TRUE(disk.replace(one.path, bytes));
  DatabaseFile role = one;
  role.sealing->role = "other";
  EXPECT_EQ(Database::open(role, Durability::full).error().code, ErrorCode::corrupt);
  DatabaseFile key = one;
  key.sealing->epochs.begin()->second[0] ^= 1U;
  EXPECT_EQ(Database::open(key, Durability::full).error().code, ErrorCode::corrupt);
  DatabaseFile gone = one;
  gone.sealing->epochs = {{2U, PageKey{}}};
  EXPECT_EQ(Database::open(gone, Durability::full).error().code, ErrorCode::refused);
  EXPECT_TRUE(is_sound(one));
}

TEST(Sealed, ATornEndOfTheLogCostsOnlyWhatWasNotCommitted) {
  SimulatedDisk disk;
  const DatabaseFile file = sealed_for_test("/x", disk);
  const std::string copy = "/copy";
  std::string database_bytes;
  std::string log_bytes;
  std::vector<std::size_t> committed_at;
  {
    Database database = open(file);
    ASSERT_TRUE(database.run("CREATE TABLE t(a)"));
    for (int i = 0; i < 6; ++i) {
      ASSERT_TRUE(database.run(format("INSERT INTO t VALUES('row {}')", i)));
      committed_at.push_back(disk.read(file.path + "-wal").value().size());
    }
    database_bytes = disk.read(file.path).value();
    log_bytes = disk.read(file.path + "-wal").value();
  }
  for (std::size_t cut = 0; cut < log_bytes.size(); cut += 97) {
    ASSERT_TRUE(disk.replace(copy, database_bytes));
    // What was not synced is noise from here on.
    std::string torn = log_bytes;
    std::fill(torn.begin() + static_cast<std::ptrdiff_t>(cut), torn.end(), '\x55');
    ASSERT_TRUE(disk.replace(copy + "-wal", torn));
    const auto whole = std::upper_bound(committed_at.begin(), committed_at.end(), cut) - committed_at.begin();
    std::string expected;
    for (int i = 0; i < whole; ++i) expected += format("row {}\n", i);
    auto database = Database::open(sealed_for_test(copy, disk), Durability::full);
    ASSERT_TRUE(database) << cut << ": " << database.error().sentence();
    if (whole == 0 && !database->prepare("SELECT a FROM t")) continue;
    EXPECT_EQ(all_rows(*database), expected) << cut;
  }
}

TEST(Sealed, AFirstPageThatWasTornWhileTheLogWasCopiedComesBackFromTheLog) {
  SimulatedDisk disk;
  const DatabaseFile file = sealed_for_test("/x", disk);
  std::string log_bytes;
  {
    Database database = open(file);
    ASSERT_TRUE(database.run("CREATE TABLE t(a); INSERT INTO t VALUES('row')"));
    log_bytes = disk.read("/x-wal").value();
  }
  std::string torn = disk.read("/x").value();
  std::fill(torn.begin() + 512, torn.begin() + 1024, '\x55');
  ASSERT_TRUE(disk.replace("/x", torn));
  EXPECT_EQ(Database::open(file, Durability::full).error().code, ErrorCode::corrupt) << "without the log";
  ASSERT_TRUE(disk.replace("/x-wal", log_bytes));
  Database database = open(file);
  EXPECT_EQ(all_rows(database), "row\n");
}

TEST(Sealed, TheLogOfAnotherFileIsNoLog) {
  SimulatedDisk disk;
  const DatabaseFile one = filled(disk, "/one", "first");
  std::string log_bytes;
  {
    const DatabaseFile two = filled(disk, "/two", "second");
    Database database = open(two);
    ASSERT_TRUE(database.run("DELETE FROM t"));
    log_bytes = disk.read(two.path + "-wal").value();
  }
  ASSERT_TRUE(disk.replace(one.path + "-wal", log_bytes));
  Database database = open(one);
  EXPECT_NE(all_rows(database).find("first 299"), std::string::npos);
}

TEST(Sealed, SealedAndOpenDatabasesHoldTheSameWhateverIsDone) {
  SimulatedDisk disk;
  DatabaseFile plain_file = sealed_for_test("/open", disk);
  plain_file.sealing.reset();
  Database plain = open(plain_file);
  Database sealed = open(sealed_for_test("/sealed", disk));
  const auto both = [&](const std::string& sql) {
    ASSERT_TRUE(plain.run(sql)) << sql;
    const auto done = sealed.run(sql);
    ASSERT_TRUE(done) << sql << ": " << done.error().sentence();
  };
  both("CREATE TABLE t(a); CREATE INDEX i ON t(a); PRAGMA cache_size=8");
  SeededRandom random(5);
  for (int step = 0; step < 400; ++step) {
    const auto draw = random.array<2>();
    if (draw[0] < 150) {
      both(format("INSERT INTO t VALUES('{}')", std::string(draw[1] * 40U, static_cast<char>('a' + step % 26))));
    } else if (draw[0] < 190) {
      both(format("DELETE FROM t WHERE rowid % 7 = {}", draw[1] % 7));
    } else if (draw[0] < 220) {
      // Spills and rolls back, then does some of it again.
      both(format("BEGIN; UPDATE t SET a = a || '{}'; SAVEPOINT s; DELETE FROM t; ROLLBACK TO s; {}", step,
                  draw[1] % 2 == 0 ? "COMMIT" : "ROLLBACK"));
    } else if (draw[0] < 235) {
      both("PRAGMA wal_checkpoint(TRUNCATE)");
    } else {
      both("VACUUM");
    }
    ASSERT_EQ(all_rows(plain), all_rows(sealed)) << "step " << step;
  }
  EXPECT_TRUE(sealed.check_integrity());
}

TEST(Sealed, ACopyUnderAFreshEpochIsTheSameAndTheOldKeyDoesNotOpenIt) {
  SimulatedDisk disk;
  const DatabaseFile file = filled(disk, "/x", "row");
  DatabaseFile fresh = sealed_for_test("/y", disk);
  PageKey key{};
  key.fill(7);
  fresh.sealing->epochs.emplace(2U, key);
  {
    Database database = open(file);
    ASSERT_TRUE(database.copy_to(fresh));
    EXPECT_FALSE(database.copy_to(fresh)) << "it exists";
    fresh.sealing->epochs.erase(1U);
    Database copy = open(fresh);
    EXPECT_EQ(all_rows(copy), all_rows(database));
    ASSERT_TRUE(copy.run("INSERT INTO t VALUES('after')"));
  }
  DatabaseFile old = file;
  old.path = fresh.path;
  EXPECT_EQ(Database::open(old, Durability::full).error().code, ErrorCode::refused);
  EXPECT_TRUE(is_sound(fresh));
}

TEST(Sealed, SeveralProcessesCountTogetherWithoutLosingOne) {
  const ScratchFolder folder;
  const DatabaseFile file = sealed_for_test(folder.path("x"));
  {
    Database database = open(file);
    ASSERT_TRUE(database.run("CREATE TABLE t(a); INSERT INTO t VALUES(0)"));
  }
  constexpr int kProcesses = 3;
  constexpr int kRounds = 60;
  std::vector<pid_t> children;
  for (int i = 0; i < kProcesses; ++i) {
    const pid_t child = ::fork();
    if (child == 0) {
      for (int round = 0; round < kRounds; ++round) {
        // Opened anew each time: the last to close empties the log, while others open it.
        auto database = Database::open(file, Durability::full);
        if (!database || !database->run("BEGIN IMMEDIATE; UPDATE t SET a=a+1; COMMIT")) ::_exit(1);
      }
      ::_exit(0);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
  }
  Database database = open(file);
  EXPECT_EQ(all_rows(database), format("{}\n", kProcesses * kRounds));
  EXPECT_TRUE(database.check_integrity());
}

TEST(Sealed, FilesAreForTheirOwnerOnly) {
  const ScratchFolder folder;
  Database database = open(sealed_for_test(folder.path("x")));
  ASSERT_TRUE(database.run("CREATE TABLE t(a)"));
  for (const char* name : {"x", "x-wal", "x-shm"}) {
    const auto permissions = std::filesystem::status(folder.path(name)).permissions();
    EXPECT_EQ(permissions, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write) << name;
  }
}

}  // namespace
}  // namespace gavah::store
