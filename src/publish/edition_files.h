#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/disk.h"
#include "base/result.h"
#include "proof/proof.h"

namespace gavah::publish {

/// The files of an edition being written: each is stamped as it goes out. One thread.
class EditionFiles {
 public:
  /// Everything goes below `directory`, which must not exist.
  EditionFiles(Disk& disk, std::string directory) : disk_(disk), directory_(std::move(directory)) {}

  Result<void> write(const std::string& path, std::string_view bytes);
  /// Writes files.jsonl, which lists what is not at the top, and gives the stamps of what is.
  Result<std::vector<proof::FileStamp>> finish();
  /// edition.json itself is in no list.
  Result<void> write_manifest(std::string_view bytes);
  std::uint64_t count() const { return stamps_.size() + 1; }

 private:
  Result<void> put(const std::string& path, std::string_view bytes);

  Disk& disk_;
  std::string directory_;
  std::vector<proof::FileStamp> stamps_;
  std::string last_parent_;
};

}  // namespace gavah::publish
