#include "pipeline/codebook_files.h"

#include <algorithm>
#include <array>

#include "base/check.h"
#include "base/embedded.h"
#include "base/format.h"
#include "pipeline/toolkit.h"

namespace gavah::pipeline {
namespace {

constexpr std::array<std::string_view, 2> kTold{"codebook/labels.json", "codebook/definitions.json"};  // for readers
constexpr std::array<std::string_view, 7> kLanguageFiles{
    "language.tsv", "actors.tsv", "context.tsv", "count_nouns.tsv", "cues.tsv", "results.tsv", "triggers.tsv"};
constexpr std::array<std::string_view, 2> kSources{"codebook/SOURCES.md", "lexicon/SOURCES.md"};
constexpr std::uint64_t kFileLimitBytes = 16ULL << 20U;  // a lexicon of a million words

Result<void> write_file(Disk& disk, const std::string& directory, const std::string& name, std::string_view text) {
  const std::string path = join_path(directory, name);
  GAVAH_TRY(disk.make_directories(std::string(parent_path(path))));
  return disk.write_new(path, text);
}

Result<void> refuse_present(Disk& disk, const std::string& directory) {
  if (disk.exists(directory)) return fail(ErrorCode::refused, format("{} exists; name a new directory", directory));
  return {};
}

Result<std::string> read_limited(Disk& disk, const std::string& path) {
  GAVAH_ASSIGN(const auto opened, disk.open(path));
  if (opened->size() > kFileLimitBytes)
    return fail(ErrorCode::invalid_input, format("{} is larger than {} bytes", path, kFileLimitBytes));
  return opened->read({0, opened->size()});
}

}  // namespace

CodebookFiles CodebookFiles::built_in() {
  CodebookFiles out;
  const auto take = [&](std::string_view name) {
    const auto bytes = embedded_data(name);
    GAVAH_CHECK(bytes.has_value());
    out.files_.emplace(name, *bytes);
  };
  for (const auto name : code::CoderData::names()) take(name);
  for (const auto name : kTold) take(name);
  for (const auto name : kSources) take(name);
  return out;
}

Result<CodebookFiles> CodebookFiles::read(Disk& disk, const std::string& directory) {
  CodebookFiles out = built_in();
  bool is_any = false;
  const auto take = [&](const std::string& name) -> Result<void> {
    const std::string path = join_path(directory, name);
    if (!disk.exists(path)) return {};
    GAVAH_ASSIGN(out.files_[name], read_limited(disk, path));
    is_any = true;
    return {};
  };
  std::vector<std::string> names;
  for (const auto& [name, bytes] : out.files_) names.push_back(name);
  const std::string lexicons = join_path(directory, "lexicon");
  if (disk.exists(lexicons)) {
    GAVAH_ASSIGN(const auto languages, disk.list(lexicons));
    for (const DirectoryEntry& language : languages) {
      const std::string folder = format("lexicon/{}", language.name);
      if (!disk.exists(join_path(directory, folder + "/language.tsv"))) continue;
      for (const auto file : kLanguageFiles) names.push_back(format("{}/{}", folder, file));
    }
  }
  for (const std::string& name : names) GAVAH_TRY(take(name));
  if (!is_any) {
    return fail(ErrorCode::not_found,
                format("{} has no codebook/ or lexicon/ with files of a codebook; gavah codebook --out DIR writes them",
                       directory));
  }
  return out;
}

Result<CodebookFiles> CodebookFiles::from_json(std::string_view text) {
  GAVAH_ASSIGN(const Json json, Json::parse(text));
  CodebookFiles out = built_in();
  const Json* files = json.find("files");
  if (json.text_of("type") != "codebook" || files == nullptr || !files->is_object())
    return fail(ErrorCode::invalid_input, "this is no codebook that was taken");
  for (const auto& [name, bytes] : files->members()) {
    if (bytes.string() == nullptr) return fail(ErrorCode::invalid_input, format("the file {} is no text", name));
    out.files_[name] = *bytes.string();
  }
  return out;
}

std::string CodebookFiles::to_json() const {
  JsonWriter out;
  out.begin_object().member("type", "codebook").key("files").begin_object();
  for (const std::string& name : changed()) out.member(name, files_.at(name));
  return out.end_object().end_object().take() + "\n";
}

code::CoderData CodebookFiles::data() const {
  code::CoderData out;
  for (const auto& [name, bytes] : files_) {
    const bool is_coded =
        std::ranges::find(kTold, name) == kTold.end() && std::ranges::find(kSources, name) == kSources.end();
    if (is_coded) out.files.push_back({name, bytes});
  }
  out.compiled = embedded_data(code::kCompiledLexicon).value_or(std::string_view());
  return out;
}

code::CoderData CodebookFiles::all_data() const {
  code::CoderData out;
  for (const auto& [name, bytes] : files_) out.files.push_back({name, bytes});
  return out;
}

Result<std::vector<code::Finding>> CodebookFiles::check() const {
  std::vector<code::Finding> out = code::check(all_data());
  if (!out.empty()) return out;
  // The examples of this project are of an invented country; those that a person adds may be of any.
  std::vector<std::string_view> places;
  for (const std::string_view name : {"gazetteer/examples.tsv", "gazetteer/written.tsv", "gazetteer/places.tsv"}) {
    const auto dump = embedded_data(name);
    GAVAH_CHECK(dump.has_value());
    places.push_back(*dump);
  }
  GAVAH_ASSIGN(place::Gazetteer gazetteer, place::Gazetteer::load_all(places));
  GAVAH_ASSIGN(const Toolkit toolkit,
               Toolkit::load(std::make_shared<const place::Gazetteer>(std::move(gazetteer)), *this));
  GAVAH_ASSIGN(const Json book, Json::parse(files_.at("codebook/acts.json")));
  for (const Json& act : book.find("acts")->items()) {
    for (const Json& example : act.find("examples")->items()) {
      Report report;
      report.text = example.text_of("text");
      report.lang = example.text_of("lang");
      const auto claims = toolkit.coder().code(report, IdSecret{});
      if (std::ranges::any_of(claims, [&](const Claim& claim) { return claim.act == act.text_of("key"); })) continue;
      out.push_back({"codebook/acts.json", 0,
                     format("the worked example “{}” is not coded as {}: add its words to lexicon/{}/triggers.tsv, or "
                            "give another example",
                            example.text_of("text"), act.text_of("key"), example.text_of("lang"))});
    }
  }
  return out;
}

Result<std::string> CodebookFiles::train_layer(std::string_view passages) const {
  const auto places = embedded_data("gazetteer/examples.tsv");
  GAVAH_CHECK(places.has_value());
  GAVAH_ASSIGN_AS(place::Gazetteer gazetteer, place::Gazetteer::load(*places), "reading the gazetteer");
  GAVAH_ASSIGN(const Toolkit toolkit,
               Toolkit::load(std::make_shared<const place::Gazetteer>(std::move(gazetteer)), *this));
  GAVAH_ASSIGN(const auto hits, code::training_hits(toolkit.coder(), passages));
  return code::train_layer(hits);
}

Result<std::string> CodebookFiles::page(const std::string& name, std::string_view language) const {
  if (!name.empty()) return code::page_of(all_data(), name, language);
  GAVAH_ASSIGN(const auto all, code::pages(all_data(), language));
  return all.front().text;
}

Result<std::string> CodebookFiles::pages_json() const { return code::pages_json(all_data()); }

Result<void> CodebookFiles::write_pages(Disk& disk, const std::string& directory, std::string_view language) const {
  GAVAH_TRY(refuse_present(disk, directory));
  GAVAH_ASSIGN(const auto all, code::pages(all_data(), language));
  for (const code::Page& page : all) GAVAH_TRY(write_file(disk, directory, page.name, page.text));
  return {};
}

Result<void> CodebookFiles::write(Disk& disk, const std::string& directory) const {
  GAVAH_TRY(refuse_present(disk, directory));
  for (const auto& [name, bytes] : files_) GAVAH_TRY(write_file(disk, directory, name, bytes));
  return {};
}

std::vector<std::string> CodebookFiles::changed() const {
  std::vector<std::string> out;
  for (const auto& [name, bytes] : files_) {
    if (embedded_data(name) != std::optional<std::string_view>(bytes)) out.push_back(name);
  }
  return out;
}

}  // namespace gavah::pipeline
