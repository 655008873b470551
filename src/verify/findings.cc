#include "verify/findings.h"

#include <algorithm>
#include <vector>

#include "base/parallel.h"

namespace gavah::verify {

void Findings::add(Check check, std::string file, std::optional<proof::LeafIndex> leaf, std::string message) {
  ++verdict_.failure_count;
  if (verdict_.failures.size() >= kMaxFailures) return;
  verdict_.failures.push_back({check, std::move(file), leaf, std::move(message)});
}

void Findings::take_over(Findings&& other) {
  verdict_.failure_count += other.verdict_.failure_count;
  for (Failure& failure : other.verdict_.failures) {
    if (verdict_.failures.size() >= kMaxFailures) break;
    verdict_.failures.push_back(std::move(failure));
  }
  std::ranges::move(other.verdict_.checked, std::back_inserter(verdict_.checked));
  std::ranges::move(other.verdict_.withheld, std::back_inserter(verdict_.withheld));
  std::ranges::move(other.verdict_.unchecked, std::back_inserter(verdict_.unchecked));
}

Verdict Findings::finish(Outcome when_good) && {
  verdict_.outcome = verdict_.failure_count > 0 ? Outcome::failed : when_good;
  return std::move(verdict_);
}

void for_each_parallel(std::size_t count, std::size_t threads, Findings& findings,
                       const std::function<void(std::size_t, Findings&)>& work) {
  constexpr std::size_t kChunk = 64;  // items a task: enough to hide the cost of a call, few enough to share evenly
  const std::size_t chunks = (count + kChunk - 1) / kChunk;
  std::vector<Findings> found(chunks);
  parallel_for(chunks, threads, [&](std::size_t chunk) {
    for (std::size_t i = chunk * kChunk; i < std::min(count, (chunk + 1) * kChunk); ++i) work(i, found[chunk]);
  });
  for (Findings& each : found) findings.take_over(std::move(each));
}

}  // namespace gavah::verify
