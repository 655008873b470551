#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/instant.h"
#include "model/time_interval.h"
#include "text/word_table.h"

namespace gavah::text {

/// How a feast finds its day in a year of its calendar.
enum class FeastRule : std::uint8_t {
  fixed,         ///< month and day
  nth_weekday,   ///< the `nth` `weekday` of the month; nth 0 is the last
  easter,        ///< `day` days after Easter Sunday of the Western churches
  last_tuesday,  ///< the eve of the last Wednesday of the Persian year
};

/// A named day that comes once a year. Days that differ from country to country (independence, labour day) are not
/// in the table: their name alone tells no date.
struct Feast {
  Calendar calendar = Calendar::gregorian;
  FeastRule rule = FeastRule::fixed;
  int month = 1;
  int day = 1;
  int nth = 0;
  int weekday = 0;  ///< 0 Sunday to 6 Saturday
  /// The name is a date only after a word that asks for one: «در روز جهانی کارگر».
  bool needs_cue = false;
};

/// The feast of these folded words, parted by spaces; nothing when they name none.
const Feast* find_feast(std::string_view folded_words);

/// All names.
const WordTable<Feast>& feasts();

/// Words in the longest name.
inline constexpr std::uint32_t kFeastWords = 4;

/// Its day in `year` of its calendar; nothing for years outside of the calendar.
std::optional<Day> day_of(const Feast& feast, int year);

/// The year of `calendar` in which the feast falls inside `year` of the calendar `said`; the first of two.
std::optional<int> year_of_feast(const Feast& feast, Calendar said, int year);

}  // namespace gavah::text
