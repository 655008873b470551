#include "text/spoken_clock_reader.h"

#include "text/number_word.h"

namespace gavah::text {
namespace {

constexpr int kHourSeconds = 3600;
constexpr int kMinuteSeconds = 60;
constexpr int kDaySeconds = 24 * kHourSeconds;
constexpr int kHalfDayHours = 12;

/// Words before a number in words that make an hour of it: "at seven in the morning".
constexpr std::string_view kHourCues[] = {"at",    "around", "about", "by",   "until",  "till",
                                          "after", "before", "since", "from", "between"};

/// The minutes of "15h30".
bool is_h_minutes(std::string_view word) {
  const auto is_digit = [&](std::size_t at) { return word[at] >= '0' && word[at] <= '9'; };
  return word.size() == 3 && word[0] == 'h' && is_digit(1) && is_digit(2);
}

/// Minutes below nothing are those that the hour lacks: «الثانية عشرة إلا ربعا».
int seconds_of(int hour, int minute) {
  return ((hour % 24) * kHourSeconds + minute * kMinuteSeconds + kDaySeconds) % kDaySeconds;
}

}  // namespace

/// After "o'clock"; i where it does not stand there.
std::uint32_t SpokenClockReader::past_oclock(std::uint32_t i) const {
  if (t_.is(i, "oclock")) return i + 1;
  return t_.is(i, "o") && t_.is_mark(i + 1, '\'') && t_.is(i + 2, "clock") ? i + 3 : i;
}

/// «والنصف», «وثلث», «إلا ربعا», «وثمانية عشر دقيقة».
std::optional<int> SpokenClockReader::take_arabic_minutes(std::uint32_t& past) const {
  struct Share {
    std::string_view word;
    int minutes;
  };
  static constexpr Share kShares[] = {{"نصف", 30},   {"النصف", 30}, {"ربع", 15},  {"ربعا", 15},
                                      {"الربع", 15}, {"ثلث", 20},   {"ثلثا", 20}, {"الثلث", 20}};
  constexpr std::string_view kAnd = "و";
  const auto share_of = [](std::string_view word) -> std::optional<int> {
    for (const Share& share : kShares) {
      if (share.word == word) return share.minutes;
    }
    return std::nullopt;
  };
  if (t_.is(past, "الا")) {
    const auto lacking = share_of(t_.word(past + 1));
    if (lacking) past += 2;
    return lacking ? std::optional(-*lacking) : std::nullopt;
  }
  const std::string_view word = t_.word(past);
  if (!word.starts_with(kAnd) || word.size() <= kAnd.size()) return std::nullopt;
  const std::string_view rest = word.substr(kAnd.size());
  if (const auto share = share_of(rest)) {
    ++past;
    return share;
  }
  const NumberWord* number = find_number_word(rest);
  if (number == nullptr || number->value < 1 || number->value > 59) return std::nullopt;
  int minutes = static_cast<int>(number->value);
  std::uint32_t next = past + 1;
  if (minutes < 10 && (t_.is(next, "عشر") || t_.is(next, "عشره"))) {
    minutes += 10;
    ++next;
  } else if (minutes < 10 && t_.word(next).starts_with(kAnd)) {
    const NumberWord* tens = find_number_word(t_.word(next).substr(kAnd.size()));
    if (tens != nullptr && tens->value >= 20 && tens->value <= 50) {
      minutes += static_cast<int>(tens->value);
      ++next;
    }
  }
  if (!t_.is(next, "دقیقه")) return std::nullopt;
  past = next + 1;
  return minutes;
}

/// A word before i, or before the hour that a range from it begins with, makes an hour of it.
bool SpokenClockReader::leads_to_hour(std::uint32_t i) const {
  if (i == 0) return false;
  const bool is_second =
      i >= 3 && t_.is_number(i - 2) && (t_.is_mark(i - 1, '-') || t_.is(i - 1, "and") || t_.is(i - 1, "to"));
  return t_.is_any(is_second ? i - 3 : i - 1, kHourCues);
}

/// An hour in digits at i: "9", "9:30", "8.30", "15h30", "1140" before "am".
std::optional<SpokenClockReader::Hour> SpokenClockReader::written_hour_at(std::uint32_t i) const {
  constexpr std::int64_t kMinutes = 60;
  Hour out;
  const auto value = t_.digits(i);
  if (!value) return std::nullopt;
  out.past = i + 1;
  if (t_.word(i).size() == 3 || t_.word(i).size() == 4) {
    out.hour = static_cast<int>(*value / 100);
    out.minute = static_cast<int>(*value % 100);
    out.has_minute = true;
    const bool has_end = t_.is(i + 1, "am") || t_.is(i + 1, "pm") || (t_.is_mark(i + 2, '.') && t_.is(i + 3, "m"));
    if (has_end && out.hour >= 1 && out.hour <= kHalfDayHours && out.minute < kMinutes) return out;
    // "At 0730": no count begins with a nought.
    out.is_marked = out.is_named = t_.word(i).size() == 4 && t_.word(i)[0] == '0' && leads_to_hour(i);
    return out.is_marked && out.minute < kMinutes ? std::optional(out) : std::nullopt;
  }
  if (*value > 24 || t_.word(i).size() > 2) return std::nullopt;
  out.hour = static_cast<int>(*value);
  const std::string_view next = t_.is_attached(i + 1) ? t_.word(i + 1) : std::string_view();
  const bool has_mark = (t_.is_mark(i + 1, ':') || t_.is_mark(i + 1, '.')) && !next.empty() && t_.is_number(i + 2) &&
                        t_.is_attached(i + 2) && t_.word(i + 2).size() == 2;
  if (has_mark) {
    out.minute = static_cast<int>(*t_.digits(i + 2));
    out.past = i + 3;
    out.has_minute = true;
    out.is_marked = t_.is_mark(i + 1, ':');
  } else if (is_h_minutes(next)) {
    out.minute = (next[1] - '0') * 10 + (next[2] - '0');
    out.past = i + 2;
    out.has_minute = out.is_marked = out.is_named = true;
  } else if (next == "h" && i > 0 && t_.is(i - 1, "at")) {
    out.past = i + 2;
    out.is_marked = out.is_named = true;
  }
  return out.minute < kMinutes ? std::optional(out) : std::nullopt;
}

/// "Seven thirty", "five-thirty".
void SpokenClockReader::take_spoken_minutes(Hour& hour) const {
  const std::uint32_t at = t_.is_mark(hour.past, '-') && t_.is_attached(hour.past) ? hour.past + 1 : hour.past;
  const auto minutes = t_.is_number(at) ? std::nullopt : t_.cardinal(at);
  const bool is_minute = minutes && minutes->form == NumberForm::words && minutes->low == minutes->high &&
                         minutes->low >= 10 && minutes->low <= 59;
  if (!is_minute || hour.hour > kHalfDayHours || hour.hour < 1) return;
  hour.minute = static_cast<int>(minutes->low);
  hour.past = minutes->past;
  hour.has_minute = hour.is_spoken = true;
}

/// An hour in digits or words at i, with its minutes and what stands after it.
std::optional<SpokenClockReader::Hour> SpokenClockReader::hour_at(std::uint32_t i) const {
  std::optional<Hour> out;
  if (t_.is_number(i)) {
    out = written_hour_at(i);
  } else if (const auto words = t_.cardinal(i); words && words->low == words->high && words->low >= 0 &&
                                                words->low <= 24 && words->form == NumberForm::words) {
    out = Hour{.hour = static_cast<int>(words->low), .past = words->past};
    take_spoken_minutes(*out);
  }
  if (!out) return std::nullopt;
  take_end(*out);
  return out->hour <= 24 ? out : std::nullopt;
}

SpokenClockReader::HalfDay SpokenClockReader::half_at(std::uint32_t i) const {
  if (t_.is(i, "morning")) return HalfDay::morning;
  if (t_.is(i, "afternoon")) return HalfDay::afternoon;
  if (t_.is(i, "evening")) return HalfDay::evening;
  return t_.is(i, "night") || t_.is(i, "tonight") || t_.is(i, "tonite") ? HalfDay::night : HalfDay::none;
}

/// "This morning", "on Tuesday evening", "tonight" at `past`.
SpokenClockReader::HalfDay SpokenClockReader::half_after(std::uint32_t past) const {
  const std::uint32_t at = t_.is(past, "on") ? past + 1 : past;
  const TimeWord* word = t_.time_word(at);
  if (word == nullptr || t_.is_arabic(at)) return HalfDay::none;
  if (t_.is(at, "tonight") || t_.is(at, "tonite")) return HalfDay::night;
  const bool leads = word->role == TimeRole::day_word || word->role == TimeRole::weekday ||
                     word->role == TimeRole::this_mark || word->role == TimeRole::past_mark;
  return leads ? half_at(t_.past(at)) : HalfDay::none;
}

/// "Last night at", "this evening around" before the hour at i.
SpokenClockReader::HalfDay SpokenClockReader::half_before(std::uint32_t i) const {
  const bool asks = i >= 2 && (t_.is(i - 1, "at") || t_.is(i - 1, "around") || t_.is_mark(i - 1, '@'));
  return asks ? half_at(i - 2) : HalfDay::none;
}

/// Nothing where the hour is none of that half: "at two in the night" is told otherwise.
std::optional<int> SpokenClockReader::hour_of_24(int hour, HalfDay half) {
  constexpr int kEvening = 4;
  constexpr int kNight = 6;
  if (half == HalfDay::none || hour < 1 || hour > kHalfDayHours) return std::nullopt;
  if (half == HalfDay::morning) return hour < kHalfDayHours ? std::optional(hour) : std::nullopt;
  if (half == HalfDay::afternoon) return hour % kHalfDayHours + kHalfDayHours;
  const int first = half == HalfDay::evening ? kEvening : kNight;
  return hour >= first && hour < kHalfDayHours ? std::optional(hour + kHalfDayHours) : std::nullopt;
}

/// Of an hour at i of which no half of the day is said, the one that the day beside it names.
bool SpokenClockReader::take_half_beside(Hour& hour, std::uint32_t i) const {
  static constexpr std::string_view kAsking[] = {"at",    "by",    "until", "till",    "before",
                                                 "after", "since", "from",  "between", "around"};
  if (hour.is_of_24 || i == 0) return false;
  HalfDay half = HalfDay::none;
  if (t_.is_any(i - 1, kAsking)) half = half_after(hour.past);
  if (half == HalfDay::none && ends_hour(hour.past)) half = half_before(i);
  const auto whole = hour_of_24(hour.hour, half);
  if (!whole) return false;
  hour.hour = *whole;
  hour.is_of_24 = hour.is_marked = hour.is_named = true;
  return true;
}

/// "At noon", "around midday".
std::optional<RawTime> SpokenClockReader::read_noon(std::uint32_t i) const {
  if ((!t_.is(i, "noon") && !t_.is(i, "midday")) || i == 0 || !t_.is_any(i - 1, kHourCues)) return std::nullopt;
  RawTime out;
  out.shape = TimeShape::clock;
  out.first = i;
  out.past = i + 1;
  out.clock_seconds = kHalfDayHours * kHourSeconds;
  out.clock_size_seconds = kHourSeconds;
  return out;
}

/// "O'clock", "pm" and "in the evening" after an hour.
void SpokenClockReader::take_end(Hour& hour) const {
  static constexpr std::string_view kHalfDays[] = {"am", "pm", "a", "p"};
  const std::uint32_t past_name = past_oclock(hour.past);
  hour.is_named = hour.is_named || past_name != hour.past;
  hour.is_marked = hour.is_marked || hour.is_named;
  hour.past = past_name;
  std::uint32_t past = hour.past;
  const auto whole = clocks_.take_half_day(hour.hour, past);
  if (!whole || past == hour.past) {
    hour.is_of_24 = hour.hour > kHalfDayHours;
    return;
  }
  hour.hour = *whole;
  const bool is_noon = hour.hour == kHalfDayHours && t_.is(hour.past, "noon");
  hour.is_named = hour.is_named || is_noon || t_.is_any(hour.past, kHalfDays);
  hour.past = past;
  hour.is_of_24 = hour.is_marked = true;
}

/// "Half past six", "a quarter to five", "ten minutes past three in the afternoon".
bool SpokenClockReader::ends_hour(std::uint32_t past) const {
  static constexpr std::string_view kNext[] = {"in", "on", "at", "when", "as", "and", "after", "before"};
  return t_.ends_words(past) || t_.is_any(past, kNext);
}

std::optional<RawTime> SpokenClockReader::read_past(std::uint32_t i) const {
  const std::uint32_t at = t_.is(i, "a") ? i + 1 : i;
  int minutes = 0;
  std::uint32_t next = at + 1;
  const bool is_share = t_.is(at, "half") || t_.is(at, "quarter");
  bool is_said = is_share;
  if (is_share) {
    minutes = t_.is(at, "half") ? 30 : 15;
  } else {
    const auto number = at == i ? t_.cardinal(i) : std::nullopt;
    if (!number || number->low < 1 || number->low > 59 || number->low != number->high || t_.is_arabic(i) ||
        number->form == NumberForm::ordinal)
      return std::nullopt;
    minutes = static_cast<int>(number->low);
    next = number->past;
    is_said = t_.is(next, "minutes") || t_.is(next, "min") || t_.is(next, "minute");
    if (is_said) ++next;
  }
  // "Ten to three" may be a vote.
  const bool is_after = t_.is(next, "past");
  if (!is_after && (!t_.is(next, "to") || !is_said || t_.is(at, "half"))) return std::nullopt;
  const bool is_noon = t_.is(next + 1, "noon") || t_.is(next + 1, "midday");
  const auto hour =
      is_noon ? std::optional(Hour{.hour = kHalfDayHours, .past = next + 2, .is_marked = true}) : hour_at(next + 1);
  if (!hour || hour->has_minute || hour->hour == 0) return std::nullopt;
  if (!hour->is_marked && !(is_share && is_after) && !ends_hour(hour->past)) return std::nullopt;
  RawTime out;
  out.shape = TimeShape::clock;
  out.first = i;
  out.past = hour->past;
  out.clock_size_seconds = kMinuteSeconds;
  out.clock_seconds = seconds_of(hour->hour, is_after ? minutes : -minutes);
  return out;
}

/// "From 3 to 5 pm", "between 10 and 11:30", "9-11 am": from the first hour through the last.
std::optional<RawTime> SpokenClockReader::read_range(std::uint32_t i) const {
  if (t_.is_arabic(i) || (i > 0 && t_.is_attached(i) && !t_.is_mark(i - 1, '('))) return std::nullopt;
  auto first = hour_at(i);
  if (!first) return std::nullopt;
  const std::uint32_t link = first->past;
  const bool is_between = i > 0 && t_.is(i - 1, "between");
  const bool links = t_.is(link, "to") || t_.is(link, "until") || t_.is(link, "till") || t_.is_mark(link, '-') ||
                     t_.is(link, "through") || (is_between && t_.is(link, "and"));
  auto last = links ? hour_at(link + 1) : std::nullopt;
  if (!last) return std::nullopt;
  // "Between 7 and 9 last night", "from three thirty to four thirty".
  const bool is_asked = i > 0 && (is_between || t_.is(i - 1, "from"));
  const auto whole = is_asked && !last->is_of_24 ? hour_of_24(last->hour, half_after(last->past)) : std::nullopt;
  if (whole) {
    last->hour = *whole;
    last->is_of_24 = last->is_marked = true;
  }
  if (is_asked && first->is_spoken && last->is_spoken && ends_hour(last->past)) first->is_marked = true;
  // "3-5" may be a score, "3 to 5.30" a price: an hour must be marked as one.
  if (!first->is_marked && !last->is_marked) return std::nullopt;
  if (!last->is_marked && !ends_hour(last->past)) return std::nullopt;  // "at 5 pm to 12 districts"
  if (!first->is_of_24 && last->is_of_24 && first->hour <= kHalfDayHours) {
    // "3 to 5 pm" shares its half of the day, "10 to 3 pm" does not.
    const int same = first->hour % kHalfDayHours + (last->hour >= kHalfDayHours ? kHalfDayHours : 0);
    first->hour = same * 60 + first->minute < last->hour * 60 + last->minute ? same : first->hour;
  } else if (!last->is_of_24 && last->seconds() <= first->seconds()) {
    last->hour += kHalfDayHours;
  }
  RawTime out;
  out.shape = TimeShape::clock;
  out.first = i;
  out.past = last->past;
  out.clock_seconds = first->seconds();
  int length = last->seconds() - first->seconds();
  if (length <= 0) length += kDaySeconds;
  out.clock_size_seconds = length + last->size();
  return out;
}

/// "Six pm", "3 o'clock", "at seven in the morning".
std::optional<RawTime> SpokenClockReader::read_spoken(std::uint32_t i) const {
  const bool is_attached = i > 0 && t_.is_attached(i) && t_.is_number(i) && !t_.is_mark(i - 1, '(');
  auto hour = is_attached ? std::nullopt : hour_at(i);
  if (!hour) return std::nullopt;
  // "At seven thirty".
  const bool is_asked = i > 0 && t_.is(i - 1, "at") && hour->is_spoken && ends_hour(hour->past);
  if (!take_half_beside(*hour, i) && is_asked) hour->is_marked = hour->is_named = true;
  if (!hour->is_marked || (!hour->is_named && (i == 0 || !t_.is_any(i - 1, kHourCues)))) return std::nullopt;
  RawTime out;
  out.shape = TimeShape::clock;
  out.first = i;
  out.past = hour->past;
  out.clock_seconds = hour->seconds();
  out.clock_size_seconds = hour->size();
  return out;
}

/// «الساعة الثالثة والنصف مساء», and without «الساعة» an ordinal before a part of the day: «الثالثة فجرا».
std::optional<RawTime> SpokenClockReader::read_arabic(std::uint32_t i) const {
  const bool is_named = t_.is(i, "الساعه");
  const std::uint32_t at = is_named ? i + 1 : i;
  const auto hour = t_.cardinal(at);
  if (!hour || !t_.is_arabic(i) || hour->low < 1 || hour->low > kHalfDayHours || hour->low != hour->high)
    return std::nullopt;
  if (!is_named && (hour->form != NumberForm::ordinal || !t_.word(i).ends_with("ه"))) return std::nullopt;
  RawTime out;
  out.shape = TimeShape::clock;
  out.first = i;
  out.past = t_.is_number(at) ? at + 1 : hour->past;
  const auto minutes = take_arabic_minutes(out.past);
  out.clock_size_seconds = minutes ? kMinuteSeconds : kHourSeconds;
  const std::uint32_t past_hour = out.past;
  const auto whole = clocks_.take_half_day(static_cast<int>(hour->low), out.past);
  if (!whole || (!is_named && out.past == past_hour) || (is_named && !minutes && out.past == past_hour))
    return std::nullopt;
  out.clock_seconds = seconds_of(*whole, minutes.value_or(0));
  return out;
}

std::optional<RawTime> SpokenClockReader::read(std::uint32_t i) const {
  if (t_.is_arabic(i)) return read_arabic(i);
  if (auto noon = read_noon(i)) return noon;
  if (auto range = read_range(i)) return range;
  if (auto past = read_past(i)) return past;
  return read_spoken(i);
}

}  // namespace gavah::text
