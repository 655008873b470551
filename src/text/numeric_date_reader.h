#pragma once

#include <optional>

#include "text/date.h"
#include "text/raw_time.h"
#include "text/time_tokens.h"

namespace gavah::text {

/// A Persian year of two digits: 50 to 99 are 13xx, the rest 14xx.
int full_persian_year(int two_digits);

/// Reads dates in digits alone: "2022-11-16", "16/11/2022", «۱۴۰۱/۸/۲۵», «۹۸/۸/۲۵», "10/31/74", "2015-12", "20161016",
/// and "11/20" where a word beside it asks for a date.
class NumericDateReader {
 public:
  NumericDateReader(const TimeTokens& tokens, const TimeOptions& options) : t_(tokens), options_(options) {}

  /// The longest such date that starts at token i.
  std::optional<RawTime> read(std::uint32_t i) const;

  /// The digits, or a word beside them, are written in the Arabic script.
  bool is_in_arabic_script(std::uint32_t first, std::uint32_t last) const;

 private:
  std::optional<RawTime> read_three(std::uint32_t i, char mark) const;
  std::optional<RawTime> read_two(std::uint32_t i, char mark) const;
  std::optional<RawTime> read_compact(std::uint32_t i) const;
  std::optional<RawTime> fields(std::uint32_t first, std::uint32_t second, std::uint32_t third) const;
  std::optional<RawTime> with_last_year(std::int64_t a, std::int64_t b, int year) const;
  bool goes_on(std::uint32_t i, char mark) const;
  bool asks_for_date(std::uint32_t first, std::uint32_t past) const;

  const TimeTokens& t_;
  const TimeOptions& options_;
};

}  // namespace gavah::text
