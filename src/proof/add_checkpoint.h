#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "proof/merkle.h"

namespace gavah::proof {

inline constexpr std::size_t kMaxAddCheckpointBytes = 1'010'000;  ///< a note and 63 hashes

/// The body of tlog-witness' add-checkpoint: "here is a head, and the proof that it extends the tree of that size".
/// As text: "old SIZE", the proof's hashes one a line, an empty line, the note. The same form leads from an edition's
/// head to a later, cosigned one (spec/cosignatures.md).
struct AddCheckpoint {
  std::uint64_t old_size = 0;
  Proof proof;       ///< consistency of old_size with the note's size; empty when old_size is 0
  std::string note;  ///< a signed checkpoint, as it is
  std::string text() const;
  /// Form only: neither the note nor the proof is looked into.
  static Result<AddCheckpoint> parse(std::string_view text);
  friend bool operator==(const AddCheckpoint&, const AddCheckpoint&) = default;
};

}  // namespace gavah::proof
