#include "text/weekday_reader.h"

#include <algorithm>

#include "text/calendar.h"

namespace gavah::text {
namespace {

/// Words before or after which the name of a day is no day: "Black Friday", "Friday prayers", «امام جمعه», «دوشنبه
/// بازار».
constexpr std::string_view kNoDayBefore[] = {"امام", "نماز", "ائمه", "خطیب", "مسجد", "black", "cyber"};
constexpr std::string_view kNoDayAfter[] = {"بازار", "سوری"};

template <std::size_t N>
bool is_one_of(std::string_view word, const std::string_view (&words)[N]) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

}  // namespace

std::optional<RawTime> WeekdayReader::read(std::uint32_t i) const {
  if (auto counted = read_counted(i)) return counted;
  if (!t_.is_role(i, TimeRole::weekday)) return std::nullopt;
  if (auto next = read_after_next(i)) return next;
  if (auto day = read_weekday_day(i)) return day;
  return read_weekday(i);
}

/// "Two Fridays ago", "3 Sundays from now".
std::optional<RawTime> WeekdayReader::read_counted(std::uint32_t i) const {
  const auto number = t_.cardinal(i);
  if (!number || number->form == NumberForm::ordinal || number->low != number->high || number->low < 1)
    return std::nullopt;
  const std::uint32_t at = number->past;
  if (!t_.is_role(at, TimeRole::weekday)) return std::nullopt;
  const std::uint32_t next = t_.past(at);
  const bool is_back = t_.is_role(next, TimeRole::ago_mark) || t_.is(next, "back");
  const bool is_ahead = t_.is(next, "from") && t_.is(next + 1, "now");
  constexpr std::int64_t kWeeksLimit = 520;  // ten years
  if ((!is_back && !is_ahead) || number->low > kWeeksLimit) return std::nullopt;
  RawTime out;
  out.shape = TimeShape::stretch;
  if (options_.anchor) {
    const int step = is_back ? -1 : 1;
    Day day = options_.anchor->plus(step);
    while (day.weekday() != t_.time_word(at)->value) day = day.plus(step);
    out = TimeResolver::one_day(day.plus(step * 7 * static_cast<std::int32_t>(number->low - 1)));
  }
  out.first = i;
  out.past = is_back ? next + 1 : next + 2;
  return out;
}

/// "Friday after next", "the Friday before last".
std::optional<RawTime> WeekdayReader::read_after_next(std::uint32_t i) const {
  const std::uint32_t next = t_.past(i);
  const bool is_back = t_.is(next, "before") && t_.is(next + 1, "last");
  const bool is_ahead = t_.is(next, "after") && t_.is(next + 1, "next");
  if ((!is_back && !is_ahead) || t_.is_role(next + 2, TimeRole::unit)) return std::nullopt;
  RawTime out;
  out.shape = TimeShape::stretch;
  if (options_.anchor) {
    const int step = is_back ? -1 : 1;
    Day day = options_.anchor->plus(step);
    while (day.weekday() != t_.time_word(i)->value) day = day.plus(step);
    out = TimeResolver::one_day(day.plus(7 * step));
  }
  out.first = i;
  out.past = next + 2;
  return out;
}

std::optional<RawTime> WeekdayReader::read_weekday(std::uint32_t i) const {
  const TimeWord* word = t_.time_word(i);
  RawTime out;
  out.shape = TimeShape::weekday;
  out.first = i;
  out.past = t_.past(i);
  out.weekday = word->value;
  out.calendar = t_.is_arabic(i) ? Calendar::persian : Calendar::gregorian;
  if (i > 0 && is_one_of(t_.word(i - 1), kNoDayBefore)) return std::nullopt;
  if (is_one_of(t_.word(out.past), kNoDayAfter) || t_.is(out.past, "prayer") || t_.is(out.past, "prayers"))
    return std::nullopt;
  const bool are_days = (i >= 1 && (t_.is(i - 1, "روزهای") || t_.is(i - 1, "ایام"))) ||
                        (i >= 2 && t_.is(i - 2, "روز") && t_.is(i - 1, "های"));
  // «شنبه‌زاده» is a name.
  static constexpr std::string_view kTails[] = {"ها", "های", "هایی", "شب", "صبح", "عصر", "ظهر", "ای", "ی", "شبها"};
  if (t_.is_tied(out.past) && !is_one_of(t_.word(out.past), kTails)) return std::nullopt;
  // «سه‌شنبه هر هفته».
  if (t_.is(out.past, "هر") && t_.is(out.past + 1, "هفته")) {
    out.shape = TimeShape::set;
    out.past += 2;
    return out;
  }
  if (auto both = read_two_weekdays(out, are_days ? Weekdays::many : Weekdays::alone)) return both;
  // "Friday mornings".
  const bool are_parts = t_.is(out.past, "mornings") || t_.is(out.past, "afternoons") || t_.is(out.past, "evenings") ||
                         t_.is(out.past, "nights");
  if (are_parts) {
    out.shape = TimeShape::set;
    ++out.past;
    return out;
  }
  const bool is_plural = word->count == 2 || t_.is(out.past, "ها") || t_.is(out.past, "های");
  if (is_plural || are_days) {
    out.shape = TimeShape::set;
    out.past += is_plural && word->count != 2 ? 1U : 0U;
    // «أيام الإثنين والخميس».
    while (t_.is(i - 1, "ایام") && t_.is_role(out.past, TimeRole::weekday) && t_.word(out.past).starts_with("و"))
      out.past = t_.past(out.past);
    return out;
  }
  // «احد الاسبوع الماضي».
  const TimeWord* mark = t_.is(out.past, "الاسبوع") ? t_.time_word(t_.past(out.past)) : nullptr;
  const bool is_of_week = mark != nullptr && (mark->role == TimeRole::past_mark ||
                                              mark->role == TimeRole::future_mark || mark->role == TimeRole::this_mark);
  const bool is_after_week = t_.is(i - 1, "week") && t_.is_capital(i);  // "next week Mon"
  if (word->evidence == Evidence::none || is_of_week || is_after_week || t_.is_alone(i, out.past)) {
    if (t_.is(out.past, "شب") || t_.is(out.past, "night")) ++out.past;
    return out;
  }
  std::uint32_t next = out.past;
  while (t_.is_mark(next, ',') || t_.is_mark(next, '.')) ++next;
  const auto date = next < t_.size() ? dates_.read(next) : std::nullopt;
  return date && date->day && t_.is_capital(i) ? std::optional(out) : std::nullopt;
}

/// "Tuesday 19th", "Friday the 13th": the nearest such day.
std::optional<RawTime> WeekdayReader::read_weekday_day(std::uint32_t i) const {
  if (!options_.anchor) return std::nullopt;
  const std::uint32_t at = t_.is(t_.past(i), "the") ? t_.past(i) + 1 : t_.past(i);
  const auto number = t_.cardinal(at);
  // "Friday 31" where nothing follows that 31 could count.
  const bool ends = number && number->form == NumberForm::digits && !t_.is_arabic(i) && t_.word(at).size() <= 2 &&
                    t_.ends_words(number->past);
  if (!number || (number->form != NumberForm::ordinal && !ends) || number->low < 1 || number->low > 31)
    return std::nullopt;
  if (t_.is_role(number->past, TimeRole::unit) || t_.is_role(number->past, TimeRole::month)) return std::nullopt;
  const Calendar calendar = t_.is_arabic(i) && t_.word(i).ends_with("شنبه") ? Calendar::persian : Calendar::gregorian;
  const int weekday = t_.time_word(i)->value;
  constexpr int kFarthestDays = 366;  // such a day comes about twice a year
  for (int away = 0; away < kFarthestDays; ++away) {
    for (const int sign : {-1, 1}) {
      if (sign < 0 && options_.tense == Tense::future) continue;
      const Day day = options_.anchor->plus(sign * away);
      const auto date = day.weekday() == weekday ? from_day(calendar, day) : std::nullopt;
      if (!date || date->day != number->low) continue;
      RawTime out = TimeResolver::one_day(day);
      out.first = i;
      out.past = number->past;
      return out;
    }
  }
  return std::nullopt;
}

/// «روزهای شنبه و یکشنبه», «پنجشنبه و جمعه گذشته»: one stretch.
std::optional<RawTime> WeekdayReader::read_two_weekdays(const RawTime& first, Weekdays named) const {
  if (!t_.is(first.past, "و") || !t_.is_role(first.past + 1, TimeRole::weekday)) return std::nullopt;
  RawTime last = first;
  last.weekday = t_.time_word(first.past + 1)->value;
  last.past = t_.past(first.past + 1);
  const bool is_past = t_.is_role(last.past, TimeRole::past_mark);
  const bool is_future = t_.is_role(last.past, TimeRole::future_mark);
  if (named == Weekdays::alone && !is_past && !is_future) return std::nullopt;
  if (is_past || is_future) {
    last.pointer = is_past ? Pointer::past : Pointer::future;
    ++last.past;
  }
  bool relative = false;
  const TimeInterval end = resolver_.resolve(last, relative);
  if (!end.start) return last;
  RawTime out = last;
  out.shape = TimeShape::stretch;
  out.start = end.start->day();
  while (out.start->weekday() != first.weekday) out.start = out.start->plus(-1);
  out.past_end = end.end->day();
  out.precision = TimeResolver::precision_of(out.past_end->number - out.start->number);
  return out;
}

}  // namespace gavah::text
