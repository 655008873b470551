#include "place/resolver.h"

#include <algorithm>
#include <optional>

#include "base/format.h"
#include "place/choice.h"
#include "place/gazetteer_tables.h"
#include "place/mention.h"
#include "place/place_cue.h"

namespace gavah::place {
namespace {

/// The smallest area around all of several candidates; unknown when they lie in different countries.
class Outcome {
 public:
  explicit Outcome(const Gazetteer& gazetteer) : gazetteer_(gazetteer), tables_(gazetteer.tables()) {}

  Place of(const Mention& mention, const text::Reading& reading) const {
    Place out = mention.candidates.size() == 1 ? gazetteer_.place(mention.candidates[0]) : around(mention.candidates);
    if (mention.near && out.precision < PlacePrecision::district) out.precision = PlacePrecision::district;
    if (mention.facility && out.precision == PlacePrecision::town) {
      // In that town, which its path names; its own id and point nobody knows.
      out.precision = PlacePrecision::facility;
      out.id.clear();
      out.name = reading.words(mention.span);
      out.coordinates.reset();
    }
    out.span = mention.span;
    out.phrase = reading.words(mention.span);
    return out;
  }

 private:
  Place around(const std::vector<EntryNumber>& candidates) const {
    if (candidates.empty()) return Place{};
    const EntryNumber parent = tables_.rows[candidates[0]].parent;
    const auto all = [&](auto&& predicate) { return std::all_of(candidates.begin(), candidates.end(), predicate); };
    if (parent != kNoEntry && all([&](EntryNumber c) { return tables_.rows[c].parent == parent; })) {
      return gazetteer_.place(parent);
    }
    const std::string_view country = tables_.country_of(candidates[0]);
    if (all([&](EntryNumber c) { return same_province(gazetteer_, c, candidates[0]); })) {
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

  const Gazetteer& gazetteer_;
  const Gazetteer::Tables& tables_;
};

/// Tokens between two mentions, of which the second stands in the text after the first.
std::uint32_t gap(const Mention& first, const Mention& second) { return second.first_token - first.past_token; }

/// Whether the two stand in one sentence.
bool in_one_sentence(const text::Reading& reading, const Mention& first, const Mention& second) {
  const auto sentence =
      std::ranges::upper_bound(reading.sentences(), first.first_token, {}, &text::Sentence::past_token);
  return sentence == reading.sentences().end() || second.first_token < sentence->past_token;
}

/// The name nearest to a site in its sentence, the one after it where two are as near; null when there is none.
const Mention* nearest_name(const text::Reading& reading, const std::vector<Mention>& mentions, std::size_t site) {
  constexpr std::uint32_t kSiteTokens = 12;
  const Mention& of = mentions[site];
  std::size_t after = site + 1;
  while (after < mentions.size() && mentions[after].site && gap(of, mentions[after]) <= kSiteTokens) ++after;
  const bool leads = after < mentions.size() && !mentions[after].site && gap(of, mentions[after]) <= kSiteTokens &&
                     in_one_sentence(reading, of, mentions[after]);
  const Mention* nearest = leads ? &mentions[after] : nullptr;
  for (std::size_t i = site; i > 0 && gap(mentions[i - 1], of) <= kSiteTokens; --i) {
    const Mention& before = mentions[i - 1];
    if (before.site) continue;
    const bool is_nearer = nearest == nullptr || gap(before, of) < gap(of, *nearest);
    return is_nearer && in_one_sentence(reading, before, of) ? &before : nearest;
  }
  return nearest;
}

/// The town that the words put a site in: the name nearest to it, if that is one town.
std::optional<EntryNumber> town_of_site(const Gazetteer& gazetteer, const text::Reading& reading,
                                        const std::vector<Mention>& mentions, std::size_t site) {
  const Mention* nearest = nearest_name(reading, mentions, site);
  if (nearest == nullptr || nearest->candidates.size() != 1 || nearest->near) return std::nullopt;
  // "Narvan prison near X" is outside of X.
  const std::uint32_t first = nearest->first_token;
  if (first > 0 && says(reading.folded_text(reading.tokens()[first - 1]), Says::near)) return std::nullopt;
  const EntryNumber number = nearest->candidates[0];
  if (gazetteer.entry(number).entry_class != EntryClass::town) return std::nullopt;
  return number;
}

/// A site that no gazetteer has: its name as written and the path of its town. Its own id and point nobody knows.
std::optional<Place> site_place(const Gazetteer& gazetteer, const text::Reading& reading,
                                const std::vector<Mention>& mentions, std::size_t site) {
  const auto town = town_of_site(gazetteer, reading, mentions, site);
  if (!town) return std::nullopt;
  Place out;
  out.span = mentions[site].span;
  out.phrase = reading.words(mentions[site].span);
  out.name = out.phrase;
  out.precision = PlacePrecision::facility;
  out.path = gazetteer.path(*town);
  return out;
}

std::vector<Place> places_of(const Gazetteer& gazetteer, const text::Reading& reading, const ResolveOptions& options,
                             std::vector<Mention> mentions) {
  choose(gazetteer, options.home_country, mentions);
  const Outcome outcome(gazetteer);
  std::vector<Place> out;
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    if (!mentions[i].site) {
      out.push_back(outcome.of(mentions[i], reading));
    } else if (auto place = site_place(gazetteer, reading, mentions, i)) {
      out.push_back(*std::move(place));
    }
  }
  return out;
}

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
  return places_of(gazetteer(), reading, options, find_mentions(gazetteer(), reading, options.home_country));
}

std::vector<Place> Resolver::resolve_spans(const text::Reading& reading, std::span<const Span> spans,
                                           const ResolveOptions& options) const {
  return places_of(gazetteer(), reading, options, mentions_at(gazetteer(), reading, spans));
}

}  // namespace gavah::place
