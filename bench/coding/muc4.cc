// MUC-4 by slot, beside GE's sheet of 1992. Templates are made from claims by the rules of the task's own document.
#include "coding/muc4.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <ranges>

#include "base/digest.h"
#include "base/format.h"
#include "coding/coding.h"
#include "coding/linear.h"

namespace gavah::code::bench {
namespace {

/// A slot of a template with the figures of GE on TST3 in 1992.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kSlots{{
    {"type", "GE 1992 R 78 P 72"},
    {"stage", "GE R 76 P 71"},
    {"date", "GE R 61 P 57"},
    {"place", "GE R 63 P 59"},
    {"human target number", "GE R 66 P 56"},
    {"human target effect", "GE R 62 P 52"},
    {"confidence", "GE R 24 P 30"},
}};
using Scores = std::array<Score, kSlots.size()>;

// Chosen on dev, cross-fitted.
constexpr Costs kCosts{.wrong = 3, .missed = 3};
constexpr double kAccepted = -0.3;

bool names(const std::vector<std::string>& alternatives, const std::string& value) {
  return std::ranges::find(alternatives, value) != alternatives.end();
}

/// 2 right, 1 half, 0 wrong.
int place_grade(const std::vector<std::vector<std::string>>& gold, const std::vector<std::string>& ours) {
  int best = 0;
  for (const auto& chain : gold) {
    if (chain.empty() || ours.empty()) continue;
    if (chain.back() == ours.back()) return 2;
    if (chain.front() == ours.front()) best = 1;
  }
  return best;
}

int date_grade(const std::vector<std::string>& gold, const std::string& ours) {
  if (names(gold, ours)) return 2;
  for (const std::string& date : gold) {
    if (date.size() < 9 || ours.size() < 9) continue;
    if (date.substr(date.size() - 9) == ours.substr(ours.size() - 9) || date.substr(0, 9) == ours.substr(0, 9))
      return 1;
  }
  return 0;
}

void grade(Score& score, int points) {
  score.right += points == 2;
  score.half += points == 1;
}

/// What "PLURAL" beside a number is.
enum class Plural { wrong, half_right };

/// Fills as a multiset: exact ones first, then "PLURAL" beside a number as half right.
void score_fills(Score& score, const std::vector<std::vector<std::string>>& gold,
                 const std::vector<std::vector<std::string>>& ours, Plural plural) {
  std::vector<std::string> left;
  for (const auto& fill : ours) {
    if (!fill.front().empty()) left.push_back(fill.front());
  }
  score.given += static_cast<int>(left.size());
  std::vector<const std::vector<std::string>*> open;
  for (const auto& fill : gold) {
    const auto found = std::ranges::find_if(left, [&](const std::string& value) { return names(fill, value); });
    const bool need_not = fill.back().empty();
    score.gold += !need_not || found != left.end();
    if (found != left.end()) {
      score.right += 1;
      left.erase(found);
    } else if (!need_not) {
      open.push_back(&fill);
    }
  }
  if (plural == Plural::wrong) return;
  for (const auto* fill : open) {
    const auto found = std::ranges::find_if(left, [&](const std::string& value) {
      return (value == "PLURAL") != names(*fill, "PLURAL") && value != "1" && !names(*fill, "1");
    });
    if (found == left.end()) continue;
    score.half += 1;
    left.erase(found);
  }
}

int type_grade(const Template& gold, const Template& ours) {
  if (names(gold.types, ours.types.front())) return 2;
  return ours.types.front() == "ATTACK" || names(gold.types, "ATTACK") ? 1 : 0;
}

int likeness(const Template& gold, const Template& ours) {
  return 100 * type_grade(gold, ours) + 12 * place_grade(gold.locations, ours.locations.front()) +
         10 * date_grade(gold.dates, ours.dates.front()) + 3 * names(gold.stages, ours.stages.front());
}

void score_pair(Scores& scores, const Template* gold, const Template* ours) {
  static const std::vector<std::vector<std::string>> kNone;
  if (gold != nullptr) {
    scores[0].gold += 1;
    scores[1].gold += 1;
    scores[2].gold += !gold->dates.empty() && !names(gold->dates, "");
    scores[3].gold += !gold->locations.empty();
  }
  if (ours != nullptr) {
    scores[0].given += 1;
    scores[1].given += 1;
    scores[2].given += !ours->dates.front().empty();
    scores[3].given += !ours->locations.front().empty();
  }
  if (gold != nullptr && ours != nullptr) {
    grade(scores[0], type_grade(*gold, *ours));
    grade(scores[1], names(gold->stages, ours->stages.front()) ? 2 : 0);
    grade(scores[2], date_grade(gold->dates, ours->dates.front()));
    grade(scores[3], place_grade(gold->locations, ours->locations.front()));
  }
  score_fills(scores[4], gold != nullptr ? gold->numbers : kNone, ours != nullptr ? ours->numbers : kNone,
              Plural::half_right);
  score_fills(scores[5], gold != nullptr ? gold->effects : kNone, ours != nullptr ? ours->effects : kNone,
              Plural::wrong);
  score_fills(scores[6], gold != nullptr ? gold->confidences : kNone, ours != nullptr ? ours->confidences : kNone,
              Plural::wrong);
}

/// Templates of one text paired best first: for each of the key the one of ours, or none (kUnpaired).
constexpr std::size_t kUnpaired = static_cast<std::size_t>(-1);
std::vector<std::size_t> paired(const std::vector<Template>& gold, const std::vector<Template>& ours) {
  std::vector<std::size_t> partner(gold.size(), kUnpaired);
  std::vector<bool> used(ours.size());
  while (true) {
    int best = 99;  // half a type at least
    std::size_t best_gold = 0, best_ours = 0;
    for (std::size_t g = 0; g < gold.size(); ++g) {
      for (std::size_t o = 0; o < ours.size(); ++o) {
        if (partner[g] != kUnpaired || used[o]) continue;
        if (const int points = likeness(gold[g], ours[o]); points > best) {
          best = points;
          best_gold = g;
          best_ours = o;
        }
      }
    }
    if (best == 99) return partner;
    partner[best_gold] = best_ours;
    used[best_ours] = true;
  }
}

/// What is left unpaired is missing or made up. Optional ones are never missing.
void score_document(Scores& scores, const std::vector<Template>& gold, const std::vector<Template>& ours) {
  const auto partner = paired(gold, ours);
  for (std::size_t g = 0; g < gold.size(); ++g) {
    if (partner[g] != kUnpaired) {
      score_pair(scores, &gold[g], &ours[partner[g]]);
    } else if (!gold[g].is_optional) {
      score_pair(scores, &gold[g], nullptr);
    }
  }
  for (std::size_t o = 0; o < ours.size(); ++o) {
    if (std::ranges::find(partner, o) == partner.end()) score_pair(scores, nullptr, &ours[o]);
  }
}

/// A text with what the coder made of it and what people did.
struct Coded {
  std::string id;
  std::size_t fold = 0;
  std::vector<Template> gold;
  std::vector<Incident> ours;
};

struct Set {
  std::string name;
  bool is_open = false;  ///< its texts may be looked at
  std::vector<Coded> texts;
  std::size_t bytes = 0;
  double seconds = 0;
};

/// Folds are runs of texts as they were sent: neighbours tell of the same incidents.
constexpr std::size_t kFolds = 5;
constexpr std::size_t kFoldTexts = 260;

/// The claims in whose sentence the coder saw a hedge ("presumably"), by its own notes.
std::set<ClaimId> hedged_of(const Coder& coder, const Report& report, const std::vector<Claim>& claims) {
  Trace trace;
  coder.code(report, IdSecret{}, &trace);
  std::set<ClaimId> out;
  for (const Claim& claim : claims) {
    const bool hedged = std::ranges::any_of(trace.notes_of(claim.id), [](const TraceNote* note) {
      return note->slot == Slot::confidence && (note->cue == "hedge" || note->cue == "doubt");
    });
    if (hedged) out.insert(claim.id);
  }
  return out;
}

void code_into(Set& set, const std::vector<Document>& documents,
               const std::map<std::string, std::vector<Template>>& keys, const Coder& coder,
               const place::Gazetteer& places, Sha256& digest) {
  for (const Document& document : documents) {
    const Report report = report_of(document.text, document.dated.value_or(Day::from_civil(1990, 1, 1)));
    const std::clock_t start = std::clock();
    const auto claims = coder.code(report, IdSecret{});
    set.seconds += static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    set.bytes += report.text.size();
    for (const Claim& claim : claims) digest.update(to_json(claim));
    const auto found = keys.find(document.id);
    Coded coded{document.id,
                set.texts.size() / kFoldTexts,
                {},
                incidents_of(document, report, claims, hedged_of(coder, report, claims), places)};
    if (found != keys.end()) coded.gold = found->second;
    set.texts.push_back(std::move(coded));
  }
}

std::vector<Template> filled(const std::vector<Incident>& incidents) {
  std::vector<Template> out;
  for (const Incident& one : incidents) out.push_back(one.filled);
  return out;
}

/// Incidents that the key pairs with one of its own are right; of an optional one nothing is learnt.
std::vector<Example> examples_of(const Coded& text) {
  const auto partner = paired(text.gold, filled(text.ours));
  std::vector<Example> out;
  for (std::size_t o = 0; o < text.ours.size(); ++o) {
    const auto found = std::ranges::find(partner, o);
    if (found != partner.end() && text.gold[static_cast<std::size_t>(found - partner.begin())].is_optional) continue;
    out.push_back({text.ours[o].features, found != partner.end()});
  }
  return out;
}

Linear layer_of(const Set& set, std::size_t without_fold) {
  std::vector<Example> examples;
  for (const Coded& text : set.texts) {
    if (text.fold != without_fold) std::ranges::move(examples_of(text), std::back_inserter(examples));
  }
  return Linear(examples, kCosts);
}

void list_template(const char* mark, const Template& t, std::string_view words) {
  std::string place;
  for (const auto& chain : t.locations) {
    for (const auto& name : chain) place += name + ":";
    place += " / ";
  }
  std::string people;
  for (std::size_t i = 0; i < t.numbers.size(); ++i) people += t.numbers[i].front() + " ";
  for (const auto& fill : t.effects) people += fill.front() + " ";
  for (const auto& fill : t.confidences) people += fill.front() + " ";
  std::puts(format("   {} {} | {} | {} | {} | {}{} {}", mark, t.types.front(), t.stages.empty() ? "" : t.stages.front(),
                   t.dates.empty() ? "" : t.dates.front(), place, people, t.is_optional ? " (optional)" : "", words)
                .c_str());
}

void list_text(const Coded& text, const std::vector<Incident>& ours) {
  if (text.gold.empty() && ours.empty()) return;
  std::puts(text.id.c_str());
  const auto partner = paired(text.gold, filled(ours));
  for (std::size_t g = 0; g < text.gold.size(); ++g)
    list_template(partner[g] == kUnpaired ? "lost" : "key ", text.gold[g], "");
  for (std::size_t o = 0; o < ours.size(); ++o) {
    const auto found = std::ranges::find(partner, o);
    list_template(found == partner.end() ? "made" : format("ours {}", found - partner.begin() + 1).c_str(),
                  ours[o].filled, ours[o].words);
  }
}

/// `layers`: one for each fold, or one for all, or none.
void measure_set(const Set& set, const std::vector<Linear>& layers, double accepted) {
  const char* listed = std::getenv("GAVAH_LIST_MUC");
  Scores scores;
  for (const Coded& text : set.texts) {
    std::vector<Incident> ours;
    for (const Incident& one : text.ours) {
      if (layers.empty() || layers.at(layers.size() == 1 ? 0 : text.fold).margin(one.features) > accepted)
        ours.push_back(one);
    }
    score_document(scores, text.gold, filled(ours));
    const std::string part = set.name + (layers.empty() ? "" : "+");
    if (listed != nullptr && set.is_open && part == listed) list_text(text, ours);
  }
  for (std::size_t i = 0; i < kSlots.size(); ++i) print_score(kSlots.at(i).first, scores.at(i), kSlots.at(i).second);
}

std::vector<Set> sets_of(const std::string& raw, const Coder& coder, const place::Gazetteer& places, Sha256& digest) {
  std::vector<Set> sets;
  sets.push_back({"dev", true, {}, 0, 0});
  for (int i = 0; i < 13; ++i) {
    code_into(sets.back(), muc_documents(file_text(format("{}/dev/dev-muc3-{:02}01-{:04}", raw, i, 100 * (i + 1)))),
              muc_keys(file_text(format("{}/dev/key-dev-{:02}01.muc4", raw, i))), coder, places, digest);
  }
  sets.push_back({"tst1", true, {}, 0, 0});
  code_into(sets.back(), muc_documents(file_text(raw + "/tst1/tst1-muc3")),
            muc_keys(file_text(raw + "/tst1/key-tst1.v7")), coder, places, digest);
  sets.push_back({"tst2 (held out)", false, {}, 0, 0});
  code_into(sets.back(), muc_documents(file_text(raw + "/tst2/tst2-muc4")),
            muc_keys(file_text(raw + "/tst2/key-tst2.v4")), coder, places, digest);
  return sets;
}

}  // namespace

void measure_muc4() {
  const std::string raw = shared_data() + "/events/muc4/raw";
  const std::string more = raw + "/TASKDOC/templ-doc-more";
  const std::string rows =
      muc_places(file_text(more + "/containing-areas-part1.v5"), file_text(more + "/containing-areas-part2"));
  if (rows.empty()) {
    std::puts("muc4: not here, skipped");
    return;
  }
  const Coder coder = coder_over(rows);
  const auto places = place::Gazetteer::load(rows).value();
  Sha256 digest;
  const auto sets = sets_of(raw, coder, places, digest);
  std::puts(
      format("muc4: {} places of the task's own lists; GE's figures are of TST3, which is not here; digest of all "
             "claims: {}",
             places.size(), digest.finish().hex().substr(0, 12))
          .c_str());
  for (const Set& set : sets) {
    std::puts(format(" {}: {} texts of {} bytes, {:.0f} texts/s", set.name, set.texts.size(),
                     set.bytes / std::max<std::size_t>(1, set.texts.size()),
                     static_cast<double>(set.texts.size()) / set.seconds)
                  .c_str());
    measure_set(set, {}, 0);
  }
  std::vector<Linear> folds;
  for (std::size_t fold = 0; fold < kFolds; ++fold) folds.push_back(layer_of(sets.front(), fold));
  std::puts(" dev, with a linear layer that may reject incidents, cross-fitted in five folds:");
  measure_set(sets.front(), folds, kAccepted);
  const std::vector<Linear> whole{layer_of(sets.front(), kFolds)};
  for (std::size_t i = 1; i < sets.size(); ++i) {
    std::puts(format(" {}, with a linear layer trained on dev:", sets[i].name).c_str());
    measure_set(sets[i], whole, kAccepted);
  }
}

}  // namespace gavah::code::bench
