#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "link/statement.h"

namespace gavah::link {

/// Finds items by day. Items over kWideDays, or open, are found by every question.
class DayIndex {
 public:
  static constexpr std::int64_t kWideDays = 62;

  void add(std::uint32_t item, const DayRange& days);
  /// Items that may touch `days`, sorted, each once; all of them when `days` is wide.
  std::vector<std::uint32_t> near(const DayRange& days) const;

 private:
  std::map<std::int32_t, std::vector<std::uint32_t>> by_day_;
  std::vector<std::uint32_t> wide_;
};

}  // namespace gavah::link
