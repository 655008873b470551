#pragma once

#include <cstdint>
#include <string_view>

#include "model/time_interval.h"
#include "text/word_table.h"

namespace gavah::text {

enum class TimeRole : std::uint8_t {
  month,        ///< value 1 to 12 in `calendar`
  weekday,      ///< value 0 Sunday to 6 Saturday
  day_word,     ///< "yesterday": value in days from the anchor
  unit,         ///< value is a TimeUnit
  day_part,     ///< "morning", «شامگاه»; value is the hour at which it begins
  past_mark,    ///< "last", «گذشته»
  future_mark,  ///< "next", «آینده»
  this_mark,    ///< "this", «جاری»
  ago_mark,     ///< "ago", «پیش»
  every_mark,   ///< "every", «هر»
  season,       ///< value 0 spring to 3 winter
  part_mark,    ///< "early", «اواخر»: a part of the month or year after it
  span_mark,    ///< "during", «طی»: a stretch of time follows
  year_alone,   ///< «امسال», «پارسال»: value in years from the anchor's
  recurring,    ///< «روزانه», «هر ساله»: says by itself that something repeats
};

enum class TimeUnit : std::uint8_t {
  second,
  minute,
  hour,
  day,
  night,
  weekend,
  week,
  month,
  quarter,
  year,
  decade,
  century
};

/// How much a word needs beside it to be taken as a time.
enum class Evidence : std::uint8_t {
  none,    ///< it says a time by itself
  number,  ///< a number or another time word beside it: "May", «مهر»
  year,    ///< a day before it and a year after it: «اسد», «آب»
};

struct TimeWord {
  TimeRole role = TimeRole::unit;
  int value = 0;
  Calendar calendar = Calendar::gregorian;
  Evidence evidence = Evidence::none;
  int count = 0;  ///< 2 for an Arabic dual («یومین»), a fortnight and weekdays in the plural, else 0
};

/// Nothing when the folded word, or pair of words parted by a space, says nothing about time.
const TimeWord* find_time_word(std::string_view folded_words);

/// All words of time, and the first words of pairs («تشرین» of «تشرین الثانی»).
const WordTable<TimeWord>& time_words();
const WordTable<char>& time_pair_starts();

}  // namespace gavah::text
