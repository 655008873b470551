#include "pipeline/intake.h"

#include "base/format.h"

namespace gavah::pipeline {
namespace {

constexpr std::uint64_t kMaxStatementBytes = 1ULL << 20U;  // an operator's statement or mapping is a page of text
constexpr std::string_view kAboutName = "about.json";
constexpr std::string_view kMappingSuffix = ".mapping.json";

Result<std::string> read_small(Disk& disk, const std::string& file) {
  GAVAH_ASSIGN(const auto source, disk.open(file));
  GAVAH_ASSIGN_AS(std::string text, source->read_all(kMaxStatementBytes), format("reading {}", file));
  return text;
}

bool is_sidecar(std::string_view path) {
  return base_name(path) == kAboutName || base_name(path).ends_with(kMappingSuffix);
}

/// The sidecars that speak about the files of a walk, each read once.
class SidecarReader {
 public:
  SidecarReader(Disk& disk, const AddOptions& options) : disk_(disk), options_(options) {}

  Result<void> speak(IntakeFile& file) {
    if (options_.sidecars == Sidecars::ignored) return {};
    const std::string beside = join_path(parent_path(file.path), kAboutName);
    if (!abouts_.contains(beside)) {
      About about;
      if (disk_.exists(beside)) {
        GAVAH_ASSIGN(about, read_about(disk_, beside));
      }
      abouts_[beside] = about;
    }
    if (abouts_[beside] != About{}) file.about = abouts_[beside];
    const std::string mapping = file.path + std::string(kMappingSuffix);
    if (disk_.exists(mapping)) {
      GAVAH_ASSIGN(file.mapping, read_mapping(disk_, mapping));
    }
    return {};
  }

 private:
  Disk& disk_;
  const AddOptions& options_;
  std::map<std::string, About> abouts_;
};

/// What was set aside and passed over inside the container, kept with the capture.
void note_problems(ReadFile& read) {
  if (!read.container.problems.empty()) {
    JsonWriter out;
    out.begin_array();
    for (const auto& problem : read.container.problems) {
      out.begin_object()
          .member("what", problem.what)
          .member("where", problem.where)
          .member("reason", problem.reason)
          .end_object();
    }
    read.capture.hints["problems"] = out.end_array().take();
  }
  if (!read.container.passed_over.empty()) {
    JsonWriter out;
    out.begin_object();
    for (const auto& [kind, count] : read.container.passed_over) out.member(kind, count);
    read.capture.hints["passed_over"] = out.end_object().take();
  }
}

}  // namespace

Result<About> read_about(Disk& disk, const std::string& file) {
  if (file.empty()) return About{};
  GAVAH_ASSIGN(const std::string text, read_small(disk, file));
  GAVAH_ASSIGN_AS(const Json json, Json::parse(text), format("reading {}", file));
  auto about = about_from_json(json);
  if (!about) return fail_with(std::move(about), format("reading {}", file));
  return about;
}

Result<std::string> read_mapping(Disk& disk, const std::string& file) {
  if (file.empty()) return std::string();
  return read_small(disk, file);
}

Result<std::vector<IntakeFile>> intake_files(Disk& disk, const AddOptions& options, std::vector<SetAside>& set_aside) {
  GAVAH_ASSIGN(const About about, read_about(disk, options.about_file));
  GAVAH_ASSIGN(const std::string mapping, read_mapping(disk, options.mapping_file));
  SidecarReader sidecars(disk, options);
  std::vector<IntakeFile> out;
  for (const auto& path : options.paths) {
    if (path == "-") {
      out.push_back({path, "standard input", about, mapping});
      continue;
    }
    GAVAH_ASSIGN(const capture::Walk walk, capture::walk(disk, path));
    for (const auto& problem : walk.set_aside) set_aside.push_back({problem.where, problem.reason});
    for (const auto& file : walk.files) {
      if (options.sidecars == Sidecars::read && is_sidecar(file.path)) continue;
      IntakeFile item{file.path, file.name, about, mapping};
      GAVAH_TRY(sidecars.speak(item));
      out.push_back(std::move(item));
    }
  }
  return out;
}

Result<ReadFile> read_file(const Parser& parser, const ByteSource& bytes, const IntakeFile& file,
                           const PartTaker& parts) {
  ReadFile out;
  GAVAH_ASSIGN_AS(out.container, parser.read(bytes, file.name, file.mapping, parts), format("reading {}", file.name));
  out.capture.name = file.name;
  out.capture.format = out.container.format;
  out.capture.about = file.about;
  out.capture.hints = out.container.hints;
  note_problems(out);
  return out;
}

}  // namespace gavah::pipeline
