#include "place/choice.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "place/gazetteer_tables.h"

namespace gavah::place {
namespace {

/// Tokens that may stand between a place and the area that explains it: "Karaj, Alborz", «کرج در استان البرز».
constexpr std::uint32_t kExplainedWithinTokens = 3;
/// Other names of a text that are looked at for one name: the nearest ones on each side.
constexpr std::size_t kContextNames = 32;
/// Candidates of one name that are weighed against those of another; names with more are those of hamlets and saints.
constexpr std::size_t kWeighedCandidates = 48;
constexpr int kRounds = 4;

// Weights, chosen on half of LGL's and TR-News' articles and on the open half of our own gold (bench/places_bench.cc).
constexpr double kHeldByCounty = 5.0;
constexpr double kHeldByProvince = 2.5;
constexpr double kHeldByCountry = 1.0;
constexpr double kSameCounty = 5.0;
constexpr double kSameProvince = 1.5;
constexpr double kSameCountry = 0.2;
constexpr double kNearness = 1.6;
constexpr double kNearKm = 80;
constexpr double kHome = 1.5;
constexpr double kArea = 4.0;     // countries and provinces are what their bare names mean
constexpr double kSeat = 0.5;     // for each step of rank
constexpr double kPeople = 0.5;   // for each power of ten, where the context supports
constexpr double kSupport = 1.7;  // context from which people count in full
constexpr double kAlike = 0.1;    // scores that differ by less say nothing

class Choice {
 public:
  Choice(const Gazetteer& gazetteer, std::string_view home_country, std::vector<Mention>& mentions)
      : gazetteer_(gazetteer), tables_(gazetteer.tables()), home_country_(home_country), mentions_(mentions) {}

  void run() {
    explain();
    const bool any_open = std::any_of(mentions_.begin(), mentions_.end(),
                                      [](const Mention& mention) { return mention.candidates.size() > 1; });
    if (!any_open) return;
    group();
    for (int round = 0; round < kRounds; ++round) weigh();
    settle();
  }

 private:
  /// The mentions of a text that have the same candidates.
  struct Name {
    std::vector<EntryNumber> candidates;
    std::vector<double> beliefs;  // of the first candidates, at most kWeighedCandidates; they add up to one
    std::vector<double> scores;
  };

  bool are_beside(std::size_t earlier, std::size_t later) const {
    return mentions_[later].first_token - mentions_[earlier].past_token <= kExplainedWithinTokens;
  }

  /// "X in Y province", where no X of the gazetteer lies in Y: another X is meant, of which Y is all that is known.
  bool lies_in(std::size_t i) const {
    const Mention& area = mentions_[i + 1];
    return mentions_[i].leads_to_area && !area.candidates.empty() &&
           std::all_of(area.candidates.begin(), area.candidates.end(),
                       [&](EntryNumber n) {
                         const EntryClass found = tables_.rows[n].entry_class;
                         return found == EntryClass::province || found == EntryClass::county;
                       }) &&
           std::all_of(mentions_[i].candidates.begin(), mentions_[i].candidates.end(),
                       [&](EntryNumber n) { return tables_.rows[n].entry_class == EntryClass::town; });
  }

  /// Keeps of `inner` what the areas of `beside` hold; nothing changes when they hold none.
  bool keep_held(std::vector<EntryNumber>& inner, const std::vector<EntryNumber>& beside) const {
    // Towns and sites hold nothing; with hundreds of namesakes side by side each would be asked about each.
    std::vector<EntryNumber> areas;
    std::copy_if(beside.begin(), beside.end(), std::back_inserter(areas), [&](EntryNumber number) {
      const EntryClass found = tables_.rows[number].entry_class;
      return found <= EntryClass::county || found == EntryClass::district;
    });
    if (areas.empty()) return false;
    std::vector<EntryNumber> kept;
    std::copy_if(inner.begin(), inner.end(), std::back_inserter(kept), [&](EntryNumber candidate) {
      return std::any_of(areas.begin(), areas.end(),
                         [&](EntryNumber area) { return contains(gazetteer_, area, candidate); });
    });
    if (kept.empty()) return false;
    inner = std::move(kept);
    return true;
  }

  /// Lets areas right beside names decide, then the decided mentions of a name its undecided ones.
  void explain() {
    std::map<std::vector<EntryNumber>, std::vector<EntryNumber>> explained;
    std::vector<std::size_t> undecided;
    for (std::size_t i = 0; i < mentions_.size(); ++i) {
      const bool is_open = mentions_[i].candidates.size() > 1;
      const std::vector<EntryNumber> before = is_open ? mentions_[i].candidates : std::vector<EntryNumber>();
      bool decided = false;
      if (i + 1 < mentions_.size() && are_beside(i, i + 1))
        decided = keep_held(mentions_[i].candidates, mentions_[i + 1].candidates);
      if (!decided && i + 1 < mentions_.size() && lies_in(i)) {
        mentions_[i].candidates = mentions_[i + 1].candidates;
        continue;
      }
      if (i > 0 && are_beside(i - 1, i))
        decided = keep_held(mentions_[i].candidates, mentions_[i - 1].candidates) || decided;
      if (!is_open) continue;
      if (!decided) {
        undecided.push_back(i);
        continue;
      }
      auto& found = explained[before];
      found.insert(found.end(), mentions_[i].candidates.begin(), mentions_[i].candidates.end());
    }
    for (const std::size_t i : undecided) {
      const auto found = explained.find(mentions_[i].candidates);
      if (found == explained.end()) continue;
      std::sort(found->second.begin(), found->second.end());
      found->second.erase(std::unique(found->second.begin(), found->second.end()), found->second.end());
      mentions_[i].candidates = found->second;
    }
  }

  void group() {
    std::map<std::vector<EntryNumber>, std::size_t> numbers;
    for (const Mention& mention : mentions_) {
      const auto [found, is_new] = numbers.emplace(mention.candidates, names_.size());
      name_of_.push_back(found->second);
      if (!is_new) continue;
      Name& name = names_.emplace_back();
      name.candidates = mention.candidates;
      name.scores.resize(name.candidates.size());
      for (std::size_t c = 0; c < name.candidates.size(); ++c) name.scores[c] = standing(name.candidates[c]);
      believe(name);
    }
  }

  /// What speaks for a place without any text.
  double standing(EntryNumber number) const {
    const auto& row = tables_.rows[number];
    const double standing = row.entry_class <= EntryClass::province ? kArea : kSeat * row.seat_rank;
    const bool is_home = !home_country_.empty() && tables_.country_of(number) == home_country_;
    return standing + (is_home ? kHome : 0);
  }

  static void believe(Name& name) {
    const std::size_t weighed = std::min(name.candidates.size(), kWeighedCandidates);
    name.beliefs.assign(weighed, 0);
    if (weighed == 0) return;
    const double best =
        *std::max_element(name.scores.begin(), name.scores.begin() + static_cast<std::ptrdiff_t>(weighed));
    double sum = 0;
    for (std::size_t c = 0; c < weighed; ++c) sum += name.beliefs[c] = std::exp(name.scores[c] - best);
    for (double& belief : name.beliefs) belief /= sum;
  }

  double relation(EntryNumber a, EntryNumber b) const {
    const auto& left = tables_.rows[a];
    const auto& right = tables_.rows[b];
    if (a == b) return kSameCounty;
    double found = 0;
    if (left.country == right.country) found = relation_at_home(a, b);
    const auto is_wide = [](const auto& row) {
      return row.entry_class == EntryClass::country || row.entry_class == EntryClass::province;
    };
    return is_wide(left) || is_wide(right) ? found : found + kNearness / (1 + km_between(left, right) / kNearKm);
  }

  /// Of two places in one country.
  double relation_at_home(EntryNumber a, EntryNumber b) const {
    const auto& left = tables_.rows[a];
    const auto& right = tables_.rows[b];
    const auto held_by = [&](const auto& area) {
      if (area.entry_class == EntryClass::country) return kHeldByCountry;
      return area.entry_class == EntryClass::province ? kHeldByProvince : kHeldByCounty;
    };
    if (contains(gazetteer_, a, b)) return held_by(left);
    if (contains(gazetteer_, b, a)) return held_by(right);
    const bool same_county = left.parent != kNoEntry && left.parent == right.parent &&
                             tables_.rows[left.parent].entry_class > EntryClass::province;
    if (same_county) return kSameCounty;
    return same_province(gazetteer_, a, b) ? kSameProvince : kSameCountry;
  }

  static double km_between(const Gazetteer::Tables::Row& a, const Gazetteer::Tables::Row& b) {
    constexpr double kKmPerUnit = 6371.0 * std::numbers::pi / 180 / 1e6;
    const double north = a.lat_e6 - b.lat_e6;
    double east = std::abs(double(a.lon_e6) - double(b.lon_e6));
    east = std::min(east, 360e6 - east) * std::cos((a.lat_e6 + b.lat_e6) / 2e6 * std::numbers::pi / 180);
    return kKmPerUnit * std::sqrt(north * north + east * east);
  }

  /// One round: each name against what the others are believed to be.
  void weigh() {
    const std::vector<Name> before = names_;
    for (std::size_t n = 0; n < names_.size(); ++n) {
      Name& name = names_[n];
      if (name.candidates.size() < 2) continue;
      const std::size_t first = n > kContextNames ? n - kContextNames : 0;
      const std::size_t past = std::min(names_.size(), n + kContextNames + 1);
      for (std::size_t c = 0; c < name.candidates.size(); ++c) {
        double context = 0;
        for (std::size_t other = first; other < past; ++other) {
          if (other == n) continue;
          const Name& by = before[other];
          for (std::size_t d = 0; d < by.beliefs.size(); ++d) {
            if (by.beliefs[d] >= 0.01) context += by.beliefs[d] * relation(name.candidates[c], by.candidates[d]);
          }
        }
        const double people = std::log10(1.0 + tables_.rows[name.candidates[c]].population);
        name.scores[c] = standing(name.candidates[c]) + context + kPeople * people * std::min(1.0, context / kSupport);
      }
      believe(name);
    }
  }

  void settle() {
    for (Name& name : names_) {
      if (name.candidates.size() < 2) continue;
      const double best = *std::max_element(name.scores.begin(), name.scores.end());
      std::vector<EntryNumber> kept;
      for (std::size_t c = 0; c < name.candidates.size(); ++c) {
        if (name.scores[c] > best - kAlike) kept.push_back(name.candidates[c]);
      }
      name.candidates = std::move(kept);
    }
    for (std::size_t i = 0; i < mentions_.size(); ++i) mentions_[i].candidates = names_[name_of_[i]].candidates;
  }

  const Gazetteer& gazetteer_;
  const Gazetteer::Tables& tables_;
  std::string_view home_country_;
  std::vector<Mention>& mentions_;
  std::vector<Name> names_;
  std::vector<std::size_t> name_of_;  // of each mention
};

}  // namespace

bool same_province(const Gazetteer& gazetteer, EntryNumber a, EntryNumber b) {
  const Gazetteer::Tables& tables = gazetteer.tables();
  const auto& left = tables.rows[a];
  const auto& right = tables.rows[b];
  return left.country == right.country && left.admin1_size != 0 &&
         tables.text(left.admin1, left.admin1_size) == tables.text(right.admin1, right.admin1_size);
}

bool contains(const Gazetteer& gazetteer, EntryNumber area, EntryNumber inner) {
  const Gazetteer::Tables& tables = gazetteer.tables();
  const auto& row = tables.rows[area];
  if (area == inner) return false;
  if (row.entry_class == EntryClass::country) return row.country == tables.rows[inner].country;
  if (row.entry_class == EntryClass::province) return same_province(gazetteer, area, inner);
  for (EntryNumber at = tables.rows[inner].parent; at != kNoEntry; at = tables.rows[at].parent) {
    if (at == area) return true;
  }
  return false;
}

void choose(const Gazetteer& gazetteer, std::string_view home_country, std::vector<Mention>& mentions) {
  Choice(gazetteer, home_country, mentions).run();
}

}  // namespace gavah::place
