// What one address showed at different times.
#include <algorithm>

#include "base/format.h"
#include "link/link.h"
#include "pipeline/reading.h"
#include "pipeline/walk.h"
#include "text/text.h"

namespace gavah::pipeline {
namespace {

constexpr std::size_t kVersions = 200;     // of one address: the newest of more are left out, and said to be
constexpr std::size_t kContextWords = 12;  // beside a change

struct Version {
  Report report;
  Instant taken;                       ///< as the container or the operator says, else when it was added
  std::optional<std::size_t> earlier;  ///< the version whose words it is compared with
  std::vector<text::DiffRun> runs;
  bool is_same() const {
    return std::ranges::all_of(runs, [](const text::DiffRun& run) { return run.kind == text::DiffKind::same; });
  }
};

Result<std::string> address_of(Chronicle& chronicle, std::string_view id) {
  if (id.find('.') != std::string_view::npos) return std::string(id);
  GAVAH_ASSIGN(const ReportId key, ReportId::from_hex(id));
  GAVAH_ASSIGN(store::Index * index, chronicle.index());
  GAVAH_ASSIGN(const Report report, index->report(key));
  if (report.url.empty()) return fail(ErrorCode::not_found, "the report has no address");
  return report.url;
}

Result<std::vector<Version>> find_versions(Chronicle& chronicle, std::string_view address) {
  std::vector<Version> out;
  const std::string wanted = link::normal_address(address);
  const std::string_view host = std::string_view(wanted).substr(0, wanted.find('/'));
  GAVAH_ASSIGN(store::Index * index, chronicle.index());
  GAVAH_TRY(index->for_each_json(store::IndexTable::reports, [&](std::string_view line) -> Result<void> {
    if (line.find(host) == std::string_view::npos && host != "x.com") return {};
    GAVAH_ASSIGN(const Json json, Json::parse(line));
    if (link::normal_address(json.text_of("url")) != wanted) return {};
    Version version;
    GAVAH_ASSIGN(version.report, report_from_json(json));
    GAVAH_ASSIGN(const Capture capture, chronicle.stored().ledger().capture(version.report.capture));
    version.taken = version.report.captured.value_or(capture.added);
    out.push_back(std::move(version));
    return {};
  }));
  std::ranges::sort(out, {}, [](const Version& v) { return std::pair(v.taken, v.report.id); });
  return out;
}

void compare(std::vector<Version>& versions) {
  std::optional<std::size_t> earlier;
  for (std::size_t i = 0; i < versions.size(); ++i) {
    if (!versions[i].report.hollow.empty()) continue;
    versions[i].earlier = earlier;
    if (earlier) versions[i].runs = text::diff_words(versions[*earlier].report.text, versions[i].report.text);
    earlier = i;
  }
}

std::string_view words_of(const std::vector<Version>& versions, const Version& version, const text::DiffRun& run) {
  const Report& from = run.kind == text::DiffKind::out ? versions[*version.earlier].report : version.report;
  return std::string_view(from.text).substr(run.span.begin, run.span.size());
}

/// The first or last words of what stayed, on one line.
std::string first_words(std::string_view words, std::size_t count) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < count && at < words.size(); ++i) {
    const std::size_t word = words.find_first_not_of(" \n", at);
    if (word == std::string_view::npos) break;
    at = std::min(words.find_first_of(" \n", word), words.size());
  }
  return std::string(words.substr(0, at));
}
std::string last_words(std::string_view words, std::size_t count) {
  std::size_t at = words.size();
  for (std::size_t i = 0; i < count && at > 0; ++i) {
    const std::size_t word = words.find_last_not_of(" \n", at - 1);
    if (word == std::string_view::npos) break;
    const std::size_t before = words.find_last_of(" \n", word);
    at = before == std::string_view::npos ? 0 : before + 1;
  }
  return std::string(words.substr(at));
}

/// On which sides of words that stayed something changed.
struct Sides {
  bool before = false;
  bool after = false;
};

std::string context(std::string_view words, std::size_t count, Sides changed) {
  if (changed.before && changed.after) {
    if (count <= 2 * kContextWords) return std::string(words);
    return first_words(words, kContextWords) + " … " + last_words(words, kContextWords);
  }
  if (count <= kContextWords) return std::string(words);
  return changed.before ? first_words(words, kContextWords) + " …" : "… " + last_words(words, kContextWords);
}

/// "[-…-]" for words that went, "{+…+}" for words that came, with a few words around.
std::string changes_text(const std::vector<Version>& versions, const Version& version) {
  std::string out;
  for (std::size_t i = 0; i < version.runs.size(); ++i) {
    const text::DiffRun& run = version.runs[i];
    const std::string_view words = words_of(versions, version, run);
    std::string shown;
    if (run.kind == text::DiffKind::same)
      shown = context(words, run.words, {.before = i > 0, .after = i + 1 < version.runs.size()});
    else
      shown = run.kind == text::DiffKind::out ? format("[-{}-]", words) : format("{{+{}+}}", words);
    out += (out.empty() ? "" : " ") + shown;
  }
  std::ranges::replace(out, '\n', ' ');
  return out;
}

std::string field_change(std::string_view name, std::string_view before, std::string_view after) {
  return before == after ? std::string() : format("    {}: [-{}-] {{+{}+}}\n", name, before, after);
}

std::string day_text(const TimeInterval& time) { return time.start ? time.start->text() : std::string("unknown"); }

std::string as_text(const std::vector<Version>& versions, std::string_view address) {
  std::string out = format("{:<12}{}\n{:<12}{}\n", "address", address, "versions", versions.size());
  for (std::size_t i = 0; i < std::min(versions.size(), kVersions); ++i) {
    const Version& version = versions[i];
    const Report& report = version.report;
    out += format("\n{}  {}  report {}, capture {}:{}\n", i + 1, version.taken.text(), report.id.hex(),
                  report.capture.hex(), report.part);
    if (!report.hollow.empty()) {
      out += format("    hollow: {}; its words are not compared\n", report.hollow);
      continue;
    }
    if (!version.earlier) {
      out += format("    {} bytes of text\n", report.text.size());
      continue;
    }
    const Report& before = versions[*version.earlier].report;
    out += field_change("title", before.title, report.title) + field_change("author", before.author, report.author) +
           field_change("published", day_text(before.published), day_text(report.published));
    out += version.is_same() ? format("    the same words as {}\n", *version.earlier + 1)
                             : format("    against {}: {}\n", *version.earlier + 1, changes_text(versions, version));
  }
  if (versions.size() > kVersions) out += format("\nand {} later ones\n", versions.size() - kVersions);
  out.pop_back();
  return out;
}

/// What is to be read: what changed, and of what stayed a few words around it.
void write_reading(const std::vector<Version>& versions, const Version& version, JsonWriter& out) {
  out.key("reading").begin_array();
  for (std::size_t i = 0; !version.is_same() && i < version.runs.size(); ++i) {
    const text::DiffRun& run = version.runs[i];
    const std::string_view words = words_of(versions, version, run);
    const bool is_same = run.kind == text::DiffKind::same;
    out.begin_array().text(is_same ? "same" : run.kind == text::DiffKind::out ? "out" : "in");
    if (is_same) {
      out.text(context(words, run.words, {.before = i > 0, .after = i + 1 < version.runs.size()}));
    } else {
      out.text(words);
    }
    out.end_array();
  }
  out.end_array();
}

/// [name, before, after] of what is said of the report and changed.
void write_fields(const std::vector<Version>& versions, const Version& version, JsonWriter& out) {
  out.key("fields").begin_array();
  const auto write = [&](std::string_view name, std::string_view before, std::string_view after) {
    if (before != after) out.begin_array().text(name).text(before).text(after).end_array();
  };
  if (version.earlier) {
    const Report& before = versions[*version.earlier].report;
    write("title", before.title, version.report.title);
    write("author", before.author, version.report.author);
    write("published", day_text(before.published), day_text(version.report.published));
  }
  out.end_array();
}

void write_version(const std::vector<Version>& versions, const Version& version, JsonWriter& out) {
  out.begin_object().member("report", version.report.id.hex()).member("capture", version.report.capture.hex());
  out.key("part").unsigned_integer(version.report.part).member("taken", version.taken.text());
  out.member("hollow", version.report.hollow).member("title", version.report.title);
  out.key("against");
  if (version.earlier)
    out.text(versions[*version.earlier].report.id.hex());
  else
    out.null();
  out.key("changes").begin_array();
  for (const text::DiffRun& run : version.runs) {
    if (run.kind == text::DiffKind::same) continue;
    out.begin_object().member("kind", run.kind == text::DiffKind::out ? "out" : "in");
    out.key("span").begin_array().unsigned_integer(run.span.begin).unsigned_integer(run.span.end).end_array();
    out.member("words", words_of(versions, version, run)).end_object();
  }
  out.end_array();
  write_fields(versions, version, out);
  write_reading(versions, version, out);
  out.end_object();
}

std::string as_json(const std::vector<Version>& versions, std::string_view address) {
  JsonWriter out;
  out.begin_object().member("type", "versions").member("address", address).key("versions").begin_array();
  for (const Version& version : versions) write_version(versions, version, out);
  return out.end_array().end_object().take();
}

}  // namespace

Result<std::string> show_versions(Chronicle& chronicle, std::string_view id, Form form) {
  GAVAH_ASSIGN(const std::string address, address_of(chronicle, id));
  GAVAH_ASSIGN(std::vector<Version> versions, find_versions(chronicle, address));
  if (versions.empty()) return fail(ErrorCode::not_found, format("there is no report of {}", address));
  compare(versions);
  return form == Form::json ? as_json(versions, address) : as_text(versions, address);
}

}  // namespace gavah::pipeline
