#include "extract/table_cells.h"

#include <algorithm>

#include "extract/furniture.h"
#include "extract/json_record.h"

namespace gavah::extract {
namespace {

constexpr std::size_t kCells = 4096;

/// Where a cell stands in its row, without its quotes.
struct CellPlace {
  Span span;
  bool is_quoted = false;  ///< "" inside stands for one quote (RFC 4180)
};

std::vector<CellPlace> places_in(std::string_view row, char delimiter) {
  std::vector<CellPlace> out;
  std::size_t at = 0;
  while (at <= row.size() && out.size() < kCells) {
    CellPlace cell;
    cell.is_quoted = at < row.size() && row[at] == '"';
    std::size_t end = cell.is_quoted ? at + 1 : at;
    if (cell.is_quoted) {
      while (end < row.size() && (row[end] != '"' || (end + 1 < row.size() && row[end + 1] == '"')))
        end += row[end] == '"' ? 2U : 1U;
      end = std::min(end, row.size());
      cell.span = {static_cast<std::uint32_t>(at + 1), static_cast<std::uint32_t>(end)};
      end = std::min(row.find(delimiter, end), row.size());
    } else {
      end = std::min(row.find(delimiter, at), row.size());
      cell.span = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
    }
    out.push_back(cell);
    at = end + 1;
  }
  return out;
}

void write(std::string_view whole, const CellPlace& cell, MappedText& out) {
  // White space at the ends is the table's, not the words'.
  const std::string_view inside = trimmed(whole.substr(cell.span.begin, cell.span.size()));
  auto at = static_cast<std::uint32_t>(inside.empty() ? 0 : inside.data() - whole.data());
  const std::uint32_t end = at + static_cast<std::uint32_t>(inside.size());
  while (at < end) {
    const std::size_t quote = cell.is_quoted ? whole.find("\"\"", at) : std::string_view::npos;
    const auto stop = static_cast<std::uint32_t>(std::min<std::size_t>(quote, end));
    out.copy(whole.substr(at, stop - at), at);
    at = stop;
    if (at + 1 < end) {
      out.decode("\"", {at, at + 2});
      at += 2;
    } else if (at < end) {
      out.copy(whole.substr(at, 1), at);
      ++at;
    }
  }
}

}  // namespace

const RowCell* TableCells::find(std::string_view name) const {
  for (std::size_t i = 0; i < names.size() && i < cells.size(); ++i) {
    if (names[i] == name) return cells[i].text.empty() ? nullptr : &cells[i];
  }
  return nullptr;
}

TableCells csv_row_cells(const Transcoded& row, std::vector<std::string> names, char delimiter) {
  TableCells out{std::move(names), {}};
  for (const CellPlace& place : places_in(row.text, delimiter)) {
    MappedText text(row.map);
    write(row.text, place, text);
    out.cells.push_back({std::move(text), CellKind::text});
  }
  return out;
}

TableCells json_row_cells(const Transcoded& record) {
  TableCells out;
  const auto json = JsonRecord::read(record.text);
  if (!json || !json->is_object(json->root())) return out;
  for (const JsonRecord::Index value : json->items(json->root())) {
    MappedText text(record.map);
    json->write(value, text);
    out.names.emplace_back(json->name(value));
    out.cells.push_back({std::move(text), json->is_string(value) ? CellKind::text : CellKind::number});
  }
  return out;
}

}  // namespace gavah::extract
