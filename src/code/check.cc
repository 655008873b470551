#include "code/check.h"

#include <algorithm>
#include <map>

#include "code/code.h"
#include "code/codebook.h"
#include "code/lexicon.h"

namespace gavah::code {
namespace {

/// Changes of one letter that make one word of the other; more than `limit` is as good as any.
std::size_t distance(std::string_view a, std::string_view b, std::size_t limit) {
  if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > limit) return limit + 1;
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t changed = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

std::string_view folder_of(std::string_view file) {
  const auto slash = file.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : file.substr(0, slash);
}

/// Whether a table of sources has a row for a file: its name, or "en/*.tsv" for all of a folder's.
bool has_source(std::string_view sources, std::string_view file) {
  const std::string name(file.substr(file.find('/') + 1));
  const std::string folder(folder_of(name));
  const auto row = [&](const std::string& cell) { return sources.find("| " + cell + " |") != std::string_view::npos; };
  return row(name) || (!folder.empty() && (row(folder + "/*.tsv") || row(folder + "/*")));
}

void check_sources(const std::map<std::string_view, std::string_view>& files, std::vector<Finding>& out) {
  for (const std::string_view top : {"codebook", "lexicon"}) {
    const std::string name = std::string(top) + "/SOURCES.md";
    const auto sources = files.find(name);
    if (sources == files.end()) continue;
    for (const auto& [file, bytes] : files) {
      if (!file.starts_with(top) || file.ends_with(".md") || has_source(sources->second, file)) continue;
      out.push_back({name, 0,
                     std::string("no row says where ")
                         .append(file)
                         .append(" comes from: add | file | origin | licence | date |")});
    }
  }
}

}  // namespace

std::string_view nearest_spelling(std::string_view word, std::span<const std::string> known) {
  constexpr std::size_t kNear = 2;  // changes of a letter; words of other meanings are seldom so near
  std::string_view best;
  std::size_t best_distance = kNear + 1;
  for (const std::string& candidate : known) {
    const std::size_t apart = distance(word, candidate, kNear);
    if (apart < best_distance) {
      best = candidate;
      best_distance = apart;
    }
  }
  return best;
}

std::vector<Finding> check(const CoderData& data) {
  std::vector<Finding> out;
  std::map<std::string_view, std::string_view> files;
  for (const DataFile& file : data.files) files.emplace(file.name, file.bytes);
  const std::size_t before = out.size();
  for (const auto name : CoderData::names()) {
    if (!files.contains(name)) out.push_back({std::string(name), 0, "the file is missing"});
  }
  if (out.size() > before) return out;
  const auto codebook = Codebook::parse(files["codebook/acts.json"], files["codebook/codes.json"], &out);
  if (!codebook) {
    out.push_back({"codebook", 0, codebook.error().sentence()});
    return out;
  }
  Lexicon::check(files, *codebook, out);
  // Files of grammar are read with each of the others.
  std::vector<Finding> once;
  for (Finding& finding : out) {
    const bool is_said = std::ranges::any_of(once, [&](const Finding& other) {
      return other.file == finding.file && other.line == finding.line && other.what == finding.what;
    });
    if (!is_said) once.push_back(std::move(finding));
  }
  out = std::move(once);
  check_sources(files, out);
  return out;
}

}  // namespace gavah::code
