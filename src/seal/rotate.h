#pragma once

#include <cstdint>

#include "base/passphrase.h"
#include "base/random.h"
#include "base/result.h"
#include "proof/proof.h"
#include "seal/log_writer.h"
#include "store/store.h"

namespace gavah::seal {

struct RotateOptions {
  std::string passphrase;  ///< the one in force; not looked at when the keys lie in the clear
  PassphraseCost cost;     ///< of wrapping the keys anew
};

struct Rotated {
  proof::Verifier key;          ///< the new one
  std::uint64_t from_size = 0;  ///< it signs heads of this size and more; the old one of this size and less
};

/// Gives the log a new key: a `key` leaf that binds a note signed by the old key and the new one (proof/rotation.h),
/// one head with both signatures, ranges in chronicle.json. Then the old private key is destroyed: the file that held
/// it is overwritten, as far as the file system writes in place, and replaced. What stands on an SSD's spare cells, in
/// snapshots and in backups is not reached. Safe against a crash at any step: run it again to finish. refused for a
/// wrong passphrase.
Result<Rotated> rotate(store::Chronicle& chronicle, LogWriter& writer, const RotateOptions& options, Random& random);

}  // namespace gavah::seal
