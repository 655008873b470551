// rooms: seal store age proof model base
// Durable appends through seal::LogWriter: leaves of the size that a capture's leaf has, one transaction a batch, each
// batch on stable storage (ledger and keyring synced) before it is acknowledged, then tiles and the signed head. Prints
// "ENTRIES APPEND_SECONDS SEAL_SECONDS LEAF_BYTES"; bench/log sets it beside Tessera's driver.
//   append_bench FOLDER ENTRIES BATCH
#include <chrono>
#include <cstdlib>
#include <span>

#include "base/format.h"
#include "seal/seal.h"
#include "store/store.h"

namespace gavah {
namespace {

using Time = std::chrono::steady_clock;

double seconds_since(Time::time_point begin) { return std::chrono::duration<double>(Time::now() - begin).count(); }

struct Times {
  double append_s = 0;
  double seal_s = 0;
  std::size_t leaf_bytes = 0;
};

Result<Times> measure(const std::string& folder, std::size_t entries, std::size_t batch) {
  RealDisk disk;
  SystemClock clock;
  SystemRandom random;
  seal::CreateOptions options;
  options.protection = store::Protection::unprotected;
  GAVAH_TRY(seal::create(disk, folder + "/case", folder + "/state", options, clock, random));
  const auto nothing = [] { return Result<std::string>(std::string()); };
  GAVAH_ASSIGN(store::Chronicle chronicle, store::Chronicle::open(disk, folder + "/case", nothing));
  GAVAH_ASSIGN(seal::LogWriter log, seal::LogWriter::open(chronicle, folder + "/state", clock, random));
  Times out;
  const auto begin = Time::now();
  for (std::size_t done = 0; done < entries; done += batch) {
    std::vector<Source> sources(std::min(batch, entries - done));
    for (std::size_t i = 0; i < sources.size(); ++i) sources[i].id = format("source-{}", done + i);
    GAVAH_TRY(log.append_sources(sources));
  }
  out.append_s = seconds_since(begin);
  const auto sealing = Time::now();
  GAVAH_TRY(log.seal());
  out.seal_s = seconds_since(sealing);
  GAVAH_ASSIGN(const std::string leaf, chronicle.ledger().leaf(entries));
  out.leaf_bytes = leaf.size();
  return out;
}

int run(std::span<char*> words) {
  if (words.size() != 4) {
    fmt::print(stderr, "usage: append_bench FOLDER ENTRIES BATCH\n");
    return 2;
  }
  const std::size_t entries = std::strtoull(words[2], nullptr, 10);
  const auto times = measure(words[1], entries, std::strtoull(words[3], nullptr, 10));
  if (!times) {
    fmt::print(stderr, "append_bench: {}\n", times.error().sentence());
    return 4;
  }
  fmt::print("{} {:.3f} {:.3f} {}\n", entries, times->append_s, times->seal_s, times->leaf_bytes);
  return 0;
}

}  // namespace
}  // namespace gavah

int main(int count, char** words) { return gavah::run({words, static_cast<std::size_t>(count)}); }
