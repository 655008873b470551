#include "model/time_interval.h"

#include <array>

#include "base/check.h"
#include "model/named.h"

namespace gavah {
namespace {

constexpr std::array<Named<TimePrecision>, 7> kPrecisions{{{TimePrecision::clock, "T0"},
                                                           {TimePrecision::day_stated, "T1"},
                                                           {TimePrecision::day_resolved, "T2"},
                                                           {TimePrecision::week, "T3"},
                                                           {TimePrecision::month, "T4"},
                                                           {TimePrecision::wider, "T5"},
                                                           {TimePrecision::unknown, "T9"}}};
constexpr std::array<Named<Calendar>, 3> kCalendars{
    {{Calendar::gregorian, "gregorian"}, {Calendar::persian, "persian"}, {Calendar::islamic, "islamic"}}};

void write_bound(JsonWriter& out, std::string_view name, const std::optional<Instant>& bound, TimePrecision precision) {
  out.key(name);
  if (!bound) {
    out.null();
  } else if (precision != TimePrecision::clock && bound->second_of_day() == 0) {
    out.text(bound->day().text());
  } else {
    out.text(bound->text());
  }
}

}  // namespace

TimeInterval TimeInterval::of_day(Day day, TimePrecision precision) { return of_days(day, day.plus(1), precision); }

TimeInterval TimeInterval::of_days(Day first, Day past_last, TimePrecision precision) {
  GAVAH_CHECK(first < past_last);
  TimeInterval out;
  out.start = Instant::at_start_of(first);
  out.end = Instant::at_start_of(past_last);
  out.precision = precision;
  return out;
}

TimeInterval TimeInterval::of_instant(Instant instant) {
  TimeInterval out;
  out.start = instant;
  out.end = Instant{instant.seconds + 1};
  out.precision = TimePrecision::clock;
  return out;
}

std::string_view code_of(TimePrecision precision) { return name_in(kPrecisions, precision); }
Result<TimePrecision> time_precision_from(std::string_view code) {
  return value_in(kPrecisions, code, "time precision");
}
std::string_view name_of(Calendar calendar) { return name_in(kCalendars, calendar); }
Result<Calendar> calendar_from(std::string_view name) { return value_in(kCalendars, name, "calendar"); }

void write_time(JsonWriter& out, const TimeInterval& time) {
  out.begin_object();
  write_bound(out, "start", time.start, time.precision);
  write_bound(out, "end", time.end, time.precision);
  out.member("precision", code_of(time.precision))
      .member("calendar", name_of(time.calendar))
      .member("phrase", time.phrase);
  out.key("span");
  write_span(out, time.span);
  out.end_object();
}

TimeInterval read_time(ObjectReader& in, std::string_view key) {
  TimeInterval out;
  const Json* object = in.object(key);
  if (object == nullptr) return out;
  ObjectReader time(*object);
  out.start = time.optional_parsed("start", Instant::parse);
  out.end = time.optional_parsed("end", Instant::parse);
  out.precision = time.optional_parsed("precision", time_precision_from).value_or(TimePrecision::unknown);
  out.calendar = time.optional_parsed("calendar", calendar_from).value_or(Calendar::gregorian);
  out.phrase = time.optional_text("phrase").value_or("");
  out.span = read_span(time, *object, "span");
  if (out.start && out.end && *out.end < *out.start) time.complain("end", "ends before it starts");
  if (const auto finished = time.finish(); !finished) in.complain(key, finished.error().message);
  return out;
}

}  // namespace gavah
