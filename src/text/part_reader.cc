#include "text/part_reader.h"

#include <algorithm>

#include "text/calendar.h"

namespace gavah::text {
namespace {

constexpr std::int32_t kLongestMonthDays = 31;
constexpr std::int32_t kHalfMonthDays = 15;
constexpr int kDaysLimit = 366;
constexpr int kSaturday = 6;
constexpr int kCountLimit = 31;  // parts of a year or month: nobody counts further

constexpr std::string_view kFirst[] = {"نخست", "اول", "اولی", "الاول", "الاولی", "اولین", "نخستین", "first"};
constexpr std::string_view kSecond[] = {"دوم", "الثانی", "الثانیه", "ثانی", "دومین", "second"};
constexpr std::string_view kLast[] = {"اخر", "آخر", "پایانی", "الاخیر", "الاخیره", "آخرین", "اخرین", "last", "final"};
/// Words for the unit that the report's day lies in: "the first Monday of the month".
constexpr std::string_view kBareUnits[] = {"سال", "ماه", "month", "year", "الشهر", "العام", "السنه"};
constexpr std::string_view kQuarters[] = {"quarter", "qtr", "ربع", "الربع"};
constexpr std::string_view kHalves[] = {"نیمه", "نیمسال", "نصف", "النصف", "half"};

template <std::size_t N>
bool is_one_of(std::string_view word, const std::string_view (&words)[N]) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

}  // namespace

std::optional<int> PartReader::ordinal_at(std::uint32_t i, std::uint32_t& past) const {
  past = i + 1;
  const std::string_view word = t_.word(i);
  if (is_one_of(word, kFirst)) return 1;
  if (is_one_of(word, kSecond)) return 2;
  if (is_one_of(word, kLast)) return 0;
  const auto number = t_.cardinal(i);
  if (!number || number->form != NumberForm::ordinal || number->low < 1 || number->low > kDaysLimit)
    return std::nullopt;
  past = number->past;
  return static_cast<int>(number->low);
}

std::optional<PartReader::Part> PartReader::unit_at(std::uint32_t i) const {
  Part out;
  std::uint32_t next = i;
  if (is_one_of(t_.word(i), kHalves)) return Part{.unit = Unit::half, .past = i + 1};
  if (is_one_of(t_.word(i), kQuarters)) return Part{.unit = Unit::months, .count = 3, .past = i + 1};
  if (t_.is_role(i, TimeRole::weekday)) {
    // "The first Monday evening of May" is that day.
    const std::uint32_t past = t_.past(i);
    const bool has_part = !t_.is_arabic(i) && t_.is_role(past, TimeRole::day_part);
    return Part{.unit = Unit::weekday, .weekday = t_.time_word(i)->value, .past = has_part ? t_.past(past) : past};
  }
  if (const auto number = t_.cardinal(i); number && number->form != NumberForm::ordinal) {
    if (number->form == NumberForm::vague || number->low < 1 || number->low > kCountLimit) return std::nullopt;
    out.count = static_cast<int>(number->low);
    next = number->past;
  }
  const TimeWord* unit = t_.time_word(next);
  if (unit == nullptr || unit->role != TimeRole::unit || unit->count != 0) return std::nullopt;
  out.past = t_.past(next);
  // «روزهای پایانی»: how many is not said.
  if (t_.word(next).ends_with("های") || t_.is(out.past, "های") || t_.is(out.past, "ها")) return std::nullopt;
  switch (static_cast<TimeUnit>(unit->value)) {
    case TimeUnit::day:
      return out;
    case TimeUnit::week:
      out.count *= 7;
      return out;
    case TimeUnit::weekend:
      out.unit = Unit::weekend;
      out.weekday = kSaturday;
      return next == i && !t_.is_arabic(i) ? std::optional(out) : std::nullopt;
    case TimeUnit::month:
      out.unit = Unit::months;
      return out;
    case TimeUnit::decade:
      out.count = 10;
      out.in_month = true;
      return next == i ? std::optional(out) : std::nullopt;
    default:
      return std::nullopt;
  }
}

/// "the first three months of".
std::optional<PartReader::Part> PartReader::ordinal_first(std::uint32_t i) const {
  std::uint32_t next = t_.is(i, "the") ? i + 1 : i;
  const bool is_arabic = t_.is_arabic(next);
  const auto nth = ordinal_at(next, next);
  if (!nth) return std::nullopt;
  // "The third last week of 2018".
  const bool from_end = *nth > 0 && t_.is(next, "last") && !is_arabic;
  if (from_end) ++next;
  // «آخرین سه‌شنبه سال», «أول أسبوع من»; after other ordinals the unit stands before
  // them.
  const bool leads = t_.word(next - 1).ends_with("ین");
  auto out = unit_at(next);
  if (!out) return std::nullopt;
  const bool is_linked = is_link(out->past);
  // "4th quarter 2018".
  const bool is_quarter =
      is_one_of(t_.word(out->past - 1), kQuarters) && t_.is_number(out->past) && t_.word(out->past).size() == 4;
  if (!is_linked && !is_quarter && (!is_arabic || (!leads && out->unit != Unit::weekday))) return std::nullopt;
  out->nth = *nth;
  out->from_end = from_end;
  if (is_linked) ++out->past;
  return out;
}

/// «سه ماه اول», «الأسبوع الأول من».
std::optional<PartReader::Part> PartReader::ordinal_last(std::uint32_t i) const {
  auto out = unit_at(i);
  if (!out || !t_.is_arabic(out->past)) return std::nullopt;
  const bool is_nine_months = out->unit == Unit::months && out->count > 1 && t_.is(out->past - 1, "ماهه");
  const auto nth = ordinal_at(out->past, out->past);
  if (!nth && !is_nine_months) return std::nullopt;
  out->nth = nth.value_or(1);
  if (!nth) --out->past;  // «نه ماهه امسال»: the first nine
  // «سه‌شنبه سوم شهریور» is a date, «الثلاثاء الأول من» is none.
  const bool is_linked = is_link(out->past);
  if (out->unit == Unit::weekday && (!is_linked || t_.is(out->past, "از"))) return std::nullopt;
  if (is_linked) ++out->past;
  return out;
}

bool PartReader::is_link(std::uint32_t i) const {
  return t_.is(i, "of") || t_.is(i, "in") || t_.is(i, "من") || t_.is(i, "فی") || t_.is(i, "از");
}

/// "The last Tuesday of March next year": the year that is counted from the report.
void PartReader::take_said_year(RawTime& month) const {
  const std::uint32_t at = t_.is(month.past, "of") || t_.is(month.past, "من") ? month.past + 1 : month.past;
  const auto year = at < t_.size() ? relatives_.read(at) : std::nullopt;
  if (!year || year->shape != TimeShape::stretch || !year->start || !year->past_end) return;
  const auto date = from_day(month.calendar, *year->start);
  constexpr std::int32_t kShortestYear = 354;
  const std::int32_t days = year->past_end->number - year->start->number;
  if (!date || date->month != 1 || date->day != 1 || days < kShortestYear || days > kDaysLimit) return;
  month.year = date->year;
  month.past = year->past;
}

/// The month, season or year that a part is counted in.
std::optional<PartReader::Whole> PartReader::whole_at(std::uint32_t i) const {
  if (t_.is(i, "the")) ++i;
  if (i >= t_.size()) return std::nullopt;
  auto raw = dates_.read(i);
  // «آخرین جمعه آبان»: after what is counted in it, the name is a month.
  if (!raw && t_.is_role(i, TimeRole::month) && t_.is_arabic(i)) {
    raw.emplace();
    raw->calendar = t_.time_word(i)->calendar;
    raw->month = t_.time_word(i)->value;
    raw->past = t_.past(i);
  }
  const bool is_date = raw && !raw->day;
  if (is_date && raw->month && !raw->year) take_said_year(*raw);
  if (!is_date) raw = relatives_.read(i);
  const bool is_whole = is_date || (raw && raw->shape == TimeShape::stretch && raw->start && raw->past_end);
  const TimeWord* unit = t_.time_word(i);
  if (!is_whole && unit != nullptr && is_one_of(t_.word(i), kBareUnits) && options_.anchor) {
    const bool is_persian = t_.is(i, "سال") || t_.is(i, "ماه");
    raw = TimeResolver::whole_unit(is_persian ? Calendar::persian : Calendar::gregorian, unit->value, *options_.anchor,
                                   0);
    raw->past = i + 1;
  } else if (!is_whole) {
    return std::nullopt;
  }
  return whole_of(*raw);
}

std::optional<PartReader::Whole> PartReader::whole_of(const RawTime& raw) const {
  bool relative = false;
  const TimeInterval time = resolver_.resolve(raw, relative);
  if (!time.start || !time.end) return std::nullopt;
  // Islamic months come a day wider on each side; the part is widened again.
  const int margin = raw.calendar == Calendar::islamic ? 1 : 0;
  const Day first = time.start->day().plus(margin);
  const Day past_end = time.end->day().plus(-margin);
  if (past_end.number - first.number < kHalfMonthDays) return std::nullopt;
  return Whole{first, past_end, raw.calendar, raw.past};
}

/// "the first Tuesday of October", "the last weekend of May", «آخرین سه‌شنبه سال».
std::optional<RawTime> PartReader::weekday_of(const Part& part, const Whole& whole) {
  const bool is_last = part.nth == 0;
  Day day = is_last ? whole.past_end.plus(-1) : whole.start;
  while (day.weekday() != part.weekday) day = day.plus(is_last ? -1 : 1);
  if (!is_last) day = day.plus(7 * (part.nth - 1));
  if (day >= whole.past_end || day < whole.start) return std::nullopt;
  RawTime out;
  out.shape = TimeShape::stretch;
  out.calendar = whole.calendar;
  out.start = day;
  out.past_end = day.plus(part.unit == Unit::weekend ? 2 : 1);
  out.precision = TimeResolver::precision_of(out.past_end->number - day.number);
  out.past = whole.past;
  return out;
}

std::optional<RawTime> PartReader::cut(const Part& part, const Whole& whole) const {
  const bool is_month = whole.past_end.number - whole.start.number <= kLongestMonthDays;
  if (part.in_month && (!is_month || part.nth > 3)) return std::nullopt;
  if (part.unit == Unit::months && is_month) return std::nullopt;
  if (part.unit == Unit::weekday || part.unit == Unit::weekend) return weekday_of(part, whole);
  const bool by_months = part.unit == Unit::months || (part.unit == Unit::half && !is_month);
  const int months = ((whole.past_end.number - whole.start.number) * 12 + 182) / 365;
  if (part.unit == Unit::half && by_months && months % 2 != 0) return std::nullopt;
  const int count = part.unit != Unit::half ? part.count : by_months ? months / 2 : kHalfMonthDays;
  const auto after = [&](int units) {
    return by_months ? TimeResolver::moved(whole.calendar, static_cast<int>(TimeUnit::month), whole.start, units)
                     : whole.start.plus(units);
  };
  RawTime out;
  out.shape = TimeShape::stretch;
  out.calendar = whole.calendar;
  if (part.from_end) {
    if (by_months || part.unit == Unit::half) return std::nullopt;
    out.past_end = whole.past_end.plus(-count * (part.nth - 1));
    out.start = out.past_end->plus(-count);
  } else if (part.nth == 0) {
    out.past_end = whole.past_end;
    out.start = by_months
                    ? TimeResolver::moved(whole.calendar, static_cast<int>(TimeUnit::month), whole.past_end, -count)
                    : whole.past_end.plus(-count);
  } else {
    out.start = after((part.nth - 1) * count);
    // The last third and half of a month reach to its end, whatever its length.
    const bool to_end = (part.in_month && part.nth == 3) || (part.unit == Unit::half && part.nth == 2);
    out.past_end = to_end ? whole.past_end : std::min(after(part.nth * count), whole.past_end);
  }
  if (*out.start < whole.start || *out.past_end <= *out.start) return std::nullopt;
  if (whole.calendar == Calendar::islamic) {
    out.start = out.start->plus(-1);
    out.past_end = out.past_end->plus(1);
  }
  out.precision = TimeResolver::precision_of(out.past_end->number - out.start->number);
  out.past = whole.past;
  return out;
}

std::optional<RawTime> PartReader::read_of(const RawTime& raw, std::uint32_t i) const {
  const bool is_whole = (raw.shape == TimeShape::date && !raw.day) || raw.shape == TimeShape::stretch;
  std::uint32_t next = i;
  const auto nth = is_whole ? ordinal_at(i, next) : std::nullopt;
  auto part = nth ? unit_at(next) : std::nullopt;
  const auto whole = part ? whole_of(raw) : std::nullopt;
  if (!whole) return std::nullopt;
  part->nth = *nth;
  auto out = cut(*part, *whole);
  if (!out) return std::nullopt;
  out->first = raw.first;
  out->past = part->past;
  return out;
}

std::optional<RawTime> PartReader::read(std::uint32_t i) const {
  auto part = ordinal_first(i);
  if (!part) part = ordinal_last(i);
  if (!part) return std::nullopt;
  const auto whole = whole_at(part->past);
  auto out = whole ? cut(*part, *whole) : std::nullopt;
  if (out) out->first = i;
  return out;
}

}  // namespace gavah::text
