#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/disk.h"
#include "base/result.h"
#include "store/page_seal.h"
#include "store/sqlite_vfs.h"

struct sqlite3;
struct sqlite3_stmt;

namespace gavah::store {

/// How much a commit promises.
enum class Durability {
  full,     ///< WAL, synchronous=FULL: a commit that returned survives a power cut
  derived,  ///< WAL, synchronous=NORMAL: never corrupt; the last commits may be lost, and can be made again
  scratch,  ///< no journal, no syncs: for building a file that is renamed into place when it is whole
};
enum class Access { read_write, read_only };

/// Where a database lies and what seals its pages; without `sealing` they lie open. `disk` must outlive what is opened.
struct DatabaseFile {
  Disk* disk = nullptr;
  std::string path;
  std::optional<PageSealing> sealing;
};

class Statement;

/// One connection to one SQLite file. One thread at a time. Errors: unavailable (disk, lock), corrupt (not a database,
/// a page that was changed, a failed check), refused (a constraint; a key that is gone), fatal (a failed sync: nothing
/// more is written).
class Database {
 public:
  static Result<Database> open(const DatabaseFile& file, Durability durability, Access access = Access::read_write);
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  /// Runs statements that give no rows.
  Result<void> run(std::string_view sql);
  Result<Statement> prepare(std::string_view sql);
  /// Copies the WAL into the file and empties it.
  Result<void> checkpoint();
  /// PRAGMA integrity_check; corrupt with SQLite's words when it finds something.
  Result<void> check_integrity();
  /// A copy under another name or seal, page by page, on stable storage when it returns. `to` must not exist.
  Result<void> copy_to(const DatabaseFile& to);
  std::int64_t changes() const;

 private:
  Database(std::unique_ptr<SqliteVfs> vfs, sqlite3* handle, Durability durability)
      : vfs_(std::move(vfs)), handle_(handle), durability_(durability) {}
  static Result<Database> connect(const DatabaseFile& file, Durability durability, int flags);
  Result<void> enter_wal();
  std::unique_ptr<SqliteVfs> vfs_;
  sqlite3* handle_ = nullptr;
  Durability durability_ = Durability::full;
};

/// A compiled statement. Parameters are bound from 1 in the order of calls; columns are read from 0.
///   statement.bind(id).bind(json); GAVAH_TRY(statement.run());
///   while (true) { GAVAH_ASSIGN(const bool has_row, statement.step()); if (!has_row) break; … }
/// The database must outlive it.
class Statement {
 public:
  Statement(Statement&&) noexcept;
  Statement& operator=(Statement&&) noexcept;
  ~Statement();

  /// Bound bytes must stay alive until the statement has run (they are not copied).
  Statement& bind(std::string_view text);
  Statement& bind_blob(std::string_view bytes);
  Statement& bind(std::int64_t value);
  Statement& bind(const std::optional<std::int64_t>& value);
  Statement& bind_null();

  /// The next row, or false at the end (which also resets the statement).
  Result<bool> step();
  /// Runs to the end and resets.
  Result<void> run();
  /// Forgets rows and bindings.
  void reset();

  std::string_view text(int column) const;  ///< text or blob; lives until the next step
  std::int64_t integer(int column) const;
  std::optional<std::int64_t> optional_integer(int column) const;
  bool is_null(int column) const;

 private:
  friend class Database;
  explicit Statement(sqlite3_stmt* handle) : handle_(handle) {}
  sqlite3_stmt* handle_ = nullptr;
  int next_parameter_ = 1;
};

/// Everything between begin() and commit() happens or nothing does. Rolled back when it goes without a commit.
class Transaction {
 public:
  static Result<Transaction> begin(Database& database);
  Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  Result<void> commit();

 private:
  explicit Transaction(Database& database) : database_(&database) {}
  Database* database_;
};

}  // namespace gavah::store
