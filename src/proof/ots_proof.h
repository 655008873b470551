#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/instant.h"
#include "base/result.h"

namespace gavah::proof {

// OpenTimestamps proofs (detached .ots files): from the hash of a file, operations lead to messages that others vouch
// for. Format as python-opentimestamps 0.4 reads it.

inline constexpr std::size_t kMaxOtsBytes = 1U << 20;           ///< of a proof; real ones have up to four KiB
inline constexpr std::size_t kMaxOtsMessageBytes = 4096;        ///< of a message and of an operation's argument
inline constexpr std::size_t kMaxOtsAttestationBytes = 8192;    ///< of an attestation's payload
inline constexpr std::size_t kMaxOtsSteps = 16'384;             ///< operations and attestations, all paths together
inline constexpr std::size_t kMaxOtsDepth = 256;                ///< operations one after another on a path
inline constexpr std::size_t kMaxCalendarAddressBytes = 1'000;  ///< of the address in a pending attestation

/// Who is said to have seen a message.
enum class OtsKind {
  pending,  ///< a calendar promises to have it stamped; proves nothing yet
  bitcoin,  ///< it is the Merkle root in the header of a Bitcoin block
  unknown   ///< another chain or notary; not looked into
};

struct OtsAttestation {
  OtsKind kind = OtsKind::unknown;
  std::string message;       ///< where the operations lead
  std::string calendar;      ///< pending: its address
  std::uint64_t height = 0;  ///< bitcoin: of the block
  std::string tag;           ///< the eight bytes that name the kind
};

struct OtsProof {
  std::string file_hash;                     ///< "sha256", "sha1" or "ripemd160"
  std::string digest;                        ///< of the file, as bytes
  std::vector<OtsAttestation> attestations;  ///< in the order of the file
  /// Walks every path. invalid_input names what is wrong.
  static Result<OtsProof> parse(std::string_view bytes);
};

/// The 80 bytes of a Bitcoin block's header. That there is such a block is the word of whoever hands it over; that its
/// hash meets the difficulty that it states itself is checked here and costs a forger that work.
struct BlockHeader {
  std::string bytes;        ///< the 80
  std::string merkle_root;  ///< 32 bytes, in the order of the header
  Instant time;             ///< as its miner set it: may be wrong by two hours
  std::string hash;         ///< as people write it: reversed, hexadecimal
  /// invalid_input unless it has 80 bytes and its hash meets its own target.
  static Result<BlockHeader> parse(std::string_view bytes);
};

/// A miner's clock may be ahead of the others' by so much.
inline constexpr std::int64_t kBlockTimeSlackSeconds = 7200;

/// The instant at which the file was there, by this header: its time and the slack. invalid_input when the attestation
/// is none of Bitcoin's or the header has another Merkle root.
Result<Instant> check_bitcoin(const OtsAttestation& attestation, const BlockHeader& header);

}  // namespace gavah::proof
