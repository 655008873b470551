#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/claim.h"
#include "model/count.h"
#include "model/decision.h"
#include "model/event.h"
#include "model/lineage.h"
#include "model/report.h"
#include "server/passage.h"

namespace gavah::server {

/// One line of the table of events.
struct EventSummary {
  Event event;
  std::string place_en;  ///< most exact place with its province, as the gazetteer writes it; empty when unknown
  std::string place_fa;  ///< empty: `place_en` is shown
};

/// A report as the pages name it: no text.
struct ReportCard {
  ReportId id;
  CaptureId capture;
  PartNumber part = 0;
  ReportKind kind = ReportKind::article;
  std::string source;       ///< id in the registry, or what the bytes say
  std::string source_name;  ///< for people; empty: `source` is shown
  std::string source_kind;  ///< key of Labels::source_kinds
  std::string family;       ///< who owns or feeds the source; empty when the registry is silent
  std::optional<LineageId> lineage;
  TimeInterval published;
  std::optional<Instant> captured;
  std::string title;
  std::string url;  ///< shown as text, never linked
  std::string lang;
};

/// A claim beside its words. `report` is in EventPage::reports.
struct ClaimRow {
  Claim claim;
  Passage passage;  ///< the sentence that carries the trigger, and no more than a few around it
};

/// Everything the page of one event shows. The numbers are Event::counts: values of lineages, and chosen ones (with
/// `rule`). An umbrella's counts are shown with the note that they are added to no total.
struct EventPage {
  EventSummary summary;
  std::optional<std::int64_t> leaf;  ///< of its register entry; nothing when not registered
  std::vector<ClaimRow> claims;      ///< in the order of publication
  std::vector<ReportCard> reports;
  std::vector<Lineage> lineages;
  std::vector<Decision> decisions;  ///< that met an anchor of this event, oldest first
  std::vector<EventSummary> parts;  ///< of an umbrella, at most kMaxParts
  std::optional<EventId> previous;  ///< in the order of time
  std::optional<EventId> next;
};

inline constexpr std::size_t kMaxParts = 200;  ///< events listed under an umbrella; the table has the rest

std::string to_json(const EventPage& page);
void write_summary(JsonWriter& out, const EventSummary& summary);
void write_report_card(JsonWriter& out, const ReportCard& card);

}  // namespace gavah::server
