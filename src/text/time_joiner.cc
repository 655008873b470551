#include "text/time_joiner.h"

#include <utility>

#include "text/calendar.h"

namespace gavah::text {
namespace {

/// Words that may stand between the parts of one time: "Tuesday, 15 November at 9 pm", «ساعت ۹ شب روز
/// سه‌شنبه».
constexpr std::string_view kJoints[] = {",",     "on",    "at",     "the", "of",  "in",    "روز", "در",
                                        "مورخ",  "تاریخ", "به",     "(",   "یوم", "من",    "-",   "فی",
                                        "about", "حدود",  "around", "راس", "@",   "early", "late"};
constexpr std::uint32_t kJointsLimit = 2;

}  // namespace

bool TimeJoiner::are_neighbours(const RawTime& a, const RawTime& b) const {
  if (b.first - a.past > kJointsLimit || a.stands_alone || b.stands_alone) return false;
  if (b.first == a.past + 1 && (t_.is(a.past, "و") || t_.is(a.past, "and"))) {
    return a.month && b.month && !a.day && !b.day;
  }
  for (std::uint32_t i = a.past; i < b.first; ++i) {
    // "Thursday from 9:30 to 11:00".
    const bool is_range = b.shape == TimeShape::clock && (t_.is(i, "from") || t_.is(i, "between"));
    if (!is_range && !is_of_week(a, b, i) && !t_.is_any(i, kJoints)) return false;
  }
  return true;
}

/// "Sunday from last week", "last week's Sunday".
bool TimeJoiner::is_of_week(const RawTime& a, const RawTime& b, std::uint32_t i) const {
  if (b.precision == TimePrecision::week && a.shape == TimeShape::weekday) return t_.is(i, "from");
  return a.precision == TimePrecision::week && b.shape == TimeShape::weekday &&
         (t_.is_mark(i, '\'') || (t_.is(i, "s") && t_.is_mark(i - 1, '\'')));
}

void TimeJoiner::join_all(std::vector<RawTime>& raws) const {
  std::vector<RawTime> joined;
  for (RawTime& raw : raws) {
    if (raw.shape == TimeShape::clock) open_clock(raw, joined.empty() ? nullptr : &joined.back());
    if (auto lasting = joined.empty() ? std::nullopt : join_lasting(joined.back(), raw)) {
      joined.back() = *lasting;
      continue;
    }
    if (!joined.empty() && are_neighbours(joined.back(), raw)) {
      if (const auto one = join(joined.back(), raw)) {
        joined.back() = *one;
        continue;
      }
    }
    joined.push_back(raw);
  }
  raws = std::move(joined);
  share_weeks(raws);
}

/// "Before 4 pm", "by noon", "3 pm or later": open on one side. "From 3 until 5 pm" and "an hour before noon" are not.
void TimeJoiner::open_clock(RawTime& clock, const RawTime* before) const {
  const BoundWords words = bounds_.before_clock(clock.first);
  const bool follows = before != nullptr && before->past >= words.first &&
                       (before->shape == TimeShape::duration || before->shape == TimeShape::clock || before->has_clock);
  if (words.bound != TimeBound::none && !follows) {
    clock.clock_bound = words.bound;
    clock.first = words.first;
  } else if (const TimeBound bound = bounds_.after_clock(clock.past); bound != TimeBound::none) {
    clock.clock_bound = bound;
    clock.past += 2;
  }
}

/// «سه‌شنبه و چهارشنبه هفته گذشته»: the first lies in the same week as the second.
void TimeJoiner::share_weeks(std::vector<RawTime>& raws) const {
  for (std::size_t k = raws.size(); k-- > 1;) {
    RawTime& a = raws[k - 1];
    const RawTime& b = raws[k];
    const bool is_list =
        b.first == a.past + 1 && (t_.is(a.past, "و") || t_.is(a.past, "and") || t_.is_mark(a.past, ','));
    const bool is_pair = a.shape == TimeShape::weekday && a.pointer == Pointer::none && !a.has_clock &&
                         t_.is_role(b.first, TimeRole::weekday) && is_one_day(b);
    const bool is_placed =
        b.shape == TimeShape::stretch || (b.shape == TimeShape::weekday && b.pointer != Pointer::none);
    if (!is_list || !is_pair || !is_placed) continue;
    bool relative = false;
    const TimeInterval end = resolver_.resolve(b, relative);
    if (!end.start) continue;
    Day day = end.start->day().plus(-1);
    while (day.weekday() != a.weekday) day = day.plus(-1);
    a = spanning(TimeResolver::one_day(day), a, a);
  }
}

/// "From 2 pm for two hours", "for two hours from 2 pm".
std::optional<RawTime> TimeJoiner::join_lasting(const RawTime& a, const RawTime& b) const {
  constexpr std::int64_t kDay = 86400;
  const bool is_first = a.shape == TimeShape::duration;
  const RawTime& length = is_first ? a : b;
  const RawTime& clock = is_first ? b : a;
  const bool has_clock = clock.shape == TimeShape::clock || clock.has_clock;
  if (length.shape != TimeShape::duration || !length.seconds || *length.seconds > kDay || !has_clock ||
      b.first != a.past + 1)
    return std::nullopt;
  const bool lasts =
      is_first ? t_.is(a.past, "from") && a.first > 0 && t_.is(a.first - 1, "for") : t_.is(a.past, "for");
  if (!lasts) return std::nullopt;
  RawTime out = spanning(clock, a, b);
  out.clock_size_seconds = static_cast<int>(*length.seconds);
  return out;
}

std::optional<RawTime> TimeJoiner::join(const RawTime& a, const RawTime& b) const {
  if (auto out = join_day(a, b)) return out;
  if (auto out = join_clock(a, b)) return out;
  if (auto out = join_months(a, b)) return out;
  return join_year(a, b);
}

/// A weekday beside the date, the week or the day that it belongs to.
std::optional<RawTime> TimeJoiner::join_day(const RawTime& a, const RawTime& b) const {
  const RawTime* weekday = a.shape == TimeShape::weekday ? &a : b.shape == TimeShape::weekday ? &b : nullptr;
  if (weekday == nullptr) return std::nullopt;
  const RawTime& other = weekday == &a ? b : a;
  if (other.shape == TimeShape::date && other.day) {
    RawTime out = spanning(other, a, b);
    out.said_weekday = weekday->weekday;
    out.has_clock = other.has_clock || weekday->has_clock;
    if (weekday->has_clock) {
      out.clock_seconds = weekday->clock_seconds;
      out.clock_size_seconds = weekday->clock_size_seconds;
      out.clock_bound = weekday->clock_bound;
    }
    return out;
  }
  if (other.shape != TimeShape::stretch || !other.start || !other.past_end) return std::nullopt;
  if (other.precision == TimePrecision::day_resolved) return spanning(other, a, b);
  if (other.precision != TimePrecision::week) return std::nullopt;
  RawTime out = spanning(other, a, b);
  for (Day day = *other.start; day < *other.past_end; day = day.plus(1)) {
    if (day.weekday() != weekday->weekday) continue;
    out.start = day;
    out.past_end = day.plus(1);
    out.precision = TimePrecision::day_resolved;
    return out;
  }
  return std::nullopt;
}

bool TimeJoiner::has_day_part(const RawTime& raw) const {
  for (std::uint32_t i = raw.first; i < raw.past; ++i) {
    if (t_.is_role(i, TimeRole::day_part) || t_.is(i, "شب") || t_.is(i, "am")) return true;
  }
  return false;
}

/// Seconds of the day at an hour of which no half is said, beside a day that says one: «دیشب ساعت ۱۱» is 23 o'clock,
/// "this afternoon at 3:20" 15:20.
int TimeJoiner::in_half_of(const RawTime& day, int seconds) const {
  constexpr int kHour = 3600;
  constexpr int kNoon = 12;
  static constexpr std::string_view kNights[] = {"دیشب", "امشب", "پریشب", "tonight", "night"};
  for (std::uint32_t i = day.first; i < day.past && seconds < kNoon * kHour; ++i) {
    const TimeWord* part = t_.time_word(i);
    const bool is_part = part != nullptr && part->role == TimeRole::day_part;
    const bool is_night = t_.is_any(i, kNights) || (is_part && part->value > 18);
    const bool is_moved = is_night   ? seconds >= 7 * kHour
                          : !is_part ? false
                                     : part->value > kNoon || (part->value == kNoon && seconds < 4 * kHour);
    if (is_moved) return seconds + kNoon * kHour;
  }
  return seconds;
}

/// A clock time or a part of the day beside a day.
std::optional<RawTime> TimeJoiner::join_clock(const RawTime& a, const RawTime& b) const {
  if (b.shape == TimeShape::day_part && t_.is_mark(a.past, ',')) return std::nullopt;
  const auto is_loose = [](const RawTime& raw) {
    return raw.shape == TimeShape::clock || raw.shape == TimeShape::day_part;
  };
  if (is_loose(a) && is_loose(b)) {
    // «ساعات اولیه بامداد»: the second says when those hours are.
    if (a.shape == b.shape)
      return a.shape == TimeShape::day_part && b.first == a.past && t_.past(a.first) > a.first + 1
                 ? std::optional(spanning(b, a, b))
                 : std::nullopt;
    return spanning(a.shape == TimeShape::clock ? a : b, a, b);
  }
  if (!is_loose(a) && !is_loose(b)) return std::nullopt;
  // «هر پنجشنبه عصر», «هر روز ساعت ۸».
  if (a.shape == TimeShape::set) return b.first == a.past ? std::optional(spanning(a, a, b)) : std::nullopt;
  const RawTime& day = is_loose(a) ? b : a;
  const RawTime& loose = is_loose(a) ? a : b;
  if (!is_one_day(day) || (day.has_clock && loose.shape == TimeShape::clock)) return std::nullopt;
  RawTime out = spanning(day, a, b);
  if (loose.shape == TimeShape::clock) {
    out.has_clock = true;
    out.clock_seconds = loose.clock_seconds;
    if (!has_day_part(loose)) out.clock_seconds = in_half_of(day, loose.clock_seconds);
    out.clock_size_seconds = loose.clock_size_seconds;
    out.clock_bound = loose.clock_bound;
  } else if (day.has_clock && !has_day_part(day)) {
    out.clock_seconds = in_half_of(loose, day.clock_seconds);  // "at 7:30 on Monday evening"
  }
  return out;
}

/// «مهر و آبان ۱۴۰۱»: two months on end that share a year.
std::optional<RawTime> TimeJoiner::join_months(const RawTime& a, const RawTime& b) const {
  const bool are_months =
      a.shape == TimeShape::date && b.shape == TimeShape::date && a.month && b.month && !a.day && !b.day && !a.feast;
  const bool follows = are_months && *b.month == a.last_month.value_or(*a.month) + 1;
  if (!follows || a.year || a.calendar != b.calendar) return std::nullopt;
  const bool is_list = t_.is_mark(a.past, ',') && !t_.is_mark(b.past, ',');
  if (b.first != a.past + 1 || (!t_.is(a.past, "و") && !t_.is(a.past, "and") && !is_list)) return std::nullopt;
  RawTime out = spanning(b, a, b);
  out.month = a.month;
  out.last_month = b.last_month.value_or(*b.month);
  return out;
}

/// A date without a year beside a year counted from the anchor: "November last year", «آبان پارسال».
std::optional<RawTime> TimeJoiner::join_year(const RawTime& a, const RawTime& b) {
  if (a.shape != TimeShape::date || a.year || !a.month || b.shape != TimeShape::stretch || !b.start || !b.past_end)
    return std::nullopt;
  if (b.precision != TimePrecision::wider || b.past_end->number - b.start->number > 366) return std::nullopt;
  const auto date = from_day(a.calendar, *b.start);
  if (!date || b.past_end->number - b.start->number < 354) return std::nullopt;
  RawTime out = spanning(a, a, b);
  // A Persian year named beside a Gregorian month covers parts of two: take the part that the month falls in.
  out.year = date->year;
  if (b.calendar != a.calendar && *a.month < date->month) out.year = date->year + 1;
  out.pointer = Pointer::none;
  return out;
}

}  // namespace gavah::text
