#include "extract/workbook_row.h"

#include <set>

#include "base/json.h"
#include "base/utf8.h"
#include "base/xml_scanner.h"

namespace gavah::extract {
namespace {

Span span_of(const ByteRange& range) {
  return {static_cast<std::uint32_t>(range.begin), static_cast<std::uint32_t>(range.end)};
}

/// Character data with each reference as a piece of its own.
void write_run(std::string_view row, const SheetCell::Run& run, MappedText& out) {
  const Span span = span_of(run.range);
  for (std::uint32_t at = span.begin; at < span.end;) {
    const XmlReference reference = run.is_raw ? XmlReference() : xml_reference_at(row.substr(0, span.end), at);
    if (reference.size_bytes > 0) {
      std::string letter;
      append_utf8(letter, reference.value);
      const auto past = at + static_cast<std::uint32_t>(reference.size_bytes);
      out.decode(letter, {at, past});
      at = past;
      continue;
    }
    const auto stop =
        run.is_raw ? span.end : static_cast<std::uint32_t>(std::min<std::size_t>(row.find('&', at + 1), span.end));
    out.copy(row.substr(at, stop - at), at);
    at = stop;
  }
}

}  // namespace

TableCells sheet_row_cells(const Transcoded& row, std::vector<std::string> names, const SheetHints& hints) {
  TableCells out{std::move(names), {}};
  const auto cells = sheet_cells(row.text);
  if (!cells) return out;
  const Json strings = Json::parse(hints.strings.empty() ? "{}" : hints.strings).value_or(Json());
  const Json dates = Json::parse(hints.dates.empty() ? "[]" : hints.dates).value_or(Json());
  std::set<std::int64_t> date_styles;
  for (const Json& style : dates.items()) date_styles.insert(style.integer().value_or(-1));
  for (const SheetCell& cell : *cells) {
    if (cell.type == SheetCell::Type::error || cell.runs.empty()) continue;
    while (out.cells.size() <= cell.column) out.cells.push_back({MappedText(row.map), CellKind::text});
    RowCell& to = out.cells[cell.column];
    const Span whole{static_cast<std::uint32_t>(cell.runs.front().range.begin),
                     static_cast<std::uint32_t>(cell.runs.back().range.end)};
    const std::string text = cell.text(row.text);
    if (cell.type == SheetCell::Type::shared) {
      to.text.decode(strings.text_of(text), whole);
      continue;
    }
    if (cell.type == SheetCell::Type::number) {
      to.kind = CellKind::number;
      const std::string date = date_styles.contains(cell.style) ? date_of_serial(text, hints.epoch) : std::string();
      if (!date.empty()) {
        to.kind = CellKind::date;
        to.text.decode(date, whole);
        continue;
      }
    }
    for (const SheetCell::Run& run : cell.runs) write_run(row.text, run, to.text);
  }
  return out;
}

}  // namespace gavah::extract
