#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/disk.h"
#include "base/instant.h"
#include "base/random.h"
#include "base/result.h"
#include "seal/log_writer.h"
#include "store/store.h"

namespace gavah::seal {

struct BackupSummary {
  std::uint64_t leaves = 0;
  std::uint64_t objects_copied = 0;
  std::uint64_t objects_present = 0;  ///< lay there already, at their size
  std::uint64_t objects_removed = 0;  ///< shredded here since
};

/// Copies a chronicle to `destination`, which is empty, missing, or an earlier backup of it: objects that are not there
/// yet, ledger and keyring page by page as they are at one moment, keys as they lie here (wrapped or not), the log.
/// Each copy is read again and compared, databases page by page, and the root is computed from the copied tiles.
/// `writer` holds the lock, so that nothing is appended meanwhile. After an interruption the next backup mends what was
/// begun. The index is not copied: derive makes it. refused when another chronicle, or a newer state of this one, lies
/// there.
Result<BackupSummary> backup(store::Chronicle& chronicle, const LogWriter& writer, const std::string& destination);

struct RestoreOptions {
  std::string source;       ///< a backup, or any copy of a chronicle's directory
  std::string destination;  ///< must not exist, or be empty
  std::string mirror;       ///< another copy, to catch up from; empty: none
  store::AskPassphrase ask_passphrase;
};
struct RestoreSummary {
  std::uint64_t leaves = 0;         ///< of the restored chronicle
  std::uint64_t caught_up = 0;      ///< of them taken from the mirror
  bool is_head_remembered = false;  ///< this machine knew a signed head of that log to compare with
};
/// Copies a backup to a new place and opens its log, which is sealed anew where it must be. A copy that is behind the
/// highest head that this machine has signed is never signed on: it takes what it lacks from the mirror, whose leaves
/// must continue its own and give that head, or is refused, and nothing stays at `destination`.
Result<RestoreSummary> restore(Disk& disk, const std::string& state_directory, const RestoreOptions& options,
                               const Clock& clock, Random& random);

}  // namespace gavah::seal
