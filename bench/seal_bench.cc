// rooms: age model base
// Sealing of objects: bytes in memory to an age payload (ChaCha20-Poly1305 in chunks of 64 KiB) with the SHA-256 of the
// plaintext and of the payload, on one core, written nowhere. Prints "BYTES SECONDS" of the best of five rounds;
// bench/log sets it beside what `openssl speed` gives for SHA-256 and ChaCha20-Poly1305 in series.
//   seal_bench MEBIBYTES
#include <chrono>
#include <cstdlib>
#include <span>

#include "age/age.h"
#include "base/format.h"

namespace gavah {
namespace {

constexpr int kRounds = 5;

/// Takes the payload and drops it.
class Nowhere final : public FileWriter {
 public:
  Result<void> append(std::string_view) override { return {}; }
  Result<void> sync() override { return {}; }
};

int run(std::span<char*> words) {
  if (words.size() != 2) {
    fmt::print(stderr, "usage: seal_bench MEBIBYTES\n");
    return 2;
  }
  const std::string plain(std::strtoull(words[1], nullptr, 10) << 20U, 'g');
  SystemRandom random;
  const age::Recipient recipient = age::Identity::generate(random).recipient();
  double best_s = 0;
  for (int round = 0; round < kRounds; ++round) {
    Nowhere out;
    const auto begin = std::chrono::steady_clock::now();
    const auto sealed = age::seal(MemorySource(plain), std::span(&recipient, 1), random, out);
    const double taken_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    if (!sealed) return 4;
    if (round == 0 || taken_s < best_s) best_s = taken_s;
  }
  fmt::print("{} {:.4f}\n", plain.size(), best_s);
  return 0;
}

}  // namespace
}  // namespace gavah

int main(int count, char** words) { return gavah::run({words, static_cast<std::size_t>(count)}); }
