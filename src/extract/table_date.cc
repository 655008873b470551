#include "extract/table_date.h"

#include <algorithm>

#include "base/format.h"
#include "extract/furniture.h"
#include "extract/written_date.h"

namespace gavah::extract {
namespace {

bool is_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// "20310503" and "20310503083000" as ISO 8601 writes them; others as they are.
std::string with_marks(std::string_view cell) {
  const bool is_compact =
      is_digits(cell) && (cell.size() == 8 || cell.size() == 14) && (cell.starts_with("19") || cell.starts_with("20"));
  if (!is_compact) return std::string(cell);
  std::string out = format("{}-{}-{}", cell.substr(0, 4), cell.substr(4, 2), cell.substr(6, 2));
  if (cell.size() == 14) out += format("T{}:{}:{}Z", cell.substr(8, 2), cell.substr(10, 2), cell.substr(12, 2));
  return out;
}

/// True when a clock time in `text` says its zone: "Z", "+03:30", "GMT"; Unix seconds are UTC by what they are.
bool has_zone(std::string_view text) {
  if (is_digits(text)) return true;
  const std::size_t clock = text.find(':');
  if (clock == std::string_view::npos) return false;
  const std::string_view rest = text.substr(clock);
  return rest.ends_with('Z') || rest.ends_with('z') || rest.find('+') != std::string_view::npos ||
         rest.find('-') != std::string_view::npos || rest.find("GMT") != std::string_view::npos ||
         rest.find("UTC") != std::string_view::npos;
}

struct Reading {
  std::optional<WrittenDate> date;
  bool is_open = false;  ///< day and month could be either
};

Reading read(std::string_view text, DateRule rule) {
  const auto by = [&](DayOrder order) {
    auto date = find_date(text, order);
    if (!date) date = find_short_date(text);
    return date ? date : read_machine_date(text, order);
  };
  if (rule.order == DateRule::Order::month_first) return {by(DayOrder::month_first)};
  const auto day_first = by(DayOrder::day_first);
  if (rule.order == DateRule::Order::day_first) return {day_first};
  const auto month_first = by(DayOrder::month_first);
  if (day_first && month_first && day_first->day != month_first->day) return {std::nullopt, true};
  return {day_first ? day_first : month_first};
}

}  // namespace

DateRule::Order date_order_of(std::string_view date_format) {
  if (date_format.starts_with('m') || date_format.starts_with('M')) return DateRule::Order::month_first;
  if (date_format.starts_with('d') || date_format.starts_with('D')) return DateRule::Order::day_first;
  return DateRule::Order::open;
}

TimeInterval table_date(std::string_view cell, DateRule rule) {
  const std::string_view written = trimmed(cell);
  const std::string text = with_marks(written);
  const Reading found = read(text, rule);
  TimeInterval out;
  if (found.is_open) out.phrase = written;
  if (!found.date) return out;
  WrittenDate date = *found.date;
  const bool is_known = rule.zone == DateRule::Zone::utc || (rule.zone == DateRule::Zone::stated && has_zone(text));
  if (!is_known) date.instant.reset();
  out = interval_of(date, text);
  if (text != written) out.phrase = written;
  return out;
}

std::string iso_day(std::string_view cell, DateRule rule) {
  const std::string text = with_marks(trimmed(cell));
  if (text.find_first_not_of("0123456789/.-") != std::string::npos) return {};
  const Reading found = read(text, rule);
  if (!found.date || found.date->calendar != Calendar::gregorian) return {};
  return found.date->day.text();
}

}  // namespace gavah::extract
