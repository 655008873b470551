#include "pipeline/filters.h"

#include <algorithm>

#include "base/format.h"
#include "base/ordered.h"
#include "capture/capture.h"
#include "link/link.h"
#include "pipeline/intake.h"
#include "pipeline/source_registry.h"
#include "pipeline/toolkit.h"

namespace gavah::pipeline {
namespace {

constexpr std::size_t kBatchLines = 32;              // lines coded together: a few milliseconds of work
constexpr std::size_t kBatchBytes = 1ULL << 20U;     // ends a batch of long lines, so that few of them are in memory
constexpr std::size_t kBatchesAhead = 64;            // read and not yet written, whatever the number of threads
constexpr std::size_t kMaxLineBytes = 64ULL << 20U;  // one line of JSON; a report has at most 64 MiB of bytes

Result<SourceRegistry> read_registry(Disk& disk, const std::string& file) {
  if (file.empty()) return SourceRegistry();
  GAVAH_ASSIGN(const std::string csv, disk.read(file));
  GAVAH_ASSIGN_AS(std::vector<Source> sources, sources_from_csv(csv), format("reading {}", file));
  return SourceRegistry(std::move(sources));
}

/// The capture as the filters know it: its id is the digest of its bytes, so that the same input gives the same lines.
Result<Capture> filter_capture(const ByteSource& bytes, const ReadFile& read, const std::vector<Part>& parts) {
  constexpr std::uint64_t kChunk = 1ULL << 20U;
  Sha256 hash;
  for (std::uint64_t at = 0; at < bytes.size(); at += kChunk) {
    GAVAH_ASSIGN(const std::string chunk, bytes.read({at, std::min(bytes.size(), at + kChunk)}));
    hash.update(chunk);
  }
  Capture out = read.capture;
  out.size_bytes = bytes.size();
  out.digest = hash.finish();
  out.id = CaptureId::from_bytes(out.digest.view());
  out.part_count = static_cast<std::uint32_t>(parts.size());
  return out;
}

class Extraction {
 public:
  Extraction(World& world, About about, std::string mapping, SourceRegistry registry, const LineSink& out,
             const LineSink& complain, const Parser& parser)
      : world_(world),
        parser_(parser),
        about_(std::move(about)),
        mapping_(std::move(mapping)),
        registry_(std::move(registry)),
        out_(out),
        complain_(complain) {}

  Result<void> run(const std::string& path) {
    GAVAH_ASSIGN(const capture::Walk walk, capture::walk(world_.disk(), path));
    for (const auto& problem : walk.set_aside) GAVAH_TRY(complain_(format("{}: {}", problem.where, problem.reason)));
    for (const auto& file : walk.files) GAVAH_TRY(extract_file(file.path));
    return {};
  }

 private:
  Result<void> extract_file(const std::string& path) {
    auto opened = world_.disk().open(path);
    if (!opened) return complain_(opened.error().sentence());
    const ByteSource& bytes = **opened;
    std::vector<Part> parts;
    const PartTaker taker{[&](Part part) -> Result<void> {
                            parts.push_back(std::move(part));
                            return {};
                          },
                          [&]() -> Result<void> {
                            parts.clear();
                            return {};
                          }};
    GAVAH_ASSIGN(const ReadFile read,
                 read_file(parser_, bytes, {path, std::string(base_name(path)), about_, mapping_}, taker));
    for (const auto& problem : read.container.problems) {
      GAVAH_TRY(complain_(format("{}: {} {}: {}", path, problem.what, problem.where, problem.reason)));
    }
    if (read.container.unreadable) return complain_(format("{}: {}", path, *read.container.unreadable));
    GAVAH_ASSIGN(const Capture capture, filter_capture(bytes, read, parts));
    return write_reports(bytes, capture, parts, path);
  }

  Result<void> write_reports(const ByteSource& bytes, const Capture& capture, const std::vector<Part>& parts,
                             const std::string& path) {
    return parser_.extract(bytes, capture, parts, IdSecret{},
                           [&](const Part&, std::vector<Report> reports) -> Result<void> {
                             for (Report& report : reports) {
                               report.path = path;
                               report.source = registry_.resolve(report.source);
                               GAVAH_TRY(out_(to_json(report)));
                             }
                             return {};
                           });
  }

  World& world_;
  const Parser parser_;
  About about_;
  std::string mapping_;
  SourceRegistry registry_;
  const LineSink& out_;
  const LineSink& complain_;
};

/// A line of input and, when it is a report, the claims that were coded from it.
struct CodedLine {
  std::string line;
  std::vector<std::string> claims;
  std::optional<Error> problem;
};

void code_line(const code::Coder& coder, const SourceRegistry& registry, CodedLine& item) {
  const auto json = item.line.size() > kMaxLineBytes
                        ? Result<Json>(fail(ErrorCode::invalid_input, "the line is too long"))
                        : Json::parse(item.line);
  if (!json) {
    item.problem = json.error();
    return;
  }
  if (json->text_of("type") != "report") return;
  auto report = report_from_json(*json);
  if (!report) {
    item.problem = report.error();
    return;
  }
  report->source = registry.resolve(report->source);
  for (const Claim& claim : coder.code(*report, IdSecret{})) item.claims.push_back(to_json(claim));
}

using CodedBatch = std::vector<CodedLine>;

/// Up to the first line that could not be read.
Result<void> write_batch(const CodedBatch& batch, std::uint64_t& line_number, const LineSink& out) {
  for (const CodedLine& item : batch) {
    ++line_number;
    if (item.problem) {
      return fail_with(Result<void>(std::unexpected(*item.problem)), format("line {} of the input", line_number));
    }
    GAVAH_TRY(out(item.line));
    for (const auto& claim : item.claims) GAVAH_TRY(out(claim));
  }
  return {};
}

}  // namespace

Result<void> extract_files(World& world, const std::vector<std::string>& paths, const FilterOptions& options,
                           const LineSink& out, const LineSink& complain) {
  GAVAH_ASSIGN(About about, read_about(world.disk(), options.about_file));
  GAVAH_ASSIGN(SourceRegistry registry, read_registry(world.disk(), options.sources_file));
  GAVAH_ASSIGN(std::string mapping, read_mapping(world.disk(), options.mapping_file));
  GAVAH_ASSIGN(confine::Workers * workers, world.workers());
  Extraction extraction(world, std::move(about), std::move(mapping), std::move(registry), out, complain,
                        Parser(workers));
  for (const auto& path : paths) GAVAH_TRY(extraction.run(path));
  return {};
}

Result<Toolkit> load_toolkit(World& world, const FilterOptions& options) {
  CodebookFiles codebook = CodebookFiles::built_in();
  if (!options.codebook_directory.empty()) {
    GAVAH_ASSIGN(codebook, CodebookFiles::read(world.disk(), options.codebook_directory));
  }
  return Toolkit::load_files(world.disk(), options.gazetteer_files, codebook);
}

Result<void> code_lines(World& world, const LineSource& in, const FilterOptions& options, const LineSink& out) {
  GAVAH_ASSIGN(const Toolkit toolkit, load_toolkit(world, options));
  GAVAH_ASSIGN(const SourceRegistry registry, read_registry(world.disk(), options.sources_file));
  const auto read = [&]() -> std::optional<CodedBatch> {
    CodedBatch batch;
    std::size_t size_bytes = 0;
    while (batch.size() < kBatchLines && size_bytes < kBatchBytes) {
      auto line = in();
      if (!line) break;
      size_bytes += line->size();
      batch.push_back({std::move(*line), {}, {}});
    }
    return batch.empty() ? std::nullopt : std::optional(std::move(batch));
  };
  const auto code = [&](CodedBatch& batch) {
    for (CodedLine& item : batch) code_line(toolkit.coder(), registry, item);
  };
  std::uint64_t line_number = 0;
  Result<void> written;
  pass_in_order<CodedBatch>(options.threads, kBatchesAhead, read, code, [&](CodedBatch& batch) {
    written = write_batch(batch, line_number, out);
    return written ? Continue::yes : Continue::no;
  });
  return written;
}

Result<void> link_lines(World& world, const LineSource& in, const FilterOptions& options, const LineSink& out) {
  GAVAH_ASSIGN(const SourceRegistry registry, read_registry(world.disk(), options.sources_file));
  std::vector<link::ReportDigest> reports;
  std::vector<Claim> claims;
  std::vector<Source> sources = registry.sources();
  std::vector<Decision> decisions;
  std::uint64_t line_number = 0;
  for (auto line = in(); line; line = in()) {
    const std::string where = format("line {} of the input", ++line_number);
    GAVAH_TRY(out(*line));
    GAVAH_ASSIGN_AS(const Json json, Json::parse(*line), where);
    const auto type = json.text_of("type");
    if (type == "report") {
      GAVAH_ASSIGN_AS(Report report, report_from_json(json), where);
      report.source = registry.resolve(report.source);
      reports.push_back(link::digest(report));
    } else if (type == "claim") {
      GAVAH_ASSIGN_AS(Claim claim, claim_from_json(json), where);
      claims.push_back(std::move(claim));
    } else if (type == "source") {
      GAVAH_ASSIGN_AS(Source source, source_from_json(json), where);
      sources.push_back(std::move(source));
    } else if (type == "decision") {
      GAVAH_ASSIGN_AS(Decision decision, decision_from_json(json), where);
      decisions.push_back(std::move(decision));
    }
  }
  const auto linked = link::link({reports, claims, sources, decisions}, IdSecret{}, options.threads);
  for (const auto& lineage : linked.lineages) GAVAH_TRY(out(to_json(lineage)));
  for (const auto& event : linked.events) GAVAH_TRY(out(to_json(event)));
  for (const auto& victim : linked.victims) GAVAH_TRY(out(to_json(victim)));
  return {};
}

}  // namespace gavah::pipeline
