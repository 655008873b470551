#include "base/format.h"
#include "pipeline/gazetteer_files.h"
#include "pipeline/workflows.h"

namespace gavah::pipeline {

Result<void> init(World& world, const InitOptions& options) {
  if (world.disk().exists(join_path(options.directory, "chronicle.json"))) {
    return fail(ErrorCode::refused, format("{} is a chronicle already", options.directory));
  }
  seal::CreateOptions create;
  create.protection = options.protection;
  if (options.protection == Protection::passphrase) {
    GAVAH_ASSIGN(create.passphrase, options.ask_passphrase());
  }
  // A gazetteer that cannot be read must not leave a chronicle behind.
  GAVAH_ASSIGN(create.gazetteers, kept_gazetteers(world.disk(), options.gazetteer_files));
  return seal::create(world.disk(), options.directory, world.state_directory(), create, world.clock(), world.random());
}

Result<std::uint64_t> import_sources(Chronicle& chronicle, const std::string& csv_file) {
  GAVAH_ASSIGN(const std::string csv, chronicle.world().disk().read(csv_file));
  GAVAH_ASSIGN_AS(const auto wanted, sources_from_csv(csv), format("reading {}", csv_file));
  GAVAH_ASSIGN(const SourceRegistry* registry, chronicle.sources());
  std::map<std::string, const Source*> present;
  for (const Source& source : registry->sources()) present[source.id] = &source;
  std::vector<Source> changed;
  for (const Source& source : wanted) {
    const auto found = present.find(source.id);
    if (found == present.end() || *found->second != source) changed.push_back(source);
  }
  if (changed.empty()) return 0;
  GAVAH_ASSIGN(seal::LogWriter * writer, chronicle.writer());
  GAVAH_TRY(writer->append_sources(changed));
  GAVAH_TRY(writer->seal());
  chronicle.forget_sources();
  return changed.size();
}

Result<AuditSummary> audit(Chronicle& chronicle) {
  GAVAH_ASSIGN(const seal::AuditReport report, seal::audit(chronicle.stored(), chronicle.world().state_directory()));
  AuditSummary out{.leaves = report.leaves,
                   .objects = report.objects,
                   .shredded = report.shredded,
                   .reduced = report.reduced,
                   .faults = {}};
  for (const auto& fault : report.faults) out.faults.push_back(format("{}: {}", fault.what, fault.why));
  if (report.fault_count > report.faults.size()) {
    out.faults.push_back(format("and {} more", report.fault_count - report.faults.size()));
  }
  return out;
}

}  // namespace gavah::pipeline
