#include "proof/key_text.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/digest.h"
#include "base/format.h"
#include "base/utf8.h"

namespace gavah::proof {
namespace {

constexpr std::size_t kSeedOrKeyBytes = 32;
constexpr char kMlDsa44 = 0x06;  // C2SP signed-note

/// Unicode's White_Space property.
bool is_space(char32_t c) {
  return (c >= 0x09 && c <= 0x0d) || c == 0x20 || c == 0x85 || c == 0xa0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

std::unexpected<Error> malformed(std::string_view what) {
  return fail(ErrorCode::invalid_input, format("malformed {}", what));
}

char byte_of(KeyKind kind) { return static_cast<char>(kind); }

}  // namespace

bool is_key_name(std::string_view name) {
  if (name.empty() || !is_utf8(name)) return false;
  for (std::size_t at = 0; at < name.size();) {
    const CodePoint point = decode_utf8(name, at);
    if (point.value < 0x20 || point.value == 0x7f || point.value == '+' || is_space(point.value)) return false;
    at += point.size_bytes;
  }
  return true;
}

KeyId key_id(std::string_view name, KeyKind kind, const Ed25519PublicKey& key) {
  std::string message(name);
  message.push_back('\n');
  message.push_back(byte_of(kind));
  const Digest digest = sha256(message, key.view());
  KeyId out{};
  std::copy_n(digest.bytes.begin(), out.size(), out.begin());
  return out;
}

std::string key_text(std::string_view name, const KeyId& id, KeyKind kind, std::string_view key_or_seed) {
  const std::string id_hex = to_hex({reinterpret_cast<const char*>(id.data()), id.size()});
  return format("{}+{}+{}", name, id_hex, to_base64(std::string(1, byte_of(kind)).append(key_or_seed)));
}

Result<KeyParts> parse_key_text(std::string_view text, KeyKind kind) {
  const auto first = text.find('+');
  const auto second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos) return malformed("key text");
  KeyParts out;
  out.name = text.substr(0, first);
  GAVAH_ASSIGN(const std::string raw, from_base64(text.substr(second + 1)));
  if (!is_key_name(out.name)) return malformed("key name");
  if (raw.empty()) return malformed("key text");
  if (raw.front() == kMlDsa44) {
    return fail(
        ErrorCode::invalid_input,
        format("the key of {} is of ML-DSA-44 (type 0x06), which this format does not have yet: an Ed25519 key of "
               "type {:#04x} is needed",
               out.name, static_cast<unsigned>(kind)));
  }
  if (raw.front() != byte_of(kind)) {
    return fail(ErrorCode::invalid_input,
                format("the key of {} is of type {:#04x}; here only type {:#04x} can stand", out.name,
                       static_cast<unsigned char>(raw.front()), static_cast<unsigned>(kind)));
  }
  if (raw.size() != 1 + kSeedOrKeyBytes) return malformed("Ed25519 key");
  out.key_or_seed = raw.substr(1);
  return out;
}

}  // namespace gavah::proof
