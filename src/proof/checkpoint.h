#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/digest.h"
#include "base/result.h"
#include "proof/note.h"

namespace gavah::proof {

/// A log's head (C2SP tlog-checkpoint): "ORIGIN\nSIZE\nBASE64 ROOT\n". Extension lines are refused: cosignatures of
/// newer kinds do not cover them.
struct Checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  Digest root;
  std::string text() const;
  static Result<Checkpoint> parse(std::string_view text);
  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

/// The signed note of a checkpoint. The signer's name must be the origin.
Result<std::string> sign_checkpoint(const Checkpoint& checkpoint, const Signer& signer);
/// The checkpoint in a note that one of `log_keys` signed; its origin must equal that key's name.
Result<Checkpoint> open_checkpoint(std::string_view note, std::span<const Verifier> log_keys);

}  // namespace gavah::proof
