#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "extract/mapped_text.h"

namespace gavah::extract {

/// What a cell is besides its words.
enum class CellKind {
  text,
  number,
  date,  ///< a serial number that the workbook shows as a date; its text is that date in ISO 8601
};

/// One cell of a row, with the way back to the part's bytes.
struct RowCell {
  MappedText text;
  CellKind kind = CellKind::text;
};

/// The cells of one row, by the names of its columns. A column that the row does not reach has none.
struct TableCells {
  std::vector<std::string> names;
  std::vector<RowCell> cells;

  /// The cell under that name, or null; null too when nothing stands in it.
  const RowCell* find(std::string_view name) const;
};

/// The cells of a row of delimiter-separated text (RFC 4180). `row` outlives what is given.
TableCells csv_row_cells(const Transcoded& row, std::vector<std::string> names, char delimiter);

/// The members of a JSON object, each a cell: strings as they are, numbers as written; what is neither is left out.
/// Nothing when `record` is no JSON object.
TableCells json_row_cells(const Transcoded& record);

}  // namespace gavah::extract
