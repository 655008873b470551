#include "server/histogram.h"

#include <charconv>

#include "base/instant.h"

namespace gavah::server {

namespace {

constexpr std::int32_t kMaxBarDays = 4'000;        // days: ten years and more in one bar is no histogram
constexpr std::int32_t kFirstDay = -719'162;       // 0001-01-01
constexpr std::int32_t kLastDay = 2'932'896;       // 9999-12-31
constexpr std::int32_t kMaxCoveredDays = 800'000;  // days: kMaxBars of a Gregorian year, and a bound for the table

Result<std::int32_t> number_from(std::string_view text) {
  std::int32_t value = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (read.ec != std::errc{} || read.ptr != end) return fail(ErrorCode::invalid_input, "an edge is a whole number");
  return value;
}

enum class Step { day, week, month, year };

Result<Step> step_from(std::string_view text) {
  if (text.empty() || text == "month") return Step::month;
  if (text == "day") return Step::day;
  if (text == "week") return Step::week;
  if (text == "year") return Step::year;
  return fail(ErrorCode::invalid_input, "time is day, week, month or year");
}

std::int32_t floor_to(std::int32_t day, Step step) {
  const Day civil{day};
  switch (step) {
    case Step::day:
      return day;
    case Step::week:
      return day - (civil.weekday() + 6) % 7;
    case Step::month:
      return Day::from_civil(civil.year(), civil.month(), 1).number;
    case Step::year:
      return Day::from_civil(civil.year(), 1, 1).number;
  }
  return day;
}

std::int32_t after(std::int32_t edge, Step step) {
  const Day civil{edge};
  switch (step) {
    case Step::day:
      return edge + 1;
    case Step::week:
      return edge + 7;
    case Step::month:
      return civil.month() == 12 ? Day::from_civil(civil.year() + 1, 1, 1).number
                                 : Day::from_civil(civil.year(), civil.month() + 1, 1).number;
    case Step::year:
      return Day::from_civil(civil.year() + 1, 1, 1).number;
  }
  return edge + 1;
}

}  // namespace

Result<BarEdges> BarEdges::parse(std::string_view text) {
  BarEdges out;
  while (!text.empty()) {
    const std::string_view piece = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), piece.size() + 1));
    GAVAH_ASSIGN(const std::int32_t value, number_from(piece));
    if (out.edges.empty()) {
      if (value < kFirstDay || value > kLastDay) return fail(ErrorCode::invalid_input, "an edge beyond the calendar");
      out.edges.push_back(value);
      continue;
    }
    if (value < 1 || value > kMaxBarDays) return fail(ErrorCode::invalid_input, "a bar of no or too many days");
    if (out.edges.size() > kMaxBars) return fail(ErrorCode::invalid_input, "too many bars");
    out.edges.push_back(out.edges.back() + value);
  }
  if (out.edges.size() < 2) return fail(ErrorCode::invalid_input, "edges make no bar");
  if (out.edges.back() - out.edges.front() > kMaxCoveredDays) {
    return fail(ErrorCode::invalid_input, "the bars cover too many days");
  }
  return out;
}

Result<BarEdges> BarEdges::covering(std::int32_t first, std::int32_t last, std::string_view step) {
  GAVAH_ASSIGN(const Step wanted, step_from(step));
  BarEdges out;
  if (first > last || first < kFirstDay || last > kLastDay) return out;
  first = std::max(first, last - kMaxCoveredDays + 1'000);
  for (auto at = static_cast<int>(wanted); at <= static_cast<int>(Step::year); ++at) {
    const auto tried = static_cast<Step>(at);
    out.edges.assign(1, floor_to(first, tried));
    while (out.edges.back() <= last && out.edges.size() <= kMaxBars) {
      out.edges.push_back(after(out.edges.back(), tried));
    }
    if (out.edges.back() > last) break;
  }
  return out;
}

Histogram::Histogram(BarEdges edges) : edges_(std::move(edges)), bars_(edges_.count()) {
  if (edges_.count() == 0) return;
  bar_by_day_.reserve(static_cast<std::size_t>(edges_.edges.back() - edges_.edges.front()));
  for (std::size_t bar = 0; bar < edges_.count(); ++bar) {
    const auto days = static_cast<std::size_t>(edges_.edges[bar + 1] - edges_.edges[bar]);
    bar_by_day_.insert(bar_by_day_.end(), days, static_cast<std::uint16_t>(bar));
  }
}

}  // namespace gavah::server
