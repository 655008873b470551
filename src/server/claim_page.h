#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/event_page.h"
#include "server/passage.h"

namespace gavah::server {

/// A decision and whether it has an effect: it may have been revoked.
struct DecisionRow {
  Decision decision;
  bool stands = true;
  bool concerns = false;  ///< the claim of the page, not another of its passage
};

/// One claim: its slots, the words they rest on, why each is as it is, and what people decided about it.
struct ClaimPage {
  Claim claim;
  ReportCard report;
  Passage text;                           ///< the report's, with the spans of this claim and every person marked
  std::vector<EventId> events;            ///< that rest on the claim
  std::vector<DecisionRow> decisions;     ///< about the passage, oldest first
  std::optional<DecisionId> rejected_by;  ///< the standing decision that rejects the claim
  std::string why;                        ///< JSON as that of `gavah show CLAIM --why --json`; spans in `text`
};

std::string to_json(const ClaimPage& page);
/// {"decisions":[{"decision":{…},"stands","concerns"}]}
std::string to_json(const std::vector<DecisionRow>& rows);

}  // namespace gavah::server
