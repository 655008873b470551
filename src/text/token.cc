#include "text/token.h"

namespace gavah::text {
namespace {

enum class ByteClass : std::uint8_t { space, letter, digit, other };

constexpr ByteClass class_of(unsigned char byte) {
  if (byte >= 0x80 || (byte >= 'a' && byte <= 'z')) return ByteClass::letter;
  if (byte >= '0' && byte <= '9') return ByteClass::digit;
  if (byte == ' ' || byte == '\n') return ByteClass::space;
  return ByteClass::other;
}

TokenKind kind_of(ByteClass byte_class) {
  if (byte_class == ByteClass::letter) return TokenKind::word;
  return byte_class == ByteClass::digit ? TokenKind::number : TokenKind::punctuation;
}

}  // namespace

bool is_word_byte(unsigned char byte) {
  const ByteClass byte_class = class_of(byte);
  return byte_class == ByteClass::letter || byte_class == ByteClass::digit;
}

std::vector<Token> tokenize(const Folded& folded) {
  const std::string_view text = folded.text();
  std::vector<Token> tokens;
  tokens.reserve(text.size() / 5 + 4);
  bool spaced = true;
  std::uint32_t at = 0;
  const auto size = static_cast<std::uint32_t>(text.size());
  while (at < size) {
    const ByteClass first = class_of(static_cast<unsigned char>(text[at]));
    if (first == ByteClass::space) {
      spaced = true;
      ++at;
      continue;
    }
    std::uint32_t end = at + 1;
    while (first != ByteClass::other && end < size) {
      const ByteClass next = class_of(static_cast<unsigned char>(text[end]));
      if (next != first && !(first == ByteClass::letter && next == ByteClass::digit && text[end - 1] > 0)) break;
      ++end;
    }
    const Span span{at, end};
    tokens.push_back(Token{folded.original_span(span), span, kind_of(first), spaced});
    spaced = false;
    at = end;
  }
  return tokens;
}

}  // namespace gavah::text
