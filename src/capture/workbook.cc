#include "capture/workbook.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <memory>
#include <set>

#include "base/byte_window.h"
#include "base/format.h"
#include "base/json.h"
#include "base/sheet_row.h"
#include "base/utf8.h"
#include "base/xml_scanner.h"
#include "capture/capture.h"
#include "capture/date_order.h"
#include "capture/inflate_whole.h"
#include "capture/inflated_source.h"
#include "capture/table.h"
#include "capture/table_draft.h"

namespace gavah::capture {
namespace {

using Kind = XmlToken::Kind;

constexpr std::uint64_t kMaxMemberBytes = 64 * kMebibyte;  // of a member that is held: strings, styles, the workbook
constexpr std::uint64_t kMaxRowBytes = 16 * kMebibyte;     // a row has at most 16,384 cells
constexpr std::size_t kMaxSheets = 1024;
constexpr std::size_t kMaxStyles = 65'536;  // 64,000 cell formats are allowed
constexpr std::size_t kHeaderRows = 20;     // titles and notes that people write above a header
constexpr std::size_t kProofRows = 20'000;  // rows looked at for the order of day and month in dates that are text

struct Sheet {
  std::string name;
  std::string member;
  bool is_hidden = false;
};

/// What all sheets share.
struct Book {
  std::vector<Sheet> sheets;
  std::vector<std::string> strings;
  std::set<std::uint32_t> date_styles;
  SheetEpoch epoch = SheetEpoch::from_1900;
};

std::uint32_t number_of(std::string_view text) {
  std::uint32_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// Calls `visit` for each token of a whole document; a document that is cut is read up to there.
Result<void> each_token(std::string_view xml, const std::function<Result<void>(const XmlToken&)>& visit) {
  XmlScanner scanner(xml);
  for (;;) {
    GAVAH_ASSIGN(const XmlToken token, scanner.next());
    if (token.kind == Kind::more) return {};
    GAVAH_TRY(visit(token));
  }
}

/// Shared strings in order: runs joined, phonetic ones left out.
Result<std::vector<std::string>> parse_strings(std::string_view xml) {
  std::vector<std::string> out;
  bool is_text = false;
  bool is_phonetic = false;
  GAVAH_TRY(each_token(xml, [&](const XmlToken& token) -> Result<void> {
    if (token.opens("si")) out.emplace_back();
    const bool opens = token.kind == Kind::open;
    const bool is_tag = opens || token.kind == Kind::close;
    if (is_tag && token.name == "t") is_text = opens;
    if (is_tag && token.name == "rPh") is_phonetic = opens;
    const std::string_view inside = xml.substr(token.text_begin, token.text_end - token.text_begin);
    if (!is_text || is_phonetic || out.empty()) return {};
    if (token.kind == Kind::text) out.back() += xml_text(inside);
    if (token.kind == Kind::cdata) out.back() += inside;
    return {};
  }));
  return out;
}

/// The cell styles that show a number as a date.
Result<std::set<std::uint32_t>> parse_styles(std::string_view xml) {
  std::map<std::uint32_t, std::string> codes;
  std::set<std::uint32_t> out;
  bool is_cell_formats = false;
  std::uint32_t style = 0;
  GAVAH_TRY(each_token(xml, [&](const XmlToken& token) -> Result<void> {
    if (token.opens("numFmt") && codes.size() < kMaxStyles) {
      codes[number_of(token.attribute("numFmtId"))] = token.attribute("formatCode");
    }
    if (token.name == "cellXfs") is_cell_formats = token.kind == Kind::open;
    if (!is_cell_formats || !token.opens("xf") || style >= kMaxStyles) return {};
    const std::uint32_t id = number_of(token.attribute("numFmtId"));
    const auto code = codes.find(id);
    if (is_date_format(id, code == codes.end() ? std::string_view() : code->second)) out.insert(style);
    ++style;
    return {};
  }));
  return out;
}

/// Relation ids to members, from the .rels file of xl/workbook.xml.
Result<std::map<std::string, std::string>> parse_relations(std::string_view xml) {
  std::map<std::string, std::string> out;
  GAVAH_TRY(each_token(xml, [&](const XmlToken& token) -> Result<void> {
    if (!token.opens("Relationship") || out.size() > kMaxSheets * 4) return {};
    const std::string target = token.attribute("Target");
    out[token.attribute("Id")] = target.starts_with('/') ? target.substr(1) : "xl/" + target;
    return {};
  }));
  return out;
}

class WorkbookReader {
 public:
  WorkbookReader(const Document& document, const std::vector<ZipEntry>& entries, Intake& intake)
      : document_(document), entries_(entries), intake_(intake) {}

  /// The first rows of the first sheet that has any.
  Result<TableSample> sample();

  Result<void> read() {
    intake_.set_format(document_, "xlsx");
    GAVAH_TRY(read_book());
    std::optional<Error> first_error;
    std::size_t read = 0;
    for (const Sheet& sheet : book_.sheets) {
      auto done = read_sheet(sheet);
      if (done) {
        ++read;
        continue;
      }
      if (!intake_.owns(done.error())) return done;
      if (!first_error) first_error = done.error();
      intake_.add_problem("sheet", inner_path(document_.path, sheet.name), done.error().sentence());
    }
    if (read > 0) return {};
    if (first_error) return std::unexpected(*first_error);
    return fail(ErrorCode::invalid_input, "a workbook without sheets of cells");
  }

 private:
  const ZipEntry* entry_named(std::string_view name) const {
    const auto found = std::ranges::find(entries_, name, &ZipEntry::name);
    return found == entries_.end() ? nullptr : &*found;
  }

  struct Opened {
    std::unique_ptr<ByteSource> bytes;
    std::vector<ChainStep> chain;
  };
  Result<Opened> open(const ZipEntry& entry) {
    if (entry.is_encrypted()) return fail(ErrorCode::invalid_input, "it is encrypted");
    GAVAH_ASSIGN(const ByteRange data, zip_entry_data(document_.bytes, entry));
    if (entry.method == 0) {
      return Opened{std::make_unique<RangeSource>(document_.bytes, data), chain_to(document_, data, "none")};
    }
    if (entry.method != 8)
      return fail(ErrorCode::invalid_input, format("its compression method {} is not known", entry.method));
    GAVAH_ASSIGN(const StreamMeasure measure,
                 measure_stream(document_.bytes, data, Deflated::raw, intake_.inflated_left()));
    GAVAH_TRY(intake_.spend_inflated(measure.size_bytes));
    if (measure.end != InflateStream::End::whole) {
      intake_.add_flaw("member", inner_path(document_.path, entry.name),
                       "its compressed data is cut or damaged: read up to there");
    }
    return Opened{std::make_unique<InflatedSource>(document_.bytes, data, Deflated::raw, measure.size_bytes),
                  chain_to(document_, data, "zip")};
  }

  /// A member that is held; empty when there is none.
  Result<std::string> held(std::string_view name) {
    const ZipEntry* entry = entry_named(name);
    if (entry == nullptr) return std::string();
    GAVAH_ASSIGN(const Opened opened, open(*entry));
    if (opened.bytes->size() > kMaxMemberBytes) {
      return fail(ErrorCode::invalid_input,
                  format("{} has more than {} bytes; save the table as CSV", name, kMaxMemberBytes));
    }
    GAVAH_ASSIGN(std::string bytes, opened.bytes->read({0, opened.bytes->size()}));
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.erase(0, 3);
    if (!is_utf8(bytes)) return fail(ErrorCode::invalid_input, format("{} is not in UTF-8", name));
    return bytes;
  }

  Result<void> read_book() {
    GAVAH_ASSIGN(const std::string relations_xml, held("xl/_rels/workbook.xml.rels"));
    GAVAH_ASSIGN(const auto relations, parse_relations(relations_xml));
    GAVAH_ASSIGN(const std::string workbook, held("xl/workbook.xml"));
    GAVAH_TRY(each_token(workbook, [&](const XmlToken& token) -> Result<void> {
      if (token.opens("workbookPr")) {
        const std::string is_1904 = token.attribute("date1904");
        if (is_1904 == "1" || is_1904 == "true") book_.epoch = SheetEpoch::from_1904;
      }
      if (!token.opens("sheet") || book_.sheets.size() == kMaxSheets) return {};
      const auto member = relations.find(token.attribute("id"));
      const bool is_sheet = member != relations.end() && member->second.find("worksheets/") != std::string::npos;
      if (!is_sheet) {
        intake_.pass_over("chart or dialogue sheet");
        return {};
      }
      const std::string state = token.attribute("state");
      book_.sheets.push_back({token.attribute("name"), member->second, state == "hidden" || state == "veryHidden"});
      return {};
    }));
    GAVAH_ASSIGN(const std::string strings, held("xl/sharedStrings.xml"));
    GAVAH_ASSIGN(book_.strings, parse_strings(strings));
    GAVAH_ASSIGN(const std::string styles, held("xl/styles.xml"));
    GAVAH_ASSIGN(book_.date_styles, parse_styles(styles));
    return {};
  }

  Result<void> read_sheet(const Sheet& sheet);

  const Document& document_;
  const std::vector<ZipEntry>& entries_;
  Intake& intake_;
  Book book_;
};

/// One row as it stands in the sheet.
struct SheetRow {
  ByteRange range;
  std::string bytes;
  std::string number;  ///< as the row says it
  std::vector<SheetCell> cells;
};

/// The <row> elements of a sheet, one after another.
class SheetRows {
 public:
  explicit SheetRows(const ByteSource& bytes) : window_(bytes) {}

  /// False at the end. Rows without cells are passed over.
  Result<bool> next(SheetRow& row) {
    for (;;) {
      GAVAH_ASSIGN(const bool found, find_row());
      if (!found) return false;
      GAVAH_TRY(take_row(row));
      if (!row.cells.empty()) return true;
    }
  }

 private:
  /// Moves to where a <row> begins.
  Result<bool> find_row() {
    for (;;) {
      XmlScanner scanner(window_.view());
      std::size_t past = 0;
      for (;;) {
        GAVAH_ASSIGN(const XmlToken token, scanner.next());
        if (token.kind == Kind::more) break;
        if (token.opens("row")) {
          window_.consume(token.begin);
          return true;
        }
        // A stretch of text may go on beyond the window.
        if (token.kind != Kind::text) past = token.end;
      }
      window_.consume(past);
      if (window_.view().size() > kMaxRowBytes) return fail(ErrorCode::invalid_input, "a sheet without rows");
      GAVAH_ASSIGN(const bool more, window_.grow());
      if (!more) return false;
    }
  }

  Result<void> take_row(SheetRow& row) {
    for (;;) {
      GAVAH_ASSIGN(const std::size_t size, row_size());
      if (size > 0) {
        row.bytes = window_.view().substr(0, size);
        row.range = {window_.offset(), window_.offset() + size};
        window_.consume(size);
        XmlScanner scanner(row.bytes);
        GAVAH_ASSIGN(const XmlToken open, scanner.next());
        row.number = open.attribute("r");
        if (!is_utf8(row.bytes)) return fail(ErrorCode::invalid_input, "a sheet that is not in UTF-8");
        GAVAH_ASSIGN(row.cells, sheet_cells(row.bytes));
        return {};
      }
      if (window_.is_last()) return fail(ErrorCode::invalid_input, "the sheet ends inside a row");
      if (window_.view().size() > kMaxRowBytes) {
        return fail(ErrorCode::invalid_input, format("a row of more than {} bytes", kMaxRowBytes));
      }
      GAVAH_TRY(window_.grow());
    }
  }

  /// How long the row is that the window begins with; 0 when its end is not in the window yet.
  Result<std::size_t> row_size() {
    XmlScanner scanner(window_.view());
    for (;;) {
      GAVAH_ASSIGN(const XmlToken token, scanner.next());
      if (token.kind == Kind::more) return std::size_t{0};
      const bool ends = token.name == "row" && (token.kind == Kind::empty || token.kind == Kind::close);
      if (ends) return token.end;
    }
  }

  ByteWindow window_;
};

/// Reads one sheet as a table.
class SheetReader {
 public:
  SheetReader(const Document& document, const Book& book, const Sheet& sheet, const ByteSource& bytes,
              const std::vector<ChainStep>& chain, Intake& intake)
      : document_(document), book_(book), sheet_(sheet), bytes_(bytes), chain_(chain), intake_(intake) {}

  Result<TableSample> sample() {
    SheetRows rows(bytes_);
    TableSample out;
    SheetRow row;
    while (out.size() < kSampleRows) {
      GAVAH_ASSIGN(const bool found, rows.next(row));
      if (!found) break;
      out.push_back(texts(row));
    }
    return out;
  }

  Result<void> read() {
    SheetRows rows(bytes_);
    GAVAH_TRY(find_header(rows));
    GAVAH_TRY(prove_dates());
    JsonWriter header;
    header.begin_array();
    for (const std::string& cell : header_) header.text(cell);
    header.end_array();
    hints_ = {{"header", header.take()}, {"mapping", mapping_.json()}};
    if (book_.epoch == SheetEpoch::from_1904) hints_["epoch"] = "1904";
    SheetRow row;
    for (;;) {
      GAVAH_ASSIGN(const bool found, rows.next(row));
      if (!found) return {};
      GAVAH_TRY(take(row));
    }
  }

 private:
  const std::string* shared(const SheetRow& row, const SheetCell& cell) const {
    const std::uint32_t number = number_of(cell.text(row.bytes));
    return number < book_.strings.size() ? &book_.strings[number] : nullptr;
  }

  std::string shown(const SheetRow& row, const SheetCell& cell) const {
    if (cell.type == SheetCell::Type::shared) {
      const std::string* text = shared(row, cell);
      return text == nullptr ? std::string() : *text;
    }
    std::string text = cell.text(row.bytes);
    if (cell.type == SheetCell::Type::number && book_.date_styles.contains(cell.style)) {
      if (std::string date = date_of_serial(text, book_.epoch); !date.empty()) return date;
    }
    return text;
  }

  std::vector<std::string> texts(const SheetRow& row) const {
    std::vector<std::string> out;
    for (const SheetCell& cell : row.cells) {
      if (cell.column >= out.size()) out.resize(cell.column + 1);
      out[cell.column] = shown(row, cell);
    }
    return out;
  }

  Result<TableMapping> mapping_of(const std::vector<std::string>& header) const {
    const std::string& given = intake_.options().mapping;
    if (!given.empty()) {
      GAVAH_ASSIGN(const TableMapping mapping, TableMapping::parse(given));
      return mapping.resolve(header, TableMapping::Missing::refused);
    }
    if (auto recognised = recognise_header(header, '\0')) return *std::move(recognised);
    return fail(ErrorCode::invalid_input,
                "a sheet none of whose columns is obviously the text: it needs a mapping file (--mapping; "
                "gavah add --preview drafts one)");
  }

  Result<void> find_header(SheetRows& rows) {
    std::optional<Error> first_error;
    SheetRow row;
    for (std::size_t above = 0; above < kHeaderRows; ++above) {
      GAVAH_ASSIGN(const bool found, rows.next(row));
      if (!found) break;
      header_ = header_names(texts(row));
      auto mapping = mapping_of(header_);
      if (mapping) {
        mapping_ = *std::move(mapping);
        if (above > 0) intake_.pass_over("row above the header", above);
        return {};
      }
      if (!first_error) first_error = mapping.error();
    }
    if (first_error) return std::unexpected(*first_error);
    return fail(ErrorCode::invalid_input, "the sheet is empty");
  }

  Result<void> prove_dates() {
    std::set<std::size_t> columns;
    for (const char* slot : {"date", "when"}) {
      const auto named = mapping_.columns.find(slot);
      for (std::size_t i = 0; named != mapping_.columns.end() && i < header_.size(); ++i) {
        if (std::ranges::find(named->second, header_[i]) != named->second.end()) columns.insert(i);
      }
    }
    if (!mapping_.date_format.empty() || columns.empty()) return {};
    DateOrder order;
    SheetRows ahead(bytes_);
    SheetRow row;
    for (std::size_t i = 0; i < kProofRows; ++i) {
      const auto found = ahead.next(row);
      if (!found && !intake_.owns(found.error())) return std::unexpected(found.error());
      if (!found || !*found) break;  // bad rows are told where they are read
      for (const SheetCell& cell : row.cells) {
        if (columns.contains(cell.column)) order.see(shown(row, cell));
      }
    }
    mapping_.date_format = order.format();
    if (order.is_open() || order.is_mixed()) {
      intake_.add_flaw("table", inner_path(document_.path, sheet_.name),
                       "nothing in it proves whether day or month comes first: such dates stay open; state date_format "
                       "in a mapping");
    }
    return {};
  }

  Result<void> take(const SheetRow& row) {
    Part part;
    part.chain = chain_;
    part.chain.push_back({row.range, "none"});
    part.format = "xlsx-row";
    part.media_type = "application/xml";
    part.path = inner_path(document_.path, format("{}/row {}", sheet_.name, row.number));
    part.hints = hints_;
    std::map<std::string, std::string> strings;
    std::set<std::uint32_t> dates;
    for (const SheetCell& cell : row.cells) {
      if (cell.type == SheetCell::Type::shared) {
        const std::string* text = shared(row, cell);
        if (text == nullptr) {
          intake_.add_flaw("row", part.path, "a cell names a shared string that is not there");
        } else {
          strings[cell.text(row.bytes)] = *text;
        }
      } else if (cell.type == SheetCell::Type::number && book_.date_styles.contains(cell.style)) {
        dates.insert(cell.style);
      }
    }
    if (!strings.empty()) {
      JsonWriter out;
      out.begin_object();
      for (const auto& [number, text] : strings) out.member(number, text);
      part.hints["strings"] = out.end_object().take();
    }
    if (!dates.empty()) {
      JsonWriter out;
      out.begin_array();
      for (const std::uint32_t style : dates) out.unsigned_integer(style);
      part.hints["dates"] = out.end_array().take();
    }
    return intake_.take(std::move(part), row.bytes);
  }

  const Document& document_;
  const Book& book_;
  const Sheet& sheet_;
  const ByteSource& bytes_;
  const std::vector<ChainStep>& chain_;
  Intake& intake_;
  TableMapping mapping_;
  std::vector<std::string> header_;
  std::map<std::string, std::string> hints_;
};

Result<void> WorkbookReader::read_sheet(const Sheet& sheet) {
  const ZipEntry* entry = entry_named(sheet.member);
  if (entry == nullptr) return fail(ErrorCode::invalid_input, "its member is not in the workbook");
  if (sheet.is_hidden) {
    intake_.add_flaw("sheet", inner_path(document_.path, sheet.name), "it is hidden in the workbook, and read");
  }
  GAVAH_ASSIGN(const Opened opened, open(*entry));
  return SheetReader(document_, book_, sheet, *opened.bytes, opened.chain, intake_).read();
}

Result<TableSample> WorkbookReader::sample() {
  GAVAH_TRY(read_book());
  for (const Sheet& sheet : book_.sheets) {
    const ZipEntry* entry = entry_named(sheet.member);
    if (entry == nullptr) continue;
    GAVAH_ASSIGN(const Opened opened, open(*entry));
    GAVAH_ASSIGN(TableSample rows, SheetReader(document_, book_, sheet, *opened.bytes, opened.chain, intake_).sample());
    if (!rows.empty()) return rows;
  }
  return TableSample();
}

}  // namespace

Result<TableSample> sample_workbook(const Document& document, const std::vector<ZipEntry>& entries, Intake& intake) {
  return WorkbookReader(document, entries, intake).sample();
}

bool is_workbook_member(std::string_view name) { return name == "xl/workbook.xml"; }

Result<void> read_workbook(const Document& document, const std::vector<ZipEntry>& entries, Intake& intake) {
  return WorkbookReader(document, entries, intake).read();
}

}  // namespace gavah::capture
