#include "cli/preview_text.h"

#include "base/format.h"
#include "base/utf8.h"

namespace gavah::cli {
namespace {

constexpr std::size_t kShownBytes = 240;  // of a text: a few lines of a terminal
constexpr std::size_t kShownProblems = 10;

void append_report(const Report& report, std::string& out) {
  const bool has_day = report.published.start.has_value();
  const std::string date = has_day                           ? report.published.start->day().text()
                           : report.published.phrase.empty() ? std::string("no date")
                                                             : format("open: {}", report.published.phrase);
  out += format("  {} | {} | {} | {}\n", report.path.empty() ? std::string("the file") : report.path,
                name_of(report.kind), date, report.source.empty() ? std::string("no source") : report.source);
  if (!report.hollow.empty()) out += format("      makes no claims: {}\n", report.hollow);
  if (!report.url.empty()) out += format("      {}\n", report.url);
  if (!report.title.empty()) out += format("      title: {}\n", utf8_prefix(report.title, kShownBytes));
  std::string text(utf8_prefix(report.text, kShownBytes));
  if (text.size() < report.text.size()) text += " …";
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1))
    text.replace(at, 1, "\n      ");
  if (!text.empty()) out += format("      {}\n", text);
  for (const Relation& relation : report.relations) {
    if (!relation.target.empty()) out += format("      {} {}\n", name_of(relation.kind), relation.target);
  }
}

}  // namespace

std::string preview_text(const pipeline::FilePreview& preview) {
  std::string out = format("{} ({} bytes)\n", preview.name, preview.size_bytes);
  if (preview.unreadable) {
    out += format("would go to quarantine: {}\n", *preview.unreadable);
  } else {
    std::uint64_t count = 0;
    for (const auto& [kind, parts] : preview.parts) count += parts;
    out += format("read as {}: {} parts\n", preview.format, count);
    for (const auto& [kind, parts] : preview.parts) out += format("  {} {}\n", parts, kind);
  }
  for (const auto& [kind, times] : preview.passed_over) out += format("  passed over: {} {}\n", times, kind);
  if (!preview.reports.empty()) out += "the first of them, as they would be read:\n";
  for (const Report& report : preview.reports) append_report(report, out);
  if (preview.problem_count > 0) out += format("problems: {}\n", preview.problem_count);
  for (std::size_t i = 0; i < preview.problems.size() && i < kShownProblems; ++i) {
    out += format("  {}: {}\n", preview.problems[i].name, preview.problems[i].reason);
  }
  if (preview.problem_count > kShownProblems) out += "  …\n";
  if (preview.draft.empty()) return out;
  out += "drafted mapping, to edit and to add with --mapping, or as NAME.mapping.json with --sidecars:\n";
  out += preview.draft + "\n";
  for (const std::string& note : preview.notes) out += format("  {}\n", note);
  return out;
}

std::string preview_json(const pipeline::FilePreview& preview) {
  JsonWriter out;
  out.begin_object().member("name", preview.name).member("format", preview.format);
  out.member("size_bytes", preview.size_bytes).member("unreadable", preview.unreadable);
  for (const auto& [key, counts] : {std::pair{"parts", &preview.parts}, {"passed_over", &preview.passed_over}}) {
    out.key(key).begin_object();
    for (const auto& [kind, count] : *counts) out.member(kind, count);
    out.end_object();
  }
  out.key("reports").begin_array();
  for (const Report& report : preview.reports) out.raw(to_json(report));
  out.end_array().member("problem_count", preview.problem_count).key("problems").begin_array();
  for (const auto& problem : preview.problems) {
    out.begin_object().member("name", problem.name).member("reason", problem.reason).end_object();
  }
  out.end_array().key("draft");
  if (preview.draft.empty()) {
    out.null();
  } else {
    out.value(Json::parse(preview.draft).value_or(Json()));
  }
  out.key("notes").begin_array();
  for (const std::string& note : preview.notes) out.text(note);
  return out.end_array().end_object().take();
}

}  // namespace gavah::cli
