#include "text/date.h"

#include <algorithm>

#include "text/calendar.h"
#include "text/clock_reader.h"
#include "text/date_reader.h"
#include "text/feast_reader.h"
#include "text/loose_time_reader.h"
#include "text/part_reader.h"
#include "text/recurrence_reader.h"
#include "text/relative_reader.h"
#include "text/spoken_clock_reader.h"
#include "text/time_joiner.h"
#include "text/time_offsets.h"
#include "text/time_resolver.h"
#include "text/time_tokens.h"
#include "text/unit_reader.h"
#include "text/weekday_reader.h"

namespace gavah::text {
namespace {

class TimeFinder {
 public:
  TimeFinder(const Reading& reading, const TimeOptions& options)
      : options_(options),
        t_(reading),
        dates_(t_, options),
        relatives_(t_, options),
        recurrences_(t_, relatives_),
        loose_(t_, options, relatives_),
        clocks_(t_),
        spoken_clocks_(t_, clocks_),
        feasts_(t_, options),
        resolver_(options),
        weekdays_(t_, options, dates_, resolver_),
        units_(t_, options, dates_, relatives_),
        parts_(t_, options, dates_, relatives_, resolver_),
        joiner_(t_, resolver_),
        offsets_(t_, options, resolver_) {}

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
      auto raw = t_.may_start(i) ? read(i) : std::nullopt;
      i = raw ? std::max(raw->past, i + 1) : i + 1;
      if (raw) raws_.push_back(*std::move(raw));
    }
    joiner_.join_all(raws_);
    offsets_.join_all(raws_);
    for (const RawTime& raw : raws_) {
      if (is_said_alone(raw)) add(raw);
    }
    join_ranges();
  }

  std::optional<RawTime> read(std::uint32_t i) const {
    if (auto part = parts_.read(i)) return part;
    if (t_.is_role(i, TimeRole::part_mark)) return read_part(i);
    std::optional<RawTime> best;
    const auto keep = [&](std::optional<RawTime> found) {
      if (found && (!best || found->past > best->past)) best = std::move(found);
    };
    keep(units_.read(i));
    keep(dates_.read(i));
    keep(relatives_.read(i));
    keep(recurrences_.read(i));
    keep(loose_.read(i));
    keep(clocks_.read(i));
    keep(spoken_clocks_.read(i));
    keep(feasts_.read(i));
    keep(weekdays_.read(i));
    keep(read_day_of_month(i));
    keep(read_bare_day(i));
    keep(read_week_of(i));
    keep(read_day_part(i));
    if (best && t_.is_mark(best->past, '\'') && t_.is(best->past + 1, "s")) {
      if (auto part = parts_.read_of(*best, best->past + 2)) return part;
    }
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
    const bool is_persian = t_.is_any(i, kPersian);
    if (!options_.anchor || (!is_persian && !t_.is_any(i, kOther))) return std::nullopt;
    const bool goes_on = t_.is_mark(i + 1, '-') || t_.is_any(i + 1, kOtherYears) || t_.is_role(i + 1, TimeRole::month);
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
    const bool is_asked = i > 0 && t_.is_any(i - 1, kCues) && t_.is_number(at) && t_.ends_words(number->past);
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
    // «سوم تا پنجم همین ماه», "from the 4th to the 23rd of last month".
    const bool links = t_.is(next, "تا") || t_.is(next, "to") || t_.is(next, "through") || t_.is_mark(next, '-');
    const auto last = links ? t_.cardinal(t_.is(next + 1, "the") ? next + 2 : next + 1) : std::nullopt;
    const bool is_range = last && last->form == number->form && last->low > number->low && last->low <= 31;
    if (is_range) next = last->past;
    const bool is_linked = t_.is(next, "of") || t_.is(next, "من") || (is_range && t_.is(next, "in"));
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
    if (is_range) {
      out.past_end = std::min(month->start->plus(static_cast<std::int32_t>(last->low)), *month->past_end);
      out.precision = TimeResolver::precision_of(out.past_end->number - out.start->number);
    }
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
    const std::uint32_t past_of = next;
    while (t_.is(next, "on") || t_.is(next, "the")) ++next;
    if (next >= t_.size()) return std::nullopt;
    auto date = dates_.read(next);
    if (!date) date = read_bare_day(past_of);
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
    if (!t_.is_role(i, TimeRole::day_part) && !is_night(i)) return std::nullopt;
    RawTime out;
    out.shape = TimeShape::day_part;
    out.first = i;
    out.past = t_.past(i);
    if (t_.is(out.past, "زود")) ++out.past;  // «صبح زود»
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

  /// The hours of a clock time, open on the side that "before", "until", "after" and "or later" leave.
  static HourSpan hours_of(const RawTime& raw) {
    const bool is_last = raw.clock_bound == TimeBound::before || raw.clock_bound == TimeBound::up_to;
    const bool is_first = raw.clock_bound != TimeBound::none && !is_last;
    HourSpan out{raw.clock_seconds, raw.clock_seconds + raw.clock_size_seconds};
    if (is_last) out = HourSpan{std::nullopt, raw.clock_seconds};
    if (is_first) out.past.reset();
    return out;
  }

  void add(const RawTime& raw) {
    constexpr std::int64_t kDaySeconds = 86400;
    TimeMention mention;
    mention.first_token = raw.first;
    mention.past_token = raw.past;
    if (raw.shape == TimeShape::duration) mention.kind = TimeKind::duration;
    if (raw.shape == TimeShape::set) mention.kind = TimeKind::set;
    mention.low_days = raw.low_days;
    mention.high_days = raw.high_days;
    mention.seconds = raw.seconds;
    if (raw.shape == TimeShape::clock) mention.hours = hours_of(raw);
    mention.time = resolver_.resolve(raw, mention.relative);
    const bool is_day = mention.time.start && mention.time.end &&
                        mention.time.end->seconds - mention.time.start->seconds == kDaySeconds;
    if (raw.has_clock && is_day) {
      const HourSpan hours = hours_of(raw);
      const std::int64_t day = mention.time.start->seconds;
      const std::int64_t start = hours.start.value_or(0);
      const std::int64_t past = hours.past.value_or(kDaySeconds);
      // "By 12 am on Monday" and "after 0:00" say no more than the day.
      if (past > start && past - start < kDaySeconds) {
        mention.time.start = Instant{day + start};
        mention.time.end = Instant{day + past};
        mention.time.precision = TimePrecision::clock;
      }
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

  /// «شب ۲۵ آبان», «در شب»: a part of a day, where it is no number of nights.
  bool is_night(std::uint32_t i) const {
    if (!t_.is(i, "شب") || t_.is_tied(i + 1)) return false;
    const bool is_counted = i > 0 && t_.cardinal(i - 1);
    const auto date = !is_counted && i + 1 < t_.size() ? dates_.read(i + 1) : std::nullopt;
    return (date && date->day && !date->last_day) || asks_for_part(i);
  }

  /// «در شب», «تا ظهر»: the word before asks for a part of some day.
  bool asks_for_part(std::uint32_t i) const {
    static constexpr std::string_view kCues[] = {"در", "هنگام", "تا", "طی"};
    return i > 0 && t_.is_any(i - 1, kCues);
  }

  /// A part of a day that the text does not name: «صبح» is one by itself, «غروب» and «شب» where the words ask for it;
  /// «عصر» is an age too, and «نماز صبح» a prayer.
  bool is_said_alone(const RawTime& raw) const {
    static constexpr std::string_view kPlain[] = {"صبح", "ظهر", "بعدازظهر", "بعد", "قبل", "پیش", "شامگاه", "نیمه"};
    static constexpr std::string_view kNames[] = {"نماز", "اذان", "روزنامه", "امام"};
    if (raw.shape != TimeShape::day_part) return true;
    if (!t_.is_arabic(raw.first) || t_.is(raw.first, "عصر")) return false;
    const bool is_name =
        (raw.first > 0 && t_.is_any(raw.first - 1, kNames)) || t_.is(raw.past, "بخیر") || t_.is(raw.past, "به");
    return asks_for_part(raw.first) || (t_.is_any(raw.first, kPlain) && !is_name);
  }

  const TimeOptions& options_;
  TimeTokens t_;
  DateReader dates_;
  RelativeReader relatives_;
  RecurrenceReader recurrences_;
  LooseTimeReader loose_;
  ClockReader clocks_;
  SpokenClockReader spoken_clocks_;
  FeastReader feasts_;
  TimeResolver resolver_;
  WeekdayReader weekdays_;
  UnitReader units_;
  PartReader parts_;
  TimeJoiner joiner_;
  TimeOffsets offsets_;
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
