#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/span.h"
#include "text/fold.h"
#include "text/sentence.h"
#include "text/token.h"

namespace gavah::text {

enum class NumberForm : std::uint8_t {
  digits,   ///< "1,200", «۱۲۰۰», "3.5 million" (a whole number in the end)
  words,    ///< "twelve", «دوازده هزار و پانصد», "two dozen"
  vague,    ///< "dozens", «صدها», "several": an interval by the table below
  ordinal,  ///< "third", "3rd", «سوم»
};

/// A quantity in running text, as an interval [low, high], both included. An open bound is empty: unknown, not zero.
///
/// Qualifiers: "at least n" [n, –]; "more than n" [n+1, –]; "up to n" [–, n]; "fewer than n" [–, n-1]; "about n" and
/// "nearly n" keep [n, n] and say so in `qualifier`, because how far "about" reaches is a convention of whoever
/// exports. "20 to 30", "between 20 and 30" [20, 30].
///
/// Vague words are intervals wide enough for every published convention known to us (ACLED, Count Love, CCC, MPEDS:
/// dozens 12, 20, 24, 36; hundreds 100, 150, 200), so that none is chosen here:
///   a couple [2, 3]; a few, چند, بضع [2, 9]; several [3, 9]; a handful [2, 9]; about ten, ده‌ها / tens /
///   عشرات [20, 99] with low 11; dozens [12, 99]; scores [20, 99]; hundreds, صدها, مئات [100, 999]; thousands, هزاران,
///   آلاف [1000, 9999]; tens of thousands, ده‌ها هزار [20000, 99999] with low 11000; hundreds of
///   thousands [100000, 999999]; millions [1000000, 9999999]; "many", "some" are no numbers and are not found.
struct Number {
  std::optional<std::int64_t> low;
  std::optional<std::int64_t> high;
  std::string
      qualifier;       ///< "at least", "more than", "up to", "fewer than", "about", "nearly", the vague word, or empty
  std::string phrase;  ///< the words of `span`
  Span span;           ///< bytes of the original text: qualifier and number
  Span value_span;     ///< the number alone
  std::uint32_t first_token = 0;
  std::uint32_t past_token = 0;
  NumberForm form = NumberForm::digits;
};

/// Every quantity of a text in English, Persian and Arabic, in order, not overlapping. Digits that are part of a clock
/// time, a dotted or slashed date, or a word are left out; a bare year is a number like any other (see find_times).
/// Values stop at kNumberLimit; larger ones are not found. O(tokens).
std::vector<Number> find_numbers(const Folded& folded, const std::vector<Token>& tokens,
                                 const std::vector<Sentence>& sentences);

/// Larger than any count of people; keeps products inside 64 bits.
inline constexpr std::int64_t kNumberLimit = 1'000'000'000'000;

}  // namespace gavah::text
