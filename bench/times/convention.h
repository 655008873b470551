#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "text/text.h"

namespace gavah::times {

enum class Peer : std::uint8_t { recognizers, duckling };

/// Days [first, past); nothing for an open side.
struct Days {
  std::optional<Day> first;
  std::optional<Day> past;
  friend bool operator==(const Days&, const Days&) = default;
};

Days days_of(const TimeInterval& time);
std::string text_of(const Days& days);  ///< "2016-11-01..?"

/// Choices that the words leave open and that a peer makes in another way than find_times. Each is a rule that gives
/// the peer's value from ours, so that what is right "with conventions" is equal to the day, as it is without. Which of
/// them a case follows is not known beforehand: Verdicts tries all on each case, and one fixed choice on all. Of a
/// night `day_part` compares the start alone.
enum class Convention : std::uint8_t {
  none,
  range_end,     ///< "2014 to 2018": theirs ends where 2018 begins
  nth,           ///< "upcoming two weeks": theirs the second alone
  stretch,       ///< "the past two weeks": ours hold the report's day, theirs do not; some units are whole
  unit_away,     ///< "two months ago": ours that month, theirs the day, or the month of "two years ago"
  since,         ///< ours end with the report
  part,          ///< "late March", "end of 2012": ours keep the whole, theirs a share of it
  week_of,       ///< "the first week of May": ours count from the first day, theirs are weeks from Monday; "week 10"
  season,        ///< ours by months, theirs by the sky
  near_weekday,  ///< "next Friday": ours the nearest, theirs that of the next week; "Friday": never the report's day
  after,         ///< "after 3 May": theirs from that day; "no later than 3 May": theirs without it
  islamic,       ///< ours are a day wider on each side
  century,       ///< ours begin with the year 1
  list,          ///< "18 and 19 June": ours one stretch, theirs two days
  unresolved,    ///< "this summer": theirs without days
  day_part,      ///< "Tuesday morning": ours the day, theirs hours of it
  length,        ///< "a few years": ours as wide as the calendar, theirs years of 365 days, months of 30, few are 3
  same_day,      ///< "at 3 pm": ours of no day, theirs of the report's
  open_hours,    ///< "Friday before 4 pm": ours from the day's first hour, theirs open
  count
};
constexpr std::array<std::string_view, static_cast<std::size_t>(Convention::count)> kConventions = {
    "",
    "ranges end where their last unit begins",
    "upcoming two weeks are the second",
    "counted stretches without the report's day",
    "units ago are days",
    "since is open",
    "parts are shares",
    "weeks from Mondays, numbered ones of the report's year",
    "seasons by the sky",
    "weekdays of the next week",
    "after holds its day, no later does not",
    "Islamic days are one wide",
    "centuries begin with their year 0",
    "days of a list stand alone",
    "seasons have no days",
    "parts of the day are hours",
    "years of 365 days, months of 30, few are 3",
    "times of day are the report's day's",
    "hours before another are open"};

/// A mention beside what the peer's case marks.
struct Said {
  Peer peer = Peer::recognizers;
  std::string words;   ///< the marked words in lower case
  std::string phrase;  ///< the words of the mention
  text::TimeOptions options;
  Days days;  ///< ours
  Calendar calendar = Calendar::gregorian;
};

/// The peer's value made from ours; nothing where the convention does not apply to such words or such a value.
std::optional<Days> as_peer(Convention convention, const Said& said);

/// Seconds of months, years and a few units as Recognizers round them; nothing where the words say more than that.
std::optional<std::int64_t> rounded_seconds(const std::string& words);

std::string lowered(std::string_view text);
/// One of the words stands in `text`: Latin ones whole, others anywhere.
bool has_any(std::string_view text, std::initializer_list<std::string_view> words);

}  // namespace gavah::times
