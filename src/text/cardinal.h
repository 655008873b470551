#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "text/number.h"
#include "text/number_word.h"

namespace gavah::text {

/// A number without its qualifier: tokens [first, past), value [low, high].
struct Cardinal {
  std::int64_t low = 0;
  std::int64_t high = 0;
  std::uint32_t past = 0;
  NumberForm form = NumberForm::digits;
  std::string_view vague_name = {};  ///< "dozens", "a few", …
  std::int64_t scale = 1;            ///< the scale word that closes it: 1000 for "3 thousand"
};

/// Reads numbers at given tokens; the grammar under find_numbers and find_times.
class CardinalReader {
 public:
  CardinalReader(const Folded& folded, const std::vector<Token>& tokens)
      : folded_(folded), tokens_(tokens), words_(number_words()), limit_(static_cast<std::uint32_t>(tokens.size())) {}

  /// Tokens from `past_token` on read as if there were none: nothing said reaches over the end of a sentence.
  void stop_before(std::uint32_t past_token) { limit_ = past_token; }

  /// The longest number that starts exactly at token `first`, in digits or words; ordinals included.
  std::optional<Cardinal> read(std::uint32_t first) const;

  std::string_view word(std::uint32_t token) const {
    return token < limit_ ? folded_.text().substr(tokens_[token].folded.begin, tokens_[token].folded.size())
                          : std::string_view();
  }
  bool is_number(std::uint32_t token) const { return token < limit_ && tokens_[token].kind == TokenKind::number; }
  bool is_mark(std::uint32_t token, char mark) const {
    return token < limit_ && tokens_[token].kind == TokenKind::punctuation && word(token)[0] == mark;
  }
  bool is_attached(std::uint32_t token) const { return token < limit_ && !tokens_[token].spaced; }
  /// Digits of token `token` as a value; nothing for more than 15 digits.
  std::optional<std::int64_t> digits(std::uint32_t token) const;

 private:
  struct Sum;
  std::optional<Cardinal> read_digits(std::uint32_t first) const;
  std::optional<Cardinal> read_vague(std::uint32_t first, const NumberWord& vague) const;
  std::optional<Cardinal> read_half(std::uint32_t first) const;
  std::optional<Cardinal> read_terms(Sum sum, std::uint32_t at) const;
  bool is_spoken_plural(std::uint32_t first) const;
  const NumberWord* power_at(std::uint32_t token) const;
  const NumberWord* number_word(std::uint32_t token) const {
    return token < limit_ ? words_.find(word(token), tokens_[token].hash) : nullptr;
  }

  const Folded& folded_;
  const std::vector<Token>& tokens_;
  const WordTable<NumberWord>& words_;
  std::uint32_t limit_;
};

}  // namespace gavah::text
