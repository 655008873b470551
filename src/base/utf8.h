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

/// decode_utf8() of a byte that is not ASCII.
CodePoint decode_multibyte(std::string_view text, std::size_t at);
/// append_utf8() of what is not ASCII.
void append_multibyte(std::string& out, char32_t value);

/// Decodes at `at` (< text.size()). Rejects overlong forms, surrogates, values above U+10FFFD's plane
/// (Unicode 15, table 3-7); each ill-formed byte gives U+FFFD and is one byte long.
inline CodePoint decode_utf8(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  return lead < 0x80U ? CodePoint{static_cast<char32_t>(lead), 1} : decode_multibyte(text, at);
}

inline void append_utf8(std::string& out, char32_t value) {
  if (value < 0x80) {
    out.push_back(static_cast<char>(value));
  } else {
    append_multibyte(out, value);
  }
}

/// The first byte of `text` at or after `at` that is not ASCII, or its size.
std::size_t past_ascii(std::string_view text, std::size_t at);

/// True when every sequence is well formed.
[[nodiscard]] bool is_utf8(std::string_view text);

/// The longest prefix of at most `limit_bytes` that does not cut a code point.
std::string_view utf8_prefix(std::string_view text, std::size_t limit_bytes);

}  // namespace gavah
