#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "proof/checkpoint.h"
#include "proof/merkle.h"
#include "proof/note.h"

namespace gavah::proof {

inline constexpr std::string_view kForkFirstLine = "gavah/0 fork";
inline constexpr std::size_t kMaxForkBytes = 2'010'000;  ///< two notes and 63 hashes

/// Two heads that one append-only log cannot both have, as a file for third parties:
///     gavah/0 fork
///     prefix BASE64      root of the first leaves of the second head's tree, as many as the first head has
///     BASE64             the consistency proof from that prefix to the second head, one hash a line
///     (empty line) the first note (empty line) the second note
/// The first head is not larger than the second. What it proves: the holders of the log's keys signed two heads such
/// that no list of leaves has both (a proof of consistency fixes the root of a prefix, up to SHA-256 collisions). It
/// does not say which is the true one, who held the keys, nor when.
struct Fork {
  Digest prefix;
  Proof proof;
  std::string first;   ///< signed note
  std::string second;  ///< signed note

  std::string text() const;
  /// Form only.
  static Result<Fork> parse(std::string_view text);
  friend bool operator==(const Fork&, const Fork&) = default;
};

/// The two heads of a fork that holds.
struct ForkHeads {
  Checkpoint first;
  Checkpoint second;
};

/// Checks all of it: both notes signed by one of `log_keys` whose name is their origin, the same origin, sizes in
/// order, the proof from the prefix to the second head, and a prefix that is not the first head's root. invalid_input
/// says what does not hold.
Result<ForkHeads> open_fork(const Fork& fork, std::span<const Verifier> log_keys);

/// The file for two notes, when they conflict. `prefix` and `proof` are of the larger head's tree at the size of the
/// smaller one. refused when they agree after all.
Result<Fork> make_fork(std::string_view smaller, std::string_view larger, const Digest& prefix, Proof proof,
                       std::span<const Verifier> log_keys);

}  // namespace gavah::proof
