#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/byte_window.h"
#include "base/result.h"

namespace gavah::capture {

/// One row of a table as text.
struct CsvRow {
  ByteRange range;      ///< in the source, without its line end
  std::string bytes;    ///< as they stand there
  std::string charset;  ///< they are in; empty for UTF-8
  bool is_cut = false;  ///< the source ends inside a quoted cell

  /// The row in UTF-8.
  std::string text() const;
};

/// How the code units of UTF-16 stand in bytes.
enum class UnitOrder { low_first, high_first };

/// The rows of a table (RFC 4180, and what spreadsheets write) one after another, in UTF-8, UTF-16 with its mark, or
/// an older charset, which is told by the words of the first row that is not UTF-8. Blank rows are passed over. Memory
/// holds one row (at most 16 MiB) and a step of the source. One thread; the source must outlive it.
class CsvRows {
 public:
  explicit CsvRows(const ByteSource& bytes) : window_(bytes) {}

  /// The line that begins here, in UTF-8, without moving: for what it tells of delimiter and format.
  Result<std::string> peek_line();
  /// Drops the line that begins here.
  Result<void> skip_line();
  void set_delimiter(char delimiter) { delimiter_ = delimiter; }
  /// Moves to the next row that is not blank; false at the end. A row that is too long is invalid_input.
  Result<bool> next(CsvRow& row);
  /// The charset of rows that are not UTF-8; empty while there was none.
  const std::string& charset() const { return charset_; }
  /// Where the next row begins.
  std::uint64_t offset() const { return window_.offset(); }

 private:
  Result<void> begin();
  Result<void> take(std::size_t size, std::size_t end_size, CsvRow& row);
  void tell_charset(CsvRow& row);

  ByteWindow window_;
  char delimiter_ = ',';
  bool has_begun_ = false;
  std::size_t unit_ = 1;                    // bytes of a code unit
  UnitOrder order_ = UnitOrder::low_first;  // in UTF-16
  std::string charset_;
};

}  // namespace gavah::capture
