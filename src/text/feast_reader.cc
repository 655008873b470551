#include "text/feast_reader.h"

#include <algorithm>

#include "text/calendar.h"
#include "text/feast.h"
#include "text/numeric_date_reader.h"

namespace gavah::text {
namespace {

/// Words before the name of a day that ask for a time.
constexpr std::string_view kCues[] = {"در",     "از",      "تا",    "شب",    "عصر", "ظهر",  "صبح",
                                      "ایام",   "تعطیلات", "فی",    "منذ",   "on",  "at",   "during",
                                      "before", "after",   "since", "until", "by",  "next", "last"};

bool is_cue(std::string_view word) { return std::find(std::begin(kCues), std::end(kCues), word) != std::end(kCues); }

}  // namespace

std::optional<RawTime> FeastReader::read(std::uint32_t i) const {
  if (!t_.may_be_feast(i)) return std::nullopt;
  RawTime out;
  out.first = i;
  // An apostrophe, a hyphen and a full stop are tokens of their own: "New Year's Eve" has five.
  constexpr std::uint32_t kTokens = kFeastWords + 2;
  for (std::uint32_t count = kTokens; count >= 1 && out.feast == nullptr; --count) {
    if (i + count > t_.size()) continue;
    out.feast = find_feast(t_.folded(i, i + count));
    out.past = i + count;
  }
  if (out.feast == nullptr || t_.is(out.past, "island") || t_.is(out.past, "islands")) return std::nullopt;
  out.calendar = out.feast->calendar;
  out.month = out.feast->month;
  out.day = 1;
  take_year(out);
  take_weekend(out);
  if (out.year) return out;
  take_pointer(out);
  const bool is_object = t_.is(out.past, "را");
  if (out.feast->needs_cue && (is_object || !has_cue(out))) return std::nullopt;
  return out;
}

/// "Thanksgiving 2023 weekend", "Halloween weekend 2021", "the weekend of Halloween".
void FeastReader::take_weekend(RawTime& out) const {
  if (t_.is(out.past, "weekend")) {
    ++out.past;
    if (!out.year) take_year(out);
  } else if (out.first >= 2 && t_.is(out.first - 1, "of") && t_.is(out.first - 2, "weekend")) {
    out.first -= out.first >= 3 && t_.is(out.first - 3, "the") ? 3U : 2U;
  } else {
    return;
  }
  out.with_weekend = true;
}

/// "Last Easter", "next Halloween".
void FeastReader::take_pointer(RawTime& out) const {
  const TimeWord* mark = out.first == 0 || t_.is_arabic(out.first - 1) ? nullptr : t_.time_word(out.first - 1);
  if (mark == nullptr) return;
  if (mark->role == TimeRole::past_mark) out.pointer = Pointer::past;
  if (mark->role == TimeRole::future_mark) out.pointer = Pointer::future;
  if (mark->role == TimeRole::this_mark) out.pointer = Pointer::present;
  if (out.pointer != Pointer::none) --out.first;
}

bool FeastReader::has_cue(const RawTime& named) const {
  if (named.with_weekend || named.pointer != Pointer::none || t_.is_alone(named.first, named.past)) return true;
  if (t_.is(named.first, "شب") && named.past > named.first + 1) return true;  // «شب یلدا»
  if (named.first == 0) return false;
  const std::uint32_t before = named.first - 1;
  if (is_cue(t_.word(before))) return true;
  // «در روز عاشورا».
  const bool is_day = t_.is(before, "روز") || t_.is(before, "یوم") || t_.is(before, "عید");
  return is_day && before > 0 && is_cue(t_.word(before - 1));
}

/// The year of the feast's own calendar: «عید قربان ۱۴۰۱» names a Persian year, «عاشورای ۱۴۴۴» an Islamic one.
std::optional<int> FeastReader::own_year(const RawTime& named, int said) const {
  if (said >= 1800) return said < 2200 ? year_of_feast(*named.feast, Calendar::gregorian, said) : std::nullopt;
  if (said < 1200) return std::nullopt;
  if (named.calendar != Calendar::islamic) return year_of_feast(*named.feast, Calendar::persian, said);
  // Both calendars have such years, a generation apart: the one that the report can speak of.
  constexpr int kPersianToday = 1420;
  const auto now = options_.anchor ? from_day(Calendar::persian, *options_.anchor) : std::nullopt;
  const int latest = now ? now->year + 2 : kPersianToday;
  return year_of_feast(*named.feast, said <= latest ? Calendar::persian : Calendar::islamic, said);
}

void FeastReader::take_year(RawTime& out) const {
  std::uint32_t next = out.past;
  if (t_.is_mark(next, ',') || t_.is(next, "of") || t_.is(next, "in")) ++next;
  const bool says_year = t_.is(next, "سال") || t_.is(next, "عام") || t_.is(next, "سنه") || t_.is(next, "لعام");
  if (says_year) ++next;
  // «شب یلدای سال ۹۴».
  if (says_year && t_.is_number(next) && t_.word(next).size() == 2) {
    const auto full = full_persian_year(static_cast<int>(t_.digits(next).value_or(0)));
    out.year = year_of_feast(*out.feast, Calendar::persian, full);
    if (out.year) out.past = next + 1;
    return;
  }
  const auto digits = t_.is_number(next) && t_.word(next).size() == 4 ? t_.digits(next) : std::nullopt;
  if (!digits) return;
  out.year = own_year(out, static_cast<int>(*digits));
  if (out.year) out.past = next + 1;
}

}  // namespace gavah::text
