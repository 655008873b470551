#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "html/html.h"

namespace gavah::html {

enum class TokenKind : std::uint8_t { doctype, start_tag, end_tag, comment, text, end };

/// Characters that stand together in the page: a stretch copied byte for byte, or one character reference, line end or
/// byte that cannot stand in text.
struct TextChunk {
  Span source;
  bool is_copied = true;
  std::uint8_t size = 0;          ///< of decoded
  std::array<char, 8> decoded{};  ///< when not copied: at most two characters
  const char* copied = nullptr;   ///< when copied: the page at source.begin
  std::string_view bytes() const {
    return is_copied ? std::string_view(copied, source.size()) : std::string_view(decoded.data(), size);
  }
};

/// What the tokenizer gives (HTML living standard, section 13.2.5). Views last as long as the page and the arena.
struct Token {
  TokenKind kind = TokenKind::end;
  Tag tag = Tag::other;
  bool is_self_closing = false;
  bool forces_quirks = false;  ///< doctype
  Span source;
  std::string_view name;            ///< tag: lower case; doctype
  std::size_t first_attribute = 0;  ///< start tag: in the tokenizer's list, which the token's attributes end
  std::optional<std::string_view> doctype_name;
  std::optional<std::string_view> public_id;
  std::optional<std::string_view> system_id;
  std::string_view comment;
  TextChunk text;
};

}  // namespace gavah::html
