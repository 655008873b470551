#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "text/cardinal.h"
#include "text/reading.h"
#include "text/time_word.h"

namespace gavah::text {

/// The tokens of a reading with the time word that starts at each of them.
class TimeTokens {
 public:
  explicit TimeTokens(const Reading& reading);

  /// After the last token that is read: of the whole text, or of the sentence that stop_before() ends.
  std::uint32_t size() const { return limit_; }
  void stop_before(std::uint32_t past_token) {
    limit_ = past_token;
    reader_.stop_before(past_token);
  }
  std::string_view word(std::uint32_t i) const { return reader_.word(i); }
  bool is(std::uint32_t i, std::string_view folded_word) const { return word(i) == folded_word; }
  bool is_mark(std::uint32_t i, char mark) const { return reader_.is_mark(i, mark); }
  bool is_number(std::uint32_t i) const { return reader_.is_number(i); }
  bool is_attached(std::uint32_t i) const { return reader_.is_attached(i); }
  std::optional<std::int64_t> digits(std::uint32_t i) const { return reader_.digits(i); }
  std::optional<Cardinal> cardinal(std::uint32_t i) const { return reader_.read(i); }

  /// The time word that starts at token i, or nothing.
  const TimeWord* time_word(std::uint32_t i) const { return i < size() ? cells_[i].word : nullptr; }
  bool is_role(std::uint32_t i, TimeRole role) const {
    const TimeWord* word = time_word(i);
    return word != nullptr && word->role == role;
  }
  /// A time expression may start at token i; cheap, so that most tokens of a text are passed over at once.
  bool may_start(std::uint32_t i) const { return cells_[i].may_start; }
  /// After the time word at i, which may be several tokens; i + 1 when there is none.
  std::uint32_t past(std::uint32_t i) const { return i + (i < size() && cells_[i].tokens > 1 ? cells_[i].tokens : 1U); }
  /// The token is written in the Arabic script.
  bool is_arabic(std::uint32_t i) const;
  /// The first letter of the token is a capital in the text.
  bool is_capital(std::uint32_t i) const;
  const Reading& reading() const { return *reading_; }
  Span span(std::uint32_t first, std::uint32_t past) const {
    return Span{reading_->tokens()[first].span.begin, reading_->tokens()[past - 1].span.end};
  }

 private:
  struct Cell {
    const TimeWord* word = nullptr;
    std::uint8_t tokens = 0;
    bool may_start = false;
  };
  Cell look_up(std::uint32_t i) const;
  bool starts_number(std::uint32_t i) const;

  const Reading* reading_;
  CardinalReader reader_;
  std::vector<Cell> cells_;
  std::uint32_t limit_;
};

}  // namespace gavah::text
