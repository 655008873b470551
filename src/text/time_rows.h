#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/format.h"
#include "text/date.h"

namespace gavah::text {

inline std::string bound_text(const std::optional<Instant>& at, TimePrecision precision) {
  if (!at) return "?";
  return precision == TimePrecision::clock ? at->text() : at->day().text();
}

/// "first..past_end code" of each mention, "unknown", "duration low..high" or "set", with its phrase.
inline std::vector<std::string> times_in(std::string_view text, TimeOptions options) {
  const Reading reading(text);
  std::vector<std::string> out;
  for (const TimeMention& mention : find_times(reading, options)) {
    std::string row = format("{}: ", mention.time.phrase);
    if (mention.kind == TimeKind::duration) {
      row += format("duration {}..{}", *mention.low_days, *mention.high_days);
    } else if (mention.kind == TimeKind::set) {
      row += "set";
    } else if (mention.time.is_unknown()) {
      row += "unknown";
    } else {
      row += format("{}..{} {}", bound_text(mention.time.start, mention.time.precision),
                    bound_text(mention.time.end, mention.time.precision), code_of(mention.time.precision));
    }
    out.push_back(row);
  }
  return out;
}

/// Wednesday 16 November 2022, 25 Aban 1401.
inline std::vector<std::string> times_in(std::string_view text) {
  return times_in(text, TimeOptions{.anchor = Day::from_civil(2022, 11, 16)});
}

}  // namespace gavah::text
