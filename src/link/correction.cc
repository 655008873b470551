#include <algorithm>
#include <charconv>

#include "base/format.h"
#include "link/ruling.h"

namespace gavah::link {
namespace {

constexpr std::string_view kCountPrefix = "count:";

Result<Json> wrapped(std::string_view key, std::string_view value) {
  return Json::parse(format("{{\"{}\":{}}}", key, value));
}

Result<TimeInterval> time_from(std::string_view value) {
  if (value.starts_with('{')) {
    GAVAH_ASSIGN_AS(const Json json, wrapped("time", value), "reading a corrected time");
    ObjectReader in(json);
    TimeInterval time = read_time(in, "time");
    GAVAH_TRY(in.finish());
    return time;
  }
  const std::size_t slash = std::min(value.find('/'), value.size());
  GAVAH_ASSIGN(const Day first, Day::parse(value.substr(0, slash)));
  Day last = first;
  if (slash < value.size()) {
    GAVAH_ASSIGN(last, Day::parse(value.substr(slash + 1)));
  }
  if (last < first) return fail(ErrorCode::invalid_input, "a time ends before it starts");
  return TimeInterval::of_days(first, last.plus(1), first == last ? TimePrecision::day_stated : TimePrecision::wider);
}

Result<std::vector<Place>> places_from(std::string_view value) {
  const std::string list = value.starts_with('[') ? std::string(value) : format("[{}]", value);
  GAVAH_ASSIGN_AS(const Json json, wrapped("places", list), "reading a corrected place");
  ObjectReader in(json);
  std::vector<Place> places = read_places(in, "places");
  GAVAH_TRY(in.finish());
  return places;
}

Result<std::optional<std::int64_t>> bound_from(std::string_view text) {
  if (text.empty()) return std::optional<std::int64_t>();
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 0) {
    return fail(ErrorCode::invalid_input, format("'{}' is no count", text.substr(0, 40)));
  }
  return std::optional(number);
}

Result<void> correct_count(Claim& claim, std::string_view kind, std::string_view value) {
  const std::size_t dash = std::min(value.find('-'), value.size());
  GAVAH_ASSIGN(const auto low, bound_from(value.substr(0, dash)));
  auto high = low;
  if (dash < value.size()) {
    GAVAH_ASSIGN(high, bound_from(value.substr(dash + 1)));
  }
  if (kind.empty() || (!low && !high) || (low && high && *high < *low)) {
    return fail(ErrorCode::invalid_input, format("'{}' is no count", value.substr(0, 40)));
  }
  std::erase_if(claim.counts, [&](const Count& count) { return count.kind == kind; });
  Count count;
  count.kind = std::string(kind);
  count.low = low;
  count.high = high;
  claim.counts.push_back(std::move(count));
  return {};
}

}  // namespace

CorrectedSlot corrected_slot(std::string_view slot) {
  const auto slash = slot.find('/');
  if (slash == std::string_view::npos) return {{}, slot};
  return {slot.substr(0, slash), slot.substr(slash + 1)};
}

Result<void> correct_slot(Claim& claim, std::string_view slot, std::string_view value) {
  if (slot == "act" && !value.empty()) {
    claim.act = std::string(value);
  } else if (slot == "stage") {
    GAVAH_ASSIGN(claim.stage, stage_from(value));
  } else if (slot == "polarity") {
    GAVAH_ASSIGN(claim.polarity, polarity_from(value));
  } else if (slot == "time") {
    GAVAH_ASSIGN(claim.time, time_from(value));
  } else if (slot == "place") {
    GAVAH_ASSIGN(claim.places, places_from(value));
  } else if (slot.starts_with(kCountPrefix)) {
    GAVAH_TRY(correct_count(claim, slot.substr(kCountPrefix.size()), value));
  } else if (slot == "umbrella" && (value == "true" || value == "false")) {
    claim.umbrella = value == "true";
  } else {
    return fail(ErrorCode::invalid_input,
                format("no slot '{}' that takes '{}'", slot.substr(0, 40), value.substr(0, 40)));
  }
  return {};
}

}  // namespace gavah::link
