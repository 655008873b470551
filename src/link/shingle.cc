#include "link/shingle.h"

#include <algorithm>
#include <limits>

namespace gavah::link {
namespace {

constexpr std::size_t kRun = 3;
constexpr std::uint32_t kEmptySlot = std::numeric_limits<std::uint32_t>::max();

std::uint64_t mixed(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15ULL;
  value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  value = (value ^ (value >> 27U)) * 0x94d049bb133111ebULL;
  return value ^ (value >> 31U);
}

}  // namespace

std::uint64_t word_hash(std::string_view word) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return mixed(hash);
}

std::uint64_t chained_hash(std::uint64_t hash, std::uint64_t word) { return mixed(hash * 0x100000001b3ULL ^ word); }

std::vector<std::uint32_t> word_triples(const std::vector<std::uint64_t>& words) {
  std::vector<std::uint32_t> out;
  const std::size_t run = std::min(kRun, words.size());
  if (run == 0) return out;
  out.reserve(words.size() - run + 1);
  for (std::size_t i = 0; i + run <= words.size(); ++i) {
    std::uint64_t hash = 0;
    for (std::size_t k = 0; k < run; ++k) hash = chained_hash(hash, words[i + k]);
    out.push_back(static_cast<std::uint32_t>(hash >> 32U));
  }
  std::ranges::sort(out);
  const auto [first, last] = std::ranges::unique(out);
  out.erase(first, last);
  return out;
}

std::vector<std::uint32_t> minhash(const std::vector<std::uint32_t>& shingles, std::size_t slots) {
  if (shingles.empty()) return {};
  std::vector<std::uint32_t> signature(slots, kEmptySlot);
  for (const std::uint32_t shingle : shingles) {
    const std::uint64_t hash = mixed(shingle);
    std::uint32_t& slot = signature[hash % slots];
    slot = std::min(slot, static_cast<std::uint32_t>(hash >> 33U));
  }
  std::vector<std::uint32_t> dense = signature;
  for (std::size_t i = 0; i < slots; ++i) {
    std::size_t step = 0;
    while (signature[(i + step) % slots] == kEmptySlot) ++step;
    // The distance goes into the value, so that borrowed values agree only when borrowed alike.
    const std::uint32_t borrowed = signature[(i + step) % slots];
    dense[i] = step == 0 ? borrowed : static_cast<std::uint32_t>(mixed(borrowed + (std::uint64_t{step} << 32U)));
  }
  return dense;
}

double estimated_similarity(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
  if (a.empty() || a.size() != b.size()) return 0;
  std::size_t equal = 0;
  for (std::size_t i = 0; i < a.size(); ++i) equal += static_cast<std::size_t>(a[i] == b[i]);
  return static_cast<double>(equal) / static_cast<double>(a.size());
}

std::size_t shared_count(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
  std::size_t shared = 0;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    shared += static_cast<std::size_t>(a[i] == b[j]);
    const bool a_first = a[i] <= b[j];
    const bool b_first = b[j] <= a[i];
    i += static_cast<std::size_t>(a_first);
    j += static_cast<std::size_t>(b_first);
  }
  return shared;
}

}  // namespace gavah::link
