#include "text/feast.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

#include "base/check.h"
#include "base/embedded.h"
#include "base/format.h"
#include "text/calendar.h"

namespace gavah::text {
namespace {

std::vector<std::string_view> split(std::string_view text, char mark) {
  std::vector<std::string_view> out;
  while (true) {
    const std::size_t at = text.find(mark);
    out.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return out;
    text.remove_prefix(at + 1);
  }
}

std::optional<int> number_of(std::string_view text) {
  int value = 0;
  const auto [past, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && past == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

std::optional<int> weekday_of(std::string_view name) {
  static constexpr std::string_view kNames[] = {"sunday",   "monday", "tuesday", "wednesday",
                                                "thursday", "friday", "saturday"};
  const auto* found = std::find(std::begin(kNames), std::end(kNames), name);
  return found == std::end(kNames) ? std::nullopt : std::optional(static_cast<int>(found - std::begin(kNames)));
}

/// Cuts "+1" or "-47" off the end of a rule; a hyphen between month and day is none.
int take_offset(std::string_view& rule) {
  const std::size_t at = rule.find_last_of("+-");
  if (at == std::string_view::npos || (rule[0] >= '0' && rule[0] <= '9' && rule.find('/') == std::string_view::npos))
    return 0;
  const auto days = number_of(rule.substr(at + 1));
  if (!days) return 0;
  const int sign = rule[at] == '-' ? -1 : 1;
  rule = rule.substr(0, at);
  return sign * *days;
}

/// "12-25", "11/4/thursday", "easter".
bool read_rule(std::string_view rule, Feast& out) {
  out.offset = take_offset(rule);
  if (rule == "easter" || rule == "orthodox") {
    out.rule = rule == "easter" ? FeastRule::easter : FeastRule::orthodox;
    out.month = 4;
    return out.calendar == Calendar::gregorian;
  }
  const auto fields = split(rule, '/');
  const auto days = split(rule, '-');
  const auto month = number_of(fields.size() == 3 ? fields[0] : days[0]);
  constexpr int kMonths = 12;
  if (!month || *month < 1 || *month > kMonths) return false;
  out.month = *month;
  if (fields.size() == 3) {
    out.rule = FeastRule::nth_weekday;
    const auto nth = fields[1] == "last" ? 0 : number_of(fields[1]).value_or(-1);
    const auto weekday = weekday_of(fields[2]);
    out.nth = nth;
    out.weekday = weekday.value_or(0);
    constexpr int kSurelyIn = 4;  // a fifth weekday is not in each month
    return weekday && nth >= 0 && nth <= kSurelyIn;
  }
  const auto day = days.size() == 2 ? number_of(days[1]) : std::nullopt;
  out.day = day.value_or(0);
  return day && *day >= 1 && *day <= 31;
}

Result<Feast> read_line(const std::vector<std::string_view>& cells) {
  constexpr std::size_t kCells = 5;
  if (cells.size() != kCells)
    return fail(ErrorCode::invalid_input, format("has {} columns and needs {}", cells.size(), kCells));
  Feast out;
  const auto calendar = calendar_from(cells[1]);
  if (!calendar) return fail(ErrorCode::invalid_input, format("names no calendar with '{}'", cells[1]));
  out.calendar = *calendar;
  if (!read_rule(cells[2], out)) return fail(ErrorCode::invalid_input, format("says no day with '{}'", cells[2]));
  out.needs_cue = cells[3] == "needed";
  if (!out.needs_cue && cells[3] != "-")
    return fail(ErrorCode::invalid_input, format("has a cue '{}' that is neither 'needed' nor '-'", cells[3]));
  if (cells[4].empty()) return fail(ErrorCode::invalid_input, "names no source");
  return out;
}

/// The anonymous Gregorian computus (Meeus, Astronomical Algorithms, chapter 8).
Day easter_sunday(int year) {
  const int a = year % 19;
  const int b = year / 100;
  const int c = year % 100;
  const int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int sum = h + l - 7 * m + 114;
  return Day::from_civil(year, sum / 31, sum % 31 + 1);
}

/// The same of the Julian calendar, laid on the Gregorian one.
Day orthodox_sunday(int year) {
  const int d = (19 * (year % 19) + 15) % 30;
  const int e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
  const int sum = d + e + 114;
  const int behind = year / 100 - year / 400 - 2;
  return Day::from_civil(year, sum / 31, sum % 31 + 1).plus(behind);
}

std::optional<Day> nth_weekday(const Feast& feast, int year) {
  const auto first = month_start(feast.calendar, year, feast.month);
  if (!first) return std::nullopt;
  const int days = days_in_month(feast.calendar, year, feast.month);
  Day day = feast.nth == 0 ? first->plus(days - 1) : *first;
  const int step = feast.nth == 0 ? -1 : 1;
  while (day.weekday() != feast.weekday) day = day.plus(step);
  return day.plus(feast.nth == 0 ? 0 : 7 * (feast.nth - 1));
}

std::optional<Day> day_of_rule(const Feast& feast, int year) {
  switch (feast.rule) {
    case FeastRule::fixed:
      return to_day(CalendarDate{feast.calendar, year, feast.month, feast.day});
    case FeastRule::nth_weekday:
      return nth_weekday(feast, year);
    case FeastRule::easter:
      return easter_sunday(year);
    case FeastRule::orthodox:
      return orthodox_sunday(year);
  }
  return std::nullopt;
}

WordTable<Feast> own_feasts() {
  auto table = read_feasts(embedded_feasts("feasts.tsv").value_or(std::string_view()));
  GAVAH_CHECK(table.has_value());  // text_test says which line is wrong
  return std::move(*table);
}

}  // namespace

Result<WordTable<Feast>> read_feasts(std::string_view table) {
  WordTable<Feast> out{};
  int number = 0;
  for (const std::string_view line : split(table, '\n')) {
    ++number;
    if (line.empty() || line[0] == '#') continue;
    const auto cells = split(line, '\t');
    const auto feast = read_line(cells);
    if (!feast) return fail(ErrorCode::invalid_input, format("line {} {}", number, feast.error().message));
    for (const std::string_view name : split(cells[0], '|')) {
      const auto spaces = static_cast<std::uint32_t>(std::count(name.begin(), name.end(), ' '));
      if (name.empty() || spaces >= kFeastWords)
        return fail(ErrorCode::invalid_input,
                    format("line {} has the name '{}', of no word or of more than {}", number, name, kFeastWords));
      out.add(name, *feast);
    }
  }
  return out;
}

const WordTable<Feast>& feasts() {
  static const WordTable<Feast> table = own_feasts();
  return table;
}

const Feast* find_feast(std::string_view folded_words) { return feasts().find(folded_words); }

std::optional<Day> day_of(const Feast& feast, int year) {
  if (!month_start(feast.calendar, year, 1)) return std::nullopt;
  const auto day = day_of_rule(feast, year);
  return day ? std::optional(day->plus(feast.offset)) : std::nullopt;
}

std::optional<int> year_of_feast(const Feast& feast, Calendar said, int year) {
  if (said == feast.calendar) return year;
  const auto first = month_start(said, year, 1);
  const auto past_end = month_start(said, year + 1, 1);
  const auto from = first ? from_day(feast.calendar, *first) : std::nullopt;
  if (!from || !past_end) return std::nullopt;
  for (int own = from->year; own <= from->year + 1; ++own) {
    const auto day = day_of(feast, own);
    if (day && *day >= *first && *day < *past_end) return own;
  }
  return std::nullopt;
}

}  // namespace gavah::text
