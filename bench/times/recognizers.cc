#include <algorithm>

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
      const auto type = result.text_of("TypeName");
      if (type == "datetimeV2.date" || type == "datetimeV2.daterange") read_result(text, result, readings);
    }
  }

  void print() const { days_.print("Recognizers English DateTimeModel, date and daterange"); }

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

  Misses misses_;
  Verdicts days_;
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
