#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace gavah {

/// A day of the proleptic Gregorian calendar, counted from 1970-01-01.
struct Day {
  std::int32_t number = 0;

  /// Month 1 to 12, day 1 to 31, both in range for the year (checked by the caller or by make()).
  static Day from_civil(int year, int month, int day);
  static Result<Day> make(int year, int month, int day);
  /// "YYYY-MM-DD" and nothing else.
  static Result<Day> parse(std::string_view text);
  std::string text() const;
  int year() const;
  int month() const;
  int day() const;
  /// 0 Sunday to 6 Saturday.
  int weekday() const;
  Day plus(std::int32_t days) const { return Day{number + days}; }
  friend auto operator<=>(const Day&, const Day&) = default;
};

/// A second of UTC since 1970-01-01T00:00:00Z, leap seconds not counted.
struct Instant {
  std::int64_t seconds = 0;

  static Instant at_start_of(Day day) { return Instant{static_cast<std::int64_t>(day.number) * 86400}; }
  Day day() const;
  int second_of_day() const;
  /// ISO 8601: "YYYY-MM-DD", optionally "T" or " ", hh:mm, :ss, fraction (dropped), and Z or ±hh:mm or ±hhmm.
  /// No zone is taken as UTC. Years 0001 to 9999.
  static Result<Instant> parse(std::string_view text);
  /// "YYYY-MM-DDThh:mm:ssZ".
  std::string text() const;
  friend auto operator<=>(const Instant&, const Instant&) = default;
};

/// Where the present comes from; injected so that tests and rebuilds repeat.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
 public:
  Instant now() const override;
};

/// Always the same instant, until told otherwise.
class FixedClock final : public Clock {
 public:
  explicit FixedClock(Instant instant) : instant_(instant) {}
  Instant now() const override { return instant_; }
  void set(Instant instant) { instant_ = instant; }

 private:
  Instant instant_;
};

}  // namespace gavah
