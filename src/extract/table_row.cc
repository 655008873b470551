#include "extract/table_row.h"

#include <algorithm>

#include "base/json.h"
#include "extract/furniture.h"
#include "extract/mapped_text.h"
#include "extract/text_post.h"
#include "extract/written_date.h"

namespace gavah::extract {
namespace {

constexpr std::size_t kCells = 4096;

/// Where a cell stands in its row, without its quotes.
struct Cell {
  Span span;
  bool is_quoted = false;  ///< "" inside stands for one quote (RFC 4180)
};

std::vector<Cell> cells_of(std::string_view row, char delimiter) {
  std::vector<Cell> out;
  std::size_t at = 0;
  while (at <= row.size() && out.size() < kCells) {
    Cell cell;
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

class RowReader {
 public:
  RowReader(ReportSet& set, const Transcoded& row) : set_(set), row_(row) {
    mapping_ = Json::parse(hint("mapping")).value_or(Json());
    header_ = Json::parse(hint("header")).value_or(Json());
    const std::string_view delimiter = mapping_.text_of("delimiter");
    cells_ = cells_of(row.text, delimiter.empty() ? ',' : delimiter[0]);
  }

  void read() {
    Report& report = *set_.add(ReportKind::row);
    report.title = text_of("title");
    report.author = text_of("author");
    report.source = text_of("source");
    report.url = text_of("url");
    report.lang = text_of("lang");
    read_date(report);
    write_words(report);
    report.links = links_in(report.text);
    if (report.text.empty() && report.title.empty()) report.hollow = "empty body";
  }

 private:
  std::string hint(const std::string& name) const {
    const auto& part = set_.input().part.hints;
    if (const auto found = part.find(name); found != part.end()) return found->second;
    const auto& capture = set_.input().capture.hints;
    const auto found = capture.find(name);
    return found == capture.end() ? std::string() : found->second;
  }

  const Cell* cell_of(std::string_view slot) const {
    const Json* name = mapping_.find_path({"columns", slot});
    if (name == nullptr || name->string() == nullptr) return nullptr;
    for (std::size_t i = 0; i < header_.items().size() && i < cells_.size(); ++i) {
      const std::string* cell = header_.items()[i].string();
      if (cell != nullptr && *cell == *name->string()) return &cells_[i];
    }
    return nullptr;
  }

  void write(const Cell& cell, MappedText& out) const {
    const std::string_view whole = row_.text;
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

  std::string text_of(std::string_view slot) const {
    const Cell* cell = cell_of(slot);
    if (cell == nullptr) return {};
    MappedText out(row_.map);
    write(*cell, out);
    return out.text();
  }

  void write_words(Report& report) const {
    MappedText words(row_.map);
    const Cell* text = cell_of("text");
    const std::string place = text_of("place");
    const bool adds_place = !place.empty() && text_of("text").find(place) == std::string::npos &&
                            report.title.find(place) == std::string::npos;
    if (adds_place) {
      write(*cell_of("place"), words);
      words.break_line();
    }
    if (text != nullptr) write(*text, words);
    // A table of headlines has no other words.
    const Cell* title = cell_of("title");
    if (text == nullptr && title != nullptr) write(*title, words);
    words.trim_end();
    words.give(report);
  }

  void read_date(Report& report) const {
    const std::string written = text_of("date");
    const std::string format(mapping_.text_of("date_format"));
    const bool month_first = !format.empty() && (format[0] == 'm' || format[0] == 'M');
    auto date = find_date(written, month_first ? DayOrder::month_first : DayOrder::day_first);
    if (!date) date = read_machine_date(written);
    if (date) report.published = interval_of(*date, written);
  }

  ReportSet& set_;
  const Transcoded& row_;
  Json mapping_;
  Json header_;
  std::vector<Cell> cells_;
};

}  // namespace

void read_table_row(ReportSet& set) {
  const Transcoded row = to_utf8(set.input().bytes, set.input().part.charset);
  RowReader(set, row).read();
}

}  // namespace gavah::extract
