// Runs fault points: fault_sweep [--points N] [--seed FIRST] [--workflow NAME] [--flips N]
// Prints what did not hold and how many did; exit status 1 when something did not.
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>

#include "base/format.h"
#include "base/parallel.h"
#include "sweep.h"

namespace gavah::tests {
namespace {

struct Wanted {
  std::uint64_t points = 10'000;
  std::uint64_t first_seed = 0;
  std::uint64_t flips = 0;
  std::string workflow;
};

/// Points of all workflows, seed range after seed range, until there are enough.
std::vector<FaultPoint> choose(const Sweep& sweep, const Wanted& wanted) {
  std::vector<FaultPoint> out;
  for (std::uint64_t seed = wanted.first_seed; out.size() < wanted.points; ++seed) {
    const std::size_t before = out.size();
    for (std::size_t i = 0; i < sweep.workflow_count(); ++i) {
      if (!wanted.workflow.empty() && sweep.name(i) != wanted.workflow) continue;
      const auto some = sweep.points(i, seed, 1);
      out.insert(out.end(), some.begin(), some.end());
    }
    if (out.size() == before) break;
  }
  if (out.size() <= wanted.points) return out;
  // Taken evenly, so that no workflow and no call is left out.
  std::vector<FaultPoint> even;
  even.reserve(wanted.points);
  for (std::uint64_t i = 0; i < wanted.points; ++i) even.push_back(out[i * out.size() / wanted.points]);
  return even;
}

int main_of(const Wanted& wanted) {
  const Sweep sweep;
  for (std::size_t i = 0; i < sweep.workflow_count(); ++i) {
    fmt::print("workflow {} {}: {} calls\n", i, sweep.name(i), sweep.calls(i));
  }
  const auto points = choose(sweep, wanted);
  std::atomic<std::uint64_t> wrong{0};
  std::mutex mutex;
  const auto begin = std::chrono::steady_clock::now();
  parallel_for(points.size(), 0, [&](std::size_t i) {
    const auto found = sweep.run(points[i]);
    if (!found) return;
    ++wrong;
    const std::lock_guard guard(mutex);
    fmt::print("{} {}: {}\n", sweep.name(points[i].workflow), points[i].text(), *found);
  });
  parallel_for(wanted.flips, 0, [&](std::size_t i) {
    const auto found = sweep.flip(wanted.first_seed + i);
    if (!found) return;
    ++wrong;
    const std::lock_guard guard(mutex);
    fmt::print("{}\n", *found);
  });
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  fmt::print("{} points and {} flips in {:.1f} s, {} did not hold\n", points.size(), wanted.flips, taken.count(),
             wrong.load());
  return wrong == 0 ? 0 : 1;
}

}  // namespace
}  // namespace gavah::tests

int main(int count, char** words) {
  gavah::tests::Wanted wanted;
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string name = words[i];
    if (name == "--points") wanted.points = std::strtoull(words[i + 1], nullptr, 10);
    if (name == "--flips") wanted.flips = std::strtoull(words[i + 1], nullptr, 10);
    if (name == "--seed") wanted.first_seed = std::strtoull(words[i + 1], nullptr, 10);
    if (name == "--workflow") wanted.workflow = words[i + 1];
  }
  return gavah::tests::main_of(wanted);
}
