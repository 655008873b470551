#pragma once

#include <cstdint>
#include <vector>

#include "server/histogram.h"
#include "server/query.h"

namespace gavah::server {

inline constexpr std::size_t kMaxCells = 2'000;  ///< discs: more cannot be told apart on a screen
inline constexpr std::uint32_t kMaxGrid = 256;   ///< cells across the view

/// One disc of the map: where its events lie on average, and how many there are by status.
struct MapCell {
  std::uint32_t x = 0;
  std::uint32_t y = 0;
  StatusCounts counts{};
};

/// Counts exact places into square cells of the world whose borders do not move when the view is dragged.
class MapGrid {
 public:
  /// `across`: about how many cells the view is wide, 1 to kMaxGrid.
  MapGrid(const MercatorBox& view, std::uint32_t across);

  void add(std::uint32_t x, std::uint32_t y, std::uint8_t status) {
    if (!view_.holds(x, y)) return;
    Sum& sum = sums_[((y >> shift_) - top_) * width_ + ((x >> shift_) - left_)];
    sum.x += x;
    sum.y += y;
    ++sum.counts[status];
  }
  /// The cells that are not empty, row by row; neighbours are joined until there are at most kMaxCells.
  std::vector<MapCell> cells() const;

 private:
  struct Sum {
    std::uint64_t x = 0;
    std::uint64_t y = 0;
    StatusCounts counts{};
    std::uint64_t total() const;
  };
  static MapCell cell_of(const Sum& sum);

  MercatorBox view_;
  unsigned shift_ = 0;
  std::uint32_t left_ = 0;
  std::uint32_t top_ = 0;
  std::size_t width_ = 0;
  std::size_t height_ = 0;
  std::vector<Sum> sums_;
};

}  // namespace gavah::server
