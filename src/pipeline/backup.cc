#include "pipeline/workflows.h"

namespace gavah::pipeline {

Result<seal::BackupSummary> backup(Chronicle& chronicle, const std::string& destination) {
  GAVAH_ASSIGN(seal::LogWriter * writer, chronicle.writer());
  return seal::backup(chronicle.stored(), *writer, destination);
}

Result<seal::RestoreSummary> restore(World& world, const seal::RestoreOptions& options) {
  return seal::restore(world.disk(), world.state_directory(), options, world.clock(), world.random());
}

}  // namespace gavah::pipeline
