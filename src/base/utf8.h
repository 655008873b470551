#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gavah {

/// One decoded code point and how many bytes it took (1 to 4; 1 for an ill-formed byte, with value U+FFFD).
struct CodePoint {
  char32_t value = 0;
  std::uint8_t size_bytes = 1;
};

/// Decodes at `at` (< text.size()). Rejects overlong forms, surrogates, values above U+10FFFD's plane
/// (Unicode 15, table 3-7); each ill-formed byte gives U+FFFD and is one byte long.
CodePoint decode_utf8(std::string_view text, std::size_t at);

void append_utf8(std::string& out, char32_t value);

/// True when every sequence is well formed.
[[nodiscard]] bool is_utf8(std::string_view text);

/// The longest prefix of at most `limit_bytes` that does not cut a code point.
std::string_view utf8_prefix(std::string_view text, std::size_t limit_bytes);

}  // namespace gavah
