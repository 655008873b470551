#pragma once

#include <cstdint>
#include <optional>

#include "text/raw_time.h"
#include "text/time_tokens.h"

namespace gavah::text {

/// Reads how long: "three days", "2.5 hours", "half an hour", «دو سال و نیم».
class LengthReader {
 public:
  explicit LengthReader(const TimeTokens& tokens) : t_(tokens) {}

  /// A count of units: "three days", «دو هفته», "a week", «چند روز», «يومين».
  struct Length {
    std::int64_t low = 1;
    std::int64_t high = 1;
    int unit = 0;
    std::uint32_t past = 0;
    bool counted = false;  ///< a number was said
    int thousandths = 0;   ///< of one more unit: «دو سال و نیم», "2.5 hours"; `high` is then one more
  };

  std::optional<Length> length_at(std::uint32_t i) const;
  RawTime duration(const Length& length) const;
  Calendar calendar_at(std::uint32_t i) const;

 private:
  /// A share of one more unit, in thousandths, and the token after it.
  struct Share {
    int thousandths = 0;
    std::uint32_t past = 0;
  };
  Share share_after(std::uint32_t i) const;
  std::uint32_t past_arabic_half(std::uint32_t i, int unit) const;
  void take_share(Length& length) const;
  std::optional<Length> share_of_unit(std::uint32_t i) const;
  std::optional<Length> fraction_of_unit(std::uint32_t i) const;
  const TimeWord* unit_with_ya(std::uint32_t i) const;
  Length number_at(std::uint32_t i) const;
  bool is_quarter_hour(std::uint32_t i, std::int64_t count) const;
  bool is_counted_otherwise(std::uint32_t i) const;

  const TimeTokens& t_;
};

}  // namespace gavah::text
