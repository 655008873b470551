#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/aead.h"
#include "base/digest.h"
#include "base/disk.h"
#include "base/id.h"
#include "base/random.h"
#include "base/result.h"
#include "model/capture.h"

namespace gavah::store {

/// A part that waits: what its capture's leaf commits to, and the part in full as one JSON line.
struct SpooledPart {
  PartNumber number = 0;
  std::uint64_t size_bytes = 0;
  Digest digest;
  std::string_view json;
};

/// The parts of one capture on their way into the ledger, in order of their number from 0. Some dozens of them are held
/// in memory; the others lie in a file in blocks, each sealed under a key that nothing but this object has, so that
/// what a crash leaves of it opens to nobody. The file goes with the object. Moves, does not copy; one thread at a
/// time.
class PartSpool {
 public:
  /// `file` is made when memory does not do, its folder too. Disk and random must outlive it.
  PartSpool(Disk& disk, std::string file, CaptureId capture, Random& random);
  PartSpool(PartSpool&&) noexcept;
  PartSpool& operator=(PartSpool&&) noexcept;
  ~PartSpool();

  /// Of which the parts are.
  const CaptureId& capture() const { return capture_; }
  std::uint32_t count() const { return count_; }
  /// What it holds in memory.
  std::uint64_t held_bytes() const { return held_.size(); }

  /// Takes the next part, as one of its capture; invalid_input when its number is not count(). Errors of the disk.
  Result<void> add(Part part);
  /// Forgets every part.
  Result<void> clear();
  /// Every part in order; an error of `visit` ends it. corrupt when the file was changed meanwhile.
  Result<void> for_each(const std::function<Result<void>(const SpooledPart&)>& visit);

 private:
  Result<void> put_away();
  Result<void> remove_file();

  Disk* disk_;
  std::string file_;  ///< empty in an object that was moved from
  CaptureId capture_;
  Random* random_;
  std::uint32_t count_ = 0;
  std::string held_;
  std::vector<std::uint64_t> block_ends_;  ///< in the file
  std::optional<ChaCha20Poly1305> cipher_;
  std::unique_ptr<FileWriter> writer_;
};

}  // namespace gavah::store
