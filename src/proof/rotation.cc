#include "proof/rotation.h"

#include <algorithm>
#include <array>

#include "base/format.h"
#include "proof/hash_lines.h"

namespace gavah::proof {
namespace {

constexpr std::string_view kFirstLine = "gavah/0 key";

}  // namespace

std::string Rotation::text() const {
  return format("{}\norigin {}\nfrom {}\nkey {}\n", kFirstLine, origin, from_size, key.text());
}

Result<Rotation> Rotation::parse(std::string_view text) {
  std::string_view rest = text;
  GAVAH_ASSIGN(const std::string_view first, take_line(rest));
  if (first != kFirstLine) return fail(ErrorCode::invalid_input, "this names no key");
  Rotation out;
  GAVAH_ASSIGN(const std::string_view origin, take_line_of(rest, "origin"));
  out.origin = std::string(origin);
  GAVAH_ASSIGN(const std::string_view from, take_line_of(rest, "from"));
  GAVAH_ASSIGN(out.from_size, parse_tree_size(from));
  GAVAH_ASSIGN(const std::string_view vkey, take_line_of(rest, "key"));
  GAVAH_ASSIGN(out.key, Verifier::parse(vkey));
  if (out.text() != text || out.key.name != out.origin) {
    return fail(ErrorCode::invalid_input, "malformed change of key");
  }
  return out;
}

Result<std::string> Rotation::sign(const Signer& old_signer, const Signer& new_signer) const {
  if (old_signer.name != origin || new_signer.name != origin || new_signer.verifier() != key) {
    return fail(ErrorCode::refused, "a change of key is signed by the old key and by the new one");
  }
  GAVAH_ASSIGN(const std::string by_old, sign_note(text(), old_signer));
  GAVAH_ASSIGN(Note note, parse_note(by_old));
  note.signatures.push_back({new_signer.name, key.id(), new_signer.key.sign(note.text)});
  return note_bytes(note);
}

Result<Rotation> Rotation::open(std::string_view note, std::span<const Verifier> known) {
  GAVAH_ASSIGN(const Note parsed, parse_note(note));
  GAVAH_ASSIGN(Rotation out, parse(parsed.text));
  const std::array<Verifier, 1> fresh{out.key};
  GAVAH_TRY_AS(open_note(note, fresh), "looking for the new key's signature");
  std::vector<Verifier> others;
  std::ranges::copy_if(known, std::back_inserter(others),
                       [&](const Verifier& key) { return key.name == out.origin && !(key == out.key); });
  GAVAH_TRY_AS(open_note(note, others), "looking for the old key's signature");
  return out;
}

}  // namespace gavah::proof
