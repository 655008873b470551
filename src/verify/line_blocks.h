#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "verify/stamped_file.h"

namespace gavah::verify {

/// The lines of one file of an edition, in blocks of about a megabyte that threads may ask for side by side.
class LineBlocks {
 public:
  LineBlocks(Disk& disk, const std::string& directory, const proof::FileStamp& stamp);

  std::size_t count() const { return count_; }
  /// The lines of block `number` without their newlines; they lie in `bytes`. Each number is asked for once, on any
  /// thread; it waits for those before it.
  std::vector<std::string_view> read(std::size_t number, std::string& bytes);
  /// Compares the whole with the stamp; `check` names what is wrong with the lines themselves. After the last read().
  void finish(Check check, Findings& findings);

 private:
  const proof::FileStamp& stamp_;
  std::mutex mutex_;
  std::condition_variable turn_;
  StampedFile file_;
  std::size_t count_;
  std::size_t next_ = 0;
  std::string rest_;  ///< the beginning of a line
  bool is_cut_ = false;
  bool is_too_long_ = false;
};

}  // namespace gavah::verify
