#pragma once

#include <optional>

#include "text/date.h"
#include "text/raw_time.h"
#include "text/time_tokens.h"

namespace gavah::text {

/// Reads named days, with their year or without: «نوروز ۱۴۰۲», «عید قربان سال ۱۴۰۱», "Easter 2018", "Christmas Eve".
class FeastReader {
 public:
  FeastReader(const TimeTokens& tokens, const TimeOptions& options) : t_(tokens), options_(options) {}

  /// The longest name that starts at token i.
  std::optional<RawTime> read(std::uint32_t i) const;

 private:
  void take_year(RawTime& out) const;
  void take_weekend(RawTime& out) const;
  void take_pointer(RawTime& out) const;
  bool has_cue(const RawTime& named) const;
  std::optional<int> own_year(const RawTime& named, int said) const;

  const TimeTokens& t_;
  const TimeOptions& options_;
};

}  // namespace gavah::text
