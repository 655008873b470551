#include "store/sqlite.h"

#include <sqlite3.h>

#include <utility>

#include "base/check.h"
#include "base/format.h"

namespace gavah::store {
namespace {

constexpr int kBusyTimeoutMs = 10'000;  ///< how long to wait for another process's transaction
/// A writer of the log works for minutes: who finds its lock taken says so soon.
constexpr int kLockTimeoutMs = 500;

ErrorCode code_of(int status) {
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

std::unexpected<Error> sqlite_error(sqlite3* handle, int status) {
  const char* words = handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(status);
  return fail(code_of(status), format("SQLite: {}", words));
}

std::string_view pragmas_of(Durability durability) {
  switch (durability) {
    case Durability::full:
      return "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA cache_size=-16384;";
    case Durability::derived:
      return "PRAGMA page_size=16384; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32768;";
    case Durability::lock:
      return "PRAGMA journal_mode=MEMORY;";
    case Durability::scratch:
      return "PRAGMA page_size=16384; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE; "
             "PRAGMA cache_size=-32768;";
  }
  return {};
}

int size_of(std::string_view bytes) {
  GAVAH_CHECK(bytes.size() < (std::size_t{1} << 31U));
  return static_cast<int>(bytes.size());
}

}  // namespace

Result<Database> Database::open(const std::string& path, Durability durability, Access access) {
  const int flags = access == Access::read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  sqlite3* handle = nullptr;
  const int status = sqlite3_open_v2(path.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  Database database(handle);
  if (status != SQLITE_OK) return fail_with(Result<void>(sqlite_error(handle, status)), format("opening {}", path));
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, durability == Durability::lock ? kLockTimeoutMs : kBusyTimeoutMs);
  GAVAH_TRY_AS(database.run("PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0; PRAGMA trusted_schema=OFF; "
                            "PRAGMA cell_size_check=ON;"),
               format("opening {}", path));
  if (access == Access::read_write) GAVAH_TRY_AS(database.run(pragmas_of(durability)), format("opening {}", path));
  return database;
}

Database::Database(Database&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
Database& Database::operator=(Database&& other) noexcept {
  std::swap(handle_, other.handle_);
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
