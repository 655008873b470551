#include <cctype>
#include <cstdlib>

#include "base/format.h"
#include "base/json.h"
#include "times/verdicts.h"

namespace gavah::times {
namespace {

/// "(datetime (2013, 2, 15, 0, 0, 0) Day)" as {constructor, numbers, grain}.
struct Value {
  std::string kind;
  std::vector<int> numbers;
  std::string grain;
};

Value value_of(std::string_view text) {
  Value out;
  std::string word;
  const auto finish = [&] {
    if (word.empty()) return;
    if (std::isdigit(static_cast<unsigned char>(word.back())) != 0) {
      out.numbers.push_back(std::atoi(word.c_str()));
    } else if (out.kind.empty()) {
      out.kind = word;
    } else if (out.grain.empty() || word == "Day" || word == "Week" || word == "Month" || word == "Year") {
      out.grain = word;
    }
    word.clear();
  };
  for (const char c : text.substr(0, text.find('"'))) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-') {
      word += c;
    } else {
      finish();
    }
  }
  finish();
  return out;
}

/// The days that a value stands for; nothing for times of day and feasts.
std::optional<Days> wanted_days(const Value& value) {
  const auto day_at = [&](std::size_t i) -> std::optional<Day> {
    if (value.numbers.size() < i + 6 || value.numbers[i] < 1 || value.numbers[i + 3] + value.numbers[i + 4] != 0)
      return std::nullopt;
    return Day::from_civil(value.numbers[i], value.numbers[i + 1], value.numbers[i + 2]);
  };
  const auto first = day_at(0);
  if (!first) return std::nullopt;
  if (value.kind == "datetimeInterval") {
    const auto past = day_at(6);
    if (!past || value.grain == "Second" || value.grain == "Minute" || value.grain == "Hour") return std::nullopt;
    return Days{*first, *past};
  }
  if (value.kind != "datetime") return std::nullopt;
  const int year = value.numbers[0];
  const int month = value.numbers[1];
  const auto month_after = [&](int months) {
    return Day::from_civil(year + (month - 1 + months) / 12, (month - 1 + months) % 12 + 1, 1);
  };
  if (value.grain == "Day") return Days{*first, first->plus(1)};
  if (value.grain == "Week") return Days{*first, first->plus(7)};
  if (value.grain == "Month") return Days{*first, month_after(1)};
  if (value.grain == "Quarter") return Days{*first, month_after(3)};
  if (value.grain == "Year") return Days{*first, Day::from_civil(year + 1, 1, 1)};
  return std::nullopt;
}

/// The moment at which a value of hours, minutes or seconds begins.
std::optional<Instant> wanted_moment(const Value& value) {
  const bool is_short = value.grain == "Hour" || value.grain == "Minute" || value.grain == "Second";
  if (!is_short || value.numbers.size() < 6 || value.numbers[0] < 1) return std::nullopt;
  if (value.kind != "datetime" && value.kind != "datetimeInterval") return std::nullopt;
  const Day day = Day::from_civil(value.numbers[0], value.numbers[1], value.numbers[2]);
  const int seconds = value.numbers[3] * 3600 + value.numbers[4] * 60 + value.numbers[5];
  return Instant{Instant::at_start_of(day).seconds + seconds};
}

/// When theirs let a part of the day begin.
std::optional<int> hour_of_part(std::string_view words) {
  const bool is_night = has_any(words, {"night", "tonight", "tonite"});
  if (is_night && has_any(words, {"late"})) return 21;
  if (is_night || has_any(words, {"evening"})) return 18;
  if (has_any(words, {"afternoon"})) return 12;
  return has_any(words, {"morning"}) ? std::optional(0) : std::nullopt;
}

/// Hours and minutes, by the moment at which they begin. Without a day theirs are of the report's day, and an hour of
/// which no half of the day is said is the next one.
Answer answer_of(const text::TimeMention& mention, std::string_view text, const text::TimeOptions& options,
                 Instant wanted) {
  constexpr int kReportSeconds = 4 * 3600 + 1800;
  constexpr int kHalfDaySeconds = 12 * 3600;
  const bool is_english_morning = has_any(lowered(text), {"am", "a.m", "morning"});
  const bool is_morning = is_english_morning || has_any(text, {"صباح", "الصبح", "فجر", "الفجر"});
  Answer out{.tense = options.tense};
  out.right = mention.time.precision == TimePrecision::clock && mention.time.start == wanted;
  if (const auto hour = hour_of_part(lowered(text)); hour && mention.time.start && !mention.hours) {
    const bool is_day = mention.time.end && mention.time.end->seconds - mention.time.start->seconds == 86400;
    out.add(Convention::day_part, same(is_day ? mention.time.start->seconds + *hour * 3600 : 0, wanted.seconds));
  }
  if (!mention.hours || !mention.hours->start) return out;
  const bool is_gone = *mention.hours->start < kReportSeconds;
  // In English an hour that is gone is tomorrow's, in Arabic the morning's stays.
  const int moved = !is_gone ? 0 : is_english_morning ? 2 * kHalfDaySeconds : is_morning ? 0 : kHalfDaySeconds;
  const std::int64_t of_day = *mention.hours->start + moved;
  out.add(Convention::same_day, same(Instant::at_start_of(*options.anchor).seconds + of_day, wanted.seconds));
  return out;
}

/// What one mention gives of days, as it stands and by each convention.
Answer answer_of(const text::TimeMention& mention, std::string_view text, const text::TimeOptions& options,
                 const Days& wanted) {
  Answer out{.tense = options.tense};
  out.right = days_of(mention.time) == wanted;
  if (mention.time.is_unknown()) return out;
  const Said said{Peer::duckling, lowered(text),         mention.time.phrase,
                  options,        days_of(mention.time), mention.time.calendar};
  for (std::size_t i = 1; i < static_cast<std::size_t>(Convention::count); ++i) {
    const auto convention = static_cast<Convention>(i);
    if (const auto days = as_peer(convention, said)) out.add(convention, same(*days, wanted));
  }
  return out;
}

template <typename Wanted>
std::vector<Answer> answers_of(const Readings& readings, std::string_view text, const Wanted& wanted) {
  std::vector<Answer> out;
  text::TimeOptions options = readings.options;
  for (const auto* mentions : {&readings.future, &readings.past}) {
    options.tense = mentions == &readings.future ? text::Tense::future : text::Tense::past;
    for (const auto& mention : *mentions) out.push_back(answer_of(mention, text, options, wanted));
  }
  return out;
}

}  // namespace

/// Days, weeks, months and years of Duckling's corpora, by value; a text counts as right when one mention is.
void duckling(std::string_view language, Misses misses) {
  Verdicts verdicts;
  Verdicts moments;
  const Day anchor = Day::from_civil(2013, 2, 12);
  for (const std::string& line : lines_of(format("duckling-time-corpus/{}.jsonl", language))) {
    const auto one = Json::parse(line);
    if (!one) continue;
    const Value value = value_of(one->text_of("expected"));
    const std::string text(one->text_of("text"));
    const auto order = language == "EN" ? text::FieldOrder::month_first : text::FieldOrder::unknown;
    const Readings readings = read_both_ways(text, {.anchor = anchor, .order = order});
    const auto wanted = wanted_days(value);
    const auto moment = wanted ? std::nullopt : wanted_moment(value);
    Verdict verdict = Verdict::right;
    if (wanted) verdict = verdicts.add(answers_of(readings, text, *wanted));
    if (moment) verdict = moments.add(answers_of(readings, text, *moment));
    if (verdict == Verdict::missed && misses == Misses::shown)
      print_miss(text, wanted ? text_of(*wanted) : moment->text(), readings.past);
  }
  verdicts.print(format("Duckling {}, days to years", language));
  moments.print("  hours and minutes, by their start");
}

}  // namespace gavah::times
