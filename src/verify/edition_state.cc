#include "verify/edition_state.h"

#include <algorithm>

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
}

Verdict Findings::finish(Outcome when_good) && {
  verdict_.outcome = verdict_.failure_count > 0 ? Outcome::failed : when_good;
  return std::move(verdict_);
}

std::string_view EditionState::file(const std::string& path) const {
  const auto found = files.find(path);
  return found == files.end() ? std::string_view() : std::string_view(found->second);
}

const proof::OpenedEntry* EditionState::opened_leaf(proof::LeafIndex leaf) const {
  const auto found = opened_at.find(leaf);
  return found == opened_at.end() ? nullptr : found->second;
}

bool split_lines(std::string_view text, std::vector<std::string_view>& lines) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    lines.push_back(text.substr(begin, end - begin));
    if (end == std::string_view::npos) return false;
    begin = end + 1;
  }
  return true;
}

void for_each_parallel(std::size_t count, std::size_t threads, Findings& findings,
                       const std::function<void(std::size_t, Findings&)>& work) {
  constexpr std::size_t kChunk = 512;  // items a task: enough to hide the cost of a call, few enough to share evenly
  const std::size_t chunks = (count + kChunk - 1) / kChunk;
  std::vector<Findings> found(chunks);
  parallel_for(chunks, threads, [&](std::size_t chunk) {
    for (std::size_t i = chunk * kChunk; i < std::min(count, (chunk + 1) * kChunk); ++i) work(i, found[chunk]);
  });
  for (Findings& each : found) findings.take_over(std::move(each));
}

}  // namespace gavah::verify
