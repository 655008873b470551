#include "link/day_index.h"

#include <algorithm>

namespace gavah::link {
namespace {

bool is_wide(const DayRange& days) { return !days.is_bounded() || days.length() > DayIndex::kWideDays; }

}  // namespace

void DayIndex::add(std::uint32_t item, const DayRange& days) {
  if (is_wide(days)) {
    wide_.push_back(item);
    return;
  }
  for (std::int32_t day = days.first; day <= days.last; ++day) by_day_[day].push_back(item);
}

std::vector<std::uint32_t> DayIndex::near(const DayRange& days) const {
  std::vector<std::uint32_t> out = wide_;
  const auto from = by_day_.lower_bound(days.first);
  const auto to = by_day_.upper_bound(days.last);
  for (auto at = from; at != to; ++at) out.insert(out.end(), at->second.begin(), at->second.end());
  std::ranges::sort(out);
  const auto [first, last] = std::ranges::unique(out);
  out.erase(first, last);
  return out;
}

}  // namespace gavah::link
