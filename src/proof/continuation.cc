#include "proof/continuation.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/format.h"
#include "proof/hash_lines.h"

namespace gavah::proof {
namespace {

std::unexpected<Error> refuse(std::string message) { return fail(ErrorCode::invalid_input, std::move(message)); }

/// "SIZE BASE64".
Result<Checkpoint> head_from(std::string_view words) {
  const auto space = words.find(' ');
  if (space == std::string_view::npos) return refuse("a head is a size and a root");
  Checkpoint out;
  GAVAH_ASSIGN(out.size, parse_tree_size(words.substr(0, space)));
  GAVAH_ASSIGN(out.root, Digest::from_base64(words.substr(space + 1)));
  return out;
}

/// Strict: accepts exactly what text() gives.
Result<Continuation> parse(std::string_view text) {
  std::string_view rest = text;
  GAVAH_ASSIGN(const std::string_view first, take_line(rest));
  if (first != kContinuationFirstLine) return refuse("this continues no log");
  Continuation out;
  GAVAH_ASSIGN(const std::string_view origin, take_line_of(rest, "origin"));
  out.origin = std::string(origin);
  GAVAH_ASSIGN(const std::string_view vkey, take_line_of(rest, "key"));
  GAVAH_ASSIGN(out.key, Verifier::parse(vkey));
  GAVAH_ASSIGN(const std::string_view taken, take_line_of(rest, "taken"));
  GAVAH_ASSIGN(out.taken, parse_tree_size(taken));
  GAVAH_ASSIGN(const std::string_view head, take_line_of(rest, "head"));
  GAVAH_ASSIGN(out.head, head_from(head));
  while (!rest.empty()) {
    if (out.old_keys.size() == kMaxOldKeys) return refuse("too many keys of the old log");
    GAVAH_ASSIGN(const std::string_view old, take_line_of(rest, "old"));
    GAVAH_ASSIGN(out.old_keys.emplace_back(), Verifier::parse(old));
  }
  if (out.text() != text) return refuse("a continuation is not spelled as it should be");
  return out;
}

/// What must hold between its members.
Result<void> check(const Continuation& it) {
  if (it.key.name != it.origin) return refuse("the key is not named after the log");
  if (it.taken == 0) return refuse("a log that takes nothing over continues none");
  if (it.old_keys.empty()) return refuse("the old log has no key");
  const std::string& old_origin = it.old_keys.front().name;
  if (old_origin == it.origin) return refuse("a log does not continue itself");
  for (const Verifier& key : it.old_keys) {
    if (key.name != old_origin) return refuse("the old keys are of different logs");
  }
  GAVAH_ASSIGN_AS(const Checkpoint head, open_checkpoint(it.head_note, it.old_keys), "opening the old log's head");
  if (head != it.head) return refuse("the old log's head is not the one that is cited");
  return {};
}

}  // namespace

std::string Continuation::text() const {
  std::string out = format("{}\norigin {}\nkey {}\ntaken {}\nhead {} {}\n", kContinuationFirstLine, origin, key.text(),
                           taken, head.size, to_base64(head.root.view()));
  for (const Verifier& old : old_keys) out += format("old {}\n", old.text());
  return out;
}

Result<std::string> Continuation::sign(const Signer& old_signer, const Signer& new_signer) const {
  const bool is_known = std::ranges::find(old_keys, old_signer.verifier()) != old_keys.end();
  if (auto good = check(*this); !good || !is_known || new_signer.verifier() != key) {
    return fail(ErrorCode::refused,
                good ? "a continuation is signed by an old key and by the new one" : good.error().sentence());
  }
  GAVAH_ASSIGN(const std::string by_new, sign_note(text(), new_signer));
  GAVAH_ASSIGN(Note note, parse_note(by_new));
  note.signatures.push_back({old_signer.name, old_signer.verifier().id(), old_signer.key.sign(note.text)});
  return note_bytes(note) + "\n" + head_note;
}

Result<Continuation> Continuation::open(std::string_view file) {
  if (file.size() > kMaxContinuationBytes) return refuse("a continuation is too large");
  // No text here has an empty line of its own: the first one ends it, the second one ends its signatures.
  const auto body = file.find("\n\n");
  const auto end = body == std::string_view::npos ? body : file.find("\n\n", body + 2);
  if (end == std::string_view::npos) return refuse("a continuation holds two notes");
  const std::string_view note = file.substr(0, end + 1);
  GAVAH_ASSIGN(const Note parsed, parse_note(note));
  GAVAH_ASSIGN(Continuation out, parse(parsed.text));
  out.head_note = file.substr(end + 2);
  if (!out.old_keys.empty()) out.head.origin = out.old_keys.front().name;
  GAVAH_TRY(check(out));
  GAVAH_TRY_AS(open_note(note, std::array{out.key}), "looking for the new log's signature");
  GAVAH_TRY_AS(open_note(note, out.old_keys), "looking for the old log's signature");
  return out;
}

}  // namespace gavah::proof
