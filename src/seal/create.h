#pragma once

#include <string>
#include <vector>

#include "base/disk.h"
#include "base/instant.h"
#include "base/passphrase.h"
#include "base/random.h"
#include "base/result.h"
#include "store/store.h"

namespace gavah::seal {

struct CreateOptions {
  /// Names the log for ever and everywhere ("chronicle.example/case"); a note key name without white space and '+'.
  /// Empty: "gavah.invalid/" and 16 random hexadecimal digits.
  std::string origin;
  store::Protection protection = store::Protection::passphrase;
  std::string passphrase;  ///< not looked at when unprotected; else not empty
  PassphraseCost cost;
  std::vector<std::string> gazetteer_files;  ///< names, below the directory, of files that the caller put there
};

/// Makes a chronicle in `directory`, which must not exist or be empty but for `gazetteer_files`: chronicle.json, keys,
/// ledger, keyring, and a log whose first leaf names the log's key, with its signed checkpoint of size 1. refused when
/// something is there; nothing half made stays under that name.
Result<void> create(Disk& disk, const std::string& directory, const std::string& state_directory,
                    const CreateOptions& options, const Clock& clock, Random& random);

}  // namespace gavah::seal
