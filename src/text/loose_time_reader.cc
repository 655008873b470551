#include "text/loose_time_reader.h"

namespace gavah::text {

std::optional<TimeUnit> LooseTimeReader::unit_at(std::uint32_t i) const {
  static constexpr std::string_view kUnits[] = {"روز", "شب", "هفته", "ماه", "سال"};
  const TimeWord* word = t_.time_word(i);
  if (word == nullptr || word->role != TimeRole::unit || !t_.is_any(i, kUnits)) return std::nullopt;
  return static_cast<TimeUnit>(word->value);
}

/// «في اليوم نفسه», «الأسبوع ذاته».
std::optional<RawTime> LooseTimeReader::read_same(std::uint32_t i) const {
  static constexpr std::string_view kSame[] = {"نفسه", "نفسها", "ذاته", "ذاتها"};
  const bool is_day = t_.is(i, "الیوم");
  const bool is_unit = is_day || t_.is_role(i, TimeRole::unit);
  if (!is_unit || !t_.word(i).starts_with("ال") || !t_.is_any(i + 1, kSame)) return std::nullopt;
  RawTime out;
  out.shape = TimeShape::stretch;
  out.told = true;
  out.unit = is_day ? static_cast<int>(TimeUnit::day) : t_.time_word(i)->value;
  out.first = i;
  out.past = i + 2;
  return out;
}

/// «همان سال», «همان شب»: of what was told before it, which TimeOffsets looks for.
std::optional<RawTime> LooseTimeReader::read_told(std::uint32_t i) const {
  static constexpr std::string_view kThat[] = {"همان", "همون"};
  if (auto same = read_same(i)) return same;
  const auto unit = t_.is_any(i, kThat) ? unit_at(i + 1) : std::nullopt;
  // «همان روزها», «همان ماه رمضان» go on.
  const bool goes_on = t_.is_tied(i + 2) || t_.is(i + 2, "ها") || t_.is(i + 2, "های") || t_.is_number(i + 2) ||
                       t_.is_role(i + 2, TimeRole::month) || t_.is_role(i + 2, TimeRole::weekday);
  if (!unit || goes_on) return std::nullopt;
  RawTime out;
  out.shape = TimeShape::stretch;
  out.calendar = Calendar::persian;
  out.told = true;
  out.unit = static_cast<int>(*unit);
  out.first = i;
  out.past = i + 2;
  return out;
}

/// «سومین روز», «روز سوم», «چهل و سومین سال»: counted from an event, of which no day is known.
std::optional<RawTime> LooseTimeReader::read_nth(std::uint32_t i) const {
  RawTime out;
  out.shape = TimeShape::stretch;
  out.first = i;
  const auto leading = t_.cardinal(i);
  if (leading && leading->form == NumberForm::ordinal && leading->low > 1) {
    if (!t_.word(leading->past - 1).ends_with("ین") || !unit_at(leading->past)) return std::nullopt;
    out.past = leading->past + 1;
    return t_.is_tied(out.past) ? std::nullopt : std::optional(out);
  }
  const auto nth = unit_at(i) ? t_.cardinal(i + 1) : std::nullopt;
  if (!nth || nth->form != NumberForm::ordinal || t_.word(nth->past - 1).ends_with("ین")) return std::nullopt;
  // «ماه اول» may be of anything, «روز سوم خرداد» is a date.
  if (nth->low < 2 || t_.is_role(nth->past, TimeRole::month) || t_.is_number(i + 1)) return std::nullopt;
  out.past = nth->past;
  return out;
}

/// «سال‌ها», «روزها»: moves past the plural and gives its unit.
std::optional<TimeUnit> LooseTimeReader::plural_at(std::uint32_t i, std::uint32_t& past) const {
  struct Plural {
    std::string_view word;
    TimeUnit unit;
  };
  static constexpr Plural kPlurals[] = {
      {"روزها", TimeUnit::day}, {"هفتهها", TimeUnit::week}, {"ماهها", TimeUnit::month}, {"سالها", TimeUnit::year}};
  for (const Plural& plural : kPlurals) {
    if (!t_.is(i, plural.word)) continue;
    past = i + 1;
    return plural.unit;
  }
  const bool is_apart = t_.is(i + 1, "ها") && t_.is_tied(i + 1);
  past = i + 2;
  return is_apart ? unit_at(i) : std::nullopt;
}

/// «سال‌ها در زندان»: several.
std::optional<RawTime> LooseTimeReader::read_plural(std::uint32_t i) const {
  std::uint32_t past = i;
  const auto unit = plural_at(i, past);
  const bool is_pointed = t_.is_role(past, TimeRole::ago_mark) || t_.is_role(past, TimeRole::past_mark) ||
                          t_.is_role(past, TimeRole::future_mark) || (i > 0 && t_.is_role(i - 1, TimeRole::this_mark));
  if (!unit || *unit == TimeUnit::night || is_pointed || (i > 0 && (t_.is(i - 1, "ان") || t_.is(i - 1, "آن"))))
    return std::nullopt;
  RawTime out = relatives_.lengths().duration(
      {.low = 2, .high = 9, .unit = static_cast<int>(*unit), .past = i + 1, .counted = true});
  out.calendar = Calendar::persian;
  out.first = i;
  out.past = past;
  return out;
}

/// «حبس پنج ساله», «قرارداد ۱۵ ساله»: so long is what lasts; of a person it is the age. «۲۴ سالگی» is a time of a life,
/// which has no place on the calendar.
std::optional<RawTime> LooseTimeReader::read_years_of(std::uint32_t i) const {
  static constexpr std::string_view kLasting[] = {
      "حبس",    "زندان", "تبعید", "محکومیت", "محرومیت", "ممنوعیت", "حکم",    "جنگ",   "جنگهای", "دوره",   "قرارداد",
      "برنامه", "طرح",   "مهلت",  "سابقه",   "تجربه",   "حکومت",   "سلطنت",  "اشغال", "محاصره", "مبارزه", "تلاش",
      "سفر",    "غیبت",  "وقفه",  "تاخیر",   "تعلیق",   "اقامت",   "انتظار", "بازه",  "فاصله",  "تاریخ",  "خدمت"};
  static constexpr std::string_view kPeople[] = {"مرد",  "زن",     "جوان",     "نوجوان", "کودک",  "دختر",   "پسر",
                                                 "فرد",  "شهروند", "شخص",      "زندانی", "معترض", "دانشجو", "کارگر",
                                                 "معلم", "متهم",   "بازداشتی", "پدر",    "مادر",  "برادر",  "خواهر"};
  constexpr std::uint32_t kReach = 3;
  const auto number = t_.cardinal(i);
  constexpr std::int64_t kYearsLimit = 1000;
  if (!number || number->form == NumberForm::ordinal || number->high > kYearsLimit) return std::nullopt;
  RawTime out;
  if (t_.is(number->past, "سالگی")) {
    out.shape = TimeShape::stretch;
  } else if (t_.is(number->past, "ساله")) {
    bool lasts = false;
    // «حکم مرد ۲۴ ساله»: the word next to it decides.
    for (std::uint32_t back = 1; back <= kReach && back <= i && !lasts; ++back) {
      if (t_.ends_words(i - back) || t_.is_any(i - back, kPeople)) break;
      lasts = t_.is_any(i - back, kLasting);
    }
    if (!lasts) return std::nullopt;
    out = relatives_.lengths().duration({.low = number->low,
                                         .high = number->high,
                                         .unit = static_cast<int>(TimeUnit::year),
                                         .past = number->past + 1,
                                         .counted = true});
    out.calendar = Calendar::persian;
  } else {
    return std::nullopt;
  }
  out.first = i;
  out.past = number->past + 1;
  return out;
}

/// «اخیراً», «این روزها»: until the report; since when is not said.
std::optional<RawTime> LooseTimeReader::read_lately(std::uint32_t i) const {
  std::uint32_t past = i + 1;
  const bool is_these = t_.is(i, "این") && plural_at(i + 1, past);
  if (!is_these && !t_.is(i, "اخیرا")) return std::nullopt;
  RawTime out;
  out.shape = TimeShape::stretch;
  out.first = i;
  out.past = is_these ? past : i + 1;
  if (!options_.anchor) return out;
  out.past_end = options_.anchor->plus(1);
  out.precision = TimePrecision::wider;
  return out;
}

std::optional<RawTime> LooseTimeReader::read(std::uint32_t i) const {
  if (!t_.is_arabic(i) && !t_.is_number(i)) return std::nullopt;
  if (auto told = read_told(i)) return told;
  if (auto nth = read_nth(i)) return nth;
  if (auto plural = read_plural(i)) return plural;
  if (auto lately = read_lately(i)) return lately;
  return read_years_of(i);
}

}  // namespace gavah::text
