#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace gavah::extract {

/// Words, looked up by their first byte: a line meets only those that begin as it does. Made at compile time or once.
template <std::size_t kCount>
class WordList {
 public:
  /// `words` are not empty and outlive the list.
  constexpr explicit WordList(const std::array<std::string_view, kCount>& words) {
    for (const std::string_view word : words) ++first_[bucket_of(word) + 1];
    for (std::size_t byte = 0; byte < 256; ++byte)
      first_[byte + 1] = static_cast<std::uint16_t>(first_[byte + 1] + first_[byte]);
    std::array<std::uint16_t, 257> next = first_;
    for (const std::string_view word : words) words_[next[bucket_of(word)]++] = word;
  }

  /// True when `line` is one of the words.
  [[nodiscard]] constexpr bool holds(std::string_view line) const {
    return met(line, [&](std::string_view word) { return line == word; });
  }
  /// True when `line` begins with one of the words.
  [[nodiscard]] constexpr bool begins(std::string_view line) const {
    return met(line, [&](std::string_view word) { return line.starts_with(word); });
  }

 private:
  static constexpr std::size_t bucket_of(std::string_view word) { return static_cast<unsigned char>(word.front()); }
  template <class Meets>
  constexpr bool met(std::string_view line, Meets meets) const {
    if (line.empty()) return false;
    const std::size_t bucket = bucket_of(line);
    return std::any_of(words_.begin() + first_[bucket], words_.begin() + first_[bucket + 1], meets);
  }

  std::array<std::string_view, kCount> words_{};
  std::array<std::uint16_t, 257> first_{};
};

}  // namespace gavah::extract
