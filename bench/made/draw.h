#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace gavah::bench {

/// Repeatable draws from a seed (splitmix64, Steele et al. 2014): fast enough for a million reports.
class Draw {
 public:
  explicit Draw(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
  }
  /// In [0, bound), bound at least 1.
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }
  /// In [low, high].
  int between(int low, int high) { return low + static_cast<int>(below(static_cast<std::size_t>(high - low) + 1)); }
  /// True so many times in a hundred.
  bool chance(std::size_t percent) { return below(100) < percent; }
  template <class T, std::size_t N>
  const T& pick(std::span<const T, N> from) {
    return from[below(from.size())];
  }

 private:
  std::uint64_t state_;
};

}  // namespace gavah::bench
