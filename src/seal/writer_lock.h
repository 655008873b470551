#pragma once

#include <memory>
#include <string>

#include "base/disk.h"
#include "base/instant.h"
#include "base/result.h"

namespace gavah::seal {

/// The right to write, as an exclusive lock on a file, which goes with the process however it ends. The file says who
/// has it: process, since when, command; it says so of the last one after that one has gone.
class WriterLock {
 public:
  /// unavailable, with what the holder wrote, when another has it. Makes the file, not its folder.
  static Result<WriterLock> take(Disk& disk, const std::string& path, const Clock& clock);

 private:
  explicit WriterLock(std::unique_ptr<RandomAccessFile> file) : file_(std::move(file)) {}
  std::unique_ptr<RandomAccessFile> file_;
};

}  // namespace gavah::seal
