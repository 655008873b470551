#include "times/convention.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "base/format.h"

namespace gavah::times {
namespace {

enum class Unit : std::uint8_t { day, week, month, quarter, year, decade };

Day start_of(Unit unit, Day day) {
  switch (unit) {
    case Unit::day:
      return day;
    case Unit::week:
      return day.plus(-((day.weekday() + 6) % 7));
    case Unit::month:
      return Day::from_civil(day.year(), day.month(), 1);
    case Unit::quarter:
      return Day::from_civil(day.year(), day.month() - (day.month() - 1) % 3, 1);
    case Unit::year:
      return Day::from_civil(day.year(), 1, 1);
    case Unit::decade:
      return Day::from_civil(day.year() - day.year() % 10, 1, 1);
  }
  return day;
}

Day moved_months(Day day, int months) {
  const int index = day.year() * 12 + day.month() - 1 + months;
  for (int of_month = day.day(); of_month > 28; --of_month) {
    if (const auto made = Day::make(index / 12, index % 12 + 1, of_month)) return *made;
  }
  return Day::from_civil(index / 12, index % 12 + 1, std::min(day.day(), 28));
}

Day moved(Unit unit, Day day, int count) {
  switch (unit) {
    case Unit::day:
      return day.plus(count);
    case Unit::week:
      return day.plus(7 * count);
    case Unit::month:
      return moved_months(day, count);
    case Unit::quarter:
      return moved_months(day, 3 * count);
    case Unit::year:
      return moved_months(day, 12 * count);
    case Unit::decade:
      return moved_months(day, 120 * count);
  }
  return day;
}

Days whole(Unit unit, Day day) {
  const Day first = start_of(unit, day);
  return {first, moved(unit, first, 1)};
}

Days one_day(Day day) { return {day, day.plus(1)}; }

std::optional<Unit> unit_of(std::string_view words) {
  if (has_any(words, {"decade", "decades"})) return Unit::decade;
  if (has_any(words, {"year", "years", "yr", "عام", "سنة", "سنوات"})) return Unit::year;
  if (has_any(words, {"quarter", "quarters", "qtr"})) return Unit::quarter;
  if (has_any(words, {"month", "months", "شهر", "شهور"})) return Unit::month;
  if (has_any(words, {"week", "weeks", "fortnight", "اسبوع", "أسبوع", "اسابيع", "أسابيع"})) return Unit::week;
  if (has_any(words, {"day", "days", "يوم", "ايام", "أيام"})) return Unit::day;
  return std::nullopt;
}

/// How many units the words count: a few are three, a fortnight two weeks, no number one.
int count_of(const std::string& words) {
  if (has_any(words, {"few", "several", "some"})) return 3;
  if (has_any(words, {"couple", "fortnight", "اسبوعين", "يومين", "شهرين"})) return 2;
  const text::Reading reading(words);
  for (const auto& number : reading.numbers()) {
    if (number.low && number.form != text::NumberForm::ordinal && *number.low <= 1000)
      return static_cast<int>(*number.low);
  }
  return 1;
}

bool is_back(std::string_view words) {
  return has_any(words, {"last", "past", "previous", "preceding", "ago", "ماضي", "قبل", "منذ"});
}
bool is_ahead(std::string_view words) {
  return has_any(words, {"next", "coming", "upcoming", "following", "قادم", "مقبل", "تالي"});
}
bool has_weekday(std::string_view words) {
  return has_any(words,
                 {"monday",   "tuesday",    "wednesday", "thursday", "friday",    "saturday", "sunday", "mondays",
                  "tuesdays", "wednesdays", "thursdays", "fridays",  "saturdays", "sundays",  "mon",    "tue",
                  "wed",      "thu",        "fri",       "sat",      "sun",       "ثلاثاء",   "اثنين"});
}

/// "The end of March", "the middle of 2007" as an edge of a range: the point itself, as Recognizers have it.
std::optional<Day> point_of(std::string_view words, const Days& whole_unit) {
  if (has_any(words, {"end"})) return whole_unit.past;
  if (!has_any(words, {"middle", "mid"})) return std::nullopt;
  return whole_unit.first->plus((whole_unit.past->number - whole_unit.first->number) / 2);
}

std::optional<Days> range_end(const Said& said) {
  if (said.peer != Peer::recognizers || !said.days.first || !said.days.past) return std::nullopt;
  std::size_t at = std::string::npos;
  std::size_t size = 0;
  for (const std::string_view link : {" to ", " through ", " until ", " till ", " and ", "-", "~"}) {
    const std::size_t found = said.words.rfind(link);
    if (found != std::string::npos && (at == std::string::npos || found > at)) at = found, size = link.size();
  }
  // "2017-q1 to 2018-q1": a hyphen inside of the last unit is none between two.
  if (const std::size_t to = said.words.rfind(" to "); to != std::string::npos) at = to, size = 4;
  if (at == std::string::npos) return std::nullopt;
  const std::string last = said.words.substr(at + size);
  for (const auto& mention : text::find_times(text::Reading(last), said.options)) {
    const Days end = days_of(mention.time);
    if (!end.first || end.past != said.days.past || *said.days.first >= *end.first) continue;
    Days out{said.days.first, point_of(last, end).value_or(*end.first)};
    // The words are in lower case, in which March is no month.
    const std::size_t rest = said.words.size() - at;
    const std::string from = said.phrase.substr(0, said.phrase.size() - std::min(rest, said.phrase.size()));
    for (const auto& start : text::find_times(text::Reading(from), said.options)) {
      const Days days = days_of(start.time);
      if (days.first && days.past) out.first = point_of(lowered(from), days).value_or(*out.first);
      break;
    }
    return out;
  }
  return std::nullopt;
}

std::optional<Days> stretch(const Said& said) {
  const auto unit = unit_of(said.words);
  if (!unit || !said.days.first || !said.days.past) return std::nullopt;
  const Day anchor = *said.options.anchor;
  const int count = count_of(said.words);
  if (has_any(said.words, {"within"})) return std::nullopt;
  const bool back = is_back(said.words) && *said.days.past == anchor.plus(1);
  const bool ahead = is_ahead(said.words) && *said.days.first == anchor;
  if (!back && !ahead) return std::nullopt;
  const bool is_whole = said.peer == Peer::duckling || *unit == Unit::quarter || *unit == Unit::decade;
  if (!is_whole) {
    return back ? Days{moved(*unit, anchor, -count), anchor}
                : Days{anchor.plus(1), moved(*unit, anchor, count).plus(1)};
  }
  const Day now = start_of(*unit, anchor);
  return back ? Days{moved(*unit, now, -count), now} : Days{moved(*unit, now, 1), moved(*unit, now, count + 1)};
}

std::optional<Days> nth(const Said& said) {
  const auto unit = unit_of(said.words);
  if (said.peer != Peer::duckling || !unit || !has_any(said.words, {"upcoming"})) return std::nullopt;
  const Day now = start_of(*unit, *said.options.anchor);
  const bool is_coming = said.days.first == said.options.anchor || said.days.first == moved(*unit, now, 1);
  if (!is_coming) return std::nullopt;
  return whole(*unit, moved(*unit, now, count_of(said.words)));
}

std::optional<Days> unit_away(const Said& said) {
  const auto unit = unit_of(said.words);
  const bool back = has_any(said.words, {"ago", "قبل", "منذ"});
  const bool ahead = has_any(said.words, {"in", "later", "hence", "from now", "بعد"});
  if (!unit || !said.days.first || !said.days.past || (!back && !ahead)) return std::nullopt;
  const Day day = moved(*unit, *said.options.anchor, back ? -count_of(said.words) : count_of(said.words));
  if (day < *said.days.first || day >= *said.days.past) return std::nullopt;
  return said.peer == Peer::duckling && *unit == Unit::year ? whole(Unit::month, day) : one_day(day);
}

enum class Part : std::uint8_t { early, middle, late };

/// The unit that ours keep whole, or the rest of it that "later this week" leaves.
std::optional<std::pair<Unit, Days>> kept_whole(const Said& said) {
  for (const Unit unit : {Unit::week, Unit::month, Unit::year}) {
    const Days all = whole(unit, *said.days.first);
    const bool is_since = said.days.first == all.first && has_any(said.words, {"since"});
    const auto named =
        unit_of(said.words)
            .value_or(has_any(said.words, {std::string_view(format("{}", all.first->year()))}) ? Unit::year
                                                                                               : Unit::month);
    const bool is_cut = (is_since ? named : unit_of(said.words)) == unit &&
                        (said.days.first == all.first || said.days.past == all.past);
    if (all == said.days || is_cut) return std::pair(unit, all);
  }
  return std::nullopt;
}

/// Shares as the peers' sources and documents have them.
Days share_of(const Said& said, Unit unit, const Days& all, Part part) {
  const Day first = *all.first;
  const bool is_duckling = said.peer == Peer::duckling;
  if (unit == Unit::week) {
    if (part == Part::early) return {first, first.plus(3)};
    return {first.plus(is_duckling ? 4 : 3), all.past};
  }
  if (unit == Unit::month) {
    if (is_duckling && has_any(said.words, {"منتصف", "نصف", "نص"})) return one_day(first.plus(14));
    if (is_duckling && has_any(said.words, {"بداية"})) return one_day(first);
    const int early = is_duckling ? 10 : 15;
    if (part == Part::early) return {first, first.plus(early)};
    if (part == Part::late) return {first.plus(is_duckling ? 20 : 15), all.past};
    return {first.plus(is_duckling ? 10 : 9), first.plus(20)};
  }
  // Recognizers cut a year that is numbered in three, "this year" in two.
  const bool is_halved = !is_duckling && !has_any(said.words, {std::string_view(format("{}", first.year()))});
  const int early = is_duckling ? 3 : is_halved ? 6 : 4;
  const int late = is_halved ? 6 : 8;
  if (part == Part::early) return {first, moved_months(first, early)};
  if (part == Part::late) return {moved_months(first, late), all.past};
  return {moved_months(first, 4), moved_months(first, 8)};
}

std::optional<Days> part(const Said& said) {
  const bool early = has_any(said.words, {"early", "earlier", "beginning", "start", "اوائل", "أوائل", "بداية"});
  const bool middle = has_any(said.words, {"mid", "middle", "منتصف", "نصف", "نص"});
  const bool late = has_any(said.words, {"late", "later", "end", "اواخر", "أواخر", "نهاية"});
  if (!said.days.first || !said.days.past || (!early && !middle && !late)) return std::nullopt;
  const auto kept = kept_whole(said);
  if (!kept) return std::nullopt;
  Days share = share_of(said, kept->first, kept->second, early ? Part::early : middle ? Part::middle : Part::late);
  // "Later this month": of the share what the report's day leaves.
  const Day anchor = *said.options.anchor;
  const bool is_cut = said.peer == Peer::recognizers && has_any(said.words, {"this"});
  if (is_cut && has_any(said.words, {"later"})) share.first = std::max(*share.first, anchor);
  if (is_cut && has_any(said.words, {"earlier"})) share.past = std::min(*share.past, anchor);
  return share;
}

/// "The first week of 2015", where what follows "of" is longer than a month.
bool is_in_year(const Said& said) {
  for (const std::string_view of : {" of ", " من ", " في "}) {
    const std::size_t at = said.words.find(of);
    if (at == std::string::npos) continue;
    for (const auto& mention : text::find_times(text::Reading(said.words.substr(at + of.size())), said.options)) {
      const Days all = days_of(mention.time);
      if (all.first && all.past) return all.past->number - all.first->number > 31;
    }
  }
  return false;
}

/// "Week 10" without a year: that of the report's year.
std::optional<Days> numbered_week(const Said& said) {
  constexpr std::string_view kWeek = "week ";
  const std::size_t at = said.words.rfind(kWeek);
  const bool is_plain = at != std::string::npos && at + kWeek.size() < said.words.size() &&
                        said.words.find_first_not_of("0123456789", at + kWeek.size()) == std::string::npos;
  if (!is_plain || said.peer != Peer::recognizers) return std::nullopt;
  const Day fourth = Day::from_civil(said.options.anchor->year(), 1, 4);
  return whole(Unit::week, fourth.plus(7 * (count_of(said.words) - 1)));
}

/// Weeks are counted from a month's or year's first day in ours.
std::optional<Days> week_of(const Said& said) {
  if (!has_any(said.words, {"week", "weeks", "اسبوع", "أسبوع"}) || !said.days.first || !said.days.past)
    return std::nullopt;
  const int size = said.days.past->number - said.days.first->number;
  if (auto numbered = numbered_week(said)) return numbered;
  const bool starts = has_any(said.words, {"starting", "beginning"});
  if (starts && size == 7 && has_any(said.words, {"the week"})) return whole(Unit::week, *said.days.first);
  if (starts || has_any(said.words, {"from", "for"})) return std::nullopt;
  if (size % 7 != 0 || size > 53 * 7) return std::nullopt;
  const bool in_year = is_in_year(said);
  const auto is_edge = [&](Day day) { return day.day() == 1 && (!in_year || day.month() == 1); };
  const bool from_end = has_any(said.words, {"last", "اخر", "اخير"});
  constexpr int kWeeks = 53;
  int weeks = 0;
  while (weeks < kWeeks && !is_edge(from_end ? said.days.past->plus(7 * weeks) : said.days.first->plus(-7 * weeks)))
    ++weeks;
  if (weeks == kWeeks) return std::nullopt;
  // Whose Thursday lies in the whole, as ISO 8601 has it; or that begin and end in it.
  const bool is_iso = said.peer == Peer::recognizers;
  if (from_end) {
    const Day edge = said.days.past->plus(7 * weeks);
    const Day past = start_of(Unit::week, edge.plus(is_iso ? 3 : 0)).plus(-7 * weeks);
    return Days{past.plus(-size), past};
  }
  const Day edge = said.days.first->plus(-7 * weeks);
  const Day first = start_of(Unit::week, edge.plus(is_iso ? 3 : 6)).plus(7 * weeks);
  return Days{first, first.plus(size)};
}

std::optional<Days> season(const Said& said) {
  if (said.peer != Peer::duckling || !said.days.first || !said.days.past) return std::nullopt;
  if (!has_any(said.words, {"summer", "winter", "spring", "autumn", "fall", "season", "seasons"})) return std::nullopt;
  const Day first = *said.days.first;
  if (first.day() != 1 || first.month() % 3 != 0 || *said.days.past != moved_months(first, 3)) return std::nullopt;
  static constexpr int kFirst[] = {20, 21, 23, 21};
  static constexpr int kLast[] = {21, 24, 21, 21};
  const int at = first.month() / 3 - 1;
  return Days{first.plus(kFirst[at] - 1), said.days.past->plus(kLast[at] - 1)};
}

std::optional<Days> near_weekday(const Said& said) {
  if (!said.days.first || said.days != one_day(*said.days.first) || !has_weekday(said.words)) return std::nullopt;
  const Day anchor = *said.options.anchor;
  const int weekday = (said.days.first->weekday() + 6) % 7;
  // "Upcoming Friday" and "past Friday" are the nearest in theirs too, and "of next month" says another thing.
  if (has_any(said.words, {"upcoming", "past", "of", "من"})) return std::nullopt;
  const bool ahead = is_ahead(said.words) || has_any(said.words, {"from now"});
  if (ahead || is_back(said.words)) {
    const int weeks = ahead ? count_of(said.words) : -count_of(said.words);
    return one_day(start_of(Unit::week, anchor).plus(7 * weeks + weekday));
  }
  // A weekday that is only named.
  if (has_any(said.words, {"week", "اسبوع"})) return std::nullopt;
  if (said.peer != Peer::duckling || (*said.days.first > anchor || *said.days.first < anchor.plus(-6)))
    return std::nullopt;
  return one_day(said.days.first->plus(7));
}

std::optional<Days> since(const Said& said) {
  const bool is_one = said.days.first && said.days.past == said.days.first->plus(1);
  const bool is_to_report = said.days.first && said.days.past == said.options.anchor->plus(1);
  if ((!is_one && !is_to_report) || !has_any(said.words, {"since", "منذ"})) return std::nullopt;
  // "Since late July": theirs begin with the share.
  const auto share = part(said);
  return Days{share ? share->first : said.days.first, std::nullopt};
}

std::optional<Days> after(const Said& said) {
  // "After May" begins with June in both.
  const bool is_after_day = said.days.first && !said.days.past && said.days.first->day() != 1;
  if (is_after_day && has_any(said.words, {"after"}) && !has_any(said.words, {"and", "or"}))
    return Days{said.days.first->plus(-1), std::nullopt};
  const bool is_to = has_any(said.words, {"later than", "late as", "until", "till"}) && !has_any(said.words, {"end"});
  if (!said.days.first && said.days.past && is_to) return Days{std::nullopt, said.days.past->plus(-1)};
  return std::nullopt;
}

/// "18" of "18 and 19 June".
std::optional<Days> one_of_list(const Said& said) {
  const std::string ours = lowered(said.phrase);
  if (!said.days.first || !said.days.past || said.words.size() >= ours.size()) return std::nullopt;
  if (!has_any(ours, {"and", ",", "و"})) return std::nullopt;
  if (ours.starts_with(said.words)) return one_day(*said.days.first);
  return ours.ends_with(said.words) ? std::optional(one_day(said.days.past->plus(-1))) : std::nullopt;
}

}  // namespace

Days days_of(const TimeInterval& time) {
  Days out;
  if (time.start) out.first = time.start->day();
  if (time.end) out.past = Instant{time.end->seconds + 86399}.day();
  return out;
}

std::string text_of(const Days& days) {
  return (days.first ? days.first->text() : "?") + ".." + (days.past ? days.past->text() : "?");
}

std::optional<Days> as_peer(Convention convention, const Said& said) {
  switch (convention) {
    case Convention::range_end:
      return range_end(said);
    case Convention::stretch:
      return stretch(said);
    case Convention::nth:
      return nth(said);
    case Convention::unit_away:
      return unit_away(said);
    case Convention::part:
      return part(said);
    case Convention::week_of:
      return week_of(said);
    case Convention::season:
      return season(said);
    case Convention::near_weekday:
      return near_weekday(said);
    case Convention::since:
      return since(said);
    case Convention::after:
      return after(said);
    case Convention::islamic:
      if (said.calendar != Calendar::islamic || !said.days.first || !said.days.past) return std::nullopt;
      return Days{said.days.first->plus(1), said.days.past->plus(-1)};
    case Convention::century:
      if (!has_any(said.words, {"century"}) || !said.days.first || !said.days.past) return std::nullopt;
      return Days{moved_months(*said.days.first, -12), moved_months(*said.days.past, -12)};
    case Convention::list:
      return one_of_list(said);
    case Convention::unresolved:
      if (!has_any(said.words, {"summer", "winter", "spring", "autumn", "fall"})) return std::nullopt;
      return Days{};
    case Convention::day_part:
    case Convention::length:
    case Convention::same_day:
    case Convention::open_hours:
    case Convention::none:
    case Convention::count:
      return std::nullopt;
  }
  return std::nullopt;
}

std::optional<std::int64_t> rounded_seconds(const std::string& words) {
  static constexpr std::int64_t kDays[] = {1, 7, 30, 91, 365, 3650};
  const std::int64_t hour = has_any(words, {"hour", "hours"}) ? 3600 : has_any(words, {"minute", "minutes"}) ? 60 : 0;
  const auto unit = unit_of(words);
  const bool is_rounded = has_any(words, {"few", "several", "some"}) || (unit && *unit >= Unit::month);
  if ((!unit && hour == 0) || !is_rounded) return std::nullopt;
  const std::int64_t size = unit && *unit != Unit::quarter ? kDays[static_cast<std::size_t>(*unit)] * 86400 : hour;
  // "One and a quarter year", "3.5 years".
  const std::size_t point = words.find('.');
  const bool has_tenth = point != std::string::npos && point + 1 < words.size() && words[point + 1] >= '0';
  const int tenths = has_tenth ? words[point + 1] - '0' : 0;
  const std::int64_t share = has_any(words, {"half"})      ? size / 2
                             : has_any(words, {"quarter"}) ? size / 4
                                                           : size * tenths / 10;
  return count_of(words) * size + share;
}

std::string lowered(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

bool has_any(std::string_view text, std::initializer_list<std::string_view> words) {
  const auto is_letter = [&](std::size_t at) {
    return at < text.size() && std::isalnum(static_cast<unsigned char>(text[at])) != 0;
  };
  for (const std::string_view word : words) {
    for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
      const bool is_latin = static_cast<unsigned char>(word[0]) < 0x80;
      if (!is_latin || (!is_letter(at + word.size()) && (at == 0 || !is_letter(at - 1)))) return true;
    }
  }
  return false;
}

}  // namespace gavah::times
