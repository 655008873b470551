#include "pipeline/source_registry.h"

#include <algorithm>
#include <set>

#include "base/format.h"
#include "capture/capture.h"
#include "text/text.h"

namespace gavah::pipeline {
namespace {

constexpr std::size_t kMaxRows = 1'000'000;  // sources of one case; the largest registries have some ten thousand

std::string key_of(std::string_view stated) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (stated.starts_with(scheme)) stated.remove_prefix(scheme.size());
  }
  if (stated.starts_with("www.")) stated.remove_prefix(4);
  while (stated.ends_with('/')) stated.remove_suffix(1);
  if (stated.starts_with('@')) stated.remove_prefix(1);
  return text::folded_key(stated);
}

/// A registry may give several spellings of a name, parted by " / ".
std::vector<std::string_view> spellings(std::string_view name) {
  constexpr std::string_view kBetween = " / ";
  std::vector<std::string_view> out;
  for (std::size_t at = name.find(kBetween); at != std::string_view::npos; at = name.find(kBetween)) {
    out.push_back(name.substr(0, at));
    name.remove_prefix(at + kBetween.size());
  }
  out.push_back(name);
  return out;
}

/// Lines of a CSV; a quoted cell may hold line breaks.
std::vector<std::string_view> csv_rows(std::string_view csv) {
  std::vector<std::string_view> rows;
  if (csv.starts_with("\xEF\xBB\xBF")) csv.remove_prefix(3);
  bool quoted = false;
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= csv.size() && rows.size() <= kMaxRows; ++at) {
    if (at < csv.size() && csv[at] == '"') quoted = !quoted;
    if (at < csv.size() && (csv[at] != '\n' || quoted)) continue;
    std::string_view row = csv.substr(begin, at - begin);
    if (row.ends_with('\r')) row.remove_suffix(1);
    if (!row.empty() || at < csv.size()) rows.push_back(row);
    begin = at + 1;
  }
  return rows;
}

Result<std::optional<Day>> optional_day(const std::string& text) {
  if (text.empty()) return std::optional<Day>();
  GAVAH_ASSIGN(const Day day, Day::parse(text));
  return std::optional<Day>(day);
}

Result<Source> source_from(const std::map<std::string, std::string>& cells) {
  const auto cell = [&](const char* column) {
    const auto found = cells.find(column);
    return found == cells.end() ? std::string() : found->second;
  };
  Source out{.id = cell("id"),
             .name = cell("name"),
             .kind = cell("kind"),
             .family = cell("family"),
             .lang = cell("lang"),
             .valid_from = {},
             .valid_to = {},
             .reason = cell("reason")};
  if (out.id.empty()) return fail(ErrorCode::invalid_input, "a source needs an id");
  GAVAH_ASSIGN(out.valid_from, optional_day(cell("valid_from")));
  GAVAH_ASSIGN(out.valid_to, optional_day(cell("valid_to")));
  return out;
}

}  // namespace

SourceRegistry::SourceRegistry(std::vector<Source> sources) : sources_(std::move(sources)) {
  const auto note = [](std::map<std::string, std::size_t>& index, const std::string& key, std::size_t i) {
    if (key.empty()) return;
    const auto [at, inserted] = index.try_emplace(key, i);
    if (!inserted && at->second != i) at->second = kAmbiguous;
  };
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    note(by_id_, key_of(sources_[i].id), i);
    for (const auto& spelling : spellings(sources_[i].name)) note(by_name_, key_of(spelling), i);
  }
}

const Source* SourceRegistry::find(std::string_view stated) const {
  if (stated.empty()) return nullptr;
  const std::string key = key_of(stated);
  const auto label = key.substr(0, key.find('.'));
  for (const auto* wanted : {&key, &label}) {
    for (const auto* index : {&by_id_, &by_name_}) {
      const auto found = index->find(*wanted);
      if (found != index->end() && found->second != kAmbiguous) return &sources_[found->second];
    }
  }
  return nullptr;
}

std::string SourceRegistry::resolve(std::string_view stated) const {
  const Source* source = find(stated);
  return source != nullptr ? source->id : std::string(stated);
}

Result<std::vector<Source>> sources_from_csv(std::string_view csv) {
  const auto rows = csv_rows(csv);
  if (rows.empty()) return fail(ErrorCode::invalid_input, "the table of sources is empty");
  if (rows.size() > kMaxRows) return fail(ErrorCode::invalid_input, format("more than {} sources", kMaxRows));
  const auto header = capture::csv_cells(rows[0], ',');
  if (std::ranges::find(header, "id") == header.end()) {
    return fail(ErrorCode::invalid_input, "the table of sources needs a header with the column id");
  }
  std::vector<Source> out;
  std::set<std::string> seen;
  for (std::size_t line = 1; line < rows.size(); ++line) {
    if (rows[line].empty()) continue;
    const auto cells = capture::csv_cells(rows[line], ',');
    std::map<std::string, std::string> named;
    for (std::size_t i = 0; i < header.size() && i < cells.size(); ++i) named[header[i]] = cells[i];
    GAVAH_ASSIGN_AS(Source source, source_from(named), format("row {} of the table of sources", line + 1));
    if (!seen.insert(source.id).second) {
      return fail(ErrorCode::invalid_input,
                  format("row {} of the table of sources: '{}' was named before", line + 1, source.id));
    }
    out.push_back(std::move(source));
  }
  return out;
}

}  // namespace gavah::pipeline
