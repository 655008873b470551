#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/random.h"
#include "base/result.h"
#include "proof/proof.h"
#include "seal/log_writer.h"
#include "store/store.h"

namespace gavah::seal {

/// What goes when a capture is shredded: its own entry and each that holds something of it.
struct ShredPlan {
  CaptureId capture;
  std::vector<proof::LeafIndex> targets;  ///< the capture's leaf first, then decisions and register entries, in order
  std::uint64_t parts = 0;                ///< of the capture: they lie in one object and go together
  std::uint64_t decisions = 0;            ///< that cite bytes of it
  std::uint64_t entries = 0;              ///< events and victims, new or amended, whose evidence cites it
  std::vector<CaptureId> same_bytes;      ///< other captures of the very same bytes, which stay; at most kMaxSameBytes
};
/// not_found when there is no such capture, or no more.
Result<ShredPlan> plan_shred(store::Chronicle& chronicle, const CaptureId& capture);

/// Seals the `redact` leaf that names every target, then destroys what they hold: their keys and age headers, their
/// values, lists, JSON and parts, the object, the index; ledger and keyring move to a fresh epoch, so that old pages on
/// the medium open no more. The leaves stay, and the log verifies. What an interruption leaves is finished by
/// finish_shreds.
Result<void> shred(store::Chronicle& chronicle, LogWriter& writer, const ShredPlan& plan, const std::string& reason,
                   const std::string& by, Random& random);

/// Destroys whatever a `redact` leaf names that is still there, and ends a change of epoch. LogWriter::open calls it.
Result<void> finish_shreds(store::Chronicle& chronicle, Random& random);

}  // namespace gavah::seal
