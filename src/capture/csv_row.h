#pragma once

#include <optional>
#include <string_view>

namespace gavah::capture {

/// Finds where a row of RFC 4180 ends, over bytes that arrive piece by piece. A quote opens a quoted cell only as
/// the first character of a cell; line breaks inside one belong to it.
class CsvRowEnd {
 public:
  explicit CsvRowEnd(char delimiter) : delimiter_(delimiter) {}

  /// The index of the line feed that ends the row starting at bytes[0]; nothing when it is not in `bytes`. Call again
  /// with the same start and more bytes, or on a fresh object for the next row.
  std::optional<std::size_t> find(std::string_view bytes);
  /// True when the bytes seen so far end inside quotes.
  bool in_quotes() const { return state_ == State::quoted; }

 private:
  enum class State { cell_start, plain, quoted, quote_in_quoted };
  char delimiter_;
  State state_ = State::cell_start;
  std::size_t at_ = 0;
};

/// How many cells csv_cells() would give, without making them.
std::size_t count_csv_cells(std::string_view row, char delimiter);

}  // namespace gavah::capture
