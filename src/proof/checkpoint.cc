#include "proof/checkpoint.h"

#include <charconv>

#include "base/bytes.h"
#include "base/format.h"

namespace gavah::proof {
namespace {

std::unexpected<Error> malformed() { return fail(ErrorCode::invalid_input, "malformed checkpoint"); }

}  // namespace

std::string Checkpoint::text() const { return format("{}\n{}\n{}\n", origin, size, to_base64(root.view())); }

Result<Checkpoint> Checkpoint::parse(std::string_view text) {
  const auto first = text.find('\n');
  const auto second = first == std::string_view::npos ? first : text.find('\n', first + 1);
  if (second == std::string_view::npos) return malformed();
  const auto third = text.find('\n', second + 1);
  if (third == std::string_view::npos) return malformed();
  Checkpoint out;
  out.origin = text.substr(0, first);
  const std::string_view digits = text.substr(first + 1, second - first - 1);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out.size);
  if (error != std::errc{} || end != digits.data() + digits.size()) return malformed();
  GAVAH_ASSIGN(out.root, Digest::from_base64(text.substr(second + 1, third - second - 1)));
  if (out.origin.empty()) return malformed();
  if (third + 1 != text.size()) return fail(ErrorCode::invalid_input, "a checkpoint has extension lines");
  if (out.text() != text) return malformed();
  return out;
}

Result<std::string> sign_checkpoint(const Checkpoint& checkpoint, const Signer& signer) {
  if (signer.name != checkpoint.origin) {
    return fail(ErrorCode::refused, format("{} may not sign for {}", signer.name, checkpoint.origin));
  }
  return sign_note(checkpoint.text(), signer);
}

Result<Checkpoint> open_checkpoint(std::string_view note, std::span<const Verifier> log_keys) {
  GAVAH_ASSIGN(const OpenedNote opened, open_note(note, log_keys));
  GAVAH_ASSIGN(Checkpoint checkpoint, Checkpoint::parse(opened.text));
  for (const std::string& name : opened.signed_by) {
    if (name == checkpoint.origin) return checkpoint;
  }
  return fail(ErrorCode::invalid_input, format("no key of {} signed its checkpoint", checkpoint.origin));
}

}  // namespace gavah::proof
