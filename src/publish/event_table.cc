#include "publish/event_table.h"

#include <array>

#include "base/format.h"
#include "base/json.h"

namespace gavah::publish {
namespace {

constexpr std::array<std::string_view, 6> kKinds{"killed",    "injured",  "arrested",
                                                 "sentenced", "executed", "participants"};

std::string cell(std::string_view text) {
  std::string guarded;
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) guarded = "'";
  guarded.append(text);
  if (guarded.find_first_of(",\"\n\r") == std::string::npos) return guarded;
  std::string out = "\"";
  for (const char c : guarded) {
    if (c == '"') out.push_back('"');
    out.push_back(c);
  }
  return out.append("\"");
}

std::string bound(const std::optional<Instant>& instant, TimePrecision precision) {
  if (!instant) return "";
  return precision == TimePrecision::clock ? instant->text() : instant->day().text();
}

/// The value that the rule chose for a kind, or null.
const Count* chosen(const Event& event, std::string_view kind) {
  for (const EventCount& entry : event.counts) {
    if (!entry.lineage && entry.count.kind == kind) return &entry.count;
  }
  return nullptr;
}

std::string number(const std::optional<std::int64_t>& value) { return value ? std::to_string(*value) : std::string(); }

/// Millionths of a degree as decimal degrees.
std::string degrees(std::int32_t e6) {
  const std::int64_t whole = e6 / 1000000;
  const std::int64_t rest = e6 % 1000000;
  return format("{}{}.{:06}", e6 < 0 && whole == 0 ? "-" : "", whole, rest < 0 ? -rest : rest);
}

const Place* first_place(const Event& event) { return event.places.empty() ? nullptr : &event.places.front(); }

std::string joined_path(const Place& place) {
  std::string out;
  for (const auto& step : place.path) out.append(out.empty() ? "" : "/").append(step);
  return out;
}

void write_properties(JsonWriter& out, const Event& event) {
  const Place* place = first_place(event);
  out.key("properties").begin_object().member("id", event.id.hex());
  out.member("title", place != nullptr ? format("{}, {}", event.act, place->name) : event.act);
  out.member("act", event.act).member("side", event.side).member("extent", name_of(event.extent));
  out.member("status", name_of(event.status)).member("start", bound(event.time.start, event.time.precision));
  out.member("end", bound(event.time.end, event.time.precision))
      .member("time_precision", code_of(event.time.precision));
  out.member("place_precision", place != nullptr ? code_of(place->precision) : code_of(PlacePrecision::unknown));
  for (const auto kind : kKinds) {
    const Count* count = chosen(event, kind);
    if (count == nullptr) continue;
    out.member(format("{}_low", kind), count->low).member(format("{}_high", kind), count->high);
  }
  out.member("lineages", event.lineage_count).member("reports", event.report_count).end_object();
}

}  // namespace

std::string csv_header() {
  std::string out =
      "event_id,act,side,extent,status,start,end,time_precision,place_id,place,place_precision,place_path,lat,lon";
  for (const auto kind : kKinds) out += format(",{}_low,{}_high", kind, kind);
  return out + ",lineages,reports,umbrella";
}

std::string csv_row(const Event& event) {
  std::string out = format("{},{},{},{},{},{},{},{}", event.id.hex(), cell(event.act), cell(event.side),
                           name_of(event.extent), name_of(event.status), bound(event.time.start, event.time.precision),
                           bound(event.time.end, event.time.precision), code_of(event.time.precision));
  if (const Place* place = first_place(event)) {
    out += format(",{},{},{},{}", cell(place->id), cell(place->name), code_of(place->precision),
                  cell(joined_path(*place)));
    out += place->coordinates
               ? format(",{},{}", degrees(place->coordinates->lat_e6), degrees(place->coordinates->lon_e6))
               : ",,";
  } else {
    out += format(",,,{},,,", code_of(PlacePrecision::unknown));
  }
  for (const auto kind : kKinds) {
    const Count* count = chosen(event, kind);
    out += count == nullptr ? ",," : format(",{},{}", number(count->low), number(count->high));
  }
  return out +
         format(",{},{},{}", event.lineage_count, event.report_count, event.umbrella ? event.umbrella->hex() : "");
}

std::string geojson_feature(const Event& event) {
  JsonWriter out;
  out.begin_object().member("type", "Feature").key("geometry");
  const Place* place = first_place(event);
  if (place != nullptr && place->coordinates) {
    out.begin_object().member("type", "Point").key("coordinates").begin_array();
    out.raw(degrees(place->coordinates->lon_e6)).raw(degrees(place->coordinates->lat_e6)).end_array().end_object();
  } else {
    out.null();
  }
  write_properties(out, event);
  return out.end_object().take();
}

}  // namespace gavah::publish
