#include "text/date.h"

#include <algorithm>

#include "text/calendar.h"
#include "text/clock_reader.h"
#include "text/date_reader.h"
#include "text/part_reader.h"
#include "text/relative_reader.h"
#include "text/time_resolver.h"
#include "text/time_tokens.h"

namespace gavah::text {
namespace {

/// Words that may stand between the parts of one time: "Tuesday, 15 November at 9 pm", «ساعت ۹ شب روز
/// سه‌شنبه».
constexpr std::string_view kJoints[] = {",",  "on", "at",  "the", "of", "in", "روز",   "در",   "مورخ",   "تاریخ",
                                        "به", "(",  "یوم", "من",  "-",  "فی", "about", "حدود", "around", "راس"};
constexpr std::uint32_t kJointsLimit = 2;

/// Words before or after which the name of a day is no day: "Friday prayers", «امام جمعه», «دوشنبه بازار».
constexpr std::string_view kNoDayBefore[] = {"امام", "نماز", "ائمه", "خطیب", "مسجد"};
constexpr std::string_view kNoDayAfter[] = {"بازار", "سوری"};

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
        resolver_(options),
        parts_(t_, options, dates_, relatives_, resolver_) {}

  std::vector<TimeMention> run() {
    std::vector<TimeMention> out;
    for (const Sentence& sentence : t_.reading().sentences()) {
      read_sentence(sentence);
      std::move(mentions_.begin(), mentions_.end(), std::back_inserter(out));
    }
    return out;
  }

 private:
  /// Whether «روزهای» stands before a weekday.
  enum class Weekdays : std::uint8_t { alone, many };

  void read_sentence(const Sentence& sentence) {
    t_.stop_before(sentence.past_token);
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
    keep(read_weekday(i));
    keep(read_weekday_day(i));
    keep(read_day_of_month(i));
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
      if (!out || out->shape != TimeShape::stretch) return std::nullopt;
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

  std::optional<RawTime> read_weekday(std::uint32_t i) const {
    const TimeWord* word = t_.time_word(i);
    if (word == nullptr || word->role != TimeRole::weekday) return std::nullopt;
    RawTime out;
    out.shape = TimeShape::weekday;
    out.first = i;
    out.past = t_.past(i);
    out.weekday = word->value;
    out.calendar = t_.is_arabic(i) ? Calendar::persian : Calendar::gregorian;
    if (i > 0 && is_one_of(t_.word(i - 1), kNoDayBefore)) return std::nullopt;
    if (is_one_of(t_.word(out.past), kNoDayAfter) || t_.is(out.past, "prayer") || t_.is(out.past, "prayers"))
      return std::nullopt;
    const bool are_days = (i >= 1 && t_.is(i - 1, "روزهای")) || (i >= 2 && t_.is(i - 2, "روز") && t_.is(i - 1, "های"));
    if (auto both = read_two_weekdays(out, are_days ? Weekdays::many : Weekdays::alone)) return both;
    const bool is_plural = t_.is(out.past, "ها") || t_.is(out.past, "های");
    if (is_plural || are_days) {
      out.shape = TimeShape::set;
      out.past += is_plural ? 1U : 0U;
      return out;
    }
    if (word->evidence == Evidence::none) {
      if (t_.is(out.past, "شب") || t_.is(out.past, "night") || t_.is(out.past, "nights")) ++out.past;
      return out;
    }
    std::uint32_t next = out.past;
    while (t_.is_mark(next, ',') || t_.is_mark(next, '.')) ++next;
    const auto date = next < t_.size() ? dates_.read(next) : std::nullopt;
    return date && date->day && t_.is_capital(i) ? std::optional(out) : std::nullopt;
  }

  /// "Tuesday 19th", "Friday the 13th": the nearest such day.
  std::optional<RawTime> read_weekday_day(std::uint32_t i) const {
    if (!t_.is_role(i, TimeRole::weekday) || !options_.anchor) return std::nullopt;
    const std::uint32_t at = t_.is(t_.past(i), "the") ? t_.past(i) + 1 : t_.past(i);
    const auto number = t_.cardinal(at);
    if (!number || number->form != NumberForm::ordinal || number->low < 1 || number->low > 31) return std::nullopt;
    if (t_.is_role(number->past, TimeRole::unit) || t_.is_role(number->past, TimeRole::month)) return std::nullopt;
    const Calendar calendar =
        t_.is_arabic(i) && !t_.word(i).starts_with("ال") ? Calendar::persian : Calendar::gregorian;
    const int weekday = t_.time_word(i)->value;
    constexpr int kFarthestDays = 366;  // such a day comes about twice a year
    for (int away = 0; away < kFarthestDays; ++away) {
      for (const int sign : {-1, 1}) {
        const Day day = options_.anchor->plus(sign * away);
        const auto date = day.weekday() == weekday ? from_day(calendar, day) : std::nullopt;
        if (!date || date->day != number->low) continue;
        RawTime out = one_day(day);
        out.first = i;
        out.past = number->past;
        return out;
      }
    }
    return std::nullopt;
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
    RawTime out = one_day(day);
    out.calendar = month->calendar;
    out.first = i;
    out.past = month->past;
    return out;
  }

  /// "the week of April 10th".
  std::optional<RawTime> read_week_of(std::uint32_t i) const {
    const std::uint32_t at = t_.is(i, "the") ? i + 1 : i;
    if (!t_.is(at, "week") || !t_.is(at + 1, "of") || at + 2 >= t_.size()) return std::nullopt;
    const auto date = dates_.read(t_.is(at + 2, "the") ? at + 3 : at + 2);
    if (!date || !is_one_day(*date)) return std::nullopt;
    bool relative = false;
    const TimeInterval day = resolver_.resolve(*date, relative);
    if (!day.start) return std::nullopt;
    RawTime out = TimeResolver::whole_unit(Calendar::gregorian, static_cast<int>(TimeUnit::week), day.start->day(), 0);
    out.first = i;
    out.past = date->past;
    return out;
  }

  /// «روزهای شنبه و یکشنبه», «پنجشنبه و جمعه گذشته»: one stretch.
  std::optional<RawTime> read_two_weekdays(const RawTime& first, Weekdays named) const {
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

  std::optional<RawTime> read_day_part(std::uint32_t i) const {
    if (!t_.is_role(i, TimeRole::day_part)) return std::nullopt;
    RawTime out;
    out.shape = TimeShape::day_part;
    out.first = i;
    out.past = t_.past(i);
    return out;
  }

  bool are_joined(const RawTime& a, const RawTime& b) const {
    if (b.first - a.past > kJointsLimit) return false;
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
  }

  static RawTime one_day(Day day) {
    RawTime out;
    out.shape = TimeShape::stretch;
    out.start = day;
    out.past_end = day.plus(1);
    out.precision = TimePrecision::day_resolved;
    return out;
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
      out.clock_size_seconds = loose.clock_size_seconds;
    }
    return out;
  }

  /// «مهر و آبان ۱۴۰۱»: two months on end that share a year.
  std::optional<RawTime> join_months(const RawTime& a, const RawTime& b) const {
    const bool are_months = a.shape == TimeShape::date && b.shape == TimeShape::date && a.month && b.month && !a.day &&
                            !b.day && !a.last_month && !b.last_month;
    if (!are_months || a.year || a.calendar != b.calendar || *b.month != *a.month + 1) return std::nullopt;
    if (b.first != a.past + 1 || (!t_.is(a.past, "و") && !t_.is(a.past, "and"))) return std::nullopt;
    RawTime out = spanning(b, a, b);
    out.month = a.month;
    out.last_month = b.month;
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
    if (past >= 1 && t_.is(past - 1, "since")) return {TimeBound::since, past - 1};
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
      const bool is_dated = raw.shape == TimeShape::date && !raw.has_clock;
      const bool follows_length = !out.empty() && out.back().shape == TimeShape::duration;
      BoundWords words = is_dated || follows_length ? bound_before(raw.first) : BoundWords{};
      if (follows_length && raw.first > 0 && t_.is(raw.first - 1, "from")) words = {TimeBound::after, raw.first - 1};
      const bool after_length = words.bound != TimeBound::none && follows_length && out.back().past == words.first;
      if (after_length && is_one_day(raw)) {
        if (auto moved = offset_by(out.back(), words.bound, raw)) {
          out.back() = *moved;
          continue;
        }
      }
      const bool is_morrow =
          is_dated && is_one_day(raw) && raw.first > 0 && t_.is(raw.first - 1, "فردای") && t_.is_arabic(raw.first - 1);
      if (is_morrow) {
        RawTime one_day;
        one_day.first = raw.first - 1;
        one_day.low_days = one_day.high_days = 1;
        if (auto moved = offset_by(one_day, TimeBound::after, raw)) {
          out.push_back(*moved);
          continue;
        }
      }
      const bool is_bound = is_dated && words.bound != TimeBound::none && !after_length &&
                            (t_.is_arabic(words.first) || words.bound == TimeBound::since || ends_phrase(raw));
      if (is_bound) {
        raw.bound = words.bound;
        raw.first = words.first;
      }
      out.push_back(std::move(raw));
    }
    raws_ = std::move(out);
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
    }
    mentions_ = std::move(out);
  }

  /// «از آغاز سال تاکنون», "since May until now": to the day of the report.
  void reach_now(TimeMention& mention) const {
    const std::uint32_t next = mention.past_token;
    const bool is_one = t_.is(next, "تاکنون");
    const bool is_two =
        (t_.is(next, "تا") && (t_.is(next + 1, "کنون") || t_.is(next + 1, "اکنون") || t_.is(next + 1, "حالا"))) ||
        ((t_.is(next, "until") || t_.is(next, "till")) && t_.is(next + 1, "now")) ||
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

  bool is_range(std::size_t i) const {
    const std::uint32_t link = mentions_[i].past_token;
    if (mentions_[i + 1].first_token != link + 1) return false;
    if (mentions_[i].kind != TimeKind::when || mentions_[i + 1].kind != TimeKind::when) return false;
    if (shapes_[i].bound != TimeBound::none || shapes_[i + 1].bound != TimeBound::none) return false;
    const std::uint32_t first = mentions_[i].first_token;
    const std::string_view before = first == 0 ? std::string_view() : t_.word(first - 1);
    const bool between = before == "between" || before == "بین" || before == "مابین";
    if (t_.is(link, "and") || t_.is(link, "و")) return between;
    return t_.is(link, "to") || t_.is(link, "until") || t_.is(link, "till") || t_.is(link, "through") ||
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
    const TimeInterval start = resolver_.resolve(from, out.relative);
    const TimeInterval& end = mentions_[i + 1].time;
    out.relative = out.relative || mentions_[i + 1].relative;
    if (!start.start || !end.end || *end.end <= *start.start) return std::nullopt;
    out.time.start = mentions_[i].time.precision == TimePrecision::clock ? mentions_[i].time.start : start.start;
    out.time.end = end.end;
    const auto days = static_cast<std::int32_t>((out.time.end->seconds - out.time.start->seconds + 86399) / 86400);
    out.time.precision = days <= 1 ? end.precision : TimeResolver::precision_of(days);
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
  TimeResolver resolver_;
  PartReader parts_;
  std::vector<RawTime> raws_;
  std::vector<TimeMention> mentions_;
  std::vector<RawTime> shapes_;  // of mentions_, before ranges are joined
};

}  // namespace

std::vector<TimeMention> find_times(const Reading& reading, const TimeOptions& options) {
  return TimeFinder(reading, options).run();
}

}  // namespace gavah::text
