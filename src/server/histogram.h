#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "server/event_columns.h"

namespace gavah::server {

inline constexpr std::size_t kStatuses = 5;
using StatusCounts = std::array<std::uint32_t, kStatuses>;

inline constexpr std::size_t kMaxBars = 2'000;  ///< bars: more cannot be told apart on a screen

/// Days cut into bars: bar i is [edges[i], edges[i + 1]). Edges ascend; there are at most kMaxBars bars.
struct BarEdges {
  std::vector<std::int32_t> edges;

  std::size_t count() const { return edges.empty() ? 0 : edges.size() - 1; }
  /// "FIRST,LENGTH,LENGTH,…": a day number and the days of each bar, 1 to 4,000. Lets the page cut by months of any
  /// calendar. invalid_input otherwise.
  static Result<BarEdges> parse(std::string_view text);
  /// Gregorian bars that cover [first, last]: days, weeks (from Monday), months or years; the finest not finer than
  /// `step` ("day", "week", "month", "year") that needs at most kMaxBars. Empty when first > last.
  static Result<BarEdges> covering(std::int32_t first, std::int32_t last, std::string_view step);
};

/// Counts events into bars by their first day. An event of a moment whose days do not lie within one bar is not
/// forced into one: it counts as `wide`. A continuing event counts where it begins.
class Histogram {
 public:
  explicit Histogram(BarEdges edges);

  void add(std::int32_t first_day, std::int32_t last_day, std::uint8_t extent, std::uint8_t status) {
    if (first_day == kNoDay) {
      ++undated_;
      return;
    }
    const std::size_t bar = bar_of(first_day);
    if (bar == kNoBar) {
      ++outside_;
    } else if (extent == 0 && last_day != first_day && bar_of(last_day) != bar) {
      ++wide_;
    } else {
      ++bars_[bar][status];
    }
  }
  const BarEdges& edges() const { return edges_; }
  const std::vector<StatusCounts>& bars() const { return bars_; }
  std::uint32_t undated() const { return undated_; }
  std::uint32_t wide() const { return wide_; }        ///< dated less exactly than a bar
  std::uint32_t outside() const { return outside_; }  ///< before the first or after the last edge

 private:
  static constexpr std::size_t kNoBar = ~std::size_t{0};
  std::size_t bar_of(std::int32_t day) const {
    if (edges_.count() == 0 || day < edges_.edges.front() || day >= edges_.edges.back()) return kNoBar;
    return bar_by_day_[static_cast<std::size_t>(day - edges_.edges.front())];
  }

  BarEdges edges_;
  std::vector<std::uint16_t> bar_by_day_;
  std::vector<StatusCounts> bars_;
  std::uint32_t undated_ = 0;
  std::uint32_t wide_ = 0;
  std::uint32_t outside_ = 0;
};

}  // namespace gavah::server
