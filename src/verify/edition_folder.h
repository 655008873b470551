#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "base/disk.h"
#include "base/ordered.h"
#include "proof/proof.h"
#include "verify/findings.h"
#include "verify/line_blocks.h"

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
  /// Gives the lines of the file (without their newlines), many at a time, to `read` on up to `threads` threads, and
  /// what it makes of them, in their order, to `take` on the calling thread. What is found is taken over in order too.
  /// `check` names what is wrong when the last line is cut.
  template <class T>
  void read_line_blocks(const proof::FileStamp& stamp, Check check, std::size_t threads, Findings& findings,
                        const std::function<T(std::span<const std::string_view>, Findings&)>& read,
                        const std::function<void(T&&)>& take) const {
    struct Block {
      T made;
      Findings found;
    };
    LineBlocks blocks(disk_, directory_, stamp);
    const auto make = [&](std::size_t number) {
      std::string bytes;
      const std::vector<std::string_view> lines = blocks.read(number, bytes);
      Block out;
      out.made = read(lines, out.found);
      return out;
    };
    make_in_order<Block>(blocks.count(), threads, kBlocksAhead, make, [&](std::size_t, Block&& block) {
      findings.take_over(std::move(block.found));
      take(std::move(block.made));
      return Continue::yes;
    });
    blocks.finish(check, findings);
  }
  /// Gives the lines to `take`, one by one, on the calling thread.
  void read_each_line(const proof::FileStamp& stamp, Check check, Findings& findings,
                      const std::function<void(std::string_view)>& take) const;
  /// As read_line_blocks() line by line; `take` gets what many of them gave.
  template <class T>
  void read_lines(const proof::FileStamp& stamp, Check check, std::size_t threads, Findings& findings,
                  const std::function<T(std::string_view, Findings&)>& read,
                  const std::function<void(std::vector<T>&&)>& take) const {
    read_line_blocks<std::vector<T>>(
        stamp, check, threads, findings,
        [&](std::span<const std::string_view> lines, Findings& found) {
          std::vector<T> out;
          out.reserve(lines.size());
          for (const std::string_view line : lines) out.push_back(read(line, found));
          return out;
        },
        take);
  }

 private:
  static constexpr std::size_t kBlocksAhead = 4;  ///< blocks read and not yet taken

  Disk& disk_;
  std::string directory_;
};

}  // namespace gavah::verify
