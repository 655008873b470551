#pragma once

#include <string>

#include "base/result.h"
#include "pipeline/pipeline.h"
#include "server/capture_page.h"
#include "server/event_page.h"
#include "server/snapshot.h"
#include "server/trail.h"

namespace gavah::server {

/// Makes the pages of one chronicle from its index, ledger and objects. Cheap to make, one thread.
class ChroniclePages {
 public:
  ChroniclePages(pipeline::Chronicle& chronicle, store::Index& index) : chronicle_(chronicle), index_(index) {}

  Result<EventSummary> summary(const Event& event);
  Result<EventPage> event(const EventId& id);
  Result<Trail> trail(const EventId& id, std::string_view kind);
  Result<CapturePage> capture(const CaptureId& id, PartNumber number);
  /// What a search over an event looks at: act in both languages, places, sources, titles.
  Result<std::string> search_words(const Snapshot& snapshot, EventRow row);

 private:
  Result<ReportCard> card(const Report& report);
  Result<ClaimRow> claim_row(const Claim& claim, const Report& report);
  Result<LogHead> head();

  pipeline::Chronicle& chronicle_;
  store::Index& index_;
};

}  // namespace gavah::server
