#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/digest.h"
#include "model/decision.h"
#include "model/event.h"
#include "server/passage.h"
#include "server/snapshot.h"

namespace gavah::server {

/// holds: checked now, and true. none: there is no such step; shown in amber, never hidden. fails: checked now, and
/// false; shown in red with expected and found. unchecked: there, but could not be checked (withheld, locked).
enum class StepState { holds, none, fails, unchecked };
std::string_view name_of(StepState state);

/// One step of a trail. `note` says in a few English words what was compared or why there is nothing.
struct Check {
  StepState state = StepState::none;
  std::string note;
};

/// The way from one claim to bytes and to the log.
struct Evidence {
  ClaimId claim;
  Passage passage;
  Check passage_check;  ///< the map leads from the passage to the part's bytes, and they decode to it
  CaptureId capture;
  PartNumber part = 0;
  std::optional<ByteRange> bytes;  ///< of the part
  std::string capture_name;
  Digest digest;       ///< SHA-256 of the capture as recorded when it was taken in
  Check digest_check;  ///< stored bytes were hashed again
  std::optional<std::int64_t> leaf;
  Check leaf_check;  ///< the leaf is in the tree under the checkpoint
};

/// From one number of one event down to the bytes: number, rule, decision, claims, passage, capture, digest, leaf,
/// checkpoint, witnesses.
struct Trail {
  EventId event;
  EventCount number;      ///< the chosen value; `number.count.kind` names it
  Check number_check;     ///< the rule was applied again to the lineages' values and gives this number
  std::string rule_text;  ///< what the rule says, one English sentence; empty when none is known
  std::vector<Decision> decisions;
  std::vector<Evidence> evidence;  ///< of every claim that states this number, at most kMaxEvidence
  LogHead head;
  Check checkpoint_check;  ///< signature of the checkpoint, and the root recomputed
  Check witness_check;     ///< cosignatures of outsiders
  Check timestamp_check;   ///< RFC 3161 token
};

inline constexpr std::size_t kMaxEvidence = 200;  ///< claims checked in one answer: each may mean hashing a capture

std::string to_json(const Trail& trail);

}  // namespace gavah::server
