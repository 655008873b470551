#pragma once

#include <cstdint>
#include <string>

#include "base/disk.h"
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

}  // namespace gavah::seal
