#pragma once

#include <cstdint>
#include <optional>

#include "text/date_reader.h"
#include "text/relative_reader.h"
#include "text/time_resolver.h"
#include "text/time_tokens.h"

namespace gavah::text {

/// Reads parts that are counted within a month or year: "the first week of May 2022", "the second half of 2022",
/// «ده روز اول آبان», «نیمه دوم شهریور», «سه‌ماهه دوم امسال»,
/// «النصف الأول من عام 2022».
class PartReader {
 public:
  PartReader(const TimeTokens& tokens, const TimeOptions& options, const DateReader& dates,
             const RelativeReader& relatives, const TimeResolver& resolver)
      : t_(tokens), options_(options), dates_(dates), relatives_(relatives), resolver_(resolver) {}

  /// The part whose words begin at token i, as a stretch; nothing where its whole has no place on the calendar.
  std::optional<RawTime> read(std::uint32_t i) const;
  /// "First quarter" at i, of the whole that its possessive named before: "next year's first quarter".
  std::optional<RawTime> read_of(const RawTime& whole, std::uint32_t i) const;

 private:
  enum class Unit : std::uint8_t { days, months, half, weekday, weekend };
  /// `count` units, the `nth` time; nth 0 is the last.
  struct Part {
    Unit unit = Unit::days;
    int count = 1;
    int nth = 1;
    int weekday = 0;
    bool from_end = false;  ///< counted from the last one: "the third last week"
    bool in_month = false;  ///< a decade of days: its whole must be a month
    std::uint32_t past = 0;
  };
  struct Whole {
    Day start;
    Day past_end;
    Calendar calendar = Calendar::gregorian;
    std::uint32_t past = 0;
  };

  /// The unit with its number before it: «ده روز», "three months", "half".
  std::optional<Part> unit_at(std::uint32_t i) const;
  std::optional<int> ordinal_at(std::uint32_t i, std::uint32_t& past) const;
  bool is_link(std::uint32_t i) const;
  std::optional<Part> ordinal_first(std::uint32_t i) const;
  std::optional<Part> ordinal_last(std::uint32_t i) const;
  void take_said_year(RawTime& month) const;
  std::optional<Whole> whole_at(std::uint32_t i) const;
  std::optional<Whole> whole_of(const RawTime& raw) const;
  static std::optional<RawTime> weekday_of(const Part& part, const Whole& whole);
  std::optional<RawTime> cut(const Part& part, const Whole& whole) const;

  const TimeTokens& t_;
  const TimeOptions& options_;
  const DateReader& dates_;
  const RelativeReader& relatives_;
  const TimeResolver& resolver_;
};

}  // namespace gavah::text
