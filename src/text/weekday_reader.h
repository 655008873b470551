#pragma once

#include <optional>

#include "text/date.h"
#include "text/date_reader.h"
#include "text/raw_time.h"
#include "text/time_resolver.h"
#include "text/time_tokens.h"

namespace gavah::text {

/// Reads weekdays: "on Tuesday", "Friday the 13th", «روزهای شنبه و یکشنبه», "two Fridays ago", "Friday after next".
class WeekdayReader {
 public:
  WeekdayReader(const TimeTokens& tokens, const TimeOptions& options, const DateReader& dates,
                const TimeResolver& resolver)
      : t_(tokens), options_(options), dates_(dates), resolver_(resolver) {}

  std::optional<RawTime> read(std::uint32_t i) const;

 private:
  /// Whether «روزهای» stands before a weekday.
  enum class Weekdays : std::uint8_t { alone, many };

  std::optional<RawTime> read_counted(std::uint32_t i) const;
  std::optional<RawTime> read_after_next(std::uint32_t i) const;
  std::optional<RawTime> read_weekday(std::uint32_t i) const;
  std::optional<RawTime> read_weekday_day(std::uint32_t i) const;
  std::optional<RawTime> read_two_weekdays(const RawTime& first, Weekdays named) const;

  const TimeTokens& t_;
  const TimeOptions& options_;
  const DateReader& dates_;
  const TimeResolver& resolver_;
};

}  // namespace gavah::text
