#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "base/signature.h"
#include "proof/key_text.h"

namespace gavah::proof {

// C2SP signed-note: a text, a blank line, and lines "— NAME BASE64(key id || signature)".

inline constexpr std::size_t kMaxNoteBytes = 1'000'000;  ///< refuses more before looking at it
inline constexpr std::size_t kMaxNoteSignatures = 100;   ///< the standard asks for at least 16

/// Who may sign: a name and an Ed25519 public key (signature type 0x01).
struct Verifier {
  std::string name;  ///< no white space, no '+', not empty
  Ed25519PublicKey key;
  /// The first four bytes of SHA-256(name || 0x0A || 0x01 || key).
  KeyId id() const;
  /// vkey: "NAME+HEX8+BASE64(0x01 || key)".
  std::string text() const;
  /// Refuses another type than 0x01, and a key id that is not that of name and key.
  static Result<Verifier> parse(std::string_view vkey);
  friend bool operator==(const Verifier&, const Verifier&) = default;
};

/// Who signs.
struct Signer {
  std::string name;
  Ed25519PrivateKey key;
  static Result<Signer> generate(std::string name, Random& random);
  Verifier verifier() const { return {name, key.public_key()}; }
  /// skey: "PRIVATE+KEY+NAME+HEX8+BASE64(0x01 || seed)".
  std::string text() const;
  static Result<Signer> parse(std::string_view skey);
};

struct NoteSignature {
  std::string name;
  KeyId id{};
  std::string signature;  ///< what follows the key id
  friend bool operator==(const NoteSignature&, const NoteSignature&) = default;
};

struct Note {
  std::string text;  ///< ends with a newline
  std::vector<NoteSignature> signatures;
};

/// The note with one signature. `text` must be UTF-8, end in a newline and hold no other control characters, else
/// invalid_input.
Result<std::string> sign_note(std::string_view text, const Signer& signer);
/// "— NAME BASE64(key id || signature)" and a newline.
std::string signature_line(const NoteSignature& signature);
/// Lines of that form, each with its newline, at most kMaxNoteSignatures; none is fine. Form only.
Result<std::vector<NoteSignature>> parse_signature_lines(std::string_view lines);
/// Form only, no signature is checked. Strict about the spelling of each line.
Result<Note> parse_note(std::string_view note);
/// The text and the signature lines, as bytes.
std::string note_bytes(const Note& note);
/// A note whose signatures were checked.
struct OpenedNote {
  std::string text;
  std::vector<std::string> signed_by;  ///< names of the known keys that signed, in the order of `known`
  std::vector<NoteSignature> others;   ///< signatures by unknown keys, unchecked
};
/// invalid_input unless at least one of `known` signed and every signature by one of them is right. Signatures by
/// others are passed over.
Result<OpenedNote> open_note(std::string_view note, std::span<const Verifier> known);

}  // namespace gavah::proof
