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

Found judge(const std::vector<text::TimeMention>& mentions, const Case& one) {
  Found out = Found::missed;
  for (const auto& mention : mentions) {
    if (!mention.time.span->overlaps(one.span)) continue;
    out = std::max(out, mention.time.is_unknown() ? Found::unknown : Found::wrong);
    for (const Json& value : one.values->items()) {
      if (mention.time.is_unknown() && value.text_of("value") == "not resolved") return Found::right;
      if (!mention.time.is_unknown() && is_same(days_of(mention.time), value)) return Found::right;
    }
  }
  return out;
}

/// The one convention that makes the value of a mention one of theirs.
Convention translated(const std::vector<text::TimeMention>& mentions, const Case& one,
                      const text::TimeOptions& options) {
  for (const auto& mention : mentions) {
    if (!mention.time.span->overlaps(one.span) || mention.time.is_unknown()) continue;
    const Said said{Peer::recognizers, lowered(one.words),    mention.time.phrase,
                    options,           days_of(mention.time), mention.time.calendar};
    for (std::size_t i = 1; i < static_cast<std::size_t>(Convention::count); ++i) {
      const auto days = as_peer(static_cast<Convention>(i), said);
      const auto& values = one.values->items();
      if (days && std::any_of(values.begin(), values.end(), [&](const Json& value) { return is_same(*days, value); }))
        return static_cast<Convention>(i);
    }
  }
  return Convention::none;
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
  if (const auto at = clock_at(value, "value")) return mention.hours->start == *at;
  return is_stretch(mention.hours->start, mention.hours->past, clock_at(value, "start"), clock_at(value, "end"));
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

/// Their hours of a part of the day, laid on our day: "tuesday in the morning".
bool is_same_part_of_day(const text::TimeMention& mention, const std::string& words, const Json& value) {
  if (!mention.time.start || !mention.time.end || mention.time.end->seconds - mention.time.start->seconds != 86400)
    return false;
  const bool is_late = has_any(words, {"late", "later"});
  const bool is_early = has_any(words, {"early", "earlier"});
  for (const auto& [word, hour] : {std::pair("morning", 8), std::pair("afternoon", 12), std::pair("evening", 16)}) {
    if (!has_any(words, {word})) continue;
    const std::int64_t first = mention.time.start->seconds + hour * 3600 + (is_late ? 7200 : 0);
    const std::int64_t past = mention.time.start->seconds + (hour + 4) * 3600 - (is_early ? 7200 : 0);
    return moment_at(value, "start") == first && moment_at(value, "end") == past;
  }
  if (!has_any(words, {"night", "tonight"})) return false;
  return moment_at(value, "start") == mention.time.start->seconds + 20 * 3600;
}

/// Months of 30 days and years of 365, few as three.
bool is_same_rounded(const text::TimeMention& mention, const std::string& words, const Json& value) {
  if (mention.kind != text::TimeKind::duration || !mention.low_days || !mention.high_days) return false;
  const int days = has_any(words, {"month", "months"}) ? 30 : has_any(words, {"year", "years"}) ? 365 : 0;
  const std::string theirs(value.text_of("value"));
  for (std::int64_t count = 1; days != 0 && count * days <= *mention.high_days; ++count) {
    if (count * days + 1 + count >= *mention.low_days && format("{}", count * days * 86400) == theirs) return true;
  }
  return false;
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
    ++days_.wanted;
    const Found found = std::max(judge(readings.past, one), judge(readings.future, one));
    if (found == Found::right) {
      ++days_.right;
      return;
    }
    text::TimeOptions options = readings.options;
    Convention convention = translated(readings.future, one, options);
    options.tense = text::Tense::past;
    if (convention == Convention::none) convention = translated(readings.past, one, options);
    if (convention != Convention::none) {
      ++days_.by_convention[static_cast<std::size_t>(convention)];
    } else if (misses_ == Misses::shown) {
      std::string wanted = one.words + " =";
      for (const Json& value : one.values->items()) wanted += " " + text_of(wanted_days(value));
      print_miss(found, text, wanted, readings.past);
    }
  }

  void read_other(const std::string& text, const Json& result, const Readings& readings, Sort sort) {
    const auto begin = static_cast<std::uint32_t>(result.find("Start")->integer().value_or(0));
    const auto end = static_cast<std::uint32_t>(result.find("End")->integer().value_or(0)) + 1;
    const std::string words = lowered(text.substr(begin, end - begin));
    Verdicts& verdicts = others_[static_cast<std::size_t>(sort)];
    ++verdicts.wanted;
    bool is_right = false;
    bool is_translated = false;
    for (const auto* mentions : {&readings.past, &readings.future}) {
      for (const auto& mention : *mentions) {
        if (!mention.time.span->overlaps(Span{begin, end})) continue;
        for (const Json& value : result.find_path({"Resolution", "values"})->items()) {
          is_right = is_right || is_same_of(sort, mention, value);
          is_translated = is_translated || (sort == Sort::moments && is_same_part_of_day(mention, words, value)) ||
                          (sort == Sort::lengths && is_same_rounded(mention, words, value));
        }
      }
    }
    verdicts.right += is_right ? 1 : 0;
    const Convention convention = sort == Sort::moments ? Convention::day_part : Convention::length;
    if (!is_right && is_translated) ++verdicts.by_convention[static_cast<std::size_t>(convention)];
    if (!is_right && !is_translated && misses_ == Misses::shown) print_miss(Found::wrong, text, words, readings.past);
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
