#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "base/byte_source.h"
#include "base/id.h"
#include "base/random.h"
#include "base/result.h"
#include "model/capture.h"
#include "proof/proof.h"
#include "seal/log_writer.h"
#include "store/store.h"

namespace gavah::seal {

inline constexpr std::size_t kMaxSameParts = 16;  ///< parts of the same bytes that a plan names

/// What goes when a capture, or parts of it, are shredded: their own entry and each that holds something of them.
struct ShredPlan {
  CaptureId capture;
  proof::LeafIndex leaf = 0;              ///< the capture's
  std::vector<PartNumber> parts;          ///< that go, ascending
  std::uint64_t staying = 0;              ///< parts that stay; none: the capture goes as a whole
  std::vector<proof::LeafIndex> targets;  ///< leaves that are redacted as a whole, ascending
  std::uint64_t decisions = 0;            ///< of these: decisions that cite bytes of what goes
  std::uint64_t entries = 0;              ///< events and victims, new or amended, whose evidence cites it
  std::vector<CaptureId> same_bytes;      ///< other captures of the very same bytes, which stay; at most kMaxSameBytes
  std::vector<std::pair<CaptureId, PartNumber>> same_parts;  ///< parts with the bytes of one that goes, elsewhere
  std::uint64_t same_part_count = 0;                         ///< of which same_parts names kMaxSameParts
  bool is_whole() const { return staying == 0; }
};
/// Of a capture as a whole. `unanchored` are claims (proof::public_claim) that were read from it without an anchor: by
/// these alone a register entry shows that it rests on it. not_found when there is no such capture, or no more.
Result<ShredPlan> plan_shred(store::Chronicle& chronicle, const CaptureId& capture,
                             const std::vector<std::string>& unanchored = {});
/// Of parts of it alone: all of `parts` that are still there. not_found when none is, or there is no such capture.
Result<ShredPlan> plan_shred_parts(store::Chronicle& chronicle, const CaptureId& capture,
                                   const std::vector<PartNumber>& parts,
                                   const std::vector<std::string>& unanchored = {});

/// What stays of a capture (capture/capture.h makes it).
struct Staying {
  const ByteSource& bytes;
  std::vector<Part> parts;  ///< ascending, with their chains through `bytes`
  /// Reads the bytes as they were written, before anything goes: an error ends it there.
  std::function<Result<void>(const ByteSource&)> check;
};

/// Seals the `redact` leaf that names every target, then destroys what they hold: their keys and age headers, their
/// values, lists, JSON and parts, the object, the index; ledger and keyring move to a fresh epoch, so that old pages on
/// the medium open no more. The leaves stay, and the log verifies. What an interruption leaves is finished by
/// finish_shreds. The plan is of a capture as a whole.
Result<void> shred(store::Chronicle& chronicle, LogWriter& writer, const ShredPlan& plan, const std::string& reason,
                   const std::string& by, Random& random);

/// The same for some of its parts: what stays is sealed as an object of its own, the `redact` leaf names the capture as
/// `within` and commits to what stays (proof/remains.h), then the capture's entry is reduced to what opens the parts
/// that stay, and the object that its leaf names goes.
Result<void> shred_parts(store::Chronicle& chronicle, LogWriter& writer, const ShredPlan& plan, const Staying& staying,
                         const std::string& reason, const std::string& by, Random& random);

/// Destroys whatever a `redact` leaf names that is still there, and ends a change of epoch. LogWriter::open calls it.
Result<void> finish_shreds(store::Chronicle& chronicle, Random& random);

}  // namespace gavah::seal
