#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "base/disk.h"
#include "proof/proof.h"
#include "verify/findings.h"

namespace gavah::verify {

/// The files of an edition, read from front to back once, so that no more than a block of any of them is in memory. The
/// disk must outlive it. Any number of threads.
class EditionFolder {
 public:
  EditionFolder(Disk& disk, std::string directory) : disk_(disk), directory_(std::move(directory)) {}

  Disk& disk() const { return disk_; }
  const std::string& directory() const { return directory_; }
  /// Reads a file that has no stamp: the manifest and its list.
  Result<std::string> read(const std::string& path) const { return disk_.read(join_path(directory_, path)); }
  Result<std::unique_ptr<ByteSource>> open(const std::string& path) const {
    return disk_.open(join_path(directory_, path));
  }

  /// Gives the file's bytes to `take`, block by block, and compares size and SHA-256 with the stamp at the end. A file
  /// that is not there gives nothing: check_files() names it.
  void read_blocks(const proof::FileStamp& stamp, Findings& findings,
                   const std::function<void(std::string_view)>& take) const;
  /// The same in one piece.
  std::string read_stamped(const proof::FileStamp& stamp, Findings& findings) const;
  /// Gives the lines of the file (without their newlines) to `take`, many at a time. `check` names what is wrong when
  /// the last one is cut. With more than one thread the next lines are read while `take` runs.
  void read_lines(const proof::FileStamp& stamp, Check check, std::size_t threads, Findings& findings,
                  const std::function<void(std::span<const std::string_view>)>& take) const;

 private:
  Disk& disk_;
  std::string directory_;
};

}  // namespace gavah::verify
