#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "capture/table.h"

namespace gavah::capture {

/// The mapping of a known export that a header belongs to: ACLED and its feed of deletions, CCC, Atlos, Uwazi, 4CAT,
/// auto-archiver (sheet and csv_db). Columns that this file does not have are left out. Nothing for another header.
std::optional<TableMapping> recognise_export(const std::vector<std::string>& header, char delimiter);

/// GDELT's event table has no header. True when `row` is one: 61 (v2) or 58 (v1) cells parted by tabs, the first two a
/// number and a day of eight digits.
[[nodiscard]] bool is_gdelt_row(std::string_view row);
/// The names of the columns of GDELT's event table, with as many cells as the row has.
std::vector<std::string> gdelt_header(std::size_t cells);
/// How a row of it is read: it holds codes of a machine and no words, and leads to the article that it coded.
TableMapping gdelt_mapping();

}  // namespace gavah::capture
