#include "browser/fake_view.h"

#include <algorithm>
#include <array>

#include "base/format.h"
#include "base/json.h"
#include "browser/fake_case.h"

namespace gavah::server {

namespace {

std::string_view trimmed(std::string_view words) {
  while (words.starts_with(' ')) words.remove_prefix(1);
  return words;
}

std::string root_hex() { return sha256("fictional root").hex(); }

}  // namespace

FakeView::FakeView(std::size_t event_count) {
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->head = {"example.org/velmara", 9907, root_hex()};
  snapshot->name = "Velmara (fictional)";
  snapshot->geography = Geography::fictional;
  snapshot->protection = Protection::unprotected;
  snapshot->captures = 58;
  snapshot->reports = 64;
  snapshot->problems = 1;
  snapshot->labels = fake_labels();
  fill_fake_columns(snapshot->events, event_count);
  snapshot_ = std::move(snapshot);
}

Result<std::vector<EventRow>> FakeView::search(const Snapshot& snapshot, std::string_view words) const {
  std::vector<EventRow> rows;
  const std::string_view wanted = trimmed(words);
  for (EventRow row = 0; row < snapshot.events.size(); ++row) {
    const auto& act = snapshot.labels.acts[snapshot.events.act[row]];
    if (act.en.find(wanted) != std::string::npos || act.fa.find(wanted) != std::string::npos) rows.push_back(row);
  }
  return rows;
}

Result<EventSummary> FakeView::summary(const Snapshot& snapshot, EventRow row) const {
  return fake_summary(snapshot, row);
}

Result<EventRow> FakeView::row_of(const EventId& id) const {
  const EventRow row = fake_row(id);
  if (row >= snapshot_->events.size() || snapshot_->events.id[row] != id) {
    return fail(ErrorCode::not_found, "there is no such event");
  }
  return row;
}

EventPage FakeView::page_of(EventRow row) const {
  EventPage page = fake_page(*snapshot_, row);
  if (row > 0) page.previous = snapshot_->events.id[row - 1];
  if (row + 1 < snapshot_->events.size()) page.next = snapshot_->events.id[row + 1];
  return page;
}

Result<EventPage> FakeView::event(const EventId& id) const {
  GAVAH_ASSIGN(const EventRow row, row_of(id));
  return page_of(row);
}

Result<Trail> FakeView::trail(const EventId& id, std::string_view kind) const {
  GAVAH_ASSIGN(const EventRow row, row_of(id));
  const EventPage page = page_of(row);
  Trail trail;
  trail.event = id;
  trail.head = snapshot_->head;
  trail.rule_text = "Interval over independent lineages: lowest low to highest high; a denial is shown apart.";
  bool known = kind.empty();
  for (const auto& count : page.summary.event.counts) {
    if (count.rule.empty() || count.count.kind != kind) continue;
    trail.number = count;
    known = true;
  }
  if (!known) return fail(ErrorCode::not_found, "the event has no such number");
  trail.number_check = {StepState::holds, "the rule gives this number again"};
  trail.decisions = page.decisions;
  for (const auto& claim : page.claims) {
    if (kind.empty() || std::ranges::any_of(claim.claim.counts, [&](const Count& c) { return c.kind == kind; })) {
      trail.evidence.push_back(fake_evidence(claim, page));
    }
  }
  trail.checkpoint_check = {StepState::holds, "signature and root hold"};
  trail.witness_check = {StepState::none, "no outsider has cosigned this checkpoint"};
  trail.timestamp_check = {StepState::none, "no time-stamp: the operator's clock only"};
  return trail;
}

Result<CapturePage> FakeView::capture(const CaptureId& id, PartNumber part) const {
  if (part != 0) return fail(ErrorCode::not_found, "the capture has no such part");
  const EventRow row = fake_row(EventId::from_bytes(id.view()));
  if (row >= snapshot_->events.size()) return fail(ErrorCode::not_found, "there is no such capture");
  const EventPage page = page_of(row);
  for (const auto& claim : page.claims) {
    for (const auto& report : page.reports) {
      if (report.id == claim.claim.report && report.capture == id) return fake_capture(*snapshot_, page, claim, report);
    }
  }
  return fail(ErrorCode::not_found, "there is no such capture");
}

Result<std::string> FakeView::versions(const ReportId& id) const {
  constexpr std::string_view kCapture = "00000000000000000000000000000000";
  JsonWriter out;
  out.begin_object().member("type", "versions").member("address", "https://gazette.example/port").key("versions");
  out.begin_array();
  const auto version = [&](std::string_view taken, std::string_view hollow) {
    const bool has_earlier = taken.starts_with("2031-05-05");
    out.begin_object().member("report", id.hex()).member("capture", kCapture).member("part", 0).member("taken", taken);
    out.member("hollow", hollow).member("title", "Port shut").key("against");
    if (has_earlier) out.text(id.hex());
    if (!has_earlier) out.null();
    out.key("changes").begin_array().end_array().key("fields").begin_array();
    if (has_earlier) out.begin_array().text("title").text("Port shut").text("Port open").end_array();
    out.end_array().key("reading").begin_array();
    if (has_earlier) {
      out.begin_array().text("same").text("کارگران بندر گفتند که").end_array();
      out.begin_array().text("out").text("سه تن").end_array();
      out.begin_array().text("in").text("پنج تن").end_array();
      out.begin_array().text("same").text("بازداشت شده‌اند …").end_array();
    }
    out.end_array().end_object();
  };
  version("2031-05-03T10:00:00Z", "");
  version("2031-05-04T10:00:00Z", "login wall");
  version("2031-05-05T10:00:00Z", "");
  return out.end_array().end_object().take();
}

Result<ClaimPage> FakeView::claim(const ClaimId& id) const {
  for (EventRow row = 0; row < snapshot_->events.size(); ++row) {
    const EventPage page = page_of(row);
    const auto found = std::ranges::find(page.claims, id, [](const ClaimRow& claim) { return claim.claim.id; });
    if (found == page.claims.end()) continue;
    ClaimPage out;
    out.claim = found->claim;
    out.text = found->passage;
    out.events = {page.summary.event.id};
    for (const Decision& decision : page.decisions) out.decisions.push_back({decision, true});
    const auto report = std::ranges::find(page.reports, out.claim.report, &ReportCard::id);
    if (report != page.reports.end()) out.report = *report;
    out.why = R"({"type":"why","coded_with":"","stored_with":"","claims":[],"left_out":[]})";
    return out;
  }
  return fail(ErrorCode::not_found, "there is no such claim");
}

Result<std::vector<DecisionRow>> FakeView::decisions() const {
  std::vector<DecisionRow> out;
  for (const Decision& decision : page_of(0).decisions) out.push_back({decision, true});
  return out;
}

Result<std::string> FakeView::codebook() const { return R"({"acts":[],"codes":{}})"; }

Result<std::vector<NamedPlace>> FakeView::places(std::string_view name) const {
  Place place;
  place.id = "1";
  place.name = name;
  place.precision = PlacePrecision::town;
  return std::vector<NamedPlace>{{place, "Velmara"}};
}

}  // namespace gavah::server
