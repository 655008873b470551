// rooms: text model base
// Time expressions on the public evaluation sets, beside what their peers publish.
//   dates_bench [--errors] [hengam] [parstdex] [recognizers] [duckling] [jalali] [persian]
// Input: GAVAH_SHARED_DATA, else ../shared/data beside the repository. One thread.
#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "base/format.h"
#include "base/json.h"
#include "text/text.h"

namespace gavah {
namespace {

bool g_prints_errors = false;

std::string data_root() {
  const char* shared = std::getenv("GAVAH_SHARED_DATA");
  return (shared != nullptr ? std::string(shared) : std::string(GAVAH_SOURCE_DIR) + "/../shared/data") + "/extraction/";
}

std::string read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

struct Score {
  double found = 0;
  double gold = 0;
  double right = 0;
  double f1() const { return found + gold == 0 ? 0 : 2 * right / (found + gold); }
  std::string text() const {
    return format("P {:.3f} R {:.3f} F1 {:.3f}", found == 0 ? 0 : right / found, gold == 0 ? 0 : right / gold, f1());
  }
};

std::vector<Span> spans_of(std::string_view text, Day anchor) {
  const text::Reading reading(text);
  std::vector<Span> out;
  for (const auto& mention : text::find_times(reading, {.anchor = anchor})) out.push_back(*mention.time.span);
  return out;
}

void count_spans(Score& strict, Score& overlap, const std::vector<Span>& gold, const std::vector<Span>& found) {
  strict.gold += static_cast<double>(gold.size());
  strict.found += static_cast<double>(found.size());
  overlap.gold += static_cast<double>(gold.size());
  overlap.found += static_cast<double>(found.size());
  for (const Span& span : found) {
    if (std::find(gold.begin(), gold.end(), span) != gold.end()) strict.right += 1;
    if (std::any_of(gold.begin(), gold.end(), [&](const Span& g) { return g.overlaps(span); })) overlap.right += 1;
  }
}

void print_error(std::string_view text, const std::vector<Span>& gold, const std::vector<Span>& found) {
  if (!g_prints_errors || gold == found) return;
  std::string row;
  for (const Span& s : gold) row += format("  gold[{}]", text.substr(s.begin, s.size()));
  for (const Span& s : found) row += format("  ours[{}]", text.substr(s.begin, s.size()));
  std::printf("%s\n   %s\n", std::string(text).c_str(), row.c_str());
}

/// A Persian span without the function words at its ends, on which annotators differ: «در تاریخ», «طی», «رأس».
Span core_of(std::string_view text, Span span) {
  static const std::set<std::string, std::less<>> kFunction{"از",   "تا",  "در",    "به",   "طی",    "راس", "رأس",
                                                            "حدود", "بعد", "پس",    "قبل",  "تاریخ", "مدت", "ظرف",
                                                            "سر",   "روز", "حوالی", "برای", "ماه"};
  for (;;) {
    const std::string_view inner = text.substr(span.begin, span.size());
    const std::size_t first = inner.find(' ');
    const std::size_t last = inner.rfind(' ');
    if (first == std::string_view::npos) return span;
    if (kFunction.contains(inner.substr(0, first))) {
      span.begin += static_cast<std::uint32_t>(first + 1);
    } else if (kFunction.contains(inner.substr(last + 1))) {
      span.end -= static_cast<std::uint32_t>(inner.size() - last);
    } else {
      return span;
    }
  }
}

std::vector<Span> cores_of(std::string_view text, std::vector<Span> spans) {
  for (Span& span : spans) span = core_of(text, span);
  return spans;
}

std::string_view word_before(std::string_view text, std::uint32_t begin, std::uint32_t& first) {
  if (begin == 0 || text[begin - 1] != ' ') return {};
  const std::size_t space = text.substr(0, begin - 1).rfind(' ');
  first = space == std::string_view::npos ? 0 : static_cast<std::uint32_t>(space + 1);
  return text.substr(first, begin - 1 - first);
}

std::string_view word_after(std::string_view text, std::uint32_t end, std::uint32_t& past) {
  if (end + 1 >= text.size() || text[end] != ' ') return {};
  past = static_cast<std::uint32_t>(std::min(text.find(' ', end + 1), text.size()));
  return text.substr(end + 1, past - end - 1);
}

/// What the annotators of parstdex and Hengam count to a time and we leave outside of a mention: the function words
/// and units that lead into it («از», «تا», «طی», «در سال»), and what says how often or in which zone.
Span annotated(std::string_view text, Span span) {
  using Words = std::set<std::string_view>;
  static const Words kLead{
      "از",     "تا",    "طی",    "طي",    "ظرف",  "راس",   "رأس",  "بعد",  "پس",  "قبل", "تاریخ",           "تاريخ",
      "روز",    "لغایت", "فصل",   "این",   "همین", "همون",  "همان", "مدت",  "بین", "بين", "ماه‌های", "روزهای",
      "روزهاي", "های",   "اوایل", "اواخر", "شروع", "پایان", "حدود", "مبارک"};
  static const Words kUnit{"تاریخ",
                           "تاريخ",
                           "سال",
                           "ماه",
                           "هفته",
                           "قرن",
                           "شب",
                           "روز",
                           "فصل",
                           "طول",
                           "سال‌های",
                           "سال‌هاي",
                           "ماه‌های",
                           "روزهای",
                           "ساعت",
                           "دهه",
                           "سه",
                           "پنج",
                           "دومین"};
  static const Words kTrail{"بعد",    "دیگر",   "ديگر", "دیگه",  "دیگری", "قبل", "پیش", "آینده",
                            "میلادی", "ميلادي", "شمسی", "یکبار", "ها",    "های", "ای",  "خورشيدي"};
  for (;;) {
    std::uint32_t first = 0;
    std::uint32_t past = 0;
    const std::string_view before = word_before(text, span.begin, first);
    const std::string_view inner = text.substr(span.begin, span.size());
    const std::string_view head = inner.substr(0, inner.find(' '));
    if (kLead.contains(before) || (before == "در" && kUnit.contains(head))) {
      span.begin = first;
      continue;
    }
    const std::string_view after = word_after(text, span.end, past);
    if (kTrail.contains(after)) {
      span.end = past;
      continue;
    }
    // «به وقت تهران».
    std::uint32_t past_zone = 0;
    if (after == "به" && word_after(text, past, past_zone) == "وقت" &&
        !word_after(text, past_zone, past_zone).empty()) {
      span.end = past_zone;
      continue;
    }
    return span;
  }
}

/// Mentions as those annotators mark them; what then touches, or is joined by «تا», is one.
std::vector<Span> annotated(std::string_view text, const std::vector<Span>& spans) {
  std::vector<Span> out;
  for (Span span : spans) {
    span = annotated(text, span);
    if (!out.empty() && span.begin <= out.back().end + 1) {
      out.back().end = std::max(out.back().end, span.end);
    } else {
      out.push_back(span);
    }
  }
  return out;
}

/// Sentences of tokens with BIO tags. Gold spans of kinds DAT and TIM that touch are one, as a mention of ours holds
/// both.
void hengam() {
  Score strict;
  Score core;
  Score ignored;
  Score overlap;
  Score even;
  Score odd;
  int sentences = 0;
  std::string text;
  std::vector<Span> gold;
  bool inside = false;
  const auto finish = [&] {
    if (text.empty()) return;
    const auto found = spans_of(text, Day::from_civil(2022, 11, 16));
    count_spans(strict, overlap, gold, found);
    count_spans(core, ignored, cores_of(text, gold), cores_of(text, found));
    const auto marked = annotated(text, found);
    count_spans(sentences++ % 2 == 0 ? even : odd, ignored, gold, marked);
    print_error(text, gold, marked);
    text.clear();
    gold.clear();
    inside = false;
  };
  std::istringstream lines(read(data_root() + "hengam-persian-time/HengamGold.txt"));
  std::string line;
  while (std::getline(lines, line)) {
    const std::size_t tab = line.rfind('\t');
    if (tab == std::string::npos) {
      finish();
      continue;
    }
    const bool tagged = line[tab + 1] != 'O';
    const bool glued = !text.empty() && (line[0] == ':' || text.back() == ':' || line[0] == '/' || text.back() == '/');
    if (!text.empty() && !glued) text += ' ';
    const auto begin = static_cast<std::uint32_t>(text.size());
    text += line.substr(0, tab);
    const auto end = static_cast<std::uint32_t>(text.size());
    if (tagged && inside) {
      gold.back().end = end;
    } else if (tagged) {
      gold.push_back({begin, end});
    }
    inside = tagged;
  }
  finish();
  std::printf(
      "hengam gold (fa, spans of DAT and TIM joined): strict %s; strict but for function words at the ends %s; overlap "
      "%s\n",
      strict.text().c_str(), core.text().c_str(), overlap.text().c_str());
  std::printf("  with the words that their annotators count to a time: strict, even sentences %s; odd %s\n",
              even.text().c_str(), odd.text().c_str());
  std::printf(
      "  peers, strict span F1 by kind (their labels): HengamTransA .870, HengamTagger .818, ParsNER .136; partial F1 "
      "91.6, 86.6, ParsBERT 30.9\n");
}

/// Character offsets of a UTF-8 text as byte offsets.
std::vector<std::uint32_t> byte_offsets(std::string_view text) {
  std::vector<std::uint32_t> out;
  for (std::uint32_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) out.push_back(i);
  }
  out.push_back(static_cast<std::uint32_t>(text.size()));
  return out;
}

void parstdex() {
  Score strict;
  Score overlap;
  Score as_marked;
  Score ignored;
  int silent = 0;
  int silent_right = 0;
  const auto cases = Json::parse(read(data_root() + "parstdex-persian-time/spans.json"));
  if (!cases) return;
  for (const Json& one : cases->items()) {
    const std::string text(one.text_of("test_input"));
    const auto spans = Json::parse(one.text_of("expected"));
    if (!spans) continue;
    const auto offsets = byte_offsets(text);
    std::vector<Span> gold;
    for (const Json& span : spans->items()) {
      const auto begin = static_cast<std::size_t>(span.items()[0].integer().value_or(0));
      const auto end = static_cast<std::size_t>(span.items()[1].integer().value_or(0));
      if (end < offsets.size()) gold.push_back({offsets[begin], offsets[end]});
    }
    const auto found = spans_of(text, Day::from_civil(2022, 11, 16));
    count_spans(strict, overlap, gold, found);
    const auto marked = annotated(text, found);
    count_spans(as_marked, ignored, gold, marked);
    print_error(text, gold, marked);
    silent += gold.empty() ? 1 : 0;
    silent_right += gold.empty() && found.empty() ? 1 : 0;
  }
  std::printf("parstdex spans (fa): strict %s; overlap %s; of %d texts without times %d found silent\n",
              strict.text().c_str(), overlap.text().c_str(), silent, silent_right);
  std::printf("  with the words that their annotators count to a time: strict %s\n", as_marked.text().c_str());
}

/// Days [first, past) of a mention; "?" for an open side.
struct SaidDays {
  std::string first = "?";
  std::string past = "?";
};

SaidDays said_days(const TimeInterval& time) {
  SaidDays out;
  if (time.start) out.first = time.start->day().text();
  if (time.end) out.past = Instant{time.end->seconds + 86399}.day().text();
  return out;
}

/// Conventions on which ours and a peer's differ, so that both cannot be right: each with a check that the two values
/// say the same once the convention is translated.
enum class Convention : std::uint8_t {
  none,
  range_end,     ///< theirs: "2014 to 2018" ends where 2018 begins
  today,         ///< "the past two days": ours reach from two days ago through the report's day
  whole_unit,    ///< "two months ago": ours is that month, theirs the day or a unit less
  part,          ///< "late March", "end of 2012": ours keep the whole
  week_of,       ///< "the first week of May": ours from the first day, theirs from a Monday
  season,        ///< ours by months, theirs by the sky
  near_weekday,  ///< "next Friday": ours the nearest, theirs the one of the next week
  since,         ///< ours end with the report
  after,         ///< "after 3 May": ours from the day after; "no later than 3 May": ours with that day
  islamic,       ///< ours a day wider on each side
  century,       ///< ours begin with the year 1
  upcoming,      ///< "upcoming two weeks": theirs the second of them alone
  count
};
constexpr std::array<std::string_view, static_cast<std::size_t>(Convention::count)> kConventions = {
    "",
    "ranges end where their last unit begins",
    "counted stretches hold the report's day",
    "units ago are whole",
    "parts keep the whole",
    "weeks of a month from its first day",
    "seasons by months",
    "the nearest weekday",
    "since ends with the report",
    "after begins the day after, no later holds the day",
    "Islamic days are three wide",
    "centuries begin with their year 1",
    "upcoming two weeks are both"};
using ConventionCounts = std::array<int, static_cast<std::size_t>(Convention::count)>;

std::string lowered(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

bool has_any(const std::string& text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

std::optional<Day> day_of(std::string_view text) {
  const auto at = Instant::parse(std::string(text) + "T00:00:00Z");
  return at ? std::optional(at->day()) : std::nullopt;
}

int unit_days(const std::string& words) {
  if (has_any(words, {"decade"})) return 3660;
  if (has_any(words, {"year", "yr", "عام", "سن"})) return 366;
  if (has_any(words, {"quarter", "qtr"})) return 92;
  if (has_any(words, {"month", "شهر", "شهور"})) return 31;
  return has_any(words, {"week", "fortnight", "سبوع", "سابيع"}) ? 7 : 1;
}

Convention convention_of(std::string_view phrase, const SaidDays& ours, const SaidDays& theirs) {
  const std::string words = lowered(phrase);
  const auto first = day_of(ours.first);
  const auto past = day_of(ours.past);
  const auto their_first = day_of(theirs.first);
  const auto their_past = day_of(theirs.past);
  if (theirs.past == "?" && first && first == their_first && has_any(words, {"since", "from", "منذ"}))
    return Convention::since;
  if (first && their_first && ours.past == "?" && theirs.past == "?" && first->number > their_first->number &&
      has_any(words, {"after"})) {
    return Convention::after;
  }
  if (past && their_past && ours.first == "?" && theirs.first == "?" && past->number - their_past->number == 1)
    return Convention::after;
  if (!first || !past || !their_first || !their_past) return Convention::none;
  const int before = first->number - their_first->number;
  const int after = past->number - their_past->number;
  const bool overlap = *first < *their_past && *their_first < *past;
  const bool contains = before <= 0 && after >= 0;
  const int unit = unit_days(words);
  const int their_days = their_past->number - their_first->number;
  const bool is_range = has_any(words, {" to ", "-", "~", "through", "until", "till", " and "});
  if (is_range && before == 0 && ((after >= 28 && after <= 31) || (after >= 90 && after <= 92) || after / 365 == 1))
    return Convention::range_end;
  const bool is_day_off = before % 7 == 0 && before == after && std::abs(before) == 7;
  if (is_day_off && has_any(words, {"day", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "ثلاثاء", "اثنين"}))
    return Convention::near_weekday;
  if (overlap && has_any(words, {"week of", "weeks of", "اسبوع", "أسبوع"}) && std::abs(before) < 7 &&
      std::abs(after) < 7)
    return Convention::week_of;
  if (contains && has_any(words, {"early", "mid", "late", "end", "begin", "start", "eoy", "eom", "boy", "bom",
                                  "earlier", "اوائل", "أوائل", "اواخر", "أواخر", "منتصف", "نصف", "بداية", "نهاية"})) {
    return Convention::part;
  }
  if (contains && their_days < unit &&
      has_any(words, {"ago", "later", "from now", "hence", "in ", "قبل", "من ", "منذ"}))
    return Convention::whole_unit;
  if (has_any(words, {"century"}) && before == after && std::abs(before) <= 366) return Convention::century;
  if (has_any(words, {"eid"}) && before == -1 && after == 1) return Convention::islamic;
  if (before < 0 && before >= -2 * unit && has_any(words, {"upcoming"}) && has_any(words, {"two", "2"}))
    return Convention::upcoming;
  if (overlap && has_any(words, {"last", "past", "previous", "next", "coming", "following", "قادمة", "ماضية"}) &&
      std::abs(before) <= unit && std::abs(after) <= unit + 1) {
    return Convention::today;
  }
  if (overlap && has_any(words, {"summer", "winter", "autumn", "spring", "season"})) return Convention::season;
  return Convention::none;
}

/// What a set gave: right by value, and wrong by a named convention alone.
struct Verdicts {
  int wanted = 0;
  int right = 0;
  ConventionCounts by_convention{};

  void print(std::string_view name) const {
    int aside = 0;
    std::string kinds;
    for (std::size_t i = 1; i < by_convention.size(); ++i) {
      aside += by_convention[i];
      if (by_convention[i] != 0)
        kinds += format("{}{} {}", kinds.empty() ? "" : "; ", kConventions[i], by_convention[i]);
    }
    std::printf("%s: %d of %d right (%.3f)\n   %d differ by convention alone (%s); of the other %d: %.3f\n",
                std::string(name).c_str(), right, wanted, right / std::max(1.0, double(wanted)), aside, kinds.c_str(),
                wanted - aside, right / std::max(1.0, double(wanted - aside)));
  }
};

/// Their ranges end with the first day that is out of them ("the 1990s": 2000-01-01), but ranges between days with the
/// last day that is named ("from 4 to 23 May": 05-23), which is in ours.
bool is_accepted(const TimeInterval& time, const Json& value) {
  const SaidDays ours = said_days(time);
  const std::string_view day = value.text_of("value");
  const bool is_whole = time.start && time.end;
  if (!day.empty()) return is_whole && ours.first == day && ours.past == time.start->day().plus(1).text();
  const std::string_view start = value.text_of("start");
  const std::string_view end = value.text_of("end");
  const bool starts = start.empty() ? ours.first == "?" : ours.first == start;
  if (end.empty()) return starts && ours.past == "?";
  return starts && (ours.past == end || (time.end && time.end->day().plus(-1).text() == end && is_whole));
}

/// What one gold expression of the recognizers got.
enum class Found { missed, unknown, wrong, right };

SaidDays days_of(const Json& value) {
  const auto or_open = [](std::string_view day) { return day.empty() ? std::string("?") : std::string(day); };
  const auto day = day_of(value.text_of("value"));
  if (day) return {day->text(), day->plus(1).text()};
  return {or_open(value.text_of("start")), or_open(value.text_of("end"))};
}

/// The convention by which one mention differs from one of the values.
Convention difference(const std::vector<text::TimeMention>& mentions, std::string_view phrase, Span span,
                      const Json& values) {
  for (const auto& mention : mentions) {
    if (!mention.time.span->overlaps(span) || mention.time.is_unknown()) continue;
    for (const Json& value : values.items()) {
      const Convention found = convention_of(phrase, said_days(mention.time), days_of(value));
      if (found != Convention::none) return found;
    }
  }
  return Convention::none;
}

Found judge(const std::vector<text::TimeMention>& mentions, Span span, const Json& values) {
  Found out = Found::missed;
  for (const auto& mention : mentions) {
    if (!mention.time.span->overlaps(span)) continue;
    out = std::max(out, mention.time.is_unknown() ? Found::unknown : Found::wrong);
    for (const Json& value : values.items()) {
      if (mention.time.is_unknown() && value.text_of("value") == "not resolved") return Found::right;
      if (!mention.time.is_unknown() && is_accepted(mention.time, value)) return Found::right;
    }
  }
  return out;
}

void print_miss(Found found, std::string_view text, std::string_view gold,
                const std::vector<text::TimeMention>& mentions) {
  static constexpr std::string_view kNames[] = {"MISSED", "UNKNOWN", "WRONG", "RIGHT"};
  std::string row(kNames[static_cast<int>(found)]);
  for (const auto& mention : mentions) {
    const SaidDays days = said_days(mention.time);
    row += format(" [{} {}..{}]", mention.time.phrase, days.first, days.past);
  }
  std::printf("%s\n   %s gold[%s]\n", std::string(text).c_str(), row.c_str(), std::string(gold).c_str());
}

/// End-to-end cases: of results of type date and daterange, how many are found with an accepted value. Either reading
/// of a time without a year is accepted, as theirs are given; their culture writes the month first.
void recognizers() {
  Verdicts verdicts;
  int touched = 0;
  std::istringstream lines(read(data_root() + "recognizers-text-datetime/English.jsonl"));
  std::string line;
  while (std::getline(lines, line)) {
    if (line.find("\"DateTimeModel\"") == std::string::npos) continue;
    const auto one = Json::parse(line);
    if (!one) continue;
    const std::string text(one->text_of("Input"));
    const Json* reference = one->find_path({"Context", "ReferenceDateTime"});
    const auto anchor =
        Instant::parse(reference != nullptr && reference->string() != nullptr ? *reference->string() : "");
    if (!anchor) continue;
    const text::Reading reading(text);
    text::TimeOptions options{.anchor = anchor->day(), .order = text::FieldOrder::month_first};
    const auto past = text::find_times(reading, options);
    options.tense = text::Tense::future;
    const auto future = text::find_times(reading, options);
    for (const Json& result : one->find("Results")->items()) {
      const auto type = result.text_of("TypeName");
      if (type != "datetimeV2.date" && type != "datetimeV2.daterange") continue;
      const auto begin = static_cast<std::uint32_t>(result.find("Start")->integer().value_or(0));
      const auto end = static_cast<std::uint32_t>(result.find("End")->integer().value_or(0)) + 1;
      const Json& values = *result.find_path({"Resolution", "values"});
      const Found found = std::max(judge(past, {begin, end}, values), judge(future, {begin, end}, values));
      ++verdicts.wanted;
      touched += found == Found::missed ? 0 : 1;
      verdicts.right += found == Found::right ? 1 : 0;
      if (found == Found::right) continue;
      const std::string phrase = text.substr(begin, end - begin);
      Convention convention = difference(past, phrase, {begin, end}, values);
      if (convention == Convention::none) convention = difference(future, phrase, {begin, end}, values);
      if (convention != Convention::none) {
        ++verdicts.by_convention[static_cast<std::size_t>(convention)];
      } else if (g_prints_errors) {
        std::string gold = phrase + " =";
        for (const Json& value : values.items()) gold += " " + days_of(value).first + ".." + days_of(value).past;
        print_miss(found, text, gold, past);
      }
    }
  }
  verdicts.print(format("recognizers English DateTimeModel, date and daterange ({} touched)", touched));
}

/// "(datetime (2013, 2, 15, 0, 0, 0) Day)" as {constructor, numbers, grain}.
struct DucklingValue {
  std::string kind;
  std::vector<int> numbers;
  std::string grain;
};

DucklingValue duckling_value(std::string_view text) {
  DucklingValue out;
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

/// The days that a value of theirs stands for; nothing for times of day and feasts.
std::optional<SaidDays> duckling_days(const DucklingValue& value) {
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
    return SaidDays{first->text(), past->text()};
  }
  if (value.kind != "datetime") return std::nullopt;
  const int year = value.numbers[0];
  const int month = value.numbers[1];
  const auto month_after = [&](int months) {
    return Day::from_civil(year + (month - 1 + months) / 12, (month - 1 + months) % 12 + 1, 1).text();
  };
  if (value.grain == "Day") return SaidDays{first->text(), first->plus(1).text()};
  if (value.grain == "Week") return SaidDays{first->text(), first->plus(7).text()};
  if (value.grain == "Month") return SaidDays{first->text(), month_after(1)};
  if (value.grain == "Quarter") return SaidDays{first->text(), month_after(3)};
  if (value.grain == "Year") return SaidDays{first->text(), Day::from_civil(year + 1, 1, 1).text()};
  return std::nullopt;
}

/// Days, weeks, months and years of Duckling's corpora, by value; a text counts as right when one mention is.
void duckling(const char* language) {
  Verdicts verdicts;
  std::istringstream lines(read(format("{}duckling-time-corpus/{}.jsonl", data_root(), language)));
  std::string line;
  while (std::getline(lines, line)) {
    const auto one = Json::parse(line);
    const auto days = one ? duckling_days(duckling_value(one->text_of("expected"))) : std::nullopt;
    const auto anchor = one ? Instant::parse("2013-02-12T00:00:00Z") : Result<Instant>(Instant{});
    if (!days || !anchor) continue;
    ++verdicts.wanted;
    const std::string text(one->text_of("text"));
    const text::Reading reading(text);
    bool found = false;
    Convention convention = Convention::none;
    std::vector<text::TimeMention> past;
    for (const auto tense : {text::Tense::past, text::Tense::future}) {
      text::TimeOptions options{.anchor = anchor->day(), .tense = tense};
      options.order = language[0] == 'E' ? text::FieldOrder::month_first : text::FieldOrder::unknown;
      auto mentions = text::find_times(reading, options);
      for (const auto& mention : mentions) {
        const SaidDays ours = said_days(mention.time);
        found = found || (ours.first == days->first && ours.past == days->past);
        if (convention == Convention::none) convention = convention_of(text, ours, *days);
      }
      if (past.empty()) past = std::move(mentions);
    }
    verdicts.right += found ? 1 : 0;
    if (found) continue;
    ++verdicts.by_convention[static_cast<std::size_t>(convention)];
    if (convention == Convention::none && g_prints_errors)
      print_miss(Found::wrong, text, days->first + ".." + days->past, past);
  }
  verdicts.print(format("duckling {}, days to years", language));
}

/// Jalali dates as text with their Gregorian day, which dateparser reaches only through its calendar class.
void jalali() {
  int wanted = 0;
  int right = 0;
  std::istringstream lines(read(data_root() + "dateparser-vectors/arabic-script.jsonl"));
  std::string line;
  while (std::getline(lines, line)) {
    const auto one = Json::parse(line);
    if (!one || one->text_of("test") != "test_get_date" || one->text_of("class") != "TestJalaliCalendar") continue;
    ++wanted;
    const std::string text(one->text_of("date_string"));
    const text::Reading reading(text);
    const auto mentions = text::find_times(reading, {});
    const bool ok = std::any_of(mentions.begin(), mentions.end(), [&](const auto& m) {
      return m.time.start && m.time.start->day().text() == one->text_of("dt").substr(0, 10);
    });
    right += ok ? 1 : 0;
    if (!ok && g_prints_errors) std::printf("%s wanted %s\n", text.c_str(), std::string(one->text_of("dt")).c_str());
  }
  std::printf(
      "dateparser Jalali vectors: %d of %d days right in running text (dateparser's parse(): 0, it has no Jalali "
      "there)\n",
      right, wanted);
}

/// One way to write a mention as the gold of bench/gold does.
std::string gold_value(const text::TimeMention& mention) {
  if (mention.kind == text::TimeKind::set) return "set";
  if (mention.kind == text::TimeKind::duration) return format("duration {}..{}", *mention.low_days, *mention.high_days);
  if (mention.time.is_unknown()) return "unknown";
  const auto bound = [&](const std::optional<Instant>& at) {
    if (!at) return std::string("?");
    return mention.time.precision == TimePrecision::clock ? at->text().substr(0, 16) : at->day().text();
  };
  return bound(mention.time.start) + ".." + bound(mention.time.end);
}

std::vector<std::string> split(std::string_view text, std::string_view mark) {
  std::vector<std::string> out;
  for (;;) {
    const std::size_t at = text.find(mark);
    out.emplace_back(text.substr(0, at));
    if (at == std::string_view::npos) return out;
    text.remove_prefix(at + mark.size());
  }
}

/// A sentence of the gold without its brackets.
struct GoldSentence {
  std::string text;
  std::vector<Span> spans;
};

GoldSentence without_brackets(std::string_view marked) {
  GoldSentence out;
  std::uint32_t begin = 0;
  for (const char c : marked) {
    if (c == '[') {
      begin = static_cast<std::uint32_t>(out.text.size());
    } else if (c == ']') {
      out.spans.push_back({begin, static_cast<std::uint32_t>(out.text.size())});
    } else {
      out.text += c;
    }
  }
  return out;
}

enum class Misses { shown, hidden };

struct GoldFigures {
  int wanted = 0;
  int right = 0;
  int false_ones = 0;  ///< mentions with a value where the gold has no time
  std::string text() const {
    return format("{} of {} ({:.3f}), {} false", right, wanted, right / std::max(1.0, double(wanted)), false_ones);
  }
};

/// The first mention that touches `span`, as a value of the gold; "none" where there is none.
std::string value_at(const std::vector<text::TimeMention>& mentions, Span span) {
  for (const auto& mention : mentions) {
    if (mention.time.span->overlaps(span)) return gold_value(mention);
  }
  return "none";
}

void score_sentence(GoldFigures& figures, const GoldSentence& sentence, std::string_view values,
                    const std::vector<text::TimeMention>& mentions, Misses misses) {
  const auto wanted = split(values, " ; ");
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const Span whole{0, static_cast<std::uint32_t>(sentence.text.size())};
    const std::string ours = value_at(mentions, i < sentence.spans.size() ? sentence.spans[i] : whole);
    const auto accepted = split(wanted[i], " | ");
    const bool right = std::find(accepted.begin(), accepted.end(), ours) != accepted.end();
    ++figures.wanted;
    figures.right += right ? 1 : 0;
    if (!right && misses == Misses::shown)
      std::printf("%s\n   gold %s   ours %s\n", sentence.text.c_str(), wanted[i].c_str(), ours.c_str());
  }
  for (const auto& mention : mentions) {
    const bool gold = std::any_of(sentence.spans.begin(), sentence.spans.end(),
                                  [&](const Span& span) { return mention.time.span->overlaps(span); });
    figures.false_ones += !gold && !mention.time.is_unknown() ? 1 : 0;
  }
}

/// Values of Persian time expressions; the misses of the blind half are never printed.
void persian() {
  for (const bool blind : {false, true}) {
    GoldFigures easy;
    GoldFigures hard;
    std::istringstream lines(
        read(format("{}/bench/gold/persian_dates_{}.tsv", GAVAH_SOURCE_DIR, blind ? "blind" : "open")));
    std::string line;
    std::getline(lines, line);
    while (std::getline(lines, line)) {
      const auto cells = split(line, "\t");
      if (cells.size() != 4) continue;
      const auto day = Instant::parse(cells[1] + "T00:00:00Z");
      const auto sentence = without_brackets(cells[2]);
      const text::Reading reading(sentence.text);
      text::TimeOptions options;
      if (day) options.anchor = day->day();
      score_sentence(cells[0] == "hard" ? hard : easy, sentence, cells[3], text::find_times(reading, options),
                     !blind && g_prints_errors ? Misses::shown : Misses::hidden);
    }
    std::printf("persian values, %s half: easy %s; hard %s\n", blind ? "blind" : "open", easy.text().c_str(),
                hard.text().c_str());
  }
}

}  // namespace
}  // namespace gavah

int main(int argc, char** argv) {
  std::set<std::string> wanted;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--errors") {
      gavah::g_prints_errors = true;
    } else {
      wanted.insert(argument);
    }
  }
  const auto asked = [&](const char* name) { return wanted.empty() || wanted.contains(name); };
  if (asked("hengam")) gavah::hengam();
  if (asked("parstdex")) gavah::parstdex();
  if (asked("recognizers")) gavah::recognizers();
  if (asked("duckling")) {
    gavah::duckling("EN");
    gavah::duckling("AR");
  }
  if (asked("jalali")) gavah::jalali();
  if (asked("persian")) gavah::persian();
  return 0;
}
