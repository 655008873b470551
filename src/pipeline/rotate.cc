#include "pipeline/workflows.h"

namespace gavah::pipeline {

Result<RotateSummary> rotate(Chronicle& chronicle, const RotateOptions& options) {
  seal::RotateOptions wrap;
  wrap.cost = options.cost;
  if (chronicle.protection() == Protection::passphrase) {
    GAVAH_ASSIGN(wrap.passphrase, options.ask_passphrase());
  }
  GAVAH_ASSIGN(seal::LogWriter * writer, chronicle.writer());
  GAVAH_ASSIGN(const seal::Rotated rotated,
               seal::rotate(chronicle.stored(), *writer, wrap, chronicle.world().random()));
  return RotateSummary{rotated.key.text(), rotated.from_size};
}

}  // namespace gavah::pipeline
