#include "base/instant.h"

#include <chrono>

#include "base/format.h"

namespace gavah {
namespace {

std::chrono::year_month_day civil(Day day) {
  return std::chrono::year_month_day{std::chrono::sys_days{std::chrono::days{day.number}}};
}

/// Reads exactly `count` digits at `at`; -1 if they are not there.
int digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

bool has(std::string_view text, std::size_t at, std::string_view any_of) {
  return at < text.size() && any_of.find(text[at]) != std::string_view::npos;
}

std::unexpected<Error> bad_time(std::string_view text) {
  return fail(ErrorCode::invalid_input, format("'{}' is not an ISO 8601 time", text.substr(0, 40)));
}

/// Seconds to subtract for the zone at `at`, or an error if something else stands there.
Result<std::int64_t> zone_offset(std::string_view text, std::size_t at) {
  if (at == text.size() || (has(text, at, "Zz") && at + 1 == text.size())) return 0;
  if (!has(text, at, "+-")) return bad_time(text);
  const int hours = digits(text, at + 1, 2);
  const std::size_t minutes_at = has(text, at + 3, ":") ? at + 4 : at + 3;
  const int minutes = minutes_at == text.size() ? 0 : digits(text, minutes_at, 2);
  const bool ends = minutes_at == text.size() || minutes_at + 2 == text.size();
  if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59 || !ends) return bad_time(text);
  const std::int64_t offset = hours * 3600 + minutes * 60;
  return text[at] == '-' ? -offset : offset;
}

}  // namespace

Day Day::from_civil(int year, int month, int day) {
  using namespace std::chrono;
  const sys_days days{std::chrono::year{year} / month / day};
  return Day{static_cast<std::int32_t>(days.time_since_epoch().count())};
}

Result<Day> Day::make(int year, int month, int day) {
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (year < 1 || year > 9999 || month < 1 || day < 1 || !date.ok()) {
    return fail(ErrorCode::invalid_input, format("{}-{}-{} is not a day of the calendar", year, month, day));
  }
  return from_civil(year, month, day);
}

Result<Day> Day::parse(std::string_view text) {
  const int year = digits(text, 0, 4);
  const int month = digits(text, 5, 2);
  const int day = digits(text, 8, 2);
  if (text.size() != 10 || text[4] != '-' || text[7] != '-' || year < 0 || month < 0 || day < 0) return bad_time(text);
  return make(year, month, day);
}

std::string Day::text() const { return format("{:04}-{:02}-{:02}", year(), month(), day()); }
int Day::year() const { return static_cast<int>(civil(*this).year()); }
int Day::month() const { return static_cast<int>(static_cast<unsigned>(civil(*this).month())); }
int Day::day() const { return static_cast<int>(static_cast<unsigned>(civil(*this).day())); }
int Day::weekday() const { return ((number + 4) % 7 + 7) % 7; }

Day Instant::day() const {
  std::int64_t days = seconds / 86400;
  if (seconds % 86400 < 0) --days;
  return Day{static_cast<std::int32_t>(days)};
}

int Instant::second_of_day() const { return static_cast<int>(seconds - at_start_of(day()).seconds); }

Result<Instant> Instant::parse(std::string_view text) {
  GAVAH_ASSIGN(const Day day, Day::parse(text.substr(0, 10)));
  Instant out = at_start_of(day);
  if (text.size() == 10) return out;
  const int hour = digits(text, 11, 2);
  const int minute = digits(text, 14, 2);
  if (!has(text, 10, "Tt ") || !has(text, 13, ":") || hour < 0 || hour > 23 || minute < 0 || minute > 59) {
    return bad_time(text);
  }
  std::size_t at = 16;
  int second = 0;
  if (has(text, at, ":")) {
    second = digits(text, at + 1, 2);
    if (second < 0 || second > 60) return bad_time(text);
    at += 3;
    if (has(text, at, ".,")) {
      do ++at;
      while (has(text, at, "0123456789"));
    }
  }
  GAVAH_ASSIGN(const std::int64_t offset, zone_offset(text, at));
  out.seconds += hour * 3600 + minute * 60 + second - offset;
  return out;
}

std::string Instant::text() const {
  const int second = second_of_day();
  return format("{}T{:02}:{:02}:{:02}Z", day().text(), second / 3600, second / 60 % 60, second % 60);
}

Instant SystemClock::now() const {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return Instant{std::chrono::duration_cast<std::chrono::seconds>(now).count()};
}

}  // namespace gavah
