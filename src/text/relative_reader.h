#pragma once

#include <optional>

#include "text/date.h"
#include "text/length_reader.h"
#include "text/raw_time.h"
#include "text/time_tokens.h"

namespace gavah::text {

/// Reads times that count from the day of the report, and lengths that stand by themselves.
class RelativeReader {
 public:
  RelativeReader(const TimeTokens& tokens, const TimeOptions& options)
      : t_(tokens), options_(options), lengths_(tokens) {}

  const LengthReader& lengths() const { return lengths_; }

  using Length = LengthReader::Length;

  std::optional<RawTime> read(std::uint32_t i) const;

 private:
  std::optional<RawTime> read_day_word(std::uint32_t i) const;
  std::optional<RawTime> read_marked(std::uint32_t i) const;
  std::optional<RawTime> read_followed(std::uint32_t i) const;
  std::optional<RawTime> read_length(std::uint32_t i) const;
  bool is_verb(std::uint32_t i) const;
  bool is_adjective(std::uint32_t i) const;
  /// The unit, weekday, month or season at i, that `mark` points to.
  std::optional<RawTime> pointed(std::uint32_t i, std::uint32_t past, TimeRole mark) const;
  RawTime whole_quarters(const Length& length, int first, int last) const;
  RawTime past_stretch(const Length& length) const;
  RawTime coming_stretch(const Length& length) const;
  std::optional<RawTime> read_numbered_mark(std::uint32_t i) const;
  std::optional<RawTime> read_after_next(std::uint32_t i) const;
  std::optional<RawTime> read_ahead(std::uint32_t i, const Length& length) const;
  std::optional<RawTime> read_sum(std::uint32_t i) const;
  std::optional<RawTime> read_onward(std::uint32_t i, const Length& length) const;
  std::optional<RawTime> read_ago(std::uint32_t i, const Length& length) const;
  std::optional<RawTime> read_marked_after(std::uint32_t i, const Length& length) const;
  std::optional<RawTime> read_after_length(std::uint32_t i, const Length& length) const;
  std::optional<RawTime> read_that_passed(std::uint32_t i) const;
  std::optional<RawTime> read_arabic_plural(std::uint32_t i) const;
  std::optional<Cardinal> arabic_count(std::uint32_t i) const;
  bool is_arabic_length(std::uint32_t i, const Length& length) const;
  bool is_lasting(std::uint32_t i) const;
  std::uint32_t past_of_later(const Length& length) const;
  RawTime later(const Length& length) const;
  RawTime pointed_today(std::uint32_t past) const;
  RawTime from_now(const Length& length) const;
  RawTime ago(const Length& length) const;
  RawTime over(RawTime ago, const Length& length) const;
  RawTime ago_and_share(const Length& length) const;
  Day anchor_moved(const Length& length, int sign) const;
  bool speaks_of_future(std::uint32_t i, int unit) const;
  bool is_past_verb(std::uint32_t i) const;
  bool tells_past(std::uint32_t i) const;
  bool is_ago(std::uint32_t i) const;
  std::uint32_t past_arabic_margin(std::uint32_t i) const;

  const TimeTokens& t_;
  const TimeOptions& options_;
  LengthReader lengths_;
};

}  // namespace gavah::text
