#include "text/relative_reader.h"

#include <algorithm>
#include <array>

#include "text/time_resolver.h"

namespace gavah::text {
namespace {

/// Units in the plural without a number: «الأيام الأخيرة».
constexpr std::string_view kArabicPlurals[] = {"الایام",  "الاسابیع", "الاشهر", "الشهور", "السنوات",
                                               "الاعوام", "السنین",   "العقود", "الساعات"};
/// "Moments ago": some time of the report's day.
constexpr std::string_view kMoments[] = {"دقایقی",  "لحظاتی",  "لحظاتی", "دقیقهای",
                                         "moments", "minutes", "لحظات",  "دقائق"};
constexpr std::string_view kMore[] = {"دیگر", "دیگه", "دیگری"};
constexpr std::string_view kLater[] = {"later", "hence"};

constexpr std::int64_t kQuartersLimit = 400;  // of a century

template <std::size_t N>
bool is_one_of(std::string_view word, const std::string_view (&words)[N]) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

Pointer pointer_of(TimeRole mark) {
  if (mark == TimeRole::past_mark) return Pointer::past;
  return mark == TimeRole::future_mark ? Pointer::future : Pointer::present;
}

bool is_mark_role(const TimeWord* word) {
  return word != nullptr && (word->role == TimeRole::past_mark || word->role == TimeRole::future_mark ||
                             word->role == TimeRole::this_mark);
}

}  // namespace

std::optional<RawTime> RelativeReader::read_day_word(std::uint32_t i) const {
  const TimeWord* word = t_.time_word(i);
  RawTime out;
  out.shape = TimeShape::stretch;
  out.first = i;
  out.precision = TimePrecision::day_resolved;
  int days = 0;
  if (t_.is(i, "day") && (t_.is(i + 1, "before") || t_.is(i + 1, "after")) && t_.is_role(i + 2, TimeRole::day_word)) {
    days = t_.time_word(i + 2)->value * 2;
    out.past = i + 3;
    if (days == 0) return std::nullopt;
  } else if (word != nullptr && word->role == TimeRole::day_word) {
    days = word->value;
    out.past = t_.past(i);
    if (days != 0 && t_.is_arabic(i) && t_.is(out.past, "شب")) ++out.past;  // «پریروز شب»
  } else if (word != nullptr && word->role == TimeRole::year_alone) {
    out.past = t_.past(i);
    if (!options_.anchor) return out;
    RawTime year =
        TimeResolver::whole_unit(Calendar::persian, static_cast<int>(TimeUnit::year), *options_.anchor, word->value);
    year.first = i;
    year.past = out.past;
    return year;
  } else {
    return std::nullopt;
  }
  if (options_.anchor) {
    out.start = options_.anchor->plus(days);
    out.past_end = out.start->plus(1);
  }
  return out;
}

/// "The last two quarters": quarters are those of the calendar, without the report's own.
RawTime RelativeReader::whole_quarters(const Length& length, int first, int last) const {
  RawTime out = TimeResolver::whole_unit(Calendar::gregorian, length.unit, *options_.anchor, first);
  out.past_end = TimeResolver::whole_unit(Calendar::gregorian, length.unit, *options_.anchor, last).past_end;
  out.precision = TimeResolver::precision_of(out.past_end->number - out.start->number);
  out.past = length.past;
  return out;
}

RawTime RelativeReader::past_stretch(const Length& length) const {
  RawTime out;
  out.shape = TimeShape::stretch;
  out.past = length.past;
  if (!options_.anchor) return out;
  const int unit = length.unit;
  if (unit == static_cast<int>(TimeUnit::quarter) && length.high <= kQuartersLimit)
    return whole_quarters(length, -static_cast<int>(length.high), -1);
  const bool is_short = unit <= static_cast<int>(TimeUnit::hour);
  const Day start =
      is_short
          ? options_.anchor->plus(-static_cast<std::int32_t>((std::min<std::int64_t>(length.high, 2400) + 23) / 24))
          : anchor_moved(length, -1);
  out.start = start;
  out.past_end = options_.anchor->plus(1);
  out.precision = TimeResolver::precision_of(out.past_end->number - start.number);
  return out;
}

RawTime RelativeReader::coming_stretch(const Length& length) const {
  RawTime out;
  out.shape = TimeShape::stretch;
  out.past = length.past;
  if (!options_.anchor) return out;
  if (length.unit == static_cast<int>(TimeUnit::quarter) && length.high <= kQuartersLimit)
    return whole_quarters(length, 1, static_cast<int>(length.high));
  const bool is_short = length.unit <= static_cast<int>(TimeUnit::hour);
  out.start = options_.anchor;
  out.past_end =
      is_short
          ? options_.anchor->plus(1 + static_cast<std::int32_t>((std::min<std::int64_t>(length.high, 2400) + 23) / 24))
          : anchor_moved(length, 1).plus(1);
  out.precision = TimeResolver::precision_of(out.past_end->number - out.start->number);
  return out;
}

RawTime RelativeReader::ago(const Length& length) const {
  RawTime out;
  out.shape = TimeShape::stretch;
  out.past = length.past;
  if (!options_.anchor) return out;
  if (length.thousandths != 0 && length.unit >= static_cast<int>(TimeUnit::month)) return ago_and_share(length);
  const Day anchor = *options_.anchor;
  const Calendar calendar = lengths_.calendar_at(length.past - 1);
  const TimeUnit unit = static_cast<TimeUnit>(length.unit);
  if (unit <= TimeUnit::hour) {
    out.start = anchor.plus(-static_cast<std::int32_t>((std::min<std::int64_t>(length.high, 2400) + 23) / 24));
    out.past_end = anchor.plus(1);
    out.precision = TimePrecision::day_resolved;
  } else if (unit <= TimeUnit::night) {
    out.start = TimeResolver::moved(calendar, length.unit, anchor, -length.high);
    out.past_end = TimeResolver::moved(calendar, length.unit, anchor, -length.low).plus(1);
    out.precision = TimeResolver::precision_of(out.past_end->number - out.start->number);
  } else {
    const RawTime first = TimeResolver::whole_unit(calendar, length.unit, anchor,
                                                   -static_cast<int>(std::min<std::int64_t>(length.high, 3000)));
    const RawTime last = TimeResolver::whole_unit(calendar, length.unit, anchor,
                                                  -static_cast<int>(std::min<std::int64_t>(length.low, 3000)));
    out.start = first.start;
    out.past_end = last.past_end;
    out.precision = length.low == length.high ? first.precision : TimePrecision::wider;
  }
  return out;
}

/// The day of the report, moved to the far end of the length: "two and a half years" by 30 months.
Day RelativeReader::anchor_moved(const Length& length, int sign) const {
  const Calendar calendar = lengths_.calendar_at(length.past - 1);
  const auto unit = static_cast<TimeUnit>(length.unit);
  if (length.thousandths == 0 || unit < TimeUnit::month)
    return TimeResolver::moved(calendar, length.unit, *options_.anchor, sign * length.high);
  constexpr int kMonthDays = 30;
  const Day day = TimeResolver::moved(calendar, length.unit, *options_.anchor, sign * length.low);
  if (unit == TimeUnit::month) return day.plus(sign * kMonthDays * length.thousandths / 1000);
  const int months = unit == TimeUnit::quarter  ? 3
                     : unit == TimeUnit::year   ? 12
                     : unit == TimeUnit::decade ? 120
                                                : 1200;
  return TimeResolver::moved(calendar, static_cast<int>(TimeUnit::month), day,
                             sign * months * length.thousandths / 1000);
}

/// «یک سال و نیم پیش»: the month that lies there; «یک ماه و نیم پیش»: the week.
RawTime RelativeReader::ago_and_share(const Length& length) const {
  const Calendar calendar = lengths_.calendar_at(length.past - 1);
  const bool is_month = length.unit == static_cast<int>(TimeUnit::month);
  const Day day = anchor_moved(length, -1);
  RawTime out =
      TimeResolver::whole_unit(calendar, static_cast<int>(is_month ? TimeUnit::week : TimeUnit::month), day, 0);
  out.past = length.past;
  return out;
}

/// "In three days", «دو هفته دیگر»: that day, or the whole week, month or year it lies in.
RawTime RelativeReader::from_now(const Length& length) const {
  RawTime out;
  out.shape = TimeShape::stretch;
  out.past = length.past;
  if (!options_.anchor) return out;
  if (length.unit <= static_cast<int>(TimeUnit::hour)) return coming_stretch(length);
  const Calendar calendar = lengths_.calendar_at(length.past - 1);
  const auto whole = [&](std::int64_t count) {
    return TimeResolver::whole_unit(calendar, length.unit, *options_.anchor,
                                    static_cast<int>(std::min<std::int64_t>(count, 3000)));
  };
  const RawTime first = whole(length.low);
  out.start = first.start;
  out.past_end = whole(length.high).past_end;
  out.precision = length.low == length.high ? first.precision : TimePrecision::wider;
  return out;
}

std::optional<RawTime> RelativeReader::pointed(std::uint32_t i, std::uint32_t past, TimeRole mark) const {
  const TimeWord* word = t_.time_word(i);
  if (word == nullptr) return std::nullopt;
  RawTime out;
  out.past = past;
  out.pointer = pointer_of(mark);
  if (word->role == TimeRole::weekday) {
    out.shape = TimeShape::weekday;
    out.weekday = word->value;
    out.calendar = t_.is_arabic(i) ? Calendar::persian : Calendar::gregorian;
    return out;
  }
  if (word->role == TimeRole::month) {
    out.calendar = word->calendar;
    out.month = word->value;
    return out;
  }
  if (word->role == TimeRole::season) {
    const bool is_persian = word->calendar == Calendar::persian;
    out.calendar = word->calendar;
    out.month = t_.is(i, "fall") ? 9 : word->value * 3 + (is_persian ? 1 : 3);
    out.last_month = *out.month + 2;
    return out;
  }
  const int step = mark == TimeRole::past_mark ? -1 : mark == TimeRole::future_mark ? 1 : 0;
  if (word->role == TimeRole::day_part) {
    out.shape = TimeShape::stretch;
    out.precision = TimePrecision::day_resolved;
    if (options_.anchor) {
      out.start = options_.anchor->plus(step);
      out.past_end = out.start->plus(1);
    }
    return out;
  }
  if (word->role != TimeRole::unit) return std::nullopt;
  out.shape = TimeShape::stretch;
  if (!options_.anchor) return out;
  const TimeUnit unit = static_cast<TimeUnit>(word->value);
  RawTime whole = TimeResolver::whole_unit(lengths_.calendar_at(i), word->value, *options_.anchor, step);
  if (unit == TimeUnit::weekend && step < 0) {
    // The last weekend before the anchor, which on a Sunday is a week ago and on a Monday yesterday.
    whole = TimeResolver::whole_unit(lengths_.calendar_at(i), word->value, options_.anchor->plus(-1), 0);
    if (*whole.past_end > *options_.anchor)
      whole = TimeResolver::whole_unit(lengths_.calendar_at(i), word->value, *options_.anchor, -1);
  }
  whole.past = past;
  return whole;
}

/// "It will last two weeks", "did not last three days".
bool RelativeReader::is_verb(std::uint32_t i) const {
  static constexpr std::string_view kModals[] = {"will",  "would", "can", "could", "may", "might",  "must",
                                                 "shall", "to",    "not", "does",  "did", "should", "cannot"};
  if (i == 0 || !t_.is(i, "last")) return false;
  const bool is_negated = i >= 2 && t_.is(i - 1, "t") && t_.is_mark(i - 2, '\'');  // "shouldn't"
  return is_negated || t_.is_any(i - 1, kModals);
}

/// "last week", "the past two years", "this morning", «این هفته», "recent days".
std::optional<RawTime> RelativeReader::read_marked(std::uint32_t i) const {
  const TimeWord* mark = t_.time_word(i);
  const bool is_recent = t_.is(i, "recent");
  if (!is_recent && !is_mark_role(mark)) return std::nullopt;
  if (t_.is_arabic(i) && mark->role != TimeRole::this_mark) return std::nullopt;  // Persian and Arabic put it after
  const std::uint32_t next = i + 1;
  if (t_.is(i, "past") && t_.is_role(next, TimeRole::day_part)) return std::nullopt;  // "a quarter past noon"
  const auto length = lengths_.length_at(next);
  if (length && length->counted && is_verb(i)) return std::nullopt;
  // "This past weekend": its days, not two of them counted back.
  const bool is_weekend = length && !length->counted && length->unit == static_cast<int>(TimeUnit::weekend);
  const bool is_stretch = length && (length->counted || is_recent || (t_.is(i, "past") && !is_weekend));
  std::optional<RawTime> out;
  if (is_stretch && (is_recent || mark->role == TimeRole::past_mark)) {
    out = past_stretch(*length);
    // "Recent days": since when is not said.
    if (is_recent) out->start.reset();
    if (is_recent && out->past_end) out->precision = TimePrecision::wider;
  } else if (length && length->counted) {
    if (mark->role != TimeRole::future_mark) return std::nullopt;
    out = coming_stretch(*length);
  } else if (t_.is(i, "last") && t_.is(next, "night")) {
    out = pointed(next, next + 1, TimeRole::past_mark);
  } else if (!is_recent) {
    const TimeWord* word = t_.time_word(next);
    // "March" and «مهر» after "this" are months only if the text writes them so.
    const bool is_weak = word != nullptr && word->evidence != Evidence::none && !t_.is_capital(next);
    if (is_weak) return std::nullopt;
    out = pointed(next, t_.past(next), mark->role);
    // "Earlier this year": it is over; "later this year": it is to come.
    const bool is_whole =
        out && i > 0 && out->shape == TimeShape::stretch && out->past_end && mark->role == TimeRole::this_mark;
    if (is_whole && t_.is(i - 1, "earlier")) out->past_end = std::min(*out->past_end, options_.anchor->plus(1));
    if (is_whole && t_.is(i - 1, "later") && *out->past_end > *options_.anchor) out->start = options_.anchor;
    if (out && t_.is_arabic(next) && (t_.is(out->past, "ها") || t_.is(out->past, "های"))) return std::nullopt;
  }
  if (out) out->first = i;
  return out;
}

/// Whether the Arabic length at i has Arabic words: «من أسبوع», where Persian «من» is "I".
bool RelativeReader::is_arabic_length(std::uint32_t i, const Length& length) const {
  return t_.is_arabic(i) && lengths_.calendar_at(length.past - 1) == Calendar::gregorian;
}

/// «برای ده روز دیگر»: it goes on for so long.
bool RelativeReader::is_lasting(std::uint32_t i) const {
  return i > 0 && (t_.is(i - 1, "برای") || t_.is(i - 1, "مدت") || t_.is(i - 1, "for"));
}

/// «هفته‌ای که گذشت», «سالی که گذشت»: the last one.
std::optional<RawTime> RelativeReader::read_that_passed(std::uint32_t i) const {
  static constexpr std::string_view kWords[] = {"روزی", "ماهی", "سالی", "هفتهای"};
  static constexpr TimeUnit kUnits[] = {TimeUnit::day, TimeUnit::month, TimeUnit::year, TimeUnit::week};
  const auto* word = std::find(std::begin(kWords), std::end(kWords), t_.word(i));
  const bool is_week = t_.is(i, "هفته") && (t_.is(i + 1, "ای") || t_.is(i + 1, "یی"));
  const std::uint32_t next = is_week ? i + 2 : i + 1;
  if ((word == std::end(kWords) && !is_week) || !t_.is(next, "که") || !t_.is(next + 1, "گذشت")) return std::nullopt;
  const TimeUnit unit = is_week ? TimeUnit::week : kUnits[word - std::begin(kWords)];
  RawTime out;
  out.shape = TimeShape::stretch;
  if (options_.anchor) {
    out = TimeResolver::whole_unit(Calendar::persian, static_cast<int>(unit), *options_.anchor, -1);
  }
  out.past = next + 2;
  return out;
}

/// «الأيام الثلاثة الماضية», «السنوات الخمس المقبلة».
std::optional<RawTime> RelativeReader::read_arabic_plural(std::uint32_t i) const {
  if (!is_one_of(t_.word(i), kArabicPlurals)) return std::nullopt;
  const auto number = t_.cardinal(i + 1);
  const auto bare = number ? number : arabic_count(i + 1);
  if (!bare || bare->low < 1) return std::nullopt;
  const TimeWord* mark = t_.time_word(bare->past);
  if (mark == nullptr || (mark->role != TimeRole::past_mark && mark->role != TimeRole::future_mark))
    return std::nullopt;
  const Length length{bare->low, bare->high, t_.time_word(i)->value, i + 1, true};
  auto out = mark->role == TimeRole::past_mark ? past_stretch(length) : coming_stretch(length);
  out.past = bare->past + 1;
  return out;
}

/// A number in words with its article: «الثلاثة».
std::optional<Cardinal> RelativeReader::arabic_count(std::uint32_t i) const {
  constexpr std::string_view kArticle = "ال";
  const std::string_view word = t_.word(i);
  if (!word.starts_with(kArticle)) return std::nullopt;
  const NumberWord* number = find_number_word(word.substr(kArticle.size()));
  if (number == nullptr || number->ordinal || number->value < 1 || number->value > 100) return std::nullopt;
  return Cardinal{number->value, number->value, i + 1, NumberForm::words};
}

/// After "later", "from now", «بعد»; 0 where the length does not go on so.
std::uint32_t RelativeReader::past_of_later(const Length& length) const {
  const std::uint32_t next = length.past;
  if (is_one_of(t_.word(next), kLater)) return next + 1;
  if (t_.is(next, "from") && t_.is(next + 1, "now")) return next + 2;
  return t_.is(next, "بعد") && !t_.is(next + 1, "از") && !t_.is_role(next + 1, TimeRole::day_part) ? next + 1 : 0;
}

/// "Three days later" than what was told before: in a report of the past, of a day that these words do not give.
RawTime RelativeReader::later(const Length& length) const {
  const bool is_now = t_.is(length.past, "from") || t_.is(length.past, "hence");
  RawTime out;
  out.shape = TimeShape::stretch;
  if (is_now || options_.tense == Tense::future) out = from_now(length);
  out.stands_alone = !is_now;
  out.past = past_of_later(length);
  return out;
}

/// The day of the report.
RawTime RelativeReader::pointed_today(std::uint32_t past) const {
  RawTime out;
  out.shape = TimeShape::stretch;
  out.past = past;
  out.start = options_.anchor;
  if (options_.anchor) out.past_end = options_.anchor->plus(1);
  out.precision = TimePrecision::day_resolved;
  return out;
}

/// "The five past years", "2 upcoming weeks".
std::optional<RawTime> RelativeReader::read_numbered_mark(std::uint32_t i) const {
  const auto number = t_.cardinal(i);
  constexpr std::int64_t kCountLimit = 200;  // "1k last month" is no stretch
  if (!number || number->form == NumberForm::ordinal || number->high > kCountLimit || t_.is_arabic(number->past))
    return std::nullopt;
  const TimeWord* mark = t_.time_word(number->past);
  const TimeWord* unit = t_.time_word(number->past + 1);
  const bool is_back = mark != nullptr && mark->role == TimeRole::past_mark;
  const bool is_ahead = mark != nullptr && mark->role == TimeRole::future_mark;
  if ((!is_back && !is_ahead) || unit == nullptr || unit->role != TimeRole::unit) return std::nullopt;
  // "We will be only 3 next week".
  const bool is_plural =
      number->low == 1 || t_.word(number->past + 1).ends_with("s") || t_.is(number->past, "upcoming");
  if (!is_plural) return std::nullopt;
  const Length length{number->low, number->high, unit->value, number->past + 2, true};
  auto out = is_back ? past_stretch(length) : coming_stretch(length);
  out.first = i;
  return out;
}

/// "The week after next", "the month before last".
std::optional<RawTime> RelativeReader::read_after_next(std::uint32_t i) const {
  const TimeWord* unit = t_.time_word(i);
  if (unit == nullptr || unit->role != TimeRole::unit || t_.is_arabic(i)) return std::nullopt;
  const bool is_ahead = t_.is(i + 1, "after") && t_.is(i + 2, "next");
  const bool is_back = t_.is(i + 1, "before") && t_.is(i + 2, "last");
  if ((!is_ahead && !is_back) || t_.is_role(i + 3, TimeRole::unit)) return std::nullopt;
  RawTime out;
  out.shape = TimeShape::stretch;
  if (options_.anchor) {
    out = TimeResolver::whole_unit(Calendar::gregorian, unit->value, *options_.anchor, is_ahead ? 2 : -2);
  }
  out.first = i;
  out.past = i + 3;
  return out;
}

/// "Talks will start in three weeks": the words before it say that it is to come.
bool RelativeReader::speaks_of_future(std::uint32_t i, int unit) const {
  constexpr std::uint32_t kReach = 8;  // tokens
  if (options_.tense == Tense::future) return true;
  if (unit <= static_cast<int>(TimeUnit::hour)) return false;
  for (std::uint32_t back = 2; back <= kReach && back <= i && !t_.ends_words(i - back); ++back) {
    if (t_.is(i - back, "will") || t_.is(i - back, "shall")) return !tells_past(i);
    if (is_past_verb(i - back)) return false;
  }
  return false;
}

/// "Killed", "were", but not "be killed".
bool RelativeReader::is_past_verb(std::uint32_t i) const {
  static constexpr std::string_view kPastVerbs[] = {"was",  "were", "had",   "did",  "shot",   "beat", "took",
                                                    "held", "said", "found", "died", "struck", "left", "broke"};
  if (i > 0 && t_.is(i - 1, "be")) return false;
  const std::string_view word = t_.word(i);
  const bool is_regular = word.size() > 3 && word.ends_with("ed") && !word.ends_with("eed") && !t_.cardinal(i);
  return is_regular || is_one_of(word, kPastVerbs);
}

/// "In three weeks after police killed four": what follows token i in its clause tells of the past.
bool RelativeReader::tells_past(std::uint32_t i) const {
  constexpr std::uint32_t kReach = 16;  // tokens
  for (std::uint32_t at = i; at < i + kReach && at < t_.size() && !t_.ends_words(at); ++at) {
    if (is_past_verb(at)) return true;
  }
  return false;
}

/// "In three days" and "within a month", where the text speaks of what is to come.
std::optional<RawTime> RelativeReader::read_ahead(std::uint32_t i, const Length& length) const {
  if (i == 0 || !length.counted || !speaks_of_future(i, length.unit)) return std::nullopt;
  const bool is_within = t_.is(i - 1, "within");
  if (!is_within && !t_.is(i - 1, "in") && !t_.is(i - 1, "بعد") && !t_.is(i - 1, "خلال")) return std::nullopt;
  RawTime out = is_within ? coming_stretch(length) : from_now(length);
  out.stands_alone = true;
  return out;
}

/// "Two weeks and two days ago", "2 years 1 month 21 days later": the day, counted unit by unit.
std::optional<RawTime> RelativeReader::read_sum(std::uint32_t i) const {
  constexpr int kPartsLimit = 4;
  std::array<Length, kPartsLimit> parts;
  int count = 0;
  std::uint32_t next = i;
  while (count < kPartsLimit) {
    const auto length = lengths_.length_at(next);
    const bool is_smaller = length && (count == 0 || length->unit < parts[static_cast<std::size_t>(count - 1)].unit);
    if (!is_smaller || !length->counted || length->low != length->high) break;
    parts[static_cast<std::size_t>(count++)] = *length;
    next = length->past + (t_.is(length->past, "and") || t_.is(length->past, "و") ? 1U : 0U);
  }
  if (count < 2) return std::nullopt;
  const Length& last = parts[static_cast<std::size_t>(count - 1)];
  const bool is_back = is_ago(last.past);
  const std::uint32_t past_later = past_of_later(last);
  if (!is_back && past_later == 0) return std::nullopt;
  RawTime out;
  out.shape = TimeShape::stretch;
  const bool is_from_now = is_back || options_.tense == Tense::future || t_.is(last.past, "from");
  if (options_.anchor && is_from_now) {
    Day day = *options_.anchor;
    for (int k = 0; k < count; ++k) {
      const Length& part = parts[static_cast<std::size_t>(k)];
      day = TimeResolver::moved(lengths_.calendar_at(part.past - 1), part.unit, day, is_back ? -part.low : part.low);
    }
    out = TimeResolver::one_day(day);
  }
  out.first = i;
  out.past = is_back ? last.past + 1 : past_later;
  return out;
}

/// «دو هفته دیگر», «تا ده روز دیگر», "three days later".
std::optional<RawTime> RelativeReader::read_onward(std::uint32_t i, const Length& length) const {
  if (!is_one_of(t_.word(length.past), kMore))
    return (length.counted || t_.is(length.past, "بعد")) && past_of_later(length) != 0 ? std::optional(later(length))
                                                                                       : std::nullopt;
  if (!length.counted) return pointed(i, t_.past(length.past), TimeRole::future_mark);  // «هفته دیگر»
  const bool is_until = i > 0 && t_.is(i - 1, "تا");
  if (!is_until && is_lasting(i)) return std::nullopt;
  RawTime out = is_until ? coming_stretch(length) : from_now(length);
  out.past = length.past + 1;
  return out;
}

/// "Two weeks ago", «بیش از یک سال پیش», «هفته پیش», «سال‌ها پیش».
std::optional<RawTime> RelativeReader::read_ago(std::uint32_t i, const Length& length) const {
  if (!length.counted && !t_.is_arabic(length.past)) return std::nullopt;
  if (!length.counted) {
    auto out = pointed(i, length.past + 1, TimeRole::past_mark);
    // «سال‌ها پیش»: how many is not said.
    if (t_.is(length.past - 1, "ها") && out && out->past_end) {
      out->start.reset();
      out->precision = TimePrecision::wider;
    }
    return out;
  }
  const auto leads = [&](std::string_view first, std::string_view second) {
    return i >= 2 && t_.is(i - 2, first) && t_.is(i - 1, second);
  };
  RawTime out = leads("کمتر", "از") || leads("less", "than") ? past_stretch(length) : ago(length);
  if (leads("بیش", "از") || leads("more", "than") || (i >= 1 && t_.is(i - 1, "over"))) out = over(out, length);
  out.past = length.past + 1;
  return out;
}

/// "More than a year ago": since when is not said.
RawTime RelativeReader::over(RawTime ago, const Length& length) const {
  if (!ago.past_end) return ago;
  ago.start.reset();
  ago.past_end =
      TimeResolver::moved(lengths_.calendar_at(length.past - 1), length.unit, *options_.anchor, -length.low).plus(1);
  ago.precision = TimePrecision::wider;
  return ago;
}

/// After «أكثر من», «نحو», «حوالي» before an Arabic length at i.
std::uint32_t RelativeReader::past_arabic_margin(std::uint32_t i) const {
  static constexpr std::string_view kAbout[] = {"نحو", "حوالی", "قرابه", "زهاء"};
  if (t_.is(i, "اکثر") && t_.is(i + 1, "من")) return i + 2;
  return is_one_of(t_.word(i), kAbout) ? i + 1 : i;
}

/// «هفته گذشته», «۲۴ ساعت گذشته», «روزهای اخیر», «هفته‌های آینده».
std::optional<RawTime> RelativeReader::read_marked_after(std::uint32_t i, const Length& length) const {
  const TimeRole mark = t_.time_word(length.past)->role;
  const bool is_plural = t_.word(length.past - 1).ends_with("های") || t_.is(length.past - 1, "ها") ||
                         is_one_of(t_.word(i), kArabicPlurals);
  std::optional<RawTime> out;
  if (mark == TimeRole::past_mark && (length.counted || is_plural)) {
    out = past_stretch(length);
    if (is_plural && !length.counted) out->start.reset();
    if (is_plural && out->past_end) out->precision = TimePrecision::wider;
  } else if ((length.counted || is_plural) && mark == TimeRole::future_mark) {
    out = coming_stretch(length);
    // «هفته‌های آینده»: until when is not said.
    if (!length.counted) out->past_end.reset();
    if (!length.counted && out->start) out->precision = TimePrecision::wider;
  } else if (!length.counted) {
    out = pointed(i, length.past, mark);
  }
  if (out) out->past = length.past + 1;
  return out;
}

/// «پیش» and "ago" at i; «قبل از» is none, nor «پیش از ۲۰ آبان», where «پیش از تهران آمد» is.
bool RelativeReader::is_ago(std::uint32_t i) const {
  if (!t_.is_role(i, TimeRole::ago_mark)) return false;
  if (!t_.is(i + 1, "از")) return true;
  const bool is_dated = t_.time_word(i + 2) != nullptr || t_.cardinal(i + 2);
  return !t_.is(i, "قبل") && !(t_.is(i, "پیش") && is_dated);
}

/// What a length at i says together with the words after it.
std::optional<RawTime> RelativeReader::read_after_length(std::uint32_t i, const Length& length) const {
  if (auto onward = read_onward(i, length)) return onward;
  const TimeWord* mark = t_.time_word(length.past);
  if (is_ago(length.past) || (mark != nullptr && t_.is(length.past, "earlier") && length.counted))
    return read_ago(i, length);
  const bool is_this = t_.is(length.past, "این") || t_.is(length.past, "همین");
  if (is_mark_role(mark) && t_.is_arabic(length.past) && !is_this) return read_marked_after(i, length);
  return std::nullopt;
}

/// «هفته گذشته», «سه روز پیش», "two weeks ago", «۲۴ ساعت گذشته», «قبل ثلاثة أيام», «روزهای اخیر».
std::optional<RawTime> RelativeReader::read_followed(std::uint32_t i) const {
  std::optional<RawTime> out;
  const bool is_lead = t_.is(i, "قبل") || t_.is(i, "منذ") || t_.is(i, "من");
  const std::uint32_t at = is_lead ? past_arabic_margin(i + 1) : i;
  const auto before = is_lead ? lengths_.length_at(at) : std::nullopt;
  if (before && !t_.is_number(before->past) && (!t_.is(i, "من") || is_arabic_length(i + 1, *before))) {
    // «قبل يومين من 3 أيار» is counted from that day.
    if (t_.is(i, "قبل") && t_.is(before->past, "من")) return std::nullopt;
    out = t_.is(i + 1, "اکثر") ? over(ago(*before), *before) : ago(*before);
  } else if (auto gone = read_that_passed(i)) {
    out = gone;
  } else if (auto plural = read_arabic_plural(i)) {
    out = plural;
  } else if (is_one_of(t_.word(i), kMoments) && t_.is_role(i + 1, TimeRole::ago_mark)) {
    out = pointed_today(i + 2);
  } else if (const auto length = lengths_.length_at(i)) {
    out = read_after_length(i, *length);
  } else if (const TimeWord* word = t_.time_word(i); word != nullptr && t_.is_arabic(i)) {
    // «دوشنبه شب گذشته».
    const std::uint32_t next = t_.past(i) + (word->role == TimeRole::weekday && t_.is(t_.past(i), "شب") ? 1U : 0U);
    const TimeWord* mark = t_.time_word(next);
    const bool marks = is_mark_role(mark) && mark->role != TimeRole::this_mark;
    if (marks) out = pointed(i, t_.past(next), mark->role);
  }
  if (out) out->first = i;
  return out;
}

/// «روزه», «ساعته»: a length as an adjective.
bool RelativeReader::is_adjective(std::uint32_t i) const {
  static constexpr std::string_view kAdjectives[] = {"روزه", "شبه", "هفتهای", "ماهه", "ساعته", "دقیقهای"};
  return is_one_of(t_.word(i), kAdjectives);
}

std::optional<RawTime> RelativeReader::read_length(std::uint32_t i) const {
  const auto length = lengths_.length_at(i);
  if (!length || !length->counted) return std::nullopt;
  // «۲۰۲۲ سال دشواری بود»: nobody counts thousands of years.
  if (length->unit >= static_cast<int>(TimeUnit::year) && length->low >= 1000) return std::nullopt;
  const std::uint32_t past = length->past;
  const bool is_age = t_.is(past, "old") || (t_.is_mark(past, '-') && t_.is(past + 1, "old")) || t_.is(past, "سن");
  if (is_age) return std::nullopt;
  if (auto ahead = read_ahead(i, *length)) {
    ahead->first = i;
    return ahead;
  }
  RawTime out = lengths_.duration(*length);
  out.first = i;
  // "Five years and three months", "3 hours 30 minutes": smaller units go on.
  constexpr int kPartsLimit = 4;
  int unit = length->unit;
  for (int parts = 1; parts < kPartsLimit; ++parts) {
    const bool is_linked = t_.is(out.past, "و") || t_.is(out.past, "and");
    const auto rest = lengths_.length_at(is_linked ? out.past + 1 : out.past);
    // «هفت روزه و ۲۴ ساعته» are two lengths of which things are made.
    const bool are_two = is_adjective(out.past - 1) && rest && is_adjective(rest->past - 1);
    if (!rest || !rest->counted || rest->unit >= unit || are_two) break;
    const RawTime more = lengths_.duration(*rest);
    out.low_days = *out.low_days + *more.low_days;
    out.high_days = *out.high_days + *more.high_days;
    out.units.reset();  // no longer a count of one unit
    out.seconds = out.seconds && more.seconds ? std::optional(*out.seconds + *more.seconds) : std::nullopt;
    out.past = more.past;
    unit = rest->unit;
  }
  return out;
}

std::optional<RawTime> RelativeReader::read(std::uint32_t i) const {
  std::optional<RawTime> best;
  const auto keep = [&](std::optional<RawTime> found) {
    if (found && (!best || found->past > best->past)) best = std::move(found);
  };
  keep(read_day_word(i));
  keep(read_marked(i));
  keep(read_followed(i));
  keep(read_numbered_mark(i));
  keep(read_after_next(i));
  keep(read_sum(i));
  keep(read_length(i));
  return best;
}

}  // namespace gavah::text
