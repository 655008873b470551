#pragma once

#include <string>

#include "base/result.h"
#include "pipeline/pipeline.h"
#include "server/server.h"

namespace gavah::cli {

/// Makes the pages of one chronicle from its index, ledger and objects. Cheap to make, one thread.
class ChroniclePages {
 public:
  ChroniclePages(pipeline::Chronicle& chronicle, store::Index& index) : chronicle_(chronicle), index_(index) {}

  Result<server::EventSummary> summary(const Event& event);
  Result<server::EventPage> event(const EventId& id);
  Result<server::Trail> trail(const EventId& id, std::string_view kind);
  Result<server::CapturePage> capture(const CaptureId& id, PartNumber number);
  Result<server::ClaimPage> claim(const ClaimId& id);
  /// Every decision, newest first.
  Result<std::vector<server::DecisionRow>> decisions();
  Result<std::vector<server::NamedPlace>> places(std::string_view name);
  /// What a search over an event looks at: act in both languages, places, sources, titles.
  Result<std::string> search_words(const server::Snapshot& snapshot, server::EventRow row);

 private:
  Result<server::ReportCard> card(const Report& report);
  Result<server::ClaimRow> claim_row(const Claim& claim, const Report& report);
  Result<server::LogHead> head();

  pipeline::Chronicle& chronicle_;
  store::Index& index_;
};

}  // namespace gavah::cli
