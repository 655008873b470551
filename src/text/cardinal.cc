#include "text/cardinal.h"

#include <algorithm>

namespace gavah::text {
namespace {

constexpr std::size_t kDigitsLimit = 15;  // stays far inside 64 bits
constexpr std::string_view kAnd = "و";
constexpr std::string_view kArticle = "ال";

bool is_arabic(std::string_view word) {
  return !word.empty() && static_cast<unsigned char>(word[0]) >= 0xD8 && static_cast<unsigned char>(word[0]) <= 0xDB;
}

/// Whether «و» or "and" stands before a term.
/// `attached` is the Arabic way, which puts units before tens: «خمسة وعشرون».
enum class Link : std::uint8_t { apart, joined, attached };

bool is_additive(NumberRole role) {
  return role == NumberRole::unit || role == NumberRole::teen || role == NumberRole::ten ||
         role == NumberRole::hundreds;
}

std::string_view without_article(std::string_view word) {
  return word.starts_with(kArticle) && word.size() > 6 ? word.substr(kArticle.size()) : word;
}

}  // namespace

/// A number under construction: finished scales in `total`, the part below the next scale in `group`.
struct CardinalReader::Sum {
  std::int64_t total = 0;
  std::int64_t group = 0;
  std::int64_t below = 1000;                ///< the next additive term must be smaller
  std::int64_t scale_below = kNumberLimit;  ///< the next scale must be smaller
  std::int64_t last_scale = 1;
  NumberRole last = NumberRole::scale;
  bool from_digits = false;
  bool ordinal = false;
  bool any = false;

  std::int64_t value() const { return total + group; }

  bool add_additive(const NumberWord& word, Link link) {
    if (from_digits && group != 0) return false;
    const bool reversed =
        link == Link::attached && last == NumberRole::unit && group % 10 != 0 && word.role == NumberRole::ten;
    const bool teen =
        link == Link::apart && last == NumberRole::unit && group % 100 < 10 && group % 10 != 0 && word.value == 10;
    if (!reversed && !teen && word.value >= below) return false;
    group += word.value;
    below = word.role == NumberRole::ten && !reversed ? 10 : word.role == NumberRole::hundreds ? 100 : 0;
    last = reversed ? NumberRole::ten : word.role;
    return true;
  }
  bool add_hundred(Link link) {
    if (group == 0) {
      group = 100;
    } else if (link == Link::apart && group < 100 && last != NumberRole::hundred && below < 1000) {
      group *= 100;
    } else {
      return false;
    }
    below = 100;
    last = NumberRole::hundred;
    return true;
  }
  bool add_scale(std::int64_t scale, Link link) {
    if (scale >= scale_below || (link != Link::apart && group != 0) || (any && group == 0 && link == Link::apart))
      return false;
    const std::int64_t added = std::max<std::int64_t>(group, 1) * scale;
    if (added > kNumberLimit) return false;
    total += added;
    group = 0;
    below = 1000;
    from_digits = false;
    scale_below = scale;
    last_scale = scale;
    last = NumberRole::scale;
    return true;
  }
  bool add_dozen(std::int64_t size, Link link) {
    if (link != Link::apart || total != 0 || group >= 1000) return false;
    group = std::max<std::int64_t>(group, 1) * size;
    below = 0;
    scale_below = 0;
    last = NumberRole::dozen;
    return true;
  }
  /// «السادس عشر», «الخامس والعشرون»: of an Arabic ordinal the unit comes first and carries the sign.
  bool add_to_ordinal(const NumberWord& word, Link link) {
    if (total != 0 || group >= 10 || last != NumberRole::unit) return false;
    const bool is_teen = link == Link::apart && word.value == 10 && !word.ordinal;
    const bool is_tens = link == Link::attached && word.role == NumberRole::ten && word.ordinal;
    if (!is_teen && !is_tens) return false;
    group += word.value;
    last = NumberRole::ten;
    below = 0;
    return true;
  }
  bool add(const NumberWord& word, Link link) {
    if (ordinal) return add_to_ordinal(word, link);
    bool added = false;
    if (is_additive(word.role)) {
      added = add_additive(word, link);
    } else if (word.role == NumberRole::hundred) {
      added = add_hundred(link);
    } else if (word.role == NumberRole::scale || (word.role == NumberRole::many && word.value >= 1000 && any)) {
      added = add_scale(word.value, link);
    } else if (word.role == NumberRole::scales && group == 0) {
      added = word.value / 2 < scale_below && add_scale(word.value / 2, link) && ((total += word.value / 2) != 0);
    } else if (word.role == NumberRole::dozen) {
      added = add_dozen(word.value, link);
    }
    if (!added) return false;
    any = true;
    ordinal = word.ordinal;
    return true;
  }
  bool add_digits(std::int64_t value) {
    if (group != 0 || total == 0 || value >= scale_below) return false;
    group = value;
    below = 0;
    from_digits = true;
    last = NumberRole::unit;
    return true;
  }
};

std::optional<std::int64_t> CardinalReader::digits(std::uint32_t token) const {
  const std::string_view text = word(token);
  if (text.empty() || text.size() > kDigitsLimit) return std::nullopt;
  std::int64_t value = 0;
  for (const char c : text) value = value * 10 + (c - '0');
  return value;
}

/// «ده‌ها», «صد ها», «هزار ها»: a power of ten and the plural sign as a word of its own.
bool CardinalReader::is_spoken_plural(std::uint32_t first) const {
  if (word(first + 1) != "ها") return false;
  const NumberWord* power = number_word(first);
  return power != nullptr && (power->value == 10 || power->value == 100 || power->role == NumberRole::scale);
}

/// A power of ten that a vague word may multiply: "thousand", "thousands", «الآلاف».
const NumberWord* CardinalReader::power_at(std::uint32_t token) const {
  const NumberWord* found = find_number_word(without_article(word(token)));
  if (found == nullptr || found->ordinal) return nullptr;
  const bool is_power = found->role == NumberRole::scale || found->role == NumberRole::hundred ||
                        found->role == NumberRole::dozen || found->role == NumberRole::many || found->value == 10;
  return is_power ? found : nullptr;
}

std::optional<Cardinal> CardinalReader::read_vague(std::uint32_t first, const NumberWord& vague) const {
  Cardinal out{vague.value, vague.high, first + 1, NumberForm::vague, vague.name, 1};
  if (is_spoken_plural(first)) ++out.past;
  std::uint32_t next = out.past;
  if (word(next) == "of" || word(next) == "من") ++next;
  const NumberWord* power = power_at(next);
  if (power == nullptr || (vague.role == NumberRole::many && power->value <= vague.value && power->value < 1000))
    return out;
  const std::int64_t size = power->value == 11 ? 10 : power->value;
  out.low = vague.value * size;
  out.high = (vague.high + 1) * size - 1;
  out.past = next + (is_spoken_plural(next) ? 2 : 1);
  out.scale = size;
  return out;
}

std::optional<Cardinal> CardinalReader::read_half(std::uint32_t first) const {
  std::uint32_t next = first + 1;
  if (word(next) == "a") ++next;
  const NumberWord* power = number_word(next);
  if (power == nullptr || (power->role != NumberRole::scale && power->role != NumberRole::dozen)) return std::nullopt;
  return Cardinal{power->value / 2, power->value / 2, next + 1, NumberForm::words, {}, 1};
}

std::optional<Cardinal> CardinalReader::read_digits(std::uint32_t first) const {
  auto value = digits(first);
  if (!value) return std::nullopt;
  std::uint32_t at = first + 1;
  bool grouped = false;
  while (is_mark(at, ',') && is_attached(at) && is_number(at + 1) && is_attached(at + 1) && word(at + 1).size() == 3 &&
         (grouped || word(first).size() <= 3) && *value < kNumberLimit / 1000) {
    value = *value * 1000 + *digits(at + 1);
    grouped = true;
    at += 2;
  }
  const bool decimal =
      (is_mark(at, '.') || is_mark(at, '/')) && is_attached(at) && is_number(at + 1) && is_attached(at + 1);
  if (decimal) {
    const NumberWord* scale = number_word(at + 2);
    const auto fraction = digits(at + 1);
    if (scale == nullptr || scale->role != NumberRole::scale || !fraction || word(at + 1).size() > 3)
      return std::nullopt;
    std::int64_t tenths = 1;
    for (std::size_t i = 0; i < word(at + 1).size(); ++i) tenths *= 10;
    if (*value > kNumberLimit / scale->value) return std::nullopt;
    const std::int64_t whole = *value * scale->value + *fraction * scale->value / tenths;
    return Cardinal{whole, whole, at + 3, NumberForm::digits, {}, scale->value};
  }
  if (is_attached(at) && (word(at) == "st" || word(at) == "nd" || word(at) == "rd" || word(at) == "th")) {
    return Cardinal{*value, *value, at + 1, NumberForm::ordinal, {}, 1};
  }
  // «۲۵م», «۲۵‌ام»: the sign stands at the number or after a ZWNJ, which folds to a space.
  if (word(at) == "ام" || word(at) == "امین" || (is_attached(at) && (word(at) == "م" || word(at) == "مین"))) {
    return Cardinal{*value, *value, at + 1, NumberForm::ordinal, {}, 1};
  }
  if (is_attached(at) && word(at) == "k")
    return Cardinal{*value * 1000, *value * 1000, at + 1, NumberForm::digits, {}, 1000};
  if (*value > kNumberLimit) return std::nullopt;
  Sum sum;
  sum.group = *value;
  sum.below = grouped || *value >= 100 ? 0 : 1;
  sum.from_digits = true;
  sum.any = true;
  sum.last = NumberRole::unit;
  auto out = read_terms(sum, at);
  if (out && out->form != NumberForm::ordinal) out->form = NumberForm::digits;
  return out;
}

std::optional<Cardinal> CardinalReader::read_terms(Sum sum, std::uint32_t at) const {
  while (at < limit_) {
    std::uint32_t next = at;
    Link link = Link::apart;
    std::string_view text = word(next);
    if (text == "and" || text == kAnd) {
      if (text == "and" && sum.last != NumberRole::hundred && sum.last != NumberRole::scale) break;
      link = Link::joined;
      text = word(++next);
    } else if (is_mark(next, '-') && is_attached(next) && is_attached(next + 1) && sum.last == NumberRole::ten) {
      text = word(++next);
    }
    if (link == Link::joined && is_number(next)) {
      const auto value = digits(next);
      if (!value || !sum.add_digits(*value)) break;
      at = next + 1;
      continue;
    }
    const NumberWord* term = number_word(next);
    if (term == nullptr && text.starts_with(kAnd) && text.size() > 4) {
      link = Link::attached;
      term = find_number_word(text.substr(kAnd.size()));
    }
    if (term == nullptr || (term->value == 0 && sum.any)) break;
    // Persian joins the terms of a sum with «و»; two units side by side are a range, not a sum.
    if (is_arabic(text) && link == Link::apart && sum.any && is_additive(term->role) && term->value != 10) break;
    if (!sum.add(*term, link)) break;
    at = next + 1;
    // «سی‌ام»
    if (word(at) == "ام" && sum.value() % 100 == 30) {
      sum.ordinal = true;
      ++at;
    }
  }
  if (!sum.any || sum.value() > kNumberLimit) return std::nullopt;
  const NumberForm form = sum.ordinal ? NumberForm::ordinal : NumberForm::words;
  return Cardinal{sum.value(), sum.value(), at, form, {}, sum.group == 0 ? sum.last_scale : 1};
}

std::optional<Cardinal> CardinalReader::read(std::uint32_t first) const {
  if (is_number(first)) return read_digits(first);
  if (first >= limit_ || tokens_[first].kind != TokenKind::word) return std::nullopt;
  // «أحد عشر»: its first word alone is "one of" or a Sunday.
  const bool one = word(first) == "احد" || word(first) == "احدی";
  if (one && (word(first + 1) == "عشر" || word(first + 1) == "عشره")) {
    Sum eleven;
    eleven.group = 11;
    eleven.below = 0;
    eleven.last = NumberRole::teen;
    eleven.any = true;
    return read_terms(eleven, first + 2);  // «أحد عشر ألفا»
  }
  std::uint32_t at = first;
  const NumberWord* start = number_word(at);
  if (start == nullptr && (word(at) == "a" || word(at) == "an")) start = number_word(++at);
  if (start == nullptr) return std::nullopt;
  if (at != first && start->role != NumberRole::hundred && start->role != NumberRole::scale &&
      start->role != NumberRole::dozen && start->role != NumberRole::few) {
    return std::nullopt;
  }
  if (is_spoken_plural(at)) {
    const std::int64_t low = start->value == 10 ? 11 : start->value;
    const std::string_view name = start->value == 10     ? "tens"
                                  : start->value == 100  ? "hundreds"
                                  : start->value == 1000 ? "thousands"
                                                         : "millions";
    return read_vague(at, NumberWord{NumberRole::many, low, start->value * 10 - 1, name});
  }
  if (start->role == NumberRole::few || start->role == NumberRole::many) return read_vague(at, *start);
  if (start->role == NumberRole::half) return read_half(at);
  return read_terms(Sum{}, at);
}

}  // namespace gavah::text
