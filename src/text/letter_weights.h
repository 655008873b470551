#pragma once

#include <string_view>

namespace gavah::text {

/// How much the letters of a text speak for each language of the Arabic script; the largest wins.
struct LetterScore {
  int persian = 0;
  int arabic = 0;
  int urdu = 0;
};

/// Adds up 300 weights of letters, pairs of letters, beginnings and ends of words. They are the rounded weights of a
/// logistic regression over every other line of Lingua's lists of single words and word pairs; the other lines, which
/// bench/language_bench counts apart, had no part in them. Linear; any thread.
LetterScore letter_score(std::string_view text);

}  // namespace gavah::text
