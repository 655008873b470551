#pragma once

#include <optional>

#include "text/date.h"
#include "text/date_reader.h"
#include "text/raw_time.h"
#include "text/relative_reader.h"
#include "text/time_tokens.h"

namespace gavah::text {

/// Reads English weeks, months and years by the words around the name of the unit: "week 23 of 2018", "the weekend",
/// "the same week", "later in the year", "the year to date", "last fiscal year". Each is read at its unit and reaches
/// back over the words that lead into it.
class UnitReader {
 public:
  UnitReader(const TimeTokens& tokens, const TimeOptions& options, const DateReader& dates,
             const RelativeReader& relatives)
      : t_(tokens), options_(options), dates_(dates), relatives_(relatives) {}

  std::optional<RawTime> read(std::uint32_t i) const;

 private:
  std::optional<RawTime> read_numbered_week(std::uint32_t i) const;
  std::optional<RawTime> read_weekend(std::uint32_t i) const;
  std::optional<RawTime> read_told(std::uint32_t i, TimeUnit unit) const;
  std::optional<RawTime> read_share(std::uint32_t i, TimeUnit unit) const;
  std::optional<RawTime> read_kind_of_year(std::uint32_t i) const;
  std::optional<int> year_after(std::uint32_t i, std::uint32_t& past) const;
  bool leads(std::uint32_t i, std::string_view first, std::string_view second) const;

  const TimeTokens& t_;
  const TimeOptions& options_;
  const DateReader& dates_;
  const RelativeReader& relatives_;
};

}  // namespace gavah::text
