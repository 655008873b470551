#include "capture/table.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/format.h"
#include "base/json.h"
#include "capture/capture.h"
#include "capture/csv_row.h"
#include "capture/http_message.h"

namespace gavah::capture {
namespace {

constexpr std::array<std::string_view, 9> kSlots{"text", "title", "date", "source", "author",
                                                 "url",  "place", "id",   "lang"};

/// Header cells, in lower case, that name their slot beyond doubt.
constexpr std::array<std::pair<std::string_view, std::string_view>, 62> kKnownCells{{
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
    {"title", "title"},
    {"headline", "title"},
    {"subject", "title"},
    {"عنوان", "title"},
    {"تیتر", "title"},
    {"date", "date"},
    {"time", "date"},
    {"datetime", "date"},
    {"timestamp", "date"},
    {"published", "date"},
    {"published_at", "date"},
    {"publication date", "date"},
    {"created_at", "date"},
    {"date published", "date"},
    {"event_date", "date"},
    {"تاریخ", "date"},
    {"زمان", "date"},
    {"تاریخ انتشار", "date"},
    {"source", "source"},
    {"outlet", "source"},
    {"publisher", "source"},
    {"channel", "source"},
    {"site", "source"},
    {"منبع", "source"},
    {"رسانه", "source"},
    {"کانال", "source"},
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
    {"place", "place"},
    {"location", "place"},
    {"city", "place"},
    {"مکان", "place"},
    {"شهر", "place"},
    {"id", "id"},
    {"شناسه", "id"},
    {"lang", "lang"},
    {"language", "lang"},
}};

/// Lower case, Arabic yeh and kaf as Persian ones, and no white space or byte order mark around it.
std::string folded_cell(std::string_view cell) {
  if (cell.starts_with("\xEF\xBB\xBF")) cell.remove_prefix(3);
  std::string out = ascii_lower(trim(cell));
  for (const auto& [arabic, persian] : {std::pair<std::string_view, std::string_view>{"ي", "ی"}, {"ك", "ک"}}) {
    for (std::size_t at = out.find(arabic); at != std::string::npos; at = out.find(arabic, at + persian.size())) {
      out.replace(at, arabic.size(), persian);
    }
  }
  return out;
}

std::string_view slot_of(std::string_view cell) {
  const std::string folded = folded_cell(cell);
  const auto* found = std::ranges::find(kKnownCells, folded, [](const auto& known) { return known.first; });
  return found == kKnownCells.end() ? std::string_view() : found->second;
}

Result<char> delimiter_from(const Json& json) {
  const Json* value = json.find("delimiter");
  if (value == nullptr) return ',';
  if (value->string() == nullptr || value->string()->size() != 1) {
    return fail(ErrorCode::invalid_input, "a delimiter is one character");
  }
  const char delimiter = value->string()->front();
  if (delimiter == '"' || delimiter == '\n' || delimiter == '\r') {
    return fail(ErrorCode::invalid_input, "a quote or a line end is no delimiter");
  }
  return delimiter;
}

}  // namespace

Result<TableMapping> TableMapping::parse(std::string_view text) {
  GAVAH_ASSIGN_AS(const Json json, Json::parse(text), "reading the mapping of a table");
  TableMapping out;
  GAVAH_ASSIGN_AS(out.delimiter, delimiter_from(json), "reading the mapping of a table");
  out.date_format = json.text_of("date_format");
  const Json* columns = json.find("columns");
  if (columns == nullptr || !columns->is_object()) {
    return fail(ErrorCode::invalid_input, "a mapping names its \"columns\": {\"text\": \"Message\", …}");
  }
  for (const auto& [slot, cell] : columns->members()) {
    if (std::ranges::find(kSlots, slot) == kSlots.end()) {
      return fail(ErrorCode::invalid_input, format("a mapping has no slot '{}'", slot));
    }
    if (cell.string() == nullptr) return fail(ErrorCode::invalid_input, format("column '{}' is no text", slot));
    out.columns[slot] = *cell.string();
  }
  if (!out.columns.contains("text") && !out.columns.contains("title")) {
    return fail(ErrorCode::invalid_input, "a mapping must say which column is the text (or the title)");
  }
  return out;
}

std::string TableMapping::json() const {
  JsonWriter out;
  out.begin_object().key("columns").begin_object();
  for (const auto& [slot, cell] : columns) out.member(slot, cell);
  out.end_object().member("delimiter", std::string_view(&delimiter, 1));
  if (!date_format.empty()) out.member("date_format", date_format);
  out.end_object();
  return out.take();
}

char guess_delimiter(std::string_view first_row) {
  std::array<std::size_t, 3> counts{};
  constexpr std::string_view kDelimiters = ",;\t";
  bool quoted = false;
  for (const char c : first_row) {
    if (c == '"') quoted = !quoted;
    const std::size_t which = kDelimiters.find(c);
    if (!quoted && which != std::string_view::npos) ++counts[which];
  }
  return kDelimiters[static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin())];
}

std::optional<TableMapping> recognise_header(const std::vector<std::string>& header, char delimiter) {
  TableMapping out;
  out.delimiter = delimiter;
  for (const std::string& cell : header) {
    const std::string_view slot = slot_of(cell);
    if (!slot.empty()) out.columns.try_emplace(std::string(slot), trim(cell));
  }
  if (!out.columns.contains("text")) return std::nullopt;
  return out;
}

bool has_obvious_header(std::string_view head) {
  std::string_view line = head.substr(0, head.find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);
  const char delimiter = guess_delimiter(line);
  const auto mapping = recognise_header(csv_cells(line, delimiter), delimiter);
  return mapping && mapping->columns.size() >= 2;
}

}  // namespace gavah::capture
