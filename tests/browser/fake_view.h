#pragma once

#include <memory>

#include "server/server.h"

namespace gavah::server {

/// A chronicle that does not exist: events of a fictional country, repeatable from their row numbers, with claims,
/// trails and captures made up when asked for. Every tenth capture fails its digest check; no checkpoint has witnesses.
class FakeView final : public View {
 public:
  explicit FakeView(std::size_t event_count);

  std::shared_ptr<const Snapshot> snapshot() const override { return snapshot_; }
  Result<std::vector<EventRow>> search(const Snapshot& snapshot, std::string_view words) const override;
  Result<EventSummary> summary(const Snapshot& snapshot, EventRow row) const override;
  Result<EventPage> event(const EventId& id) const override;
  Result<Trail> trail(const EventId& id, std::string_view kind) const override;
  Result<CapturePage> capture(const CaptureId& id, PartNumber part) const override;
  Result<std::string> versions(const ReportId& id) const override;
  Result<ClaimPage> claim(const ClaimId& id) const override;
  Result<std::vector<DecisionRow>> decisions() const override;
  Result<std::string> codebook() const override;
  Result<std::vector<NamedPlace>> places(std::string_view name) const override;

 private:
  Result<EventRow> row_of(const EventId& id) const;
  EventPage page_of(EventRow row) const;

  std::shared_ptr<const Snapshot> snapshot_;
};

}  // namespace gavah::server
