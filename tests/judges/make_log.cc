// Makes a bare log of made-up entries as our own writer of tiles leaves it, for judges and benchmarks:
//   make_log DIRECTORY ORIGIN ENTRY_BYTES SIZE...
// The sizes ascend; the log grows from one to the next and is signed at each. Writes DIRECTORY/{checkpoint,tile/…},
// beside it DIRECTORY.vkey with the key, and DIRECTORY.SIZE with the checkpoint of each size.
#include <cstdlib>

#include "base/bytes.h"
#include "base/disk.h"
#include "base/format.h"
#include "base/random.h"
#include "proof/proof.h"
#include "store/store.h"

namespace gavah {
namespace {

/// Entry `index`: its number, then bytes that no compressor and no cache of hashes could guess.
std::string entry(proof::LeafIndex index, std::size_t size_bytes) {
  std::string out = format("entry {}\n", index);
  SeededRandom random(index + 1);
  out += to_hex(random.bytes(size_bytes / 2 + 1));
  out.resize(size_bytes, '.');
  return out;
}

struct Order {
  std::string directory;
  std::string origin;
  std::size_t entry_bytes = 0;
  std::vector<std::uint64_t> sizes;
};

Result<void> make(const Order& order) {
  RealDisk disk;
  SystemRandom random;
  GAVAH_ASSIGN(const proof::Signer signer, proof::Signer::generate(order.origin, random));
  GAVAH_TRY(disk.replace(order.directory + ".vkey", signer.verifier().text() + "\n"));
  GAVAH_TRY(disk.make_directories(order.directory));
  store::Tiles tiles(disk, order.directory);
  const auto leaves = [&](proof::LeafIndex begin, proof::LeafIndex end, const auto& visit) -> Result<void> {
    for (proof::LeafIndex index = begin; index < end; ++index) {
      GAVAH_TRY(visit(index, entry(index, order.entry_bytes)));
    }
    return {};
  };
  std::uint64_t from = 0;
  for (const std::uint64_t size : order.sizes) {
    GAVAH_ASSIGN(const proof::CompactRange range, tiles.grow(from, size, leaves));
    GAVAH_ASSIGN(const std::string note, proof::sign_checkpoint({order.origin, size, range.root()}, signer));
    GAVAH_TRY(tiles.replace_checkpoint(note));
    GAVAH_TRY(disk.replace(format("{}.{}", order.directory, size), note));
    GAVAH_TRY(tiles.remove_partials(from, size));
    from = size;
  }
  return {};
}

int run(std::span<char*> words) {
  if (words.size() < 5) {
    fmt::print(stderr, "usage: make_log DIRECTORY ORIGIN ENTRY_BYTES SIZE...\n");
    return 2;
  }
  Order order{words[1], words[2], std::strtoul(words[3], nullptr, 10), {}};
  for (char* size : words.subspan(4)) order.sizes.push_back(std::strtoull(size, nullptr, 10));
  const auto made = make(order);
  if (!made) fmt::print(stderr, "make_log: {}\n", made.error().sentence());
  return made ? 0 : 4;
}

}  // namespace
}  // namespace gavah

int main(int count, char** words) { return gavah::run({words, static_cast<std::size_t>(count)}); }
