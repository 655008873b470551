#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/signature.h"

namespace gavah::proof {

using KeyId = std::array<std::uint8_t, 4>;

/// What a key signs, the byte that C2SP signed-note puts before the key. Others (ECDSA, ML-DSA) are refused by name.
enum class KeyKind : std::uint8_t {
  note = 1,        ///< Ed25519 over the note's text: logs, releases
  cosignature = 4  ///< Ed25519 over the text and a time (C2SP tlog-cosignature): witnesses
};

/// True for what may stand as a name in a note: UTF-8 without white space, control characters or '+', not empty.
[[nodiscard]] bool is_key_name(std::string_view name);

/// The first four bytes of SHA-256(name || 0x0A || kind || key).
KeyId key_id(std::string_view name, KeyKind kind, const Ed25519PublicKey& key);

/// "NAME+HEX8+BASE64(kind || 32 bytes)": a vkey, and, after "PRIVATE+KEY+", an skey.
std::string key_text(std::string_view name, const KeyId& id, KeyKind kind, std::string_view key_or_seed);
struct KeyParts {
  std::string name;
  std::string key_or_seed;  ///< 32 bytes
};
/// Form only, the id is not looked at: write the key again and compare. invalid_input for another kind than `kind`.
Result<KeyParts> parse_key_text(std::string_view text, KeyKind kind);

inline constexpr std::string_view kPrivateKeyPrefix = "PRIVATE+KEY+";

}  // namespace gavah::proof
