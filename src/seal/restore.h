#pragma once

#include <cstdint>
#include <string>

#include "base/disk.h"
#include "base/instant.h"
#include "base/passphrase.h"
#include "base/random.h"
#include "base/result.h"
#include "store/store.h"

namespace gavah::seal {

/// Whether a person vouches that no copy of the log has signed anything beyond the one that is restored.
enum class Newest { unknown, vouched };

struct RestoreOptions {
  std::string source;       ///< a backup, or any copy of a chronicle's directory
  std::string destination;  ///< must not exist, or be empty; `source` itself: that directory is taken as it lies there
  std::string mirror;       ///< another copy, to catch up from; empty: none
  std::string head;         ///< the newest signed head that others keep, a note; empty: none
  Newest newest = Newest::unknown;  ///< looked at where no signed head is known
  std::string new_origin;           ///< begin a new log of this name; empty: go on with the old one
  store::AskPassphrase ask_passphrase;
  PassphraseCost cost;  ///< of wrapping keys anew, where they change
};
struct RestoreSummary {
  std::uint64_t leaves = 0;     ///< of the restored chronicle
  std::uint64_t caught_up = 0;  ///< of them taken from the mirror
  std::uint64_t lost = 0;       ///< of the largest head that is known, not there: a new origin only
  std::string origin;           ///< under which it goes on
};
/// Copies a backup to a new place, reads the copy again, and settles whether its log may be signed on. What is compared
/// is the largest head that this machine has signed or `head` shows. A copy that is behind it is never signed on: it
/// takes what it lacks from the mirror, whose leaves must continue its own and give that head, or begins a new log that
/// cites that head (seal/continued.h), or is refused. Where no head is known, it is refused too, unless a person
/// vouches that there is no newer copy, or it begins a new log. After a refusal nothing stays at `destination`.
Result<RestoreSummary> restore(Disk& disk, const std::string& state_directory, const RestoreOptions& options,
                               const Clock& clock, Random& random);

}  // namespace gavah::seal
