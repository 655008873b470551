#pragma once

#include <optional>

#include "text/raw_time.h"
#include "text/time_tokens.h"

namespace gavah::text {

/// Reads times of the day: "9:30 pm", "at 9 p.m.", «ساعت ۹ شب», «ساعت ده و نیم صبح», "21:00".
class ClockReader {
 public:
  explicit ClockReader(const TimeTokens& tokens) : t_(tokens) {}

  std::optional<RawTime> read(std::uint32_t i) const;

  /// Moves past "pm", «شب» and the like and gives the hour of 24.
  std::optional<int> take_half_day(int hour, std::uint32_t& past) const;

 private:
  /// Whether «ساعت» stands before the digits.
  enum class Label : std::uint8_t { none, hour };

  std::optional<RawTime> read_one(std::uint32_t i) const;
  std::optional<RawTime> read_digits(std::uint32_t i, Label label) const;
  std::optional<RawTime> read_words(std::uint32_t i) const;
  std::optional<RawTime> read_before_hour(std::uint32_t i) const;
  std::optional<RawTime> read_range(std::uint32_t i) const;
  std::optional<RawTime> hour_at(std::uint32_t i) const;
  bool has_half_day(const RawTime& clock) const;
  std::optional<RawTime> read_named(std::uint32_t i) const;
  /// Moves past «و نیم», «و ۱۸ دقیقه و ۳۰ ثانیه» and gives the minutes.
  std::optional<int> take_minutes(std::uint32_t& past) const;

  const TimeTokens& t_;
};

}  // namespace gavah::text
