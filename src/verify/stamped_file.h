#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/byte_source.h"
#include "base/digest.h"
#include "base/disk.h"
#include "proof/proof.h"
#include "verify/findings.h"

namespace gavah::verify {

/// One file of an edition, read from front to back in blocks and hashed on the way. One thread at a time; folder's disk
/// and stamp must outlive it.
class StampedFile {
 public:
  StampedFile(Disk& disk, const std::string& directory, const proof::FileStamp& stamp);

  /// Bytes that next() has still to give; 0 when the file is not there.
  std::uint64_t rest_bytes() const { return source_ == nullptr ? 0 : source_->size() - at_; }
  /// The next `limit_bytes` or what is left of them; empty at the end, or when the disk fails, which finish() reports.
  std::string next(std::uint64_t limit_bytes);
  /// Compares size and SHA-256 with the stamp. A file that is not there gives nothing: check_files() names it.
  void finish(Findings& findings);

 private:
  const proof::FileStamp* stamp_;
  std::unique_ptr<ByteSource> source_;
  std::uint64_t at_ = 0;
  Sha256 hash_;
  std::optional<std::string> failure_;
};

}  // namespace gavah::verify
