#include "base/random.h"

#include <openssl/rand.h>

#include <algorithm>

#include "base/bytes.h"
#include "base/check.h"
#include "base/digest.h"

namespace gavah {

std::string Random::bytes(std::size_t count) {
  std::string out(count, '\0');
  fill({reinterpret_cast<std::uint8_t*>(out.data()), out.size()});
  return out;
}

void SystemRandom::fill(std::span<std::uint8_t> out) {
  GAVAH_CHECK(out.size() < (1U << 30U));
  GAVAH_CHECK(RAND_bytes(out.data(), static_cast<int>(out.size())) == 1);
}

void SeededRandom::fill(std::span<std::uint8_t> out) {
  for (std::size_t at = 0; at < out.size(); at += 32) {
    std::string message = "gavah/seeded-random/0";
    append_u64_be(message, seed_);
    append_u64_be(message, counter_++);
    const Digest block = sha256(message);
    const std::size_t count = std::min<std::size_t>(32, out.size() - at);
    std::copy_n(block.bytes.begin(), count, out.begin() + static_cast<std::ptrdiff_t>(at));
  }
}

}  // namespace gavah
