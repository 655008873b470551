#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>

namespace gavah {

/// Where random bytes come from; injected so that tests repeat.
class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::uint8_t> out) = 0;

  std::string bytes(std::size_t count);
  template <std::size_t N>
  std::array<std::uint8_t, N> array() {
    std::array<std::uint8_t, N> out{};
    fill(out);
    return out;
  }
};

/// The system's cryptographic generator. Any thread.
class SystemRandom final : public Random {
 public:
  void fill(std::span<std::uint8_t> out) override;
};

/// Repeatable bytes from a seed (SHA-256 in counter mode). For tests and generators, never for keys. One thread.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : seed_(seed) {}
  void fill(std::span<std::uint8_t> out) override;

 private:
  std::uint64_t seed_;
  std::uint64_t counter_ = 0;
};

}  // namespace gavah
