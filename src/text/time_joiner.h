#pragma once

#include <optional>
#include <vector>

#include "text/bound_reader.h"
#include "text/raw_time.h"
#include "text/time_resolver.h"
#include "text/time_tokens.h"

namespace gavah::text {

/// Makes one time of those that stand side by side: a weekday and its date, an hour and its day, a month and "last
/// year".
class TimeJoiner {
 public:
  TimeJoiner(const TimeTokens& tokens, const TimeResolver& resolver)
      : t_(tokens), resolver_(resolver), bounds_(tokens) {}

  /// The times of one sentence, in order.
  void join_all(std::vector<RawTime>& raws) const;

 private:
  bool are_neighbours(const RawTime& a, const RawTime& b) const;
  bool is_of_week(const RawTime& a, const RawTime& b, std::uint32_t i) const;
  void share_weeks(std::vector<RawTime>& raws) const;
  std::optional<RawTime> join(const RawTime& a, const RawTime& b) const;
  std::optional<RawTime> join_day(const RawTime& a, const RawTime& b) const;
  std::optional<RawTime> join_clock(const RawTime& a, const RawTime& b) const;
  int in_half_of(const RawTime& day, int seconds) const;
  std::optional<RawTime> join_lasting(const RawTime& a, const RawTime& b) const;
  std::optional<RawTime> join_months(const RawTime& a, const RawTime& b) const;
  static std::optional<RawTime> join_year(const RawTime& a, const RawTime& b);
  bool has_day_part(const RawTime& raw) const;
  void open_clock(RawTime& clock, const RawTime* before) const;

  const TimeTokens& t_;
  const TimeResolver& resolver_;
  BoundReader bounds_;
};

}  // namespace gavah::text
