// rooms: pipeline seal store base
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "base/format.h"
#include "base/scratch_folder.h"
#include "pipeline/pipeline.h"

// What sealed pages cost: the same files are added to a chronicle whose pages are sealed and to one whose pages lie
// open, and each is derived from nothing, in turns. usage: sealed_bench ROUNDS PATH... (files that `generate` made).
// Folder: $TMPDIR or /tmp. Derived pages are synced once, at the end.

namespace gavah {
namespace {

class BenchWorld final : public pipeline::World {
 public:
  explicit BenchWorld(std::string state) : state_(std::move(state)) {}
  Disk& disk() override { return disk_; }
  const Clock& clock() override { return clock_; }
  Random& random() override { return random_; }
  std::string state_directory() override { return state_; }
  Result<confine::Workers*> workers() override { return nullptr; }

 private:
  RealDisk disk_;
  FixedClock clock_{Instant::parse("2031-05-06T10:00:00Z").value()};
  SystemRandom random_;
  std::string state_;
};

std::unique_ptr<pipeline::Chronicle> filled(BenchWorld& world, const std::string& directory, store::Pages pages,
                                            const std::vector<std::string>& paths) {
  seal::CreateOptions create;
  create.protection = store::Protection::unprotected;
  create.pages = pages;
  const auto made =
      seal::create(world.disk(), directory, world.state_directory(), create, world.clock(), world.random());
  auto chronicle = pipeline::Chronicle::open(world, {.directory = directory,
                                                     .access = pipeline::Access::read_write,
                                                     .ask_passphrase = [] { return Result<std::string>(""); }});
  pipeline::AddOptions add;
  add.paths = paths;
  if (!made || !chronicle || !pipeline::add(**chronicle, add)) std::abort();
  return *std::move(chronicle);
}

double seconds_to_derive(pipeline::Chronicle& chronicle, std::string& digest) {
  const auto begin = std::chrono::steady_clock::now();
  const auto derived = pipeline::rebuild(chronicle, {.threads = 0, .progress = {}});
  if (!derived) std::abort();
  digest = format("{} reports, {} events", derived->reports, derived->events);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

int run(int rounds, const std::vector<std::string>& paths) {
  const ScratchFolder folder;
  BenchWorld world(folder.path("state"));
  const auto open = filled(world, folder.path("open"), store::Pages::open, paths);
  const auto sealed = filled(world, folder.path("sealed"), store::Pages::sealed, paths);
  std::vector<double> open_s;
  std::vector<double> sealed_s;
  std::string counts;
  for (int round = 0; round < rounds; ++round) {
    open_s.push_back(seconds_to_derive(*open, counts));
    sealed_s.push_back(seconds_to_derive(*sealed, counts));
    std::printf("round %d: open %.2f s, sealed %.2f s\n", round, open_s.back(), sealed_s.back());
  }
  const double best_open = *std::ranges::min_element(open_s);
  const double best_sealed = *std::ranges::min_element(sealed_s);
  std::printf("%s; best of %d: open %.2f s, sealed %.2f s: %+.1f %%\n", counts.c_str(), rounds, best_open, best_sealed,
              100.0 * (best_sealed / best_open - 1.0));
  return 0;
}

}  // namespace
}  // namespace gavah

int main(int count, char** words) {
  if (count < 3) {
    std::fprintf(stderr, "usage: sealed_bench ROUNDS PATH...\n");
    return 2;
  }
  return gavah::run(std::atoi(words[1]), {words + 2, words + count});
}
