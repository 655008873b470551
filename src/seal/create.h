#pragma once

#include <map>
#include <string>

#include "base/disk.h"
#include "base/instant.h"
#include "base/passphrase.h"
#include "base/random.h"
#include "base/result.h"
#include "store/store.h"

namespace gavah::seal {

/// A gazetteer's file by name, with its bytes; without bytes one that is built in.
struct GazetteerFile {
  std::string name;
  std::optional<std::string> bytes;
};

struct CreateOptions {
  /// Names the log for ever and everywhere ("chronicle.example/case"); a note key name without white space and '+'.
  /// Empty: "gavah.invalid/" and 16 random hexadecimal digits.
  std::string origin;
  store::Protection protection = store::Protection::passphrase;
  std::string passphrase;  ///< not looked at when unprotected; else not empty
  PassphraseCost cost;
  store::Pages pages = store::Pages::sealed;
  /// Gazetteers to keep in the chronicle, in order: they are part of what results are derived from.
  std::vector<GazetteerFile> gazetteers;
};

/// Makes a chronicle in `directory`, which must not exist or be empty: chronicle.json, keys, ledger, keyring, and a log
/// whose first leaf names the log's key, with its signed checkpoint of size 1. It is made beside and renamed, so that
/// nothing half made stays under that name. refused when something is there, when this machine has already signed heads
/// of a log of that origin, or when the passphrase is empty.
Result<void> create(Disk& disk, const std::string& directory, const std::string& state_directory,
                    const CreateOptions& options, const Clock& clock, Random& random);

}  // namespace gavah::seal
