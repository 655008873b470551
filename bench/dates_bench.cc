// rooms: text model base
// Time expressions on the public evaluation sets, beside what their peers publish.
//   dates_bench [--errors] [hengam] [parstdex] [recognizers] [duckling] [jalali] [persian] [english] [arabic]
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
#include "times/persian_spans.h"
#include "times/verdicts.h"

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

using times::Misses;

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

/// Values of time expressions in one file of bench/gold, each sentence with the day of its report.
void own_values(std::string_view language, std::string_view half, Misses misses) {
  GoldFigures easy;
  GoldFigures hard;
  std::istringstream lines(read(format("{}/bench/gold/{}_dates_{}.tsv", GAVAH_SOURCE_DIR, language, half)));
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
    score_sentence(cells[0] == "hard" ? hard : easy, sentence, cells[3], text::find_times(reading, options), misses);
  }
  std::printf("%s values, %s half: easy %s; hard %s\n", std::string(language).c_str(), std::string(half).c_str(),
              easy.text().c_str(), hard.text().c_str());
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
  const auto misses = gavah::g_prints_errors ? gavah::times::Misses::shown : gavah::times::Misses::hidden;
  if (asked("hengam")) gavah::times::hengam(misses);
  if (asked("parstdex")) gavah::times::parstdex(misses);
  if (asked("recognizers")) gavah::times::recognizers(misses);
  if (asked("duckling")) {
    gavah::times::duckling("EN", misses);
    gavah::times::duckling("AR", misses);
  }
  if (asked("jalali")) gavah::jalali();
  // The misses of a blind half are never printed.
  if (asked("persian")) gavah::own_values("persian", "open", misses);
  if (asked("persian")) gavah::own_values("persian", "blind", gavah::times::Misses::hidden);
  if (asked("english")) gavah::own_values("english", "open", misses);
  if (asked("arabic")) gavah::own_values("arabic", "open", misses);
  return 0;
}
