#include "base/sheet_row.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/format.h"
#include "base/instant.h"
#include "base/xml_scanner.h"

namespace gavah {
namespace {

constexpr std::size_t kMaxColumns = 16'384;

/// The column of "AB12", counted from 0; `fallback` when nothing says it.
std::size_t column_of(std::string_view reference, std::size_t fallback) {
  std::size_t column = 0;
  for (const char c : reference) {
    if (c < 'A' || c > 'Z') break;
    column = column * 26 + static_cast<std::size_t>(c - 'A' + 1);
    if (column > kMaxColumns) break;
  }
  return column == 0 ? fallback : column - 1;
}

SheetCell::Type type_of(std::string_view name) {
  if (name == "s") return SheetCell::Type::shared;
  if (name == "str" || name == "inlineStr" || name == "d") return SheetCell::Type::text;
  if (name == "b") return SheetCell::Type::boolean;
  if (name == "e") return SheetCell::Type::error;
  return SheetCell::Type::number;
}

std::uint32_t number_of(std::string_view text) {
  std::uint32_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// Which elements around character data make it a value: <v>, or <t> outside of <rPh>.
struct Inside {
  bool value = false;
  bool phonetic = false;

  void see(const XmlToken& token) {
    const bool opens = token.kind == XmlToken::Kind::open;
    if (token.kind != XmlToken::Kind::open && token.kind != XmlToken::Kind::close) return;
    if (token.name == "v" || token.name == "t") value = opens;
    if (token.name == "rPh") phonetic = opens;
  }
};

}  // namespace

std::string SheetCell::text(std::string_view row) const {
  std::string out;
  for (const Run& run : runs) {
    const std::string_view raw = row.substr(run.range.begin, run.range.size());
    out += run.is_raw ? std::string(raw) : xml_text(raw);
  }
  return out;
}

Result<std::vector<SheetCell>> sheet_cells(std::string_view row) {
  std::vector<SheetCell> out;
  XmlScanner scanner(row);
  Inside inside;
  bool has_cell = false;
  std::size_t next_column = 0;
  for (;;) {
    GAVAH_ASSIGN(const XmlToken token, scanner.next());
    if (token.kind == XmlToken::Kind::more) {
      if (token.begin < row.size()) return fail(ErrorCode::invalid_input, "the row of the sheet is cut");
      return out;
    }
    inside.see(token);
    if (token.opens("c")) {
      SheetCell cell;
      cell.column = column_of(token.attribute("r"), next_column);
      if (cell.column >= kMaxColumns) return fail(ErrorCode::invalid_input, "a cell beyond the last column");
      next_column = cell.column + 1;
      cell.type = type_of(token.attribute("t"));
      cell.style = number_of(token.attribute("s"));
      out.push_back(std::move(cell));
      if (out.size() > kMaxColumns) return fail(ErrorCode::invalid_input, "a row of more cells than columns");
      has_cell = token.kind == XmlToken::Kind::open;
    }
    if (token.kind == XmlToken::Kind::close && token.name == "c") has_cell = false;
    const bool is_text = token.kind == XmlToken::Kind::text || token.kind == XmlToken::Kind::cdata;
    if (is_text && has_cell && inside.value && !inside.phonetic && token.text_end > token.text_begin) {
      out.back().runs.push_back({{token.text_begin, token.text_end}, token.kind == XmlToken::Kind::cdata});
    }
  }
}

std::string date_of_serial(std::string_view number, SheetEpoch epoch) {
  constexpr double kLastSerial = 2'958'466;  // the day after 9999-12-31
  constexpr double kNeverWas = 60;           // 1900-02-29
  constexpr std::int64_t kDaySeconds = 86'400;
  double serial = 0;
  const auto read = std::from_chars(number.data(), number.data() + number.size(), serial);
  if (read.ec != std::errc() || read.ptr != number.data() + number.size()) return {};
  const bool is_1900 = epoch == SheetEpoch::from_1900;
  if (!(serial >= (is_1900 ? 1 : 0)) || serial >= kLastSerial) return {};
  const double whole = std::floor(serial);
  if (is_1900 && whole == kNeverWas) return {};
  const Day origin = !is_1900            ? Day::from_civil(1904, 1, 1)
                     : whole < kNeverWas ? Day::from_civil(1899, 12, 31)
                                         : Day::from_civil(1899, 12, 30);
  const auto clock = static_cast<std::int64_t>(std::llround((serial - whole) * static_cast<double>(kDaySeconds)));
  const Instant instant{Instant::at_start_of(origin).seconds + static_cast<std::int64_t>(whole) * kDaySeconds + clock};
  if (clock == 0) return instant.day().text();
  std::string text = instant.text();
  if (text.ends_with('Z')) text.pop_back();  // a sheet names no zone
  return text;
}

bool is_date_format(std::uint32_t id, std::string_view code) {
  constexpr std::uint32_t kFirstCustom = 164;
  // 14 to 22 and 45 to 47 are dates and times everywhere; 27 to 36 and 50 to 58 in the languages of East Asia.
  if (id < kFirstCustom && code.empty()) {
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
  }
  bool is_quoted = false;
  bool is_bracketed = false;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == '"') is_quoted = !is_quoted;
    if (c == '[') is_bracketed = true;
    if (c == ']') is_bracketed = false;
    if (c == '\\' || c == '_' || c == '*') {
      ++i;
      continue;
    }
    if (is_quoted || is_bracketed) continue;
    if (c == ';') return false;  // the first section is that of positive numbers
    if (std::string_view("yYdDhHsS").find(c) != std::string_view::npos) return true;
    // "m" is a month, but "E+00" and "General" are numbers.
    if (c == 'm' || c == 'M') return true;
    if (c == '0' || c == '#' || c == 'G') return false;
  }
  return false;
}

}  // namespace gavah
