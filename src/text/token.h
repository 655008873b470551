#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "model/span.h"
#include "text/fold.h"
#include "text/word_hash.h"

namespace gavah::text {

enum class TokenKind : std::uint8_t {
  word,         ///< letters, and digits that follow a letter ("covid19")
  number,       ///< a run of ASCII digits after folding, without separators
  punctuation,  ///< one character that is neither letter, digit nor space
};

/// A piece of text without white space.
struct Token {
  Span span;    ///< bytes of the original text
  Span folded;  ///< bytes of the folded text
  TokenKind kind = TokenKind::word;
  /// A space, ZWNJ or line break stands between this token and the one before it; true for the first token.
  bool spaced = true;
  std::uint32_t hash = 0;  ///< word_hash of the folded bytes
};

/// All tokens in order. ZWNJ separates tokens, as a space does; so do apostrophes and hyphens, which are tokens.
std::vector<Token> tokenize(const Folded& folded);

/// What a byte of folded text is; any byte of a character that is not ASCII counts as a letter.
enum class ByteClass : std::uint8_t { other, space, digit, letter };

namespace detail {
consteval std::array<ByteClass, 256> byte_classes() {
  std::array<ByteClass, 256> out{};
  for (std::size_t byte = 0; byte < out.size(); ++byte) {
    if (byte >= 0x80 || (byte >= 'a' && byte <= 'z')) out[byte] = ByteClass::letter;
    if (byte >= '0' && byte <= '9') out[byte] = ByteClass::digit;
    if (byte == ' ' || byte == '\n') out[byte] = ByteClass::space;
  }
  return out;
}
inline constexpr std::array<ByteClass, 256> kByteClasses = byte_classes();
}  // namespace detail

inline ByteClass class_of(char byte) { return detail::kByteClasses[static_cast<unsigned char>(byte)]; }

/// True for the lead byte of a folded letter (ASCII letter or any byte of a multi-byte character that is not
/// punctuation) and for digits.
inline bool is_word_byte(unsigned char byte) { return detail::kByteClasses[byte] >= ByteClass::digit; }

}  // namespace gavah::text
