#include "store/sqlite.h"

#include <sqlite3.h>

#include <utility>

#include "base/check.h"
#include "base/format.h"

namespace gavah::store {
namespace {

constexpr int kBusyTimeoutMs = 10'000;  ///< how long to wait for another process's transaction
ErrorCode code_of(int status) {
  if (status == SQLITE_IOERR_FSYNC || status == SQLITE_IOERR_DIR_FSYNC) return ErrorCode::fatal;
  switch (status & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return ErrorCode::corrupt;
    case SQLITE_CONSTRAINT:
      return ErrorCode::refused;
    default:
      return ErrorCode::unavailable;
  }
}

bool is_of_the_disk(int status) {
  const int kind = status & 0xff;
  return kind == SQLITE_IOERR || kind == SQLITE_CANTOPEN || kind == SQLITE_CORRUPT;
}

std::unexpected<Error> sqlite_error(sqlite3* handle, int status, std::optional<Error> cause) {
  const char* words = handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(status);
  if (!cause || !is_of_the_disk(status)) return fail(code_of(status), format("SQLite: {}", words));
  cause->context.push_back(format("SQLite: {}", words));
  return std::unexpected<Error>(*std::move(cause));
}

std::unexpected<Error> sqlite_error(sqlite3* handle, int status) {
  return sqlite_error(handle, status, SqliteVfs::take_error(handle));
}

std::size_t page_bytes_of(Durability durability) {
  // Small pages where single rows are written and synced; large ones where much is read in order.
  return durability == Durability::full ? 4096 : 16384;
}

std::string_view pragmas_of(Durability durability) {
  switch (durability) {
    case Durability::full:
      return "PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA cache_size=-16384;";
    case Durability::derived:
      return "PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32768;";
    case Durability::scratch:
      return "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE; "
             "PRAGMA cache_size=-32768;";
  }
  return {};
}

int size_of(std::string_view bytes) {
  GAVAH_CHECK(bytes.size() < (std::size_t{1} << 31U));
  return static_cast<int>(bytes.size());
}

}  // namespace

Result<Database> Database::connect(const DatabaseFile& file, Durability durability, int flags) {
  const std::size_t page_bytes = page_bytes_of(durability);
  auto vfs = std::make_unique<SqliteVfs>(*file.disk, file.sealing, page_bytes);
  sqlite3* handle = nullptr;
  const int status = sqlite3_open_v2(file.path.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX, vfs->name());
  Database database(std::move(vfs), handle, durability);
  if (status != SQLITE_OK) return sqlite_error(handle, status, database.vfs_->take_error());
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, kBusyTimeoutMs);
  if (file.sealing) {
    int reserved = kSealBytes;
    sqlite3_file_control(handle, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserved);
  }
  GAVAH_TRY(
      database.run(format("PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0; PRAGMA trusted_schema=OFF; "
                          "PRAGMA cell_size_check=ON; PRAGMA page_size={};",
                          page_bytes)));
  return database;
}

Result<Database> Database::open(const DatabaseFile& file, Durability durability, Access access) {
  const int flags = access == Access::read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  const std::string attempted = format("opening {}", file.path);
  GAVAH_ASSIGN_AS(Database database, connect(file, durability, flags), attempted);
  if (access == Access::read_write) {
    if (durability != Durability::scratch) GAVAH_TRY_AS(database.enter_wal(), attempted);
    GAVAH_TRY_AS(database.run(pragmas_of(durability)), attempted);
  }
  // Reads the first page: a wrong key is found here, not at the first question.
  GAVAH_TRY_AS(database.run("PRAGMA schema_version"), attempted);
  return database;
}

Result<void> Database::enter_wal() {
  {
    GAVAH_ASSIGN(Statement mode, prepare("PRAGMA journal_mode"));
    GAVAH_ASSIGN(const bool has_row, mode.step());
    if (has_row && mode.text(0) == "wal") return {};
  }
  // A new file: there is nothing in it yet that a journal on disk could save.
  return run("PRAGMA locking_mode=NORMAL; PRAGMA journal_mode=MEMORY; PRAGMA journal_mode=WAL;");
}

Result<void> Database::copy_to(const DatabaseFile& to) {
  const std::string attempted = format("copying to {}", to.path);
  if (to.disk->exists(to.path)) return fail(ErrorCode::refused, format("{} exists", to.path));
  GAVAH_ASSIGN_AS(Database copy, connect(to, durability_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE), attempted);
  GAVAH_TRY_AS(copy.run("PRAGMA journal_mode=MEMORY; PRAGMA synchronous=FULL;"), attempted);
  sqlite3_backup* backup = sqlite3_backup_init(copy.handle_, "main", handle_, "main");
  if (backup == nullptr) return sqlite_error(copy.handle_, sqlite3_extended_errcode(copy.handle_));
  const int stepped = sqlite3_backup_step(backup, -1);
  const int finished = sqlite3_backup_finish(backup);
  if (stepped != SQLITE_DONE || finished != SQLITE_OK) {
    return fail_with(Result<void>(sqlite_error(copy.handle_, stepped != SQLITE_DONE ? stepped : finished)), attempted);
  }
  return {};
}

Database::Database(Database&& other) noexcept
    : vfs_(std::move(other.vfs_)), handle_(std::exchange(other.handle_, nullptr)), durability_(other.durability_) {}
Database& Database::operator=(Database&& other) noexcept {
  std::swap(vfs_, other.vfs_);
  std::swap(handle_, other.handle_);
  std::swap(durability_, other.durability_);
  return *this;
}
Database::~Database() { sqlite3_close_v2(handle_); }

Result<void> Database::run(std::string_view sql) {
  const int status = sqlite3_exec(handle_, std::string(sql).c_str(), nullptr, nullptr, nullptr);
  if (status != SQLITE_OK) return sqlite_error(handle_, status);
  return {};
}

Result<Statement> Database::prepare(std::string_view sql) {
  sqlite3_stmt* handle = nullptr;
  const int status = sqlite3_prepare_v2(handle_, sql.data(), size_of(sql), &handle, nullptr);
  if (status != SQLITE_OK) return sqlite_error(handle_, status);
  return Statement(handle);
}

Result<void> Database::checkpoint() { return run("PRAGMA wal_checkpoint(TRUNCATE)"); }

Result<void> Database::check_integrity() {
  GAVAH_ASSIGN(Statement check, prepare("PRAGMA integrity_check(1)"));
  GAVAH_ASSIGN(const bool has_row, check.step());
  if (!has_row || check.text(0) != "ok") {
    return fail(ErrorCode::corrupt, format("SQLite: {}", has_row ? check.text(0) : "no answer"));
  }
  return {};
}

std::int64_t Database::changes() const { return sqlite3_changes64(handle_); }

Statement::Statement(Statement&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)), next_parameter_(other.next_parameter_) {}
Statement& Statement::operator=(Statement&& other) noexcept {
  std::swap(handle_, other.handle_);
  std::swap(next_parameter_, other.next_parameter_);
  return *this;
}
Statement::~Statement() { sqlite3_finalize(handle_); }

Statement& Statement::bind(std::string_view text) {
  const char* data = text.data() != nullptr ? text.data() : "";
  GAVAH_CHECK(sqlite3_bind_text(handle_, next_parameter_++, data, size_of(text), SQLITE_STATIC) == SQLITE_OK);
  return *this;
}

Statement& Statement::bind_blob(std::string_view bytes) {
  const char* data = bytes.data() != nullptr ? bytes.data() : "";
  GAVAH_CHECK(sqlite3_bind_blob(handle_, next_parameter_++, data, size_of(bytes), SQLITE_STATIC) == SQLITE_OK);
  return *this;
}

Statement& Statement::bind(std::int64_t value) {
  GAVAH_CHECK(sqlite3_bind_int64(handle_, next_parameter_++, value) == SQLITE_OK);
  return *this;
}

Statement& Statement::bind(const std::optional<std::int64_t>& value) { return value ? bind(*value) : bind_null(); }

Statement& Statement::bind_null() {
  GAVAH_CHECK(sqlite3_bind_null(handle_, next_parameter_++) == SQLITE_OK);
  return *this;
}

Result<bool> Statement::step() {
  const int status = sqlite3_step(handle_);
  if (status == SQLITE_ROW) return true;
  if (status == SQLITE_DONE) {
    reset();
    return false;
  }
  const auto error = sqlite_error(sqlite3_db_handle(handle_), status);
  reset();
  return error;
}

Result<void> Statement::run() {
  while (true) {
    GAVAH_ASSIGN(const bool has_row, step());
    if (!has_row) return {};
  }
}

void Statement::reset() {
  sqlite3_reset(handle_);
  sqlite3_clear_bindings(handle_);
  next_parameter_ = 1;
}

std::string_view Statement::text(int column) const {
  const void* data = sqlite3_column_blob(handle_, column);
  const int size = sqlite3_column_bytes(handle_, column);
  return data == nullptr ? std::string_view{}
                         : std::string_view{static_cast<const char*>(data), static_cast<std::size_t>(size)};
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(handle_, column); }

std::optional<std::int64_t> Statement::optional_integer(int column) const {
  if (is_null(column)) return std::nullopt;
  return integer(column);
}

bool Statement::is_null(int column) const { return sqlite3_column_type(handle_, column) == SQLITE_NULL; }

Result<Transaction> Transaction::begin(Database& database) {
  GAVAH_TRY(database.run("BEGIN IMMEDIATE"));
  return Transaction(database);
}

Transaction::~Transaction() {
  // A rollback that fails leaves SQLite in the state of one that succeeded: the transaction is gone either way.
  if (database_ != nullptr) [[maybe_unused]]
    const auto rolled_back = database_->run("ROLLBACK");
}

Result<void> Transaction::commit() {
  GAVAH_CHECK(database_ != nullptr);
  GAVAH_TRY(database_->run("COMMIT"));
  database_ = nullptr;
  return {};
}

}  // namespace gavah::store
