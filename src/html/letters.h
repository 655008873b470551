#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace gavah::html {

/// What a byte means inside of a tag; bits, so that a run of bytes can be judged by their union.
enum Letter : std::uint8_t {
  kSpace = 1,     ///< tab, line feed, form feed, carriage return, space
  kEndsName = 2,  ///< of a tag: white space, '/', '>'
  kEndsAttributeName = 4,
  kUpper = 8,
  kNull = 16,
  kEndsValue = 32,  ///< without quotes: white space, '>'
};

inline constexpr std::array<std::uint8_t, 256> kLetters = [] {
  std::array<std::uint8_t, 256> out{};
  for (const char c : {'\t', '\n', '\f', '\r', ' '})
    out[static_cast<unsigned char>(c)] = kSpace | kEndsName | kEndsAttributeName | kEndsValue;
  out['/'] = kEndsName | kEndsAttributeName;
  out['>'] = kEndsName | kEndsAttributeName | kEndsValue;
  out['='] = kEndsAttributeName;
  for (unsigned c = 'A'; c <= 'Z'; ++c) out[c] = kUpper;
  out[0] = kNull;
  return out;
}();

constexpr std::uint8_t letter(char c) { return kLetters[static_cast<unsigned char>(c)]; }
constexpr bool is_space(char c) { return (letter(c) & kSpace) != 0; }
constexpr char lower(char c) { return (letter(c) & kUpper) != 0 ? static_cast<char>(c + ('a' - 'A')) : c; }
constexpr bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_alnum(char c) { return is_alpha(c) || is_digit(c); }

/// Equal but for the case of ASCII letters; `small` is in lower case.
constexpr bool is_same_word(std::string_view text, std::string_view small) {
  if (text.size() != small.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (lower(text[i]) != small[i]) return false;
  }
  return true;
}

/// U+FFFD in UTF-8, which stands for bytes that cannot be text.
inline constexpr char kReplacement[] = "\xEF\xBF\xBD";

}  // namespace gavah::html
