#include "text/number.h"

#include <algorithm>
#include <array>
#include <span>

#include "text/cardinal.h"

namespace gavah::text {
namespace {

enum class Bound : std::uint8_t { at_least, more_than, up_to, fewer_than, about, nearly };

struct Qualifier {
  std::string key;  // folded
  Bound bound;
};

struct QualifierSpelling {
  std::string_view words;
  Bound bound;
};

constexpr QualifierSpelling kBefore[] = {
    {"at least", Bound::at_least},
    {"no fewer than", Bound::at_least},
    {"no less than", Bound::at_least},
    {"not less than", Bound::at_least},
    {"not fewer than", Bound::at_least},
    {"a minimum of", Bound::at_least},
    {"more than", Bound::more_than},
    {"over", Bound::more_than},
    {"upwards of", Bound::more_than},
    {"upward of", Bound::more_than},
    {"in excess of", Bound::more_than},
    {"well over", Bound::more_than},
    {"greater than", Bound::more_than},
    {"up to", Bound::up_to},
    {"as many as", Bound::up_to},
    {"at most", Bound::up_to},
    {"no more than", Bound::up_to},
    {"not more than", Bound::up_to},
    {"a maximum of", Bound::up_to},
    {"fewer than", Bound::fewer_than},
    {"less than", Bound::fewer_than},
    {"under", Bound::fewer_than},
    {"about", Bound::about},
    {"around", Bound::about},
    {"some", Bound::about},
    {"roughly", Bound::about},
    {"approximately", Bound::about},
    {"approx.", Bound::about},
    {"an estimated", Bound::about},
    {"estimated", Bound::about},
    {"nearly", Bound::nearly},
    {"almost", Bound::nearly},
    {"close to", Bound::nearly},
    {"just under", Bound::nearly},
    {"دست‌کم", Bound::at_least},
    {"دستکم", Bound::at_least},
    {"حداقل", Bound::at_least},
    {"لااقل", Bound::at_least},
    {"کمینه", Bound::at_least},
    {"نه کمتر از", Bound::at_least},
    {"بیش از", Bound::more_than},
    {"بیشتر از", Bound::more_than},
    {"بالغ بر", Bound::more_than},
    {"افزون بر", Bound::more_than},
    {"متجاوز از", Bound::more_than},
    {"بالای", Bound::more_than},
    {"فراتر از", Bound::more_than},
    {"حداکثر", Bound::up_to},
    {"تا", Bound::up_to},
    {"نه بیشتر از", Bound::up_to},
    {"کمتر از", Bound::fewer_than},
    {"زیر", Bound::fewer_than},
    {"حدود", Bound::about},
    {"در حدود", Bound::about},
    {"حدودا", Bound::about},
    {"حدوداً", Bound::about},
    {"تقریبا", Bound::about},
    {"حوالی", Bound::about},
    {"نزدیک به", Bound::nearly},
    {"نزدیک", Bound::nearly},
    {"قریب به", Bound::nearly},
    {"قریب", Bound::nearly},
    {"على الأقل", Bound::at_least},
    {"ما لا يقل عن", Bound::at_least},
    {"لا يقل عن", Bound::at_least},
    {"أكثر من", Bound::more_than},
    {"ما يزيد على", Bound::more_than},
    {"ما يزيد عن", Bound::more_than},
    {"يزيد عن", Bound::more_than},
    {"أقل من", Bound::fewer_than},
    {"ما يصل إلى", Bound::up_to},
    {"نحو", Bound::about},
    {"حوالي", Bound::about},
    {"قرابة", Bound::nearly},
    {"زهاء", Bound::nearly},
    {"ما يقارب", Bound::nearly},
    {"ما يقرب من", Bound::nearly},
};

constexpr QualifierSpelling kAfter[] = {
    {"or more", Bound::at_least}, {"at least", Bound::at_least},  {"at minimum", Bound::at_least},
    {"or so", Bound::about},      {"or fewer", Bound::up_to},     {"or less", Bound::up_to},
    {"at most", Bound::up_to},    {"على الأقل", Bound::at_least}, {"یا بیشتر", Bound::at_least},
    {"و بیشتر", Bound::at_least}, {"یا کمتر", Bound::up_to},      {"و اندی", Bound::more_than},
    {"أو أكثر", Bound::at_least}, {"تقريبا", Bound::about},
};

std::vector<Qualifier> folded_qualifiers(std::span<const QualifierSpelling> spellings) {
  std::vector<Qualifier> out;
  for (const auto& spelling : spellings) out.push_back({folded_key(spelling.words), spelling.bound});
  std::sort(out.begin(), out.end(), [](const Qualifier& a, const Qualifier& b) {
    return a.key.size() != b.key.size() ? a.key.size() > b.key.size() : a.key < b.key;
  });
  return out;
}

std::string_view name_of(Bound bound) {
  static constexpr std::array<std::string_view, 6> kNames{"at least",   "more than", "up to",
                                                          "fewer than", "about",     "nearly"};
  return kNames[static_cast<std::size_t>(bound)];
}

void bind(Number& number, Bound bound) {
  if (bound == Bound::at_least || bound == Bound::more_than) {
    if (bound == Bound::more_than && number.form != NumberForm::vague && number.low == number.high) *number.low += 1;
    number.high.reset();
  } else if (bound == Bound::up_to || bound == Bound::fewer_than) {
    if (bound == Bound::fewer_than && number.high) *number.high -= 1;
    number.low.reset();
  }
  number.qualifier = name_of(bound);
}

class NumberFinder {
 public:
  NumberFinder(const Folded& folded, const std::vector<Token>& tokens, const std::vector<Sentence>& sentences)
      : folded_(folded), tokens_(tokens), sentences_(sentences), reader_(folded, tokens) {}

  std::vector<Number> run() {
    for (const Sentence& sentence : sentences_) read_sentence(sentence);
    return std::move(numbers_);
  }

 private:
  void read_sentence(const Sentence& sentence) {
    reader_.stop_before(sentence.past_token);
    past_token_ = sentence.past_token;
    first_token_ = sentence.first_token;
    for (std::uint32_t at = sentence.first_token; at < sentence.past_token;) {
      const std::uint32_t skipped = past_date_or_clock(at);
      if (skipped != at) {
        at = skipped;
      } else if (const auto cardinal = reader_.read(at); cardinal && is_quantity(at, *cardinal)) {
        at = add(at, *cardinal);
      } else {
        at = cardinal ? std::max(cardinal->past, at + 1) : at + 1;
      }
    }
  }

  std::string_view word(std::uint32_t i) const { return reader_.word(i); }

  /// Past "2022-11-16", "9:30", "1.2.3.4", "3/4"; `at` itself when no such thing starts there.
  std::uint32_t past_date_or_clock(std::uint32_t at) const {
    if (!reader_.is_number(at)) return at;
    std::uint32_t past = at + 1;
    std::uint32_t parts = 1;
    char separator = '\0';
    for (const char mark : {':', '/', '-', '.'}) {
      if (reader_.is_mark(past, mark) && reader_.is_attached(past)) separator = mark;
    }
    while (separator != '\0' && reader_.is_mark(past, separator) && reader_.is_attached(past) &&
           reader_.is_number(past + 1) && reader_.is_attached(past + 1)) {
      past += 2;
      ++parts;
    }
    const bool joined = (separator == ':' && parts >= 2) || parts >= 3;
    if (joined) return past;
    return separator == '/' && parts == 2 && !reader_.read(at) ? past : at;
  }

  bool is_quantity(std::uint32_t at, const Cardinal& cardinal) const {
    const std::string_view next = word(cardinal.past);
    if (at > 0 && reader_.is_attached(at)) {
      for (const char mark : {'#', '@', '/', ':', '='}) {
        if (reader_.is_mark(at - 1, mark)) return false;
      }
    }
    if (next == "%" || next == "percent" || next == "درصد" || next == "بالمیه" || next == "بالمایه") return false;
    if (next == "per" && word(cardinal.past + 1) == "cent") return false;
    if (reader_.is_number(at) && reader_.is_attached(cardinal.past) && is_latin_word(cardinal.past)) return false;
    if (!reader_.is_number(at) && cardinal.past == at + 1) return is_lone_word_quantity(at, next);
    return true;
  }

  bool is_latin_word(std::uint32_t i) const {
    return i < past_token_ && tokens_[i].kind == TokenKind::word && word(i)[0] > 0;
  }

  /// One word that is a number and may be something else: "no one", "few", «نه».
  bool is_lone_word_quantity(std::uint32_t at, std::string_view next) const {
    const NumberWord* found = find_number_word(word(at));
    const std::string_view before = at == 0 ? std::string_view() : word(at - 1);
    if (word(at) == "one") {
      static constexpr std::array<std::string_view, 11> kNotCounting{"no",   "any",  "every", "some",    "the", "this",
                                                                     "that", "each", "which", "another", "only"};
      return next != "of" && next != "another" && next != "s" && next != "'" &&
             std::find(kNotCounting.begin(), kNotCounting.end(), before) == kNotCounting.end();
    }
    if (word(at) == "few" || word(at) == "couple" || word(at) == "handful") {
      return before == "last" || before == "past" || before == "next" || before == "these";
    }
    if (found != nullptr && found->homograph) {
      static constexpr std::array<std::string_view, 8> kCounted{"نفر", "تن", "روز", "ماه", "سال", "ساعت", "شب", "زن"};
      return std::find(kCounted.begin(), kCounted.end(), next) != kCounted.end();
    }
    return true;
  }

  std::uint32_t add(std::uint32_t first, const Cardinal& cardinal) {
    Number number;
    number.low = cardinal.low;
    number.high = cardinal.high;
    number.form = cardinal.form;
    number.qualifier = cardinal.vague_name;
    number.first_token = first;
    number.past_token = cardinal.past;
    extend_range(number, cardinal);
    number.value_span = span_of(number.first_token, number.past_token);
    if (number.form != NumberForm::ordinal) qualify(number);
    number.span = span_of(number.first_token, number.past_token);
    number.phrase = folded_.original().substr(number.span.begin, number.span.size());
    const std::uint32_t past = number.past_token;
    numbers_.push_back(std::move(number));
    return past;
  }

  Span span_of(std::uint32_t first, std::uint32_t past) const {
    return Span{tokens_[first].span.begin, tokens_[past - 1].span.end};
  }

  std::uint32_t floor_token() const {
    return numbers_.empty() ? first_token_ : std::max(first_token_, numbers_.back().past_token);
  }

  /// "20 to 30", "between 5 and 7", «۲۰ تا ۳۰», «سه چهار».
  void extend_range(Number& number, const Cardinal& from) {
    if (from.form == NumberForm::vague || from.form == NumberForm::ordinal) return;
    std::uint32_t next = from.past;
    const std::string_view before = number.first_token == 0 ? std::string_view() : word(number.first_token - 1);
    const bool between = before == "between" || before == "بین" || before == "مابین";
    const std::string_view link = word(next);
    const bool dash = reader_.is_mark(next, '-');
    const bool links = dash || link == "to" || link == "or" || link == "تا" || link == "الی" || link == "یا" ||
                       link == "او" || (between && (link == "and" || link == "و"));
    const bool is_approximation = !links && from.form == NumberForm::words && from.low < 10 && is_arabic_unit(next);
    if (!links && !is_approximation) return;
    if (links) ++next;
    const auto to = reader_.read(next);
    if (!to || to->form == NumberForm::vague || to->form == NumberForm::ordinal) return;
    std::int64_t low = from.low;
    if (from.scale == 1 && to->scale > 1 && low < to->low / to->scale) low *= to->scale;
    const bool year_span = dash && from.low >= 1000 && to->low < 100;
    if (low >= to->low || year_span || (is_approximation && to->low != low + 1 && to->scale == 1)) return;
    if (reader_.is_mark(to->past, '-') && dash) return;
    number.low = low;
    number.high = to->high;
    number.past_token = to->past;
    if (between || ((link == "تا" || link == "الی") && before == "از") || (link == "to" && before == "from")) {
      number.first_token -= 1;
    }
  }

  bool is_arabic_unit(std::uint32_t i) const {
    const NumberWord* unit = find_number_word(word(i));
    return unit != nullptr && unit->role == NumberRole::unit && !unit->ordinal && word(i)[0] < 0;
  }

  void qualify(Number& number) {
    static const std::vector<Qualifier> before = folded_qualifiers(kBefore);
    static const std::vector<Qualifier> after = folded_qualifiers(kAfter);
    const std::uint32_t floor = floor_token();
    const std::uint32_t from = floor == 0 ? 0 : tokens_[floor - 1].folded.end;
    const std::uint32_t begin = tokens_[number.first_token].folded.begin;
    std::string_view left = folded_.text().substr(from, begin - from);
    while (left.ends_with(' ')) left.remove_suffix(1);
    for (const Qualifier& qualifier : before) {
      if (left.empty() || left.back() != qualifier.key.back() || !left.ends_with(qualifier.key)) continue;
      const std::size_t rest = left.size() - qualifier.key.size();
      if (rest > 0 && is_word_byte(static_cast<unsigned char>(left[rest - 1]))) continue;
      const auto start = from + static_cast<std::uint32_t>(rest);
      while (number.first_token > floor && tokens_[number.first_token - 1].folded.begin >= start) --number.first_token;
      bind(number, qualifier.bound);
      return;
    }
    qualify_after(number, after);
  }

  void qualify_after(Number& number, const std::vector<Qualifier>& after) {
    if (reader_.is_mark(number.past_token, '+') && reader_.is_attached(number.past_token)) {
      ++number.past_token;
      bind(number, Bound::at_least);
      return;
    }
    if (number.past_token >= past_token_) return;
    const std::string_view right = folded_.text().substr(tokens_[number.past_token].folded.begin);
    for (const Qualifier& qualifier : after) {
      if (right.front() != qualifier.key.front() || !right.starts_with(qualifier.key)) continue;
      if (right.size() > qualifier.key.size() &&
          is_word_byte(static_cast<unsigned char>(right[qualifier.key.size()]))) {
        continue;
      }
      const auto end = tokens_[number.past_token].folded.begin + static_cast<std::uint32_t>(qualifier.key.size());
      while (number.past_token < past_token_ && tokens_[number.past_token].folded.begin < end) ++number.past_token;
      bind(number, qualifier.bound);
      return;
    }
  }

  const Folded& folded_;
  const std::vector<Token>& tokens_;
  const std::vector<Sentence>& sentences_;
  CardinalReader reader_;
  std::uint32_t first_token_ = 0;  // of the sentence being read
  std::uint32_t past_token_ = 0;
  std::vector<Number> numbers_;
};

}  // namespace

std::vector<Number> find_numbers(const Folded& folded, const std::vector<Token>& tokens,
                                 const std::vector<Sentence>& sentences) {
  return NumberFinder(folded, tokens, sentences).run();
}

}  // namespace gavah::text
