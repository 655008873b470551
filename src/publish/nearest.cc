#include "publish/nearest.h"

#include <algorithm>
#include <vector>

#include "base/format.h"

namespace gavah::publish {
namespace {

constexpr std::size_t kMaxWordBytes = 100;  // longer words are no slips of the pen

/// Levenshtein's distance in bytes.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string suggestion(std::string_view word, std::span<const std::string_view> known) {
  if (word.empty() || word.size() > kMaxWordBytes) return {};
  std::string_view best;
  std::size_t least = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string_view candidate : known) {
    if (candidate.size() > kMaxWordBytes) continue;
    const std::size_t changed = distance(word, candidate);
    if (changed < least) {
      least = changed;
      best = candidate;
    }
  }
  return best.empty() ? std::string() : format("; did you mean '{}'?", best);
}

}  // namespace gavah::publish
