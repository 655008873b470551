// What adding a file would read, without a chronicle.
#include "base/format.h"
#include "capture/capture.h"
#include "extract/extract.h"
#include "pipeline/intake.h"
#include "pipeline/workflows.h"

namespace gavah::pipeline {
namespace {

constexpr std::size_t kShownParts = 5;

/// JSON with a line for each member of the outermost objects, for people who edit it.
void write_lines(const Json& json, std::size_t depth, std::string& out) {
  constexpr std::size_t kLinedDepth = 2;
  if (!json.is_object() || depth >= kLinedDepth || json.members().empty()) {
    JsonWriter value;
    out += value.value(json).str();
    return;
  }
  out += "{\n";
  for (std::size_t i = 0; i < json.members().size(); ++i) {
    JsonWriter name;
    name.text(json.members()[i].first);
    out += std::string(2 * (depth + 1), ' ') + name.str() + ": ";
    write_lines(json.members()[i].second, depth + 1, out);
    out += i + 1 < json.members().size() ? ",\n" : "\n";
  }
  out += std::string(2 * depth, ' ') + "}";
}

Result<void> look_at(const ByteSource& bytes, const IntakeFile& file, FilePreview& out) {
  std::vector<std::pair<Part, std::string>> shown;
  GAVAH_ASSIGN(const capture::Container container,
               capture::read(bytes, file.name, {.limits = {}, .mapping = file.mapping},
                             [&](Part part, std::string_view part_bytes) -> Result<void> {
                               ++out.parts[part.format];
                               if (shown.size() < kShownParts) shown.emplace_back(std::move(part), part_bytes);
                               return {};
                             }));
  Capture capture;
  capture.name = file.name;
  capture.about = file.about;
  capture.hints = container.hints;
  for (const auto& [part, part_bytes] : shown) {
    for (Report& report : extract::extract({capture, part, part_bytes}, IdSecret{})) {
      report.path = part.path;
      out.reports.push_back(std::move(report));
    }
  }
  out.format = container.format;
  out.unreadable = container.unreadable;
  out.problem_count = container.problem_count;
  out.passed_over = container.passed_over;
  for (const auto& problem : container.problems) {
    out.problems.push_back({format("{} {}", problem.what, problem.where), problem.reason});
  }
  return {};
}

}  // namespace

Result<void> preview(World& world, const AddOptions& options, const PreviewSink& sink) {
  std::vector<SetAside> set_aside;
  GAVAH_ASSIGN(const auto files, intake_files(world.disk(), options, set_aside));
  for (const SetAside& item : set_aside) {
    FilePreview out;
    out.name = item.name;
    out.unreadable = item.reason;
    GAVAH_TRY(sink(out));
  }
  for (const IntakeFile& file : files) {
    FilePreview out;
    out.name = file.name;
    GAVAH_ASSIGN(const auto bytes, world.disk().open(file.path));
    out.size_bytes = bytes->size();
    GAVAH_TRY(look_at(*bytes, file, out));
    const auto draft = capture::draft_table(*bytes, file.name);
    if (draft && *draft) {
      const Json mapping = Json::parse((*draft)->mapping).value_or(Json());
      write_lines(mapping, 0, out.draft);
      out.notes = (*draft)->notes;
    }
    GAVAH_TRY(sink(out));
  }
  return {};
}

}  // namespace gavah::pipeline
