#pragma once

#include <cstddef>

#include "server/view.h"

namespace gavah::server {

// The made-up matter behind FakeView: a function of the row number each.

Labels fake_labels();
void fill_fake_columns(EventColumns& events, std::size_t count);
/// The row that an event's, or a capture's, id was made from.
EventRow fake_row(const EventId& id);
EventSummary fake_summary(const Snapshot& snapshot, EventRow row);
EventPage fake_page(const Snapshot& snapshot, EventRow row);
Evidence fake_evidence(const ClaimRow& claim, const EventPage& page);
CapturePage fake_capture(const Snapshot& snapshot, const EventPage& page, const ClaimRow& claim,
                         const ReportCard& report);

}  // namespace gavah::server
