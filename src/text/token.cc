#include "text/token.h"

namespace gavah::text {
namespace {

TokenKind kind_of(ByteClass byte_class) {
  if (byte_class == ByteClass::letter) return TokenKind::word;
  return byte_class == ByteClass::digit ? TokenKind::number : TokenKind::punctuation;
}

/// Past the token that starts with a byte of class `first` at `at`.
std::uint32_t past_token(std::string_view text, std::uint32_t at, ByteClass first) {
  const auto size = static_cast<std::uint32_t>(text.size());
  std::uint32_t end = at + 1;
  if (first == ByteClass::other) return end;
  while (true) {
    while (end < size && class_of(text[end]) == first) ++end;
    const bool has_digit = first == ByteClass::letter && end < size && class_of(text[end]) == ByteClass::digit;
    if (!has_digit || text[end - 1] <= 0) return end;
    ++end;
  }
}

}  // namespace

std::vector<Token> tokenize(const Folded& folded) {
  const std::string_view text = folded.text();
  std::vector<Token> tokens;
  tokens.reserve(text.size() / 5 + 4);
  bool spaced = true;
  std::uint32_t at = 0;
  const auto size = static_cast<std::uint32_t>(text.size());
  while (at < size) {
    const ByteClass first = class_of(text[at]);
    if (first == ByteClass::space) {
      spaced = true;
      ++at;
      continue;
    }
    const std::uint32_t end = past_token(text, at, first);
    const Span span{at, end};
    tokens.push_back(
        Token{folded.original_span(span), span, kind_of(first), spaced, word_hash(text.substr(at, end - at))});
    spaced = false;
    at = end;
  }
  return tokens;
}

}  // namespace gavah::text
