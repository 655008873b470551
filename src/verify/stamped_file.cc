#include "verify/stamped_file.h"

#include <algorithm>

#include "base/disk.h"
#include "base/format.h"

namespace gavah::verify {

StampedFile::StampedFile(Disk& disk, const std::string& directory, const proof::FileStamp& stamp) : stamp_(&stamp) {
  auto source = disk.open(join_path(directory, stamp.path));
  if (source) {
    source_ = *std::move(source);
  } else if (source.error().code != ErrorCode::not_found) {
    failure_ = source.error().sentence();
  }
}

std::string StampedFile::next(std::uint64_t limit_bytes) {
  if (source_ == nullptr || failure_) return {};
  const std::uint64_t end = std::min(source_->size(), at_ + limit_bytes);
  if (end == at_) return {};
  auto bytes = source_->read({at_, end});
  if (!bytes) {
    failure_ = bytes.error().sentence();
    return {};
  }
  hash_.update(*bytes);
  at_ = end;
  return *std::move(bytes);
}

void StampedFile::finish(Findings& findings) {
  if (failure_) return findings.add(Check::file, stamp_->path, *failure_);
  if (source_ == nullptr) return;
  if (at_ != stamp_->size_bytes) {
    findings.add(Check::file, stamp_->path, format("has {} bytes, not {}", at_, stamp_->size_bytes));
  } else if (hash_.finish() != stamp_->sha256) {
    findings.add(Check::file, stamp_->path, "its SHA-256 is not that in the manifest");
  }
}

}  // namespace gavah::verify
