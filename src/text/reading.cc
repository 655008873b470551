#include "text/reading.h"

#include <algorithm>

#include "base/check.h"

namespace gavah::text {

Reading::Reading(std::string_view text)
    : folded_(fold(text)),
      tokens_(tokenize(folded_)),
      sentences_(split_sentences(folded_, tokens_)),
      numbers_(find_numbers(folded_, tokens_, sentences_)) {}

const Sentence& Reading::sentence_at(std::uint32_t offset) const {
  GAVAH_CHECK(!sentences_.empty());
  const auto after = std::upper_bound(sentences_.begin(), sentences_.end(), offset,
                                      [](std::uint32_t at, const Sentence& s) { return at < s.span.begin; });
  return after == sentences_.begin() ? *after : *(after - 1);
}

std::uint32_t Reading::token_at(std::uint32_t offset) const {
  const auto found = std::upper_bound(tokens_.begin(), tokens_.end(), offset,
                                      [](std::uint32_t at, const Token& token) { return at < token.span.end; });
  return static_cast<std::uint32_t>(found - tokens_.begin());
}

}  // namespace gavah::text
