#pragma once

#include <cstdint>
#include <vector>

#include "model/span.h"
#include "text/fold.h"
#include "text/token.h"

namespace gavah::text {

/// One sentence, heading or list item.
struct Sentence {
  Span span;                      ///< bytes of the original text, without white space at either end
  std::uint32_t first_token = 0;  ///< index of its first token
  std::uint32_t past_token = 0;   ///< index after its last token
  std::uint32_t block = 0;        ///< which block of lines (blocks are parted by a blank line), from 0
};

/// Cuts at . ! ? ؟ … and at line breaks that end a block or a line without need of the next. Rules for English, Persian
/// and Arabic: abbreviations, initials, decimals and dotted dates do not cut; closing quotes and brackets stay with
/// the sentence they close. Every token belongs to exactly one sentence; sentences are in order. O(tokens).
std::vector<Sentence> split_sentences(const Folded& folded, const std::vector<Token>& tokens);

}  // namespace gavah::text
