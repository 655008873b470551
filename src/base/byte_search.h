#pragma once

#include <cstddef>
#include <string_view>

namespace gavah {

/// As text.find(wanted, from), sixteen places at a time where the machine can: string_view::find stops at each place
/// that has the first byte. Any bytes; `from` may lie behind the end.
std::size_t find_bytes(std::string_view text, std::string_view wanted, std::size_t from = 0);

/// True when `wanted` stands somewhere in `text`.
[[nodiscard]] inline bool holds_bytes(std::string_view text, std::string_view wanted) {
  return find_bytes(text, wanted) != std::string_view::npos;
}

/// Characters of UTF-8: bytes that continue none. Linear, sixteen bytes at a time.
std::size_t count_characters(std::string_view text);
/// The same without white space and control characters (below and including U+0020).
std::size_t count_visible_characters(std::string_view text);

/// Letters of ASCII, a to z in either case. Linear, sixteen bytes at a time.
std::size_t count_ascii_letters(std::string_view text);

}  // namespace gavah
