#include "times/persian_spans.h"

#include <algorithm>
#include <cstdio>

#include "base/format.h"
#include "base/json.h"
#include "times/persian_borders.h"

namespace gavah::times {
namespace {

struct Score {
  double found = 0;
  double gold = 0;
  double found_right = 0;
  double gold_right = 0;

  std::string text() const {
    const double precision = found == 0 ? 0 : found_right / found;
    const double recall = gold == 0 ? 0 : gold_right / gold;
    const double sum = precision + recall;
    return format("P {:.3f} R {:.3f} F1 {:.3f}", precision, recall, sum == 0 ? 0 : 2 * precision * recall / sum);
  }
  void add_equal(const std::vector<Span>& wanted, const std::vector<Span>& ours) {
    add(wanted, ours, [](const Span& a, const Span& b) { return a == b; });
  }
  void add_touched(const std::vector<Span>& wanted, const std::vector<Span>& ours) {
    add(wanted, ours, [](const Span& a, const Span& b) { return a.overlaps(b); });
  }

 private:
  void add(const std::vector<Span>& wanted, const std::vector<Span>& ours, auto matches) {
    gold += static_cast<double>(wanted.size());
    found += static_cast<double>(ours.size());
    for (const Span& span : ours)
      found_right += std::ranges::any_of(wanted, [&](Span g) { return matches(g, span); }) ? 1 : 0;
    // Two of ours may touch one of theirs, which is found once all the same.
    for (const Span& g : wanted)
      gold_right += std::ranges::any_of(ours, [&](Span span) { return matches(g, span); }) ? 1 : 0;
  }
};

/// The three ways in which a sentence is counted.
struct Scores {
  Score plain;
  Score as_annotated;
  Score touched;

  void add(std::string_view text, const std::vector<Span>& gold, Misses misses) {
    const text::Reading reading(text);
    const auto mentions = text::find_times(reading, {.anchor = Day::from_civil(2022, 11, 16)});
    std::vector<Span> found;
    for (const auto& mention : mentions) found.push_back(*mention.time.span);
    const auto marked = times::as_annotated(text, mentions);
    plain.add_equal(gold, found);
    as_annotated.add_equal(gold, marked);
    touched.add_touched(gold, found);
    if (misses == Misses::hidden || gold == marked) return;
    std::string row;
    for (const Span& s : gold) row += format("  gold[{}]", text.substr(s.begin, s.size()));
    for (const Span& s : marked) row += format("  ours[{}]", text.substr(s.begin, s.size()));
    std::printf("%s\n   %s\n", std::string(text).c_str(), row.c_str());
  }
  void print(const char* name) const {
    std::printf("%s: plain strict %s; with borders as their annotators draw them %s; touched %s\n", name,
                plain.text().c_str(), as_annotated.text().c_str(), touched.text().c_str());
  }
};

struct Sentence {
  std::string text;
  std::vector<Span> gold;
};

/// Sentences of tokens with BIO tags. Gold spans of kinds DAT and TIM that touch are one, as a mention of ours holds
/// both.
std::vector<Sentence> hengam_sentences() {
  std::vector<Sentence> out(1);
  bool inside = false;
  for (const std::string& line : lines_of("hengam-persian-time/HengamGold.txt")) {
    const std::size_t tab = line.rfind('\t');
    if (tab == std::string::npos) {
      if (!out.back().text.empty()) out.emplace_back();
      inside = false;
      continue;
    }
    std::string& text = out.back().text;
    std::vector<Span>& gold = out.back().gold;
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
  if (out.back().text.empty()) out.pop_back();
  return out;
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

std::vector<Span> parstdex_spans(const Json& one, std::string_view text) {
  const auto spans = Json::parse(one.text_of("expected"));
  const auto offsets = byte_offsets(text);
  std::vector<Span> out;
  if (!spans) return out;
  for (const Json& span : spans->items()) {
    const auto begin = static_cast<std::size_t>(span.items()[0].integer().value_or(0));
    const auto end = static_cast<std::size_t>(span.items()[1].integer().value_or(0));
    if (end < offsets.size()) out.push_back({offsets[begin], offsets[end]});
  }
  return out;
}

}  // namespace

void hengam(Misses misses) {
  Scores even;
  Scores odd;
  Scores all;
  int index = 0;
  for (const Sentence& sentence : hengam_sentences()) {
    const bool is_even = index++ % 2 == 0;
    (is_even ? even : odd).add(sentence.text, sentence.gold, is_even ? misses : Misses::hidden);
    all.add(sentence.text, sentence.gold, Misses::hidden);
  }
  even.print("hengam gold (fa), even sentences");
  odd.print("hengam gold (fa), odd sentences, held back");
  all.print("hengam gold (fa), all");
  std::printf(
      "  peers, strict span F1 by kind (their labels): HengamTransA .870, HengamTagger .818, ParsNER .136; partial F1 "
      "91.6, 86.6, ParsBERT 30.9\n");
}

void parstdex(Misses misses) {
  std::string file;
  for (const std::string& line : lines_of("parstdex-persian-time/spans.json")) file += line + '\n';
  const auto cases = Json::parse(file);
  if (!cases) return;
  Scores all;
  int silent = 0;
  int silent_right = 0;
  for (const Json& one : cases->items()) {
    const std::string text(one.text_of("test_input"));
    const auto gold = parstdex_spans(one, text);
    const double before = all.plain.found;
    all.add(text, gold, misses);
    silent += gold.empty() ? 1 : 0;
    silent_right += gold.empty() && all.plain.found == before ? 1 : 0;
  }
  all.print("parstdex spans (fa)");
  std::printf("  of %d texts without times %d found silent\n", silent, silent_right);
}

}  // namespace gavah::times
