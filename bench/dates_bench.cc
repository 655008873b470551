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
  const auto misses = gavah::g_prints_errors ? gavah::times::Misses::shown : gavah::times::Misses::hidden;
  if (asked("recognizers")) gavah::times::recognizers(misses);
  if (asked("duckling")) {
    gavah::times::duckling("EN", misses);
    gavah::times::duckling("AR", misses);
  }
  if (asked("jalali")) gavah::jalali();
  if (asked("persian")) gavah::persian();
  return 0;
}
