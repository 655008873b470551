#include "model/event.h"

#include "model/lineage.h"
#include "model/named.h"

namespace gavah {
namespace {

constexpr std::array<Named<Extent>, 3> kExtents{
    {{Extent::moment, "moment"}, {Extent::continuing, "continuing"}, {Extent::umbrella, "umbrella"}}};
constexpr std::array<Named<EventStatus>, 5> kStatuses{{{EventStatus::verified, "verified"},
                                                       {EventStatus::corroborated, "corroborated"},
                                                       {EventStatus::single, "single"},
                                                       {EventStatus::contested, "contested"},
                                                       {EventStatus::refuted, "refuted"}}};

void write_event_counts(JsonWriter& out, const std::vector<EventCount>& counts) {
  out.key("counts").begin_array();
  for (const EventCount& entry : counts) {
    out.begin_object();
    write_count_members(out, entry.count);
    out.member("lineage", entry.lineage ? std::optional<std::string>(entry.lineage->hex()) : std::nullopt);
    out.member("rule", entry.rule).end_object();
  }
  out.end_array();
}

std::vector<EventCount> read_event_counts(ObjectReader& in) {
  std::vector<EventCount> out;
  for (const Json& json : in.array("counts")) {
    ObjectReader entry(json);
    EventCount count;
    count.count = read_count(entry, json);
    count.lineage = entry.optional_parsed("lineage", LineageId::from_hex);
    count.rule = entry.optional_text("rule").value_or("");
    if (const auto finished = entry.finish(); !finished) in.complain("counts", finished.error().message);
    out.push_back(std::move(count));
  }
  return out;
}

}  // namespace

std::string_view name_of(Extent extent) { return name_in(kExtents, extent); }
Result<Extent> extent_from(std::string_view name) { return value_in(kExtents, name, "extent"); }
std::string_view name_of(EventStatus status) { return name_in(kStatuses, status); }
Result<EventStatus> event_status_from(std::string_view name) { return value_in(kStatuses, name, "event status"); }

std::string to_json(const Event& event) {
  JsonWriter out;
  out.begin_object()
      .member("type", "event")
      .member("id", event.id.hex())
      .member("act", event.act)
      .member("side", event.side);
  out.member("extent", name_of(event.extent)).key("time");
  write_time(out, event.time);
  write_places(out, "places", event.places);
  write_event_counts(out, event.counts);
  write_ids(out, "claims", event.claims);
  out.member("lineages", event.lineage_count)
      .member("reports", event.report_count)
      .member("status", name_of(event.status));
  out.member("umbrella", event.umbrella ? std::optional<std::string>(event.umbrella->hex()) : std::nullopt)
      .end_object();
  return out.take();
}

Result<Event> event_from_json(const Json& json) {
  ObjectReader in(json);
  Event out;
  out.id = in.parsed("id", EventId::from_hex);
  out.act = in.text("act");
  out.side = in.optional_text("side").value_or("unknown");
  out.extent = in.optional_parsed("extent", extent_from).value_or(Extent::moment);
  out.time = read_time(in, "time");
  out.places = read_places(in, "places");
  out.counts = read_event_counts(in);
  out.claims = read_ids<ClaimId>(in, "claims");
  out.lineage_count = static_cast<std::uint32_t>(in.optional_integer("lineages").value_or(0));
  out.report_count = static_cast<std::uint32_t>(in.optional_integer("reports").value_or(0));
  out.status = in.optional_parsed("status", event_status_from).value_or(EventStatus::single);
  out.umbrella = in.optional_parsed("umbrella", EventId::from_hex);
  GAVAH_TRY_AS(in.finish(), "reading an event");
  return out;
}

std::string to_json(const Victim& victim) {
  JsonWriter out;
  out.begin_object().member("type", "victim").member("id", victim.id.hex()).key("names").begin_array();
  for (const auto& name : victim.names) out.text(name);
  out.end_array().key("attributes").raw(victim.attributes.empty() ? "null" : victim.attributes);
  write_ids(out, "events", victim.events);
  write_ids(out, "claims", victim.claims);
  out.end_object();
  return out.take();
}

Result<Victim> victim_from_json(const Json& json) {
  ObjectReader in(json);
  Victim out;
  out.id = in.parsed("id", VictimId::from_hex);
  for (const Json& name : in.array("names")) {
    if (name.string() != nullptr) out.names.push_back(*name.string());
  }
  if (const Json* attributes = in.object("attributes")) out.attributes = JsonWriter().value(*attributes).take();
  out.events = read_ids<EventId>(in, "events");
  out.claims = read_ids<ClaimId>(in, "claims");
  GAVAH_TRY_AS(in.finish(), "reading a victim");
  return out;
}

}  // namespace gavah
