// Reads tables of delimiter-separated text row by row.
#include <algorithm>

#include "base/format.h"
#include "base/json.h"
#include "capture/csv_row.h"
#include "capture/csv_rows.h"
#include "capture/date_order.h"
#include "capture/intake.h"
#include "capture/named_table.h"
#include "capture/table.h"

namespace gavah::capture {
namespace {

constexpr std::size_t kHeaderRows = 20;               // titles and notes that people write above a header
constexpr std::size_t kMaxColumns = 16'384;           // as spreadsheets have at most
constexpr std::uint64_t kProofBytes = 4 * kMebibyte;  // rows that are looked at for the order of day and month

class TableReader {
 public:
  TableReader(const Document& document, Intake& intake) : document_(document), intake_(intake), rows_(document.bytes) {}

  Result<void> read() {
    intake_.set_format(document_, "csv");
    GAVAH_TRY(choose_delimiter());
    GAVAH_TRY(find_header());
    GAVAH_TRY(prove_dates());
    tell_hints();
    CsvRow row;
    for (std::uint64_t number = 1;; ++number) {
      GAVAH_ASSIGN(const bool found, rows_.next(row));
      if (!found) return {};
      GAVAH_TRY(take_row(number, row));
    }
  }

 private:
  Result<void> choose_delimiter() {
    GAVAH_ASSIGN(first_line_, rows_.peek_line());
    const auto stated = stated_delimiter(first_line_);
    if (stated) {
      GAVAH_TRY(rows_.skip_line());
      GAVAH_ASSIGN(first_line_, rows_.peek_line());
    }
    if (!intake_.options().mapping.empty()) {
      GAVAH_ASSIGN(mapping_, TableMapping::parse(intake_.options().mapping));
      is_given_ = true;
    }
    if (mapping_.delimiter == '\0') mapping_.delimiter = stated ? *stated : guess_delimiter(first_line_);
    rows_.set_delimiter(mapping_.delimiter);
    return {};
  }

  /// The mapping for a row that may be the header.
  Result<TableMapping> mapping_of(const std::vector<std::string>& header) const {
    if (is_given_) return mapping_.resolve(header, TableMapping::Missing::refused);
    if (auto recognised = recognise_header(header, mapping_.delimiter)) return *std::move(recognised);
    return fail(ErrorCode::invalid_input,
                "a table none of whose columns is obviously the text: it needs a mapping file (--mapping; "
                "gavah add --preview drafts one)");
  }

  Result<void> find_header() {
    if (!is_given_ && is_gdelt_row(first_line_)) {
      mapping_ = gdelt_mapping();
      rows_.set_delimiter(mapping_.delimiter);
      header_ = gdelt_header(csv_cells(first_line_, mapping_.delimiter).size());
      return {};
    }
    std::optional<Error> first_error;
    CsvRow row;
    for (std::size_t above = 0; above < kHeaderRows; ++above) {
      GAVAH_ASSIGN(const bool found, rows_.next(row));
      if (!found && above == 0) return fail(ErrorCode::invalid_input, "the table is empty");
      if (!found) break;
      if (count_csv_cells(row.text(), mapping_.delimiter) > kMaxColumns) {
        return fail(ErrorCode::invalid_input, format("a table of more than {} columns", kMaxColumns));
      }
      const auto cells = csv_cells(row.text(), mapping_.delimiter);
      header_ = header_names(cells);
      auto mapping = mapping_of(header_);
      if (mapping) {
        mapping_ = *std::move(mapping);
        if (above > 0) intake_.pass_over("row above the header", above);
        return {};
      }
      if (!first_error) first_error = mapping.error();
    }
    return std::unexpected(*first_error);
  }

  bool is_date(std::size_t column) const {
    return std::ranges::any_of(std::array{"date", "when"}, [&](const char* slot) {
      const auto found = mapping_.columns.find(slot);
      return found != mapping_.columns.end() &&
             std::ranges::find(found->second, header_[column]) != found->second.end();
    });
  }

  /// Looks ahead for a date whose numbers prove their order.
  Result<void> prove_dates() {
    if (!mapping_.date_format.empty()) return {};
    std::vector<std::size_t> columns;
    for (std::size_t i = 0; i < header_.size(); ++i) {
      if (is_date(i)) columns.push_back(i);
    }
    if (columns.empty()) return {};
    CsvRows ahead(document_.bytes);
    ahead.set_delimiter(mapping_.delimiter);
    DateOrder order;
    CsvRow row;
    while (ahead.offset() < kProofBytes) {
      GAVAH_ASSIGN(const bool found, ahead.next(row));
      if (!found) break;
      const auto cells = csv_cells(row.text(), mapping_.delimiter);
      for (const std::size_t column : columns) {
        if (column < cells.size()) order.see(cells[column]);
      }
    }
    mapping_.date_format = order.format();
    if (order.is_mixed()) tell("its dates stand in both orders of day and month: those that fit both stay open");
    if (order.is_open()) {
      tell(
          "nothing in it proves whether day or month comes first: such dates stay open; state date_format in a "
          "mapping");
    }
    return {};
  }

  void tell(std::string what) { intake_.add_flaw("table", document_.path, std::move(what)); }

  void tell_hints() {
    for (const std::string& name : header_) {
      if (name.ends_with(" (2)")) tell(format("two columns have one name: the second is '{}'", name));
    }
    JsonWriter header;
    header.begin_array();
    for (const std::string& cell : header_) header.text(cell);
    header.end_array();
    hints_ = {{"header", header.take()}, {"mapping", mapping_.json()}};
    if (document_.nesting > 0) return;
    for (const auto& [name, value] : hints_) intake_.set_hint(name, value);
    hints_.clear();
  }

  /// What is not as it should be, and is read all the same.
  void look_at(const CsvRow& row, const std::string& where) {
    if (!row.charset.empty() && !row.charset.starts_with("utf-16") && !told_charset_) {
      told_charset_ = true;
      tell(format("a row is not in UTF-8; such rows are read, by their words, as {}", row.charset));
    }
    const std::size_t cells = row.charset.starts_with("utf-16") ? csv_cells(row.text(), mapping_.delimiter).size()
                                                                : count_csv_cells(row.bytes, mapping_.delimiter);
    if (cells > header_.size()) {
      intake_.add_flaw("row", where, format("it has {} cells under a header of {}", cells, header_.size()));
    }
  }

  Result<void> take_row(std::uint64_t number, const CsvRow& row) {
    const std::string where = inner_path(document_.path, format("row {}", number));
    if (row.is_cut) {
      intake_.add_problem("row", where, "the file ends inside a quoted cell");
      return {};
    }
    look_at(row, where);
    Part part;
    part.chain = chain_to(document_, row.range, "none");
    part.format = "csv-row";
    part.media_type = "text/csv";
    part.charset = row.charset;
    part.path = where;
    part.hints = hints_;
    return intake_.take(std::move(part), row.bytes);
  }

  const Document& document_;
  Intake& intake_;
  CsvRows rows_;
  std::string first_line_;
  TableMapping mapping_;
  bool is_given_ = false;
  bool told_charset_ = false;
  std::vector<std::string> header_;
  std::map<std::string, std::string> hints_;  // of each part, in a nested table
};

}  // namespace

Result<void> read_table(const Document& document, Intake& intake) { return TableReader(document, intake).read(); }

}  // namespace gavah::capture
