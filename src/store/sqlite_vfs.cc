#include "store/sqlite_vfs.h"

#include <sqlite3.h>

#include <array>
#include <atomic>
#include <cstring>

#include "base/format.h"
#include "base/random.h"
#include "store/page_file.h"

namespace gavah::store {
namespace {

// Where SQLite's lock protocol keeps its bytes (sqlite3: os.h); beyond any page that is ever written.
constexpr ByteRange kPendingLock{0x40000000, 0x40000001};
constexpr ByteRange kReservedLock{0x40000001, 0x40000002};
constexpr ByteRange kSharedLock{0x40000002, 0x40000002 + 510};
constexpr ByteRange kAllLocks{0x40000000, 0x40000002 + 510};
// In the -shm file: one byte a WAL lock, then the byte that everyone who uses the file holds.
constexpr std::uint64_t kWalLocks = 120;
constexpr ByteRange kInUseLock{128, 129};
constexpr int kSectorBytes = 4096;
constexpr int kMaxPathBytes = 4096;
/// SQLite reads a clock for SQL functions that nothing here uses: 2000-01-01.
constexpr double kFixedJulianDay = 2451544.5;

}  // namespace

struct SqliteVfs::State {
  Disk* disk;
  std::optional<PageSealing> sealing;
  std::size_t page_bytes;
  std::string name;
  sqlite3_vfs vfs{};
  std::optional<Error> error;

  int note(Error failure, int code) {
    error = std::move(failure);
    return code;
  }
};

namespace {

using State = SqliteVfs::State;

/// One open file. SQLite gives the memory of FileSlot and calls through its methods.
struct OpenedFile {
  State* state = nullptr;
  std::string path;
  std::unique_ptr<PageFile> pages;
  SealedPages* sealed = nullptr;            ///< `pages`, when it is a sealed database
  std::unique_ptr<RandomAccessFile> locks;  ///< of databases: locks are held on a handle of their own
  int level = SQLITE_LOCK_NONE;
  std::unique_ptr<RandomAccessFile> shared;  ///< -shm
  std::vector<std::span<char>> regions;
  bool is_name_new = false;    ///< the file was made here and its name is not durable yet
  bool has_lost_sync = false;  ///< a sync failed: nothing more is written

  /// The code for a failed call; `code` unless the bytes themselves are wrong.
  int note(Error failure, int code) {
    if (failure.code == ErrorCode::fatal) has_lost_sync = true;
    const int out = failure.code == ErrorCode::corrupt ? SQLITE_CORRUPT : code;
    return state->note(std::move(failure), out);
  }
  int refuse_write() {
    return state->note(Error{ErrorCode::fatal, format("{} has lost a sync: nothing more is written to it", path), {}},
                       SQLITE_IOERR_FSYNC);
  }
};

struct FileSlot {
  sqlite3_file base;
  OpenedFile* file;
};

OpenedFile& file_of(sqlite3_file* slot) { return *reinterpret_cast<FileSlot*>(slot)->file; }
State& state_of(sqlite3_vfs* vfs) { return *static_cast<State*>(vfs->pAppData); }

int close_file(sqlite3_file* slot) {
  auto* const own = reinterpret_cast<FileSlot*>(slot);
  delete own->file;
  own->file = nullptr;
  return SQLITE_OK;
}

int read_file(sqlite3_file* slot, void* to, int count, sqlite3_int64 offset) {
  OpenedFile& file = file_of(slot);
  const std::span<char> out(static_cast<char*>(to), static_cast<std::size_t>(count));
  const auto got = file.pages->read(static_cast<std::uint64_t>(offset), out);
  if (!got) return file.note(got.error(), SQLITE_IOERR_READ);
  if (*got == out.size()) return SQLITE_OK;
  std::fill(out.begin() + static_cast<std::ptrdiff_t>(*got), out.end(), '\0');
  return SQLITE_IOERR_SHORT_READ;
}

int write_file(sqlite3_file* slot, const void* from, int count, sqlite3_int64 offset) {
  OpenedFile& file = file_of(slot);
  if (file.has_lost_sync) return file.refuse_write();
  const auto done = file.pages->write(static_cast<std::uint64_t>(offset),
                                      {static_cast<const char*>(from), static_cast<std::size_t>(count)});
  return done ? SQLITE_OK : file.note(done.error(), SQLITE_IOERR_WRITE);
}

int truncate_file(sqlite3_file* slot, sqlite3_int64 size_bytes) {
  OpenedFile& file = file_of(slot);
  if (file.has_lost_sync) return file.refuse_write();
  const auto done = file.pages->truncate(static_cast<std::uint64_t>(size_bytes));
  return done ? SQLITE_OK : file.note(done.error(), SQLITE_IOERR_TRUNCATE);
}

int sync_file(sqlite3_file* slot, int) {
  OpenedFile& file = file_of(slot);
  if (file.has_lost_sync) return file.refuse_write();
  auto done = file.pages->sync();
  if (done && file.is_name_new) {
    done = file.state->disk->sync_directory(std::string(parent_path(file.path)));
    file.is_name_new = !done;
  }
  if (done) return SQLITE_OK;
  file.has_lost_sync = true;
  return file.note(done.error(), SQLITE_IOERR_FSYNC);
}

int size_of_file(sqlite3_file* slot, sqlite3_int64* out) {
  OpenedFile& file = file_of(slot);
  const auto bytes = file.pages->size();
  if (!bytes) return file.note(bytes.error(), SQLITE_IOERR_FSTAT);
  *out = static_cast<sqlite3_int64>(*bytes);
  return SQLITE_OK;
}

/// Takes or changes one lock: SQLITE_BUSY when someone else stands against it.
int set_lock(OpenedFile& file, RandomAccessFile& on, ByteRange range, FileLock kind) {
  const auto got = on.lock(range, kind);
  if (!got) return file.note(got.error(), kind == FileLock::none ? SQLITE_IOERR_UNLOCK : SQLITE_IOERR_LOCK);
  return *got ? SQLITE_OK : SQLITE_BUSY;
}

int lock_shared(OpenedFile& file) {
  // Who waits for an exclusive lock holds the pending byte, so that no new reader comes in between.
  if (const int code = set_lock(file, *file.locks, kPendingLock, FileLock::shared); code != SQLITE_OK) return code;
  const int taken = set_lock(file, *file.locks, kSharedLock, FileLock::shared);
  const int released = set_lock(file, *file.locks, kPendingLock, FileLock::none);
  if (taken != SQLITE_OK) return taken;
  if (released == SQLITE_OK) file.level = SQLITE_LOCK_SHARED;
  return released;
}

int lock_file(sqlite3_file* slot, int level) {
  OpenedFile& file = file_of(slot);
  if (file.level >= level || !file.locks) return SQLITE_OK;
  if (level == SQLITE_LOCK_SHARED) return lock_shared(file);
  if (level == SQLITE_LOCK_RESERVED) {
    const int code = set_lock(file, *file.locks, kReservedLock, FileLock::exclusive);
    if (code == SQLITE_OK) file.level = level;
    return code;
  }
  if (file.level < SQLITE_LOCK_PENDING) {
    const int code = set_lock(file, *file.locks, kPendingLock, FileLock::exclusive);
    if (code != SQLITE_OK) return code;
    file.level = SQLITE_LOCK_PENDING;
  }
  const int code = set_lock(file, *file.locks, kSharedLock, FileLock::exclusive);
  if (code == SQLITE_OK) file.level = SQLITE_LOCK_EXCLUSIVE;
  return code;
}

int unlock_file(sqlite3_file* slot, int level) {
  OpenedFile& file = file_of(slot);
  if (file.level <= level || !file.locks) return SQLITE_OK;
  int code = SQLITE_OK;
  if (level == SQLITE_LOCK_SHARED) {
    code = set_lock(file, *file.locks, kSharedLock, FileLock::shared);
    const ByteRange above{kPendingLock.begin, kReservedLock.end};
    if (code == SQLITE_OK) code = set_lock(file, *file.locks, above, FileLock::none);
  } else {
    code = set_lock(file, *file.locks, kAllLocks, FileLock::none);
  }
  if (code == SQLITE_OK) file.level = level;
  return code == SQLITE_BUSY ? SQLITE_IOERR_UNLOCK : code;
}

int check_reserved(sqlite3_file* slot, int* out) {
  OpenedFile& file = file_of(slot);
  *out = 1;
  if (file.level >= SQLITE_LOCK_RESERVED || !file.locks) return SQLITE_OK;
  const int taken = set_lock(file, *file.locks, kReservedLock, FileLock::exclusive);
  if (taken == SQLITE_BUSY) return SQLITE_OK;
  if (taken != SQLITE_OK) return taken;
  *out = 0;
  return set_lock(file, *file.locks, kReservedLock, FileLock::none);
}

/// Whether another database has taken this one's name: its log must not be removed when this one closes.
int control_file(sqlite3_file* slot, int operation, void* argument) {
  OpenedFile& file = file_of(slot);
  if (operation != SQLITE_FCNTL_HAS_MOVED || file.sealed == nullptr) return SQLITE_NOTFOUND;
  const auto seal = file.sealed->seal();
  const auto named = file.state->disk->open_file(file.path, OpenMode::read);
  FileMark mark{};
  const bool is_there = seal && named && (*named)->read(0, mark).value_or(0) == mark.size() && mark == (*seal)->mark();
  *static_cast<int*>(argument) = is_there || !seal ? 0 : 1;
  return SQLITE_OK;
}
int sector_bytes(sqlite3_file*) { return kSectorBytes; }
/// A write changes nothing beside itself: pages and frames are blocks of their own.
int characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

std::string shared_path(const OpenedFile& file) { return file.path + "-shm"; }

/// The first to use a -shm file empties it: what a dead process left there says nothing.
int open_shared(OpenedFile& file) {
  auto opened = file.state->disk->open_file(shared_path(file), OpenMode::create);
  if (!opened) return file.note(opened.error(), SQLITE_IOERR_SHMOPEN);
  const auto is_first = (*opened)->lock(kInUseLock, FileLock::exclusive);
  if (!is_first) return file.note(is_first.error(), SQLITE_IOERR_SHMLOCK);
  if (*is_first) {
    if (const auto emptied = (*opened)->truncate(0); !emptied) return file.note(emptied.error(), SQLITE_IOERR_SHMOPEN);
  }
  if (const int code = set_lock(file, **opened, kInUseLock, FileLock::shared); code != SQLITE_OK) return code;
  file.shared = *std::move(opened);
  return SQLITE_OK;
}

int map_shared(sqlite3_file* slot, int number, int region_bytes, int may_grow, void volatile** out) {
  OpenedFile& file = file_of(slot);
  *out = nullptr;
  if (!file.shared) {
    if (const int code = open_shared(file); code != SQLITE_OK) return code;
  }
  const auto index = static_cast<std::size_t>(number);
  const auto bytes = static_cast<std::uint64_t>(region_bytes);
  while (file.regions.size() <= index) {
    const std::uint64_t begin = file.regions.size() * bytes;
    const auto present = file.shared->size();
    if (!present) return file.note(present.error(), SQLITE_IOERR_SHMSIZE);
    if (*present < begin + bytes && may_grow == 0) return SQLITE_OK;
    const auto region = file.shared->map({begin, begin + bytes});
    if (!region) return file.note(region.error(), SQLITE_IOERR_SHMMAP);
    file.regions.push_back(*region);
  }
  *out = file.regions[index].data();
  return SQLITE_OK;
}

int lock_shared_memory(sqlite3_file* slot, int first, int count, int flags) {
  OpenedFile& file = file_of(slot);
  const std::uint64_t begin = kWalLocks + static_cast<std::uint64_t>(first);
  const FileLock kind = (flags & SQLITE_SHM_UNLOCK) != 0      ? FileLock::none
                        : (flags & SQLITE_SHM_EXCLUSIVE) != 0 ? FileLock::exclusive
                                                              : FileLock::shared;
  return set_lock(file, *file.shared, {begin, begin + static_cast<std::uint64_t>(count)}, kind);
}

void fence(sqlite3_file*) { std::atomic_thread_fence(std::memory_order_seq_cst); }

int unmap_shared(sqlite3_file* slot, int is_last) {
  OpenedFile& file = file_of(slot);
  file.regions.clear();
  if (!file.shared) return SQLITE_OK;
  file.shared.reset();
  if (is_last == 0) return SQLITE_OK;
  // Not there is as good as removed, and what stays is emptied by whoever comes next.
  [[maybe_unused]] const auto removed = file.state->disk->remove(shared_path(file));
  return SQLITE_OK;
}

constexpr sqlite3_io_methods kMethods{
    2,
    close_file,
    read_file,
    write_file,
    truncate_file,
    sync_file,
    size_of_file,
    lock_file,
    unlock_file,
    check_reserved,
    control_file,
    sector_bytes,
    characteristics,
    map_shared,
    lock_shared_memory,
    fence,
    unmap_shared,
    nullptr,
    nullptr,
};

Result<std::unique_ptr<RandomAccessFile>> open_on_disk(OpenedFile& file, int flags) {
  Disk& disk = *file.state->disk;
  if ((flags & SQLITE_OPEN_READWRITE) == 0) return disk.open_file(file.path, OpenMode::read);
  const bool may_make = (flags & SQLITE_OPEN_CREATE) != 0;
  file.is_name_new = may_make && !disk.exists(file.path);
  return disk.open_file(file.path, may_make ? OpenMode::create : OpenMode::write);
}

/// Opens what `flags` say into `file`.
Result<void> open_pages(OpenedFile& file, const char* name, int flags) {
  const State& state = *file.state;
  if ((flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)) == 0) {
    if ((flags & SQLITE_OPEN_MAIN_JOURNAL) != 0) return fail(ErrorCode::refused, "sealed databases keep no journal");
    file.pages = std::make_unique<TransientFile>();
    return {};
  }
  GAVAH_ASSIGN(auto opened, open_on_disk(file, flags));
  if ((flags & SQLITE_OPEN_WAL) != 0) {
    if (!state.sealing) {
      file.pages = std::make_unique<OpenFile>(std::move(opened));
      return {};
    }
    const OpenedFile& database = file_of(sqlite3_database_file_object(name));
    file.pages = std::make_unique<SealedWal>(std::move(opened), *database.sealed);
    return {};
  }
  GAVAH_ASSIGN(file.locks, state.disk->open_file(
                               file.path, (flags & SQLITE_OPEN_READWRITE) != 0 ? OpenMode::write : OpenMode::read));
  if (!state.sealing) {
    file.pages = std::make_unique<OpenFile>(std::move(opened));
    return {};
  }
  auto sealed = std::make_unique<SealedPages>(std::move(opened), *state.sealing, state.page_bytes);
  file.sealed = sealed.get();
  file.pages = std::move(sealed);
  return {};
}

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* slot, int flags, int* out_flags) {
  auto* const own = reinterpret_cast<FileSlot*>(slot);
  own->base.pMethods = nullptr;
  auto file = std::make_unique<OpenedFile>();
  file->state = &state_of(vfs);
  file->path = name != nullptr ? name : "";
  if (auto opened = open_pages(*file, name, flags); !opened) return file->note(opened.error(), SQLITE_CANTOPEN);
  own->file = file.release();
  own->base.pMethods = &kMethods;
  if (out_flags != nullptr) *out_flags = flags;
  return SQLITE_OK;
}

int remove_file(sqlite3_vfs* vfs, const char* name, int must_sync) {
  State& state = state_of(vfs);
  if (auto removed = state.disk->remove(name); !removed) {
    if (removed.error().code == ErrorCode::not_found) return SQLITE_IOERR_DELETE_NOENT;
    return state.note(removed.error(), SQLITE_IOERR_DELETE);
  }
  if (must_sync == 0) return SQLITE_OK;
  const auto synced = state.disk->sync_directory(std::string(parent_path(name)));
  return synced ? SQLITE_OK : state.note(synced.error(), SQLITE_IOERR_DIR_FSYNC);
}

int look_at_file(sqlite3_vfs* vfs, const char* name, int, int* out) {
  *out = state_of(vfs).disk->exists(name) ? 1 : 0;
  return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* name, int capacity, char* out) {
  const std::size_t bytes = std::strlen(name);
  if (bytes >= static_cast<std::size_t>(capacity)) return SQLITE_CANTOPEN;
  std::memcpy(out, name, bytes + 1);
  return SQLITE_OK;
}

int random_bytes(sqlite3_vfs*, int count, char* out) {
  SystemRandom random;
  random.fill({reinterpret_cast<std::uint8_t*>(out), static_cast<std::size_t>(count)});
  return count;
}

/// Between two tries to get a lock: as SQLite's own does it.
int wait_for(sqlite3_vfs*, int microseconds) {
  sqlite3_vfs* const usual = sqlite3_vfs_find(nullptr);
  return usual->xSleep(usual, microseconds);
}

int current_time(sqlite3_vfs*, double* out) {
  *out = kFixedJulianDay;
  return SQLITE_OK;
}

int last_error(sqlite3_vfs*, int, char*) { return 0; }

std::string fresh_name() {
  static std::atomic<std::uint64_t> counter{0};
  return format("gavah-{}", counter.fetch_add(1));
}

}  // namespace

SqliteVfs::SqliteVfs(Disk& disk, std::optional<PageSealing> sealing, std::size_t page_bytes)
    : state_(std::make_unique<State>()) {
  state_->disk = &disk;
  state_->sealing = std::move(sealing);
  state_->page_bytes = page_bytes;
  state_->name = fresh_name();
  sqlite3_vfs& vfs = state_->vfs;
  vfs.iVersion = 1;
  vfs.szOsFile = sizeof(FileSlot);
  vfs.mxPathname = kMaxPathBytes;
  vfs.zName = state_->name.c_str();
  vfs.pAppData = state_.get();
  vfs.xOpen = open_file;
  vfs.xDelete = remove_file;
  vfs.xAccess = look_at_file;
  vfs.xFullPathname = full_path;
  vfs.xRandomness = random_bytes;
  vfs.xSleep = wait_for;
  vfs.xCurrentTime = current_time;
  vfs.xGetLastError = last_error;
  sqlite3_vfs_register(&vfs, 0);
}

SqliteVfs::~SqliteVfs() { sqlite3_vfs_unregister(&state_->vfs); }

const char* SqliteVfs::name() const { return state_->name.c_str(); }

std::optional<Error> SqliteVfs::take_error() { return std::exchange(state_->error, std::nullopt); }

std::optional<Error> SqliteVfs::take_error(sqlite3* connection) {
  sqlite3_vfs* vfs = nullptr;
  if (connection == nullptr) return std::nullopt;
  sqlite3_file_control(connection, nullptr, SQLITE_FCNTL_VFS_POINTER, static_cast<void*>(&vfs));
  if (vfs == nullptr || vfs->xOpen != open_file) return std::nullopt;
  return std::exchange(state_of(vfs).error, std::nullopt);
}

}  // namespace gavah::store
