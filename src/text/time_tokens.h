#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "text/cardinal.h"
#include "text/reading.h"
#include "text/time_word.h"

namespace gavah::text {

/// The tokens of a reading with the time word that starts at each of them. For one thread.
class TimeTokens {
 public:
  explicit TimeTokens(const Reading& reading);

  /// After the last token that is read: of the whole text, or of the sentence that read_between() sets.
  std::uint32_t size() const { return limit_; }
  /// Looks its words up; before the first call no word says anything.
  void read_between(std::uint32_t first_token, std::uint32_t past_token);
  /// Token i is tied to the one before it by a ZWNJ: «دی‌ماهی» is one word.
  bool is_tied(std::uint32_t i) const;
  /// Tokens [first, past) are all that the sentence says, but for "on" or "the" before them and marks after them.
  bool is_alone(std::uint32_t first, std::uint32_t past) const;
  /// At token i the sentence ends, or a mark stands that is no hyphen, apostrophe or slash.
  bool ends_words(std::uint32_t i) const;
  std::string_view word(std::uint32_t i) const { return reader_.word(i); }
  bool is(std::uint32_t i, std::string_view folded_word) const { return word(i) == folded_word; }
  bool is_any(std::uint32_t i, std::span<const std::string_view> folded_words) const;
  bool is_mark(std::uint32_t i, char mark) const { return reader_.is_mark(i, mark); }
  bool is_number(std::uint32_t i) const { return reader_.is_number(i); }
  bool is_attached(std::uint32_t i) const { return reader_.is_attached(i); }
  std::optional<std::int64_t> digits(std::uint32_t i) const { return reader_.digits(i); }
  const std::optional<Cardinal>& cardinal(std::uint32_t i) const {
    Remembered& slot = remembered_[i % remembered_.size()];
    if (slot.token != i) slot = Remembered{i, reader_.read(i)};
    return slot.number;
  }

  /// The time word that starts at token i, or nothing.
  const TimeWord* time_word(std::uint32_t i) const { return i >= begin_ && i < size() ? cells_[i].word : nullptr; }
  bool is_role(std::uint32_t i, TimeRole role) const {
    const TimeWord* word = time_word(i);
    return word != nullptr && word->role == role;
  }
  /// A time expression may start at token i; cheap, so that most tokens of a text are passed over at once.
  bool may_start(std::uint32_t i) const { return cells_[i].may_start; }
  /// The name of a feast may start at token i.
  bool may_be_feast(std::uint32_t i) const { return cells_[i].may_be_feast; }
  /// The folded words of tokens [first, past) with what stands between them; `past` at most size().
  std::string_view folded(std::uint32_t first, std::uint32_t past) const;
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
    bool may_be_feast = false;
    bool may_follow = false;  ///< an article before it may start one
    bool is_plain = false;    ///< a Latin word that no reader of times asks for
  };
  /// Every reader asks for the number at a token anew: the last few are kept.
  struct Remembered {
    std::uint32_t token = 0xFFFFFFFFU;
    std::optional<Cardinal> number;
  };
  Cell look_up(std::uint32_t i) const;
  bool is_led_unit(std::uint32_t i, const TimeWord* word) const;
  std::uint8_t with_ezafe(std::uint32_t i, std::uint8_t tokens) const;
  bool is_city(std::uint32_t i) const;

  const Reading* reading_;
  CardinalReader reader_;
  std::vector<Cell> cells_;
  mutable std::array<Remembered, 8> remembered_;
  std::uint32_t begin_ = 0;
  std::uint32_t limit_;
};

}  // namespace gavah::text
