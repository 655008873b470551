#include "text/date_reader.h"

#include <algorithm>
#include <span>

#include "text/calendar.h"

namespace gavah::text {
namespace {

bool is_one_of(std::string_view word, std::span<const std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Words after which a month name that is also another word is a month.
constexpr std::string_view kMonthCues[] = {"in",    "last", "since", "until",  "till",    "by",   "next", "this",
                                           "early", "late", "mid",   "during", "through", "from", "of",   "ماه"};
/// Months that «در» makes plain; «در بهمن» may be an avalanche, «در تیر» a pole.
constexpr std::string_view kMonthsAfterIn[] = {"مهر", "آبان", "آذر", "دی", "اسفند", "ابان", "اذر"};
/// Ordinals of the parts of a month: «هفته آخر مهر», «ده روز اول آبان».
constexpr std::string_view kCountedParts[] = {"اول", "نخست", "دوم", "سوم", "چهارم", "اخر", "آخر", "پایانی"};
/// Words after which a number of four digits is a year.
constexpr std::string_view kYearCues[] = {"in",    "since",  "of",     "by",    "from",    "until", "till",
                                          "to",    "during", "before", "after", "the",     "year",  "and",
                                          "early", "late",   "mid",    "سال",   "عام",     "سنه",   "در",
                                          "تا",    "از",     "منذ",    "فی",    "between", "around"};
/// Words before a date that make it a name: «میدان هفت تیر», «بیمارستان ۱۷ شهریور».
constexpr std::string_view kNamedAfterDates[] = {"میدان", "خیابان",   "بلوار", "اتوبان",  "بزرگراه", "بیمارستان",
                                                 "مدرسه", "دبیرستان", "پل",    "ورزشگاه", "ورزشی",   "کوچه",
                                                 "سینما", "پارک",     "شهرک",  "ایستگاه", "مترو",    "دانشگاه",
                                                 "سد",    "کارخانه",  "مسجد",  "پادگان",  "چهارراه"};
/// Words after which a number is a name: «شماره ۱۳۹۸», "room 2019".
constexpr std::string_view kNumbered[] = {"شماره",  "پلاک", "کد",   "ماده", "صفحه",    "بند", "پرونده",
                                          "number", "no",   "room", "page", "article", "رقم"};
/// Words after which two digits are a Persian year: «اعتراضات ۸۸».
constexpr std::string_view kYearlyEvents[] = {"انتخابات", "اعتراضات", "قیام",    "خیزش",   "حوادث",  "وقایع", "جنبش",
                                              "سرکوب",    "عاشورا",   "عاشورای", "کودتای", "انقلاب", "کشتار"};
/// What a number counts when it is no year.
constexpr std::string_view kCounted[] = {"people",    "protesters", "demonstrators", "workers",  "prisoners", "men",
                                         "women",     "students",   "teachers",      "families", "arrests",   "deaths",
                                         "detainees", "killed",     "others",        "were",     "نفر",       "تن",
                                         "کارگر",     "معترض",      "زندانی",        "تومان",    "شخص",       "شخصا"};

/// Feasts with a day of their own in the Persian year.
struct Feast {
  std::string_view word;
  int month;
  int day;
};
constexpr Feast kFeasts[] = {{"نوروز", 1, 1}, {"nowruz", 1, 1}, {"یلدا", 9, 30}, {"یلدای", 9, 30}};

constexpr int kDaysInList = 6;

int full_persian_year(int two_digits) { return two_digits >= 50 ? 1300 + two_digits : 1400 + two_digits; }

}  // namespace

std::optional<RawTime> DateReader::read(std::uint32_t i) const {
  std::optional<RawTime> best;
  const auto keep = [&](std::optional<RawTime> found) {
    if (found && (!best || found->past > best->past)) best = std::move(found);
  };
  if (t_.is_number(i)) keep(read_numeric(i));
  keep(read_day_month(i));
  keep(read_month(i));
  keep(read_year_first(i));
  keep(read_season(i));
  keep(read_decade(i));
  keep(read_century(i));
  keep(read_quarter(i));
  keep(read_feast(i));
  keep(read_year(i));
  return best;
}

/// Three numbers with one separator: "2022-11-16", "16/11/2022", «۱۴۰۱/۸/۲۵», «۹۸/۸/۲۵».
std::optional<RawTime> DateReader::read_numeric(std::uint32_t i) const {
  if (i > 0 && t_.is_attached(i) && (t_.is_number(i - 1) || t_.is_mark(i - 1, '/') || t_.is_mark(i - 1, '-'))) {
    return std::nullopt;
  }
  for (const char mark : {'-', '/', '.'}) {
    if (!t_.is_mark(i + 1, mark) || !t_.is_number(i + 2) || !t_.is_mark(i + 3, mark) || !t_.is_number(i + 4)) continue;
    const bool is_tight =
        t_.is_attached(i + 1) && t_.is_attached(i + 2) && t_.is_attached(i + 3) && t_.is_attached(i + 4);
    const bool is_loose =
        mark == '-' && t_.word(i).size() == 4 && t_.word(i + 2).size() == 2 && t_.word(i + 4).size() == 2;
    if (!is_tight && !is_loose) continue;
    if (t_.is_mark(i + 5, mark) && t_.is_attached(i + 5) && t_.is_number(i + 6) && t_.is_attached(i + 6))
      return std::nullopt;
    auto out = numeric_fields(i, i + 2, i + 4);
    if (!out) return std::nullopt;
    out->first = i;
    out->past = i + 5;
    return out;
  }
  return std::nullopt;
}

std::optional<RawTime> DateReader::numeric_fields(std::uint32_t first, std::uint32_t second,
                                                  std::uint32_t third) const {
  const auto a = t_.digits(first);
  const auto b = t_.digits(second);
  const auto c = t_.digits(third);
  if (!a || !b || !c || *a > 9999 || *b > 99 || *c > 9999) return std::nullopt;
  RawTime out;
  const auto set = [&](Calendar calendar, std::int64_t year, std::int64_t month, std::int64_t day) {
    out.calendar = calendar;
    out.year = static_cast<int>(year);
    out.month = static_cast<int>(month);
    out.day = static_cast<int>(day);
    return to_day(CalendarDate{calendar, *out.year, *out.month, *out.day}).has_value();
  };
  const auto calendar_of = [](std::int64_t year) {
    return is_plausible_year(Calendar::persian, static_cast<int>(year)) ? Calendar::persian : Calendar::gregorian;
  };
  const bool plausible_first = is_plausible_year(calendar_of(*a), static_cast<int>(*a));
  const bool plausible_last = is_plausible_year(calendar_of(*c), static_cast<int>(*c));
  if (plausible_first && set(calendar_of(*a), *a, *b, *c)) return out;
  if (plausible_last) {
    const Calendar calendar = calendar_of(*c);
    const bool day_first = set(calendar, *c, *b, *a);
    if (calendar == Calendar::persian) return day_first ? std::optional(out) : std::nullopt;
    if (options_.order == FieldOrder::month_first || (options_.order == FieldOrder::unknown && !day_first)) {
      return set(calendar, *c, *a, *b) ? std::optional(out) : std::nullopt;
    }
    out.day_or_month_first = options_.order == FieldOrder::unknown && *a <= 12 && *a != *b;
    return day_first ? std::optional(out) : std::nullopt;
  }
  // A year of two digits: only where it can be nothing else.
  if (*a >= 50 && *a <= 99 && t_.word(first).size() == 2 &&
      set(Calendar::persian, full_persian_year(static_cast<int>(*a)), *b, *c)) {
    return out;
  }
  const bool is_short = t_.word(third).size() == 2 && (*c >= 50 || *c <= 9) && is_in_arabic_script(first, third);
  if (is_short && set(Calendar::persian, full_persian_year(static_cast<int>(*c)), *b, *a)) return out;
  return std::nullopt;
}

/// The digits, or a word beside them, are written in the Arabic script.
bool DateReader::is_in_arabic_script(std::uint32_t first, std::uint32_t last) const {
  const std::uint32_t begin = t_.span(first, first + 1).begin;
  return static_cast<unsigned char>(t_.reading().text()[begin]) >= 0x80 || (first > 0 && t_.is_arabic(first - 1)) ||
         t_.is_arabic(last + 1);
}

std::optional<int> DateReader::day_at(std::uint32_t i, std::uint32_t& past) const {
  const auto number = t_.cardinal(i);
  if (!number || number->form == NumberForm::vague || number->low < 1 || number->low > 31) return std::nullopt;
  past = number->past;
  return static_cast<int>(number->low);
}

bool DateReader::is_day_link(std::uint32_t i) const {
  static constexpr std::string_view kLinks[] = {"to",   "and", "until", "through", "till", "حتی",
                                                "وحتی", "تا",  "الی",   "و",       "-",    ","};
  return is_one_of(t_.word(i), kLinks);
}

/// "16 November", "the 16th of November", «۲۵ آبان», "3 to 12 May", «۲۴ و ۲۵ آبان».
std::optional<RawTime> DateReader::read_day_month(std::uint32_t i) const {
  RawTime out;
  out.first = i;
  std::uint32_t next = i;
  if (t_.is(next, "the")) ++next;
  out.day = day_at(next, next);
  if (!out.day) return std::nullopt;
  // "24, 25 and 26 May": the stretch from the first to the last.
  for (int days = 0; days < kDaysInList && is_day_link(next); ++days) {
    const bool has_weekday = t_.is_role(next + 1, TimeRole::weekday);
    const std::uint32_t after_weekday = has_weekday ? t_.past(next + 1) : t_.is(next + 1, "the") ? next + 2 : next + 1;
    std::uint32_t after_link = next;
    const auto last = day_at(after_weekday, after_link);
    if (!last || *last <= out.last_day.value_or(*out.day)) break;
    out.last_day = last;
    next = after_link;
  }
  if (t_.is(next, "day") && t_.is(next + 1, "of")) ++next;
  if (t_.is(next, "of") || (t_.is_mark(next, '-') && t_.is_attached(next)) || t_.is(next, "من")) ++next;
  if (t_.is(next, "ماه") || t_.is(next, "شهر")) ++next;
  const TimeWord* month = t_.time_word(next);
  if (month == nullptr || month->role != TimeRole::month) return std::nullopt;
  out.calendar = month->calendar;
  out.month = month->value;
  out.past = t_.past(next);
  take_year(out);
  if (!out.year && is_name(out)) return std::nullopt;
  return has_evidence(out, *month) ? std::optional(out) : std::nullopt;
}

/// A date that stands for a place: «میدان هفت تیر», "17 September Square".
bool DateReader::is_name(const RawTime& date) const {
  if (t_.is(date.past, "square") || t_.is(date.past, "street") || t_.is(date.past, "hospital")) return true;
  return date.first > 0 && is_one_of(t_.word(date.first - 1), kNamedAfterDates);
}

/// "November 2022", "Nov. 16", "November 16-18, 2022", «آبان ماه ۱۴۰۱».
std::optional<RawTime> DateReader::read_month(std::uint32_t i) const {
  // «شهر شباط», «ماه آبان».
  if ((t_.is(i, "شهر") || t_.is(i, "ماه")) && t_.is_role(i + 1, TimeRole::month)) {
    auto named = read_month(i + 1);
    if (named) named->first = i;
    return named;
  }
  const TimeWord* month = t_.time_word(i);
  if (month == nullptr || month->role != TimeRole::month) return std::nullopt;
  // «مدرسه ۱۵ خرداد»: the day before it was no day, so this is no month.
  if (i >= 2 && is_one_of(t_.word(i - 2), kNamedAfterDates)) return std::nullopt;
  RawTime out;
  out.first = i;
  out.past = t_.past(i);
  out.calendar = month->calendar;
  out.month = month->value;
  const bool is_latin = !t_.is_arabic(i);
  if (is_latin) {
    if (t_.is_mark(out.past, '.') && t_.is_attached(out.past) && (t_.is_number(out.past + 1))) ++out.past;
    take_days_after(out);
  } else if (out.calendar == Calendar::gregorian && is_day_link(out.past + 1) && !t_.is(out.past + 1, "و")) {
    take_days_after(out);  // «تموز 13 إلى 15»: alone, a number after the month may count anything
  }
  take_year(out);
  if (!out.year && is_name(out)) return std::nullopt;
  return has_evidence(out, *month) ? std::optional(out) : std::nullopt;
}

void DateReader::take_days_after(RawTime& out) const {
  std::uint32_t past = out.past;
  if (t_.is(past, "the") || (t_.is_mark(past, '-') && t_.is_attached(past))) ++past;
  const auto day = day_at(past, past);
  if (!day) return;
  out.day = day;
  out.past = past;
  if (is_day_link(past) && !t_.is_mark(past, ',')) {
    std::uint32_t after = past;
    const auto last = day_at(t_.is(past + 1, "the") ? past + 2 : past + 1, after);
    const bool next_is_month = t_.is_role(after, TimeRole::month);
    if (last && *last > *day && !next_is_month) {
      out.last_day = last;
      out.past = after;
    }
  }
}

std::optional<int> DateReader::year_at(std::uint32_t i, Calendar calendar, std::uint32_t& past) const {
  if (t_.is_number(i)) {
    const auto value = t_.digits(i);
    const std::size_t size = t_.word(i).size();
    const bool goes_on = t_.is_attached(i + 1) && (t_.is_mark(i + 1, ':') || t_.is_mark(i + 1, '/'));
    if (!value || goes_on) return std::nullopt;
    past = i + 1;
    if (size == 4 && is_plausible_year(calendar, static_cast<int>(*value))) return static_cast<int>(*value);
    if (size == 2 && calendar == Calendar::persian && (*value >= 50 || *value <= 9)) {
      return full_persian_year(static_cast<int>(*value));
    }
    return std::nullopt;
  }
  const auto words = t_.cardinal(i);
  if (!words || words->form != NumberForm::words || words->low > 9999) return std::nullopt;
  past = words->past;
  const int value = static_cast<int>(words->low);
  if (is_plausible_year(calendar, value)) return value;
  return std::nullopt;
}

std::uint32_t DateReader::past_era(std::uint32_t i, Calendar& calendar) const {
  std::uint32_t past = i;
  if (t_.is(past, "هجری")) ++past;
  if (t_.is(past, "شمسی") || t_.is(past, "خورشیدی")) {
    calendar = Calendar::persian;
    return past + 1;
  }
  if (t_.is(past, "قمری")) {
    calendar = Calendar::islamic;
    return past + 1;
  }
  if (t_.is(past, "میلادی") || t_.is(past, "میلادیه")) return past + 1;
  return i;
}

void DateReader::take_year(RawTime& out) const {
  std::uint32_t next = out.past;
  if (t_.is_mark(next, ',') || t_.is(next, "of") || t_.is(next, "in") || t_.is(next, "من")) ++next;
  if ((t_.is_mark(next, '-') || t_.is_mark(next, '/')) && t_.is_attached(next)) ++next;
  if (t_.is(next, "سال") || t_.is(next, "عام") || t_.is(next, "سنه")) ++next;
  std::uint32_t past = next;
  const auto year = year_at(next, out.calendar, past);
  if (!year) return;
  // "May 12, 40 people": two digits are a year only right after a month.
  if (*year < 1500 && t_.word(next).size() == 2 && next != out.past && !t_.is(next - 1, "سال")) return;
  out.year = year;
  Calendar calendar = out.calendar;
  out.past = past_era(past, calendar);
}

bool DateReader::has_evidence(const RawTime& date, const TimeWord& month) const {
  if (month.evidence == Evidence::none) return true;
  if (month.evidence == Evidence::year) return date.day && date.year;
  if (date.day || date.year) {
    // «۲ تیر» may be two shots, "may 2" a modal: a year, a capital or the Persian order of words decides.
    if (date.year || t_.is_arabic(date.past - 1)) return true;
    return t_.is_capital(date.first) || t_.is_number(date.first) || t_.is(date.first, "the");
  }
  if (t_.is_role(t_.past(date.first), TimeRole::past_mark) || t_.is_role(t_.past(date.first), TimeRole::year_alone))
    return true;
  // «تیر دو سال پیش».
  if (const auto count = t_.is_arabic(date.first) ? t_.cardinal(t_.past(date.first)) : std::nullopt;
      count && t_.is(count->past, "سال") && t_.is_role(count->past + 1, TimeRole::ago_mark)) {
    return true;
  }
  // «مهر و آبان ۱۴۰۱».
  const std::uint32_t and_month = t_.past(date.first) + 1;
  if (t_.is(and_month - 1, "و") && t_.is_role(and_month, TimeRole::month) && t_.is_number(t_.past(and_month)))
    return true;
  if (date.first == 0) return false;
  if (t_.is_arabic(date.first)) {
    return t_.is(date.first - 1, "ماه") || t_.is(date.first - 1, "شهر") ||
           t_.is_role(date.first - 1, TimeRole::part_mark) || is_one_of(t_.word(date.first - 1), kCountedParts) ||
           (t_.is(date.first - 1, "در") && is_one_of(t_.word(date.first), kMonthsAfterIn));
  }
  return t_.is_capital(date.first) && is_one_of(t_.word(date.first - 1), kMonthCues);
}

/// "2020/Sep/23", "2017 April".
std::optional<RawTime> DateReader::read_year_first(std::uint32_t i) const {
  if (!t_.is_number(i) || t_.word(i).size() != 4) return std::nullopt;
  std::uint32_t next = i + 1;
  if (t_.is_mark(next, '/') || t_.is_mark(next, '-')) ++next;
  const TimeWord* month = t_.time_word(next);
  if (month == nullptr || month->role != TimeRole::month || t_.is_arabic(next)) return std::nullopt;
  if (month->evidence != Evidence::none && !t_.is_capital(next)) return std::nullopt;
  RawTime out;
  out.first = i;
  out.calendar = month->calendar;
  out.year = year_at(i, month->calendar, out.past);
  if (!out.year) return std::nullopt;
  out.month = month->value;
  out.past = t_.past(next);
  if (t_.is_mark(out.past, '/') && t_.is_attached(out.past) && t_.is_number(out.past + 1)) ++out.past;
  take_days_after(out);
  return out;
}

/// «پاییز ۱۴۰۱», "summer of 2022".
std::optional<RawTime> DateReader::read_season(std::uint32_t i) const {
  const TimeWord* season = t_.time_word(i);
  if (season == nullptr || season->role != TimeRole::season) return std::nullopt;
  RawTime out;
  out.first = i;
  out.past = t_.past(i);
  out.calendar = t_.is_arabic(i) && !t_.word(i).starts_with("ال") ? Calendar::persian : Calendar::gregorian;
  take_year(out);
  if (!out.year && out.calendar == Calendar::persian) {
    out.calendar = Calendar::gregorian;
    take_year(out);
  }
  if (!out.year) return std::nullopt;
  // Gregorian seasons by calendar months: spring March to May, winter from December on.
  out.month = out.calendar == Calendar::persian ? season->value * 3 + 1 : season->value * 3 + 3;
  out.last_month = *out.month + 2;
  if (season->evidence == Evidence::number && t_.is(i, "fall")) {
    out.month = 9;
    out.last_month = 11;
  }
  return out;
}

/// "the 1990s", «دهه ۶۰», «دهه شصت».
std::optional<RawTime> DateReader::read_decade(std::uint32_t i) const {
  RawTime out;
  out.first = i;
  if (t_.is_number(i) && t_.is_attached(i + 1) && t_.is(i + 1, "s")) {
    const auto value = t_.digits(i);
    if (!value || *value % 10 != 0 ||
        !is_plausible_year(Calendar::gregorian, static_cast<int>(std::min<std::int64_t>(*value, 9999)))) {
      return std::nullopt;
    }
    out.year = static_cast<int>(*value);
    out.past = i + 2;
  } else if (t_.is(i, "دهه")) {
    const auto number = t_.cardinal(i + 1);
    if (!number || number->low % 10 != 0 || number->low > 9999 || number->form == NumberForm::vague)
      return std::nullopt;
    const int value = static_cast<int>(number->low);
    const bool is_short = value >= 10 && value <= 90;
    out.calendar = is_short || is_plausible_year(Calendar::persian, value) ? Calendar::persian : Calendar::gregorian;
    out.year = is_short ? 1300 + value : value;
    if (!is_plausible_year(out.calendar, *out.year)) return std::nullopt;
    out.past = past_era(number->past, out.calendar);
    if (out.calendar == Calendar::gregorian && is_short) return std::nullopt;
  } else {
    return std::nullopt;
  }
  out.last_year = *out.year + 9;
  return out;
}

/// «قرن بیستم», "the 19th century".
std::optional<RawTime> DateReader::read_century(std::uint32_t i) const {
  const bool is_before = t_.is(i, "قرن") || t_.is(i, "سده") || t_.is(i, "القرن");
  const auto number = t_.cardinal(is_before ? i + 1 : t_.is(i, "the") ? i + 1 : i);
  if (!number || number->form != NumberForm::ordinal || number->low < 1 || number->low > 21) return std::nullopt;
  if (!is_before && !t_.is(number->past, "century")) return std::nullopt;
  RawTime out;
  out.first = i;
  out.past = is_before ? number->past : number->past + 1;
  out.year = static_cast<int>(number->low - 1) * 100 + 1;
  out.last_year = *out.year + 99;
  if (is_before) out.past = past_era(out.past, out.calendar);
  return out;
}

/// "Q3 2019", "2019-Q3", "third quarter 2018".
std::optional<RawTime> DateReader::read_quarter(std::uint32_t i) const {
  static constexpr std::string_view kQuarters[] = {"q1", "q2", "q3", "q4"};
  const auto quarter_at = [&](std::uint32_t at) {
    return static_cast<int>(std::find(std::begin(kQuarters), std::end(kQuarters), t_.word(at)) - std::begin(kQuarters));
  };
  RawTime out;
  out.first = i;
  std::uint32_t past = i;
  int quarter = quarter_at(i);
  if (quarter < 4) {
    std::uint32_t next = i + 1;
    if (t_.is(next, "of") || t_.is_mark(next, '-')) ++next;
    out.year = year_at(next, Calendar::gregorian, past);
  } else if (t_.is_number(i)) {
    const std::uint32_t next = t_.is_mark(i + 1, '-') ? i + 2 : i + 1;
    quarter = quarter_at(next);
    out.year = year_at(i, Calendar::gregorian, past);
    past = next + 1;
  }
  if (quarter >= 4 || !out.year) return std::nullopt;
  out.month = 3 * quarter + 1;
  out.last_month = *out.month + 2;
  out.past = past;
  return out;
}

/// A feast of the Persian year with its year: «نوروز ۱۴۰۲», «یلدای ۱۴۰۱».
std::optional<RawTime> DateReader::read_feast(std::uint32_t i) const {
  const auto* feast =
      std::find_if(std::begin(kFeasts), std::end(kFeasts), [&](const Feast& f) { return t_.is(i, f.word); });
  if (feast == std::end(kFeasts)) return std::nullopt;
  RawTime out;
  out.first = i;
  out.past = i + 1;
  out.calendar = Calendar::persian;
  take_year(out);
  if (!out.year || *out.year > 1500) return std::nullopt;
  out.month = feast->month;
  out.day = feast->day;
  return out;
}

/// Digits or words that are a year by what stands around them.
bool DateReader::is_bare_year(std::uint32_t i) const {
  if (i > 0 && t_.is_attached(i) && !t_.is_mark(i - 1, '(') && !t_.is_mark(i - 1, '"') && !t_.is_mark(i - 1, ',') &&
      !t_.is_mark(i - 1, '-') && !t_.is_arabic(i - 1)) {
    return false;
  }
  const std::uint32_t next = i + 1;
  if (t_.is_attached(next) && !t_.is_mark(next, ')') && !t_.is_mark(next, ',') && !t_.is_mark(next, '.') &&
      !t_.is_mark(next, '-') && !t_.is_mark(next, '\'') && !t_.is_mark(next, '"') && !t_.is_mark(next, '?') &&
      !t_.is_mark(next, '!') && !t_.is_mark(next, ';') && !t_.is_mark(next, ':')) {
    return false;
  }
  if (t_.is_attached(next) && t_.is_attached(next + 1) && t_.is_number(next + 1) && !t_.is_mark(next, '-'))
    return false;
  return !is_one_of(t_.word(next), kCounted);
}

/// "in 2017", "(2019)", "2017, 2019 and 2022", «سال ۹۸», "2017-2019".
std::optional<RawTime> DateReader::read_year(std::uint32_t i) const {
  RawTime out;
  out.first = i;
  std::uint32_t at = i;
  const bool says_year = t_.is(i, "سال") || t_.is(i, "سالهای") || t_.is(i, "عام") || t_.is(i, "سنه") ||
                         (t_.is(i, "year") && t_.is_number(i + 1));
  if (says_year) ++at;
  if (t_.is(i, "سال") && (t_.is(at, "های") || t_.is(at, "ها"))) ++at;
  const bool after_event = i > 0 && is_one_of(t_.word(i - 1), kYearlyEvents);
  if (!t_.is_number(at) && !says_year) return std::nullopt;
  const auto first_digits = t_.digits(at);
  const bool is_gregorian = first_digits && *first_digits >= 1500;
  // «۱۳۹۶-۱۳۹۸» needs no word beside it.
  const auto second_digits = t_.is_mark(at + 1, '-') ? t_.digits(at + 2) : std::nullopt;
  const bool is_persian_pair = first_digits && second_digits && *first_digits < *second_digits &&
                               *second_digits < 1500 && *first_digits >= 1200 && is_in_arabic_script(at, at);
  out.calendar = is_gregorian || !(says_year || is_persian_pair || t_.is_arabic(at + 1) ||
                                   (at > 0 && t_.is_arabic(at - 1)) || (at > 1 && t_.is_arabic(at - 2)))
                     ? Calendar::gregorian
                     : Calendar::persian;
  std::uint32_t past = at;
  out.year = year_at(at, out.calendar, past);
  if (!out.year && says_year) out.year = year_at(at, Calendar::gregorian, past);
  if (!out.year || (t_.word(at).size() == 2 && ((!says_year && !after_event) || t_.is(i, "year")))) return std::nullopt;
  const std::string_view before = i == 0 ? std::string_view() : t_.word(i - 1);
  if (is_one_of(before, kNumbered)) return std::nullopt;
  out.past = past_era(past, out.calendar);
  const bool has_cue = says_year || is_one_of(before, kYearCues) || before == "(" || before == "," || before == "و" ||
                       t_.is_arabic(i - 1 < t_.size() ? i - 1 : 0);
  const bool is_named = *out.year >= 1970 && *out.year < 2040 && t_.is_number(at) && t_.word(at).size() == 4;
  const bool has_era = out.past != past;
  if (t_.is_number(at) && !is_bare_year(at)) return std::nullopt;
  if (!has_cue && !is_named && !has_era && !is_persian_pair) return std::nullopt;
  const bool is_plural = says_year && (t_.is(at - 1, "های") || t_.is(at - 1, "سالهای"));
  if (is_plural && (t_.is(out.past, "تا") || t_.is(out.past, "الی")) && t_.is_number(out.past + 1)) {
    std::uint32_t after = out.past;
    const auto last = year_at(out.past + 1, out.calendar, after);
    if (last && *last > *out.year) {
      out.last_year = last;
      out.past = after;
      return out;
    }
  }
  const bool dashes = t_.is_mark(out.past, '-') && t_.is_attached(out.past) && t_.is_number(out.past + 1) &&
                      t_.is_attached(out.past + 1);
  if (dashes) {
    std::uint32_t after = out.past;
    const auto last = year_at(out.past + 1, out.calendar, after);
    if (!last || *last <= *out.year) return std::nullopt;
    out.last_year = last;
    out.past = after;
  }
  return out;
}

}  // namespace gavah::text
