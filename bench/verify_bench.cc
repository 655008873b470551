// rooms: case verify publish proof model base
// Times `verify` of an edition of 100,000 events: input made by make_large_case (seed 1), files in a temporary
// directory (warm page cache), one thread and all cores. The mark is 10 s on two cores. GAVAH_BENCH_EVENTS: another
// number of events; GAVAH_BENCH_EVIDENCE_MIB: so many MiB of preserved bytes more, in parts of a MiB that no event
// rests on.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>

#include "base/check.h"
#include "base/format.h"
#include "small_case.h"

namespace gavah {
namespace {

std::size_t wanted_number(const char* name, std::size_t otherwise) {
  const char* wanted = std::getenv(name);
  return wanted == nullptr ? otherwise : std::strtoull(wanted, nullptr, 10);
}

void add_evidence(tests::SmallCase& to, std::size_t mib) {
  if (mib == 0) return;
  to.policy.evidence = proof::Evidence::all;
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < mib; ++i) texts.emplace_back(format("{:08} ", i) + std::string((1U << 20U) - 9, 'e'));
  to.add_capture(texts);
  to.plan();
}

/// The edition on disk, made once.
struct Input {
  tests::SmallCase large;
  std::string directory;
};

const Input& input() {
  static const Input made = [] {
    const auto root = std::filesystem::temp_directory_path() / "gavah-verify-bench";
    std::filesystem::remove_all(root);
    std::filesystem::create_directories(root);
    Input out{tests::make_large_case(wanted_number("GAVAH_BENCH_EVENTS", 100'000)), (root / "edition").string()};
    add_evidence(out.large, wanted_number("GAVAH_BENCH_EVIDENCE_MIB", 0));
    RealDisk disk;
    const auto written = out.large.write(disk, out.directory);
    if (!written) fmt::print(stderr, "{}\n", written.error().sentence());
    GAVAH_CHECK(written.has_value());
    return out;
  }();
  return made;
}

void verify_edition(benchmark::State& state) {
  const Input& in = input();
  RealDisk disk;
  for (auto unused : state) {
    const auto verdict = verify::verify_edition(
        disk, in.directory, {.pin = in.large.pin(), .threads = static_cast<std::size_t>(state.range(0))});
    GAVAH_CHECK(verdict.has_value());
    if (verdict->outcome == verify::Outcome::failed) fmt::print(stderr, "{}\n", to_text(*verdict));
    GAVAH_CHECK(verdict->outcome != verify::Outcome::failed);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(in.large.events.size()));
}
BENCHMARK(verify_edition)->ArgName("threads")->Arg(1)->Arg(2)->Unit(benchmark::kSecond)->Iterations(1)->UseRealTime();

}  // namespace
}  // namespace gavah

BENCHMARK_MAIN();
