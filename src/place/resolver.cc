#include "place/resolver.h"

#include <algorithm>
#include <tuple>

#include "base/format.h"
#include "place/gazetteer_tables.h"
#include "place/mention.h"

namespace gavah::place {
namespace {

/// Tokens that may stand between a place and the area that explains it: "Karaj, Alborz", «کرج در استان البرز».
constexpr std::uint32_t kExplainedWithinTokens = 3;
/// Other places of a text that are looked at for one mention: the nearest ones on both sides.
constexpr std::size_t kContextLimit = 64;

/// How well a candidate fits; compared member by member.
struct Fit {
  int explained = 0;  ///< an area right beside the mention contains it
  int related = 0;    ///< 3 same county, 2 same province, 1 same country as another place of the text
  int home = 0;
  int rank = 0;  ///< country 4, capital 3, seat of a province 2, of a county 1
  friend auto operator<=>(const Fit&, const Fit&) = default;
};

class Choice {
 public:
  Choice(const Gazetteer& gazetteer, const ResolveOptions& options, std::vector<Mention> mentions)
      : gazetteer_(gazetteer), tables_(gazetteer.tables()), options_(options), mentions_(std::move(mentions)) {}

  std::vector<Place> run(const text::Reading& reading) {
    // Places that the first pass settles help the second.
    for (int pass = 0; pass < 2; ++pass) {
      for (std::size_t i = 0; i < mentions_.size(); ++i) narrow(i);
    }
    std::vector<Place> out;
    for (const Mention& mention : mentions_) {
      Place place = place_of(mention);
      place.span = mention.span;
      place.phrase = reading.words(mention.span);
      out.push_back(std::move(place));
    }
    return out;
  }

 private:
  bool same_province(EntryNumber a, EntryNumber b) const {
    const auto& left = tables_.rows[a];
    const auto& right = tables_.rows[b];
    return left.country == right.country && left.admin1_size != 0 &&
           tables_.text(left.admin1, left.admin1_size) == tables_.text(right.admin1, right.admin1_size);
  }

  bool contains(EntryNumber area, EntryNumber inner) const {
    const auto& row = tables_.rows[area];
    if (row.entry_class == EntryClass::country) return row.country == tables_.rows[inner].country && area != inner;
    if (row.entry_class == EntryClass::province) return same_province(area, inner) && area != inner;
    for (EntryNumber at = tables_.rows[inner].parent; at != kNoEntry; at = tables_.rows[at].parent) {
      if (at == area) return true;
    }
    return false;
  }

  int relation(EntryNumber a, EntryNumber b) const {
    const auto& left = tables_.rows[a];
    const auto& right = tables_.rows[b];
    if (left.country != right.country) return 0;
    const bool same_county = left.parent != kNoEntry && left.parent == right.parent &&
                             tables_.rows[left.parent].entry_class > EntryClass::province;
    if (same_county || (contains(a, b) && left.entry_class > EntryClass::province) ||
        (contains(b, a) && right.entry_class > EntryClass::province)) {
      return 3;
    }
    return same_province(a, b) ? 2 : 1;
  }

  Fit fit_of(EntryNumber candidate, std::size_t mention) const {
    Fit fit;
    const std::size_t first = mention > kContextLimit ? mention - kContextLimit : 0;
    const std::size_t past = std::min(mentions_.size(), mention + kContextLimit + 1);
    for (std::size_t i = first; i < past; ++i) {
      if (i == mention) continue;
      const Mention& other = mentions_[i];
      if (other.candidates.size() == 1) fit.related = std::max(fit.related, relation(candidate, other.candidates[0]));
      if (is_beside(mention, i) && std::any_of(other.candidates.begin(), other.candidates.end(),
                                               [&](EntryNumber area) { return contains(area, candidate); })) {
        fit.explained = 1;
      }
    }
    const auto& row = tables_.rows[candidate];
    fit.home = tables_.country_of(candidate) == options_.home_country && !options_.home_country.empty() ? 1 : 0;
    fit.rank = row.entry_class == EntryClass::country ? 4 : row.seat_rank;
    return fit;
  }

  bool is_beside(std::size_t mention, std::size_t other) const {
    const Mention& a = mentions_[std::min(mention, other)];
    const Mention& b = mentions_[std::max(mention, other)];
    return b.first_token - a.past_token <= kExplainedWithinTokens &&
           std::max(mention, other) - std::min(mention, other) == 1;
  }

  void narrow(std::size_t i) {
    std::vector<EntryNumber>& candidates = mentions_[i].candidates;
    if (candidates.size() < 2) return;
    std::vector<Fit> fits;
    for (const EntryNumber candidate : candidates) fits.push_back(fit_of(candidate, i));
    const Fit best = *std::max_element(fits.begin(), fits.end());
    std::vector<EntryNumber> kept;
    for (std::size_t c = 0; c < candidates.size(); ++c) {
      if (fits[c] == best) kept.push_back(candidates[c]);
    }
    candidates = std::move(kept);
  }

  /// The smallest area around all of several candidates; unknown when they lie in different countries.
  Place place_around(const std::vector<EntryNumber>& candidates) const {
    const EntryNumber parent = tables_.rows[candidates[0]].parent;
    const auto all = [&](auto&& predicate) { return std::all_of(candidates.begin(), candidates.end(), predicate); };
    if (parent != kNoEntry && all([&](EntryNumber c) { return tables_.rows[c].parent == parent; })) {
      return gazetteer_.place(parent);
    }
    const std::string_view country = tables_.country_of(candidates[0]);
    if (all([&](EntryNumber c) { return same_province(c, candidates[0]); })) {
      const auto& row = tables_.rows[candidates[0]];
      return area(format("{}-{}", country, tables_.text(row.admin1, row.admin1_size)), PlacePrecision::province,
                  {std::string(country), format("{}-{}", country, tables_.text(row.admin1, row.admin1_size))});
    }
    if (!country.empty() && all([&](EntryNumber c) { return tables_.country_of(c) == country; })) {
      return area(std::string(country), PlacePrecision::country, {std::string(country)});
    }
    return Place{};
  }

  Place area(const std::string& id, PlacePrecision precision, std::vector<std::string> path) const {
    if (const auto number = gazetteer_.find(id)) return gazetteer_.place(*number);
    Place out;
    out.id = id;
    out.name = id;
    out.precision = precision;
    out.path = std::move(path);
    return out;
  }

  Place place_of(const Mention& mention) const {
    Place out =
        mention.candidates.size() == 1 ? gazetteer_.place(mention.candidates[0]) : place_around(mention.candidates);
    if (mention.near && out.precision < PlacePrecision::district) out.precision = PlacePrecision::district;
    return out;
  }

  const Gazetteer& gazetteer_;
  const Gazetteer::Tables& tables_;
  const ResolveOptions& options_;
  std::vector<Mention> mentions_;
};

}  // namespace

struct Resolver::Tables {
  std::shared_ptr<const Gazetteer> gazetteer;
};

Resolver::Resolver(std::unique_ptr<Tables> tables) : tables_(std::move(tables)) {}
Resolver::Resolver(Resolver&&) noexcept = default;
Resolver& Resolver::operator=(Resolver&&) noexcept = default;
Resolver::~Resolver() = default;

Result<Resolver> Resolver::build(std::shared_ptr<const Gazetteer> gazetteer) {
  if (gazetteer == nullptr) return fail(ErrorCode::invalid_input, "there is no gazetteer to resolve with");
  auto tables = std::make_unique<Tables>();
  tables->gazetteer = std::move(gazetteer);
  return Resolver(std::move(tables));
}

const Gazetteer& Resolver::gazetteer() const { return *tables_->gazetteer; }

std::vector<Place> Resolver::resolve(const text::Reading& reading, const ResolveOptions& options) const {
  return Choice(gazetteer(), options, find_mentions(gazetteer(), reading, options.home_country)).run(reading);
}

}  // namespace gavah::place
