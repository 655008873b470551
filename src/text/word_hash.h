#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace gavah::text {

/// A hash for tables: eight bytes at a time, in the order that little-endian machines have them. Compiled gazetteers
/// hold tables made with it: who changes it raises their version (place/compiled.h), as a test there says.
inline std::uint32_t word_hash(std::string_view word) {
  constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15U;  // 2^64 over the golden ratio
  const auto mixed = [](std::uint64_t h) {
    h *= kOdd;
    return h ^ (h >> 32U);
  };
  const auto eight_at = [&](std::size_t at) {
    std::uint64_t out = 0;
    std::memcpy(&out, word.data() + at, sizeof(out));
    return out;
  };
  const auto four_at = [&](std::size_t at) {
    std::uint32_t out = 0;
    std::memcpy(&out, word.data() + at, sizeof(out));
    return std::uint64_t{out};
  };
  const auto byte_at = [&](std::size_t at) { return std::uint64_t{static_cast<unsigned char>(word[at])}; };
  const std::size_t size = word.size();
  std::uint64_t hash = size;
  if (size >= 8) {
    for (std::size_t at = 0; at + 8 < size; at += 8) hash = mixed(hash ^ eight_at(at));
    hash ^= eight_at(size - 8);
  } else if (size >= 4) {
    hash ^= (four_at(0) << 32U) ^ four_at(size - 4) ^ (std::uint64_t{size} << 61U);
  } else if (size > 0) {
    hash ^= (byte_at(0) << 16U) | (byte_at(size / 2) << 8U) | (byte_at(size - 1) << 24U);
  }
  return static_cast<std::uint32_t>(mixed(mixed(hash)));
}

}  // namespace gavah::text
