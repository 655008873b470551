#include "text/unit_reader.h"

#include "text/time_resolver.h"

namespace gavah::text {
namespace {

/// The Monday on which week `number` of a year begins, as ISO 8601 counts: week 1 holds 4 January.
Day week_of_year(int year, int number) {
  const Day fourth = Day::from_civil(year, 1, 4);
  return fourth.plus(-((fourth.weekday() + 6) % 7) + 7 * (number - 1));
}

/// Most years have no week 53: a week is of the year that its Thursday lies in.
bool has_week(int year, int number) { return week_of_year(year, number).plus(3).year() == year; }

}  // namespace

/// Tokens i-2 and i-1 are these two words.
bool UnitReader::leads(std::uint32_t i, std::string_view first, std::string_view second) const {
  return i >= 2 && t_.is(i - 2, first) && t_.is(i - 1, second);
}

/// The year that goes on from i: "of 2027", "2018", "of last year".
std::optional<int> UnitReader::year_after(std::uint32_t i, std::uint32_t& past) const {
  const std::uint32_t at = t_.is(i, "of") || t_.is(i, "in") || t_.is_mark(i, ',') ? i + 1 : i;
  if (at >= t_.size()) return std::nullopt;
  if (t_.is_number(at) && t_.word(at).size() == 4) {
    const auto date = dates_.read(at);
    if (!date || !date->year || date->month || date->last_year || date->calendar != Calendar::gregorian)
      return std::nullopt;
    past = date->past;
    return date->year;
  }
  const auto year = t_.is(i, "of") ? relatives_.read(at) : std::nullopt;
  if (!year || !year->start || !year->past_end || year->past_end->number - year->start->number < 365)
    return std::nullopt;
  past = year->past;
  return year->start->year();
}

/// "Week 3 of 2027"; without a year the one next to the report, where nothing says of what else it is a week: in
/// "week 3 of the strike" and "in week 3" it is none of the calendar.
std::optional<RawTime> UnitReader::read_numbered_week(std::uint32_t i) const {
  constexpr int kWeeks = 53;
  const auto number = t_.is_number(i + 1) ? t_.cardinal(i + 1) : std::nullopt;
  if (!number || number->form != NumberForm::digits || number->past != i + 2 || number->low < 1 || number->low > kWeeks)
    return std::nullopt;
  const int week = static_cast<int>(number->low);
  RawTime out;
  out.shape = TimeShape::stretch;
  out.first = i;
  out.past = i + 2;
  std::optional<Day> start;
  if (const auto year = year_after(i + 2, out.past)) {
    if (has_week(*year, week)) start = week_of_year(*year, week);
  } else {
    const bool is_plain = i == 0 || t_.is(i - 1, "the") || t_.ends_words(i - 1) || t_.is_role(i - 1, TimeRole::weekday);
    if (!is_plain || t_.is(i + 2, "of") || !options_.anchor) return std::nullopt;
    const bool is_ahead = options_.tense == Tense::future;
    const int now = options_.anchor->year();
    for (const int step : {is_ahead ? -1 : 1, 0, is_ahead ? 1 : -1}) {
      if (!has_week(now + step, week)) continue;
      start = week_of_year(now + step, week);
      if (is_ahead ? *options_.anchor < start->plus(7) : *start <= *options_.anchor) break;
    }
  }
  if (!start) return std::nullopt;
  out.start = start;
  out.past_end = start->plus(7);
  out.precision = TimePrecision::week;
  return out;
}

/// "Over the weekend": the last that has begun; where the text speaks of what is to come, the next that is not over.
std::optional<RawTime> UnitReader::read_weekend(std::uint32_t i) const {
  if (i == 0 || !t_.is(i - 1, "the") || t_.is(i + 1, "of") || t_.is(i + 1, "before") || t_.is(i + 1, "after"))
    return std::nullopt;
  RawTime out;
  out.shape = TimeShape::stretch;
  if (options_.anchor) {
    constexpr int kUnit = static_cast<int>(TimeUnit::weekend);
    out = TimeResolver::whole_unit(Calendar::gregorian, kUnit, *options_.anchor, 0);
    if (options_.tense == Tense::past && *out.start > *options_.anchor)
      out = TimeResolver::whole_unit(Calendar::gregorian, kUnit, *options_.anchor, -1);
  }
  out.first = i - 1;
  out.past = i + 1;
  return out;
}

/// "The same week", "that weekend", "the day before": of what was told before it, which TimeOffsets looks for.
std::optional<RawTime> UnitReader::read_told(std::uint32_t i, TimeUnit unit) const {
  if (i == 0) return std::nullopt;
  RawTime out;
  out.shape = TimeShape::stretch;
  out.told = true;
  out.unit = static_cast<int>(unit);
  out.past = i + 1;
  const bool is_beside = unit == TimeUnit::day && t_.is(i - 1, "the") && t_.ends_words(i + 2) &&
                         (t_.is(i + 1, "before") || t_.is(i + 1, "after"));
  if (is_beside) {
    out.told_step = t_.is(i + 1, "before") ? -1 : 1;
    out.first = i - 1;
    out.past = i + 2;
    return out;
  }
  const bool is_same = t_.is(i - 1, "same");
  // "Said that day labourers": only where nothing goes on.
  const bool is_that = t_.is(i - 1, "that") && (t_.ends_words(i + 1) || unit == TimeUnit::weekend);
  if (!is_same && !is_that) return std::nullopt;
  out.first = is_same && i >= 2 && t_.is(i - 2, "the") ? i - 2 : i - 1;
  return out;
}

/// "Later in the year", "the rest of the week", "the year to date", "during the month": of the unit that the report's
/// day lies in.
std::optional<RawTime> UnitReader::read_share(std::uint32_t i, TimeUnit unit) const {
  static constexpr std::string_view kIn[] = {"in", "during", "for"};
  if (!options_.anchor || i == 0) return std::nullopt;
  RawTime out = TimeResolver::whole_unit(Calendar::gregorian, static_cast<int>(unit), *options_.anchor, 0);
  out.first = i;
  out.past = i + 1;
  const Day past_report = options_.anchor->plus(1);
  if (t_.is(i + 1, "to") && t_.is(i + 2, "date")) {
    out.past_end = past_report;
    out.past = i + 3;
    return out;
  }
  if (!t_.is(i - 1, "the") || i < 2) return std::nullopt;
  const std::uint32_t the = i - 1;
  out.first = the;
  const bool is_rest = leads(the, "rest", "of") || leads(the, "remainder", "of") || leads(the, "remaining", "of");
  const bool is_later = leads(the, "later", "in") || leads(the, "later", "on");
  const bool is_earlier = leads(the, "earlier", "in") || leads(the, "early", "in");
  if (is_rest || is_later || is_earlier) {
    out.first = the - 2;
    if (is_earlier) out.past_end = past_report;
    if (!is_earlier) out.start = options_.anchor;
    return out;
  }
  // "In the week that followed", "in the week protesters were shot", "in the month of May" are other weeks and months.
  return t_.is_any(the - 1, kIn) && t_.ends_words(i + 1) ? std::optional(out) : std::nullopt;
}

/// "The fiscal year 2008", "last school year": when such a year begins differs from place to place, so that its days
/// are unknown; a calendar year is a year.
std::optional<RawTime> UnitReader::read_kind_of_year(std::uint32_t i) const {
  static constexpr std::string_view kKinds[] = {"fiscal", "financial", "school", "academic"};
  const bool is_calendar = i > 0 && t_.is(i - 1, "calendar");
  if (i == 0 || (!is_calendar && !t_.is_any(i - 1, kKinds))) return std::nullopt;
  RawTime out;
  out.shape = TimeShape::stretch;
  out.first = i - 1;
  out.past = i + 1;
  const TimeWord* mark = i >= 2 ? t_.time_word(i - 2) : nullptr;
  const bool is_last = mark != nullptr && mark->role == TimeRole::past_mark;
  const bool is_next = mark != nullptr && mark->role == TimeRole::future_mark;
  const bool is_this = mark != nullptr && mark->role == TimeRole::this_mark;
  if (is_last || is_next || is_this) out.first = i - 2;
  const auto year = year_after(i + 1, out.past);
  if (!is_calendar) return out;
  if (year) {
    out.start = Day::from_civil(*year, 1, 1);
    out.past_end = Day::from_civil(*year + 1, 1, 1);
    out.precision = TimePrecision::wider;
  } else if (options_.anchor && out.first == i - 2) {
    const RawTime whole =
        TimeResolver::whole_unit(Calendar::gregorian, static_cast<int>(TimeUnit::year), *options_.anchor,
                                 is_last   ? -1
                                 : is_next ? 1
                                           : 0);
    out.start = whole.start;
    out.past_end = whole.past_end;
    out.precision = whole.precision;
  } else {
    return std::nullopt;
  }
  return out;
}

std::optional<RawTime> UnitReader::read(std::uint32_t i) const {
  const TimeWord* word = t_.time_word(i);
  if (word == nullptr || word->role != TimeRole::unit || word->count != 0 || t_.is_arabic(i)) return std::nullopt;
  const TimeUnit unit = static_cast<TimeUnit>(word->value);
  if (unit < TimeUnit::day || unit == TimeUnit::quarter || unit > TimeUnit::year) return std::nullopt;
  if (t_.word(i).ends_with("s")) return std::nullopt;
  if (auto told = read_told(i, unit)) return told;
  if (unit == TimeUnit::weekend) return read_weekend(i);
  if (unit == TimeUnit::week) {
    if (auto numbered = read_numbered_week(i)) return numbered;
  }
  if (unit == TimeUnit::year) {
    if (auto kind = read_kind_of_year(i)) return kind;
  }
  return unit >= TimeUnit::week ? read_share(i, unit) : std::nullopt;
}

}  // namespace gavah::text
