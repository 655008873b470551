#include "server/routes.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/format.h"
#include "base/json.h"
#include "server/aggregate.h"
#include "server/table.h"

namespace gavah::server {

namespace {

constexpr std::size_t kMaxNameBytes = 200;  // bytes: the longest name of a place in GeoNames
constexpr std::size_t kMaxKindBytes = 40;   // bytes: the longest kind of count has 12

template <class Number>
Result<Number> number_from(std::string_view text, Number absent) {
  if (text.empty()) return absent;
  Number value{};
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (read.ec != std::errc{} || read.ptr != end) return fail(ErrorCode::invalid_input, "not a whole number");
  return value;
}

unsigned status_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid_input:
      return 400;
    case ErrorCode::not_found:
      return 404;
    case ErrorCode::refused:
      return 403;
    case ErrorCode::unavailable:
      return 503;
    case ErrorCode::corrupt:
    case ErrorCode::fatal:
      return 500;
  }
  return 500;
}

std::string_view content_type_of(std::string_view path) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kTypes{
      {{".html", "text/html; charset=utf-8"},
       {".js", "text/javascript; charset=utf-8"},
       {".css", "text/css; charset=utf-8"},
       {".json", "application/json"},
       {".svg", "image/svg+xml"},
       {".woff2", "font/woff2"}}};
  for (const auto& [ending, type] : kTypes) {
    if (path.ends_with(ending)) return type;
  }
  return "application/octet-stream";
}

/// The days that the snapshot's events begin on, first and last; first > last when none is dated.
std::pair<std::int32_t, std::int32_t> days_of(const EventColumns& events) {
  std::pair<std::int32_t, std::int32_t> days{1, 0};
  for (const auto day : events.first_day) {
    if (day == kNoDay) continue;
    days = days.first > days.second ? std::pair{day, day}
                                    : std::pair{std::min(days.first, day), std::max(days.second, day)};
  }
  return days;
}

void write_label(JsonWriter& out, const Label& label) { out.text(label.key).text(label.en).text(label.fa); }

void write_labels(JsonWriter& out, std::string_view key, const std::vector<Label>& labels) {
  out.key(key).begin_array();
  for (const auto& label : labels) {
    out.begin_array();
    write_label(out, label);
    out.end_array();
  }
  out.end_array();
}

std::string to_json(const std::vector<NamedPlace>& places) {
  JsonWriter out;
  out.begin_object().key("places").begin_array();
  for (const NamedPlace& named : places) {
    out.begin_object().key("place");
    write_place(out, named.place);
    out.member("within", named.within).end_object();
  }
  return out.end_array().end_object().take();
}

std::string etag_of(const Snapshot& snapshot) {
  return gavah::format("\"{}-{}\"", snapshot.head.size, snapshot.head.root_hex.substr(0, 32));
}

/// The path below `prefix`, or nothing.
std::optional<std::string_view> below(std::string_view path, std::string_view prefix) {
  if (!path.starts_with(prefix)) return std::nullopt;
  return path.substr(prefix.size());
}

}  // namespace

std::string meta_json(const Snapshot& snapshot) {
  JsonWriter out;
  out.begin_object().member("name", snapshot.name);
  out.member("geography", snapshot.geography == Geography::real ? "real" : "fictional");
  out.key("protected").truth(snapshot.protection == Protection::passphrase);
  out.member("captures", snapshot.captures).member("reports", snapshot.reports);
  out.member("problems", snapshot.problems).member("events", snapshot.events.size());
  out.member("umbrellas", std::ranges::count(snapshot.events.extent, std::uint8_t{2}));
  const auto [first, last] = days_of(snapshot.events);
  out.key("days");
  if (first <= last) {
    out.begin_array().integer(first).integer(last).end_array();
  } else {
    out.null();
  }
  out.key("head").begin_object().member("origin", snapshot.head.origin).member("size", snapshot.head.size);
  out.member("root", snapshot.head.root_hex).end_object();
  write_labels(out, "acts", snapshot.labels.acts);
  write_labels(out, "sides", snapshot.labels.sides);
  write_labels(out, "source_kinds", snapshot.labels.source_kinds);
  out.key("areas").begin_array();
  for (const auto& area : snapshot.labels.areas) {
    out.begin_array();
    write_label(out, area.label);
    if (area.middle.is_nowhere()) {
      out.null().null();
    } else {
      out.unsigned_integer(area.middle.x).unsigned_integer(area.middle.y);
    }
    out.end_array();
  }
  return out.end_array().end_object().take();
}

Routes::Routes(const View& view, Assets assets, Desk* desk) : view_(view), assets_(std::move(assets)), desk_(desk) {}

Response Routes::answer(const Request& request) {
  if (request.method == "POST") return decide(request);
  return request.target.starts_with("/api/") ? api(request) : asset(request);
}

Response Routes::api(const Request& request) {
  const auto snapshot = view_.snapshot();
  Response response;
  response.headers.emplace_back("ETag", etag_of(*snapshot));
  auto address = Address::parse(request.target);
  if (!address) return refusal(400, address.error().sentence());
  const bool counted = address->path == "/api/agg" || address->path == "/api/events" || address->path == "/api/meta";
  if (counted && request.if_none_match == etag_of(*snapshot)) {
    response.status = 304;
    return response;
  }
  auto body = body_of(*address, *snapshot);
  if (!body) return refusal(status_of(body.error().code), body.error().sentence());
  response.body = *std::move(body);
  return response;
}

Response Routes::decide(const Request& request) {
  if (desk_ == nullptr) {
    return refusal(403, "these pages only read: gavah serve CHRONICLE --by NAME lets a person decide in them");
  }
  auto asked = desk_request_from(request.body);
  if (!asked) return refusal(status_of(asked.error().code), asked.error().sentence());
  if (const auto job = desk_->decide(*std::move(asked)); !job) {
    return refusal(status_of(job.error().code), job.error().sentence());
  }
  return {.status = 202, .headers = {}, .body = desk_json(desk_)};
}

Result<std::string> Routes::body_of(const Address& address, const Snapshot& snapshot) const {
  if (address.path == "/api/meta") return meta_json(snapshot);
  if (address.path == "/api/agg") return aggregate_body(address, snapshot);
  if (address.path == "/api/events") return events_body(address, snapshot);
  if (address.path == "/api/desk") return desk_json(desk_);
  return chronicle_body(address);
}

Result<std::string> Routes::chronicle_body(const Address& address) const {
  if (const auto name = below(address.path, "/api/event/")) {
    GAVAH_ASSIGN(const EventId id, EventId::from_hex(*name));
    GAVAH_ASSIGN(const EventPage page, view_.event(id));
    return to_json(page);
  }
  if (const auto name = below(address.path, "/api/trail/")) {
    const std::size_t slash = name->find('/');
    const auto kind = slash == std::string_view::npos ? std::string_view() : name->substr(slash + 1);
    if (kind.size() > kMaxKindBytes) return fail(ErrorCode::not_found, "no such number");
    GAVAH_ASSIGN(const EventId id, EventId::from_hex(name->substr(0, slash)));
    GAVAH_ASSIGN(const Trail trail, view_.trail(id, kind));
    return to_json(trail);
  }
  if (const auto name = below(address.path, "/api/capture/")) {
    GAVAH_ASSIGN(const CaptureId id, CaptureId::from_hex(*name));
    GAVAH_ASSIGN(const auto part, number_from<PartNumber>(address.parameter("part"), 0));
    GAVAH_ASSIGN(const CapturePage page, view_.capture(id, part));
    return to_json(page);
  }
  if (const auto name = below(address.path, "/api/versions/")) {
    GAVAH_ASSIGN(const ReportId id, ReportId::from_hex(*name));
    return view_.versions(id);
  }
  return coding_body(address);
}

Result<std::string> Routes::coding_body(const Address& address) const {
  if (const auto name = below(address.path, "/api/claim/")) {
    GAVAH_ASSIGN(const ClaimId id, ClaimId::from_hex(*name));
    GAVAH_ASSIGN(const ClaimPage page, view_.claim(id));
    return to_json(page);
  }
  if (address.path == "/api/decisions") {
    GAVAH_ASSIGN(const auto rows, view_.decisions());
    return to_json(rows);
  }
  if (address.path == "/api/codebook") return view_.codebook();
  if (address.path == "/api/places") {
    const auto name = address.parameter("name");
    if (name.empty() || name.size() > kMaxNameBytes) return fail(ErrorCode::invalid_input, "a name has 1 to 200 bytes");
    GAVAH_ASSIGN(const auto places, view_.places(name));
    return to_json(places);
  }
  return fail(ErrorCode::not_found, "there is no such address");
}

Result<std::vector<EventRow>> Routes::found_rows(const Query& query, const Snapshot& snapshot) const {
  if (query.words.empty()) return std::vector<EventRow>{};
  return view_.search(snapshot, query.words);
}

Result<std::string> Routes::aggregate_body(const Address& address, const Snapshot& snapshot) const {
  GAVAH_ASSIGN(const Query query, Query::parse(address, snapshot.labels));
  AggregateFrame frame;
  if (const auto view = address.parameter("view"); !view.empty()) {
    GAVAH_ASSIGN(frame.view, box_from(view));
  }
  GAVAH_ASSIGN(frame.across, number_from<std::uint32_t>(address.parameter("grid"), frame.across));
  if (frame.across < 1 || frame.across > kMaxGrid) return fail(ErrorCode::invalid_input, "grid is 1 to 256");
  if (const auto edges = address.parameter("edges"); !edges.empty()) {
    GAVAH_ASSIGN(frame.edges, BarEdges::parse(edges));
  } else {
    const auto [first, last] = days_of(snapshot.events);
    GAVAH_ASSIGN(frame.edges, BarEdges::covering(first, last, address.parameter("time")));
  }
  GAVAH_ASSIGN(const auto found, found_rows(query, snapshot));
  return to_json(aggregate(snapshot, query, found, std::move(frame)), snapshot);
}

Result<std::string> Routes::events_body(const Address& address, const Snapshot& snapshot) const {
  GAVAH_ASSIGN(const Query query, Query::parse(address, snapshot.labels));
  TablePage page;
  GAVAH_ASSIGN(page.page, number_from<std::uint32_t>(address.parameter("page"), page.page));
  GAVAH_ASSIGN(page.size, number_from<std::uint32_t>(address.parameter("size"), page.size));
  if (page.size < 1 || page.size > kMaxPageRows) return fail(ErrorCode::invalid_input, "size is 1 to 200");
  GAVAH_ASSIGN(const auto found, found_rows(query, snapshot));
  auto rows = Selection(snapshot, query, found).rows();
  const std::size_t total = rows.size();
  GAVAH_ASSIGN(const auto shown, page_of(std::move(rows), snapshot, address.parameter("sort"), page));
  JsonWriter out;
  out.begin_object().member("total", total).member("page", page.page).member("size", page.size);
  out.key("rows").begin_array();
  for (const EventRow row : shown) {
    GAVAH_ASSIGN(const EventSummary summary, view_.summary(snapshot, row));
    write_summary(out, summary);
  }
  return out.end_array().end_object().take();
}

Response Routes::asset(const Request& request) const {
  std::string_view name = request.target.substr(0, request.target.find('?'));
  name = name == "/" ? "index.html" : name.substr(std::min<std::size_t>(1, name.size()));
  const auto plain = assets_(name);
  if (!plain) return refusal(404, "there is no such file");
  Response response{.content_type = std::string(content_type_of(name)), .headers = {}, .body = {}};
  const auto packed = assets_(std::string(name).append(".gz"));
  if (packed && request.accept_encoding.find("gzip") != std::string_view::npos) {
    response.headers.emplace_back("Content-Encoding", "gzip");
    response.headers.emplace_back("Vary", "Accept-Encoding");
    response.body = *packed;
  } else {
    response.body = *plain;
  }
  return response;
}

}  // namespace gavah::server
