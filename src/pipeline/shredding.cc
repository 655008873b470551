#include "pipeline/shredding.h"

#include "base/bytes.h"
#include "base/format.h"

namespace gavah::pipeline {
namespace {

std::vector<std::string> copies_elsewhere(Chronicle& chronicle, const seal::ShredPlan& plan) {
  std::vector<std::string> out = {
      "the files it was added from, and whoever else has them",
      "editions and exports that were written before: what they opened stays open",
      "backups made before: run gavah backup again, and destroy the older ones",
      "snapshots of the file system, swap, and blocks of flash that the disk has not used again",
  };
  for (const CaptureId& same : plan.same_bytes) {
    out.push_back(format("capture {} holds the very same bytes: shred it as well", same.hex()));
  }
  const auto places = chronicle.world().disk().read(chronicle.stored().path("last-edition"));
  if (places) out.push_back(format("the edition at {}", places->substr(0, places->find('\n'))));
  return out;
}

}  // namespace

Result<seal::ShredPlan> shred_plan(Chronicle& chronicle, const std::string& item) {
  const std::string attempted = format("'{}' is no capture and no part of one", item);
  GAVAH_ASSIGN_AS(const std::string key, from_hex(item.substr(0, item.find(':'))), attempted);
  if (key.size() != 16) return fail(ErrorCode::invalid_input, attempted);
  return seal::plan_shred(chronicle.stored(), CaptureId::from_bytes(key));
}

Result<ShredSummary> shred(Chronicle& chronicle, const ShredOptions& options) {
  if (options.reason.empty()) return fail(ErrorCode::refused, "shredding needs a reason");
  // Opened first: what an earlier run left is finished before anything is planned.
  GAVAH_ASSIGN(seal::LogWriter * writer, chronicle.writer());
  ShredSummary out;
  GAVAH_ASSIGN(out.plan, shred_plan(chronicle, options.item));
  chronicle.close_index();
  GAVAH_TRY(seal::shred(chronicle.stored(), *writer, out.plan, options.reason, options.by, chronicle.world().random()));
  out.not_reached = copies_elsewhere(chronicle, out.plan);
  return out;
}

}  // namespace gavah::pipeline
