#pragma once

#include <string>
#include <vector>

#include "base/sheet_row.h"
#include "extract/table_cells.h"

namespace gavah::extract {

/// What a row of a sheet needs to be read, from the hints of its part.
struct SheetHints {
  std::string strings;  ///< JSON: what its shared strings say, by number
  std::string dates;    ///< JSON: styles that show a number as a date
  SheetEpoch epoch = SheetEpoch::from_1900;
};

/// The cells of a <row> element. A word that stands in the row leads to its own bytes; a shared string or a date is one
/// piece that leads to the number that stands for it. Errors ("#REF!") are no words.
TableCells sheet_row_cells(const Transcoded& row, std::vector<std::string> names, const SheetHints& hints);

}  // namespace gavah::extract
