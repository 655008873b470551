#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "server/capture_page.h"
#include "server/claim_page.h"
#include "server/event_page.h"
#include "server/snapshot.h"
#include "server/trail.h"

namespace gavah::server {

/// A place of the gazetteer as a person tells it from its namesakes.
struct NamedPlace {
  Place place;
  std::string within;  ///< "Orvan, Velmara": names of the areas that hold it, the smallest first
};
inline constexpr std::size_t kMaxPlaces = 40;  ///< places of one name

/// What the server can ask of a chronicle. All rules about events live behind this interface; the server filters,
/// counts and writes JSON. Calls come from the one thread in Server::run(), never two at a time, and hold up the
/// page: a call should answer within 50 ms, a trail within a second.
class View {
 public:
  virtual ~View() = default;

  /// Never null; the columns are complete and codes lie in their lists. The same object until something changed:
  /// called once a request. The caller may keep it as long as it likes.
  virtual std::shared_ptr<const Snapshot> snapshot() const = 0;

  /// Rows of `snapshot` whose act, place, sources or report titles hold all of `words` (folded as `text` folds), in
  /// ascending order. `words` is UTF-8, 1 to 200 bytes.
  virtual Result<std::vector<EventRow>> search(const Snapshot& snapshot, std::string_view words) const = 0;

  /// A line of the table; `row` < snapshot.events.size().
  virtual Result<EventSummary> summary(const Snapshot& snapshot, EventRow row) const = 0;

  /// not_found when there is no such event.
  virtual Result<EventPage> event(const EventId& id) const = 0;

  /// The trail of the number of `kind` ("killed") of an event, checked at the time of the call.
  /// not_found when the event has no such number. With an empty `kind`: the trail of the event itself (all its claims).
  virtual Result<Trail> trail(const EventId& id, std::string_view kind) const = 0;

  /// not_found when there is no such capture or part.
  virtual Result<CapturePage> capture(const CaptureId& id, PartNumber part) const = 0;

  /// What the address of a report showed each time it was captured, and the words that changed, as JSON like that of
  /// `gavah show REPORT --versions --json`. Looks through all reports: asked for by a person, not by a page.
  /// not_found when there is no such report, or it has no address.
  virtual Result<std::string> versions(const ReportId& id) const = 0;

  /// not_found when there is no such claim.
  virtual Result<ClaimPage> claim(const ClaimId& id) const = 0;

  /// Every decision, newest first.
  virtual Result<std::vector<DecisionRow>> decisions() const = 0;

  /// The codebook in use as JSON: {"acts":[…],"codes":{…}}, each act with its labels and words (code::pages_json).
  virtual Result<std::string> codebook() const = 0;

  /// Places that carry a name, each with the names of the areas that hold it, at most kMaxPlaces.
  virtual Result<std::vector<NamedPlace>> places(std::string_view name) const = 0;
};

}  // namespace gavah::server
