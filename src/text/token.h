#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "model/span.h"
#include "text/fold.h"

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
};

/// All tokens in order. ZWNJ separates tokens, as a space does; so do apostrophes and hyphens, which are tokens.
std::vector<Token> tokenize(const Folded& folded);

/// True for the lead byte of a folded letter (ASCII letter or any byte of a multi-byte character that is not
/// punctuation).
bool is_word_byte(unsigned char byte);

}  // namespace gavah::text
