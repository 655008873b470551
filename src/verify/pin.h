#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
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

  static Result<Pin> parse(std::string_view text);
  std::string text() const;
};

inline constexpr std::size_t kMaxPinBytes = 1U << 20;  ///< a pin is a page of text

}  // namespace gavah::verify
