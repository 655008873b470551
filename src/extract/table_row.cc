#include "extract/table_row.h"

#include <algorithm>

#include "base/json.h"
#include "extract/archive_record.h"
#include "extract/furniture.h"
#include "extract/mapped_text.h"
#include "extract/table_cells.h"
#include "extract/table_date.h"
#include "extract/text_post.h"
#include "extract/workbook_row.h"

namespace gavah::extract {
namespace {

constexpr std::size_t kCites = 64;  // sources of one row: ACLED lists up to a dozen

bool is_address(std::string_view text) { return text.starts_with("https://") || text.starts_with("http://"); }

/// Places after each `mark` of a list, trimmed.
std::vector<std::string> parted(std::string_view list, char mark) {
  std::vector<std::string> out;
  while (out.size() < kCites) {
    const std::size_t end = std::min(list.find(mark), list.size());
    if (const auto item = trimmed(list.substr(0, end)); !item.empty()) out.emplace_back(item);
    if (end == list.size()) break;
    list.remove_prefix(end + 1);
  }
  return out;
}

bool is_count(std::string_view text) { return text.find_first_of("123456789") != std::string_view::npos; }

void insert(std::string_view words, MappedText& out) {
  for (const char c : words) out.insert(c);
}

/// "lat|lon": both sides are numbers.
bool is_coordinates(std::string_view text) {
  return text.find('|') != std::string_view::npos &&
         text.find_first_not_of("0123456789.-+| ") == std::string_view::npos;
}

/// "es" of "Title__es", as Uwazi imports have; empty for other names.
std::string_view language_of(std::string_view name) {
  const std::size_t at = name.rfind("__");
  if (at == std::string_view::npos || at == 0) return {};
  const std::string_view suffix = name.substr(at + 2);
  const bool is_code = (suffix.size() == 2 || suffix.size() == 3) &&
                       std::ranges::all_of(suffix, [](char c) { return c >= 'a' && c <= 'z'; });
  return is_code ? suffix : std::string_view();
}
std::string_view without_language(std::string_view name) {
  const std::size_t suffix = language_of(name).size();
  return suffix == 0 ? name : name.substr(0, name.size() - suffix - 2);
}

class RowReader {
 public:
  RowReader(const Json& mapping, const TableCells& cells)
      : mapping_(mapping), cells_(cells), shape_(mapping.text_of("shape")) {}

  void read_into(Report& report) {
    report.title = text_of("title");
    report.author = text_of("author");
    report.source = text_of("source");
    if (report.source.empty()) report.source = mapping_.text_of("publisher");
    report.url = text_of("url");
    report.lang = text_of("lang");
    report.published = table_date(text_of("date"), date_rule());
    write_words(report);
    add_relations(report);
    if (shape_ == "4cat-telegram") name_message(report);
    for (const std::string& link : links_in(report.text)) add_link(report, link);
    name_entry(report);
    report.hollow = mapping_.text_of("hollow");
    const bool is_bare =
        report.text.empty() && report.title.empty() && report.relations.empty() && report.links.empty();
    if (is_bare && report.hollow.empty()) report.hollow = "empty body";
  }

 private:
  DateRule date_rule() const {
    DateRule rule;
    rule.order = date_order_of(mapping_.text_of("date_format"));
    const std::string_view zone = mapping_.text_of("zone");
    rule.zone = zone == "utc"       ? DateRule::Zone::utc
                : zone == "unknown" ? DateRule::Zone::untrue
                                    : DateRule::Zone::stated;
    return rule;
  }

  static std::vector<std::string> names_in(const Json* value) {
    std::vector<std::string> out;
    if (value == nullptr) return out;
    if (value->string() != nullptr) out.push_back(*value->string());
    for (const Json& item : value->items()) {
      if (item.string() != nullptr) out.push_back(*item.string());
    }
    return out;
  }
  std::vector<std::string> names_of(std::string_view slot) const {
    return names_in(mapping_.find_path({"columns", slot}));
  }

  /// The first cell of the slot in which something stands.
  const RowCell* cell_of(std::string_view slot) const {
    for (const std::string& name : names_of(slot)) {
      if (const RowCell* cell = cells_.find(name)) return cell;
    }
    return nullptr;
  }
  std::string text_of(std::string_view slot) const {
    const RowCell* cell = cell_of(slot);
    return cell == nullptr ? std::string() : cell->text.text();
  }

  static void write(const RowCell& cell, MappedText& out) { out.append(cell.text, {0, cell.text.size()}); }

  /// A date in ISO 8601 where its order is stated; else as it stands.
  void write_date(const RowCell& cell, MappedText& out) const {
    const std::string& written = cell.text.text();
    const std::string day = iso_day(written, date_rule());
    if (day.empty() || written.starts_with(day)) {
      write(cell, out);
    } else {
      out.append_as(day, cell.text, {0, cell.text.size()});
    }
  }

  void write_dateline(const Report& report, const RowCell* words, MappedText& out) const {
    const RowCell* when = cell_of("when");
    std::vector<const RowCell*> places;
    for (const std::string& name : names_of("place")) {
      if (const RowCell* cell = cells_.find(name)) places.push_back(cell);
    }
    if (when == nullptr) {
      const auto is_said = [&](const RowCell* place) {
        const std::string& name = place->text.text();
        return (words != nullptr && words->text.text().find(name) != std::string::npos) ||
               report.title.find(name) != std::string::npos;
      };
      std::erase_if(places, is_said);
    } else {
      write_date(*when, out);
      if (!places.empty()) insert(", ", out);
    }
    for (std::size_t i = 0; i < places.size(); ++i) {
      if (i > 0) insert(", ", out);
      write(*places[i], out);
    }
    if (when != nullptr && words != nullptr) {
      insert(": ", out);
    } else {
      out.break_line();
    }
  }

  void write_counts(MappedText& out) const {
    const Json* counts = mapping_.find("counts");
    if (counts == nullptr) return;
    for (const auto& [word, columns] : counts->members()) {
      std::vector<const RowCell*> bounds;
      for (const std::string& name : names_in(&columns)) {
        const RowCell* cell = cells_.find(name);
        const bool is_new = cell != nullptr && is_count(cell->text.text()) &&
                            (bounds.empty() || bounds[0]->text.text() != cell->text.text());
        if (is_new && bounds.size() < 2) bounds.push_back(cell);
      }
      if (bounds.empty()) continue;
      out.break_line();
      write(*bounds[0], out);
      if (bounds.size() == 2) {
        insert(" to ", out);
        write(*bounds[1], out);
      }
      insert(" " + word, out);
    }
  }

  /// A property of Uwazi: values are parted by "|", a value in a group by "::".
  static void write_values(const RowCell& cell, MappedText& out) {
    const std::string& text = cell.text.text();
    std::uint32_t at = 0;
    while (at < text.size()) {
      const auto mark = static_cast<std::uint32_t>(std::min({text.find('|', at), text.find("::", at), text.size()}));
      out.append(cell.text, {at, mark});
      if (mark == text.size()) break;
      const bool is_group = text[mark] == ':';
      const std::uint32_t past = mark + (is_group ? 2U : 1U);
      out.append_as(is_group ? ", " : "; ", cell.text, {mark, past});
      at = past;
    }
  }

  /// "label|https://…": the address is a link and no word.
  bool write_link(const RowCell& cell, Report& report, MappedText& out) const {
    const std::string& text = cell.text.text();
    const std::size_t bar = text.find('|');
    if (bar == std::string::npos || !is_address(trimmed(std::string_view(text).substr(bar + 1)))) return false;
    add_link(report, std::string(trimmed(std::string_view(text).substr(bar + 1))));
    out.append(cell.text, {0, static_cast<std::uint32_t>(bar)});
    return true;
  }

  void write_also(Report& report, MappedText& out) const {
    const bool is_uwazi = shape_ == "uwazi";
    for (const std::string& name : names_of("also")) {
      const RowCell* cell = cells_.find(name);
      if (cell == nullptr || cell->text.text() == "NA" || (is_uwazi && is_of_uwazi(name, cell->text.text()))) continue;
      out.break_line();
      insert(std::string(is_uwazi ? without_language(name) : name) + ": ", out);
      if (!is_uwazi) {
        write(*cell, out);
      } else if (!write_link(*cell, report, out)) {
        write_values(*cell, out);
      }
    }
  }

  /// What the platform keeps about an entity, and what no word can be made of.
  static bool is_of_uwazi(std::string_view name, std::string_view text) {
    name = without_language(name);
    for (const std::string_view own :
         {"Template", "Geolocation", "Documents", "Attachments", "Published", "file", "attachments"}) {
      if (name == own) return true;
    }
    return is_coordinates(text);
  }

  void write_words(Report& report) const {
    MappedText words(page());
    // A table of headlines has no other words.
    const RowCell* text = cell_of(names_of("text").empty() ? "title" : "text");
    write_dateline(report, text, words);
    if (text != nullptr) write(*text, words);
    write_counts(words);
    write_also(report, words);
    words.trim_end();
    words.give(report);
  }

  const OffsetMap& page() const {
    static const OffsetMap kNone = OffsetMap::identity();
    return kNone;
  }

  static void add_link(Report& report, std::string link) {
    if (std::ranges::find(report.links, link) == report.links.end()) report.links.push_back(std::move(link));
  }

  void add_relations(Report& report) const {
    for (const std::string& name : names_of("cites")) {
      const RowCell* cell = cells_.find(name);
      if (cell == nullptr || cell->text.text() == "NA") continue;
      for (std::string& cited : parted(cell->text.text(), ';')) {
        if (is_address(cited)) add_link(report, cited);
        report.relations.push_back({RelationKind::cites, std::move(cited), std::nullopt});
      }
    }
    for (const std::string& name : names_of("links")) {
      const RowCell* cell = cells_.find(name);
      if (cell != nullptr && is_address(cell->text.text())) add_link(report, cell->text.text());
    }
    if (const std::string gone = text_of("retracts"); !gone.empty()) {
      report.relations.push_back({RelationKind::retracts, address_of("acled", gone), std::nullopt});
    }
  }

  static std::string address_of(std::string_view shape, std::string_view id) {
    return std::string("urn:").append(shape).append(":").append(id);
  }

  /// An entry of a known table is spoken of by its number there.
  void name_entry(Report& report) const {
    const std::string id = text_of("id");
    if (report.url.empty() && !id.empty() && !shape_.empty()) report.url = address_of(shape_, id);
  }

  /// A message of Telegram by its address; whom it forwards, what it answers.
  void name_message(Report& report) const {
    const std::string id = text_of("id");
    const std::string chat = report.source;
    const bool is_name = chat.find_first_not_of("0123456789-") != std::string::npos;
    const std::string base = is_name ? "https://t.me/" + chat + "/" : std::string();
    const std::size_t dash = id.rfind('-');
    if (is_name && dash != std::string::npos) report.url = base + id.substr(dash + 1);
    if (is_name) report.source = "@" + chat;
    if (const std::string reply = text_of("replies"); !reply.empty() && is_name) {
      report.relations.push_back({RelationKind::replies, base + reply, std::nullopt});
    }
    if (const std::string origin = text_of("forwards"); !origin.empty()) {
      const bool is_account = cells_.find("author_forwarded_from_username") != nullptr;
      report.relations.push_back(
          {RelationKind::forwards, is_account ? "https://t.me/" + origin : origin, std::nullopt});
    }
    if (!text_of("edited").empty() && !report.url.empty()) {
      report.relations.push_back({RelationKind::edits, report.url, std::nullopt});
    }
  }

  const Json& mapping_;
  const TableCells& cells_;
  std::string shape_;
};

/// The cells of one language, and those of none.
TableCells in_language(const TableCells& cells, std::string_view language) {
  TableCells out = cells;
  for (std::size_t i = 0; i < out.names.size() && i < out.cells.size(); ++i) {
    const std::string_view own = language_of(out.names[i]);
    if (!own.empty() && own != language) out.cells[i].text.truncate(0);
  }
  return out;
}

/// One entity of Uwazi in each language that its row has.
void read_languages(ReportSet& set, const Json& mapping, const TableCells& cells) {
  std::vector<std::string> languages;
  for (const std::string& name : cells.names) {
    const std::string language(language_of(name));
    if (!language.empty() && std::ranges::find(languages, language) == languages.end()) languages.push_back(language);
  }
  std::string first;
  for (const std::string& language : languages) {
    Report* report = set.add(ReportKind::row);
    if (report == nullptr) return;
    RowReader(mapping, in_language(cells, language)).read_into(*report);
    report->lang = language.size() == 2 ? language : std::string();
    if (first.empty()) {
      first = report->id.hex();
    } else {
      report->relations.push_back({RelationKind::translates, first, std::nullopt});
    }
  }
}

/// A hint of the part, else of the capture.
std::string hint(const ReportSet& set, const std::string& name) {
  const auto& part = set.input().part.hints;
  if (const auto found = part.find(name); found != part.end()) return found->second;
  const auto& capture = set.input().capture.hints;
  const auto found = capture.find(name);
  return found == capture.end() ? std::string() : found->second;
}

std::vector<std::string> header_of(const ReportSet& set) {
  std::vector<std::string> out;
  const Json header = Json::parse(hint(set, "header")).value_or(Json());
  for (const Json& cell : header.items()) out.push_back(cell.string() == nullptr ? std::string() : *cell.string());
  return out;
}

/// The bytes of a row in the charset that its table is in.
Transcoded decoded(const ReportSet& set) {
  const ExtractInput& input = set.input();
  if (!input.part.charset.empty()) {
    if (auto text = transcode(input.bytes, input.part.charset)) return *std::move(text);
  }
  return to_utf8(input.bytes, input.part.charset);
}

}  // namespace

void read_table_row(ReportSet& set) {
  const Transcoded row = decoded(set);
  const Json mapping = Json::parse(hint(set, "mapping")).value_or(Json());
  const std::string_view delimiter = mapping.text_of("delimiter");
  const std::string& format = set.input().part.format;
  TableCells cells;
  if (format == "json-row") {
    cells = json_row_cells(row);
  } else if (format == "xlsx-row") {
    const SheetEpoch epoch = hint(set, "epoch") == "1904" ? SheetEpoch::from_1904 : SheetEpoch::from_1900;
    cells = sheet_row_cells(row, header_of(set), {hint(set, "strings"), hint(set, "dates"), epoch});
  } else {
    cells = csv_row_cells(row, header_of(set), delimiter.empty() ? ',' : delimiter[0]);
  }
  const std::string_view shape = mapping.text_of("shape");
  if (shape == "auto-archiver-db") {
    read_archive_row(set, cells);
    return;
  }
  const bool has_languages =
      std::ranges::any_of(cells.names, [](const auto& name) { return !language_of(name).empty(); });
  if (shape == "uwazi" && has_languages) {
    read_languages(set, mapping, cells);
    return;
  }
  RowReader(mapping, cells).read_into(*set.add(shape.starts_with("4cat") ? ReportKind::message : ReportKind::row));
}

}  // namespace gavah::extract
