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

Result<void> change_passphrase(Chronicle& chronicle, const PassphraseOptions& options) {
  if (chronicle.protection() != Protection::passphrase) {
    return fail(ErrorCode::refused, "this chronicle has no passphrase to change");
  }
  GAVAH_TRY(chronicle.writer());  // nobody else writes the keys meanwhile
  GAVAH_ASSIGN(const std::string before, options.ask_before());
  GAVAH_ASSIGN(const std::string after, options.ask_after());
  return chronicle.stored().change_passphrase(before, after, options.cost, chronicle.world().random());
}

}  // namespace gavah::pipeline
