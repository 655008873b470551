#include "text/spoken_clock_reader.h"

#include <algorithm>

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

/// An hour in digits or words at i, with its minutes and what stands after it.
std::optional<SpokenClockReader::Hour> SpokenClockReader::hour_at(std::uint32_t i) const {
  Hour out;
  const bool is_number = t_.is_number(i);
  const auto words = is_number ? std::nullopt : t_.cardinal(i);
  const bool is_word = words && words->low == words->high && words->form == NumberForm::words;
  const auto hour = is_number ? t_.digits(i) : is_word ? std::optional(words->low) : std::nullopt;
  if (!hour || *hour < 0 || *hour > 24 || (is_number && t_.word(i).size() > 2)) return std::nullopt;
  out.hour = static_cast<int>(*hour);
  out.past = is_number ? i + 1 : words->past;
  const bool has_mark = is_number && (t_.is_mark(i + 1, ':') || t_.is_mark(i + 1, '.')) && t_.is_attached(i + 1) &&
                        t_.is_number(i + 2) && t_.is_attached(i + 2) && t_.word(i + 2).size() == 2;
  if (has_mark) {
    out.minute = static_cast<int>(*t_.digits(i + 2));
    out.past = i + 3;
    out.has_minute = true;
    out.is_marked = t_.is_mark(i + 1, ':');
  }
  if (out.minute > 59) return std::nullopt;
  take_end(out);
  return out.hour <= 24 ? std::optional(out) : std::nullopt;
}

/// "O'clock", "pm" and "in the evening" after an hour.
void SpokenClockReader::take_end(Hour& hour) const {
  static constexpr std::string_view kHalfDays[] = {"am", "pm", "a", "p"};
  const std::uint32_t past_name = past_oclock(hour.past);
  hour.is_named = past_name != hour.past;
  hour.is_marked = hour.is_marked || hour.is_named;
  hour.past = past_name;
  std::uint32_t past = hour.past;
  const auto whole = clocks_.take_half_day(hour.hour, past);
  if (!whole || past == hour.past) {
    hour.is_of_24 = hour.hour > kHalfDayHours;
    return;
  }
  hour.hour = *whole;
  hour.is_named = hour.is_named || t_.is_any(hour.past, kHalfDays);
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
  const auto hour = hour_at(next + 1);
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
  // "3-5" may be a score, "3 to 5.30" a price: an hour must be marked as one.
  if (!last || (!first->is_marked && !last->is_marked)) return std::nullopt;
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
  const auto hour = is_attached ? std::nullopt : hour_at(i);
  if (!hour || !hour->is_marked || (!hour->is_named && (i == 0 || !t_.is_any(i - 1, kHourCues)))) return std::nullopt;
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
  if (auto range = read_range(i)) return range;
  if (auto past = read_past(i)) return past;
  return read_spoken(i);
}

}  // namespace gavah::text
