#include "text/time_offsets.h"

#include <algorithm>
#include <utility>

#include "text/calendar.h"
#include "text/token.h"

namespace gavah::text {

/// "Three days after 16 May", «یک هفته پس از ۲۶ شهریور», «فردای ۲۶ شهریور» are days of their own; what only lies
/// before or after a date is open on that side.
void TimeOffsets::join_all(std::vector<RawTime>& raws) const {
  std::vector<RawTime> out;
  for (RawTime& raw : raws) {
    if (raw.told) place_told(raw, out);
    move_to_anniversary(raw, out.empty() ? 0 : out.back().past);
    end_with(raw);
    const bool is_dated = (raw.shape == TimeShape::date || is_day_of_month(raw)) && !raw.has_clock;
    const bool is_placed = (raw.shape == TimeShape::stretch && raw.start && raw.past_end && !raw.stands_alone) ||
                           raw.shape == TimeShape::weekday;
    const bool follows_length = !out.empty() && out.back().shape == TimeShape::duration;
    BoundWords words = is_dated || is_placed || follows_length ? bounds_.before(raw.first) : BoundWords{};
    if (follows_length && raw.first > 0) words = bound_of_length(out.back(), raw.first, words);
    // "From 3 May until the 5th" is one stretch.
    const bool ends_range = words.bound == TimeBound::up_to && !out.empty() && out.back().past == words.first;
    if (ends_range && !t_.is(words.first, "by")) words = {};
    if (const bool starts = follows_length && is_one_day(raw) && starts_length(out.back(), raw.first); starts) {
      if (auto lasting = lasting_from(out.back(), raw)) {
        out.back() = *lasting;
        continue;
      }
    }
    const bool after_length = words.bound != TimeBound::none && follows_length && out.back().past == words.first;
    if (after_length && is_one_day(raw)) {
      if (auto moved = offset_by(out.back(), words.bound, raw)) {
        open_beyond(*moved, words.bound, raw);
        out.back() = *moved;
        continue;
      }
    }
    if (is_dated && move_beside(raw, words)) {
      out.push_back(std::move(raw));
      continue;
    }
    const bool is_morrow = is_dated && is_one_day(raw) && raw.first > 0 && t_.is(raw.first - 1, "فردای");
    // «روز پس از ۲۵ شهریور», "the day before 16 May".
    const bool is_day_beside = is_dated && is_one_day(raw) && words.bound != TimeBound::none && words.first > 0 &&
                               (t_.is(words.first - 1, "روز") || t_.is(words.first - 1, "day")) &&
                               (words.first < 2 || !t_.cardinal(words.first - 2));
    if (is_morrow || is_day_beside) {
      RawTime one_day;
      one_day.first = is_morrow ? raw.first - 1 : words.first - 1;
      one_day.low_days = one_day.high_days = 1;
      if (auto moved = offset_by(one_day, is_morrow ? TimeBound::after : words.bound, raw)) {
        out.push_back(*moved);
        continue;
      }
    }
    if (is_dated && words.bound == TimeBound::none && take_open_end(raw)) {
      out.push_back(std::move(raw));
      continue;
    }
    // Beside what counts from the report: "since last year", "starting next week". "Since Saturday" stays that day,
    // from which an act may last.
    const bool is_sided = (words.bound == TimeBound::since && !is_one_day(raw)) || words.bound == TimeBound::up_to ||
                          words.bound == TimeBound::onward;
    const bool is_bound = (is_dated || (is_placed && !raw.has_clock && is_sided)) && words.bound != TimeBound::none &&
                          !after_length &&
                          (t_.is_arabic(words.first) || words.bound == TimeBound::since ||
                           t_.is(raw.first - 1, "than") || ends_phrase(raw));
    if (is_bound) {
      raw.bound = words.bound;
      raw.first = words.first;
    }
    out.push_back(std::move(raw));
  }
  raws = std::move(out);
}

/// "On 3 May shots were fired; the same week ten were held": of the last time that the sentence tells before. Without
/// one a text of what is to come counts from the report, and one of the past means a day that its words do not give.
void TimeOffsets::place_told(RawTime& raw, const std::vector<RawTime>& before) const {
  constexpr int kReach = 16;  // mentions: a sentence of times without days would be read again for each of them
  std::optional<Day> day = options_.tense == Tense::future ? options_.anchor : std::nullopt;
  int back = 0;
  for (auto earlier = before.rbegin(); earlier != before.rend() && back < kReach; ++earlier, ++back) {
    bool relative = false;
    const TimeInterval time = resolver_.resolve(*earlier, relative);
    if (!time.start || !time.end || earlier->bound != TimeBound::none) continue;
    day = time.start->day();
    break;
  }
  if (!day) return;
  const RawTime whole = TimeResolver::whole_unit(raw.calendar, raw.unit, *day, raw.told_step);
  raw.start = whole.start;
  raw.past_end = whole.past_end;
  raw.precision = whole.precision;
}

/// "More than two weeks before 16 May" is open on the far side; "less than" reaches from the date itself.
void TimeOffsets::open_beyond(RawTime& moved, TimeBound side, const RawTime& date) const {
  const std::uint32_t first = moved.first;
  if (first < 2 || !t_.is(first - 1, "than") || !moved.start || !moved.past_end) return;
  const bool is_more = t_.is(first - 2, "more");
  if (!is_more && !t_.is(first - 2, "less") && !t_.is(first - 2, "fewer")) return;
  bool relative = false;
  const TimeInterval base = resolver_.resolve(date, relative);
  if (!base.start || !base.end) return;
  const bool is_before = side == TimeBound::before;
  const Day start = *moved.start;
  const Day past_end = *moved.past_end;
  moved.start = is_more ? std::nullopt : std::optional(base.start->day());
  moved.past_end = start;
  if (is_more != is_before) {
    moved.start = past_end;
    moved.past_end = is_more ? std::nullopt : std::optional(base.end->day());
  }
  moved.precision = TimePrecision::wider;
  moved.first = first - 2;
}

/// "The 15th day of next month", as the finder has it: a day that is said, not counted.
bool TimeOffsets::is_day_of_month(const RawTime& raw) const {
  return raw.shape == TimeShape::stretch && raw.precision == TimePrecision::day_resolved && t_.is(raw.first, "the");
}

/// "Three days from 3 May", «بعد ثلاثة أيام من 26 أيار»: what `words` before the date at i say together with the
/// length.
BoundWords TimeOffsets::bound_of_length(const RawTime& length, std::uint32_t i, BoundWords words) const {
  if (t_.is(i - 1, "from")) return {TimeBound::after, i - 1};
  if (!t_.is(i - 1, "من") || length.past != i - 1 || length.first == 0) return words;
  if (t_.is(length.first - 1, "بعد")) return {TimeBound::after, i - 1};
  return t_.is(length.first - 1, "قبل") ? BoundWords{TimeBound::before, i - 1} : words;
}

/// "The year before 2015", "the month after May 2021", "the week before 3 May": the whole unit beside the date. "The
/// year before the 2021 election" is none.
bool TimeOffsets::move_beside(RawTime& raw, const BoundWords& words) const {
  const bool is_side = words.bound == TimeBound::before || words.bound == TimeBound::after;
  if (!is_side || words.first < 2 || !t_.is(words.first - 2, "the") || !ends_phrase(raw)) return false;
  const TimeWord* unit = t_.time_word(words.first - 1);
  if (unit == nullptr || unit->role != TimeRole::unit || raw.shape != TimeShape::date || raw.last_year ||
      raw.last_month || raw.last_day)
    return false;
  const auto kind = static_cast<TimeUnit>(unit->value);
  const bool fits = raw.day     ? kind == TimeUnit::week
                    : raw.month ? kind == TimeUnit::month
                                : raw.year && kind == TimeUnit::year;
  bool relative = false;
  const TimeInterval base = resolver_.resolve(raw, relative);
  if (!fits || !base.start || !base.end) return false;
  const bool is_before = words.bound == TimeBound::before;
  RawTime out;
  out.shape = TimeShape::stretch;
  out.calendar = raw.calendar;
  out.start = is_before ? TimeResolver::moved(raw.calendar, unit->value, base.start->day(), -1) : base.end->day();
  out.past_end = is_before ? base.start->day() : TimeResolver::moved(raw.calendar, unit->value, *out.start, 1);
  out.precision = TimeResolver::precision_of(out.past_end->number - out.start->number);
  out.first = words.first - 2;
  out.past = raw.past;
  raw = out;
  return true;
}

/// «هفته منتهی به ۲۵ آبان»: the unit that ends with the day.
void TimeOffsets::end_with(RawTime& raw) const {
  if (raw.first < 3 || !t_.is(raw.first - 1, "به") || !t_.is(raw.first - 2, "منتهی") || !is_one_day(raw)) return;
  const TimeWord* unit = t_.time_word(raw.first - 3);
  bool relative = false;
  const TimeInterval day = resolver_.resolve(raw, relative);
  if (unit == nullptr || unit->role != TimeRole::unit || unit->value < static_cast<int>(TimeUnit::week) || !day.end)
    return;
  RawTime out = spanning(raw, raw, raw);
  out.shape = TimeShape::stretch;
  out.first = raw.first - 3;
  out.past_end = day.end->day();
  out.start = TimeResolver::moved(Calendar::persian, unit->value, *out.past_end, -1);
  out.precision = TimeResolver::precision_of(out.past_end->number - out.start->number);
  raw = out;
}

/// "Starting", "starting from" between a length and the day it begins on, "from" where the length is said to last.
bool TimeOffsets::starts_length(const RawTime& length, std::uint32_t day) const {
  static constexpr std::string_view kLasting[] = {"for", "مدت", "برای"};
  const bool lasts = length.first > 0 && t_.is_any(length.first - 1, kLasting);
  std::uint32_t next = length.past + (t_.is_mark(length.past, ',') ? 1 : 0);
  const bool has_from = (lasts && t_.is(next, "از")) || ((lasts || next != length.past) && t_.is(next, "from"));
  if (!t_.is(next, "starting") && !t_.is(next, "beginning")) return has_from && day == next + 1;
  ++next;
  if (t_.is(next, "from") || t_.is(next, "on")) ++next;
  return next == day;
}

/// "Two weeks starting 20 May".
std::optional<RawTime> TimeOffsets::lasting_from(const RawTime& length, const RawTime& date) const {
  bool relative = false;
  const TimeInterval base = resolver_.resolve(date, relative);
  if (!base.start || !length.low_days || *length.low_days < 1) return std::nullopt;
  RawTime out = spanning(date, length, date);
  out.shape = TimeShape::stretch;
  out.start = base.start->day();
  out.past_end = length.units ? TimeResolver::moved(length.calendar, length.unit, *out.start, *length.units)
                              : out.start->plus(*length.high_days);
  out.precision = TimeResolver::precision_of(out.past_end->number - out.start->number);
  return out;
}

/// «سومین سالگرد آبان ۹۸», "the third anniversary of the November 2019 protests": the date as many years on; without
/// a number, in the year next to the report. Reads back to token `from` at most.
void TimeOffsets::move_to_anniversary(RawTime& raw, std::uint32_t from) const {
  static constexpr std::string_view kWords[] = {"سالگرد", "anniversary", "الذکری", "ذکری"};
  constexpr std::uint32_t kWordsBetween = 3;
  if (raw.shape != TimeShape::date || !raw.year || !raw.month || raw.last_year) return;
  for (std::uint32_t at = raw.first; at > from && raw.first - at <= kWordsBetween;) {
    if (!t_.is_any(--at, kWords)) continue;
    const bool is_arabic_order = t_.word(at).ends_with("ذکری");
    std::optional<Cardinal> nth = is_arabic_order ? t_.cardinal(at + 1) : std::nullopt;
    std::uint32_t first = at;
    for (std::uint32_t back = 1; !is_arabic_order && back <= 3 && back <= at - from && !nth; ++back) {
      nth = t_.cardinal(at - back);
      if (nth && nth->past != at) nth.reset();
      if (nth) first = at - back;
    }
    constexpr int kOldest = 150;
    const bool is_counted = nth && nth->form == NumberForm::ordinal && nth->low >= 1 && nth->low <= kOldest;
    const auto now = options_.anchor ? from_day(raw.calendar, *options_.anchor) : std::nullopt;
    if (!is_counted && !now) return;
    raw.year = is_counted ? *raw.year + static_cast<int>(nth->low) : anniversary_year(raw, *now);
    raw.said_weekday.reset();
    raw.first = is_counted ? first : at;
    return;
  }
}

/// The year in which the anniversary lies closest to the report.
int TimeOffsets::anniversary_year(const RawTime& raw, const CalendarDate& now) {
  constexpr int kMonths = 12;
  const int ahead = (*raw.month - now.month + kMonths) % kMonths;
  const bool is_next_year = *raw.month < now.month;
  if (ahead <= kMonths / 2) return is_next_year ? now.year + 1 : now.year;
  return is_next_year ? now.year : now.year - 1;
}

/// "2018 or later", "1/1/2016 and after", "2017 or earlier".
bool TimeOffsets::take_open_end(RawTime& raw) const {
  // «از ۲۶ شهریور به بعد», «از سال ۹۸ به این سو».
  const bool is_after = t_.is(raw.past, "به") && t_.is(raw.past + 1, "بعد") && !t_.is(raw.past + 2, "از");
  const bool is_hither = t_.is(raw.past, "به") && t_.is(raw.past + 1, "این") && t_.is(raw.past + 2, "سو");
  if (is_after || is_hither) {
    raw.bound = TimeBound::since;
    raw.past += is_after ? 2 : 3;
    return true;
  }
  if (!t_.is(raw.past, "or") && !t_.is(raw.past, "and")) return false;
  const bool is_onward = t_.is(raw.past + 1, "later") || t_.is(raw.past + 1, "after") || t_.is(raw.past + 1, "onwards");
  const bool is_up_to = t_.is(raw.past + 1, "earlier") || t_.is(raw.past + 1, "before");
  if ((!is_onward && !is_up_to) || !t_.ends_words(raw.past + 2)) return false;
  raw.bound = is_onward ? TimeBound::onward : TimeBound::up_to;
  raw.past += 2;
  return true;
}

/// In English "after May 2019" may go on "protests".
bool TimeOffsets::ends_phrase(const RawTime& raw) const {
  static constexpr std::string_view kNotNouns[] = {"and", "or", "but", "with", "when", "as",   "by",
                                                   "in",  "to", "he",  "she",  "the",  "they", "it",
                                                   "we",  "a",  "was", "were", "had",  "has"};
  const std::string_view next = t_.word(raw.past);
  if (next.empty() || t_.is_any(raw.past, kNotNouns)) return true;
  const bool is_mark = !t_.is_number(raw.past) && !is_word_byte(static_cast<unsigned char>(next[0]));
  return is_mark && !t_.is_mark(raw.past, '\'') && !t_.is_mark(raw.past, '-');
}

std::optional<RawTime> TimeOffsets::offset_by(const RawTime& length, TimeBound side, const RawTime& date) const {
  bool relative = false;
  const TimeInterval base = resolver_.resolve(date, relative);
  if (!base.start || !base.end || !length.low_days || *length.low_days < 1) return std::nullopt;
  const std::int32_t sign = side == TimeBound::after ? 1 : -1;
  if (length.units && base.end->day() == base.start->day().plus(1)) {
    const RawTime out = TimeResolver::one_day(
        TimeResolver::moved(length.calendar, length.unit, base.start->day(), std::int64_t{sign} * *length.units));
    return spanning(out, length, date);
  }
  const auto days = base.end->day().number - base.start->day().number;
  const std::int32_t near = sign * *length.low_days;
  const std::int32_t far = sign * *length.high_days;
  RawTime out = spanning(date, length, date);
  out.shape = TimeShape::stretch;
  out.start = base.start->day().plus(std::min(near, far));
  out.past_end = base.start->day().plus(std::max(near, far) + days);
  out.precision = TimeResolver::precision_of(out.past_end->number - out.start->number);
  return out;
}

}  // namespace gavah::text
