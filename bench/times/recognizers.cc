#include <algorithm>
#include <utility>

#include "base/format.h"
#include "base/json.h"
#include "times/verdicts.h"

namespace gavah::times {
namespace {

std::optional<Day> day_at(const Json& value, std::string_view key) {
  const auto day = Day::parse(value.text_of(key));
  return day ? std::optional(*day) : std::nullopt;
}

Days wanted_days(const Json& value) {
  if (const auto day = day_at(value, "value")) return {*day, day->plus(1)};
  return {day_at(value, "start"), day_at(value, "end")};
}

/// Their ranges end with the first day that is out of them ("the 1990s": 2000-01-01), but ranges between days with the
/// last day that is named ("from 4 to 23 May": 05-23), which is in ours.
bool is_same(const Days& ours, const Json& value) {
  const Days wanted = wanted_days(value);
  if (!wanted.first && !wanted.past) return ours == wanted && value.text_of("value") == "not resolved";
  if (ours == wanted) return true;
  const bool is_range = value.text_of("value").empty();
  return is_range && ours.first == wanted.first && ours.first && ours.past && wanted.past &&
         ours.past->plus(-1) == *wanted.past;
}

struct Case {
  std::string words;  ///< what the peer marks
  Span span;
  const Json* values = nullptr;
};

/// What one mention gives of days, as it stands and by each convention.
Answer answer_of(const text::TimeMention& mention, const Case& one, const text::TimeOptions& options) {
  Answer out{.tense = options.tense};
  const auto& values = one.values->items();
  const bool is_unknown = mention.time.is_unknown();
  const auto gives = [&](const Days& days) {
    return std::any_of(values.begin(), values.end(), [&](const Json& value) { return is_same(days, value); });
  };
  out.right = is_unknown ? std::any_of(values.begin(), values.end(),
                                       [](const Json& value) { return value.text_of("value") == "not resolved"; })
                         : gives(days_of(mention.time));
  if (is_unknown) return out;
  const Said said{Peer::recognizers, lowered(one.words),    mention.time.phrase,
                  options,           days_of(mention.time), mention.time.calendar};
  for (std::size_t i = 1; i < static_cast<std::size_t>(Convention::count); ++i) {
    const auto convention = static_cast<Convention>(i);
    if (const auto days = as_peer(convention, said)) out.add(convention, same(gives(*days), true));
  }
  return out;
}

/// "08:15:00" in seconds of the day.
std::optional<std::int64_t> clock_at(const Json& value, std::string_view key) {
  const auto at = Instant::parse("1970-01-01T" + std::string(value.text_of(key)) + "Z");
  return at ? std::optional(at->seconds) : std::nullopt;
}

std::optional<std::int64_t> moment_at(const Json& value, std::string_view key) {
  const std::string text(value.text_of(key));
  const auto at = text.size() == 19 ? Instant::parse(text) : Result<Instant>(fail(ErrorCode::invalid_input, "no time"));
  return at ? std::optional(at->seconds) : std::nullopt;
}

/// A stretch of hours in seconds; as with days, the last hour or minute that is named lies in ours.
bool is_stretch(std::optional<std::int64_t> start, std::optional<std::int64_t> past,
                std::optional<std::int64_t> their_start, std::optional<std::int64_t> their_end) {
  if (!start || !past || start != their_start || !their_end) return false;
  return *past == *their_end || *past - 3600 == *their_end || *past - 60 == *their_end;
}

enum class Sort : std::uint8_t { days, hours, moments, lengths, sets, count };

Sort sort_of(std::string_view type) {
  if (type == "datetimeV2.date" || type == "datetimeV2.daterange") return Sort::days;
  if (type == "datetimeV2.time" || type == "datetimeV2.timerange") return Sort::hours;
  if (type == "datetimeV2.datetime" || type == "datetimeV2.datetimerange") return Sort::moments;
  if (type == "datetimeV2.duration") return Sort::lengths;
  return type == "datetimeV2.set" ? Sort::sets : Sort::count;
}

bool is_same_hours(const text::TimeMention& mention, const Json& value) {
  if (!mention.hours) return false;
  const auto& [start, past] = *mention.hours;
  const auto their_start = clock_at(value, "start");
  const auto their_end = clock_at(value, "end");
  if (const auto at = clock_at(value, "value")) return start && past && *start == *at;
  if (!start || !past) return start == their_start && past == their_end && (start || past);
  return is_stretch(start, past, their_start, their_end);
}

bool is_same_moment(const text::TimeMention& mention, const Json& value) {
  if (mention.time.precision != TimePrecision::clock || !mention.time.start || !mention.time.end) return false;
  if (const auto at = moment_at(value, "value")) return mention.time.start->seconds == *at;
  return is_stretch(mention.time.start->seconds, mention.time.end->seconds, moment_at(value, "start"),
                    moment_at(value, "end"));
}

bool is_same_length(const text::TimeMention& mention, const Json& value) {
  return mention.kind == text::TimeKind::duration && mention.seconds &&
         format("{}", *mention.seconds) == value.text_of("value");
}

bool is_same_of(Sort sort, const text::TimeMention& mention, const Json& value) {
  switch (sort) {
    case Sort::hours:
      return is_same_hours(mention, value);
    case Sort::moments:
      return is_same_moment(mention, value);
    case Sort::lengths:
      return is_same_length(mention, value);
    case Sort::sets:
      return mention.kind == text::TimeKind::set;
    default:
      return false;
  }
}

/// Their hours of a part of the day, laid on our day: "tuesday in the morning"; of a night they give the start alone.
struct DayPart {
  std::int64_t first = 0;
  std::optional<std::int64_t> past;
};

std::optional<DayPart> part_of_day(const text::TimeMention& mention, const std::string& words) {
  if (!mention.time.start || !mention.time.end || mention.time.end->seconds - mention.time.start->seconds != 86400)
    return std::nullopt;
  const std::int64_t day = mention.time.start->seconds;
  const bool is_late = has_any(words, {"late", "later"});
  const bool is_early = has_any(words, {"early", "earlier"});
  for (const auto& [word, hour] : {std::pair("morning", 8), std::pair("afternoon", 12), std::pair("evening", 16)}) {
    if (!has_any(words, {word})) continue;
    return DayPart{day + hour * 3600 + (is_late ? 7200 : 0), day + (hour + 4) * 3600 - (is_early ? 7200 : 0)};
  }
  return has_any(words, {"night", "tonight"}) ? std::optional(DayPart{day + 20 * 3600, std::nullopt}) : std::nullopt;
}

bool is_part(const DayPart& part, const Json& value) {
  return moment_at(value, "start") == part.first && (!part.past || moment_at(value, "end") == *part.past);
}

/// "Today before 4 pm": theirs open where ours begin or end with the day.
bool is_open_moment(const text::TimeMention& mention, const Json& value) {
  constexpr std::int64_t kDay = 86400;
  if (!mention.time.start || !mention.time.end || mention.time.precision != TimePrecision::clock) return false;
  const std::int64_t start = mention.time.start->seconds;
  const std::int64_t past = mention.time.end->seconds;
  const auto their_start = moment_at(value, "start");
  const auto their_end = moment_at(value, "end");
  return (start % kDay == 0 && !their_start && past == their_end) ||
         (past % kDay == 0 && start == their_start && !their_end);
}

/// What one mention gives of hours, moments or lengths.
Answer answer_of(Sort sort, const text::TimeMention& mention, const std::string& words, const Json& values,
                 text::Tense tense) {
  Answer out{.tense = tense};
  const auto gives = [&](const auto& is_it) {
    return std::any_of(values.items().begin(), values.items().end(), is_it);
  };
  out.right = gives([&](const Json& value) { return is_same_of(sort, mention, value); });
  if (sort == Sort::moments) {
    if (const auto part = part_of_day(mention, words))
      out.add(Convention::day_part, same(gives([&](const Json& value) { return is_part(*part, value); }), true));
  }
  if (sort == Sort::moments && has_any(words, {"before", "after", "by", "later", "earlier", "since", "until"})) {
    const auto is_open = [&](const Json& value) { return is_open_moment(mention, value); };
    out.add(Convention::open_hours, same(gives(is_open), true));
  }
  const bool is_length = sort == Sort::lengths && mention.kind == text::TimeKind::duration;
  if (const auto seconds = is_length ? rounded_seconds(words) : std::nullopt) {
    const std::string ours = format("{}", *seconds);
    out.add(Convention::length, same(gives([&](const Json& value) { return value.text_of("value") == ours; }), true));
  }
  return out;
}

class Recognizers {
 public:
  explicit Recognizers(Misses misses) : misses_(misses) {}

  void read_line(const Json& line) {
    const std::string text(line.text_of("Input"));
    const Json* reference = line.find_path({"Context", "ReferenceDateTime"});
    const auto anchor =
        Instant::parse(reference != nullptr && reference->string() != nullptr ? *reference->string() : "");
    if (!anchor) return;
    const Readings readings = read_both_ways(text, {.anchor = anchor->day(), .order = text::FieldOrder::month_first});
    for (const Json& result : line.find("Results")->items()) {
      const Sort sort = sort_of(result.text_of("TypeName"));
      if (sort == Sort::days) read_result(text, result, readings);
      if (sort != Sort::days && sort != Sort::count) read_other(text, result, readings, sort);
    }
  }

  void print() const {
    days_.print("Recognizers English DateTimeModel, date and daterange");
    static constexpr std::string_view kNames[] = {"", "time and timerange", "datetime and datetimerange", "duration",
                                                  "set, found as one"};
    for (std::size_t i = 1; i < others_.size(); ++i) others_[i].print(format("  {}", kNames[i]));
  }

 private:
  void read_result(const std::string& text, const Json& result, const Readings& readings) {
    const auto begin = static_cast<std::uint32_t>(result.find("Start")->integer().value_or(0));
    const auto end = static_cast<std::uint32_t>(result.find("End")->integer().value_or(0)) + 1;
    const Case one{text.substr(begin, end - begin), {begin, end}, result.find_path({"Resolution", "values"})};
    std::vector<Answer> answers;
    text::TimeOptions options = readings.options;
    for (const auto* mentions : {&readings.future, &readings.past}) {
      options.tense = mentions == &readings.future ? text::Tense::future : text::Tense::past;
      for (const auto& mention : *mentions) {
        if (mention.time.span->overlaps(one.span)) answers.push_back(answer_of(mention, one, options));
      }
    }
    if (days_.add(std::move(answers)) != Verdict::missed || misses_ == Misses::hidden) return;
    std::string wanted = one.words + " =";
    for (const Json& value : one.values->items()) wanted += " " + text_of(wanted_days(value));
    print_miss(text, wanted, readings.past);
  }

  void read_other(const std::string& text, const Json& result, const Readings& readings, Sort sort) {
    const auto begin = static_cast<std::uint32_t>(result.find("Start")->integer().value_or(0));
    const auto end = static_cast<std::uint32_t>(result.find("End")->integer().value_or(0)) + 1;
    const std::string words = lowered(text.substr(begin, end - begin));
    const Json& values = *result.find_path({"Resolution", "values"});
    std::vector<Answer> answers;
    for (const auto* mentions : {&readings.future, &readings.past}) {
      const auto tense = mentions == &readings.future ? text::Tense::future : text::Tense::past;
      for (const auto& mention : *mentions) {
        if (mention.time.span->overlaps(Span{begin, end}))
          answers.push_back(answer_of(sort, mention, words, values, tense));
      }
    }
    const Verdict verdict = others_[static_cast<std::size_t>(sort)].add(std::move(answers));
    if (verdict == Verdict::missed && misses_ == Misses::shown) print_miss(text, words, readings.past);
  }

  Misses misses_;
  Verdicts days_;
  std::array<Verdicts, static_cast<std::size_t>(Sort::count)> others_;
};

}  // namespace

/// End-to-end cases. Either reading of a time without a year is accepted, as theirs are given; their culture writes
/// the month first.
void recognizers(Misses misses) {
  Recognizers all(misses);
  for (const std::string& line : lines_of("recognizers-text-datetime/English.jsonl")) {
    if (line.find("\"DateTimeModel\"") == std::string::npos) continue;
    if (const auto one = Json::parse(line)) all.read_line(*one);
  }
  all.print();
}

}  // namespace gavah::times
