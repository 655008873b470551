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
/// Words between two months that make months of both.
constexpr std::string_view kMonthLinks[] = {"و", "تا", "الی", ",", "to", "-", "through", "thru", "and", "until"};
/// Months that «در» makes plain; «در بهمن» may be an avalanche, «در تیر» a pole.
constexpr std::string_view kMonthsAfterIn[] = {"مهر", "آبان", "آذر", "دی", "اسفند", "ابان", "اذر"};
/// Ordinals of the parts of a month: «هفته آخر مهر», «ده روز اول آبان».
constexpr std::string_view kCountedParts[] = {"اول", "نخست", "دوم",    "سوم",     "چهارم",
                                              "اخر", "آخر",  "پایانی", "ابتدایی", "اغازین"};
/// Words after which a number of four digits is a year.
constexpr std::string_view kYearCues[] = {"in",    "since",  "of",     "by",    "from",    "until", "till",
                                          "to",    "during", "before", "after", "the",     "year",  "and",
                                          "early", "late",   "mid",    "سال",   "عام",     "سنه",   "در",
                                          "تا",    "از",     "منذ",    "فی",    "between", "around"};
/// "Year" before its number.
constexpr std::string_view kYearWords[] = {"سال", "عام", "سنه", "لعام", "لسنه", "بعام"};
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
constexpr std::string_view kCounted[] = {
    "people",   "protesters", "demonstrators", "workers",   "prisoners", "men",    "women", "students", "teachers",
    "families", "arrests",    "deaths",        "detainees", "killed",    "others", "were",  "نفر",      "تن",
    "کارگر",    "معترض",      "زندانی",        "تومان",     "شخص",       "شخصا",   "عاملا", "معتقلا",   "متظاهرا",
    "محتجا",    "قتیلا",      "جریحا",         "سجینا",     "طالبا",     "مواطنا", "مدنیا", "موظفا",    "عائله"};

/// What two digits after a month count when they are no year: «آبان ۵۰ شهر», «در مهر ۶۰ دانشجو».
constexpr std::string_view kCountedByTens[] = {
    "کشته",   "زخمی",    "مجروح",   "بازداشتی", "دانشجو", "معلم",     "زن",      "مرد",   "کودک",    "شهر",
    "روستا",  "کارخانه", "مورد",    "درصد",     "هزار",   "میلیون",   "میلیارد", "دلار",  "ریال",    "بار",
    "دقیقه",  "متر",     "کیلومتر", "معترض",    "شهروند", "نماینده",  "فعال",    "زندان", "دانشگاه", "خانواده",
    "خانوار", "شرکت",    "دستگاه",  "واحد",     "کارمند", "استان",    "مدرسه",   "دانش",  "روزنامه", "وکیل",
    "شاهد",   "بیمار",   "پرستار",  "راننده",   "کشاورز", "بازنشسته", "سرباز"};

/// Words before a quarter without a year: "in the third quarter".
constexpr std::string_view kQuarterCues[] = {"in", "for", "during", "since", "by", "until", "from"};

constexpr int kDaysInList = 6;

}  // namespace

std::optional<RawTime> DateReader::read(std::uint32_t i) const {
  std::optional<RawTime> best;
  const auto keep = [&](std::optional<RawTime> found) {
    if (found && (!best || found->past > best->past)) best = std::move(found);
  };
  keep(numeric_.read(i));
  keep(read_day_month(i));
  keep(read_month(i));
  keep(read_year_first(i));
  keep(read_season(i));
  keep(read_decade(i));
  keep(read_century(i));
  keep(read_quarter(i));
  keep(read_year(i));
  return best;
}

std::optional<int> DateReader::day_at(std::uint32_t i, std::uint32_t& past) const {
  const auto number = t_.cardinal(i);
  if (!number || number->form == NumberForm::vague || number->low < 1 || number->low > 31) return std::nullopt;
  past = number->past;
  return static_cast<int>(number->low);
}

bool DateReader::is_day_link(std::uint32_t i) const {
  static constexpr std::string_view kLinks[] = {"to",   "and", "until", "through", "till", "thru", "حتی",
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
  // "$12 December 27".
  if (!out.day || (i > 0 && t_.is_mark(i - 1, '$'))) return std::nullopt;
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
  if (t_.is(next, "of") || ((t_.is_mark(next, '-') || t_.is_mark(next, '/')) && t_.is_attached(next)) ||
      t_.is(next, "من") || t_.is(next, "فی")) {
    ++next;
  }
  if (t_.is(next, "ماه") || t_.is(next, "شهر") || t_.is(next, "الشهر")) ++next;
  if (next > i && (t_.is(next - 1, "شهر") || t_.is(next - 1, "الشهر"))) {
    if (auto numbered = numbered_month(next - 1)) {
      numbered->first = i;
      numbered->day = out.day;
      numbered->last_day = out.last_day;
      return numbered;
    }
  }
  const TimeWord* month = t_.time_word(next);
  if (month == nullptr || month->role != TimeRole::month) return std::nullopt;
  out.calendar = month->calendar;
  out.month = month->value;
  out.past = t_.past(next);
  take_year(out);
  if (!out.year && is_name(out)) return std::nullopt;
  return has_evidence(out, *month) ? std::optional(out) : std::nullopt;
}

/// «شهر 10», «الشهر التاسع»: a month by its number, as Arabic has it after a preposition and at the end of what is
/// said. Persian «شهر» is a city.
std::optional<RawTime> DateReader::numbered_month(std::uint32_t i) const {
  static constexpr std::string_view kCues[] = {"من", "فی",  "بدایه", "نهایه", "منتصف",
                                               "نص", "اول", "اخر",   "اوایل", "اواخر"};
  constexpr int kMonths = 12;
  if (i == 0 || (!t_.is(i, "شهر") && !t_.is(i, "الشهر")) || !is_one_of(t_.word(i - 1), kCues)) return std::nullopt;
  const auto number = t_.cardinal(i + 1);
  if (!number || number->low < 1 || number->low > kMonths || number->form == NumberForm::vague) return std::nullopt;
  RawTime out;
  out.first = i;
  out.past = number->past;
  out.month = static_cast<int>(number->low);
  take_year(out);
  return out.year || t_.ends_words(out.past) ? std::optional(out) : std::nullopt;
}

/// A date that stands for a place: «میدان هفت تیر», "17 September Square".
bool DateReader::is_name(const RawTime& date) const {
  if (t_.is(date.past, "square") || t_.is(date.past, "street") || t_.is(date.past, "hospital")) return true;
  return names_place(date.first);
}

/// «میدان», «بیمارستان شهدای» before token i.
bool DateReader::names_place(std::uint32_t i) const {
  const std::uint32_t at = i > 1 && t_.is(i - 1, "شهدای") ? i - 1 : i;
  return at > 0 && is_one_of(t_.word(at - 1), kNamedAfterDates);
}

/// "November 2022", "Nov. 16", "November 16-18, 2022", «آبان ماه ۱۴۰۱».
std::optional<RawTime> DateReader::read_month(std::uint32_t i) const {
  // «شهر شباط», «ماه آبان».
  const bool is_plural = t_.is(i, "ماههای") || (t_.is(i, "ماه") && t_.is(i + 1, "های"));
  const std::uint32_t at = t_.is(i, "ماه") && is_plural ? i + 2 : i + 1;
  if ((t_.is(i, "شهر") || t_.is(i, "ماه") || is_plural) && t_.is_role(at, TimeRole::month)) {
    auto named = read_month(at);
    if (named) named->first = i;
    return named;
  }
  if (auto numbered = numbered_month(i)) return numbered;
  const TimeWord* month = t_.time_word(i);
  if (month == nullptr || month->role != TimeRole::month) return std::nullopt;
  // «مدرسه ۱۵ خرداد»: the day before it was no day, so this is no month.
  if (i >= 2 && names_place(i - 1)) return std::nullopt;
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
  const bool is_dashed = (t_.is_mark(past, '-') || t_.is_mark(past, '/')) && t_.is_attached(past);
  if (t_.is(past, "the") || is_dashed) ++past;
  // "October, 1st".
  if (t_.is_mark(past, ',') && t_.is_number(past + 1) && t_.is_attached(past + 2) && t_.cardinal(past + 1) &&
      t_.cardinal(past + 1)->form == NumberForm::ordinal) {
    ++past;
  }
  const auto said = t_.cardinal(past);
  const auto day = day_at(past, past);
  // "In September two wards were emptied".
  const bool counts = said && said->form == NumberForm::words && !t_.ends_words(past) && !t_.is_number(past) &&
                      !is_day_link(past) && !t_.cardinal(past);
  if (!day || counts) return;
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
  if (!t_.is_arabic(i)) return spoken_year(value, calendar, past);
  // «آبان نود و هشت».
  if (calendar == Calendar::persian && value >= 50 && value <= 99) return full_persian_year(value);
  return std::nullopt;
}

/// "Nineteen eighty-six", "nineteen hundred": the century and the year in it; `past` stands after the century.
std::optional<int> DateReader::spoken_year(int century, Calendar calendar, std::uint32_t& past) const {
  if (calendar != Calendar::gregorian || century < 18 || century > 21) return std::nullopt;
  const auto rest = t_.cardinal(past);
  if (!rest || rest->form != NumberForm::words || rest->low < 10 || rest->low > 99) return std::nullopt;
  past = rest->past;
  return century * 100 + static_cast<int>(rest->low);
}

/// «۲۸ مرداد ۳۲»: after a day and a month two digits below 50 are a year of the 1300s, where nothing follows that they
/// could count.
std::optional<int> DateReader::old_year(std::uint32_t at, std::uint32_t& past) const {
  const auto value = t_.cardinal(at);
  const bool is_number = value && (value->form == NumberForm::digits || value->form == NumberForm::words);
  if (!is_number || value->low < 10 || value->low > 49 || !ends_count(value->past)) return std::nullopt;
  if (t_.is_number(at) && (t_.word(at).size() != 2 || value->past != at + 1)) return std::nullopt;
  // «۲۵ آبان ۲۲:۳۰», «۱۰ مهر تا ۱۵ مهر» and «۱۰ مهر، ۱۵ نفر» are none.
  if (!t_.ends_words(value->past) && t_.is_mark(value->past, ':')) return std::nullopt;
  if (t_.is(value->past, "تا") || t_.is(value->past, "و") || t_.is_mark(at - 1, ',')) return std::nullopt;
  past = value->past;
  return 1300 + static_cast<int>(value->low);
}

/// "April of 87", "31-Oct-74", "14th April 15" where nothing else is said: a Gregorian year of two digits at `at`.
std::optional<int> DateReader::short_year(const RawTime& date, std::uint32_t at, std::uint32_t& past) const {
  if (!t_.is_number(at) || t_.word(at).size() != 2 || t_.is_arabic(date.first)) return std::nullopt;
  const bool is_tied =
      t_.is_attached(at) && (t_.is_mark(at - 1, '-') || t_.is_mark(at - 1, '/') || t_.is_mark(at - 1, '\''));
  const bool is_said = t_.is(at - 1, "of") || (date.day && t_.is_alone(date.first, at + 1));
  if ((!is_tied || !date.day) && !is_said) return std::nullopt;
  const auto value = t_.digits(at);
  if (!value || (!date.day && *value <= 31)) return std::nullopt;
  constexpr int kPivot = 30;  // further back than a lifetime otherwise
  past = at + 1;
  return static_cast<int>(*value) + (*value < kPivot ? 2000 : 1900);
}

/// Nothing follows that a number before it could count.
bool DateReader::ends_count(std::uint32_t i) const {
  static constexpr std::string_view kAfterYears[] = {"در", "که", "تا", "از", "و", "را", "هم", "بود", "نیز", "به"};
  const std::string_view word = t_.word(i);
  return word.empty() || is_one_of(word, kAfterYears) || !is_word_byte(static_cast<unsigned char>(word[0]));
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
  return past_short_era(i, calendar);
}

/// «ه.ش», «هـ . ق», «ش», «م» after a year.
std::uint32_t DateReader::past_short_era(std::uint32_t i, Calendar& calendar) const {
  std::uint32_t past = i;
  if (t_.is(past, "ه")) ++past;
  const bool is_hijri = past != i;
  while (t_.is_mark(past, '.') && is_hijri && past < i + 2) ++past;
  if (t_.is(past, "م") && !is_hijri && t_.ends_words(past + 1)) return past + 1;
  if (!t_.is(past, "ش") && !t_.is(past, "ق")) return is_hijri ? past_hijri(i, calendar) : i;
  if (!is_hijri && !t_.ends_words(past + 1) && !t_.is_attached(past)) return i;
  calendar = t_.is(past, "ش") ? Calendar::persian : Calendar::islamic;
  return t_.is_mark(past + 1, '.') && t_.is_attached(past + 1) && is_hijri ? past + 2 : past + 1;
}

/// «1444 هـ» of Arabic texts: an Islamic year.
std::uint32_t DateReader::past_hijri(std::uint32_t i, Calendar& calendar) const {
  // «ه.» goes on: of which hijri years is not said.
  if (t_.is_mark(i + 1, '.') || (calendar == Calendar::persian && !t_.ends_words(i + 1))) return i;
  calendar = Calendar::islamic;
  return i + 1;
}

void DateReader::take_year(RawTime& out) const {
  // «تشرين الثاني/نوفمبر 2019»: both names of one month.
  if (t_.is_mark(out.past, '/') && t_.is_role(out.past + 1, TimeRole::month) && out.month) {
    const TimeWord* twin = t_.time_word(out.past + 1);
    if (twin->value == *out.month && twin->calendar == out.calendar) out.past = t_.past(out.past + 1);
  }
  std::uint32_t next = out.past;
  if (t_.is_mark(next, ',') || t_.is(next, "of") || t_.is(next, "in") || t_.is(next, "من") || t_.is(next, "فی")) ++next;
  if ((t_.is_mark(next, '-') || t_.is_mark(next, '/')) && t_.is_attached(next)) ++next;
  if (t_.is(next, "ی")) ++next;  // «ژانویه‌ی ۲۰۲۱»
  const bool says_year = is_one_of(t_.word(next), kYearWords);
  if (says_year) ++next;
  std::uint32_t past = next;
  auto year = year_at(next, out.calendar, past);
  if (!year && out.calendar == Calendar::gregorian) year = short_year(out, next, past);
  if (!year && out.calendar == Calendar::persian && out.day) year = old_year(next, past);
  if (!year) return;
  // "May 12, 40 people": two digits are a year only right after a month.
  if (out.calendar != Calendar::gregorian && t_.word(next).size() == 2 && next != out.past && !says_year) return;
  // «آبان شصت نفر»: in words, two digits are a year at the end of what is said, or after «سال».
  if (*year < 1500 && !t_.is_number(next) && !says_year && past <= next + 3 && !ends_count(past)) return;
  const bool is_short = !t_.is_number(next) || t_.word(next).size() == 2;
  if (!says_year && is_short && (is_one_of(t_.word(past), kCounted) || is_one_of(t_.word(past), kCountedByTens)))
    return;
  out.year = year;
  Calendar calendar = out.calendar;
  out.past = past_era(past, calendar);
}

bool DateReader::has_evidence(const RawTime& date, const TimeWord& month) const {
  // «دی‌ماهی» and «آذری» are people and things of a month, or names.
  if (t_.is_tied(date.past) && !t_.is(date.past, "های") && !t_.is(date.past, "ها")) return false;
  if (month.evidence == Evidence::none || t_.is_alone(date.first, date.past)) return true;
  if (month.evidence == Evidence::year) return date.day && date.year;
  if (date.day && t_.is(t_.past(date.first), "of")) return true;  // "the first of march"
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
  // «مهر و آبان ۱۴۰۱», «مهر تا آذر», "May to August".
  const std::uint32_t and_month = t_.past(date.first) + 1;
  const bool is_latin_month = !t_.is_arabic(date.first);
  if (is_one_of(t_.word(and_month - 1), kMonthLinks) && t_.is_role(and_month, TimeRole::month) &&
      (is_latin_month ? t_.is_capital(date.first) : t_.is_number(t_.past(and_month)))) {
    return true;
  }
  // «شهریور تا آذر».
  if (!is_latin_month && date.first > 1 && (t_.is(date.first - 1, "تا") || t_.is(date.first - 1, "الی")) &&
      t_.is_role(date.first - 2, TimeRole::month)) {
    return true;
  }
  if (is_latin_month && date.first > 1 && t_.is_capital(date.first) &&
      is_one_of(t_.word(date.first - 1), kMonthLinks) &&
      (t_.is_role(date.first - 2, TimeRole::month) || t_.is_number(date.first - 2))) {
    return true;
  }
  if (date.first == 0) return false;
  if (t_.is_arabic(date.first)) {
    return t_.is(date.first - 1, "ماه") || t_.is(date.first - 1, "شهر") ||
           t_.is_role(date.first - 1, TimeRole::part_mark) || is_one_of(t_.word(date.first - 1), kCountedParts) ||
           t_.is(date.first - 1, "ماههای") || (t_.is(date.first - 1, "های") && t_.is(date.first - 2, "ماه")) ||
           ((t_.is(date.first - 1, "در") || t_.is(date.first - 1, "توی")) &&
            is_one_of(t_.word(date.first), kMonthsAfterIn));
  }
  return t_.is_capital(date.first) && is_one_of(t_.word(date.first - 1), kMonthCues);
}

/// "2020/Sep/23", "2017 April".
std::optional<RawTime> DateReader::read_year_first(std::uint32_t i) const {
  if (!t_.is_number(i) || t_.word(i).size() != 4) return std::nullopt;
  std::uint32_t next = i + 1;
  if (t_.is_mark(next, '/') || t_.is_mark(next, '-')) ++next;
  // "2020/23/Sep".
  std::uint32_t past_day = next;
  const auto day_before = t_.is_number(next) && t_.is_mark(next + 1, '/') ? day_at(next, past_day) : std::nullopt;
  if (day_before) next = past_day + 1;
  const TimeWord* month = t_.time_word(next);
  if (month == nullptr || month->role != TimeRole::month) return std::nullopt;
  // «۱۴۰۱ آبان ۲۵»; in Persian and Arabic the day must follow, for the month may begin what comes next.
  if (t_.is_arabic(next) && !t_.is_number(t_.past(next))) return std::nullopt;
  if (month->evidence != Evidence::none && !t_.is_capital(next)) return std::nullopt;
  RawTime out;
  out.first = i;
  out.calendar = month->calendar;
  const auto year = t_.digits(i);
  if (!year || !is_plausible_year(month->calendar, static_cast<int>(*year))) return std::nullopt;
  out.year = static_cast<int>(*year);
  out.month = month->value;
  out.past = t_.past(next);
  out.day = day_before;
  if (day_before) return out;
  if (t_.is_mark(out.past, '/') && t_.is_attached(out.past) && t_.is_number(out.past + 1)) ++out.past;
  take_days_after(out);
  if (t_.is_arabic(next) && !out.day) return std::nullopt;
  return out;
}

/// «پاییز ۱۴۰۱», "summer of 2022".
std::optional<RawTime> DateReader::read_season(std::uint32_t i) const {
  // «فصل تابستان».
  if (t_.is(i, "فصل") && t_.is_role(i + 1, TimeRole::season)) {
    auto named = read_season(i + 1);
    if (named) named->first = i;
    return named;
  }
  const TimeWord* season = t_.time_word(i);
  if (season == nullptr || season->role != TimeRole::season) return std::nullopt;
  RawTime out;
  out.first = i;
  out.past = t_.past(i);
  out.calendar = season->calendar;
  take_year(out);
  if (!out.year && out.calendar == Calendar::persian && !starts_said_year(out.past)) {
    out.calendar = Calendar::gregorian;
    take_year(out);
  }
  const bool is_asked = is_asked_season(i, *season) || is_season_asked(i, out.past);
  if (!out.year && !starts_said_year(out.past) && !is_asked) return std::nullopt;
  if (!out.year && season->calendar == Calendar::persian) out.calendar = Calendar::persian;
  // Gregorian seasons by calendar months: spring March to May, winter from December on.
  out.month = out.calendar == Calendar::persian ? season->value * 3 + 1 : season->value * 3 + 3;
  out.last_month = *out.month + 2;
  if (season->evidence == Evidence::number && t_.is(i, "fall")) {
    out.month = 9;
    out.last_month = 11;
  }
  return out;
}

/// "In the summer", "over winter": the season next to the report.
bool DateReader::is_asked_season(std::uint32_t i, const TimeWord& season) const {
  static constexpr std::string_view kCues[] = {"in", "over", "during", "throughout", "since", "until"};
  if (t_.is_arabic(i) || i == 0) return false;
  std::uint32_t at = i;
  for (const std::string_view word : {"whole", "entire", "the"}) {
    if (at > 0 && t_.is(at - 1, word)) --at;
  }
  if (at == 0 || !is_one_of(t_.word(at - 1), kCues)) return false;
  // "In winter clothes", "in spring water", "in the fall of the government".
  static constexpr std::string_view kNext[] = {"and", "or", "the", "when", "as", "after", "before"};
  if (season.evidence == Evidence::none)
    return at < i ? !t_.is(i + 1, "of") : t_.ends_words(i + 1) || t_.is_any(i + 1, kNext);
  return at < i && t_.ends_words(i + 1);
}

/// «در تابستان», «فصل پاییز»: a Persian season without a year, where the words ask for a time.
bool DateReader::is_season_asked(std::uint32_t i, std::uint32_t past) const {
  static constexpr std::string_view kCues[] = {"در", "فصل", "طول", "تا", "توی"};
  const bool is_free = !t_.is_tied(past) && !t_.is(past, "آزادی") && !t_.is(past, "ازادی") && !t_.is(past, "عربی");
  const bool is_persian = i > 0 && t_.is_arabic(i) && t_.time_word(i)->calendar == Calendar::persian;
  // «فصل بهار و تابستان».
  const bool is_second =
      i >= 3 && t_.is(i - 1, "و") && t_.is_role(i - 2, TimeRole::season) && is_one_of(t_.word(i - 3), kCues);
  return is_persian && is_free && (is_second || is_one_of(t_.word(i - 1), kCues));
}

/// A year counted from the anchor goes on: «پاییز امسال», "summer of last year"; both are joined later.
bool DateReader::starts_said_year(std::uint32_t i) const {
  if (t_.is(i, "of") || t_.is(i, "in")) ++i;
  if (t_.is_role(i, TimeRole::year_alone)) return true;
  const auto is_year = [&](std::uint32_t at) {
    const TimeWord* word = t_.time_word(at);
    return word != nullptr && word->role == TimeRole::unit && word->value == static_cast<int>(TimeUnit::year);
  };
  const auto is_pointer = [&](std::uint32_t at) {
    const TimeWord* word = t_.time_word(at);
    return word != nullptr && (word->role == TimeRole::past_mark || word->role == TimeRole::future_mark ||
                               word->role == TimeRole::this_mark || word->role == TimeRole::ago_mark);
  };
  return (is_year(i) && is_pointer(i + 1)) || (is_pointer(i) && is_year(i + 1));
}

/// "Nineties", «التسعينيات»; 0 where there is no such word.
int DateReader::named_decade(std::uint32_t i) const {
  struct Decade {
    std::string_view word;
    int tens;
  };
  static constexpr Decade kDecades[] = {
      {"thirties", 30},   {"forties", 40},    {"fifties", 50},    {"sixties", 60},   {"seventies", 70},
      {"eighties", 80},   {"nineties", 90},   {"خمسینیات", 50},   {"ستینیات", 60},   {"سبعینیات", 70},
      {"سبعینات", 70},    {"ثمانینیات", 80},  {"ثمانینات", 80},   {"تسعینیات", 90},  {"تسعینات", 90},
      {"الخمسینیات", 50}, {"الستینیات", 60},  {"السبعینیات", 70}, {"السبعینات", 70}, {"الثمانینیات", 80},
      {"الثمانینات", 80}, {"التسعینیات", 90}, {"التسعینات", 90},
  };
  if (!t_.word(i).ends_with('s') && !t_.word(i).ends_with("ات")) return 0;
  const auto* found =
      std::find_if(std::begin(kDecades), std::end(kDecades), [&](const Decade& one) { return t_.is(i, one.word); });
  return found == std::end(kDecades) ? 0 : found->tens;
}

/// "the 1990s", «دهه ۶۰», «دهه شصت».
std::optional<RawTime> DateReader::read_decade(std::uint32_t i) const {
  RawTime out;
  out.first = i;
  if (const int tens = named_decade(i); tens != 0) {
    out.year = 1900 + tens;
    out.past = i + 1;
  } else if (t_.is_number(i) && t_.is(i + 1, "s") && (t_.is_attached(i + 1) || t_.word(i).size() == 4)) {
    const auto value = t_.digits(i);
    if (!value || *value % 10 != 0 ||
        !is_plausible_year(Calendar::gregorian, static_cast<int>(std::min<std::int64_t>(*value, 9999)))) {
      return std::nullopt;
    }
    out.year = static_cast<int>(*value);
    out.past = i + 2;
  } else if (t_.is(i, "دهه")) {
    const std::uint32_t at = t_.is(i + 1, "های") || t_.is(i + 1, "ی") ? i + 2 : i + 1;
    const auto number = t_.cardinal(at);
    if (!number || number->low % 10 != 0 || number->low > 9999 || number->form == NumberForm::vague)
      return std::nullopt;
    const int value = static_cast<int>(number->low);
    const bool is_short = value >= 10 && value <= 90;
    out.calendar = is_short || is_plausible_year(Calendar::persian, value) ? Calendar::persian : Calendar::gregorian;
    out.year = is_short ? 1300 + value : value;
    if (!is_plausible_year(out.calendar, *out.year)) return std::nullopt;
    const std::uint32_t past_number = number->past;
    out.past = past_era(past_number, out.calendar);
    // «دهه ۸۰ میلادی».
    if (is_short && out.past != past_number && t_.word(out.past - 1).starts_with("میلادی")) {
      out.calendar = Calendar::gregorian;
      out.year = 1900 + value;
    }
    // «دهه‌های ۶۰ و ۷۰».
    const bool is_linked = at == i + 2 && (t_.is(out.past, "و") || t_.is(out.past, "تا"));
    const auto last = is_linked ? t_.cardinal(out.past + 1) : std::nullopt;
    if (last && last->low > value && last->low % 10 == 0 && (last->low <= 90) == is_short) {
      out.last_year = *out.year + static_cast<int>(last->low) - value + 9;
      out.past = last->past;
      return out;
    }
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
  if (!number || number->low < 1 || number->low > 21) return std::nullopt;
  // «قرن ۱۹», «القرن العشرين».
  if (number->form != NumberForm::ordinal && (!is_before || number->form != NumberForm::digits)) return std::nullopt;
  if (!is_before && !t_.is(number->past, "century")) return std::nullopt;
  RawTime out;
  out.first = i;
  out.past = is_before ? number->past : number->past + 1;
  out.year = static_cast<int>(number->low - 1) * 100 + 1;
  out.last_year = *out.year + 99;
  // «قرن ششم و هفتم هجری».
  const auto last = is_before && t_.is(out.past, "و") ? t_.cardinal(out.past + 1) : std::nullopt;
  if (last && last->form == number->form && last->low == number->low + 1 && last->form == NumberForm::ordinal) {
    out.last_year = *out.last_year + 100;
    out.past = last->past;
  }
  if (is_before) out.past = past_era(out.past, out.calendar);
  return out;
}

/// "Q3 2019", "2019-Q3", "2019 H2", and without a year "Q3", "in the third quarter".
std::optional<RawTime> DateReader::read_quarter(std::uint32_t i) const {
  struct Share {
    std::string_view word;
    int month;
    int months;
  };
  static constexpr Share kShares[] = {{"q1", 1, 3},  {"q2", 4, 3}, {"q3", 7, 3},
                                      {"q4", 10, 3}, {"h1", 1, 6}, {"h2", 7, 6}};
  const auto share_at = [&](std::uint32_t at) {
    return std::find_if(std::begin(kShares), std::end(kShares), [&](const Share& one) { return t_.is(at, one.word); });
  };
  RawTime out;
  out.first = i;
  std::uint32_t past = i;
  const auto* share = share_at(i);
  if (share != std::end(kShares)) {
    std::uint32_t next = i + 1;
    if (t_.is(next, "of") || t_.is_mark(next, '-')) ++next;
    out.year = year_at(next, Calendar::gregorian, past);
    if (!out.year) past = i + 1;
  } else if (t_.is_number(i) && t_.word(i).size() == 4) {
    const std::uint32_t next = t_.is_mark(i + 1, '-') ? i + 2 : i + 1;
    share = share_at(next);
    out.year = year_at(i, Calendar::gregorian, past);
    past = next + 1;
    if (!out.year) return std::nullopt;
  } else {
    return read_named_quarter(i);
  }
  // H1 and H2 alone may name anything, "Q1" a question of a list.
  const bool is_asked = i > 0 && is_one_of(t_.word(i - 1), kQuarterCues);
  if (share == std::end(kShares) || (!out.year && (share->months == 6 || !(is_asked || t_.is_alone(i, past)))))
    return std::nullopt;
  out.month = share->month;
  out.last_month = share->month + share->months - 1;
  out.past = past;
  return out;
}

/// "In the third quarter", "3rd qtr": of the year next to the report.
std::optional<RawTime> DateReader::read_named_quarter(std::uint32_t i) const {
  const std::uint32_t at = t_.is(i, "the") ? i + 1 : i;
  const auto nth = t_.cardinal(at);
  if (!nth || nth->form != NumberForm::ordinal || nth->low < 1 || nth->low > 4 || t_.is_arabic(at)) return std::nullopt;
  if (!t_.is(nth->past, "quarter") && !t_.is(nth->past, "qtr")) return std::nullopt;
  RawTime out;
  out.first = i;
  out.past = nth->past + 1;
  const bool is_asked = i > 0 && is_one_of(t_.word(i - 1), kQuarterCues) && !t_.is(out.past, "of");
  if (!is_asked && !t_.is_alone(i, out.past)) return std::nullopt;
  out.month = 3 * static_cast<int>(nth->low) - 2;
  out.last_month = *out.month + 2;
  return out;
}

/// Digits or words that are a year by what stands around them.
bool DateReader::is_bare_year(std::uint32_t i) const {
  if (i > 0 && t_.is_attached(i) && !t_.is_mark(i - 1, '(') && !t_.is_mark(i - 1, '"') && !t_.is_mark(i - 1, ',') &&
      !t_.is_mark(i - 1, '~') && !t_.is_mark(i - 1, '-') && !t_.is_arabic(i - 1)) {
    return false;
  }
  const std::uint32_t next = i + 1;
  // «۱۹۸۴» in quotation marks of its own is a title.
  if (i > 0 && t_.is_mark(i - 1, '"') && t_.is_mark(next, '"')) return false;
  if (t_.is_attached(next) && !t_.is_mark(next, ')') && !t_.is_mark(next, ',') && !t_.is_mark(next, '.') &&
      !t_.is_mark(next, '-') && !t_.is_mark(next, '~') && !t_.is_mark(next, '\'') && !t_.is_mark(next, '"') &&
      !t_.is_mark(next, '?') && !t_.is_mark(next, '!') && !t_.is_mark(next, ';') && !t_.is_mark(next, ':')) {
    return false;
  }
  if (t_.is_attached(next) && t_.is_attached(next + 1) && t_.is_number(next + 1) && !t_.is_mark(next, '-') &&
      !t_.is_mark(next, '~'))
    return false;
  return !is_one_of(t_.word(next), kCounted);
}

/// "in 2017", "(2019)", "2017, 2019 and 2022", «سال ۹۸», "2017-2019".
std::optional<RawTime> DateReader::read_year(std::uint32_t i) const {
  RawTime out;
  out.first = i;
  std::uint32_t at = i;
  const bool says_year = is_one_of(t_.word(i), kYearWords) || t_.is(i, "سالهای") || t_.is(i, "عامی") ||
                         (t_.is(i, "year") && t_.is_number(i + 1));
  if (says_year) ++at;
  if (t_.is(i, "سال") && (t_.is(at, "های") || t_.is(at, "ها"))) ++at;
  const bool is_spoken = !says_year && i > 0 && !t_.is_arabic(i) && (t_.is(i - 1, "in") || t_.is(i - 1, "since"));
  // «از ۵۷ تا امروز».
  const bool is_from = i > 0 && t_.is(i - 1, "از") && t_.is(i + 1, "تا") &&
                       (t_.is_role(i + 2, TimeRole::day_word) || t_.is(i + 2, "کنون") || t_.is(i + 2, "اکنون"));
  const bool after_event = i > 0 && is_one_of(t_.word(i - 1), kYearlyEvents);
  if (!t_.is_number(at) && !says_year && !is_spoken) return std::nullopt;
  const auto first_digits = t_.digits(at);
  const bool is_gregorian = first_digits && *first_digits >= 1500;
  // «۱۳۹۶-۱۳۹۸» needs no word beside it.
  const auto second_digits = t_.is_mark(at + 1, '-') ? t_.digits(at + 2) : std::nullopt;
  const bool is_persian_pair = first_digits && second_digits && *first_digits < *second_digits &&
                               *second_digits < 1500 && *first_digits >= 1200 && numeric_.is_in_arabic_script(at, at);
  out.calendar = is_gregorian || !(says_year || is_from || is_persian_pair || t_.is_arabic(at + 1) ||
                                   (at > 0 && t_.is_arabic(at - 1)) || (at > 1 && t_.is_arabic(at - 2)))
                     ? Calendar::gregorian
                     : Calendar::persian;
  std::uint32_t past = at;
  out.year = year_at(at, out.calendar, past);
  if (is_spoken && !t_.is_number(at) && !t_.ends_words(past) && !t_.is(past, "and")) return std::nullopt;
  if (!out.year && says_year) out.year = year_at(at, Calendar::gregorian, past);
  if (!out.year || (t_.word(at).size() == 2 && ((!says_year && !after_event && !is_from) || t_.is(i, "year"))))
    return std::nullopt;
  const std::string_view before = i == 0 ? std::string_view() : t_.word(i - 1);
  if (is_one_of(before, kNumbered)) return std::nullopt;
  out.past = past_era(past, out.calendar);
  const bool has_cue = says_year || is_one_of(before, kYearCues) || before == "(" || before == "," || before == "و" ||
                       t_.is_arabic(i - 1 < t_.size() ? i - 1 : 0);
  const bool is_pair = t_.is_mark(at + 1, '-') && second_digits && *second_digits > *first_digits &&
                       *second_digits < *first_digits + 100 && t_.word(at + 2).size() == 4 && !t_.is_attached(at + 3) &&
                       is_gregorian;
  const bool is_named =
      is_pair || (*out.year >= 1970 && *out.year < 2040 && t_.is_number(at) && t_.word(at).size() == 4);
  const bool has_era = out.past != past;
  if (t_.is_number(at) && !is_bare_year(at)) return std::nullopt;
  if (!has_cue && !is_named && !has_era && !is_persian_pair) return std::nullopt;
  // «سال‌های ۹۰ تا ۹۲», «از سال ۸۸ تا ۹۲».
  // «سال ۹۰ تا ۹۲»: both are years, whatever leads.
  const bool is_plural = says_year && t_.is_arabic(at - 1) && t_.is_number(at);
  const bool is_pair_of_years = t_.is(i, "عامی") && before == "بین" && t_.is(out.past, "و");  // «بين عامي 2017 و2019»
  if (((is_plural && (t_.is(out.past, "تا") || t_.is(out.past, "الی"))) || is_pair_of_years) &&
      t_.is_number(out.past + 1)) {
    std::uint32_t after = out.past;
    const auto last = year_at(out.past + 1, out.calendar, after);
    // «در سال ۵۰ تا ۶۰ نفر»: neither is a year.
    const bool counts = last && is_counted(after);
    if (counts && t_.word(at).size() == 2) return std::nullopt;
    if (last && !counts && *last > *out.year) {
      out.last_year = last;
      out.past = past_era(after, out.calendar);
      return out;
    }
  }
  if (t_.is(i, "عامی") || t_.is(i, "سالهای") || at == i + 2) take_next_years(out);
  return take_dashed_year(out, at) ? std::optional(out) : std::nullopt;
}

/// "1934-1950", and with spaces where both are years of four digits; false where what stands there is no year.
bool DateReader::take_dashed_year(RawTime& out, std::uint32_t at) const {
  const bool is_four = t_.word(at).size() == 4 && t_.word(out.past + 1).size() == 4;
  const bool dashes = t_.is_mark(out.past, '-') && t_.is_number(out.past + 1) &&
                      (is_four || (t_.is_attached(out.past) && t_.is_attached(out.past + 1)));
  if (!dashes) return true;
  std::uint32_t after = out.past;
  const auto last = year_at(out.past + 1, out.calendar, after);
  if (!last || *last <= *out.year || (!is_four && is_counted(after))) return false;
  out.last_year = last;
  out.past = past_era(after, out.calendar);
  return true;
}

/// What a number before token i counts stands there.
bool DateReader::is_counted(std::uint32_t i) const {
  return is_one_of(t_.word(i), kCounted) || is_one_of(t_.word(i), kCountedByTens);
}

/// «سال‌های ۹۸ و ۹۹», «عامي 2018 و2019»: years on end are one stretch.
void DateReader::take_next_years(RawTime& out) const {
  constexpr int kYears = 10;
  for (int years = 1; years < kYears && (t_.is(out.past, "و") || t_.is_mark(out.past, ',')); ++years) {
    std::uint32_t after = out.past;
    const auto next = t_.is_number(out.past + 1) ? year_at(out.past + 1, out.calendar, after) : std::nullopt;
    if (!next || *next != out.last_year.value_or(*out.year) + 1 || is_counted(after)) return;
    out.last_year = next;
    out.past = past_era(after, out.calendar);
  }
}

}  // namespace gavah::text
