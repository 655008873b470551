#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/disk.h"
#include "base/result.h"
#include "proof/proof.h"

namespace gavah::verify {

/// A log key and the tree sizes it may sign: first <= size <= last. So that a newer key cannot seal the past again.
struct RangedKey {
  proof::Verifier key;
  std::uint64_t first_size = 0;
  std::uint64_t last_size = UINT64_MAX;
};

/// What the reader trusts, brought from outside: copies inside an edition are hints and are not looked at. As text:
///     origin NAME
///     log VKEY [FIRST [LAST]]     one line a key; LAST "-" or left out: no end
///     release VKEY                one line a key
///     head SIZE HEX64             a head that the reader remembers, any number
///     tsa NAME HEX64              a time-stamping authority, by the SHA-256 of a certificate (spec/time.md), any
///     number block HEIGHT HEX160         a Bitcoin block's header that the reader vouches for, each height once
///     witness, group, quorum      lines of C2SP tlog-policy as they are: whose cosignatures make a head believed
///     policy FILE                 in place of those lines: a file of that form, seen from the pin's folder
/// Empty lines and lines that begin with # are skipped; anything else is invalid_input.
struct Pin {
  struct Head {
    std::uint64_t size = 0;
    Digest root;
  };
  std::string origin;
  std::vector<RangedKey> log_keys;
  std::vector<proof::Verifier> release_keys;
  std::vector<Head> heads;
  std::vector<proof::TimeAuthority> time_authorities;
  std::map<std::uint64_t, proof::BlockHeader> blocks;  ///< by height
  std::optional<proof::WitnessPolicy> policy;          ///< nothing: no head of this log can be witnessed
  std::string policy_file;                             ///< of a `policy` line; empty once it was taken in

  /// Does not read the file of a `policy` line: read_witness_policy() does. invalid_input without an origin, a release
  /// key, or, unless a policy file may still bring one, a log key.
  static Result<Pin> parse(std::string_view text);
  /// Takes the text of a policy file. Its `log` lines count where the pin itself names no log key, without a range.
  /// refused when the pin has a policy already; invalid_input when no log key is known then either.
  Result<void> adopt(std::string_view policy_text);
  /// The keys, without their ranges, in their order.
  std::vector<proof::Verifier> verifiers() const;
  std::string text() const;
};

/// The checkpoint of a note that a key of the pin signed within its range; origin and every known signature hold.
Result<proof::CosignedHead> open_head(std::string_view note, const Pin& pin);

/// Takes in the file of the pin's `policy` line, seen from `folder`; nothing to do is fine.
Result<void> read_witness_policy(Disk& disk, const std::string& folder, Pin& pin);

inline constexpr std::size_t kMaxPinBytes = 1U << 20;  ///< a pin is a page of text

}  // namespace gavah::verify
