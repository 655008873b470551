#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/store.h"

namespace gavah::seal {

/// One thing that is not as it should be.
struct Fault {
  std::string what;  ///< "leaf 17", "object 3fe2…", "tile/0/000.p/5", "checkpoint"
  std::string why;   ///< one sentence
};

struct AuditReport {
  std::vector<Fault> faults;  ///< at most kMaxFaults
  std::uint64_t fault_count = 0;
  std::uint64_t leaves = 0;    ///< rehashed against tiles, bundles and checkpoint
  std::uint64_t openings = 0;  ///< slots recomputed from ledger and keyring
  std::uint64_t objects = 0;   ///< payloads rehashed and opened
  std::uint64_t shredded = 0;  ///< entries whose key is gone because a `redact` leaf says so
  std::uint64_t reduced = 0;   ///< captures of which parts are gone, because one says so
  bool is_sound() const { return fault_count == 0; }
};
inline constexpr std::size_t kMaxFaults = 1000;  ///< named; further ones are counted only

/// Rehashes everything: leaves against tiles and signed checkpoint, commitments against ledger and keyring, lists
/// against their heads, objects against their names and plaintext digests, the head outside against the log. Faults are
/// named, not errors; an error means that something could not be read at all.
Result<AuditReport> audit(store::Chronicle& chronicle, const std::string& state_directory, std::size_t threads = 0);

}  // namespace gavah::seal
