#include "capture/csv_row.h"

#include <algorithm>

#include "capture/capture.h"

namespace gavah::capture {
namespace {

/// Appends the cell that begins at `at`; gives where its delimiter (or the end) is.
std::size_t take_cell(std::string_view row, std::size_t at, char delimiter, std::string& cell) {
  if (at < row.size() && row[at] == '"') {
    ++at;
    while (at < row.size()) {
      const std::size_t quote = std::min(row.find('"', at), row.size());
      cell.append(row.substr(at, quote - at));
      at = std::min(quote + 1, row.size());
      if (at >= row.size() || row[at] != '"') break;
      cell.push_back('"');
      ++at;
    }
  }
  const std::size_t end = std::min(row.find(delimiter, at), row.size());
  cell.append(row.substr(at, end - at));
  return end;
}

}  // namespace

std::vector<std::string> csv_cells(std::string_view row, char delimiter) {
  std::vector<std::string> cells;
  for (std::size_t at = 0;; ++at) {
    at = take_cell(row, at, delimiter, cells.emplace_back());
    if (at >= row.size()) return cells;
  }
}

std::size_t count_csv_cells(std::string_view row, char delimiter) {
  std::size_t count = 1;
  for (std::size_t at = 0;; ++at, ++count) {
    if (at < row.size() && row[at] == '"') {
      ++at;
      while (at < row.size()) {
        at = std::min(row.find('"', at), row.size());
        if (at + 1 >= row.size() || row[at + 1] != '"') break;
        at += 2;
      }
      at = std::min(at + 1, row.size());
    }
    at = row.find(delimiter, at);
    if (at == std::string_view::npos) return count;
  }
}

std::optional<std::size_t> CsvRowEnd::find(std::string_view bytes) {
  for (; at_ < bytes.size(); ++at_) {
    const char c = bytes[at_];
    if (state_ == State::quoted) {
      at_ = std::min(bytes.find('"', at_), bytes.size());
      if (at_ == bytes.size()) break;
      state_ = State::quote_in_quoted;
      continue;
    }
    if (c == '\n') return at_;
    if (c == '"' && state_ != State::plain) {
      state_ = State::quoted;
    } else {
      state_ = c == delimiter_ ? State::cell_start : State::plain;
    }
  }
  return std::nullopt;
}

}  // namespace gavah::capture
