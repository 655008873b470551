#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace gavah {

/// Which pairs of neighbouring bytes stand in a text, so that most of many phrases are known not to stand in it without
/// a search for each. 1 ns a byte to make, 512 bytes; some pairs share a place, which makes answers milder, never
/// wrong.
class BytePairs {
 public:
  explicit BytePairs(std::string_view text);

  /// False when a pair of `phrase` does not stand in the text, and so neither does `phrase`. Phrases below two bytes
  /// may always.
  [[nodiscard]] bool may_hold(std::string_view phrase) const {
    for (std::size_t i = 1; i < phrase.size(); ++i) {
      const std::size_t place = place_of(phrase[i - 1], phrase[i]);
      if ((places_[place / 64] >> (place % 64) & 1U) == 0) return false;
    }
    return true;
  }

 private:
  static constexpr std::size_t kPlaces = 4096;
  static std::size_t place_of(char first, char second) {
    return (static_cast<unsigned char>(first) * 37U + static_cast<unsigned char>(second) * 64U) % kPlaces;
  }
  std::array<std::uint64_t, kPlaces / 64> places_{};
};

}  // namespace gavah
