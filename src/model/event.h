#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/json.h"
#include "model/count.h"
#include "model/place.h"
#include "model/time_interval.h"

namespace gavah {

enum class Extent { moment, continuing, umbrella };
enum class EventStatus { verified, corroborated, single, contested, refuted };

/// A count as one lineage gives it, or (no lineage) the value that the rule chose from all lineages.
struct EventCount {
  Count count;
  std::optional<LineageId> lineage;
  std::string rule;  ///< name of the choosing rule; empty on a lineage's own value
};

/// One real-world act that claims are about. Umbrellas are never added to their parts.
struct Event {
  EventId id;
  std::string act;
  std::string side;  ///< whose act: "protest", "state", "other", "unknown"
  Extent extent = Extent::moment;
  TimeInterval time;
  std::vector<Place> places;
  std::vector<EventCount> counts;
  std::vector<ClaimId> claims;  ///< sorted
  std::uint32_t lineage_count = 0;
  std::uint32_t report_count = 0;
  EventStatus status = EventStatus::single;
  std::optional<EventId> umbrella;
};

/// One person to whom an act was done.
struct Victim {
  VictimId id;
  std::vector<std::string> names;
  std::string attributes;  ///< a JSON object: age, role, condition
  std::vector<EventId> events;
  std::vector<ClaimId> claims;
};

std::string_view name_of(Extent extent);
Result<Extent> extent_from(std::string_view name);
std::string_view name_of(EventStatus status);
Result<EventStatus> event_status_from(std::string_view name);
std::string to_json(const Event& event);
Result<Event> event_from_json(const Json& json);
std::string to_json(const Victim& victim);
Result<Victim> victim_from_json(const Json& json);

}  // namespace gavah
