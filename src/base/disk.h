#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_source.h"
#include "base/random_access_file.h"
#include "base/result.h"

namespace gavah {

/// A file being written. Nothing is promised until sync() returns.
class FileWriter {
 public:
  virtual ~FileWriter() = default;
  virtual Result<void> append(std::string_view bytes) = 0;
  /// Flushes to stable storage. fatal when it fails: it must not be tried again, the caller stops.
  virtual Result<void> sync() = 0;
};

enum class OpenMode {
  read,    ///< must exist
  write,   ///< must exist; read and written
  create,  ///< made when it does not exist, for its owner only; read and written
};

enum class EntryKind { file, directory, other };
struct DirectoryEntry {
  std::string name;
  EntryKind kind = EntryKind::file;
};

/// The one seam to the file system. Paths are ordinary paths; missing things give not_found, a full disk or a
/// refused permission gives unavailable. Symbolic links are followed when reading, listed as `other`.
class Disk {
 public:
  virtual ~Disk() = default;
  virtual Result<std::string> read(const std::string& path) = 0;
  virtual Result<std::unique_ptr<ByteSource>> open(const std::string& path) = 0;
  virtual Result<EntryKind> kind(const std::string& path) = 0;
  /// Sorted by name in byte order, so that every machine sees the same order.
  virtual Result<std::vector<DirectoryEntry>> list(const std::string& directory) = 0;
  virtual Result<void> make_directories(const std::string& path) = 0;
  /// A new file; refused when it exists.
  virtual Result<std::unique_ptr<FileWriter>> create(const std::string& path) = 0;
  virtual Result<std::unique_ptr<RandomAccessFile>> open_file(const std::string& path, OpenMode mode) = 0;
  virtual Result<void> rename(const std::string& from, const std::string& to) = 0;
  virtual Result<void> remove(const std::string& path) = 0;
  /// Makes the names in a directory durable. Like all syncs fatal when it fails.
  virtual Result<void> sync_directory(const std::string& path) = 0;
  /// Makes everything written so far on the file system that holds `path` durable, contents and names: one flush for
  /// many files.
  virtual Result<void> sync_all(const std::string& path) = 0;

  /// Writes beside, syncs, renames over, syncs the directory: readers see the old bytes or the new ones.
  Result<void> replace(const std::string& path, std::string_view bytes);
  /// Writes a file that must not exist, without syncing it.
  Result<void> write_new(const std::string& path, std::string_view bytes);
  /// Removes a directory and all that is in it.
  Result<void> remove_tree(const std::string& path);
  bool exists(const std::string& path) { return kind(path).has_value(); }
};

/// The operating system's files.
class RealDisk final : public Disk {
 public:
  Result<std::string> read(const std::string& path) override;
  Result<std::unique_ptr<ByteSource>> open(const std::string& path) override;
  Result<EntryKind> kind(const std::string& path) override;
  Result<std::vector<DirectoryEntry>> list(const std::string& directory) override;
  Result<void> make_directories(const std::string& path) override;
  Result<std::unique_ptr<FileWriter>> create(const std::string& path) override;
  Result<std::unique_ptr<RandomAccessFile>> open_file(const std::string& path, OpenMode mode) override;
  Result<void> rename(const std::string& from, const std::string& to) override;
  Result<void> remove(const std::string& path) override;
  Result<void> sync_directory(const std::string& path) override;
  Result<void> sync_all(const std::string& path) override;
};

/// Files in memory, for tests. `fail_after(n)` makes the n-th next write-like call, and all after it, fail with
/// `unavailable`, as a full disk does. It has no open_file (unavailable): SimulatedDisk has. One thread.
class MemoryDisk final : public Disk {
 public:
  Result<std::string> read(const std::string& path) override;
  Result<std::unique_ptr<ByteSource>> open(const std::string& path) override;
  Result<EntryKind> kind(const std::string& path) override;
  Result<std::vector<DirectoryEntry>> list(const std::string& directory) override;
  Result<void> make_directories(const std::string& path) override;
  Result<std::unique_ptr<FileWriter>> create(const std::string& path) override;
  Result<std::unique_ptr<RandomAccessFile>> open_file(const std::string& path, OpenMode mode) override;
  Result<void> rename(const std::string& from, const std::string& to) override;
  Result<void> remove(const std::string& path) override;
  Result<void> sync_directory(const std::string& path) override;
  Result<void> sync_all(const std::string& path) override;

  void fail_after(std::int64_t writes) { writes_left_ = writes; }
  std::map<std::string, std::string>& files() { return files_; }

 private:
  friend class MemoryWriter;
  Result<void> spend_write();
  Result<void> rename_directory(const std::string& from, const std::string& to);
  std::map<std::string, std::string> files_;
  std::map<std::string, bool> directories_;
  std::int64_t writes_left_ = -1;
};

/// Joins with one slash.
std::string join_path(std::string_view directory, std::string_view name);
/// What stands before the last slash ("." when there is none), and after it.
std::string_view parent_path(std::string_view path);
std::string_view base_name(std::string_view path);

}  // namespace gavah
