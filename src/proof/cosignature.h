#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/random.h"
#include "base/result.h"
#include "base/signature.h"
#include "proof/checkpoint.h"
#include "proof/note.h"

namespace gavah::proof {

// C2SP tlog-cosignature, type 0x04: "as of T, the largest consistent tree of that origin that I have seen has this
// root". The signed text does not hold the cosigner's name: one key, one cosigner.

/// Who may cosign: a name and an Ed25519 public key (signature type 0x04).
struct WitnessKey {
  std::string name;  ///< no white space, no '+', not empty
  Ed25519PublicKey key;
  KeyId id() const { return key_id(name, KeyKind::cosignature, key); }
  /// vkey: "NAME+HEX8+BASE64(0x04 || key)".
  std::string text() const;
  /// Refuses another type than 0x04 (ML-DSA-44 keys among them), and a key id that is not that of name and key.
  static Result<WitnessKey> parse(std::string_view vkey);
  friend bool operator==(const WitnessKey&, const WitnessKey&) = default;
};

/// Who cosigns.
struct WitnessSigner {
  std::string name;
  Ed25519PrivateKey key;
  static Result<WitnessSigner> generate(std::string name, Random& random);
  WitnessKey verifier() const { return {name, key.public_key()}; }
  /// skey: "PRIVATE+KEY+NAME+HEX8+BASE64(0x04 || seed)".
  std::string text() const;
  static Result<WitnessSigner> parse(std::string_view skey);
};

/// The end of year 9999: a later time in a cosignature is a wrong signature.
inline constexpr std::int64_t kMaxCosignatureSeconds = 253'402'300'799;

/// What a witness signs: "cosignature/v1\ntime T\n" and the note's text.
std::string cosigned_text(std::string_view note_text, Instant time);
/// Eight bytes of time, big-endian, and the Ed25519 signature. `time` is 0 to kMaxCosignatureSeconds.
NoteSignature cosign(std::string_view note_text, const WitnessSigner& signer, Instant time);

/// A signature that holds, by one of the witnesses that the reader knows.
struct Cosignature {
  std::size_t witness = 0;  ///< place in the list of known witnesses
  Instant time;             ///< as the witness says
  friend bool operator==(const Cosignature&, const Cosignature&) = default;
};

/// A head whose signatures were checked.
struct CosignedHead {
  Checkpoint checkpoint;
  std::vector<std::size_t> log_keys;      ///< those of the known log keys that signed, by place, ascending
  std::vector<Cosignature> cosignatures;  ///< in the order of the note; one witness may stand here more than once
};

/// Those of known witnesses, in the order of the note; invalid_input when one of theirs is wrong. Signatures by others,
/// the log's among them, are passed over.
Result<std::vector<Cosignature>> open_cosignatures(const Note& note, std::span<const WitnessKey> witnesses);

/// Opens a note under keys of both kinds. invalid_input unless a log key whose name is the origin signed it, and when
/// any signature by a known key, log's or witness's, is wrong; signatures by others are passed over.
Result<CosignedHead> open_cosigned(std::string_view note, std::span<const Verifier> log_keys,
                                   std::span<const WitnessKey> witnesses);

/// Adds to a note those of `added` that are right cosignatures of its text by `witnesses` and are not in it yet; a
/// signature by a known witness that is wrong is invalid_input, others are left out. The text stays the same.
Result<Note> with_cosignatures(Note note, std::span<const NoteSignature> added, std::span<const WitnessKey> witnesses);

}  // namespace gavah::proof
