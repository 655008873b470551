// The public English sets LGL and TR-News, as published by Gritta et al. (Pragmatic Guide to Geoparsing Evaluation).
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

#include "base/format.h"
#include "places/places.h"

namespace gavah::place::bench {
namespace {

constexpr double kNearKm = 161;

std::string_view between(std::string_view text, std::string_view open, std::string_view close, std::size_t from = 0) {
  const std::size_t begin = text.find(open, from);
  if (begin == std::string_view::npos) return {};
  const std::size_t end = text.find(close, begin + open.size());
  return end == std::string_view::npos ? std::string_view()
                                       : text.substr(begin + open.size(), end - begin - open.size());
}

double number_in(std::string_view text) { return std::strtod(std::string(text).c_str(), nullptr); }

struct Gold {
  Span span;
  std::string name;     ///< as GeoNames writes it
  std::string country;  ///< its English name
  std::string feature_code;
  double lat = 0;
  double lon = 0;
};

struct Article {
  std::string text;
  std::vector<Gold> gold;
};

std::string unescaped(std::string_view text) {
  std::string out(text);
  for (const auto& [from, to] :
       {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}, {"&amp;", "&"}}) {
    for (std::size_t at = out.find(from); at != std::string::npos; at = out.find(from, at + 1))
      out.replace(at, std::string_view(from).size(), to);
  }
  return out;
}

/// Where the phrase stands: offsets of some articles of TR-News are a few characters off.
Span aligned(const std::string& text, Span span, const std::string& phrase) {
  constexpr std::uint32_t kOffBytes = 12;
  if (text.compare(span.begin, span.size(), phrase) == 0) return span;
  const std::uint32_t from = span.begin > kOffBytes ? span.begin - kOffBytes : 0;
  const std::size_t found = text.find(phrase, from);
  if (found == std::string::npos || found > span.begin + kOffBytes) return span;
  return {static_cast<std::uint32_t>(found), static_cast<std::uint32_t>(found + phrase.size())};
}

std::vector<Article> articles_of(const std::string& xml) {
  std::vector<Article> out;
  std::size_t at = 0;
  while ((at = xml.find("<article ", at)) != std::string::npos) {
    const std::size_t end = std::min(xml.find("</article>", at), xml.size());
    const std::string_view article = std::string_view(xml).substr(at, end - at);
    at = end;
    const std::string_view text = between(article, "<text>", "</text>");
    Article one;
    one.text = text.starts_with("<![CDATA[") ? std::string(between(text, "<![CDATA[", "]]>")) : unescaped(text);
    std::vector<std::uint32_t> offsets;
    for (std::uint32_t i = 0; i < one.text.size(); ++i) {
      if ((static_cast<unsigned char>(one.text[i]) & 0xC0) != 0x80) offsets.push_back(i);
    }
    offsets.push_back(static_cast<std::uint32_t>(one.text.size()));
    std::size_t t = 0;
    while ((t = article.find("<toponym>", t)) != std::string_view::npos) {
      const std::string_view toponym = article.substr(t, article.find("</toponym>", t) - t);
      t += 9;
      const auto begin = static_cast<std::size_t>(number_in(between(toponym, "<start>", "</start>")));
      const auto past = static_cast<std::size_t>(number_in(between(toponym, "<end>", "</end>")));
      if (past >= offsets.size() || toponym.find("<lat>") == std::string_view::npos) continue;
      one.gold.push_back(
          {aligned(one.text, {offsets[begin], offsets[past]}, unescaped(between(toponym, "<phrase>", "</phrase>"))),
           unescaped(between(toponym, "<name>", "</name>")),
           unescaped(between(between(toponym, "<country", "/country>"), ">", "<")),
           std::string(between(toponym, "<fcode>", "</fcode>")), number_in(between(toponym, "<lat>", "</lat>")),
           number_in(between(toponym, "<lon>", "</lon>"))});
    }
    out.push_back(std::move(one));
  }
  return out;
}

struct Tally {
  int gold = 0, near = 0, right = 0, resolved = 0;            // gold mentions given
  int found = 0, near_found = 0, ours = 0, ours_on_gold = 0;  // mentions found by us
};

/// The half of the articles that rules and weights were chosen on: by a digest of the text, FNV-1a.
bool is_open(std::string_view text) {
  std::uint64_t hash = 1469598103934665603U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return ((hash >> 32U) & 1U) == 0;
}

/// The same country or province by name, wherever sources put the middle of it.
bool is_same_area(const Resolver& resolver, const Gold& gold, const Place& place) {
  const auto is_among = [&](std::string_view name, std::string_view id) {
    const auto named = resolver.gazetteer().named(name);
    return std::any_of(named.begin(), named.end(),
                       [&](EntryNumber n) { return resolver.gazetteer().entry(n).id == id; });
  };
  if (place.path.empty() || !is_among(gold.country, place.path[0])) return false;
  if (place.precision == PlacePrecision::country) return gold.feature_code.starts_with("PCL");
  return place.precision == PlacePrecision::province && gold.feature_code == "ADM1" && is_among(gold.name, place.id);
}

bool is_near(const Resolver& resolver, const Gold& gold, const Place& place) {
  const auto point = point_of(resolver.gazetteer(), place);
  return point && km_between({gold.lat, gold.lon}, *point) <= kNearKm;
}

void note(std::string_view what, const Article& article, const Gold& gold, const Place* place) {
  const std::string words = article.text.substr(gold.span.begin, gold.span.size());
  const std::size_t from = gold.span.begin > 60 ? gold.span.begin - 60 : 0;
  std::string around = article.text.substr(from, gold.span.end + 60 - from);
  std::replace(around.begin(), around.end(), '\n', ' ');
  std::string path;
  if (place != nullptr) {
    for (const auto& step : place->path) path += "/" + step;
  }
  std::puts(format("  {}: {} = {} {}, not ({:.2f},{:.2f} {}) | {}", what, words, place == nullptr ? "" : place->name,
                   path, gold.lat, gold.lon, gold.feature_code, around)
                .c_str());
}

void score_given(const Resolver& resolver, const std::string& home, const Article& article, Listing listing,
                 Tally& tally) {
  const text::Reading reading(article.text);
  std::vector<Span> spans;
  for (const Gold& gold : article.gold) spans.push_back(gold.span);
  const auto places = resolver.resolve_spans(reading, spans, {home});
  for (std::size_t i = 0; i < places.size(); ++i) {
    const Gold& gold = article.gold[i];
    ++tally.gold;
    tally.resolved += places[i].id.empty() ? 0 : 1;
    const bool near = is_near(resolver, gold, places[i]);
    tally.near += near ? 1 : 0;
    const bool right = near || is_same_area(resolver, gold, places[i]);
    tally.right += right ? 1 : 0;
    if (!right && listing == Listing::errors)
      note(places[i].id.empty() ? "unresolved" : "elsewhere", article, gold, &places[i]);
  }
}

void score_found(const Resolver& resolver, const std::string& home, const Article& article, Tally& tally) {
  const text::Reading reading(article.text);
  const auto places = resolver.resolve(reading, {home});
  for (const Place& place : places) {
    ++tally.ours;
    tally.ours_on_gold += std::any_of(article.gold.begin(), article.gold.end(),
                                      [&](const Gold& g) { return g.span.overlaps(*place.span); })
                              ? 1
                              : 0;
  }
  for (const Gold& gold : article.gold) {
    const auto found =
        std::find_if(places.begin(), places.end(), [&](const Place& p) { return p.span->overlaps(gold.span); });
    if (found == places.end()) continue;
    ++tally.found;
    tally.near_found += is_near(resolver, gold, *found) ? 1 : 0;
  }
}

void print(std::string_view label, const Tally& t) {
  std::puts(format("{}: {} mentions; given them: within 161 km {:.3f}, or the same area {:.3f} (resolved {:.3f}); end "
                   "to end: recall {:.3f}, precision "
                   "{:.3f} of {}, found and within 161 km {:.3f}",
                   label, t.gold, share(t.near, t.gold), share(t.right, t.gold), share(t.resolved, t.gold),
                   share(t.found, t.gold), share(t.ours_on_gold, t.ours), t.ours, share(t.near_found, t.gold))
                .c_str());
}

void evaluate(std::string_view name, const Resolver& resolver, const std::string& home, Listing listing) {
  std::array<Tally, 2> halves;
  for (const Article& article :
       articles_of(gunzipped(shared_root() + format("extraction/geoparsing-gold/{}.xml.gz", name)))) {
    const bool open = is_open(article.text);
    Tally& tally = halves[open ? 0 : 1];
    score_given(resolver, home, article, open ? listing : Listing::totals, tally);
    score_found(resolver, home, article, tally);
  }
  Tally all = halves[0];
  for (auto member : {&Tally::gold, &Tally::near, &Tally::right, &Tally::resolved, &Tally::found, &Tally::near_found,
                      &Tally::ours, &Tally::ours_on_gold})
    all.*member += halves[1].*member;
  const std::string label = format("{} (home {})", name, home.empty() ? "none" : home);
  print(label + ", all", all);
  print(label + ", open half", halves[0]);
  print(label + ", other half", halves[1]);
}

}  // namespace

void score_english(const Resolver& resolver, Listing listing) {
  for (const char* set : {"lgl", "TR-News"}) {
    evaluate(set, resolver, "", listing);
    if (listing == Listing::totals) evaluate(set, resolver, "US", listing);
  }
  std::puts(
      "  peers, gold mentions given, within 161 km: LGL CamCoder .76, Edinburgh .76, population rule .70, Mordecai3 "
      ".827 "
      "(its part of LGL); TR-News Mordecai3 .873 (its part); LGL of all gold mentions, found or not: CamCoder .47, "
      "Edinburgh .33");
}

}  // namespace gavah::place::bench
