#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/disk.h"
#include "base/instant.h"
#include "base/passphrase.h"
#include "base/random.h"
#include "base/result.h"
#include "proof/proof.h"
#include "store/store.h"

namespace gavah::seal {

struct ContinuedOptions {
  std::string origin;                     ///< of the new log; another than the old one's
  std::string head_note;                  ///< the old log's largest signed head that is known
  std::vector<proof::Verifier> old_keys;  ///< of the old log, oldest first; one of them signed that head
  store::AskPassphrase ask_passphrase;    ///< opens the copy; asked twice
  std::string passphrase;                 ///< wraps the new keys; not looked at when they lie in the clear
  PassphraseCost cost;
};
struct Continued {
  std::uint64_t taken = 0;  ///< leaves that were taken over
  std::uint64_t lost = 0;   ///< leaves of the old head that are not there
};

/// Makes the copy of a chronicle at `directory` one of a new log that continues the old one (proof/continuation.h): a
/// fresh log key and release key, every entry committed to anew under the new origin at its old place with its old id
/// and key, heartbeats in place of what binds files of the old log (changes of key, editions, embedded heads), a head
/// signed by the new key, which this machine remembers. The old log's private key is gone from it. The copy is audited
/// first, so that nothing damaged is committed to anew (corrupt). Nothing is mended after a failure: the caller throws
/// the copy away. refused when this machine has signed heads of a log of that name.
Result<Continued> continue_log(Disk& disk, const std::string& directory, const std::string& state_directory,
                               const ContinuedOptions& options, const Clock& clock, Random& random);

}  // namespace gavah::seal
