#include "capture/table.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <utility>

#include "base/format.h"
#include "base/json.h"
#include "capture/capture.h"
#include "capture/csv_row.h"
#include "capture/http_message.h"
#include "capture/named_table.h"

namespace gavah::capture {
namespace {

constexpr std::array<std::string_view, 17> kSlots{"text",   "title",    "date",    "when",   "place",   "source",
                                                  "author", "url",      "id",      "lang",   "cites",   "links",
                                                  "also",   "forwards", "replies", "edited", "retracts"};

/// Header cells of one slot; Uwazi exports have a hundred properties.
constexpr std::size_t kMaxCellsOfSlot = 1024;

/// Header cells, in lower case, that name their slot beyond doubt.
constexpr std::array<std::pair<std::string_view, std::string_view>, 78> kKnownCells{{
    {"text", "text"},
    {"content", "text"},
    {"message", "text"},
    {"body", "text"},
    {"full_text", "text"},
    {"tweet", "text"},
    {"post", "text"},
    {"description", "text"},
    {"report", "text"},
    {"متن", "text"},
    {"محتوا", "text"},
    {"پیام", "text"},
    {"شرح", "text"},
    {"النص", "text"},
    {"المحتوی", "text"},
    {"الوصف", "text"},
    {"notes", "text"},
    {"title", "title"},
    {"headline", "title"},
    {"subject", "title"},
    {"عنوان", "title"},
    {"تیتر", "title"},
    {"العنوان", "title"},
    {"date", "date"},
    {"time", "date"},
    {"datetime", "date"},
    {"timestamp", "date"},
    {"published", "date"},
    {"published_at", "date"},
    {"publication date", "date"},
    {"created_at", "date"},
    {"date published", "date"},
    {"تاریخ", "date"},
    {"زمان", "date"},
    {"تاریخ انتشار", "date"},
    {"التاریخ", "date"},
    {"تاریخ النشر", "date"},
    {"event_date", "when"},
    {"event date", "when"},
    {"date of event", "when"},
    {"incident date", "when"},
    {"تاریخ رویداد", "when"},
    {"تاریخ رخداد", "when"},
    {"source", "source"},
    {"outlet", "source"},
    {"publisher", "source"},
    {"channel", "source"},
    {"site", "source"},
    {"منبع", "source"},
    {"رسانه", "source"},
    {"کانال", "source"},
    {"المصدر", "source"},
    {"author", "author"},
    {"user", "author"},
    {"username", "author"},
    {"sender", "author"},
    {"from", "author"},
    {"نویسنده", "author"},
    {"فرستنده", "author"},
    {"url", "url"},
    {"link", "url"},
    {"permalink", "url"},
    {"address", "url"},
    {"پیوند", "url"},
    {"لینک", "url"},
    {"نشانی", "url"},
    {"الرابط", "url"},
    {"place", "place"},
    {"location", "place"},
    {"city", "place"},
    {"مکان", "place"},
    {"شهر", "place"},
    {"المکان", "place"},
    {"المدینة", "place"},
    {"id", "id"},
    {"شناسه", "id"},
    {"lang", "lang"},
    {"language", "lang"},
}};

Result<char> delimiter_from(const Json& json) {
  const Json* value = json.find("delimiter");
  if (value == nullptr) return '\0';
  if (value->string() == nullptr || value->string()->size() != 1) {
    return fail(ErrorCode::invalid_input, "a delimiter is one character");
  }
  const char delimiter = value->string()->front();
  if (delimiter == '"' || delimiter == '\n' || delimiter == '\r') {
    return fail(ErrorCode::invalid_input, "a quote or a line end is no delimiter");
  }
  return delimiter;
}

/// A header cell, or a list of them.
Result<std::vector<std::string>> cells_from(const Json& json, std::string_view slot) {
  std::vector<std::string> out;
  if (json.string() != nullptr) out.push_back(*json.string());
  for (const Json& item : json.items()) {
    if (item.string() == nullptr) return fail(ErrorCode::invalid_input, format("a column of '{}' is no text", slot));
    out.push_back(*item.string());
  }
  if (out.empty() || out.size() > kMaxCellsOfSlot) {
    return fail(ErrorCode::invalid_input, format("'{}' names no column, or more than {}", slot, kMaxCellsOfSlot));
  }
  return out;
}

void write_columns(JsonWriter& out, const TableMapping::Columns& columns) {
  out.begin_object();
  for (const auto& [slot, cells] : columns) {
    if (cells.size() == 1) {
      out.member(slot, cells[0]);
      continue;
    }
    out.key(slot).begin_array();
    for (const std::string& cell : cells) out.text(cell);
    out.end_array();
  }
  out.end_object();
}

/// The header cells that `name` stands for: itself, else one that differs in case, else by "source_*".
std::vector<std::string> cells_named(std::string_view name, const std::vector<std::string>& header) {
  if (std::ranges::find(header, name) != header.end()) return {std::string(name)};
  std::string folded = folded_cell(name);
  const bool is_prefix = folded.size() > 1 && folded.ends_with('*');
  if (is_prefix) folded.pop_back();
  std::vector<std::string> out;
  for (const std::string& cell : header) {
    const std::string other = folded_cell(cell);
    if (is_prefix ? other.starts_with(folded) : other == folded) out.push_back(cell);
    if (!is_prefix && !out.empty()) break;
  }
  return out;
}

Result<void> resolve_columns(TableMapping::Columns& columns, const std::vector<std::string>& header,
                             TableMapping::Missing missing) {
  for (auto at = columns.begin(); at != columns.end();) {
    std::vector<std::string> found;
    for (const std::string& name : at->second) {
      if (name == "*") continue;
      const auto cells = cells_named(name, header);
      if (cells.empty() && missing == TableMapping::Missing::refused) {
        return fail(ErrorCode::invalid_input,
                    format("the mapping's column '{}' for {} is not in the table", name, at->first));
      }
      found.insert(found.end(), cells.begin(), cells.end());
    }
    const bool has_rest = std::ranges::find(at->second, "*") != at->second.end();
    at->second = std::move(found);
    at = at->second.empty() && !has_rest ? columns.erase(at) : std::next(at);
  }
  return {};
}

}  // namespace

Result<TableMapping> TableMapping::parse(std::string_view text) {
  GAVAH_ASSIGN_AS(const Json json, Json::parse(text), "reading the mapping of a table");
  TableMapping out;
  GAVAH_ASSIGN_AS(out.delimiter, delimiter_from(json), "reading the mapping of a table");
  out.date_format = json.text_of("date_format");
  out.shape = json.text_of("shape");
  out.publisher = json.text_of("publisher");
  out.zone = json.text_of("zone");
  out.hollow = json.text_of("hollow");
  const Json* columns = json.find("columns");
  if (columns == nullptr || !columns->is_object()) {
    return fail(ErrorCode::invalid_input, "a mapping names its \"columns\": {\"text\": \"Message\", …}");
  }
  for (const auto& [slot, cells] : columns->members()) {
    if (std::ranges::find(kSlots, slot) == kSlots.end()) {
      return fail(ErrorCode::invalid_input, format("a mapping has no slot '{}'", slot));
    }
    GAVAH_ASSIGN(out.columns[slot], cells_from(cells, slot));
  }
  if (const Json* counts = json.find("counts")) {
    for (const auto& [counted, cells] : counts->members()) {
      GAVAH_ASSIGN(out.counts[counted], cells_from(cells, counted));
    }
  }
  const bool tells = out.columns.contains("text") || out.columns.contains("title") || out.columns.contains("also") ||
                     out.columns.contains("retracts") || !out.hollow.empty();
  if (!tells) return fail(ErrorCode::invalid_input, "a mapping must say which column is the text (or the title)");
  return out;
}

std::string TableMapping::json() const {
  JsonWriter out;
  write_columns(out.begin_object().key("columns"), columns);
  if (!counts.empty()) write_columns(out.key("counts"), counts);
  if (delimiter != '\0') out.member("delimiter", std::string_view(&delimiter, 1));
  if (!date_format.empty()) out.member("date_format", date_format);
  if (!shape.empty()) out.member("shape", shape);
  if (!publisher.empty()) out.member("publisher", publisher);
  if (!zone.empty()) out.member("zone", zone);
  if (!hollow.empty()) out.member("hollow", hollow);
  out.end_object();
  return out.take();
}

Result<TableMapping> TableMapping::resolve(const std::vector<std::string>& header, Missing missing) const {
  TableMapping out = *this;
  const auto also = columns.find("also");
  const bool takes_rest = also != columns.end() && std::ranges::find(also->second, "*") != also->second.end();
  GAVAH_TRY(resolve_columns(out.columns, header, missing));
  GAVAH_TRY(resolve_columns(out.counts, header, missing));
  if (!takes_rest) return out;
  std::set<std::string> taken;
  for (const Columns* named : {&out.columns, &out.counts}) {
    for (const auto& [slot, cells] : *named) taken.insert(cells.begin(), cells.end());
  }
  std::vector<std::string>& rest = out.columns["also"];
  std::ranges::copy_if(header, std::back_inserter(rest),
                       [&](const std::string& cell) { return !taken.contains(cell); });
  if (rest.empty()) out.columns.erase("also");
  return out;
}

char guess_delimiter(std::string_view first_row) {
  std::array<std::size_t, 4> counts{};
  constexpr std::string_view kDelimiters = ",;\t|";
  bool quoted = false;
  for (const char c : first_row) {
    if (c == '"') quoted = !quoted;
    const std::size_t which = kDelimiters.find(c);
    if (!quoted && which != std::string_view::npos) ++counts[which];
  }
  // A bar parts the values of one cell in some exports.
  if (counts[0] + counts[1] + counts[2] > 0) counts[3] = 0;
  return kDelimiters[static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin())];
}

std::optional<char> stated_delimiter(std::string_view first_line) {
  std::string_view line = trim(first_line);
  if (line.size() >= 2 && line.front() == '"' && line.back() == '"') line = line.substr(1, line.size() - 2);
  // "sep=" and a tab, which trim() takes for white space.
  if (line == "sep=" && first_line.find('\t') != std::string_view::npos) return '\t';
  if (line.size() != 5 || ascii_lower(line.substr(0, 4)) != "sep=" || line[4] == '"') return std::nullopt;
  return line[4];
}

std::vector<std::string> header_names(std::vector<std::string> cells) {
  std::map<std::string, std::size_t> seen;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    std::string name(trim(cells[i]));
    if (name.empty()) name = format("column {}", i + 1);
    const std::size_t times = ++seen[name];
    if (times > 1) name = format("{} ({})", name, times);
    cells[i] = std::move(name);
  }
  return cells;
}

std::string folded_cell(std::string_view cell) {
  if (cell.starts_with("\xEF\xBB\xBF")) cell.remove_prefix(3);
  std::string out = ascii_lower(trim(cell));
  for (const auto& [arabic, persian] :
       {std::pair<std::string_view, std::string_view>{"ي", "ی"}, {"ى", "ی"}, {"ك", "ک"}}) {
    for (std::size_t at = out.find(arabic); at != std::string::npos; at = out.find(arabic, at + persian.size())) {
      out.replace(at, arabic.size(), persian);
    }
  }
  return out;
}

std::string_view slot_of_cell(std::string_view cell) {
  const std::string folded = folded_cell(cell);
  const auto* found = std::ranges::find(kKnownCells, folded, [](const auto& known) { return known.first; });
  return found == kKnownCells.end() ? std::string_view() : found->second;
}

std::optional<TableMapping> recognise_header(const std::vector<std::string>& header, char delimiter) {
  if (auto known = recognise_export(header, delimiter)) return known;
  TableMapping out;
  out.delimiter = delimiter;
  for (const std::string& cell : header) {
    const std::string_view slot = slot_of_cell(cell);
    if (!slot.empty()) out.columns.try_emplace(std::string(slot), std::vector{std::string(trim(cell))});
  }
  if (!out.columns.contains("text")) return std::nullopt;
  return out;
}

bool has_obvious_header(std::string_view head) {
  std::string_view line = head.substr(0, head.find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (is_gdelt_row(line)) return true;
  char delimiter = guess_delimiter(line);
  if (const auto stated = stated_delimiter(line); stated && head.size() > line.size()) {
    delimiter = *stated;
    head.remove_prefix(head.find('\n') + 1);
    line = head.substr(0, head.find('\n'));
  }
  const auto mapping = recognise_header(header_names(csv_cells(line, delimiter)), delimiter);
  return mapping && mapping->columns.size() >= 2;
}

}  // namespace gavah::capture
