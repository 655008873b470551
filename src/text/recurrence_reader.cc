#include "text/recurrence_reader.h"

namespace gavah::text {
namespace {

constexpr std::string_view kEach[] = {"روزی", "هفتهای", "ماهی", "سالی"};
/// Adverbs that are adjectives too ("a daily paper").
constexpr std::string_view kAdverbs[] = {"daily",  "weekly",  "monthly", "quarterly", "annually",
                                         "yearly", "nightly", "hourly",  "everyday"};
constexpr std::string_view kPlurals[] = {"mornings", "afternoons", "evenings", "weekends"};

}  // namespace

/// «روزانه», «صبح‌ها», "in the mornings", "they gathered daily": it repeats.
std::optional<RawTime> RecurrenceReader::read_word(std::uint32_t i) const {
  static constexpr std::string_view kPersian[] = {"صبحها", "شبها", "عصرها"};
  const bool is_part = (t_.is_role(i, TimeRole::day_part) || t_.is(i, "شب")) && t_.is_arabic(i);
  const bool is_plural = is_part && t_.is(t_.past(i), "ها") && t_.is_tied(t_.past(i));
  const bool is_persian = is_plural || t_.is_role(i, TimeRole::recurring) || t_.is_any(i, kPersian);
  if (!is_persian && !is_repeated(i)) return std::nullopt;
  RawTime out;
  out.shape = TimeShape::set;
  out.first = i;
  out.past = t_.past(i) + (is_plural ? 1U : 0U);
  return out;
}

/// "Daily" at the end of what is said or before what goes on; the plural of a part of the day.
bool RecurrenceReader::is_repeated(std::uint32_t i) const {
  static constexpr std::string_view kNext[] = {"in",  "at",      "on",    "for",  "since",  "from",
                                               "and", "between", "until", "till", "through"};
  if (t_.word(i).ends_with('s')) return t_.is_any(i, kPlurals);
  return t_.word(i).ends_with('y') && t_.is_any(i, kAdverbs) && (t_.ends_words(i + 1) || t_.is_any(i + 1, kNext));
}

/// "Once a week", "twice a month", "three times per day"; i where it does not stand there.
std::uint32_t RecurrenceReader::past_times_a_unit(std::uint32_t i) const {
  std::uint32_t next = i + 1;
  if (!t_.is(i, "once") && !t_.is(i, "twice")) {
    const auto number = t_.is_arabic(i) ? std::nullopt : t_.cardinal(i);
    if (!number || !t_.is(number->past, "times")) return i;
    next = number->past + 1;
  }
  const bool links = t_.is(next, "a") || t_.is(next, "every") || t_.is(next, "each") || t_.is(next, "per");
  return links && t_.is_role(next + 1, TimeRole::unit) ? t_.past(next + 1) : i;
}

/// "every Friday", "each day", «هر جمعه», «هر سه روز».
std::optional<RawTime> RecurrenceReader::read_set(std::uint32_t i) const {
  RawTime out;
  out.shape = TimeShape::set;
  out.first = i;
  // «ماهی یک بار», «هفته‌ای دو روز».
  if (t_.is_any(i, kEach) || (t_.is(i, "هفته") && t_.is(i + 1, "ای"))) {
    const std::uint32_t at = t_.is(i, "هفته") ? i + 2 : i + 1;
    if (t_.is(at, "یکبار") || t_.is(at, "دوبار")) {
      out.past = at + 1;
      return out;
    }
    const auto times = t_.cardinal(at);
    if (!times || (!t_.is(times->past, "بار") && !t_.is(times->past, "روز") && !t_.is(times->past, "ساعت")))
      return std::nullopt;
    out.past = times->past + 1;
    return out;
  }
  if (const std::uint32_t past = past_times_a_unit(i); past != i) {
    out.past = past;
    return out;
  }
  if (!t_.is_role(i, TimeRole::every_mark)) return std::nullopt;
  // "Every other Friday".
  if (t_.is(i + 1, "other") && (t_.is_role(i + 2, TimeRole::weekday) || t_.is_role(i + 2, TimeRole::unit))) {
    out.past = t_.past(i + 2);
    return out;
  }
  if (const auto length = relatives_.lengths().length_at(i + 1)) {
    out.past = length->past;
    // «هر سه روز یک بار».
    if (t_.is(out.past, "یکبار")) ++out.past;
    if (t_.is(out.past, "یک") && t_.is(out.past + 1, "بار")) out.past += 2;
    return out;
  }
  const TimeWord* word = t_.time_word(i + 1);
  const bool repeats = word != nullptr && (word->role == TimeRole::weekday || word->role == TimeRole::day_part ||
                                           word->role == TimeRole::season);
  if (t_.is(i + 1, "weekday") || t_.is(i + 1, "weekdays")) {
    out.past = i + 2;
    return out;
  }
  if (!repeats) return std::nullopt;
  out.past = t_.past(i + 1);
  // «هر شنبه و سه‌شنبه».
  while ((t_.is(out.past, "و") || t_.is(out.past, "and")) && t_.is_role(out.past + 1, TimeRole::weekday)) {
    out.past = t_.past(out.past + 1);
  }
  return out;
}

/// «سه روز در هفته», «دو بار در سال», «یک روز در میان».
std::optional<RawTime> RecurrenceReader::read_times_in(std::uint32_t i) const {
  static constexpr std::string_view kCounted[] = {"روز", "بار", "ساعت", "نوبت", "شب", "دقیقه", "هفته"};
  static constexpr std::string_view kWholes[] = {"روز", "هفته", "ماه", "سال", "شبانه", "میان", "میون"};
  const auto number = t_.cardinal(i);
  if (!number || number->form == NumberForm::ordinal || !t_.is_any(number->past, kCounted)) return std::nullopt;
  const std::uint32_t next = number->past + 1;
  if (!t_.is(next, "در") || !t_.is_any(next + 1, kWholes)) return std::nullopt;
  RawTime out;
  out.shape = TimeShape::set;
  out.first = i;
  out.past = t_.is(next + 1, "شبانه") ? t_.past(next + 1) : next + 2;
  // «سه روز در هفته گذشته» is a length and a week.
  return t_.is_role(out.past, TimeRole::past_mark) || t_.is_role(out.past, TimeRole::future_mark) ||
                 t_.is_role(out.past, TimeRole::this_mark) || t_.is_number(out.past) ||
                 t_.is_role(out.past, TimeRole::month)
             ? std::nullopt
             : std::optional(out);
}

std::optional<RawTime> RecurrenceReader::read(std::uint32_t i) const {
  if (auto word = read_word(i)) return word;
  auto times = read_times_in(i);
  return times ? times : read_set(i);
}

}  // namespace gavah::text
