// Would a linear layer that accepts or rejects what triggers found help on texts that it was not trained on?
#include <cstdio>
#include <optional>

#include "base/format.h"
#include "coding/coding.h"
#include "coding/linear.h"
#include "coding/sentences.h"

namespace gavah::code::bench {
namespace {

const Day kDay = Day::from_civil(2008, 8, 8);
constexpr Costs kCosts{.wrong = 0.3, .missed = 0.6};

Features features_of(const Report& report, const Claim& claim) {
  Features out;
  add_claim(out, report, claim);
  out.finish();
  return out;
}

/// A claim is right where its root is one of the sentence's.
std::vector<Example> examples_of(const Coder& coder, const std::vector<Sentence>& sentences,
                                 const std::set<std::string>& roots) {
  std::vector<Example> out;
  for (const Sentence& sentence : sentences) {
    const Report report = report_of(sentence.text, kDay);
    for (const Claim& claim : coder.code(report, IdSecret{})) {
      const std::string root = plover_of(claim.act);
      if (roots.contains(root)) out.push_back({features_of(report, claim), sentence.gold.contains(root)});
    }
  }
  return out;
}

/// Of the acts that it was trained on alone: of the others it knows nothing.
Accepts accepts_by(const Linear& layer, const std::set<std::string>& roots) {
  return [&layer, &roots](const Report& report, const Claim& claim) {
    return !roots.contains(plover_of(claim.act)) || layer.margin(features_of(report, claim)) > 0;
  };
}

void print_gold(std::string_view lang, std::string_view name, const Accepts& accepts) {
  const auto scores = score_gold(accepts);
  for (std::size_t half = 0; half < scores.size(); ++half) {
    const auto found = scores.at(half).find(std::string(lang));
    if (found != scores.at(half).end())
      print_score(format("{} {}, {}", lang, half == 0 ? "open" : "blind", name), found->second);
  }
}

Score score_protests(const Coder& coder, const std::vector<Sentence>& sentences, const Accepts& accepts) {
  Score score;
  for (const Sentence& sentence : sentences) {
    const Report report = report_of(sentence.text, kDay);
    bool said = false;
    for (const Claim& claim : coder.code(report, IdSecret{}))
      said = said || (plover_of(claim.act) == "PROTEST" && accepts(report, claim));
    const bool told = sentence.gold.contains("PROTEST");
    score.gold += told;
    score.given += said;
    score.right += said && told;
  }
  return score;
}

const Accepts kAll = [](const Report&, const Claim&) { return true; };

}  // namespace

void measure_layer(const Coder& coder) {
  const auto plover = plover_sentences();
  const auto arabic = arabic_halves();
  if (plover.empty() || arabic[0].empty()) {
    std::puts("layer: plover_gsr and arabic_gsr are not here, skipped");
    return;
  }
  std::puts("layer that may reject claims, trained on plover_gsr (English), tried on the own gold:");
  const std::set<std::string> roots{"PROTEST", "COERCE", "ASSAULT"};
  const Linear english(examples_of(coder, plover, roots), kCosts);
  print_gold("en", "rules", kAll);
  print_gold("en", "layer", accepts_by(english, roots));
  std::puts("trained on arabic_gsr half a (Arabic protests), tried on half b and on the own gold:");
  const std::set<std::string> protests{"PROTEST"};
  const Linear arab(examples_of(coder, arabic[0], protests), kCosts);
  print_score("half b, rules", score_protests(coder, arabic[1], kAll));
  print_score("half b, layer", score_protests(coder, arabic[1], accepts_by(arab, protests)));
  print_gold("ar", "rules", kAll);
  print_gold("ar", "layer", accepts_by(arab, protests));
}

}  // namespace gavah::code::bench
