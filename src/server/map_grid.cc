#include "server/map_grid.h"

#include <algorithm>
#include <bit>
#include <map>
#include <numeric>
#include <utility>

namespace gavah::server {

std::uint64_t MapGrid::Sum::total() const { return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}); }

MapGrid::MapGrid(const MercatorBox& view, std::uint32_t across) : view_(view) {
  // The longer side decides, so that a tall view has no more cells than a wide one.
  const std::uint32_t side = std::max(view.right - view.left, view.bottom - view.top);
  const std::uint32_t size = std::max<std::uint32_t>(1, side / std::clamp<std::uint32_t>(across, 1, kMaxGrid));
  shift_ = static_cast<unsigned>(std::bit_width(size)) - 1;
  left_ = view.left >> shift_;
  top_ = view.top >> shift_;
  width_ = ((view.right - 1) >> shift_) - left_ + 1;
  height_ = ((view.bottom - 1) >> shift_) - top_ + 1;
  sums_.resize(width_ * height_);
}

MapCell MapGrid::cell_of(const Sum& sum) {
  const std::uint64_t total = sum.total();
  return {static_cast<std::uint32_t>(sum.x / total), static_cast<std::uint32_t>(sum.y / total), sum.counts};
}

std::vector<MapCell> MapGrid::cells() const {
  for (unsigned coarser = 0;; ++coarser) {
    std::map<std::pair<std::size_t, std::size_t>, Sum> joined;
    for (std::size_t at = 0; at < sums_.size(); ++at) {
      const Sum& sum = sums_[at];
      if (sum.total() == 0) continue;
      Sum& into = joined[{(at / width_ + top_) >> coarser, (at % width_ + left_) >> coarser}];
      into.x += sum.x;
      into.y += sum.y;
      for (std::size_t i = 0; i < kStatuses; ++i) into.counts[i] += sum.counts[i];
    }
    if (joined.size() > kMaxCells) continue;
    std::vector<MapCell> cells;
    cells.reserve(joined.size());
    for (const auto& [key, sum] : joined) cells.push_back(cell_of(sum));
    return cells;
  }
}

}  // namespace gavah::server
