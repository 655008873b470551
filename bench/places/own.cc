// Our own gold of Persian and Arabic place mentions; its conventions are in bench/gold/README.md.
#include <algorithm>
#include <cstdio>

#include "base/format.h"
#include "places/places.h"

namespace gavah::place::bench {
namespace {

struct Gold {
  Span span;
  std::string country;
  std::string precision;
  std::optional<Point> point;
  double radius_km = 25;
  std::string geonames;           ///< empty where the gold has none, and for areas, which have ids of our own
  std::vector<Point> candidates;  ///< not empty: the text leaves open which of them
  std::vector<std::string> candidate_countries;
  std::size_t within = 0;  ///< areas below the country that the text tells
  bool is_open = false;
};

struct Text {
  std::string id;
  std::string lang;
  std::string text;
  std::vector<Gold> mentions;
};

struct Tally {
  int gold = 0, found = 0, ours = 0, ours_on_gold = 0, level = 0, near = 0, with_id = 0, id = 0, open = 0,
      open_right = 0;
};

std::optional<Point> point_in(const Json& json) {
  const Json* lat = json.find("lat");
  const Json* lon = json.find("lon");
  if (lat == nullptr || lon == nullptr || !lat->number() || !lon->number()) return std::nullopt;
  return Point{*lat->number(), *lon->number()};
}

Gold gold_of(const Json& json) {
  Gold gold;
  const auto begin = static_cast<std::uint32_t>(json.find("begin")->integer().value_or(0));
  gold.span = {begin, begin + static_cast<std::uint32_t>(json.text_of("words").size())};
  gold.country = json.text_of("country");
  gold.precision = json.text_of("precision");
  gold.point = point_in(json);
  gold.radius_km = json.find("radius_km")->number().value_or(25);
  const std::string_view kind = json.text_of("kind");
  const Json* id = json.find("geonames");
  if ((kind == "town" || kind == "village") && id != nullptr && id->integer())
    gold.geonames = format("{}", *id->integer());
  gold.within = json.find("within")->items().size();
  gold.is_open = json.find("candidate_count") != nullptr;
  if (const Json* candidates = json.find("candidates")) {
    for (const Json& candidate : candidates->items()) {
      if (const auto point = point_in(candidate)) gold.candidates.push_back(*point);
      gold.candidate_countries.emplace_back(candidate.text_of("country"));
    }
  }
  return gold;
}

std::vector<Text> texts_of(const std::string& jsonl) {
  std::vector<Text> out;
  for (const std::string_view line : split(jsonl, '\n')) {
    if (line.empty()) continue;
    const auto json = Json::parse(line);
    if (!json) continue;
    Text text{
        std::string(json->text_of("id")), std::string(json->text_of("lang")), std::string(json->text_of("text")), {}};
    for (const Json& mention : json->find("mentions")->items()) text.mentions.push_back(gold_of(mention));
    out.push_back(std::move(text));
  }
  return out;
}

/// Of a site without an id, the town that its path ends with.
std::optional<Point> point_or_town(const Gazetteer& gazetteer, const Place& place) {
  if (!place.id.empty() || place.precision != PlacePrecision::facility || place.path.empty())
    return point_of(gazetteer, place);
  Place town;
  town.id = place.path.back();
  return point_of(gazetteer, town);
}

bool is_area(const Place& place) {
  return place.precision == PlacePrecision::district || place.precision == PlacePrecision::province ||
         place.precision == PlacePrecision::country;
}

/// Any candidate within its radius, or the area that all share, given as an area; what lies in several countries shares
/// none.
bool is_right_open(const Gazetteer& gazetteer, const Gold& gold, const Place& place) {
  const auto& countries = gold.candidate_countries;
  const bool one_country =
      std::all_of(countries.begin(), countries.end(), [&](const auto& c) { return c == countries[0]; });
  if (place.precision == PlacePrecision::unknown) return place.id.empty() && !one_country;
  const auto point = point_of(gazetteer, place);
  if (is_area(place)) {
    const bool in_country =
        one_country && !place.path.empty() && (countries.empty() ? gold.country : countries[0]) == place.path[0];
    if (!in_country || place.path.size() - 1 != gold.within) return false;
    return gold.within == 0 || !gold.point || (point && km_between(*point, *gold.point) <= gold.radius_km);
  }
  return point && std::any_of(gold.candidates.begin(), gold.candidates.end(),
                              [&](Point candidate) { return km_between(*point, candidate) <= 25; });
}

bool is_near(const Gazetteer& gazetteer, const Gold& gold, const Place& place) {
  if (gold.is_open) return is_right_open(gazetteer, gold, place);
  if (gold.precision == "G4") return place.precision == PlacePrecision::country && place.id == gold.country;
  const auto point = point_or_town(gazetteer, place);
  return point && gold.point && place.precision != PlacePrecision::country &&
         km_between(*point, *gold.point) <= gold.radius_km;
}

class Scorer {
 public:
  Scorer(const Resolver& resolver, std::string home, Listing listing)
      : resolver_(resolver), home_(std::move(home)), listing_(listing) {}

  void add(const Text& text) {
    const text::Reading reading(text.text);
    const auto places = resolver_.resolve(reading, {home_});
    for (const Place& place : places) {
      const bool on_gold = std::any_of(text.mentions.begin(), text.mentions.end(),
                                       [&](const Gold& g) { return g.span.overlaps(*place.span); });
      // A street named after a town is unmarked, and no error as a street.
      if (!on_gold && place.precision == PlacePrecision::facility) continue;
      ++tally_.ours;
      tally_.ours_on_gold += on_gold ? 1 : 0;
      if (!on_gold) note(text, "not gold", place.phrase, &place);
    }
    for (const Gold& gold : text.mentions) add(text, gold, places);
  }

  void print(std::string_view label) const {
    const Tally& t = tally_;
    std::puts(
        format(
            "  {}: {} mentions; recall {:.3f}, precision {:.3f} of {}; of all: level {:.3f}, within the radius {:.3f}, "
            "exact id {:.3f} of {}, left open right {} of {}",
            label, t.gold, share(t.found, t.gold), share(t.ours_on_gold, t.ours), t.ours, share(t.level, t.gold),
            share(t.near, t.gold), share(t.id, t.with_id), t.with_id, t.open_right, t.open)
            .c_str());
  }

 private:
  void add(const Text& text, const Gold& gold, const std::vector<Place>& places) {
    ++tally_.gold;
    tally_.with_id += gold.geonames.empty() ? 0 : 1;
    tally_.open += gold.is_open ? 1 : 0;
    const auto found =
        std::find_if(places.begin(), places.end(), [&](const Place& p) { return p.span->overlaps(gold.span); });
    const std::string words = text.text.substr(gold.span.begin, gold.span.size());
    if (found == places.end()) return note(text, "missed", words, nullptr);
    ++tally_.found;
    const bool near = is_near(resolver_.gazetteer(), gold, *found);
    const bool level = code_of(found->precision) == gold.precision || (gold.is_open && near);
    const bool same = found->id == gold.geonames;
    tally_.level += level ? 1 : 0;
    tally_.near += near ? 1 : 0;
    tally_.open_right += gold.is_open && near ? 1 : 0;
    tally_.id += !gold.geonames.empty() && same ? 1 : 0;
    if (!near) note(text, "elsewhere", words, &*found);
    if (near && !level) note(text, format("not {}", gold.precision), words, &*found);
    if (near && level && !gold.geonames.empty() && !same) note(text, "other id", words, &*found);
  }

  void note(const Text& text, std::string_view what, std::string_view words, const Place* place) const {
    if (listing_ == Listing::totals) return;
    const std::string got =
        place == nullptr ? "" : format(" = {} {} {}", place->name, code_of(place->precision), place->id);
    std::puts(format("    {} {}: {}{}   | {}", text.id, what, words, got, text.text).c_str());
  }

  const Resolver& resolver_;
  std::string home_;
  Listing listing_;
  Tally tally_;
};

}  // namespace

void score_own(const Resolver& resolver, Listing listing) {
  std::puts("own gold (bench/gold/places_*.jsonl), with the gazetteer of the product");
  for (const std::string_view half : {"open", "blind"}) {
    const auto texts = texts_of(file_bytes(format("{}/bench/gold/places_{}.jsonl", GAVAH_SOURCE_DIR, half)));
    for (const auto& [lang, home] : {std::pair{"fa", "IR"}, {"fa", ""}, {"ar", ""}, {"ar", "IR"}}) {
      const bool lists = half == "open" && (std::string_view(home) == "IR") == (std::string_view(lang) == "fa");
      Scorer scorer(resolver, home, lists ? listing : Listing::totals);
      for (const Text& text : texts) {
        if (text.lang == lang) scorer.add(text);
      }
      scorer.print(format("{} {}, home {}", half, lang, std::string_view(home).empty() ? "none" : home));
    }
  }
}

}  // namespace gavah::place::bench
