#include "text/time_tokens.h"

#include <algorithm>
#include <string>

#include "text/feast.h"
#include "text/word_table.h"

namespace gavah::text {
namespace {

constexpr std::uint8_t kLongestWords = 3;  // «بعد از ظهر»
constexpr std::string_view kAnd = "و";
constexpr std::string_view kIn = "ب";
constexpr std::size_t kMonthBytes = 8;  // four letters

/// Small words that lead into a time: "a week ago", "the 5th of May", "last Friday of", «ماهی یک بار», «نوروز ۱۴۰۲».
WordTable<char> lead_words() {
  WordTable<char> out{};
  for (const std::string_view word :
       {"a",          "an",        "one",        "the",       "recent",     "منذ",       "half",       "quarter",
        "q1",         "q2",        "q3",         "q4",        "h1",         "daily",     "weekly",     "monthly",
        "quarterly",  "annually",  "yearly",     "nightly",   "hourly",     "everyday",  "once",       "twice",
        "h2",         "last",      "nowruz",     "النصف",     "القرن",      "نوروز",     "یلدا",       "یلدای",
        "روزی",       "هفتهای",    "ماهی",       "سالی",      "آخرین",      "اولین",     "نخستین",     "دومین",
        "ثانی",       "أول",       "نیمسال",     "دقایقی",    "لحظاتی",     "moments",   "لحظات",      "thirties",
        "forties",    "fifties",   "sixties",    "seventies", "eighties",   "nineties",  "التسعينيات", "الثمانينيات",
        "السبعينيات", "الستينيات", "الخمسينيات", "تسعينيات",  "ثمانينيات",  "سبعينيات",  "ستينيات",    "خمسينيات",
        "تسعينات",    "ثمانينات",  "سبعينات",    "التسعينات", "الثمانينات", "السبعينات", "ربع",        "صبحها",
        "شبها",       "عصرها",     "فصل",        "یکی",       "final",      "همان",      "همون",       "اخیرا",
        "إحدى",       "عامي",      "some",       "another"}) {
    out.add(folded_key(word), 1);
  }
  return out;
}

/// Latin words that no table has and some reader asks for after the first word of a time: "three of", "10 pm". A test
/// holds the list against the words in the readers' code.
constexpr std::string_view kGoesOn[] = {
    "after",   "am",     "and",     "anniversary", "as",       "at",       "back",     "before",     "beginning",
    "between", "by",     "ended",   "ending",      "date",     "earlier",  "for",      "from",       "hence",
    "in",      "k",      "later",   "less",        "m",        "more",     "nd",       "now",        "of",
    "old",     "on",     "onwards", "or",          "p",        "pm",       "prayer",   "s",          "prayers",
    "rd",      "since",  "square",  "st",          "starting", "street",   "th",       "than",       "through",
    "thru",    "till",   "to",      "until",       "with",     "within",   "hospital", "commencing", "past",
    "o",       "oclock", "h",       "quarters",    "weekday",  "weekdays", "about",    "around",     "clock",
    "other",   "island", "islands", "times",       "per"};
/// Decades by name and the like say a time without another word.
constexpr std::string_view kWholeTimes[] = {"thirties",  "forties",  "fifties", "sixties",
                                            "seventies", "eighties", "nineties"};

/// All that one look at a word tells.
struct Lexeme {
  const TimeWord* word = nullptr;
  bool starts_pair = false;
  bool starts_feast = false;       ///< whatever follows
  bool starts_feast_pair = false;  ///< with the word after it: "world press", and not each "world"
  bool may_start = false;
  bool needs_more = false;  ///< says a time only together with a word that readers ask for after it
};

/// "This", "year", "early": nothing by themselves.
bool needs_more(TimeRole role) {
  switch (role) {
    case TimeRole::unit:
    case TimeRole::past_mark:
    case TimeRole::future_mark:
    case TimeRole::this_mark:
    case TimeRole::ago_mark:
    case TimeRole::every_mark:
    case TimeRole::part_mark:
    case TimeRole::span_mark:
      return true;
    default:
      return false;
  }
}

/// The first two words of a feast of several; nothing where a mark parts them.
std::string_view pair_of(std::string_view name) {
  const std::size_t first = name.find_first_of(" '-.");
  if (first == std::string_view::npos || name[first] != ' ') return {};
  return name.substr(0, name.find_first_of(" '-.", first + 1));
}

WordTable<char> make_feast_pairs() {
  WordTable<char> out{};
  feasts().each([&](std::string_view name, const Feast&) {
    if (const std::string_view pair = pair_of(name); !pair.empty()) out.add(pair, 1);
  });
  return out;
}

bool is_latin(std::string_view word) { return !word.empty() && word[0] > 0; }

WordTable<Lexeme> make_lexemes() {
  WordTable<Lexeme> out{};
  time_words().each([&](std::string_view word, const TimeWord& meaning) {
    Lexeme& lexeme = out.at(word);
    lexeme.word = &meaning;
    lexeme.may_start = true;
  });
  time_pair_starts().each([&](std::string_view word, char) { out.at(word).starts_pair = true; });
  feasts().each([&](std::string_view name, const Feast&) {
    Lexeme& lexeme = out.at(name.substr(0, name.find_first_of(" '-.")));
    if (pair_of(name).empty()) {
      lexeme.starts_feast = lexeme.may_start = true;
    } else {
      lexeme.starts_feast_pair = true;
    }
  });
  number_words().each([&](std::string_view word, const NumberWord&) { out.at(word).may_start = true; });
  lead_words().each([&](std::string_view word, char) { out.at(word).may_start = true; });
  std::vector<std::string> unfinished;  // copies: the table may move while it is written
  out.each([&](std::string_view word, const Lexeme& lexeme) {
    const bool is_whole = lexeme.starts_feast || (lexeme.word != nullptr && !needs_more(lexeme.word->role)) ||
                          std::find(std::begin(kWholeTimes), std::end(kWholeTimes), word) != std::end(kWholeTimes);
    if (is_latin(word) && !is_whole) unfinished.emplace_back(word);
  });
  for (const std::string& word : unfinished) out.at(word).needs_more = true;
  for (const std::string_view word : kGoesOn) out.at(word);
  return out;
}

}  // namespace

TimeTokens::TimeTokens(const Reading& reading)
    : reading_(&reading),
      reader_(reading.folded(), reading.tokens()),
      cells_(reading.tokens().size()),
      limit_(static_cast<std::uint32_t>(cells_.size())) {}

void TimeTokens::read_between(std::uint32_t first_token, std::uint32_t past_token) {
  begin_ = first_token;
  limit_ = past_token;
  remembered_.fill(Remembered{});
  reader_.stop_before(past_token);
  for (std::uint32_t i = past_token; i-- > first_token;) cells_[i] = look_up(i);
}

TimeTokens::Cell TimeTokens::look_up(std::uint32_t i) const {
  static const WordTable<Lexeme> lexemes = make_lexemes();
  static const WordTable<char> feast_pairs = make_feast_pairs();
  const Token& token = reading_->tokens()[i];
  const bool before_plain = i + 1 < limit_ && cells_[i + 1].is_plain;
  if (token.kind != TokenKind::word) {
    // A number before a word that goes on no time is one only as a year or a date of eight digits.
    const bool may_be_whole = token.folded.size() == 4 || token.folded.size() == 8;
    const bool is_number = token.kind == TokenKind::number;
    return Cell{.may_start = is_number && (may_be_whole || !before_plain), .may_follow = is_number};
  }
  const std::string_view first = reading_->folded_text(token);
  const Lexeme* lexeme = lexemes.find(first, token.hash);
  if (lexeme != nullptr) {
    const bool is_feast = lexeme->starts_feast || (lexeme->starts_feast_pair && i + 2 <= limit_ &&
                                                   feast_pairs.find(folded(i, i + 2)) != nullptr);
    for (std::uint8_t count = lexeme->starts_pair ? kLongestWords : 1; count >= 2; --count) {
      if (i + count > limit_) continue;
      if (const TimeWord* found = find_time_word(folded(i, i + count)))
        return Cell{found, with_ezafe(i, count), true, is_feast, true};
    }
    bool may_start = lexeme->may_start && !(lexeme->needs_more && before_plain && !is_led_unit(i, lexeme->word));
    // "The" and "a" lead into a time only before what may start one; "a year" is one, whatever follows.
    if (first == "the") may_start = i + 1 < limit_ && cells_[i + 1].may_start;
    if (first == "a" || first == "an") may_start = i + 1 < limit_ && cells_[i + 1].may_follow;
    const bool may_follow = lexeme->may_start || is_feast;
    if (is_latin(first)) return Cell{lexeme->word, 1, may_start || is_feast, is_feast, may_follow};
    const TimeWord* word = is_city(i) ? nullptr : lexeme->word;
    return Cell{word, with_ezafe(i, 1), may_start || is_feast, is_feast, may_follow};
  }
  // Of "15h30" the second token is "h30".
  const bool is_minutes = first.size() == 3 && first[0] == 'h' && first[1] >= '0' && first[1] <= '9';
  if (is_latin(first)) return Cell{.is_plain = !is_minutes};
  if (first.starts_with(kAnd) && first.size() > 6) {
    if (const TimeWord* found = find_time_word(first.substr(kAnd.size())); found && found->evidence == Evidence::none) {
      return Cell{found, 1, true, false, true};
    }
  }
  // «بأيلول»: in September.
  if (first.starts_with(kIn) && first.size() >= kIn.size() + kMonthBytes) {
    const TimeWord* found = find_time_word(first.substr(kIn.size()));
    const bool is_month = found != nullptr && found->role == TimeRole::month && found->evidence == Evidence::none &&
                          found->calendar == Calendar::gregorian;
    if (is_month) return Cell{found, 1, true, false, true};
  }
  return Cell{};
}

/// "The same week police": a unit that the words before it make a time, whatever follows.
bool TimeTokens::is_led_unit(std::uint32_t i, const TimeWord* word) const {
  if (word == nullptr || word->role != TimeRole::unit || i == begin_) return false;
  return is(i - 1, "the") || is(i - 1, "same") || is(i - 1, "that") || is(i - 1, "year");
}

/// «هفته‌ی گذشته»: the sign of the genitive, written apart, belongs to the word before it.
std::uint8_t TimeTokens::with_ezafe(std::uint32_t i, std::uint8_t tokens) const {
  const bool has_sign = word(i + tokens - 1U).ends_with("ه") && is(i + tokens, "ی") && i + tokens < limit_;
  return has_sign ? static_cast<std::uint8_t>(tokens + 1) : tokens;
}

/// «شهر» is a month in Arabic and a city in Persian: a month only after Arabic words that lead into a time.
bool TimeTokens::is_city(std::uint32_t i) const {
  static constexpr std::string_view kLeads[] = {"قبل", "منذ", "خلال", "هذا", "کل",   "من",  "لمده", "مده",
                                                "بعد", "فی",  "اخر",  "اول", "طوال", "علی", "کامل", "الی"};
  return is(i, "شهر") && (i == begin_ || !is_any(i - 1, kLeads));
}

std::string_view TimeTokens::folded(std::uint32_t first, std::uint32_t past) const {
  const std::vector<Token>& tokens = reading_->tokens();
  const Span words{tokens[first].folded.begin, tokens[past - 1U].folded.end};
  return reading_->folded().text().substr(words.begin, words.size());
}

bool TimeTokens::is_any(std::uint32_t i, std::span<const std::string_view> folded_words) const {
  return std::find(folded_words.begin(), folded_words.end(), word(i)) != folded_words.end();
}

bool TimeTokens::is_tied(std::uint32_t i) const {
  if (i == 0 || i >= limit_) return false;
  constexpr std::string_view kZwnj = "\u200c";
  const std::uint32_t begin = reading_->tokens()[i - 1U].span.end;
  const std::uint32_t end = reading_->tokens()[i].span.begin;
  return end > begin && reading_->text().substr(begin, end - begin) == kZwnj;
}

bool TimeTokens::ends_words(std::uint32_t i) const {
  if (i >= limit_) return true;
  if (reading_->tokens()[i].kind != TokenKind::punctuation) return false;
  return !is_mark(i, '-') && !is_mark(i, '\'') && !is_mark(i, '/') && !is_mark(i, ':') && !is_mark(i, '%');
}

bool TimeTokens::is_alone(std::uint32_t first, std::uint32_t past) const {
  const bool leads = first == begin_ || (first == begin_ + 1 && (is(begin_, "on") || is(begin_, "the")));
  constexpr std::uint32_t kMarksLimit = 3;
  if (!leads || past + kMarksLimit < limit_) return false;
  for (std::uint32_t i = past; i < limit_; ++i) {
    if (reading_->tokens()[i].kind != TokenKind::punctuation) return false;
  }
  return true;
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
