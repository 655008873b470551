#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "proof/note.h"

namespace gavah::proof {

/// That a log goes on under another key: the file that the `key` leaf of a rotation binds, a note signed by the old and
/// by the new key. Its text:
///     gavah/0 key
///     origin ORIGIN
///     from SIZE           the new key signs heads of this size and more, the old one of this size and less
///     key VKEY
/// SIZE counts the leaf itself: the leaf's index is SIZE - 1, and the head of that size carries both signatures.
struct Rotation {
  std::string origin;
  std::uint64_t from_size = 0;
  Verifier key;  ///< the new one; its name is the origin

  std::string text() const;
  /// Strict: accepts exactly what text() gives.
  static Result<Rotation> parse(std::string_view text);
  /// The note; both signers' names are the origin.
  Result<std::string> sign(const Signer& old_signer, const Signer& new_signer) const;
  /// invalid_input unless one of `known` and the new key itself signed the note.
  static Result<Rotation> open(std::string_view note, std::span<const Verifier> known);
  friend bool operator==(const Rotation&, const Rotation&) = default;
};

}  // namespace gavah::proof
