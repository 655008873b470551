#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/instant.h"
#include "base/result.h"
#include "model/time_interval.h"
#include "text/word_table.h"

namespace gavah::text {

/// How a feast finds its day in a year of its calendar; `offset` days are added to what the rule gives.
enum class FeastRule : std::uint8_t {
  fixed,        ///< month and day
  nth_weekday,  ///< the `nth` `weekday` of the month; nth 0 is the last
  easter,       ///< Easter Sunday of the Western churches
  orthodox,     ///< Easter Sunday of the Eastern churches
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
  int offset = 0;   ///< days
  /// The name is a date only after a word that asks for one: «در روز جهانی کارگر».
  bool needs_cue = false;
};

/// The feast of these folded words, parted by spaces; nothing when they name none.
const Feast* find_feast(std::string_view folded_words);

/// All names, of data/time/feasts.tsv.
const WordTable<Feast>& feasts();
/// The names of a table of that form. An error names the line and says what is wrong with it.
Result<WordTable<Feast>> read_feasts(std::string_view table);

/// Words in the longest name.
inline constexpr std::uint32_t kFeastWords = 4;

/// Its day in `year` of its calendar; nothing for years outside of the calendar.
std::optional<Day> day_of(const Feast& feast, int year);

/// The year of `calendar` in which the feast falls inside `year` of the calendar `said`; the first of two.
std::optional<int> year_of_feast(const Feast& feast, Calendar said, int year);

}  // namespace gavah::text
