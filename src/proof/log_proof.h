#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "proof/cosignature.h"
#include "proof/merkle.h"

namespace gavah::proof {

inline constexpr std::size_t kMaxExtraBytes = 64U << 10;     ///< an opening or a note for people, no payload
inline constexpr std::size_t kMaxLogProofBytes = 1'110'000;  ///< extra, hashes and a note
inline constexpr std::string_view kLogProofSuffix = ".tlog-proof";

/// C2SP tlog-proof: that one entry stands in a log, to be checked offline. As text: "c2sp.org/tlog-proof@v1",
/// optionally "extra BASE64", "index N", the inclusion proof's hashes one a line, an empty line, the cosigned note.
struct LogProof {
  std::optional<std::string> extra;  ///< nothing vouches for it
  std::uint64_t index = 0;
  Proof proof;
  std::string note;
  std::string text() const;
  /// Form only.
  static Result<LogProof> parse(std::string_view text);
  friend bool operator==(const LogProof&, const LogProof&) = default;
};

/// The head in which the proof shows `entry` (the leaf's bytes, never its hash) at its index. invalid_input unless a
/// log key signed it and the proof holds. Whether the cosignatures are enough, a policy says.
Result<CosignedHead> open_log_proof(const LogProof& proof, std::string_view entry, std::span<const Verifier> log_keys,
                                    std::span<const WitnessKey> witnesses);

}  // namespace gavah::proof
