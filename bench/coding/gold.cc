// Our own gold of claims (bench/gold): what the coder makes of each report beside what two people made of it.
#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <set>
#include <tuple>

#include "base/format.h"
#include "coding/coding.h"
#include "coding/gold_claim.h"

namespace gavah::code::bench {
namespace {

/// Whether claims pair off only where their triggers share words, or by act alone (as bench/gold/agree does).
enum class Pairing { shared_words, act };

struct Pair {
  std::size_t gold = 0, given = 0;
};

std::uint32_t shared_bytes(Span a, Span b) {
  return a.overlaps(b) ? std::min(a.end, b.end) - std::max(a.begin, b.begin) : 0;
}

/// Pairs of one act, those that share the most first; each claim stands in one pair at most.
std::vector<Pair> pairs_of(const std::vector<GoldClaim>& gold, const std::vector<GoldClaim>& given, Pairing pairing) {
  std::vector<std::tuple<std::int64_t, std::size_t, std::size_t>> candidates;
  for (std::size_t i = 0; i < gold.size(); ++i) {
    for (std::size_t j = 0; j < given.size(); ++j) {
      const auto shared = shared_bytes(gold[i].trigger, given[j].trigger);
      if (gold[i].act == given[j].act && (shared > 0 || pairing == Pairing::act))
        candidates.emplace_back(-static_cast<std::int64_t>(shared), i, j);
    }
  }
  std::ranges::sort(candidates);
  std::set<std::size_t> taken_gold, taken_given;
  std::vector<Pair> pairs;
  for (const auto& [order, i, j] : candidates) {
    if (taken_gold.contains(i) || taken_given.contains(j)) continue;
    taken_gold.insert(i);
    taken_given.insert(j);
    pairs.push_back({i, j});
  }
  return pairs;
}

bool share_words(std::string_view a, std::string_view b) {
  return !a.empty() && !b.empty() && (a.find(b) != std::string_view::npos || b.find(a) != std::string_view::npos);
}

struct Share {
  int right = 0, of = 0;
  void add(int is_right) {  // 1 or 0
    ++of;
    right += is_right;
  }
  double percent() const { return of == 0 ? 0 : 100.0 * right / of; }
};

/// Everything that is printed of one language and half.
struct Totals {
  int reports = 0;
  Share empty;         ///< reports without a claim that got none
  Score claims, acts;  ///< paired by shared words, and by act alone
  Share stage, polarity, attribution, speaker, about, days, days_meet, umbrella;
  Score places, actors, targets, names, counts;
  Share role, age;
};

/// Greedy one-to-one over two lists; `meet` says which fit. Gives the pairs.
template <class Slot, class Meet>
std::vector<Pair> score_list(Score& score, const std::vector<Slot>& gold, const std::vector<Slot>& given, Meet meet) {
  std::vector<Pair> pairs;
  std::vector<bool> taken(given.size());
  for (std::size_t i = 0; i < gold.size(); ++i) {
    for (std::size_t j = 0; j < given.size(); ++j) {
      if (taken[j] || !meet(gold[i], given[j])) continue;
      taken[j] = true;
      pairs.push_back({i, j});
      break;
    }
  }
  score.gold += static_cast<int>(gold.size());
  score.given += static_cast<int>(given.size());
  score.right += static_cast<double>(pairs.size());
  return pairs;
}

bool days_meet(const GoldClaim& a, const GoldClaim& b) {
  const auto is_known = [](const GoldClaim& claim) { return claim.first || claim.past; };
  if (!is_known(a) || !is_known(b)) return is_known(a) == is_known(b);
  const auto first = [](const GoldClaim& claim) { return claim.first.value_or(Day{INT32_MIN}); };
  const auto past = [](const GoldClaim& claim) { return claim.past.value_or(Day{INT32_MAX}); };
  return first(a) < past(b) && first(b) < past(a);
}

void score_lists(Totals& totals, const GoldClaim& gold, const GoldClaim& given) {
  const auto by_words = [](const SlotWords& a, const SlotWords& b) { return share_words(a.words, b.words); };
  const auto by_label = [](const SlotWords& a, const SlotWords& b) { return a.label == b.label; };
  for (const Pair& pair : score_list(totals.places, gold.places, given.places, by_words)) {
    const auto role = [](const SlotWords& place) { return place.label.empty() ? std::string("at") : place.label; };
    totals.role.add(role(gold.places[pair.gold]) == role(given.places[pair.given]));
  }
  score_list(totals.actors, gold.actors, given.actors, by_label);
  score_list(totals.targets, gold.targets, given.targets, by_label);
  score_list(totals.counts, gold.counts, given.counts, [](const auto& a, const auto& b) { return a == b; });
  const auto by_name = [](const PersonWords& a, const PersonWords& b) { return share_words(a.name, b.name); };
  for (const Pair& pair : score_list(totals.names, gold.persons, given.persons, by_name))
    totals.age.add(gold.persons[pair.gold].age == given.persons[pair.given].age);
}

void score_report(Totals& totals, const std::vector<GoldClaim>& gold, const std::vector<GoldClaim>& given,
                  Pairing pairing) {
  const auto pairs = pairs_of(gold, given, pairing);
  totals.acts.gold += static_cast<int>(gold.size());
  totals.acts.given += static_cast<int>(given.size());
  totals.acts.right += static_cast<double>(pairs_of(gold, given, Pairing::act).size());
  ++totals.reports;
  if (gold.empty()) totals.empty.add(given.empty());
  totals.claims.gold += static_cast<int>(gold.size());
  totals.claims.given += static_cast<int>(given.size());
  totals.claims.right += static_cast<double>(pairs.size());
  for (const Pair& pair : pairs) {
    const GoldClaim& a = gold[pair.gold];
    const GoldClaim& b = given[pair.given];
    totals.stage.add(a.stage == b.stage);
    totals.polarity.add(a.polarity == b.polarity);
    totals.attribution.add(a.attribution == b.attribution);
    totals.speaker.add(a.speaker.empty() ? b.speaker.empty() : share_words(a.speaker, b.speaker));
    if (a.about || b.about) {
      totals.about.add(a.about && b.about && std::ranges::any_of(pairs, [&](const Pair& other) {
                         return other.gold == *a.about && other.given == *b.about;
                       }));
    }
    totals.umbrella.add(a.umbrella == b.umbrella);
    totals.days.add(a.first == b.first && a.past == b.past);
    totals.days_meet.add(days_meet(a, b));
    score_lists(totals, a, b);
  }
}

void print_row(std::string_view name, const Totals& t) {
  std::puts(
      format(
          "  {:<13} {:>3} {:>4} {:>4} {:>5.1f} {:>5.1f} {:>5.1f} {:>5.1f} {:>5}  {:>5.1f} {:>5.1f} {:>5.1f} {:>5.1f} "
          "{:>5} {:>5.1f} {:>5.1f} {:>5.1f}  {:>5.1f} {:>5.1f} {:>5.1f} {:>5.1f} {:>5.1f} {:>5.1f} {:>5.1f}",
          name, t.reports, t.claims.gold, t.claims.given, t.claims.precision(), t.claims.recall(), t.claims.f1(),
          t.acts.f1(), format("{}/{}", t.empty.right, t.empty.of), t.stage.percent(), t.polarity.percent(),
          t.attribution.percent(), t.speaker.percent(), format("{}/{}", t.about.right, t.about.of),
          t.umbrella.percent(), t.days.percent(), t.days_meet.percent(), t.places.f1(), t.role.percent(), t.counts.f1(),
          t.names.f1(), t.age.percent(), t.actors.f1(), t.targets.f1())
          .c_str());
}

void print_heading(std::string_view title) {
  std::puts(std::string(title).c_str());
  std::puts(
      "                rep gold ours     P     R    F1   act empty  stage polar attri speak about umbre  days  meet  "
      "places  role count names   age actor targe");
}

std::string line_of(const GoldClaim& claim) {
  const auto day = [](std::optional<Day> value) { return value ? value->text() : std::string("?"); };
  const auto list = [](std::string_view name, const std::vector<SlotWords>& slots) {
    std::string out;
    for (const auto& slot : slots)
      out += (out.empty() ? format(" | {}: ", name) : "; ") + slot.words + (slot.label.empty() ? "" : " " + slot.label);
    return out;
  };
  const auto bound = [](std::optional<std::int64_t> value) { return value ? std::to_string(*value) : "?"; };
  std::string out = format("{} [{}] {} {} {} by '{}'{}{} | {}..{}", claim.act, claim.words, claim.stage, claim.polarity,
                           claim.attribution, claim.speaker, claim.about ? format(" about {}", *claim.about) : "",
                           claim.umbrella ? " umbrella" : "", day(claim.first), day(claim.past));
  out += list("places", claim.places) + list("actors", claim.actors) + list("targets", claim.targets);
  for (const auto& person : claim.persons)
    out += format(" | person {} {} {}", person.name, bound(person.age), person.condition);
  for (const auto& count : claim.counts) out += format(" | {} {}-{}", count.kind, bound(count.low), bound(count.high));
  return out;
}

/// The report with the claims that differ: '-' missed, '+' not in the gold, '<' and '>' the two of a pair.
void print_errors(const GoldReport& report, const std::vector<GoldClaim>& given) {
  const auto pairs = pairs_of(report.first, given, Pairing::shared_words);
  std::string out;
  for (const Pair& pair : pairs) {
    const auto gold = line_of(report.first[pair.gold]);
    const auto ours = line_of(given[pair.given]);
    out += format("  < {} {}\n  > {} {}\n", pair.gold, gold, pair.given, ours);
  }
  for (std::size_t i = 0; i < report.first.size(); ++i) {
    if (std::ranges::none_of(pairs, [&](const Pair& pair) { return pair.gold == i; }))
      out += format("  - {} {}\n", i, line_of(report.first[i]));
  }
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (std::ranges::none_of(pairs, [&](const Pair& pair) { return pair.given == i; }))
      out += format("  + {} {}\n", i, line_of(given[i]));
  }
  if (!out.empty()) std::puts(format("{} {}\n{}", report.id, report.report.text, out).c_str());
}

/// The gold's open and blind half, and a coder that knows the places of both.
struct Gold {
  std::array<std::vector<GoldReport>, 2> halves;
  std::vector<GoldReport> all;
  Coder coder;
};

Gold read_gold() {
  const std::string folder = std::string(GAVAH_SOURCE_DIR) + "/bench/gold/reports_";
  // One gold of somebody's own instead of the two halves.
  const char* own = std::getenv("GAVAH_GOLD");
  std::array<std::vector<GoldReport>, 2> halves{
      gold_reports(own != nullptr ? own : folder + "open.jsonl"),
      own != nullptr ? std::vector<GoldReport>{} : gold_reports(folder + "blind.jsonl")};
  std::vector<GoldReport> all = halves[0];
  all.insert(all.end(), halves[1].begin(), halves[1].end());
  const auto places = file_text(std::string(GAVAH_SOURCE_DIR) + "/data/gazetteer/examples.tsv");
  Coder coder = coder_over(places_of_gold(all, places));
  return {std::move(halves), std::move(all), std::move(coder)};
}

}  // namespace

std::array<std::map<std::string, Score>, 2> score_gold(const Accepts& accepts) {
  const auto [halves, all, coder] = read_gold();
  std::array<std::map<std::string, Score>, 2> out;
  for (std::size_t half = 0; half < halves.size(); ++half) {
    for (const GoldReport& report : halves.at(half)) {
      auto claims = coder.code(report.report, IdSecret{});
      std::erase_if(claims, [&](const Claim& claim) { return !accepts(report.report, claim); });
      Totals totals;
      score_report(totals, report.first, coded_claims(claims, report.report), Pairing::shared_words);
      Score& score = out.at(half)[report.lang];
      score.gold += totals.claims.gold;
      score.given += totals.claims.given;
      score.right += totals.claims.right;
    }
  }
  return out;
}

void measure_gold(GoldListing listing) {
  const auto [halves, all, coder] = read_gold();
  for (std::size_t half = 0; half < halves.size(); ++half) {
    std::map<std::string, std::array<Totals, 2>> totals;  // by language: ours, the second pass
    for (const GoldReport& report : halves.at(half)) {
      const auto given = coded_claims(coder.code(report.report, IdSecret{}), report.report);
      if (listing == GoldListing::errors && half == 0) print_errors(report, given);
      for (const std::string& name : {report.lang, std::string("all")}) {
        score_report(totals[name][0], report.first, given, Pairing::shared_words);
        score_report(totals[name][1], report.first, report.second, Pairing::shared_words);
      }
    }
    print_heading(half == 0 ? "gold, open part: the coder, and the second human pass, against the first"
                            : "gold, blind part: totals alone");
    for (const auto& [lang, both] : totals) {
      print_row(lang, both[0]);
      print_row(lang + " second", both[1]);
    }
  }
  std::map<std::string, Totals> passes;
  for (const GoldReport& report : all) {
    score_report(passes[report.lang], report.first, report.second, Pairing::act);
    score_report(passes["all"], report.first, report.second, Pairing::act);
  }
  print_heading("check: the second pass over both parts, paired by act alone as bench/gold/agree pairs them");
  for (const auto& [lang, sums] : passes) print_row(lang, sums);
}

}  // namespace gavah::code::bench
