#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "link/link.h"
#include "pipeline/chronicle.h"
#include "pipeline/parser.h"
#include "pipeline/workflows.h"

namespace gavah::pipeline {

/// One run of derive: new parts to reports and claims, then everything to lineages, events and victims. Rows go to
/// `index`, which is the chronicle's own or a scratch one. One thread, with threads of its own.
class Derivation {
 public:
  Derivation(Chronicle& chronicle, store::Index& index, const DeriveOptions& options, const Parser& parser);
  Result<DeriveSummary> run();

 private:
  struct Opened;
  struct Work;
  struct Made;
  Result<void> read_captures();
  Result<Opened> open(const Capture& capture);
  Result<void> derive_captures();
  static void divide(const std::shared_ptr<const Opened>& opened, std::vector<Part> parts, std::vector<Work>& work);
  Result<void> do_work(const std::vector<Work>& work, std::uint64_t expected);
  Made make(const Work& work) const;
  Result<void> take(Made&& made);
  Result<void> load_present();
  Result<void> code_by_hand(const std::vector<Decision>& decisions);
  Result<void> link_all(const std::vector<Decision>& decisions);
  Result<void> put_claims(const link::LinkOutput& linked);
  Result<void> put_orphans(const link::LinkOutput& linked);

  Chronicle& chronicle_;
  store::Index& index_;
  const DeriveOptions& options_;
  const Parser parser_;
  const Toolkit* toolkit_ = nullptr;
  const SourceRegistry* registry_ = nullptr;
  std::vector<Capture> captures_;  ///< those that are new, in the order of the log
  proof::LeafIndex derived_to_ = 0;
  std::vector<link::ReportDigest> digests_;
  std::vector<Claim> claims_;
  std::vector<ClaimId> hand_claims_;  ///< those that people had coded before this run
  std::vector<store::OrphanRow> orphans_;
  DeriveSummary summary_;
};

/// The part of a report's text that came from these bytes of its part; nothing when none did.
std::optional<Span> text_span(const Report& report, ByteRange bytes);

}  // namespace gavah::pipeline
