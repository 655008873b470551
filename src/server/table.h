#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "server/snapshot.h"

namespace gavah::server {

inline constexpr std::uint32_t kMaxPageRows = 200;  ///< rows of one page of the table

/// Which rows of a table are asked for.
struct TablePage {
  std::uint32_t page = 0;
  std::uint32_t size = 50;
};

/// The rows of one page, ordered by `sort`: "day", "status", "act", "area" or "lineages", with "-" in front for the
/// other direction; rows that are equal keep the order of time, then of the snapshot. Unknown days come last.
/// invalid_input for another word. Time: linear in `rows` for the first pages.
Result<std::vector<EventRow>> page_of(std::vector<EventRow> rows, const Snapshot& snapshot, std::string_view sort,
                                      TablePage page);

}  // namespace gavah::server
