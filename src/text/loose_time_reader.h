#pragma once

#include <optional>

#include "text/date.h"
#include "text/raw_time.h"
#include "text/relative_reader.h"
#include "text/time_tokens.h"

namespace gavah::text {

/// Reads Persian times that the calendar alone does not place: by what was told («همان سال»), by an event
/// («روز سوم», «چهل و سومین سال»), by a life («۲۴ سالگی»); and lengths that are not counted
/// («سال‌ها») or that things have («حبس پنج ساله»).
class LooseTimeReader {
 public:
  LooseTimeReader(const TimeTokens& tokens, const TimeOptions& options, const RelativeReader& relatives)
      : t_(tokens), options_(options), relatives_(relatives) {}

  std::optional<RawTime> read(std::uint32_t i) const;

 private:
  std::optional<RawTime> read_same(std::uint32_t i) const;
  std::optional<RawTime> read_told(std::uint32_t i) const;
  std::optional<RawTime> read_nth(std::uint32_t i) const;
  std::optional<RawTime> read_plural(std::uint32_t i) const;
  std::optional<RawTime> read_lately(std::uint32_t i) const;
  std::optional<RawTime> read_years_of(std::uint32_t i) const;
  /// A unit of a day or longer, as one word.
  std::optional<TimeUnit> unit_at(std::uint32_t i) const;
  std::optional<TimeUnit> plural_at(std::uint32_t i, std::uint32_t& past) const;

  const TimeTokens& t_;
  const TimeOptions& options_;
  const RelativeReader& relatives_;
};

}  // namespace gavah::text
