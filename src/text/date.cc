#include "text/date.h"

#include <algorithm>

#include "text/calendar.h"
#include "text/clock_reader.h"
#include "text/date_reader.h"
#include "text/feast_reader.h"
#include "text/part_reader.h"
#include "text/relative_reader.h"
#include "text/time_resolver.h"
#include "text/time_tokens.h"
#include "text/weekday_reader.h"

namespace gavah::text {
namespace {

/// Words that may stand between the parts of one time: "Tuesday, 15 November at 9 pm", «ساعت ۹ شب روز
/// سه‌شنبه».
constexpr std::string_view kJoints[] = {",",  "on", "at",  "the", "of", "in", "روز",   "در",   "مورخ",   "تاریخ",
                                        "به", "(",  "یوم", "من",  "-",  "فی", "about", "حدود", "around", "راس"};
constexpr std::uint32_t kJointsLimit = 2;

template <std::size_t N>
bool is_one_of(std::string_view word, const std::string_view (&words)[N]) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

class TimeFinder {
 public:
  TimeFinder(const Reading& reading, const TimeOptions& options)
      : options_(options),
        t_(reading),
        dates_(t_, options),
        relatives_(t_, options),
        clocks_(t_),
        feasts_(t_, options),
        resolver_(options),
        weekdays_(t_, options, dates_, resolver_),
        parts_(t_, options, dates_, relatives_, resolver_) {}

  std::vector<TimeMention> run(std::span<const Sentence> sentences) {
    std::vector<TimeMention> out;
    for (const Sentence& sentence : sentences) {
      read_sentence(sentence);
      // What was joined backwards may reach into the mention before it: the first stands.
      for (TimeMention& mention : mentions_) {
        const std::uint32_t past = out.empty() ? 0 : out.back().past_token;
        if (mention.first_token < past || mention.past_token <= mention.first_token) continue;
        // A part of a whole that is said in full needs no anchor.
        mention.relative = mention.relative && (options_.anchor || mention.time.is_unknown());
        out.push_back(std::move(mention));
      }
    }
    return out;
  }

 private:
  void read_sentence(const Sentence& sentence) {
    t_.read_between(sentence.first_token, sentence.past_token);
    raws_.clear();
    mentions_.clear();
    shapes_.clear();
    for (std::uint32_t i = sentence.first_token; i < sentence.past_token;) {
      if (auto raw = read(i)) {
        i = std::max(raw->past, i + 1);
        raws_.push_back(std::move(*raw));
      } else {
        ++i;
      }
    }
    join_neighbours();
    join_offsets();
    for (const RawTime& raw : raws_) {
      if (raw.shape != TimeShape::day_part) add(raw);
    }
    join_ranges();
  }

  std::optional<RawTime> read(std::uint32_t i) const {
    if (!t_.may_start(i)) return std::nullopt;
    if (auto part = parts_.read(i)) return part;
    if (t_.is_role(i, TimeRole::part_mark)) return read_part(i);
    std::optional<RawTime> best;
    const auto keep = [&](std::optional<RawTime> found) {
      if (found && (!best || found->past > best->past)) best = std::move(found);
    };
    keep(dates_.read(i));
    keep(relatives_.read(i));
    keep(clocks_.read(i));
    keep(feasts_.read(i));
    keep(weekdays_.read(i));
    keep(read_day_of_month(i));
    keep(read_bare_day(i));
    keep(read_week_of(i));
    keep(read_day_part(i));
    return best;
  }

  /// "early November", «اواخر آبان ۹۸»: a part of the month, of which we keep the whole.
  std::optional<RawTime> read_part(std::uint32_t i) const {
    std::uint32_t next = i + 1;
    if (t_.is(next, "of") || (t_.is_mark(next, '-') && t_.is_attached(next))) ++next;
    if (t_.is(next, "the")) ++next;
    if (next >= t_.size()) return std::nullopt;
    auto out = dates_.read(next);
    if (!out || out->day) {
      out = relatives_.read(next);
      if (!out || out->shape != TimeShape::stretch) out = read_bare_unit(next);
      if (!out) out = read_bare_season(next);
      if (!out) return std::nullopt;
    }
    out->first = i;
    // «از ابتدای سال جاری»: since then, until the report.
    const bool is_start = t_.is(i, "ابتدای") || t_.is(i, "اغاز") || t_.is(i, "آغاز");
    if (is_start && i > 0 && t_.is(i - 1, "از") && options_.anchor) {
      bool relative = false;
      const TimeInterval whole = resolver_.resolve(*out, relative);
      const Instant past_anchor = Instant::at_start_of(options_.anchor->plus(1));
      if (whole.start && whole.end && *whole.start < past_anchor && *whole.end > past_anchor) {
        RawTime since = *out;
        since.shape = TimeShape::stretch;
        since.start = whole.start->day();
        since.past_end = past_anchor.day();
        since.precision = TimePrecision::wider;
        return since;
      }
    }
    return out;
  }

  /// «اوایل پاییز»: the season next to the report.
  std::optional<RawTime> read_bare_season(std::uint32_t i) const {
    const TimeWord* season = t_.time_word(i);
    if (season == nullptr || season->role != TimeRole::season || season->evidence != Evidence::none)
      return std::nullopt;
    RawTime out;
    out.past = t_.past(i);
    out.calendar = season->calendar;
    out.month = season->value * 3 + (season->calendar == Calendar::persian ? 1 : 3);
    out.last_month = *out.month + 2;
    return out;
  }

  /// "The end of the month", «ابتدای هفته»: the unit that holds the report's day.
  std::optional<RawTime> read_bare_unit(std::uint32_t i) const {
    static constexpr std::string_view kPersian[] = {"سال", "ماه", "هفته"};
    static constexpr std::string_view kOther[] = {"year", "month", "week", "العام", "السنه", "الشهر", "الاسبوع"};
    static constexpr std::string_view kOtherYears[] = {"تحصیلی", "نو", "جدید", "ها", "های", "بعد", "زراعی"};
    const bool is_persian = is_one_of(t_.word(i), kPersian);
    if (!options_.anchor || (!is_persian && !is_one_of(t_.word(i), kOther))) return std::nullopt;
    const bool goes_on =
        t_.is_mark(i + 1, '-') || is_one_of(t_.word(i + 1), kOtherYears) || t_.is_role(i + 1, TimeRole::month);
    const TimeWord* unit = t_.time_word(i);
    if (goes_on || unit == nullptr) return std::nullopt;
    RawTime out = TimeResolver::whole_unit(is_persian ? Calendar::persian : Calendar::gregorian, unit->value,
                                           *options_.anchor, 0);
    out.past = i + 1;
    return out;
  }

  /// "On the 18th": the last such day, or the next where the text speaks of what is to come.
  std::optional<RawTime> read_bare_day(std::uint32_t i) const {
    static constexpr std::string_view kCues[] = {"on", "by", "since", "until", "till", "from", "before", "after", "of"};
    const std::uint32_t at = t_.is(i, "the") ? i + 1 : i;
    const auto number = t_.cardinal(at);
    if (!number || number->form != NumberForm::ordinal || number->low < 1 || number->low > 31 || t_.is_arabic(at))
      return std::nullopt;
    const bool is_asked = i > 0 && is_one_of(t_.word(i - 1), kCues) && t_.is_number(at) && t_.ends_words(number->past);
    if (!is_asked && !t_.is_alone(i, number->past)) return std::nullopt;
    RawTime out;
    out.shape = TimeShape::stretch;
    if (options_.anchor) {
      const int step = options_.tense == Tense::future ? 1 : -1;
      Day day = *options_.anchor;
      constexpr int kFarthestDays = 62;  // of two months on end one has 31 days
      const auto is_it = [&] { return from_day(Calendar::gregorian, day).value_or(CalendarDate{}).day == number->low; };
      for (int away = 0; away < kFarthestDays && !is_it(); ++away) day = day.plus(step);
      out = TimeResolver::one_day(day);
    }
    out.first = i;
    out.past = number->past;
    return out;
  }

  /// "the 20th of this month", «۱۵ ماه جاری».
  std::optional<RawTime> read_day_of_month(std::uint32_t i) const {
    const std::uint32_t at = t_.is(i, "the") ? i + 1 : i;
    const auto number = t_.cardinal(at);
    if (!number || number->low < 1 || number->low > 31 || number->form == NumberForm::vague) return std::nullopt;
    std::uint32_t next = number->past;
    const bool is_linked = t_.is(next, "of") || t_.is(next, "من");
    if (is_linked) ++next;
    if (t_.is(next, "the")) ++next;
    if (next >= t_.size() || (!is_linked && number->form != NumberForm::ordinal && !t_.is(next, "ماه")))
      return std::nullopt;
    const auto month = relatives_.read(next);
    if (!month || month->shape != TimeShape::stretch || month->precision != TimePrecision::month || !month->start)
      return std::nullopt;
    const Day day = month->start->plus(static_cast<std::int32_t>(number->low) - 1);
    if (day >= *month->past_end || month->past_end->number - month->start->number > 31) return std::nullopt;
    RawTime out = TimeResolver::one_day(day);
    out.calendar = month->calendar;
    out.first = i;
    out.past = month->past;
    return out;
  }

  /// "the week of April 10th".
  std::optional<RawTime> read_week_of(std::uint32_t i) const {
    const std::uint32_t at = t_.is(i, "the") ? i + 1 : i;
    const bool starts = t_.is(at + 1, "starting") || t_.is(at + 1, "beginning") || t_.is(at + 1, "commencing");
    if (!t_.is(at, "week") || (!t_.is(at + 1, "of") && !starts)) return std::nullopt;
    std::uint32_t next = at + 2;
    while (t_.is(next, "on") || t_.is(next, "the")) ++next;
    if (next >= t_.size()) return std::nullopt;
    const auto date = dates_.read(next);
    if (!date || !is_one_day(*date)) return std::nullopt;
    bool relative = false;
    const TimeInterval day = resolver_.resolve(*date, relative);
    if (!day.start) return std::nullopt;
    RawTime out = TimeResolver::whole_unit(Calendar::gregorian, static_cast<int>(TimeUnit::week), day.start->day(), 0);
    if (starts) out.start = day.start->day();
    if (starts) out.past_end = out.start->plus(7);
    out.first = i;
    out.past = date->past;
    return out;
  }

  std::optional<RawTime> read_day_part(std::uint32_t i) const {
    if (!t_.is_role(i, TimeRole::day_part)) return std::nullopt;
    RawTime out;
    out.shape = TimeShape::day_part;
    out.first = i;
    out.past = t_.past(i);
    return out;
  }

  bool are_joined(const RawTime& a, const RawTime& b) const {
    if (b.first - a.past > kJointsLimit || a.stands_alone || b.stands_alone) return false;
    if (b.first == a.past + 1 && (t_.is(a.past, "و") || t_.is(a.past, "and"))) {
      return a.month && b.month && !a.day && !b.day;
    }
    for (std::uint32_t i = a.past; i < b.first; ++i) {
      if (!is_one_of(t_.word(i), kJoints)) return false;
    }
    return true;
  }

  void join_neighbours() {
    std::vector<RawTime> joined;
    for (const RawTime& raw : raws_) {
      if (!joined.empty() && are_joined(joined.back(), raw)) {
        if (const auto one = join(joined.back(), raw)) {
          joined.back() = *one;
          continue;
        }
      }
      joined.push_back(raw);
    }
    raws_ = std::move(joined);
    share_weeks();
  }

  /// «سه‌شنبه و چهارشنبه هفته گذشته»: the first lies in the same week as the second.
  void share_weeks() {
    for (std::size_t k = raws_.size(); k-- > 1;) {
      RawTime& a = raws_[k - 1];
      const RawTime& b = raws_[k];
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

  static bool is_one_day(const RawTime& raw) {
    if (raw.shape == TimeShape::date) return raw.day && !raw.last_day;
    if (raw.shape == TimeShape::stretch) return raw.precision == TimePrecision::day_resolved;
    return raw.shape == TimeShape::weekday;
  }

  /// `kept` with the tokens of both.
  static RawTime spanning(RawTime kept, const RawTime& a, const RawTime& b) {
    kept.first = a.first;
    kept.past = b.past;
    return kept;
  }

  std::optional<RawTime> join(const RawTime& a, const RawTime& b) const {
    if (auto out = join_day(a, b)) return out;
    if (auto out = join_clock(a, b)) return out;
    if (auto out = join_months(a, b)) return out;
    return join_year(a, b);
  }

  /// A weekday beside the date, the week or the day that it belongs to.
  std::optional<RawTime> join_day(const RawTime& a, const RawTime& b) const {
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

  bool has_day_part(const RawTime& raw) const {
    for (std::uint32_t i = raw.first; i < raw.past; ++i) {
      if (t_.is_role(i, TimeRole::day_part) || t_.is(i, "شب") || t_.is(i, "am")) return true;
    }
    return false;
  }

  /// A clock time or a part of the day beside a day.
  std::optional<RawTime> join_clock(const RawTime& a, const RawTime& b) const {
    if (b.shape == TimeShape::day_part && t_.is_mark(a.past, ',')) return std::nullopt;
    const auto is_loose = [](const RawTime& raw) {
      return raw.shape == TimeShape::clock || raw.shape == TimeShape::day_part;
    };
    if (is_loose(a) && is_loose(b)) {
      if (a.shape == b.shape) return std::nullopt;
      return spanning(a.shape == TimeShape::clock ? a : b, a, b);
    }
    if (!is_loose(a) && !is_loose(b)) return std::nullopt;
    const RawTime& day = is_loose(a) ? b : a;
    const RawTime& loose = is_loose(a) ? a : b;
    if (!is_one_day(day)) return std::nullopt;
    RawTime out = spanning(day, a, b);
    if (loose.shape == TimeShape::clock) {
      out.has_clock = true;
      out.clock_seconds = loose.clock_seconds;
      // «دیشب ساعت ۱۱»: at night, eleven is 23 o'clock.
      static constexpr std::string_view kNights[] = {"دیشب", "امشب", "پریشب", "tonight"};
      constexpr int kHour = 3600;
      const bool is_evening = loose.clock_seconds >= 7 * kHour && loose.clock_seconds < 12 * kHour;
      if (is_evening && is_one_of(t_.word(day.first), kNights) && !has_day_part(loose)) out.clock_seconds += 12 * kHour;
      out.clock_size_seconds = loose.clock_size_seconds;
    }
    return out;
  }

  /// «مهر و آبان ۱۴۰۱»: two months on end that share a year.
  std::optional<RawTime> join_months(const RawTime& a, const RawTime& b) const {
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
  static std::optional<RawTime> join_year(const RawTime& a, const RawTime& b) {
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

  /// Tokens of «پس از», «بعد از», «قبل از», «پیش از», "after" or "before" that end at `past`; none: no such words.
  struct BoundWords {
    TimeBound bound = TimeBound::none;
    std::uint32_t first = 0;
  };
  BoundWords bound_before(std::uint32_t past) const {
    // "Before the year 2019", "after the 15th day of June".
    if (past >= 2 && t_.is(past - 1, "the") &&
        (t_.is(past - 2, "since") || t_.is(past - 2, "after") || t_.is(past - 2, "before")))
      --past;
    if (past >= 2 && t_.is(past - 1, "than") && t_.is(past - 2, "later"))
      return past >= 3 && t_.is(past - 3, "no") ? BoundWords{TimeBound::up_to, past - 3}
                                                : BoundWords{TimeBound::after, past - 2};
    const std::uint32_t start = past >= 1 && (t_.is(past - 1, "on") || t_.is(past - 1, "from")) ? past - 1 : past;
    if (start >= 1 && (t_.is(start - 1, "starting") || t_.is(start - 1, "beginning")))
      return {TimeBound::onward, start - 1};
    if (past >= 1 && (t_.is(past - 1, "since") || t_.is(past - 1, "منذ"))) return {TimeBound::since, past - 1};
    if (past >= 1 && t_.is(past - 1, "after")) return {TimeBound::after, past - 1};
    if (past >= 1 && t_.is(past - 1, "before")) return {TimeBound::before, past - 1};
    if (past < 2 || !t_.is(past - 1, "از")) return {};
    if (t_.is(past - 2, "پس") || t_.is(past - 2, "بعد")) return {TimeBound::after, past - 2};
    if (t_.is(past - 2, "قبل") || t_.is(past - 2, "پیش")) return {TimeBound::before, past - 2};
    return {};
  }

  /// "Three days after 16 May", «یک هفته پس از ۲۶ شهریور», «فردای ۲۶ شهریور» are days of their own; what only lies
  /// before or after a date is open on that side.
  void join_offsets() {
    std::vector<RawTime> out;
    for (RawTime& raw : raws_) {
      move_to_anniversary(raw, out.empty() ? 0 : out.back().past);
      end_with(raw);
      const bool is_dated = (raw.shape == TimeShape::date || is_day_of_month(raw)) && !raw.has_clock;
      const bool follows_length = !out.empty() && out.back().shape == TimeShape::duration;
      BoundWords words = is_dated || follows_length ? bound_before(raw.first) : BoundWords{};
      if (follows_length && raw.first > 0 && t_.is(raw.first - 1, "from")) words = {TimeBound::after, raw.first - 1};
      if (const bool starts = follows_length && is_one_day(raw) && starts_length(out.back(), raw.first); starts) {
        if (auto lasting = lasting_from(out.back(), raw)) {
          out.back() = *lasting;
          continue;
        }
      }
      const bool after_length = words.bound != TimeBound::none && follows_length && out.back().past == words.first;
      if (after_length && is_one_day(raw)) {
        if (auto moved = offset_by(out.back(), words.bound, raw)) {
          out.back() = *moved;
          continue;
        }
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
      const bool is_bound = is_dated && words.bound != TimeBound::none && !after_length &&
                            (t_.is_arabic(words.first) || words.bound == TimeBound::since ||
                             t_.is(raw.first - 1, "than") || ends_phrase(raw));
      const bool is_to_end = t_.is(raw.first, "end") && words.bound == TimeBound::before;
      if (is_bound) {
        raw.bound = is_to_end ? TimeBound::up_to : words.bound;
        raw.first = words.first;
      }
      out.push_back(std::move(raw));
    }
    raws_ = std::move(out);
  }

  /// "The 15th day of next month", as the finder has it: a day that is said, not counted.
  bool is_day_of_month(const RawTime& raw) const {
    return raw.shape == TimeShape::stretch && raw.precision == TimePrecision::day_resolved && t_.is(raw.first, "the");
  }

  /// «هفته منتهی به ۲۵ آبان»: the unit that ends with the day.
  void end_with(RawTime& raw) const {
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
  bool starts_length(const RawTime& length, std::uint32_t day) const {
    static constexpr std::string_view kLasting[] = {"for", "مدت", "برای"};
    const bool lasts = length.first > 0 && is_one_of(t_.word(length.first - 1), kLasting);
    std::uint32_t next = length.past + (t_.is_mark(length.past, ',') ? 1 : 0);
    const bool has_from = (lasts && t_.is(next, "از")) || ((lasts || next != length.past) && t_.is(next, "from"));
    if (!t_.is(next, "starting") && !t_.is(next, "beginning")) return has_from && day == next + 1;
    ++next;
    if (t_.is(next, "from") || t_.is(next, "on")) ++next;
    return next == day;
  }

  /// "Two weeks starting 20 May".
  std::optional<RawTime> lasting_from(const RawTime& length, const RawTime& date) const {
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
  void move_to_anniversary(RawTime& raw, std::uint32_t from) const {
    static constexpr std::string_view kWords[] = {"سالگرد", "anniversary", "الذکری", "ذکری"};
    constexpr std::uint32_t kWordsBetween = 3;
    if (raw.shape != TimeShape::date || !raw.year || !raw.month || raw.last_year) return;
    for (std::uint32_t at = raw.first; at > from && raw.first - at <= kWordsBetween;) {
      if (!is_one_of(t_.word(--at), kWords)) continue;
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
  static int anniversary_year(const RawTime& raw, const CalendarDate& now) {
    constexpr int kMonths = 12;
    const int ahead = (*raw.month - now.month + kMonths) % kMonths;
    const bool is_next_year = *raw.month < now.month;
    if (ahead <= kMonths / 2) return is_next_year ? now.year + 1 : now.year;
    return is_next_year ? now.year : now.year - 1;
  }

  /// "2018 or later", "1/1/2016 and after", "2017 or earlier".
  bool take_open_end(RawTime& raw) const {
    // «از ۲۶ شهریور به بعد», «از سال ۹۸ به این سو».
    const bool is_after = t_.is(raw.past, "به") && t_.is(raw.past + 1, "بعد") && !t_.is(raw.past + 2, "از");
    const bool is_hither = t_.is(raw.past, "به") && t_.is(raw.past + 1, "این") && t_.is(raw.past + 2, "سو");
    if (is_after || is_hither) {
      raw.bound = TimeBound::since;
      raw.past += is_after ? 2 : 3;
      return true;
    }
    if (!t_.is(raw.past, "or") && !t_.is(raw.past, "and")) return false;
    const bool is_onward =
        t_.is(raw.past + 1, "later") || t_.is(raw.past + 1, "after") || t_.is(raw.past + 1, "onwards");
    const bool is_up_to = t_.is(raw.past + 1, "earlier") || t_.is(raw.past + 1, "before");
    if ((!is_onward && !is_up_to) || !t_.ends_words(raw.past + 2)) return false;
    raw.bound = is_onward ? TimeBound::onward : TimeBound::up_to;
    raw.past += 2;
    return true;
  }

  /// In English "after May 2019" may go on "protests".
  bool ends_phrase(const RawTime& raw) const {
    static constexpr std::string_view kNotNouns[] = {"and", "or", "but", "with", "when", "as",   "by",
                                                     "in",  "to", "he",  "she",  "the",  "they", "it",
                                                     "we",  "a",  "was", "were", "had",  "has"};
    const std::string_view next = t_.word(raw.past);
    if (next.empty() || is_one_of(next, kNotNouns)) return true;
    const bool is_mark = !t_.is_number(raw.past) && !is_word_byte(static_cast<unsigned char>(next[0]));
    return is_mark && !t_.is_mark(raw.past, '\'') && !t_.is_mark(raw.past, '-');
  }

  std::optional<RawTime> offset_by(const RawTime& length, TimeBound side, const RawTime& date) const {
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

  void open_side(const RawTime& raw, TimeInterval& time) const {
    if (raw.bound == TimeBound::none || time.is_unknown()) return;
    const auto report_end =
        options_.anchor ? std::optional(Instant::at_start_of(options_.anchor->plus(1))) : std::nullopt;
    if (raw.bound == TimeBound::since && report_end && time.start && *time.start < *report_end) {
      time.end = report_end;
      time.precision = TimePrecision::wider;
      return;
    }
    if (raw.bound == TimeBound::up_to || raw.bound == TimeBound::onward) {
      (raw.bound == TimeBound::up_to ? time.start : time.end).reset();
      time.precision = TimePrecision::wider;
      return;
    }
    if (raw.bound == TimeBound::before) time.end = time.start;
    if (raw.bound == TimeBound::after) time.start = time.end;
    (raw.bound == TimeBound::before ? time.start : time.end).reset();
    time.precision = TimePrecision::wider;
  }

  void add(const RawTime& raw) {
    TimeMention mention;
    mention.first_token = raw.first;
    mention.past_token = raw.past;
    if (raw.shape == TimeShape::duration) mention.kind = TimeKind::duration;
    if (raw.shape == TimeShape::set) mention.kind = TimeKind::set;
    mention.low_days = raw.low_days;
    mention.high_days = raw.high_days;
    mention.time = resolver_.resolve(raw, mention.relative);
    const bool is_day =
        mention.time.start && mention.time.end && mention.time.end->seconds - mention.time.start->seconds == 86400;
    if (raw.has_clock && is_day) {
      mention.time.start = Instant{mention.time.start->seconds + raw.clock_seconds};
      mention.time.end = Instant{mention.time.start->seconds + raw.clock_size_seconds};
      mention.time.precision = TimePrecision::clock;
    }
    open_side(raw, mention.time);
    set_words(mention);
    mentions_.push_back(std::move(mention));
    shapes_.push_back(raw);
  }

  void set_words(TimeMention& mention) const {
    const Span span = t_.span(mention.first_token, mention.past_token);
    mention.time.span = span;
    mention.time.phrase = t_.reading().words(span);
  }

  /// "from May to July 2022", «از دوشنبه تا چهارشنبه», "between 2017 and 2019": one interval for both ends.
  void join_ranges() {
    std::vector<TimeMention> out;
    for (std::size_t i = 0; i < mentions_.size(); ++i) {
      if (i + 1 < mentions_.size() && is_range(i)) {
        if (auto range = range_of(i)) {
          out.push_back(std::move(*range));
          ++i;
          continue;
        }
      }
      out.push_back(mentions_[i]);
      reach_now(out.back());
      start_now(out.back());
    }
    mentions_ = std::move(out);
  }

  /// «از آغاز سال تاکنون», "since May until now": to the day of the report.
  void reach_now(TimeMention& mention) const {
    const std::uint32_t next = mention.past_token;
    const bool is_one = t_.is(next, "تاکنون");
    const bool is_two =
        (t_.is(next, "تا") && (t_.is(next + 1, "کنون") || t_.is(next + 1, "اکنون") || t_.is(next + 1, "حالا"))) ||
        ((t_.is(next, "until") || t_.is(next, "till") || t_.is(next, "to")) &&
         (t_.is(next + 1, "now") || t_.is(next + 1, "date"))) ||
        (t_.is(next, "and") && t_.is(next + 1, "now") && mention.first_token > 0 &&
         t_.is(mention.first_token - 1, "between")) ||
        (t_.is(next, "حتی") && t_.is(next + 1, "الان"));
    if ((!is_one && !is_two) || mention.kind != TimeKind::when || !mention.time.start || !options_.anchor) return;
    const Instant past_anchor = Instant::at_start_of(options_.anchor->plus(1));
    if (past_anchor <= *mention.time.start) return;
    mention.time.end = past_anchor;
    mention.time.precision = TimePrecision::wider;
    mention.relative = true;
    mention.past_token = next + (is_one ? 1U : 2U);
    set_words(mention);
  }

  /// "Between now and November 15th": from the day of the report.
  void start_now(TimeMention& mention) const {
    const std::uint32_t first = mention.first_token;
    if (first < 3 || !t_.is(first - 1, "and") || !t_.is(first - 2, "now") || !t_.is(first - 3, "between")) return;
    if (mention.kind != TimeKind::when || !mention.time.end || !options_.anchor) return;
    const Instant start = Instant::at_start_of(*options_.anchor);
    if (*mention.time.end <= start) return;
    mention.time.start = start;
    mention.time.precision = TimePrecision::wider;
    mention.relative = true;
    mention.first_token = first - 2;
    set_words(mention);
  }

  bool is_range(std::size_t i) const {
    const std::uint32_t link = mentions_[i].past_token;
    const bool has_article = t_.is(link + 1, "the") && mentions_[i + 1].first_token == link + 2;
    if (mentions_[i + 1].first_token != link + 1 && !has_article) return false;
    if (mentions_[i].kind != TimeKind::when || mentions_[i + 1].kind != TimeKind::when) return false;
    if (shapes_[i].bound != TimeBound::none || shapes_[i + 1].bound != TimeBound::none) return false;
    const std::uint32_t first = mentions_[i].first_token;
    const std::string_view before = first == 0 ? std::string_view() : t_.word(first - 1);
    const bool between = before == "between" || before == "بین" || before == "مابین" ||
                         (t_.is(first - 1, "the") && first > 1 && t_.is(first - 2, "between"));
    if (t_.is(link, "and") || t_.is(link, "و")) return between;
    return t_.is(link, "to") || t_.is(link, "until") || t_.is(link, "till") || t_.is(link, "through") ||
           t_.is(link, "thru") || t_.is_mark(link, '~') || t_.is(link, "لغایت") || t_.is(link, "حتی") ||
           t_.is_mark(link, '-') || t_.is(link, "تا") || t_.is(link, "الی");
  }

  /// "From August to October", "from Friday to Monday": the start is the last such month or day before the end.
  static void start_before_end(RawTime& from, const RawTime& to, const TimeInterval& end) {
    if (!end.start || from.shape != to.shape) return;
    const Day end_day = end.start->day();
    if (from.shape == TimeShape::date && !from.year && !to.year && from.month && to.month) {
      const auto date = from_day(from.calendar, end_day);
      if (date) from.year = *from.month > date->month ? date->year - 1 : date->year;
    } else if (from.shape == TimeShape::weekday) {
      from.shape = TimeShape::stretch;
      from.start = end_day;
      while (from.start->weekday() != from.weekday) from.start = from.start->plus(-1);
      from.past_end = from.start->plus(1);
      from.precision = TimePrecision::day_resolved;
    }
  }

  std::optional<TimeMention> range_of(std::size_t i) const {
    RawTime from = shapes_[i];
    const RawTime& to = shapes_[i + 1];
    if (from.shape == TimeShape::date && to.shape == TimeShape::date && !from.year && to.year && from.month &&
        to.month && from.calendar == to.calendar) {
      from.year = *from.month > *to.month ? *to.year - 1 : *to.year;
    }
    start_before_end(from, to, mentions_[i + 1].time);
    TimeMention out;
    const TimeInterval& end = mentions_[i + 1].time;
    TimeInterval start = resolver_.resolve(from, out.relative);
    // «از ۸ صبح تا ۲ بعدازظهر دیروز»: both hours are of that day.
    const bool is_hour = from.shape == TimeShape::clock && to.has_clock && end.start;
    if (is_hour) start.start = Instant{Instant::at_start_of(end.start->day()).seconds + from.clock_seconds};
    out.relative = out.relative || mentions_[i + 1].relative;
    if (!start.start || !end.end || *end.end <= *start.start) return std::nullopt;
    out.time.start = mentions_[i].time.precision == TimePrecision::clock ? mentions_[i].time.start : start.start;
    out.time.end = end.end;
    const auto days = static_cast<std::int32_t>((out.time.end->seconds - out.time.start->seconds + 86399) / 86400);
    out.time.precision = is_hour || days <= 1 ? end.precision : TimeResolver::precision_of(days);
    out.time.calendar = end.calendar;
    out.first_token = mentions_[i].first_token;
    out.past_token = mentions_[i + 1].past_token;
    set_words(out);
    return out;
  }

  const TimeOptions& options_;
  TimeTokens t_;
  DateReader dates_;
  RelativeReader relatives_;
  ClockReader clocks_;
  FeastReader feasts_;
  TimeResolver resolver_;
  WeekdayReader weekdays_;
  PartReader parts_;
  std::vector<RawTime> raws_;
  std::vector<TimeMention> mentions_;
  std::vector<RawTime> shapes_;  // of mentions_, before ranges are joined
};

}  // namespace

std::vector<TimeMention> find_times(const Reading& reading, const TimeOptions& options) {
  return find_times(reading, options, reading.sentences());
}

std::vector<TimeMention> find_times(const Reading& reading, const TimeOptions& options,
                                    std::span<const Sentence> sentences) {
  return TimeFinder(reading, options).run(sentences);
}

}  // namespace gavah::text
