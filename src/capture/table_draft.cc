#include "capture/table_draft.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "base/format.h"
#include "capture/csv_rows.h"
#include "capture/date_order.h"
#include "capture/detect.h"
#include "capture/named_table.h"
#include "capture/table.h"
#include "capture/workbook.h"

namespace gavah::capture {
namespace {

constexpr std::size_t kHeaderRows = 20;      // as the readers look for a header
constexpr std::size_t kLeastTextBytes = 25;  // cells shorter than this on average are names, not statements
constexpr std::size_t kMostDateBytes = 40;

/// Words of a header that say what a column of numbers counts.
constexpr std::array<std::pair<std::string_view, std::string_view>, 17> kCountWords{{
    {"killed", "killed"},
    {"dead", "killed"},
    {"death", "killed"},
    {"fatalit", "killed"},
    {"کشته", "killed"},
    {"قتلی", "killed"},
    {"injured", "injured"},
    {"wounded", "injured"},
    {"زخمی", "injured"},
    {"مجروح", "injured"},
    {"جرحی", "injured"},
    {"arrest", "arrested"},
    {"detained", "arrested"},
    {"بازداشت", "arrested"},
    {"participants", "participants"},
    {"protesters", "participants"},
    {"crowd", "participants"},
}};
constexpr std::array<std::string_view, 9> kPlaceWords{"province", "district", "county", "town", "village",
                                                      "استان",    "شهر",      "محافظه", "حی"};

constexpr std::array<std::string_view, 8> kTextWords{"text", "description", "summary", "message",
                                                     "متن",  "شرح",         "النص",    "وصف"};

/// What the cells of one column look like.
struct ColumnLook {
  std::string name;
  std::size_t filled = 0;
  std::size_t bytes = 0;
  std::size_t addresses = 0;
  std::size_t numbers = 0;
  std::size_t dates = 0;
  std::set<std::string> values;
  DateOrder order;

  void see(const std::string& cell) {
    if (cell.empty()) return;
    ++filled;
    bytes += cell.size();
    if (values.size() <= kSampleRows) values.insert(cell);
    const bool is_address = cell.starts_with("http://") || cell.starts_with("https://") || cell.starts_with("www.");
    if (is_address) ++addresses;
    if (cell.find_first_not_of("0123456789") == std::string::npos) ++numbers;
    const std::uint64_t before = order.dates();
    order.see(cell);
    if (order.dates() > before || has_year(cell)) ++dates;
  }
  /// Most of the cells in which something stands.
  [[nodiscard]] bool is_mostly(std::size_t count) const { return filled > 0 && count * 10 >= filled * 8; }
  std::size_t mean_bytes() const { return filled == 0 ? 0 : bytes / filled; }

  /// "3 May 2031": four digits beside words, and short.
  static bool has_year(std::string_view cell) {
    if (cell.size() > kMostDateBytes) return false;
    for (std::size_t at = cell.find_first_of("12"); at != std::string_view::npos;
         at = cell.find_first_of("12", at + 1)) {
      const std::string_view year = cell.substr(at, 4);
      const bool is_year =
          year.starts_with("19") || year.starts_with("20") || year.starts_with("13") || year.starts_with("14");
      const bool is_whole = year.size() == 4 && year.find_first_not_of("0123456789") == std::string_view::npos;
      if (is_year && is_whole && cell.size() > 6) return true;
    }
    return false;
  }
};

std::string_view counted_by(std::string_view name) {
  const std::string folded = folded_cell(name);
  for (const auto& [word, counted] : kCountWords) {
    if (folded.find(word) != std::string::npos) return counted;
  }
  return {};
}

bool is_text_name(std::string_view name) {
  const std::string folded = folded_cell(name);
  return std::ranges::any_of(kTextWords, [&](std::string_view word) { return folded.find(word) != std::string::npos; });
}

bool is_place_name(std::string_view name) {
  const std::string folded = folded_cell(name);
  return std::ranges::any_of(kPlaceWords,
                             [&](std::string_view word) { return folded.find(word) != std::string::npos; });
}

class Drafter {
 public:
  Drafter(const TableSample& rows, char delimiter) : rows_(rows) { mapping_.delimiter = delimiter; }

  TableDraft draft() {
    find_header();
    if (auto known = recognise_export(header_, mapping_.delimiter)) {
      mapping_ = *std::move(known);
      say(format("the header is that of a known export ({}), which needs no mapping file", mapping_.shape));
      return done();
    }
    look();
    for (ColumnLook& column : columns_) guess(column);
    guess_text();
    prove_dates();
    say_rest();
    return done();
  }

 private:
  void say(std::string what) { out_.notes.push_back(std::move(what)); }

  TableDraft done() {
    out_.mapping = mapping_.json();
    return std::move(out_);
  }

  /// The row that is recognised, else the first of those with the most cells filled.
  void find_header() {
    std::size_t best = 0;
    for (std::size_t i = 0; i < rows_.size() && i < kHeaderRows; ++i) {
      const auto names = header_names(rows_[i]);
      if (recognise_header(names, mapping_.delimiter)) {
        header_row_ = i;
        break;
      }
      const auto filled =
          static_cast<std::size_t>(std::ranges::count_if(rows_[i], [](const auto& c) { return !c.empty(); }));
      if (filled > best) {
        best = filled;
        header_row_ = i;
      }
    }
    if (!rows_.empty()) header_ = header_names(rows_[header_row_]);
    if (header_row_ > 0) say(format("the {} rows above the header are passed over", header_row_));
  }

  void look() {
    for (const std::string& name : header_) columns_.emplace_back().name = name;
    for (std::size_t i = header_row_ + 1; i < rows_.size(); ++i) {
      for (std::size_t c = 0; c < columns_.size() && c < rows_[i].size(); ++c) columns_[c].see(rows_[i][c]);
    }
  }

  void put(const std::string& slot, const ColumnLook& column, std::string_view why) {
    auto& cells = mapping_.columns[slot];
    if (!cells.empty() && slot != "place" && slot != "links") {
      say(format("'{}' looks like {} too ({})", column.name, slot, why));
      return;
    }
    cells.push_back(column.name);
    taken_.insert(column.name);
    say(format("'{}' is taken as {}: {}", column.name, slot, why));
  }

  void guess(ColumnLook& column) {
    const std::string_view named = slot_of_cell(column.name);
    if (column.is_mostly(column.addresses)) {
      put(mapping_.columns.contains("url") ? "links" : "url", column, "its cells are addresses");
    } else if (named == "date" || named == "when" || (named.empty() && column.is_mostly(column.dates))) {
      put(named.empty() ? "date" : std::string(named), column,
          named.empty() ? "its cells are dates" : "its name says so");
    } else if (const auto counted = counted_by(column.name); !counted.empty() && column.is_mostly(column.numbers)) {
      mapping_.counts[std::string(counted)].push_back(column.name);
      taken_.insert(column.name);
      say(format("'{}' is taken as a count of {}", column.name, counted));
    } else if (!named.empty()) {
      put(std::string(named), column, "its name says so");
    } else if (is_place_name(column.name)) {
      put("place", column, "its name says so");
    }
  }

  /// The column of the longest cells, where no name says which is the text.
  void guess_text() {
    if (mapping_.columns.contains("text")) return;
    const ColumnLook* longest = nullptr;
    for (const ColumnLook& column : columns_) {
      if (!taken_.contains(column.name) && column.filled > 0 && is_text_name(column.name)) {
        put("text", column, "its name says so");
        return;
      }
    }
    for (const ColumnLook& column : columns_) {
      const bool is_free = !taken_.contains(column.name) && column.mean_bytes() >= kLeastTextBytes;
      if (is_free && (longest == nullptr || column.mean_bytes() > longest->mean_bytes())) longest = &column;
    }
    if (longest != nullptr) {
      put("text", *longest, format("its cells are the longest, {} bytes on average", longest->mean_bytes()));
    } else if (!mapping_.columns.contains("title")) {
      say(R"(no column looks like the text: name it under "columns" as "text")");
    }
  }

  void prove_dates() {
    for (const char* slot : {"date", "when"}) {
      const auto named = mapping_.columns.find(slot);
      if (named == mapping_.columns.end()) continue;
      const auto column = std::ranges::find(columns_, named->second[0], &ColumnLook::name);
      const DateOrder& order = column->order;
      if (mapping_.date_format.empty()) mapping_.date_format = order.format();
      if (!order.format().empty()) say(format("the dates of '{}' prove the order {}", column->name, order.format()));
      if (order.is_mixed()) say(format("the dates of '{}' stand in both orders of day and month", column->name));
      if (order.is_open()) {
        say(format(R"(the dates of '{}' are ambiguous: add "date_format": "dd/mm/yyyy" or "mm/dd/yyyy"; )"
                   "without it they stay open",
                   column->name));
      }
      if (std::string_view(slot) == "date") {
        say(format(R"('{}' is read as when the row was published; if it is when the thing happened, call it "when")",
                   column->name));
      }
    }
  }

  void say_rest() {
    std::string rest;
    for (const ColumnLook& column : columns_) {
      if (taken_.contains(column.name)) continue;
      rest += format("{}'{}'", rest.empty() ? "" : ", ", column.name);
    }
    if (!rest.empty()) say(format("not used: {}; list them under \"also\" to have them in the text", rest));
  }

  const TableSample& rows_;
  std::size_t header_row_ = 0;
  std::vector<std::string> header_;
  std::vector<ColumnLook> columns_;
  std::set<std::string> taken_;
  TableMapping mapping_;
  TableDraft out_;
};

Result<TableSample> sample_csv(const ByteSource& bytes, char& delimiter) {
  CsvRows rows(bytes);
  GAVAH_ASSIGN(const std::string line, rows.peek_line());
  if (const auto stated = stated_delimiter(line)) {
    delimiter = *stated;
    GAVAH_TRY(rows.skip_line());
  } else {
    delimiter = guess_delimiter(line);
  }
  rows.set_delimiter(delimiter);
  TableSample out;
  CsvRow row;
  while (out.size() < kSampleRows) {
    GAVAH_ASSIGN(const bool found, rows.next(row));
    if (!found) break;
    out.push_back(csv_cells(row.text(), delimiter));
  }
  return out;
}

}  // namespace

Result<std::optional<TableDraft>> draft_table(const ByteSource& bytes, std::string_view name) {
  GAVAH_ASSIGN(const std::string head, bytes.read({0, std::min<std::uint64_t>(bytes.size(), kDetectBytes)}));
  const Format format = detect(head, name, Mapping::none).format;
  char delimiter = '\0';
  if (format == Format::table) {
    if (is_gdelt_row(std::string_view(head).substr(0, head.find('\n')))) {
      return TableDraft{gdelt_mapping().json(),
                        {"rows of GDELT's event table, which have no header and need no mapping"}};
    }
    GAVAH_ASSIGN(const TableSample rows, sample_csv(bytes, delimiter));
    return Drafter(rows, delimiter).draft();
  }
  if (format != Format::zip) return std::nullopt;
  const ReadOptions options;
  const PartSink none = [](const Part&, std::string_view) { return Result<void>(); };
  Intake intake(options, none, bytes.size());
  GAVAH_ASSIGN(const auto entries, read_zip_directory(bytes, options.limits.max_members));
  const bool is_book =
      std::ranges::any_of(entries, [](const ZipEntry& entry) { return is_workbook_member(entry.name); });
  if (!is_book) return std::nullopt;
  const Document document{bytes, {}, {}, std::string(name), 0};
  GAVAH_ASSIGN(const TableSample rows, sample_workbook(document, entries, intake));
  return Drafter(rows, delimiter).draft();
}

}  // namespace gavah::capture
