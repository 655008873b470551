#include "proof/note.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/digest.h"
#include "base/format.h"
#include "base/utf8.h"

namespace gavah::proof {
namespace {

constexpr std::string_view kSignaturePrefix = "\xe2\x80\x94 ";  // an em dash and a space

bool is_note_text(std::string_view text) {
  if (text.empty() || text.back() != '\n' || !is_utf8(text)) return false;
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; });
}

std::unexpected<Error> malformed(std::string_view what) {
  return fail(ErrorCode::invalid_input, format("malformed {}", what));
}

/// "— NAME BASE64" without its newline.
Result<NoteSignature> parse_signature_line(std::string_view line) {
  if (!line.starts_with(kSignaturePrefix)) return malformed("signature line");
  line.remove_prefix(kSignaturePrefix.size());
  const auto space = line.find(' ');
  if (space == std::string_view::npos) return malformed("signature line");
  NoteSignature out;
  out.name = line.substr(0, space);
  GAVAH_ASSIGN(const std::string raw, from_base64(line.substr(space + 1)));
  if (!is_key_name(out.name) || raw.size() <= out.id.size()) return malformed("signature line");
  std::copy_n(raw.begin(), out.id.size(), out.id.begin());
  out.signature = raw.substr(out.id.size());
  return out;
}

}  // namespace

KeyId Verifier::id() const { return key_id(name, KeyKind::note, key); }

std::string Verifier::text() const { return key_text(name, id(), KeyKind::note, key.view()); }

Result<Verifier> Verifier::parse(std::string_view vkey) {
  GAVAH_ASSIGN(const KeyParts parts, parse_key_text(vkey, KeyKind::note));
  GAVAH_ASSIGN(const auto key, Ed25519PublicKey::from_bytes(parts.key_or_seed));
  Verifier out{parts.name, key};
  if (out.text() != vkey) return malformed("key id");
  return out;
}

Result<Signer> Signer::generate(std::string name, Random& random) {
  if (!is_key_name(name)) return malformed("key name");
  return Signer{std::move(name), Ed25519PrivateKey::generate(random)};
}

std::string Signer::text() const {
  return std::string(kPrivateKeyPrefix).append(key_text(name, verifier().id(), KeyKind::note, key.seed()));
}

Result<Signer> Signer::parse(std::string_view skey) {
  if (!skey.starts_with(kPrivateKeyPrefix)) return malformed("signer");
  GAVAH_ASSIGN(const KeyParts parts, parse_key_text(skey.substr(kPrivateKeyPrefix.size()), KeyKind::note));
  GAVAH_ASSIGN(auto key, Ed25519PrivateKey::from_seed(parts.key_or_seed));
  Signer out{parts.name, key};
  if (out.text() != skey) return malformed("key id");
  return out;
}

std::string signature_line(const NoteSignature& signature) {
  std::string raw(reinterpret_cast<const char*>(signature.id.data()), signature.id.size());
  raw.append(signature.signature);
  return format("{}{} {}\n", kSignaturePrefix, signature.name, to_base64(raw));
}

Result<std::string> sign_note(std::string_view text, const Signer& signer) {
  if (!is_note_text(text)) return malformed("note text");
  Note note{std::string(text), {}};
  note.signatures.push_back({signer.name, signer.verifier().id(), signer.key.sign(text)});
  return note_bytes(note);
}

Result<std::vector<NoteSignature>> parse_signature_lines(std::string_view lines) {
  std::vector<NoteSignature> out;
  while (!lines.empty()) {
    if (out.size() == kMaxNoteSignatures) return malformed("note: it has too many signatures");
    const auto end = lines.find('\n');
    if (end == std::string_view::npos) return malformed("signature line: it is cut");
    GAVAH_ASSIGN(auto signature, parse_signature_line(lines.substr(0, end)));
    out.push_back(std::move(signature));
    lines.remove_prefix(end + 1);
  }
  return out;
}

Result<Note> parse_note(std::string_view note) {
  if (note.size() > kMaxNoteBytes) return fail(ErrorCode::invalid_input, "a note is too large");
  const auto blank = note.rfind("\n\n");
  if (blank == std::string_view::npos || !is_note_text(note)) return malformed("note");
  Note out{std::string(note.substr(0, blank + 1)), {}};
  const std::string_view lines = note.substr(blank + 2);
  if (lines.empty()) return malformed("note: it has no signature");
  GAVAH_ASSIGN(out.signatures, parse_signature_lines(lines));
  return out;
}

std::string note_bytes(const Note& note) {
  std::string out = note.text + "\n";
  for (const NoteSignature& signature : note.signatures) out.append(signature_line(signature));
  return out;
}

Result<OpenedNote> open_note(std::string_view note, std::span<const Verifier> known) {
  GAVAH_ASSIGN(const Note parsed, parse_note(note));
  OpenedNote out{parsed.text, {}, {}};
  std::vector<bool> did_sign(known.size(), false);
  for (const NoteSignature& signature : parsed.signatures) {
    const auto signer = std::find_if(known.begin(), known.end(), [&](const Verifier& verifier) {
      return verifier.name == signature.name && verifier.id() == signature.id;
    });
    if (signer == known.end()) {
      out.others.push_back(signature);
    } else if (verify_ed25519(signer->key, parsed.text, signature.signature)) {
      did_sign[static_cast<std::size_t>(signer - known.begin())] = true;
    } else {
      return fail(ErrorCode::invalid_input, format("the signature by {} is wrong", signature.name));
    }
  }
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (did_sign[i]) out.signed_by.push_back(known[i].name);
  }
  if (out.signed_by.empty()) return fail(ErrorCode::invalid_input, "no known key signed this note");
  return out;
}

}  // namespace gavah::proof
