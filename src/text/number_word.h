#pragma once

#include <cstdint>
#include <string_view>

#include "text/word_table.h"

namespace gavah::text {

/// What a word does in a number.
enum class NumberRole : std::uint8_t {
  unit,      ///< 0 to 9
  teen,      ///< 10 to 19
  ten,       ///< 20, 30 … 90
  hundred,   ///< 100: multiplies a unit before it, or stands for itself
  hundreds,  ///< 200 … 900 as one word
  scale,     ///< thousand, million, billion: multiplies what stands before it, or stands for itself
  scales,    ///< 2,000 or 2,000,000 as one word (Arabic dual)
  dozen,     ///< 12, 20 (score): multiplies
  half,      ///< of the scale after it
  few,       ///< vague small number [value, high]; multiplies a scale after it
  many,      ///< vague plural of a power: "dozens", "hundreds" [value, high]; alone or before "of" and a scale
};

struct NumberWord {
  NumberRole role = NumberRole::unit;
  std::int64_t value = 0;
  std::int64_t high = 0;       ///< few and many only
  std::string_view name = {};  ///< few and many only: the qualifier to report
  bool ordinal = false;
  /// Also a common word of another meaning: counts only inside a longer number or before a noun that is counted.
  bool homograph = false;
};

/// All number words.
const WordTable<NumberWord>& number_words();
/// Nothing when the folded word has no place in a number.
const NumberWord* find_number_word(std::string_view folded_word);

}  // namespace gavah::text
