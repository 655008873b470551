#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/disk.h"
#include "base/result.h"
#include "store/page_seal.h"

struct sqlite3;

namespace gavah::store {

/// SQLite's way to files for one connection: through the Disk seam, with sealed pages and log when `sealing` is given.
/// Locks follow SQLite's protocol over RandomAccessFile::lock, so that several processes share a database. The
/// wal-index
/// (-shm) holds page numbers and checksums of frames, no page. Journals do not exist: opening one is refused; what
/// SQLite keeps for itself stays in memory. After a sync has failed the file takes no further write or sync.
class SqliteVfs {
 public:
  struct State;
  /// `page_bytes` is the size of every page of the database. `disk` must outlive it.
  SqliteVfs(Disk& disk, std::optional<PageSealing> sealing, std::size_t page_bytes);
  SqliteVfs(const SqliteVfs&) = delete;
  SqliteVfs& operator=(const SqliteVfs&) = delete;
  ~SqliteVfs();

  /// The name it is registered under, for sqlite3_open_v2.
  const char* name() const;
  /// The newest failure of the disk since the last call: what "disk I/O error" was.
  std::optional<Error> take_error();
  /// The same of the connection's; nothing when it never came to open a file.
  static std::optional<Error> take_error(sqlite3* connection);

 private:
  std::unique_ptr<State> state_;
};

}  // namespace gavah::store
