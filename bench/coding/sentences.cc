// Sentences coded by hand: PLOVER's records, PETRARCH's validation records, Arabic protest records.
#include "coding/sentences.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <set>
#include <span>
#include <string_view>

#include "base/format.h"
#include "base/json.h"
#include "coding/coding.h"
#include "coding/linear.h"

namespace gavah::code::bench {

/// The root of an act of ours under PLOVER 0.5b1, which these sentences were coded by: what is destroyed, and who is
/// taken, was COERCE then.
std::string plover_of(const std::string& act) {
  static const std::map<std::string, std::string> kRoots{
      {"force deployment", "MOBILIZE"}, {"crowd control", "ASSAULT"}, {"beating", "ASSAULT"},
      {"live fire", "ASSAULT"},         {"killing", "ASSAULT"},       {"arrest", "COERCE"},
      {"abduction", "COERCE"},          {"torture", "ASSAULT"},       {"prosecution", "ACCUSE"},
      {"death sentence", "SANCTION"},   {"execution", "ASSAULT"},     {"raid", "COERCE"},
      {"censorship", "COERCE"},         {"release", "RETREAT"},       {"property attack", "COERCE"},
      {"group clash", "ASSAULT"}};
  const auto found = kRoots.find(act);
  return found == kRoots.end() ? "PROTEST" : found->second;
}

namespace {

const Day kDay = Day::from_civil(2008, 8, 8);

std::string lower(std::string_view text) {
  std::string out;
  for (const char c : text) out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
  return out;
}

bool has_any(std::string_view text, std::span<const std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

/// Armies in battle are FIGHT, whatever the act.
bool tells_of_war(const std::string& folded) {
  constexpr std::array<std::string_view, 19> kWar{
      "artillery", "mortar",   "rocket",   "shelled",    " shell ",         " shells ",       "tanks",
      "gunship",   "aircraft", "air raid", "missile",    "fierce fighting", "heavy fighting", "gunbattle",
      "minefield", "invasion", "retaken",  "stronghold", "predator"};
  return has_any(folded, kWar);
}

/// What stands after such words says why or where, and is not what the sentence tells ("where 24 people were killed",
/// "after a demonstration"): PLOVER codes the one event of a sentence, not its context.
bool is_context(const std::string& folded, std::size_t trigger) {
  constexpr std::size_t kReachBytes = 60;
  constexpr std::array<std::string_view, 21> kContext{
      " where ",       " after ",         " following ",    " because of ", " in response to ", " in retaliation for ",
      " over ",        " suspected ",     " accused of",    " blamed ",     " demanded ",       " demanding ",
      " denounced ",   " condemned ",     " right of ",     " to cancel ",  " postpone ",       " called off ",
      " against the ", " which it said ", " in protest of "};
  const std::size_t from = trigger > kReachBytes ? trigger - kReachBytes : 0;
  return has_any(std::string_view(folded).substr(from, trigger - from), kContext);
}

/// The roots of what a sentence tells, by PLOVER's own rules: a threat, a plan or what is called off is not the act.
std::set<std::string> roots_of(const Coder& coder, const std::string& text) {
  const std::string folded = lower(text);
  const bool war = tells_of_war(folded);
  std::set<std::string> out;
  std::vector<Claim> told;
  for (Claim& claim : coder.code(report_of(text, kDay), IdSecret{})) {
    const bool done =
        claim.stage == Stage::occurred || claim.stage == Stage::continuing || claim.stage == Stage::attempted;
    const std::string trigger = folded.substr(claim.trigger.begin, claim.trigger.size());
    const bool general = trigger.ends_with("unrest") || trigger == "uprising";
    if (done && !general && claim.polarity != Polarity::denied && !is_context(folded, claim.trigger.begin))
      told.push_back(std::move(claim));
  }
  const bool hurts = std::ranges::any_of(told, [](const Claim& claim) {
    return claim.act == "killing" ||
           std::ranges::any_of(claim.counts, [](const Count& count) { return count.kind == "injured"; });
  });
  for (const Claim& claim : told) {
    std::string root = plover_of(claim.act);
    if (claim.act == "property attack" && hurts) root = "ASSAULT";
    if (war && (root == "ASSAULT" || claim.act == "property attack" || claim.act == "group clash")) root = "FIGHT";
    out.insert(root);
  }
  return out;
}

using Scores = std::map<std::string, Score>;

Scores score_sentences(const Coder& coder, const std::vector<Sentence>& sentences, std::set<std::string> roots) {
  Scores scores;
  for (const Sentence& sentence : sentences) {
    const std::set<std::string> found = roots_of(coder, sentence.text);
    for (const std::string& root : roots) {
      Score& score = scores[root];
      score.gold += sentence.gold.contains(root);
      score.given += found.contains(root);
      score.right += sentence.gold.contains(root) && found.contains(root);
      const bool wrong = sentence.gold.contains(root) != found.contains(root);
      if (wrong && std::getenv("GAVAH_LIST") != nullptr && is_half_a(sentence.text))
        std::puts(format("    {} {}: {}", root, found.contains(root) ? "false" : "missed", sentence.text).c_str());
    }
  }
  return scores;
}

void print_scores(const Scores& scores) {
  double sum = 0;
  for (const auto& [root, score] : scores) {
    print_score(root, score);
    sum += score.f1();
  }
  std::puts(format("  macro F1 {:.1f}", sum / static_cast<double>(std::max<std::size_t>(1, scores.size()))).c_str());
}

/// What a linear layer sees of a sentence: its words and letters, and what the rules found in it.
Features features_of(const Coder& coder, const Sentence& sentence) {
  constexpr double kFoundWeight = 3;
  Features out;
  out.add_words("word", sentence.text, 1);
  out.add_letters("letters", sentence.text, 0.2);
  const Report report = report_of(sentence.text, kDay);
  std::set<std::string> seen;
  for (const Claim& claim : coder.code(report, IdSecret{})) {
    seen.insert("root " + plover_of(claim.act));
    seen.insert("act " + claim.act);
    seen.insert(format("act {} {} {}", claim.act, name_of(claim.stage), name_of(claim.polarity)));
    if (!claim.actors.empty()) seen.insert(format("by {} {}", claim.act, claim.actors.front().actor_class));
  }
  for (const std::string& root : roots_of(coder, sentence.text)) seen.insert("told " + root);
  for (const std::string& one : seen) out.add("found", one, kFoundWeight);
  if (seen.empty()) out.add("found", "nothing", kFoundWeight);
  out.finish();
  return out;
}

struct Judged {
  double margin = 0;
  bool is_right = false;
};

/// The margin above which the most F1 is had on examples that the layer was not trained on.
double best_threshold(std::vector<Judged> judged) {
  std::ranges::sort(judged, std::greater{}, &Judged::margin);
  const double gold = static_cast<double>(std::ranges::count_if(judged, &Judged::is_right));
  double right = 0, best = -1, threshold = 0;
  for (std::size_t i = 0; i < judged.size(); ++i) {
    right += judged[i].is_right ? 1 : 0;
    const double f1 = 2 * right / (static_cast<double>(i + 1) + gold);
    if (f1 <= best) continue;
    best = f1;
    threshold = i + 1 < judged.size() ? (judged[i].margin + judged[i + 1].margin) / 2 : judged[i].margin - 1;
  }
  return threshold;
}

constexpr std::size_t kFolds = 10;
constexpr Costs kCosts{.wrong = 0.3, .missed = 1};

Linear layer_without(const std::vector<Example>& examples, const std::vector<std::size_t>& folds, std::size_t one,
                     std::size_t other) {
  std::vector<Example> rest;
  for (std::size_t i = 0; i < examples.size(); ++i) {
    if (folds[i] != one && folds[i] != other) rest.push_back(examples[i]);
  }
  return Linear(rest, kCosts);
}

/// A linear layer for each root in ten folds by the hash of the text: each sentence is judged by weights, and by a
/// threshold, of the others alone.
Scores score_crossfitted(const Coder& coder, const std::vector<Sentence>& sentences,
                         const std::set<std::string>& roots) {
  std::vector<Example> examples;
  std::vector<std::size_t> folds;
  for (const Sentence& sentence : sentences) {
    examples.push_back({features_of(coder, sentence), false});
    folds.push_back(fold_of(sentence.text) % kFolds);
  }
  Scores scores;
  for (const std::string& root : roots) {
    Score& score = scores[root];
    for (std::size_t i = 0; i < sentences.size(); ++i) examples[i].is_right = sentences[i].gold.contains(root);
    for (std::size_t held = 0; held < kFolds; ++held) {
      std::vector<Judged> inner;
      for (std::size_t fold = 0; fold < kFolds; ++fold) {
        if (fold == held) continue;
        const Linear layer = layer_without(examples, folds, held, fold);
        for (std::size_t i = 0; i < examples.size(); ++i) {
          if (folds[i] == fold) inner.push_back({layer.margin(examples[i].features), examples[i].is_right});
        }
      }
      const double threshold = best_threshold(std::move(inner));
      const Linear layer = layer_without(examples, folds, held, held);
      for (std::size_t i = 0; i < examples.size(); ++i) {
        if (folds[i] != held) continue;
        const bool said = layer.margin(examples[i].features) > threshold;
        score.gold += examples[i].is_right;
        score.given += said;
        score.right += said && examples[i].is_right;
      }
    }
  }
  return scores;
}

void measure_plover(const Coder& coder) {
  const auto sentences = plover_sentences();
  if (sentences.empty()) {
    std::puts("plover_gsr: not here, skipped");
    return;
  }
  std::puts(format("plover_gsr: {} sentences, root class, rules alone (some chosen with these sentences in sight; "
                   "mark: macro F1 80; on the like "
                   "PLV set ZSP 82.1, linear SVM 72.5)",
                   sentences.size())
                .c_str());
  print_scores(score_sentences(coder, sentences, {"PROTEST", "COERCE", "ASSAULT"}));
  std::puts(
      " a linear layer over words, letters and what the rules found, ten folds, cross-fitted with its thresholds:");
  print_scores(score_crossfitted(coder, sentences, {"PROTEST", "COERCE", "ASSAULT"}));
}

std::string between(std::string_view text, std::string_view open, std::string_view close) {
  const auto from = text.find(open);
  if (from == std::string_view::npos) return {};
  const auto start = from + open.size();
  return std::string(text.substr(start, text.find(close, start) - start));
}

/// CAMEO's first two digits as PLOVER of 2016 names them.
std::string root_of_cameo(std::string_view code) {
  static const std::map<std::string, std::string, std::less<>> kRoots{
      {"14", "PROTEST"}, {"17", "COERCE"}, {"18", "ASSAULT"}, {"19", "FIGHT"}};
  const auto found = kRoots.find(code.substr(0, 2));
  return found == kRoots.end() ? "other" : found->second;
}

std::vector<Sentence> petrarch_sentences(std::string_view xml) {
  std::vector<Sentence> out;
  while (true) {
    const auto at = xml.find("<Sentence ");
    if (at == std::string_view::npos) return out;
    xml.remove_prefix(at + 1);
    const std::string_view record = xml.substr(0, xml.find("<Sentence "));
    Sentence sentence{between(record, "<Text>", "</Text>"), {}};
    std::ranges::replace(sentence.text, '\n', ' ');
    for (std::string_view rest = record; rest.find("<EventCoding") != std::string_view::npos;) {
      rest.remove_prefix(rest.find("<EventCoding") + 1);
      sentence.gold.insert(root_of_cameo(between(rest.substr(0, rest.find('>')), "eventcode=\"", "\"")));
    }
    if (!sentence.text.empty()) out.push_back(std::move(sentence));
  }
}

void measure_petrarch(const Coder& coder) {
  const std::string folder = shared_data() + "/events/petrarch_validation/";
  for (const auto* file : {"PETR2_GSR_validation.xml", "PETR.UnitTest.records.xml"}) {
    const auto sentences = petrarch_sentences(file_text(folder + file));
    if (sentences.empty()) {
      std::puts("petrarch_validation: not here, skipped");
      return;
    }
    std::puts(
        format("petrarch_validation {}: {} sentences (diplomacy for the most part; invented countries in the unit "
               "tests), CAMEO root; none published",
               file, sentences.size())
            .c_str());
    print_scores(score_sentences(coder, sentences, {"PROTEST", "COERCE", "ASSAULT"}));
  }
}

/// Rows of a CSV file; quoted cells may hold commas, line breaks and doubled quotes.
std::vector<std::vector<std::string>> csv_rows(std::string_view csv) {
  std::vector<std::vector<std::string>> rows(1, std::vector<std::string>(1));
  bool quoted = false;
  for (std::size_t i = 0; i < csv.size(); ++i) {
    const char c = csv[i];
    if (c == '"') {
      if (quoted && i + 1 < csv.size() && csv[i + 1] == '"') {
        rows.back().back().push_back('"');
        ++i;
      } else {
        quoted = !quoted;
      }
    } else if (c == ',' && !quoted) {
      rows.back().emplace_back();
    } else if (c == '\n' && !quoted) {
      rows.emplace_back(1);
    } else {
      rows.back().back().push_back(c);
    }
  }
  return rows;
}

void measure_arabic(const Coder& coder) {
  const auto halves = arabic_halves();
  if (halves[0].empty()) {
    std::puts("arabic_gsr: not here, skipped");
    return;
  }
  for (std::size_t i = 0; i < 2; ++i) {
    std::puts(format("arabic_gsr half {}: {} sentences, is a protest told of (linear baseline, 5-fold: F1 19)",
                     i == 0 ? "a" : "b (held out)", halves.at(i).size())
                  .c_str());
    print_scores(score_sentences(coder, halves.at(i), {"PROTEST"}));
  }
}

}  // namespace

std::vector<Sentence> plover_sentences() {
  std::vector<Sentence> sentences;
  const auto json = Json::parse(file_text(shared_data() + "/events/plover_gsr/PLOVER_GSR_CAMEO.json"));
  if (!json) return sentences;
  for (const Json& item : json->items()) {
    const std::string text(item.text_of("text"));
    if (text.empty()) continue;
    // Two are listed twice, with a root each.
    const auto same = std::ranges::find(sentences, text, &Sentence::text);
    if (same != sentences.end()) {
      same->gold.emplace(item.text_of("event"));
    } else {
      sentences.push_back({text, {std::string(item.text_of("event"))}});
    }
  }
  return sentences;
}

std::array<std::vector<Sentence>, 2> arabic_halves() {
  std::array<std::vector<Sentence>, 2> halves;
  for (const auto& row : csv_rows(file_text(shared_data() + "/events/arabic_gsr/protest_gsr.csv"))) {
    if (row.size() < 8 || row[4] == "ambiguous" || row[4] == "label") continue;
    Sentence sentence{row[6], {}};
    if (row[4] == "yes") sentence.gold.insert("PROTEST");
    halves.at(is_half_a(row[6]) ? 0 : 1).push_back(std::move(sentence));
  }
  return halves;
}

void measure_sentences(const Coder& coder) {
  measure_plover(coder);
  measure_petrarch(coder);
  measure_arabic(coder);
}

}  // namespace gavah::code::bench
