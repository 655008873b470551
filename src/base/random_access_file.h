#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/byte_source.h"
#include "base/result.h"

namespace gavah {

enum class FileLock { none, shared, exclusive };

/// A file open for reading and writing anywhere in it. One thread at a time. Nothing is promised until sync() returns,
/// locks belong to this object (another of the same file, in this process or another, is someone else) and go with it.
class RandomAccessFile {
 public:
  virtual ~RandomAccessFile() = default;
  virtual Result<std::uint64_t> size() = 0;
  /// Fills as much of `out` as the file has from `offset` on; gives how many bytes that were.
  virtual Result<std::size_t> read(std::uint64_t offset, std::span<char> out) = 0;
  /// Grows the file as needed; a gap reads as zeros.
  virtual Result<void> write(std::uint64_t offset, std::string_view bytes) = 0;
  virtual Result<void> truncate(std::uint64_t size) = 0;
  /// Contents and size to stable storage, not the name (see Disk::sync_directory). fatal when it fails: what was
  /// written since the last sync may be lost, a second try would not say so, and the caller stops.
  virtual Result<void> sync() = 0;
  /// Changes what this object holds of the bytes in `range` (which need not exist) to `kind`, at once: false when
  /// someone else holds what stands against it, and then nothing changed.
  virtual Result<bool> lock(ByteRange range, FileLock kind) = 0;
  /// The file's bytes as memory that all who map them share, read only in a file opened so; it grows by zeros as
  /// needed. Lives as long as this object. `range` begins at a multiple of 32 KiB. Never durable.
  virtual Result<std::span<char>> map(ByteRange range) = 0;
};

}  // namespace gavah
