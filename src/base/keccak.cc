#include "base/keccak.h"

#include <array>
#include <bit>
#include <cstdint>
#include <utility>

namespace gavah {
namespace {

// FIPS 202 section 3: a state of 5 × 5 lanes of 64 bits, lane (x, y) at x + 5 y.
using State = std::array<std::uint64_t, 25>;
constexpr int kRounds = 24;
constexpr std::size_t kRateBytes = 136;  // for 256 bits of output

/// One step of the register that the round constants come from (FIPS 202 algorithm 5).
bool next_bit(std::uint32_t& shift_register) {
  const bool bit = (shift_register & 1U) != 0;
  const bool carries = (shift_register & 0x80U) != 0;
  shift_register = (shift_register << 1U & 0xffU) ^ (carries ? 0x71U : 0U);
  return bit;
}

void theta(State& state) {
  std::array<std::uint64_t, 5> column{};
  for (std::size_t i = 0; i < 25; ++i) column[i % 5] ^= state[i];
  for (std::size_t i = 0; i < 25; ++i) state[i] ^= column[(i + 4) % 5] ^ std::rotl(column[(i + 1) % 5], 1);
}

void rho_and_pi(State& state) {
  std::size_t x = 1;
  std::size_t y = 0;
  std::uint64_t carried = state[1];
  for (int step = 1; step <= 24; ++step) {
    const std::size_t next = (2 * x + 3 * y) % 5;
    x = y;
    y = next;
    carried = std::exchange(state[x + 5 * y], std::rotl(carried, step * (step + 1) / 2 % 64));
  }
}

void chi(State& state) {
  for (std::size_t y = 0; y < 25; y += 5) {
    std::array<std::uint64_t, 5> row{};
    for (std::size_t x = 0; x < 5; ++x) row[x] = state[y + x];
    for (std::size_t x = 0; x < 5; ++x) state[y + x] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]);
  }
}

void permute(State& state) {
  std::uint32_t shift_register = 1;
  for (int round = 0; round < kRounds; ++round) {
    theta(state);
    rho_and_pi(state);
    chi(state);
    for (std::uint32_t bit = 0; bit < 7; ++bit) {
      if (next_bit(shift_register)) state[0] ^= std::uint64_t{1} << ((1U << bit) - 1);
    }
  }
}

void absorb(State& state, std::size_t at, std::uint8_t byte) { state[at / 8] ^= std::uint64_t{byte} << (at % 8 * 8); }

}  // namespace

std::string keccak256(std::string_view bytes) {
  State state{};
  std::size_t at = 0;
  for (const char c : bytes) {
    absorb(state, at, static_cast<std::uint8_t>(c));
    if (++at == kRateBytes) {
      permute(state);
      at = 0;
    }
  }
  absorb(state, at, 0x01);
  absorb(state, kRateBytes - 1, 0x80);
  permute(state);
  std::string out;
  for (std::size_t i = 0; i < 32; ++i) out.push_back(static_cast<char>(state[i / 8] >> (i % 8 * 8) & 0xffU));
  return out;
}

}  // namespace gavah
