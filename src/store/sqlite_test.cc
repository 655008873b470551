#include "store/sqlite.h"

#include <gtest/gtest.h>

#include "base/disk.h"
#include "base/scratch_folder.h"
#include "store/sealing_for_tests.h"

namespace gavah::store {
namespace {

Database open(const ScratchFolder& folder) {
  return Database::open(sealed_for_test(folder.path("x.sqlite")), Durability::full).value();
}

std::int64_t count(Database& database) {
  Statement find = database.prepare("SELECT COUNT(*) FROM t").value();
  EXPECT_TRUE(find.step().value());
  return find.integer(0);
}

TEST(Sqlite, GivesBackWhatWasBound) {
  const ScratchFolder folder;
  Database database = open(folder);
  ASSERT_TRUE(database.run("CREATE TABLE t(a BLOB, b TEXT, c INTEGER, d INTEGER)"));
  const std::string blob("\0\xff\x01", 3);
  Statement insert = database.prepare("INSERT INTO t VALUES(?,?,?,?)").value();
  ASSERT_TRUE(insert.bind_blob(blob).bind("متن").bind(std::int64_t{-5}).bind_null().run());
  ASSERT_TRUE(insert.bind_blob("").bind("").bind(std::optional<std::int64_t>(7)).bind(std::int64_t{1}).run());
  Statement find = database.prepare("SELECT * FROM t ORDER BY rowid").value();
  ASSERT_TRUE(find.step().value());
  EXPECT_EQ(find.text(0), blob);
  EXPECT_EQ(find.text(1), "متن");
  EXPECT_EQ(find.integer(2), -5);
  EXPECT_FALSE(find.optional_integer(3));
  ASSERT_TRUE(find.step().value());
  EXPECT_FALSE(find.is_null(0));
  EXPECT_EQ(find.optional_integer(2), 7);
  EXPECT_FALSE(find.step().value());
}

TEST(Sqlite, WhatIsNotCommittedIsRolledBack) {
  const ScratchFolder folder;
  Database database = open(folder);
  ASSERT_TRUE(database.run("CREATE TABLE t(a)"));
  {
    const Transaction transaction = Transaction::begin(database).value();
    ASSERT_TRUE(database.run("INSERT INTO t VALUES(1)"));
  }
  EXPECT_EQ(count(database), 0);
  Transaction transaction = Transaction::begin(database).value();
  ASSERT_TRUE(database.run("INSERT INTO t VALUES(1)"));
  ASSERT_TRUE(transaction.commit());
  EXPECT_EQ(count(database), 1);
}

TEST(Sqlite, ErrorsSayWhatToDo) {
  const ScratchFolder folder;
  Database database = open(folder);
  ASSERT_TRUE(database.run("CREATE TABLE t(a UNIQUE); INSERT INTO t VALUES(1)"));
  EXPECT_EQ(database.run("INSERT INTO t VALUES(1)").error().code, ErrorCode::refused);
  EXPECT_EQ(Database::open(sealed_for_test(folder.path("no/such")), Durability::full).error().code,
            ErrorCode::not_found);
  RealDisk disk;
  ASSERT_TRUE(disk.write_new(folder.path("junk"), std::string(8192, 'j')));
  EXPECT_EQ(Database::open(sealed_for_test(folder.path("junk")), Durability::full).error().code, ErrorCode::corrupt);
  EXPECT_FALSE(Database::open(sealed_for_test(folder.path("missing")), Durability::full, Access::read_only));
}

TEST(Sqlite, AReaderSeesWhatAWriterCommitted) {
  const ScratchFolder folder;
  Database writer = open(folder);
  ASSERT_TRUE(writer.run("CREATE TABLE t(a)"));
  Database reader =
      Database::open(sealed_for_test(folder.path("x.sqlite")), Durability::full, Access::read_only).value();
  ASSERT_TRUE(writer.run("INSERT INTO t VALUES(1)"));
  EXPECT_EQ(count(reader), 1);
  EXPECT_FALSE(reader.run("INSERT INTO t VALUES(2)"));
}

TEST(Sqlite, AFlippedPageIsFoundByTheIntegrityCheck) {
  const ScratchFolder folder;
  {
    Database database = open(folder);
    ASSERT_TRUE(database.run("CREATE TABLE t(a); CREATE INDEX i ON t(a)"));
    for (int i = 0; i < 500; ++i) ASSERT_TRUE(database.run("INSERT INTO t VALUES(hex(randomblob(30)))"));
    ASSERT_TRUE(database.checkpoint());
    EXPECT_TRUE(database.check_integrity());
  }
  RealDisk disk;
  std::string bytes = disk.read(folder.path("x.sqlite")).value();
  for (std::size_t at = 4096 * 3; at < 4096 * 3 + 40; ++at) bytes[at] = '\x55';
  ASSERT_TRUE(disk.replace(folder.path("x.sqlite"), bytes));
  Database damaged = open(folder);
  EXPECT_FALSE(damaged.check_integrity());
}

}  // namespace
}  // namespace gavah::store
