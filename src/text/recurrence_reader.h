#pragma once

#include <optional>

#include "text/raw_time.h"
#include "text/relative_reader.h"
#include "text/time_tokens.h"

namespace gavah::text {

/// Reads what repeats: "every Friday", «هر سه روز یک بار», «ماهی دو بار», «روزانه»,
/// «صبح‌ها».
class RecurrenceReader {
 public:
  RecurrenceReader(const TimeTokens& tokens, const RelativeReader& relatives) : t_(tokens), relatives_(relatives) {}

  std::optional<RawTime> read(std::uint32_t i) const;

 private:
  std::optional<RawTime> read_word(std::uint32_t i) const;
  bool is_repeated(std::uint32_t i) const;
  std::uint32_t past_times_a_unit(std::uint32_t i) const;
  std::optional<RawTime> read_set(std::uint32_t i) const;
  std::optional<RawTime> read_times_in(std::uint32_t i) const;

  const TimeTokens& t_;
  const RelativeReader& relatives_;
};

}  // namespace gavah::text
