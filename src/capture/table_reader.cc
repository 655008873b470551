// Reads tables (RFC 4180 and what spreadsheets write) row by row.
#include <algorithm>

#include "base/byte_window.h"
#include "base/format.h"
#include "base/json.h"
#include "base/utf8.h"
#include "capture/csv_row.h"
#include "capture/http_message.h"
#include "capture/intake.h"
#include "capture/table.h"

namespace gavah::capture {
namespace {

constexpr std::uint64_t kMaxRowBytes = 16 * kMebibyte;  // an unclosed quote must not swallow the file

class TableReader {
 public:
  TableReader(const Document& document, Intake& intake)
      : document_(document), intake_(intake), window_(document.bytes) {}

  Result<void> read() {
    GAVAH_TRY(read_header());
    for (std::uint64_t number = 1;; ++number) {
      GAVAH_ASSIGN(const bool found, next_row());
      if (!found) return {};
      GAVAH_TRY(take_row(number));
    }
  }

 private:
  Result<std::string> first_line() {
    GAVAH_TRY(window_.grow());
    if (window_.view().starts_with("\xEF\xBB\xBF")) window_.consume(3);
    // White space before the header, which Uwazi's exports have.
    const std::size_t begin = window_.view().find_first_not_of("\r\n");
    window_.consume(begin == std::string_view::npos ? window_.view().size() : begin);
    const std::string_view view = window_.view();
    return std::string(view.substr(0, view.find('\n')));
  }

  Result<void> choose_mapping(const std::string& line) {
    const std::string& given = intake_.options().mapping;
    if (!given.empty()) {
      GAVAH_ASSIGN(mapping_, TableMapping::parse(given));
    } else {
      mapping_.delimiter = guess_delimiter(line);
    }
    GAVAH_ASSIGN(const bool found, next_row());
    if (!found) return fail(ErrorCode::invalid_input, "the table is empty");
    if (!is_utf8(row_))
      return fail(ErrorCode::invalid_input, "the table's header is not UTF-8; save the table as UTF-8");
    header_ = csv_cells(row_, mapping_.delimiter);
    for (std::string& cell : header_) cell = trim(cell);
    return given.empty() ? recognise() : check_columns();
  }

  Result<void> recognise() {
    auto recognised = recognise_header(header_, mapping_.delimiter);
    if (!recognised) {
      return fail(ErrorCode::invalid_input,
                  "a table none of whose columns is obviously the text: it needs a mapping file (--mapping)");
    }
    mapping_ = *std::move(recognised);
    return {};
  }

  Result<void> check_columns() const {
    for (const auto& [slot, cell] : mapping_.columns) {
      if (std::ranges::find(header_, cell) == header_.end()) {
        return fail(ErrorCode::invalid_input,
                    format("the mapping's column '{}' for {} is not in the table", cell, slot));
      }
    }
    return {};
  }

  Result<void> read_header() {
    GAVAH_ASSIGN(const std::string line, first_line());
    GAVAH_TRY(choose_mapping(line));
    JsonWriter header;
    header.begin_array();
    for (const std::string& cell : header_) header.text(cell);
    header.end_array();
    hints_ = {{"header", header.take()}, {"mapping", mapping_.json()}};
    intake_.set_format(document_, "csv");
    if (document_.nesting > 0) return {};
    for (const auto& [name, value] : hints_) intake_.set_hint(name, value);
    hints_.clear();
    return {};
  }

  /// Puts the next row that is not empty into row_; false at the end.
  Result<bool> next_row() {
    for (;;) {
      if (window_.view().empty() && window_.is_last()) return false;
      CsvRowEnd row_end(mapping_.delimiter);
      auto end = row_end.find(window_.view());
      while (!end && !window_.is_last() && window_.view().size() <= kMaxRowBytes) {
        GAVAH_TRY(window_.grow());
        end = row_end.find(window_.view());
      }
      if (!end && window_.view().size() > kMaxRowBytes) {
        return fail(ErrorCode::invalid_input,
                    format("the row at byte {} has more than {} bytes: a quote may be unclosed", window_.offset(),
                           kMaxRowBytes));
      }
      const std::size_t size = end.value_or(window_.view().size());
      is_cut_ = !end && row_end.in_quotes();
      row_ = window_.view().substr(0, size);
      if (row_.ends_with('\r')) row_.pop_back();
      row_begin_ = window_.offset();
      window_.consume(end ? size + 1 : size);
      if (!trim(row_).empty()) return true;
    }
  }

  Result<void> take_row(std::uint64_t number) {
    const std::string where = inner_path(document_.path, format("row {}", number));
    if (is_cut_) {
      intake_.add_problem("row", where, "the file ends inside a quoted cell");
      return {};
    }
    if (!is_utf8(row_)) {
      intake_.add_problem("row", where, "it is not UTF-8; save the table as UTF-8");
      return {};
    }
    Part part;
    part.chain = chain_to(document_, {row_begin_, row_begin_ + row_.size()}, "none");
    part.format = "csv-row";
    part.media_type = "text/csv";
    part.path = where;
    part.hints = hints_;
    return intake_.take(std::move(part), row_);
  }

  const Document& document_;
  Intake& intake_;
  ByteWindow window_;
  TableMapping mapping_;
  std::vector<std::string> header_;
  std::map<std::string, std::string> hints_;  // of each part, in a nested table
  std::string row_;
  std::uint64_t row_begin_ = 0;
  bool is_cut_ = false;
};

}  // namespace

Result<void> read_table(const Document& document, Intake& intake) { return TableReader(document, intake).read(); }

}  // namespace gavah::capture
