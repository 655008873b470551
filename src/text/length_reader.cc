#include "text/length_reader.h"

#include <algorithm>
#include <iterator>

#include "text/time_length.h"

namespace gavah::text {
namespace {

constexpr int kHalf = 500;
constexpr int kQuarter = 250;
constexpr TimeWord kHourWord{.role = TimeRole::unit, .value = static_cast<int>(TimeUnit::hour)};

template <std::size_t N>
bool is_one_of(std::string_view word, const std::string_view (&words)[N]) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

bool is_pointer(const TimeWord* word) {
  return word != nullptr && (word->role == TimeRole::past_mark || word->role == TimeRole::future_mark ||
                             word->role == TimeRole::this_mark);
}

struct Decimal {
  std::int64_t whole = 0;
  int thousandths = 0;
};

/// "2.5", "123.45": digits on both sides of the point; "at 8.30" is an hour.
std::optional<Decimal> decimal_at(const TimeTokens& t, std::uint32_t i) {
  static constexpr int kScales[] = {1000, 100, 10, 1};
  // «۲/۵ سال».
  const bool has_point = t.is_mark(i + 1, '.') || (t.is_mark(i + 1, '/') && t.is(i + 3, "سال"));
  const bool is_decimal = t.is_number(i) && has_point && t.is_attached(i + 1) && t.is_number(i + 2) &&
                          t.is_attached(i + 2) && t.word(i + 2).size() < std::size(kScales);
  if (!is_decimal || (i > 0 && t.is(i - 1, "at"))) return std::nullopt;
  const auto whole = t.digits(i);
  const auto share = t.digits(i + 2);
  constexpr std::int64_t kWholeLimit = 1000;
  if (!whole || !share || *whole >= kWholeLimit) return std::nullopt;
  return Decimal{*whole, static_cast<int>(*share) * kScales[t.word(i + 2).size()]};
}

/// The digits after the point or the stroke of a number: no count by themselves.
bool ends_decimal(const TimeTokens& t, std::uint32_t i) {
  return i >= 2 && t.is_number(i) && t.is_attached(i) && t.is_attached(i - 1) && t.is_number(i - 2) &&
         (t.is_mark(i - 1, '.') || t.is_mark(i - 1, '/'));
}

}  // namespace

/// Weeks, months and years are those of the language: Persian words count Persian months.
Calendar LengthReader::calendar_at(std::uint32_t i) const {
  if (!t_.is_arabic(i)) return Calendar::gregorian;
  if (i >= 1 && t_.is(i, "ی")) --i;
  if (i >= 2 && (t_.is(i, "نیم") || t_.is(i, "نیمه")) && t_.is(i - 1, "و")) i -= 2;
  if (i >= 1 && (t_.is(i, "ها") || t_.is(i, "های"))) --i;
  // «سال جاری میلادی».
  if (t_.is(i + 1, "میلادی") || (t_.is(i + 2, "میلادی") && is_pointer(t_.time_word(i + 1)))) return Calendar::gregorian;
  const std::string_view word = t_.word(i);
  static constexpr std::string_view kPersianUnits[] = {"سال",    "ماه",    "هفته",   "روز",      "دهه",  "شب",
                                                       "قرن",    "امسال",  "پارسال", "پیرارسال", "اخر",  "ماهه",
                                                       "ماههای", "سالهای", "روزهای", "شبانه",    "روزی", "سالی"};
  const bool is_persian = is_one_of(word, kPersianUnits);
  return is_persian ? Calendar::persian : Calendar::gregorian;
}

/// "And a half", "and a quarter"; nothing of a unit where it does not stand there.
LengthReader::Share LengthReader::share_after(std::uint32_t i) const {
  if (!t_.is(i, "and")) return {0, i};
  const std::uint32_t at = t_.is(i + 1, "a") || t_.is(i + 1, "an") ? i + 2 : i + 1;
  if (t_.is(at, "half")) return {kHalf, at + 1};
  // "A day and a quarter of the town".
  return t_.is(at, "quarter") && !t_.is(at + 1, "of") ? Share{kQuarter, at + 1} : Share{0, i};
}

/// «سنة ونصف», «شهرين ونصف الشهر»: the past of it; i where it does not stand there.
std::uint32_t LengthReader::past_arabic_half(std::uint32_t i, int unit) const {
  if (!t_.is(i, "ونصف")) return i;
  const TimeWord* again = t_.time_word(i + 1);
  const bool is_again = again != nullptr && again->role == TimeRole::unit && again->value == unit;
  return is_again ? t_.past(i + 1) : i + 1;
}

/// «دو سال و نیم», "a year and a half".
void LengthReader::take_share(Length& out) const {
  if (const std::uint32_t past = past_arabic_half(out.past, out.unit); past != out.past) {
    out.counted = true;
    out.thousandths = kHalf;
    out.past = past;
  } else if (out.counted && t_.is(out.past, "و") && (t_.is(out.past + 1, "نیم") || t_.is(out.past + 1, "نیمه"))) {
    out.thousandths = kHalf;
    out.past += 2;
  } else if (const Share share = share_after(out.past); out.counted && out.thousandths == 0 && share.thousandths != 0) {
    out.thousandths = share.thousandths;
    out.past = share.past;
  }
  if (out.thousandths != 0) out.high += 1;
}

/// "½ hour", "3/4 hour".
std::optional<LengthReader::Length> LengthReader::fraction_of_unit(std::uint32_t i) const {
  constexpr std::int64_t kPartsLimit = 4;
  const bool is_fraction = t_.is_number(i) && t_.is_mark(i + 1, '/') && t_.is_attached(i + 1) && t_.is_number(i + 2) &&
                           t_.is_attached(i + 2) && t_.is_role(i + 3, TimeRole::unit) && !t_.is_arabic(i + 3);
  const auto count = is_fraction ? t_.digits(i) : std::nullopt;
  const auto parts = is_fraction ? t_.digits(i + 2) : std::nullopt;
  if (!count || !parts || *count < 1 || *count >= *parts || *parts > kPartsLimit) return std::nullopt;
  return Length{.low = 0,
                .high = 1,
                .unit = t_.time_word(i + 3)->value,
                .past = t_.past(i + 3),
                .counted = true,
                .thousandths = static_cast<int>(*count * 1000 / *parts)};
}

/// "Half an hour", "a quarter of an hour", "three quarters of an hour".
std::optional<LengthReader::Length> LengthReader::share_of_unit(std::uint32_t i) const {
  const bool is_half = t_.is(i, "half");
  const bool are_three = !is_half && t_.is(i, "three") && (t_.is(i + 1, "quarters") || t_.is(i + 2, "quarters"));
  const std::uint32_t at = t_.is(i, "a") ? i + 1 : i;
  if (!is_half && !are_three && !t_.is(at, "quarter")) return std::nullopt;
  std::uint32_t next = is_half ? i + 1 : are_three ? (t_.is(i + 1, "quarters") ? i + 2 : i + 3) : at + 1;
  if (t_.is(next, "of")) {
    ++next;
  } else if (!is_half) {
    return std::nullopt;
  }
  const TimeWord* unit = t_.is(next, "a") || t_.is(next, "an") ? t_.time_word(next + 1) : nullptr;
  if (unit == nullptr || unit->role != TimeRole::unit || unit->count != 0) return std::nullopt;
  return Length{.low = 0,
                .high = 1,
                .unit = unit->value,
                .past = t_.past(next + 1),
                .counted = true,
                .thousandths = is_half     ? kHalf
                               : are_three ? kHalf + kQuarter
                                           : kQuarter};
}

/// The count of units at i, up to the unit: "three", "2 to 3", «سه و نیم», "2.5", "a few".
LengthReader::Length LengthReader::number_at(std::uint32_t i) const {
  static constexpr std::string_view kOne[] = {"a", "an", "one", "another"};
  Length out{.past = i};
  if (const auto decimal = t_.is_number(i) ? decimal_at(t_, i) : std::nullopt) {
    out.low = decimal->whole;
    out.high = decimal->whole;
    out.thousandths = decimal->thousandths;
    out.counted = true;
    out.past = i + 3;
  } else if (const auto number = t_.cardinal(i); number && number->form != NumberForm::ordinal) {
    out.low = number->low;
    out.high = number->high;
    out.counted = true;
    out.past = number->past;
    const bool links = t_.is(out.past, "to") || t_.is(out.past, "or") || t_.is_mark(out.past, '-') ||
                       t_.is(out.past, "تا") || t_.is(out.past, "یا");
    // «سه و نیم سال».
    if (t_.is(out.past, "و") && t_.is(out.past + 1, "نیم") && t_.is_role(out.past + 2, TimeRole::unit)) {
      out.thousandths = kHalf;
      out.past += 2;
    } else if (const Share share = share_after(out.past);
               share.thousandths != 0 && t_.is_role(share.past, TimeRole::unit)) {
      out.thousandths = share.thousandths;
      out.past = share.past;
    }
    if (const auto last = t_.cardinal(out.past + (links ? 1 : 0));
        last && last->low > out.high && last->form != NumberForm::ordinal) {
      out.high = last->high;
      out.past = last->past;
    }
  } else if (t_.is(i, "یکی") && t_.is(i + 1, "دو")) {  // «یکی دو روز»
    out.high = 2;
    out.counted = true;
    out.past = i + 2;
  } else if (t_.is_any(i, kOne) && t_.is_role(i + 1, TimeRole::unit)) {
    out.counted = true;
    out.past = i + 1;
  } else if (t_.is(i, "نیم") && (t_.is(i + 1, "ساعت") || t_.is(i + 1, "ساعته") || t_.is(i + 1, "ساعتی"))) {
    out.low = 0;
    out.counted = true;
    out.past = i + 1;
  } else if (t_.is(i, "few") || t_.is(i, "several") || (t_.is(i, "some") && t_.word(i + 1).ends_with('s'))) {
    out.low = 2;
    out.high = 9;
    out.counted = true;
    out.past = i + 1;
  }
  return out;
}

/// The unit at i, also of «چند روزی», «ده سالی», which are about so many; «ماهی» is a fish too.
const TimeWord* LengthReader::unit_with_ya(std::uint32_t i) const {
  static constexpr TimeWord kDay{.role = TimeRole::unit, .value = static_cast<int>(TimeUnit::day)};
  static constexpr TimeWord kYear{.role = TimeRole::unit, .value = static_cast<int>(TimeUnit::year)};
  if (t_.is(i, "روزی")) return &kDay;
  return t_.is(i, "سالی") ? &kYear : t_.time_word(i);
}

std::optional<LengthReader::Length> LengthReader::length_at(std::uint32_t i) const {
  const TimeWord* word = t_.time_word(i);
  const bool has_article = t_.is(i, "a") || t_.is(i, "one");
  const TimeWord* pair = has_article ? t_.time_word(i + 1) : word;
  if (pair != nullptr && pair->role == TimeRole::unit && pair->count == 2) {
    Length two{2, 2, pair->value, has_article ? i + 2 : t_.past(i), true};
    take_share(two);
    return two;
  }
  if ((t_.is(i, "نیم") || t_.is(i, "ربع")) && t_.is(i + 1, "قرن")) {
    const std::int64_t years = t_.is(i, "نیم") ? 50 : 25;
    return Length{years, years, static_cast<int>(TimeUnit::year), i + 2, true};
  }
  const bool is_number = t_.is_number(i);
  if (is_number && ends_decimal(t_, i)) return std::nullopt;
  if (auto share = is_number ? fraction_of_unit(i) : share_of_unit(i)) return share;
  Length out = number_at(i);
  if (!out.counted && word == nullptr) return std::nullopt;
  std::uint32_t next = out.past;
  if (t_.is_mark(next, '-') && t_.is_attached(next)) ++next;
  if (t_.is(next, "of")) ++next;
  if (out.counted && is_quarter_hour(next, out.high)) {
    out.unit = static_cast<int>(TimeUnit::minute);
    out.past = next + (t_.is(next + 1, "ساعت") ? 2U : 1U);
    return out;
  }
  // "24h", "3 h".
  const bool is_h =
      t_.is(next, "h") && next > i && t_.is_number(next - 1) && t_.is_attached(next) && (i == 0 || !t_.is(i - 1, "at"));
  const bool is_some = out.counted && out.high > 1;
  const TimeWord* unit = is_h ? &kHourWord : is_some && t_.is_arabic(next) ? unit_with_ya(next) : t_.time_word(next);
  if (unit == nullptr || unit->role != TimeRole::unit || is_counted_otherwise(next)) return std::nullopt;
  out.unit = unit->value;
  out.past = t_.past(next);
  if (t_.is(out.past, "ها") || t_.is(out.past, "های")) ++out.past;
  take_share(out);
  const bool is_hour = out.thousandths != 0 && unit->value == static_cast<int>(TimeUnit::night);  // «۱۱ و نیم شب»
  return is_hour ? std::nullopt : std::optional(out);
}

/// «21/09 الساعة 1:30», «اثنين الاسبوع»: the number before it counts no such units.
bool LengthReader::is_counted_otherwise(std::uint32_t i) const {
  if (i > 0 && t_.is(i - 1, "اثنین") && t_.is(i, "الاسبوع")) return true;  // "the Monday of that week"
  return t_.is(i, "الساعه") && (t_.is_number(i + 1) || t_.cardinal(i + 1));
}

/// «یک ربع», «سه ربع ساعت».
bool LengthReader::is_quarter_hour(std::uint32_t i, std::int64_t count) const {
  const bool is_persian = t_.is(i - 1, "یک") || t_.is(i - 1, "دو") || t_.is(i - 1, "سه") || t_.is_number(i - 1);
  return t_.is(i, "ربع") && is_persian && count <= 3 && !t_.is(i + 1, "قرن") && !t_.is(i + 1, "به");
}

RawTime LengthReader::duration(const Length& length) const {
  RawTime out;
  out.shape = TimeShape::duration;
  out.past = length.past;
  const Calendar calendar = calendar_at(length.past - 1);
  out.low_days = static_cast<std::int32_t>(days_in(calendar, length.unit, length.low).low);
  out.high_days = static_cast<std::int32_t>(days_in(calendar, length.unit, length.high).high);
  out.calendar = calendar;
  out.unit = length.unit;
  if (length.low == length.high && length.low <= 100000) out.units = static_cast<std::int32_t>(length.low);
  out.seconds = exact_seconds(length.unit, length.low, length.high, length.thousandths);
  if (length.thousandths != 0) {
    const DayRange share = share_in_days(calendar, length.unit, length.thousandths);
    out.low_days = static_cast<std::int32_t>(*out.low_days + share.low);
    out.high_days = static_cast<std::int32_t>(days_in(calendar, length.unit, length.high - 1).high + share.high);
  }
  return out;
}

}  // namespace gavah::text
