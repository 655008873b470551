#include "text/time_tokens.h"

#include "text/word_table.h"

namespace gavah::text {
namespace {

constexpr std::uint8_t kLongestWords = 3;  // «بعد از ظهر»
constexpr std::string_view kAnd = "و";

/// Small words that lead into a time: "a week ago", "the 5th of May", "last Friday of", «ماهی یک بار», «نوروز ۱۴۰۲».
WordTable<char> lead_words() {
  WordTable<char> out{};
  for (const std::string_view word :
       {"a",      "an",   "one",  "the",    "recent", "منذ",    "half",  "quarter", "q1",    "q2",
        "q3",     "q4",   "last", "nowruz", "النصف",  "القرن",  "نوروز", "یلدا",    "یلدای", "روزی",
        "هفتهای", "ماهی", "سالی", "آخرین",  "اولین",  "نخستین", "دومین", "ثانی"}) {
    out.add(folded_key(word), 1);
  }
  return out;
}

}  // namespace

TimeTokens::TimeTokens(const Reading& reading)
    : reading_(&reading),
      reader_(reading.folded(), reading.tokens()),
      cells_(reading.tokens().size()),
      limit_(static_cast<std::uint32_t>(cells_.size())) {
  for (std::uint32_t i = 0; i < size(); ++i) {
    const TokenKind kind = reading.tokens()[i].kind;
    if (kind == TokenKind::word) cells_[i] = look_up(i);
    cells_[i].may_start =
        kind == TokenKind::number || cells_[i].word != nullptr || (kind == TokenKind::word && starts_number(i));
  }
}

/// A number in words, or one of the small words that lead into a time: "a week ago", "the 5th of May", "recent days".
bool TimeTokens::starts_number(std::uint32_t i) const {
  const std::string_view text = word(i);
  static const WordTable<char> leads = lead_words();
  if (leads.find(text) != nullptr) return true;
  return find_number_word(text) != nullptr;
}

TimeTokens::Cell TimeTokens::look_up(std::uint32_t i) const {
  const std::vector<Token>& tokens = reading_->tokens();
  const std::string_view first = word(i);
  if (starts_time_pair(first)) {
    for (std::uint8_t count = kLongestWords; count >= 2; --count) {
      if (i + count > tokens.size()) continue;
      const Span words{tokens[i].folded.begin, tokens[i + count - 1U].folded.end};
      const TimeWord* found = find_time_word(reading_->folded().text().substr(words.begin, words.size()));
      if (found != nullptr) return Cell{found, count, true};
    }
  }
  if (const TimeWord* found = find_time_word(first)) return Cell{found, 1, true};
  if (first.starts_with(kAnd) && first.size() > 6) {
    if (const TimeWord* found = find_time_word(first.substr(kAnd.size())); found && found->evidence == Evidence::none) {
      return Cell{found, 1, true};
    }
  }
  return Cell{};
}

bool TimeTokens::is_arabic(std::uint32_t i) const {
  const std::string_view text = word(i);
  return !text.empty() && static_cast<unsigned char>(text[0]) >= 0xD8 && static_cast<unsigned char>(text[0]) <= 0xDB;
}

bool TimeTokens::is_capital(std::uint32_t i) const {
  if (i >= size()) return false;
  const char c = reading_->text()[reading_->tokens()[i].span.begin];
  return c >= 'A' && c <= 'Z';
}

}  // namespace gavah::text
