#include "text/clock_reader.h"

namespace gavah::text {
namespace {

constexpr int kHourSeconds = 3600;
constexpr int kMinuteSeconds = 60;

}  // namespace

std::optional<int> ClockReader::take_half_day(int hour, std::uint32_t& past) const {
  std::uint32_t next = past;
  const bool dotted = (t_.is(next, "p") || t_.is(next, "a")) && t_.is_mark(next + 1, '.') && t_.is(next + 2, "m");
  const bool is_pm = t_.is(next, "pm") || (dotted && t_.is(next, "p"));
  const bool is_am = t_.is(next, "am") || (dotted && t_.is(next, "a"));
  if (is_pm || is_am) {
    if (hour > 12) return std::nullopt;
    past = next + (dotted ? (t_.is_mark(next + 3, '.') && t_.is_attached(next + 3) ? 4U : 3U) : 1U);
    return hour % 12 + (is_pm ? 12 : 0);
  }
  if (t_.is(next, "in") && t_.is(next + 1, "the")) next += 2;
  // «التاسعة من مساء أمس».
  if ((t_.is(next, "من") || t_.is(next, "فی")) && t_.is_role(next + 1, TimeRole::day_part)) ++next;
  const TimeWord* part = t_.time_word(next);
  const bool is_night = t_.is(next, "شب") || t_.is(next, "night") || (part != nullptr && part->value == 21);
  if (!is_night && (part == nullptr || part->role != TimeRole::day_part)) return hour;
  past = t_.past(next);
  if (hour > 12) return hour;
  if (is_night) return hour >= 6 && hour < 12 ? hour + 12 : hour % 12;
  if (part->value == 12) return hour <= 3 ? hour + 12 : hour;
  return part->value > 12 && hour < 12 ? hour + 12 : hour;
}

/// Digits with a colon, or an hour that "pm" or a leading «ساعت» marks as one.
std::optional<RawTime> ClockReader::read_digits(std::uint32_t i, Label label) const {
  const auto hour = t_.digits(i);
  if (!hour || *hour > 24 || t_.word(i).size() > 2) return std::nullopt;
  RawTime out;
  out.shape = TimeShape::clock;
  out.first = i;
  out.past = i + 1;
  out.clock_size_seconds = kHourSeconds;
  int minute = 0;
  int second = 0;
  const bool named = label == Label::hour;
  for (const char mark : {':', '.'}) {
    if (!t_.is_mark(out.past, mark) || !t_.is_number(out.past + 1) || t_.word(out.past + 1).size() != 2) continue;
    // «ساعت ۴ : ۴۵», as some typesetters part it.
    const bool is_parted = named && mark == ':' && t_.is_arabic(i - 1);
    const bool tight = is_parted || (t_.is_attached(out.past) && t_.is_attached(out.past + 1));
    if (!tight || (mark == '.' && !named)) continue;
    minute = static_cast<int>(*t_.digits(out.past + 1));
    out.past += 2;
    out.clock_size_seconds = kMinuteSeconds;
    if (t_.is_mark(out.past, ':') && t_.is_attached(out.past) && t_.is_number(out.past + 1)) {
      const auto of_minute = t_.digits(out.past + 1);
      if (of_minute && *of_minute < kMinuteSeconds && t_.word(out.past + 1).size() == 2) {
        second = static_cast<int>(*of_minute);
        out.clock_size_seconds = 1;
      }
      out.past += 2;
    }
    break;
  }
  if (const auto minutes = named ? take_minutes(out.past) : std::nullopt) {
    minute = *minutes;
    out.clock_size_seconds = kMinuteSeconds;
  }
  if (minute > 59) return std::nullopt;
  const std::uint32_t past_digits = out.past;
  const auto whole = take_half_day(static_cast<int>(*hour), out.past);
  const bool said = out.past != past_digits;
  // «۳ شب» is three nights as often as three o'clock: digits alone need "am", a colon or «ساعت».
  const bool is_morning_or_so = said && t_.is_arabic(i + 1) && t_.is_role(i + 1, TimeRole::day_part);
  // «۸ شب دوشنبه» is an hour, «سه شب دیگر» a number of nights.
  const bool is_night_of_day = said && t_.is(out.past - 1, "شب") &&
                               (t_.is_role(out.past, TimeRole::weekday) || t_.is_role(out.past, TimeRole::day_word));
  const bool marked = named || is_night_of_day || is_morning_or_so || out.clock_size_seconds <= kMinuteSeconds ||
                      (said && !t_.is_arabic(i + 1) && !t_.is_role(i + 1, TimeRole::day_part));
  if (!whole || !marked || *whole > 24) return std::nullopt;
  out.clock_seconds = (*whole % 24) * kHourSeconds + minute * kMinuteSeconds + second;
  return out;
}

std::optional<int> ClockReader::take_minutes(std::uint32_t& past) const {
  if (!t_.is(past, "و")) return std::nullopt;
  if (t_.is(past + 1, "نیم") || t_.is(past + 1, "ربع")) {
    past += 2;
    return t_.is(past - 1, "نیم") ? 30 : 15;
  }
  const auto minutes = t_.cardinal(past + 1);
  if (!minutes || minutes->low < 0 || minutes->low > 59 || !t_.is(minutes->past, "دقیقه")) return std::nullopt;
  past = minutes->past + 1;
  const auto seconds = t_.is(past, "و") ? t_.cardinal(past + 1) : std::nullopt;
  if (seconds && t_.is(seconds->past, "ثانیه")) past = seconds->past + 1;
  return static_cast<int>(minutes->low);
}

/// «ساعت» or "o'clock" with an hour in digits or words.
std::optional<RawTime> ClockReader::read_named(std::uint32_t i) const {
  if (!t_.is(i, "ساعت") && !t_.is(i, "الساعه")) return std::nullopt;
  if (t_.is_number(i + 1)) {
    auto out = read_digits(i + 1, Label::hour);
    if (!out) return std::nullopt;
    out->first = i;
    if (t_.is(out->past, "دقیقه")) ++out->past;
    return out;
  }
  const auto hour = t_.cardinal(i + 1);
  if (!hour || hour->form == NumberForm::vague || hour->low > 24 || hour->low < 0) return std::nullopt;
  RawTime out;
  out.shape = TimeShape::clock;
  out.first = i;
  out.past = hour->past;
  out.clock_size_seconds = kHourSeconds;
  const auto minutes = take_minutes(out.past);
  if (minutes) out.clock_size_seconds = kMinuteSeconds;
  const auto whole = take_half_day(static_cast<int>(hour->low), out.past);
  if (!whole) return std::nullopt;
  out.clock_seconds = (*whole % 24) * kHourSeconds + minutes.value_or(0) * kMinuteSeconds;
  return out;
}

/// «هفت صبح», «۱۱ و نیم شب», «هفت و ربع عصر»: an hour without «ساعت», by the part of the day after it.
std::optional<RawTime> ClockReader::read_words(std::uint32_t i) const {
  constexpr std::int64_t kHours = 12;
  const auto hour = t_.cardinal(i);
  const bool is_hour = hour && hour->low == hour->high && hour->low >= 1 && hour->low <= kHours &&
                       (hour->form == NumberForm::digits || hour->form == NumberForm::words);
  if (!is_hour || !t_.is_arabic(hour->past)) return std::nullopt;
  RawTime out;
  out.shape = TimeShape::clock;
  out.first = i;
  out.past = hour->past;
  const bool has_part = t_.is(hour->past, "و") && (t_.is(hour->past + 1, "نیم") || t_.is(hour->past + 1, "ربع"));
  const int minute = has_part ? take_minutes(out.past).value_or(0) : 0;
  // «سه شب» is a number of nights as often, «یک صبح» a morning.
  const bool is_day_part = t_.is_role(out.past, TimeRole::day_part) && (hour->low > 1 || t_.is_number(i));
  if (!is_day_part && (!has_part || !t_.is(out.past, "شب"))) return std::nullopt;
  const auto whole = take_half_day(static_cast<int>(hour->low), out.past);
  if (!whole) return std::nullopt;
  out.clock_seconds = (*whole % 24) * kHourSeconds + minute * kMinuteSeconds;
  out.clock_size_seconds = has_part ? kMinuteSeconds : kHourSeconds;
  return out;
}

/// «یک ربع به هفت عصر», «ساعت ده دقیقه به هشت».
std::optional<RawTime> ClockReader::read_before_hour(std::uint32_t i) const {
  constexpr std::int64_t kMinutes = 30;
  constexpr int kQuarter = 15;
  const auto count = t_.cardinal(t_.is(i, "ساعت") ? i + 1 : i);
  if (!count || count->low != count->high || count->low < 1 || count->low > kMinutes) return std::nullopt;
  const bool is_quarter = t_.is(count->past, "ربع") && count->low == 1;
  if ((!is_quarter && !t_.is(count->past, "دقیقه")) || !t_.is(count->past + 1, "به")) return std::nullopt;
  auto out = hour_at(count->past + 2);
  const bool is_plain = out && !t_.is(i, "ساعت") && !t_.is(count->past + 2, "ساعت") && !has_half_day(*out);
  if (!out || (is_plain && !t_.ends_words(out->past))) return std::nullopt;
  constexpr int kDay = 24 * kHourSeconds;
  const int minutes = is_quarter ? kQuarter : static_cast<int>(count->low);
  out->clock_seconds = (out->clock_seconds + kDay - minutes * kMinuteSeconds) % kDay;
  out->clock_size_seconds = kMinuteSeconds;
  out->first = i;
  return out;
}

/// A whole hour in digits or words, with «ساعت» or the part of the day if they are said.
std::optional<RawTime> ClockReader::hour_at(std::uint32_t i) const {
  if (auto said = read_one(i)) return said;
  const auto hour = t_.cardinal(i);
  if (!hour || hour->low != hour->high || hour->low < 0 || hour->low > 24 || hour->form == NumberForm::ordinal)
    return std::nullopt;
  RawTime out;
  out.shape = TimeShape::clock;
  out.first = i;
  out.past = hour->past;
  out.clock_size_seconds = kHourSeconds;
  const auto whole = take_half_day(static_cast<int>(hour->low), out.past);
  if (!whole) return std::nullopt;
  out.clock_seconds = (*whole % 24) * kHourSeconds;
  return out;
}

bool ClockReader::has_half_day(const RawTime& clock) const {
  return t_.is_role(clock.past - 1, TimeRole::day_part) || t_.is(clock.past - 1, "شب") || t_.is(clock.past - 1, "ظهر");
}

/// «۲ تا ۳ صبح», «ساعت ۸ الی ۱۲»: from the one hour through the other, as ranges of days hold their last.
std::optional<RawTime> ClockReader::read_range(std::uint32_t i) const {
  static constexpr std::string_view kLinks[] = {"تا", "الی", "لغایت"};
  auto from = hour_at(i);
  const std::uint32_t link = from ? from->past : 0;
  if (!from || !t_.is_any(link, kLinks)) return std::nullopt;
  const auto to = hour_at(link + 1);
  if (!to) return std::nullopt;
  const bool is_said = has_half_day(*to) || t_.is(to->first, "ساعت") || to->clock_size_seconds <= kMinuteSeconds;
  const bool is_named = t_.is(i, "ساعت") && t_.ends_words(to->past);
  if (!is_said && !is_named) return std::nullopt;
  // «۸ تا ۱۱ شب»: the part of the day is said once for both.
  constexpr int kHalfDay = 12 * kHourSeconds;
  const bool shares = !has_half_day(*from) && has_half_day(*to) && from->clock_seconds < kHalfDay &&
                      from->clock_seconds + kHalfDay < to->clock_seconds;
  RawTime out = *from;
  if (shares) out.clock_seconds += kHalfDay;
  constexpr int kDay = 24 * kHourSeconds;
  out.clock_size_seconds = (to->clock_seconds - out.clock_seconds + kDay) % kDay;
  if (out.clock_size_seconds == 0) return std::nullopt;
  out.clock_size_seconds += to->clock_size_seconds;
  out.past = to->past;
  return out;
}

std::optional<RawTime> ClockReader::read(std::uint32_t i) const {
  if (auto range = read_range(i)) return range;
  if (auto before = read_before_hour(i)) return before;
  return read_one(i);
}

std::optional<RawTime> ClockReader::read_one(std::uint32_t i) const {
  if (auto named = read_named(i)) return named;
  if (auto words = read_words(i)) return words;
  if (!t_.is_number(i) || (i > 0 && t_.is_attached(i) && (t_.is_mark(i - 1, ':') || t_.is_mark(i - 1, '.'))))
    return std::nullopt;
  return read_digits(i, Label::none);
}

}  // namespace gavah::text
