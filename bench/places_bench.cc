// rooms: place text capture model base
// Place names of the public English gold sets, beside what their peers publish.
//   places_bench [--errors]
// Input: GAVAH_SHARED_DATA, else ../shared/data beside the repository. The gazetteer is GeoNames cities500 of the same
// folder with our own data/gazetteer; what is in neither (states, counties, streets of other countries) cannot be
// found. Metrics: recall and precision of the names of gold towns and countries; of those found, share resolved within
// 161 km.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <numbers>
#include <sstream>

#include "base/disk.h"
#include "base/embedded.h"
#include "base/format.h"
#include "capture/inflate_whole.h"
#include "place/place.h"

namespace gavah {
namespace {

constexpr std::uint64_t kFileBytes = std::uint64_t{256} << 20U;
constexpr double kNearKm = 161;

std::string data_root() {
  const char* shared = std::getenv("GAVAH_SHARED_DATA");
  return (shared != nullptr ? std::string(shared) : std::string(GAVAH_SOURCE_DIR) + "/../shared/data") + "/extraction/";
}

std::string gunzipped(const std::string& path) {
  RealDisk disk;
  const auto packed = disk.read(path);
  if (!packed) return {};
  auto inflated = capture::inflate_whole(*packed, capture::Deflated::gzip, kFileBytes);
  return inflated ? std::move(inflated->bytes) : std::string();
}

std::vector<std::string_view> split(std::string_view line, char separator) {
  std::vector<std::string_view> out;
  for (;;) {
    const std::size_t end = std::min(line.find(separator), line.size());
    out.push_back(line.substr(0, end));
    if (end == line.size()) return out;
    line.remove_prefix(end + 1);
  }
}

/// cities500 as rows of the GeoNames dump.
std::string world_dump() {
  std::string out;
  const std::string table = gunzipped(data_root() + "gazetteer-iran-world/world-cities500.tsv.gz");
  for (const std::string_view line : split(table, '\n')) {
    const auto c = split(line, '\t');
    if (c.size() < 14 || c[0] == "geonameid" || c[7].size() != 2) continue;
    out += format("{}\t{}\t{}\t{}\t{}\t{}\tP\t{}\t{}\t\t{}\t\t\t\t{}\t\t\t\t\n", c[0], c[1], c[2], c[12], c[3], c[4],
                  c[6], c[7], c[8], c[10]);
  }
  return out;
}

double km_between(double lat1, double lon1, double lat2, double lon2) {
  constexpr double kRadians = std::numbers::pi / 180;
  const double a =
      std::pow(std::sin((lat2 - lat1) * kRadians / 2), 2) +
      std::cos(lat1 * kRadians) * std::cos(lat2 * kRadians) * std::pow(std::sin((lon2 - lon1) * kRadians / 2), 2);
  return 2 * 6371 * std::asin(std::sqrt(std::min(1.0, a)));
}

std::string_view between(std::string_view text, std::string_view open, std::string_view close, std::size_t from = 0) {
  const std::size_t begin = text.find(open, from);
  if (begin == std::string_view::npos) return {};
  const std::size_t end = text.find(close, begin + open.size());
  return end == std::string_view::npos ? std::string_view()
                                       : text.substr(begin + open.size(), end - begin - open.size());
}

double number(std::string_view text) { return std::strtod(std::string(text).c_str(), nullptr); }

struct Gold {
  Span span;
  std::string_view feature_class;
  std::string_view feature_code;
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

std::vector<Article> articles_of(const std::string& xml) {
  std::vector<Article> out;
  std::size_t at = 0;
  while ((at = xml.find("<article ", at)) != std::string::npos) {
    const std::size_t end = std::min(xml.find("</article>", at), xml.size());
    const std::string_view article = std::string_view(xml).substr(at, end - at);
    at = end;
    std::string_view text = between(article, "<text>", "</text>");
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
      const auto begin = static_cast<std::size_t>(number(between(toponym, "<start>", "</start>")));
      const auto past = static_cast<std::size_t>(number(between(toponym, "<end>", "</end>")));
      if (past >= offsets.size() || toponym.find("<lat>") == std::string_view::npos) continue;
      one.gold.push_back({{offsets[begin], offsets[past]},
                          between(toponym, "<fclass>", "</fclass>"),
                          between(toponym, "<fcode>", "</fcode>"),
                          number(between(toponym, "<lat>", "</lat>")),
                          number(between(toponym, "<lon>", "</lon>"))});
    }
    out.push_back(std::move(one));
  }
  return out;
}

enum class Report { totals, errors };

struct Tally {
  int gold = 0, towns = 0, found_towns = 0, with_point = 0, near = 0, ours = 0, ours_on_gold = 0;
};

void evaluate(std::string_view name, const place::Resolver& resolver, const std::string& home, Report report) {
  Tally tally;
  for (const Article& article : articles_of(gunzipped(data_root() + format("geoparsing-gold/{}.xml.gz", name)))) {
    const text::Reading reading(article.text);
    const auto places = resolver.resolve(reading, {home});
    for (const Place& place : places) {
      ++tally.ours;
      const bool on_gold = std::any_of(article.gold.begin(), article.gold.end(),
                                       [&](const Gold& g) { return g.span.overlaps(*place.span); });
      tally.ours_on_gold += on_gold ? 1 : 0;
      if (!on_gold && report == Report::errors) std::printf("not gold: %s\n", place.phrase.c_str());
    }
    for (const Gold& gold : article.gold) {
      ++tally.gold;
      if (gold.feature_class != "P") continue;
      ++tally.towns;
      const auto found =
          std::find_if(places.begin(), places.end(), [&](const Place& p) { return p.span->overlaps(gold.span); });
      if (found == places.end()) {
        if (report == Report::errors)
          std::printf("missed: %s\n", article.text.substr(gold.span.begin, gold.span.size()).c_str());
        continue;
      }
      ++tally.found_towns;
      if (!found->coordinates) continue;
      ++tally.with_point;
      if (km_between(gold.lat, gold.lon, found->coordinates->lat_e6 / 1e6, found->coordinates->lon_e6 / 1e6) <= kNearKm)
        ++tally.near;
    }
  }
  std::printf(
      "%s (home %s): %d gold, %d of them towns; towns found %.3f; ours on gold %.3f of %d; of towns found: given a "
      "point %.3f, "
      "of those within 161 km %.3f\n",
      std::string(name).c_str(), home.empty() ? "none" : home.c_str(), tally.gold, tally.towns,
      tally.found_towns / std::max(1.0, double(tally.towns)), tally.ours_on_gold / std::max(1.0, double(tally.ours)),
      tally.ours, tally.with_point / std::max(1.0, double(tally.found_towns)),
      tally.near / std::max(1.0, double(tally.with_point)));
}

}  // namespace
}  // namespace gavah

int main(int argc, char** argv) {
  using namespace gavah;
  const Report report = argc > 1 && std::string_view(argv[1]) == "--errors" ? Report::errors : Report::totals;
  const std::string world = world_dump();
  const std::string_view dumps[] = {*embedded_data("gazetteer/written.tsv"), *embedded_data("gazetteer/places.tsv"),
                                    world};
  auto gazetteer = place::Gazetteer::load_all(dumps);
  if (!gazetteer) {
    std::printf("%s\n", gazetteer.error().sentence().c_str());
    return 4;
  }
  std::printf("%zu places, %.0f MB\n", gazetteer->size(), static_cast<double>(gazetteer->size_bytes()) / 1e6);
  const auto resolver = *place::Resolver::build(std::make_shared<const place::Gazetteer>(*std::move(gazetteer)));
  for (const char* set : {"lgl", "TR-News"}) {
    for (const char* home : {"", "US"}) evaluate(set, resolver, home, report);
  }
  std::printf(
      "  peers, within 161 km: LGL CamCoder .76, Edinburgh .76, population rule .70 (all gold toponyms given); LGL of "
      "all gold: "
      "CamCoder .47, Edinburgh .33\n");
}
