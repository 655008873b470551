#pragma once

#include <optional>

#include "text/clock_reader.h"
#include "text/raw_time.h"
#include "text/time_tokens.h"

namespace gavah::text {

/// Reads times of day as English and Arabic speak them: "half past six", "3 o'clock", "at seven in the evening", "from
/// 3 to 5 pm", «الساعة الثالثة والنصف مساء», «الثامنة إلا ربعا صباحا».
class SpokenClockReader {
 public:
  SpokenClockReader(const TimeTokens& tokens, const ClockReader& clocks) : t_(tokens), clocks_(clocks) {}

  std::optional<RawTime> read(std::uint32_t i) const;

 private:
  /// An hour with what stands after it.
  struct Hour {
    int hour = 0;
    int minute = 0;
    std::uint32_t past = 0;
    bool has_minute = false;
    bool is_of_24 = false;   ///< "am" or "in the evening" was said, or the hour is past 12
    bool is_named = false;   ///< by "pm" or "o'clock" right after it
    bool is_marked = false;  ///< by a colon, "pm" or "o'clock"
    bool is_spoken = false;  ///< with its minutes in words: "seven thirty"
    int seconds() const { return hour % 24 * 3600 + minute * 60; }
    int size() const { return has_minute ? 60 : 3600; }
  };

  std::optional<RawTime> read_past(std::uint32_t i) const;
  std::optional<RawTime> read_range(std::uint32_t i) const;
  std::optional<RawTime> read_spoken(std::uint32_t i) const;
  std::optional<RawTime> read_arabic(std::uint32_t i) const;
  std::optional<Hour> hour_at(std::uint32_t i) const;
  std::optional<Hour> written_hour_at(std::uint32_t i) const;
  bool leads_to_hour(std::uint32_t i) const;
  void take_end(Hour& hour) const;
  void take_spoken_minutes(Hour& hour) const;
  /// The half of the day that a day beside the hour names: "at 5 this morning", "last night at 11".
  enum class HalfDay : std::uint8_t { none, morning, afternoon, evening, night };
  HalfDay half_at(std::uint32_t i) const;
  HalfDay half_after(std::uint32_t past) const;
  HalfDay half_before(std::uint32_t i) const;
  static std::optional<int> hour_of_24(int hour, HalfDay half);
  bool take_half_beside(Hour& hour, std::uint32_t i) const;
  std::optional<RawTime> read_noon(std::uint32_t i) const;
  /// Whether an hour that nothing marks may end here: what follows is not what the number counts.
  bool ends_hour(std::uint32_t past) const;
  /// Moves past «والنصف», «إلا ربعا», «وثمانية عشر دقيقة» and gives the minutes, which may be below nothing.
  std::optional<int> take_arabic_minutes(std::uint32_t& past) const;
  std::uint32_t past_oclock(std::uint32_t i) const;

  const TimeTokens& t_;
  const ClockReader& clocks_;
};

}  // namespace gavah::text
