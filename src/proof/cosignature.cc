#include "proof/cosignature.h"

#include <algorithm>
#include <optional>

#include "base/bytes.h"
#include "base/check.h"
#include "base/format.h"

namespace gavah::proof {
namespace {

constexpr std::size_t kTimeBytes = 8;
constexpr std::size_t kSignatureBytes = 64;

std::unexpected<Error> malformed(std::string_view what) {
  return fail(ErrorCode::invalid_input, format("malformed {}", what));
}

std::unexpected<Error> wrong(const NoteSignature& signature) {
  return fail(ErrorCode::invalid_input, format("the signature by {} is wrong", signature.name));
}

/// The time of a cosignature, when form and signature are right.
std::optional<Instant> checked_time(std::string_view note_text, const WitnessKey& witness, std::string_view signature) {
  if (signature.size() != kTimeBytes + kSignatureBytes) return std::nullopt;
  std::uint64_t seconds = 0;
  for (const char byte : signature.substr(0, kTimeBytes)) {
    seconds = seconds << 8U | static_cast<unsigned char>(byte);
  }
  if (seconds > static_cast<std::uint64_t>(kMaxCosignatureSeconds)) return std::nullopt;
  const Instant time{static_cast<std::int64_t>(seconds)};
  if (!verify_ed25519(witness.key, cosigned_text(note_text, time), signature.substr(kTimeBytes))) return std::nullopt;
  return time;
}

/// Place of the key that a signature line names; the count when it is unknown.
template <class Key>
std::size_t find_key(std::span<const Key> keys, const NoteSignature& signature) {
  const auto found = std::ranges::find_if(
      keys, [&](const Key& key) { return key.name == signature.name && key.id() == signature.id; });
  return static_cast<std::size_t>(found - keys.begin());
}

}  // namespace

std::string WitnessKey::text() const { return key_text(name, id(), KeyKind::cosignature, key.view()); }

Result<WitnessKey> WitnessKey::parse(std::string_view vkey) {
  GAVAH_ASSIGN(const KeyParts parts, parse_key_text(vkey, KeyKind::cosignature));
  GAVAH_ASSIGN(const auto key, Ed25519PublicKey::from_bytes(parts.key_or_seed));
  WitnessKey out{parts.name, key};
  if (out.text() != vkey) return malformed("key id");
  return out;
}

Result<WitnessSigner> WitnessSigner::generate(std::string name, Random& random) {
  if (!is_key_name(name)) return malformed("key name");
  return WitnessSigner{std::move(name), Ed25519PrivateKey::generate(random)};
}

std::string WitnessSigner::text() const {
  return std::string(kPrivateKeyPrefix).append(key_text(name, verifier().id(), KeyKind::cosignature, key.seed()));
}

Result<WitnessSigner> WitnessSigner::parse(std::string_view skey) {
  if (!skey.starts_with(kPrivateKeyPrefix)) return malformed("signer");
  GAVAH_ASSIGN(const KeyParts parts, parse_key_text(skey.substr(kPrivateKeyPrefix.size()), KeyKind::cosignature));
  GAVAH_ASSIGN(auto key, Ed25519PrivateKey::from_seed(parts.key_or_seed));
  WitnessSigner out{parts.name, key};
  if (out.text() != skey) return malformed("key id");
  return out;
}

std::string cosigned_text(std::string_view note_text, Instant time) {
  return format("cosignature/v1\ntime {}\n{}", time.seconds, note_text);
}

NoteSignature cosign(std::string_view note_text, const WitnessSigner& signer, Instant time) {
  GAVAH_CHECK(time.seconds >= 0 && time.seconds <= kMaxCosignatureSeconds);
  NoteSignature out{signer.name, signer.verifier().id(), {}};
  append_u64_be(out.signature, static_cast<std::uint64_t>(time.seconds));
  out.signature.append(signer.key.sign(cosigned_text(note_text, time)));
  return out;
}

Result<std::vector<Cosignature>> open_cosignatures(const Note& note, std::span<const WitnessKey> witnesses) {
  std::vector<Cosignature> out;
  for (const NoteSignature& signature : note.signatures) {
    const std::size_t witness = find_key(witnesses, signature);
    if (witness == witnesses.size()) continue;
    const auto time = checked_time(note.text, witnesses[witness], signature.signature);
    if (!time) return wrong(signature);
    out.push_back({witness, *time});
  }
  return out;
}

Result<CosignedHead> open_cosigned(std::string_view note, std::span<const Verifier> log_keys,
                                   std::span<const WitnessKey> witnesses) {
  GAVAH_ASSIGN(const Note parsed, parse_note(note));
  CosignedHead out;
  GAVAH_ASSIGN(out.checkpoint, Checkpoint::parse(parsed.text));
  for (const NoteSignature& signature : parsed.signatures) {
    const std::size_t key = find_key(log_keys, signature);
    if (key == log_keys.size()) continue;
    if (!verify_ed25519(log_keys[key].key, parsed.text, signature.signature)) return wrong(signature);
    if (signature.name == out.checkpoint.origin) out.log_keys.push_back(key);
  }
  std::ranges::sort(out.log_keys);
  out.log_keys.erase(std::ranges::unique(out.log_keys).begin(), out.log_keys.end());
  if (out.log_keys.empty()) {
    return fail(ErrorCode::invalid_input, format("no known key of {} signed this head", out.checkpoint.origin));
  }
  GAVAH_ASSIGN(out.cosignatures, open_cosignatures(parsed, witnesses));
  return out;
}

Result<Note> with_cosignatures(Note note, std::span<const NoteSignature> added, std::span<const WitnessKey> witnesses) {
  for (const NoteSignature& signature : added) {
    const std::size_t witness = find_key(witnesses, signature);
    if (witness == witnesses.size()) continue;
    if (!checked_time(note.text, witnesses[witness], signature.signature)) return wrong(signature);
    if (std::ranges::find(note.signatures, signature) != note.signatures.end()) continue;
    if (note.signatures.size() == kMaxNoteSignatures) return malformed("note: it has too many signatures");
    note.signatures.push_back(signature);
  }
  return note;
}

}  // namespace gavah::proof
