#pragma once

#include <optional>
#include <vector>

#include "text/bound_reader.h"
#include "text/calendar.h"
#include "text/date.h"
#include "text/raw_time.h"
#include "text/time_resolver.h"
#include "text/time_tokens.h"

namespace gavah::text {

/// Reads the words beside a date that place a time before, after or on from it: "three days after 16 May", «یک هفته پس
/// از ۲۶ شهریور», «فردای ۲۶ شهریور» are days of their own; what only lies before or after a date is open on that side.
class TimeOffsets {
 public:
  TimeOffsets(const TimeTokens& tokens, const TimeOptions& options, const TimeResolver& resolver)
      : t_(tokens), options_(options), resolver_(resolver), bounds_(tokens) {}

  /// The times of one sentence, in order.
  void join_all(std::vector<RawTime>& raws) const;

 private:
  void place_told(RawTime& raw, const std::vector<RawTime>& before) const;
  BoundWords bound_of_length(const RawTime& length, std::uint32_t i, BoundWords words) const;
  void open_beyond(RawTime& moved, TimeBound side, const RawTime& date) const;
  bool is_day_of_month(const RawTime& raw) const;
  bool move_beside(RawTime& raw, const BoundWords& words) const;
  void end_with(RawTime& raw) const;
  bool starts_length(const RawTime& length, std::uint32_t day) const;
  std::optional<RawTime> lasting_from(const RawTime& length, const RawTime& date) const;
  void move_to_anniversary(RawTime& raw, std::uint32_t from) const;
  static int anniversary_year(const RawTime& raw, const CalendarDate& now);
  bool take_open_end(RawTime& raw) const;
  bool ends_phrase(const RawTime& raw) const;
  std::optional<RawTime> offset_by(const RawTime& length, TimeBound side, const RawTime& date) const;

  const TimeTokens& t_;
  const TimeOptions& options_;
  const TimeResolver& resolver_;
  BoundReader bounds_;
};

}  // namespace gavah::text
