#pragma once

#include <cstdint>

#include "text/raw_time.h"
#include "text/time_tokens.h"

namespace gavah::text {

/// Words that leave a time open on one side, from token `first` on; none: no such words.
struct BoundWords {
  TimeBound bound = TimeBound::none;
  std::uint32_t first = 0;
};

/// Reads what stands before a time and opens it: "since", "until", "no later than", «پس از», «حتى».
class BoundReader {
 public:
  explicit BoundReader(const TimeTokens& tokens) : t_(tokens) {}

  /// Before a date that starts at token `past`.
  BoundWords before(std::uint32_t past) const;
  /// Before a time of day that starts at token `past`; Persian ones stay closed.
  BoundWords before_clock(std::uint32_t past) const;
  /// "Or later" at token `past`, after a time of day.
  TimeBound after_clock(std::uint32_t past) const;

 private:
  std::uint32_t past_arabic_until(std::uint32_t i) const;

  const TimeTokens& t_;
};

}  // namespace gavah::text
