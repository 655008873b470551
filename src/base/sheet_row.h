#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace gavah {

/// One cell of a row of a spreadsheet (ECMA-376 part 1, 18.3.1.4).
struct SheetCell {
  enum class Type {
    number,
    shared,   ///< the number of a shared string
    text,     ///< a string of its own, the result of a formula, or a date in ISO 8601
    boolean,  ///< 0 or 1
    error,    ///< "#REF!"
  };
  struct Run {
    ByteRange range;      ///< of character data in the row
    bool is_raw = false;  ///< CDATA: no references in it
  };
  std::size_t column = 0;  ///< counted from 0
  Type type = Type::number;
  std::uint32_t style = 0;
  std::vector<Run> runs;  ///< its value; a formula is not part of it

  /// The value, references undone. `row` is what it was read from.
  std::string text(std::string_view row) const;
};

/// The cells of a <row> element. At most 16,384 columns, as in the program. invalid_input for what is no such element.
Result<std::vector<SheetCell>> sheet_cells(std::string_view row);

/// Where a workbook's serial numbers of days begin.
enum class SheetEpoch { from_1900, from_1904 };

/// The date that a serial number stands for: "2031-05-03", or with a clock "2031-05-03T08:30:00". Counted from the last
/// day of 1899 with a 29 February 1900 that never was, or from 1904-01-01. Empty for a number below 1, above the year
/// 9999, or that day.
std::string date_of_serial(std::string_view number, SheetEpoch epoch);

/// True when a number format ("yyyy\-mm\-dd", "[$-429]d mmmm yyyy", "h:mm") shows a number as a date. `id` below 164
/// is one of the program's own.
[[nodiscard]] bool is_date_format(std::uint32_t id, std::string_view code);

}  // namespace gavah
