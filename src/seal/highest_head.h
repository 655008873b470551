#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/disk.h"
#include "base/instant.h"
#include "base/result.h"
#include "proof/proof.h"
#include "seal/writer_lock.h"

namespace gavah::seal {

/// The largest head of one log that this machine has signed, kept outside of the chronicle, so that a restored backup
/// cannot roll it back silently: STATE/<first 32 hexadecimal digits of SHA-256(origin)>/head, a signed note. Beside it
/// `keys`, the vkeys that may have signed it, one a line.
class HighestHead {
 public:
  /// Makes the folder and takes its lock, which is one for all copies of a chronicle, wherever they lie; unavailable,
  /// with who it is, when another process has it.
  static Result<HighestHead> open(Disk& disk, const std::string& state_directory, const std::string& origin,
                                  const Clock& clock);
  /// Looks without a lock. Nothing when there is none; corrupt when no key of the log signed it.
  static Result<std::optional<proof::Checkpoint>> look(Disk& disk, const std::string& state_directory,
                                                       const std::string& origin,
                                                       std::span<const proof::Verifier> log_keys);
  /// The note as it lies there, whoever signed it; empty when there is none.
  static Result<std::string> look_note(Disk& disk, const std::string& state_directory, const std::string& origin);
  /// The log keys that this machine remembers, oldest first; a copy from before a change of key does not know them all.
  static Result<std::vector<proof::Verifier>> look_keys(Disk& disk, const std::string& state_directory,
                                                        const std::string& origin);
  static std::string path_of(const std::string& state_directory, const std::string& origin);

  Result<std::optional<proof::Checkpoint>> read(std::span<const proof::Verifier> log_keys) const;
  /// The note as it lies there; empty when there is none.
  Result<std::string> note() const;
  /// Keeps the log's keys, when they are not those that lie there.
  Result<void> keep_keys(std::span<const proof::Verifier> log_keys);
  /// Replaces the note when what is there still is `expected` (fatal otherwise: someone else signs this log too).
  Result<void> swap(const std::string& expected, const std::string& note);

 private:
  HighestHead(Disk& disk, std::string path, WriterLock lock)
      : disk_(&disk), path_(std::move(path)), lock_(std::move(lock)) {}
  Disk* disk_;
  std::string path_;
  WriterLock lock_;
};

}  // namespace gavah::seal
