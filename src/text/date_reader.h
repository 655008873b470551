#pragma once

#include <optional>

#include "text/date.h"
#include "text/numeric_date_reader.h"
#include "text/raw_time.h"
#include "text/time_tokens.h"

namespace gavah::text {

/// Reads dates with a year, month or day of their own: "16 November 2022", «آبان ۹۸», "2022-11-16", "in 2017", "the
/// 1990s".
class DateReader {
 public:
  DateReader(const TimeTokens& tokens, const TimeOptions& options)
      : t_(tokens), options_(options), numeric_(tokens, options) {}

  /// The longest date that starts at token i.
  std::optional<RawTime> read(std::uint32_t i) const;

 private:
  std::optional<RawTime> read_day_month(std::uint32_t i) const;
  std::optional<RawTime> read_month(std::uint32_t i) const;
  std::optional<RawTime> read_year_first(std::uint32_t i) const;
  std::optional<RawTime> read_season(std::uint32_t i) const;
  std::optional<RawTime> read_decade(std::uint32_t i) const;
  std::optional<RawTime> read_century(std::uint32_t i) const;
  std::optional<RawTime> read_quarter(std::uint32_t i) const;
  std::optional<RawTime> read_named_quarter(std::uint32_t i) const;
  bool is_asked_season(std::uint32_t i, const TimeWord& season) const;
  std::optional<RawTime> read_year(std::uint32_t i) const;
  /// A year after a month of `calendar`, with what may stand before and after it; sets year and moves past.
  void take_year(RawTime& out) const;
  void take_days_after(RawTime& out) const;
  std::optional<int> year_at(std::uint32_t i, Calendar calendar, std::uint32_t& past) const;
  std::optional<int> spoken_year(int century, Calendar calendar, std::uint32_t& past) const;
  std::optional<int> short_year(const RawTime& date, std::uint32_t at, std::uint32_t& past) const;
  std::optional<int> old_year(std::uint32_t at, std::uint32_t& past) const;
  std::uint32_t past_short_era(std::uint32_t i, Calendar& calendar) const;
  std::uint32_t past_hijri(std::uint32_t i, Calendar& calendar) const;
  std::optional<RawTime> numbered_month(std::uint32_t i) const;
  bool ends_count(std::uint32_t i) const;
  bool starts_said_year(std::uint32_t i) const;
  bool is_season_asked(std::uint32_t i, std::uint32_t past) const;
  int named_decade(std::uint32_t i) const;
  std::optional<int> day_at(std::uint32_t i, std::uint32_t& past) const;
  bool has_evidence(const RawTime& date, const TimeWord& month) const;
  bool is_name(const RawTime& date) const;
  bool names_place(std::uint32_t i) const;
  bool is_day_link(std::uint32_t i) const;
  bool is_bare_year(std::uint32_t i) const;
  bool is_counted(std::uint32_t i) const;
  void take_next_years(RawTime& out) const;
  bool take_dashed_year(RawTime& out, std::uint32_t at) const;
  std::uint32_t past_era(std::uint32_t i, Calendar& calendar) const;

  const TimeTokens& t_;
  const TimeOptions& options_;
  NumericDateReader numeric_;
};

}  // namespace gavah::text
