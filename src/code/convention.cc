#include "code/convention.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

#include "text/text.h"

namespace gavah::code {
namespace {

/// Reports name sizes up to millions; a unit is a power of ten, or dozens.
constexpr std::int64_t kUnitLimit = 1'000'000'000;

bool is_unit(std::int64_t value) {
  if (value == 12) return true;
  while (value >= 10 && value % 10 == 0) value /= 10;
  return value == 1;
}

/// The interval of a vague word (text/number.h lists them) as one number.
std::optional<std::int64_t> of_vague(std::int64_t low, std::int64_t high) {
  constexpr std::int64_t kFew = 3;
  if (high >= kUnitLimit * 10) return std::nullopt;
  if (low == 12 && high == 99) return 24;  // dozens
  if (low == 20 && high == 99) return 40;  // scores
  const std::int64_t past = high + 1;
  if (past % 100 == 0 && low == 11 * (past / 100)) return 20 * (past / 100);  // tens of
  const std::int64_t unit = past / 10;
  if (past % 10 == 0 && is_unit(unit)) {
    if (low == unit) return 2 * unit;
    if (low == 2 * unit || low == kFew * unit) return kFew * unit;
  }
  const bool is_couple = past % 4 == 0 && low == past / 2 && is_unit(low / 2);
  return is_couple ? std::optional(low) : std::nullopt;
}

std::optional<std::int64_t> under_ccc(std::int64_t low, std::int64_t high, std::string_view qualifier) {
  if (qualifier == "a handful" && low == 2 && high == 9) return 5;
  return of_vague(low, high);
}

bool is_bound(std::string_view qualifier) {
  constexpr std::array<std::string_view, 7> kBounds{"",           "at least", "more than", "up to",
                                                    "fewer than", "about",    "nearly"};
  return std::ranges::find(kBounds, qualifier) != kBounds.end();
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view plural_of(std::string_view digits) {
  struct Plural {
    std::string_view digits, words;
  };
  constexpr std::array<Plural, 4> kPlurals{
      {{"10", "tens"}, {"100", "hundreds"}, {"1000", "thousands"}, {"10000", "tens of thousands"}}};
  const auto found = std::ranges::find(kPlurals, digits, &Plural::digits);
  return found == kPlurals.end() ? std::string_view() : found->words;
}

/// "2.7" thousands: 2700. Nothing for more than three digits after the point.
std::string thousands_of(std::string_view number) {
  constexpr std::size_t kPlaces = 3;
  const auto point = number.find('.');
  std::string digits(number.substr(0, point));
  const std::string_view rest = point == std::string_view::npos ? std::string_view() : number.substr(point + 1);
  if (rest.size() > kPlaces) return {};
  return digits.append(rest).append(kPlaces - rest.size(), '0');
}

/// Tables write "FB:14", "2.7k" and "100s" where running text does not: the same in words that Reading knows.
std::string spelled_out(std::string_view phrase) {
  std::string out;
  for (std::size_t i = 0; i < phrase.size();) {
    if (!is_digit(phrase[i])) {
      const bool label = phrase[i] == ':' && (i == 0 || !is_digit(phrase[i - 1]));
      out.append(1, phrase[i]).append(label ? " " : "");
      ++i;
      continue;
    }
    std::size_t past = i;
    while (past < phrase.size() && (is_digit(phrase[past]) || phrase[past] == '.')) ++past;
    const std::string_view number = phrase.substr(i, past - i);
    const auto letter = [&](std::size_t at) { return at < phrase.size() ? phrase[at] | 0x20 : 0; };
    const bool alone = letter(past + 1) < 'a' || letter(past + 1) > 'z';
    const std::string thousands = letter(past) == 'k' && alone ? thousands_of(number) : "";
    const std::string_view plural = letter(past) == 's' && alone ? plural_of(number) : std::string_view();
    out.append(!thousands.empty() ? std::string_view(thousands) : !plural.empty() ? plural : number);
    i = past + (thousands.empty() && plural.empty() ? 0U : 1U);
  }
  return out;
}

std::vector<std::string> words_of(std::string_view phrase) {
  std::vector<std::string> out(1);
  for (const char c : phrase) {
    if (c != ' ') {
      out.back().push_back(c);
    } else if (!out.back().empty()) {
      out.emplace_back();
    }
  }
  return out;
}

std::string lower(std::string_view word) {
  std::string out;
  for (const char c : word) out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
  return out;
}

/// 1 to 99 in figures or as one word; 0 for anything else.
int small_number(std::string_view word) {
  constexpr std::array<std::string_view, 13> kWords{"",      "one",   "two",  "three", "four",   "five",  "six",
                                                    "seven", "eight", "nine", "ten",   "eleven", "twelve"};
  const std::string folded = lower(word);
  const auto found = std::ranges::find(kWords, folded);
  if (found != kWords.end()) return static_cast<int>(found - kWords.begin());
  if (word.empty() || word.size() > 2 || !std::ranges::all_of(word, is_digit)) return 0;
  return std::stoi(std::string(word));
}

/// "hundred", "dozens", "thousand;": the unit; empty for anything else.
std::string_view unit_of(std::string_view word) {
  const std::string folded = lower(word);
  constexpr std::array<std::string_view, 4> kUnits{"hundred", "dozen", "thousand", "million"};
  const auto found = std::ranges::find_if(kUnits, [&](std::string_view unit) { return folded.starts_with(unit); });
  return found == kUnits.end() ? std::string_view() : *found;
}

/// Two numbers that share the unit after the second get one each: "two or three hundred", "three to four dozen",
/// "50-60,000", "2-3k"; "2-hundred" and "two dozens" are "2 hundred" and "two dozen"; "several hundreds" are hundreds.
std::string with_own_units(std::string_view phrase) {
  std::vector<std::string> words;
  for (const std::string& word : words_of(phrase)) {
    const auto hyphen = word.find('-');
    const std::string first = word.substr(0, hyphen);
    const std::string rest = hyphen == std::string::npos ? "" : word.substr(hyphen + 1);
    const auto rest_digits = rest.find_first_not_of("0123456789");
    const bool thousands = rest_digits != std::string::npos && rest_digits > 0 && (rest[rest_digits] | 0x20) == 'k';
    if (small_number(first) > 0 && !unit_of(rest).empty()) {
      words.insert(words.end(), {first, rest});
    } else if (lower(first) == "half" && unit_of(rest) == "dozen") {
      words.insert(words.end(), {first, "a", rest});
    } else if (small_number(first) > 0 && thousands) {
      words.insert(words.end(), {first + "k", "to", rest});
    } else if (word.ends_with("ish") && is_digit(word.front())) {
      words.push_back(word.substr(0, word.find_first_not_of("0123456789")));
    } else if (const auto comma = rest.find(",000"); small_number(first) > 0 && comma != std::string::npos &&
                                                     small_number(first) < small_number(rest.substr(0, comma))) {
      words.insert(words.end(), {first + ",000", "to", rest});
    } else {
      words.push_back(word);
    }
  }
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view unit = unit_of(words[i]);
    const bool plural = !unit.empty() && words[i].size() > unit.size() && words[i][unit.size()] == 's';
    if (lower(words[i]) == "several" && i + 1 < words.size() && !unit_of(words[i + 1]).empty() &&
        unit_of(words[i + 1]).size() < words[i + 1].size() && words[i + 1][unit_of(words[i + 1]).size()] == 's')
      continue;
    const bool counted = i > 0 && small_number(words[i - 1]) > 0;
    out += plural && counted ? std::string(unit) + words[i].substr(unit.size() + 1) : words[i];
    const bool shares = i + 3 < words.size() && small_number(words[i]) > 0 &&
                        (words[i + 1] == "to" || words[i + 1] == "or" || words[i + 1] == "and") &&
                        small_number(words[i]) < small_number(words[i + 2]) && !unit_of(words[i + 3]).empty();
    if (shares) out.append(" ").append(unit_of(words[i + 3]));
    if (i + 1 < words.size()) out += ' ';
  }
  return out;
}

/// "200 people on foot plus dozens of cars", "twenty students and three teachers": parts of one crowd, not two reports
/// of it, which semicolons part.
bool adds_up(const text::Number& one, const text::Number& next, const text::Reading& phrase) {
  bool adds = false;
  std::size_t words = 0;
  for (std::uint32_t i = one.past_token; i < next.first_token; ++i) {
    const auto word = phrase.folded_text(phrase.tokens()[i]);
    if (word == ";" || word == "," || word == ":" || word == "not") return false;
    adds = adds || word == "and" || word == "plus" || word == "+";
    ++words;
  }
  // "100 and 150" alone is a range said another way.
  return adds && (words > 1 || next.past_token < phrase.tokens().size());
}

/// "Local 868", "30 minutes", "5 pm": numbers that count nobody.
bool counts_nobody(const text::Number& number, const text::Reading& phrase) {
  constexpr std::array<std::string_view, 6> kBefore{"local", "no", "district", "ward", "$", "#"};
  constexpr std::array<std::string_view, 19> kAfter{"minute", "minutes", "hour",    "hours", "day",   "days",  "week",
                                                    "weeks",  "year",    "years",   "mile",  "miles", "block", "blocks",
                                                    "am",     "pm",      "percent", "%",     "times"};
  const auto is_any = [](std::string_view word, std::span<const std::string_view> list) {
    return std::ranges::find(list, word) != list.end();
  };
  const auto& tokens = phrase.tokens();
  const bool named = number.first_token > 0 && is_any(phrase.folded_text(tokens[number.first_token - 1]), kBefore);
  return named || (number.past_token < tokens.size() && is_any(phrase.folded_text(tokens[number.past_token]), kAfter));
}

Stated joined(const std::optional<Stated>& all, const Stated& one) {
  if (!all) return one;
  return {std::min(all->low, one.low), std::max(all->high, one.high)};
}

/// Words that Reading keeps apart from numbers because alone they count nothing in running text.
std::optional<Stated> lone_word(const text::Reading& reading) {
  struct Lone {
    std::string_view word;
    std::int64_t value;
  };
  constexpr std::array<Lone, 3> kLone{{{"handful", 5}, {"few", 3}, {"couple", 2}}};
  for (const auto& token : reading.tokens()) {
    const auto found = std::ranges::find(kLone, reading.folded_text(token), &Lone::word);
    if (found != kLone.end()) return Stated{found->value, found->value};
  }
  return std::nullopt;
}

/// A number with its qualifier taken off: "more than a few hundred" is read as "a few hundred".
std::optional<Stated> of_number(Convention convention, const text::Number& number, const text::Reading& phrase) {
  Count count;
  if (number.form != text::NumberForm::vague || !is_bound(number.qualifier)) {
    count.low = number.low;
    count.high = number.high;
    count.qualifier = number.qualifier;
    return stated_under(convention, count);
  }
  const text::Reading bare(phrase.words(number.value_span));
  if (bare.numbers().size() != 1 || bare.numbers().front().form != text::NumberForm::vague) return std::nullopt;
  const text::Number& alone = bare.numbers().front();
  count.low = alone.low;
  count.high = alone.high;
  count.qualifier = alone.qualifier;
  return stated_under(convention, count);
}

}  // namespace

std::optional<Stated> stated_under(Convention convention, const Count& count) {
  if (!count.low && !count.high) return std::nullopt;
  if (convention == Convention::ccc && count.low && count.high && !is_bound(count.qualifier)) {
    if (const auto value = under_ccc(*count.low, *count.high, count.qualifier)) return Stated{*value, *value};
  }
  // "more than 100" is kept as [101, –], "fewer than 10" as [–, 9].
  const std::int64_t over = count.qualifier == "more than" ? 1 : 0;
  const std::int64_t under = count.qualifier == "fewer than" ? 1 : 0;
  const std::int64_t low = count.low ? *count.low - over : *count.high + under;
  const std::int64_t high = count.high ? *count.high + under : *count.low - over;
  return Stated{std::min(low, high), std::max(low, high)};
}

std::optional<Stated> stated_under(Convention convention, std::string_view phrase) {
  const std::string words = spelled_out(with_own_units(phrase));
  const text::Reading reading(words);
  std::optional<Stated> all;
  std::optional<Stated> part;  // what later numbers may add to
  const text::Number* before = nullptr;
  for (const text::Number& number : reading.numbers()) {
    if (number.form == text::NumberForm::ordinal || counts_nobody(number, reading)) continue;
    const auto one = of_number(convention, number, reading);
    if (!one) continue;
    if (before != nullptr && part && adds_up(*before, number, reading)) {
      part = Stated{part->low + one->low, part->high + one->high};
    } else {
      if (part) all = joined(all, *part);
      part = one;
    }
    before = &number;
  }
  if (part) all = joined(all, *part);
  return all ? all : lone_word(reading);
}

}  // namespace gavah::code
