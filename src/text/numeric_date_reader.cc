#include "text/numeric_date_reader.h"

#include <algorithm>

#include "text/calendar.h"

namespace gavah::text {
namespace {

constexpr int kMonths = 12;
constexpr int kDays = 31;

/// Words before two numbers that make a day and a month of them.
constexpr std::string_view kDayCues[] = {"on",    "by",     "from",  "until", "till",
                                         "since", "before", "after", "this",  "next"};
/// Between two dates of digits.
constexpr std::string_view kDateLinks[] = {"to", "and", "or", ",", "-", "~", "until", "till", "through", "thru"};

template <std::size_t N>
bool is_one_of(std::string_view word, const std::string_view (&words)[N]) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

Calendar calendar_of(std::int64_t year) {
  return is_plausible_year(Calendar::persian, static_cast<int>(year)) ? Calendar::persian : Calendar::gregorian;
}

bool is_plausible(std::int64_t year) { return is_plausible_year(calendar_of(year), static_cast<int>(year)); }

/// Whether the fields are a date; `out` then holds it.
bool set(RawTime& out, Calendar calendar, std::int64_t year, std::int64_t month, std::int64_t day) {
  out.calendar = calendar;
  out.year = static_cast<int>(year);
  out.month = static_cast<int>(month);
  out.day = static_cast<int>(day);
  return to_day(CalendarDate{calendar, *out.year, *out.month, *out.day}).has_value();
}

}  // namespace

int full_persian_year(int two_digits) { return two_digits >= 50 ? 1300 + two_digits : 1400 + two_digits; }

std::optional<RawTime> NumericDateReader::read(std::uint32_t i) const {
  if (!t_.is_number(i)) return std::nullopt;
  for (const char mark : {'-', '/', '.'}) {
    if (!t_.is_mark(i + 1, mark) || !t_.is_number(i + 2) || goes_on(i, mark)) continue;
    if (auto three = read_three(i, mark)) return three;
    if (auto two = read_two(i, mark)) return two;
  }
  return read_compact(i);
}

/// The number at i belongs to what stands before it.
bool NumericDateReader::goes_on(std::uint32_t i, char mark) const {
  if (i == 0 || !t_.is_attached(i)) return false;
  if (t_.is_number(i - 1) || t_.is_mark(i - 1, '/')) return true;
  // "archive-2018-09-23" is a name with a date; "10/1/2018-10/7/2018" are two dates.
  if (!t_.is_mark(i - 1, '-')) return false;
  return mark == '-' && (t_.word(i).size() != 4 || (i > 1 && t_.is_number(i - 2)));
}

std::optional<RawTime> NumericDateReader::read_three(std::uint32_t i, char mark) const {
  if (!t_.is_mark(i + 3, mark) || !t_.is_number(i + 4)) return std::nullopt;
  bool is_tight = true;
  bool is_loose = true;
  for (std::uint32_t at = i + 1; at <= i + 4; ++at) {
    is_tight = is_tight && t_.is_attached(at);
    is_loose = is_loose && !t_.is_attached(at);
  }
  const bool has_year = t_.word(i).size() == 4 || t_.word(i + 4).size() == 4;
  if (!is_tight && (!is_loose || !has_year)) return std::nullopt;
  if (is_tight && t_.is_mark(i + 5, mark) && t_.is_attached(i + 5) && t_.is_number(i + 6) && t_.is_attached(i + 6))
    return std::nullopt;
  auto out = fields(i, i + 2, i + 4);
  if (!out) return std::nullopt;
  out->first = i;
  out->past = i + 5;
  return out;
}

/// "11/12/2022": the day first, unless the order is told or cannot be.
std::optional<RawTime> NumericDateReader::with_last_year(std::int64_t a, std::int64_t b, int year) const {
  RawTime day_first;
  RawTime month_first;
  const bool is_day_first = set(day_first, Calendar::gregorian, year, b, a);
  const bool is_month_first = set(month_first, Calendar::gregorian, year, a, b);
  if (is_month_first && (options_.order == FieldOrder::month_first || !is_day_first)) return month_first;
  if (!is_day_first) return std::nullopt;
  day_first.day_or_month_first = options_.order == FieldOrder::unknown && is_month_first && a != b;
  return day_first;
}

std::optional<RawTime> NumericDateReader::fields(std::uint32_t first, std::uint32_t second, std::uint32_t third) const {
  const auto a = t_.digits(first);
  const auto b = t_.digits(second);
  const auto c = t_.digits(third);
  if (!a || !b || !c || *a > 9999 || *b > 99 || *c > 9999) return std::nullopt;
  RawTime out;
  if (is_plausible(*a) && set(out, calendar_of(*a), *a, *b, *c)) return out;
  if (is_plausible(*c)) {
    if (calendar_of(*c) == Calendar::gregorian) return with_last_year(*a, *b, static_cast<int>(*c));
    return set(out, Calendar::persian, *c, *b, *a) ? std::optional(out) : std::nullopt;
  }
  // A year of two digits: only where it can be nothing else.
  if (*a >= 50 && *a <= 99 && t_.word(first).size() == 2 &&
      set(out, Calendar::persian, full_persian_year(static_cast<int>(*a)), *b, *c)) {
    return out;
  }
  if (t_.word(third).size() != 2 || *c > 99) return std::nullopt;
  if (!is_in_arabic_script(first, third)) {
    // Of the last century, unless that would be more than a lifetime ago.
    constexpr int kPivot = 30;
    const int year = static_cast<int>(*c) + (*c < kPivot ? 2000 : 1900);
    return t_.is_mark(first + 1, '.') ? std::nullopt : with_last_year(*a, *b, year);
  }
  const bool is_persian = *c >= 50 || *c <= 9;
  if (is_persian && set(out, Calendar::persian, full_persian_year(static_cast<int>(*c)), *b, *a)) return out;
  return std::nullopt;
}

/// "2015-12", "12/2015", «۱۴۰۱/۰۸», and "11/20" with a word that asks for a date.
std::optional<RawTime> NumericDateReader::read_two(std::uint32_t i, char mark) const {
  const auto a = t_.digits(i);
  const auto b = t_.digits(i + 2);
  const bool is_tight = t_.is_attached(i + 1) && t_.is_attached(i + 2);
  const bool is_longer = t_.is_attached(i + 3) && (t_.is_mark(i + 3, mark) || t_.is_mark(i + 3, ':')) &&
                         t_.is_number(i + 4) && mark != '.';
  if (!a || !b || !is_tight || is_longer || mark == '.') return std::nullopt;
  RawTime out;
  out.first = i;
  out.past = i + 3;
  const bool year_first = t_.word(i).size() == 4 && t_.word(i + 2).size() <= 2;
  const bool year_last = t_.word(i + 2).size() == 4 && t_.word(i).size() <= 2;
  if (year_first || year_last) {
    const std::int64_t year = year_first ? *a : *b;
    const std::int64_t month = year_first ? *b : *a;
    if (!is_plausible(year) || month < 1 || month > kMonths) return std::nullopt;
    out.calendar = calendar_of(year);
    out.year = static_cast<int>(year);
    out.month = static_cast<int>(month);
    return out;
  }
  const bool is_day_month = *a >= 1 && *b >= 1 && std::max(*a, *b) <= kDays && std::min(*a, *b) <= kMonths;
  if (!is_day_month || is_in_arabic_script(i, i + 2) || !asks_for_date(i, i + 3)) return std::nullopt;
  if (mark == '-' && !t_.is_alone(i, i + 3)) return std::nullopt;
  const bool both = *a <= kMonths && *b <= kMonths;
  const bool month_first = both ? options_.order == FieldOrder::month_first : *b > kMonths;
  out.month = static_cast<int>(month_first ? *a : *b);
  out.day = static_cast<int>(month_first ? *b : *a);
  out.day_or_month_first = both && options_.order == FieldOrder::unknown && *a != *b;
  return out;
}

bool NumericDateReader::asks_for_date(std::uint32_t first, std::uint32_t past) const {
  if (t_.is_alone(first, past)) return true;
  if (first == 0) return t_.is_mark(past, '-') && t_.is_number(past + 1) && t_.is_mark(past + 2, '/');
  const std::uint32_t before = first - 1;
  if (is_one_of(t_.word(before), kDayCues) || t_.is_role(before, TimeRole::weekday)) return true;
  // "11/20, 11/22 or 11/25", "10/1-11/7".
  if (first >= 4 && is_one_of(t_.word(before), kDateLinks) && t_.is_number(first - 2) && t_.is_mark(first - 3, '/'))
    return true;
  return is_one_of(t_.word(past), kDateLinks) && t_.is_number(past + 1) && t_.is_mark(past + 2, '/');
}

/// "20161016": eight digits that are a date of these times.
std::optional<RawTime> NumericDateReader::read_compact(std::uint32_t i) const {
  constexpr std::size_t kDigits = 8;
  const auto value = t_.word(i).size() == kDigits ? t_.digits(i) : std::nullopt;
  if (!value || *value < 19700101 || *value > 20491231) return std::nullopt;
  if (t_.is_attached(i + 1) && (t_.is_mark(i + 1, '.') || t_.is_mark(i + 1, ':')) && t_.is_number(i + 2))
    return std::nullopt;
  RawTime out;
  if (!set(out, Calendar::gregorian, *value / 10000, *value / 100 % 100, *value % 100)) return std::nullopt;
  out.first = i;
  out.past = i + 1;
  return out;
}

bool NumericDateReader::is_in_arabic_script(std::uint32_t first, std::uint32_t last) const {
  const std::uint32_t begin = t_.span(first, first + 1).begin;
  return static_cast<unsigned char>(t_.reading().text()[begin]) >= 0x80 || (first > 0 && t_.is_arabic(first - 1)) ||
         t_.is_arabic(last + 1);
}

}  // namespace gavah::text
