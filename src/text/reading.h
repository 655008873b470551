#pragma once

#include <string_view>
#include <vector>

#include "text/fold.h"
#include "text/number.h"
#include "text/sentence.h"
#include "text/token.h"

namespace gavah::text {

/// A text made ready once for everything that matches on it: folded, in tokens, in sentences, its numbers found.
/// The text must outlive the reading. Movable, immutable, safe to read from many threads.
class Reading {
 public:
  explicit Reading(std::string_view text);

  std::string_view text() const { return folded_.original(); }
  const Folded& folded() const { return folded_; }
  const std::vector<Token>& tokens() const { return tokens_; }
  const std::vector<Sentence>& sentences() const { return sentences_; }
  /// In order of their spans, which do not overlap.
  const std::vector<Number>& numbers() const { return numbers_; }

  std::string_view folded_text(const Token& token) const {
    return folded_.text().substr(token.folded.begin, token.folded.size());
  }
  std::string_view words(Span span) const { return text().substr(span.begin, span.size()); }
  /// The sentence that holds byte `offset`, or the one before it; the text has at least one sentence.
  const Sentence& sentence_at(std::uint32_t offset) const;
  /// The index of the first token that ends after byte `offset`; tokens().size() when there is none.
  std::uint32_t token_at(std::uint32_t offset) const;

 private:
  Folded folded_;
  std::vector<Token> tokens_;
  std::vector<Sentence> sentences_;
  std::vector<Number> numbers_;
};

}  // namespace gavah::text
