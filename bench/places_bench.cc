// rooms: place text capture model base
// Place names: where texts name them, and whether they are told apart.
//   places_bench [own|english] [--world FILE] [--errors]
// own: our gold of Persian and Arabic mentions (bench/gold), with the gazetteer of the product; misses of its open half
// are listed with --errors, those of the blind half never. english: LGL and TR-News, from GAVAH_SHARED_DATA or
// ../shared/data beside the repository, with the gazetteer of the world that --world names (made by
// tools/build_gazetteer world) and no other; left out where none is given.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <numbers>
#include <sstream>

#include "base/disk.h"
#include "base/embedded.h"
#include "base/format.h"
#include "capture/inflate_whole.h"
#include "places/places.h"

namespace gavah::place::bench {

std::string shared_root() {
  const char* shared = std::getenv("GAVAH_SHARED_DATA");
  return (shared != nullptr ? std::string(shared) : std::string(GAVAH_SOURCE_DIR) + "/../shared/data") + "/";
}

std::string file_bytes(const std::string& path) {
  const std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::string gunzipped(const std::string& path) {
  constexpr std::uint64_t kFileBytes = std::uint64_t{256} << 20U;
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

double km_between(Point a, Point b) {
  constexpr double kRadians = std::numbers::pi / 180;
  const double chord =
      std::pow(std::sin((b.lat - a.lat) * kRadians / 2), 2) +
      std::cos(a.lat * kRadians) * std::cos(b.lat * kRadians) * std::pow(std::sin((b.lon - a.lon) * kRadians / 2), 2);
  return 2 * 6371 * std::asin(std::sqrt(std::min(1.0, chord)));
}

std::optional<Point> point_of(const Gazetteer& gazetteer, const Place& place) {
  const auto number = gazetteer.find(place.id);
  if (!number) return std::nullopt;
  const Coordinates at = gazetteer.entry(*number).coordinates;
  return Point{at.lat_e6 / 1e6, at.lon_e6 / 1e6};
}

double share(int part, int whole) { return whole == 0 ? 0 : double(part) / double(whole); }

namespace {

Result<Resolver> resolver_of(std::span<const std::string_view> dumps) {
  GAVAH_ASSIGN(auto gazetteer, Gazetteer::load_all(dumps));
  std::puts(
      format("{} places, {:.0f} MB", gazetteer.size(), static_cast<double>(gazetteer.size_bytes()) / 1e6).c_str());
  return Resolver::build(std::make_shared<const Gazetteer>(std::move(gazetteer)));
}

int run(std::string_view part, const std::string& world_path, Listing listing) {
  const std::string_view own[] = {*embedded_data("gazetteer/written.tsv"), *embedded_data("gazetteer/places.tsv"),
                                  *embedded_data("gazetteer/osm.tsv")};
  if (part != "english") {
    const auto resolver = resolver_of(own);
    if (!resolver) return std::puts(resolver.error().sentence().c_str()), 4;
    score_own(*resolver, listing);
  }
  if (part == "own") return 0;
  const std::string world = file_bytes(world_path);
  if (world.empty()) return std::puts("no gazetteer of the world is given (--world): no English sets"), 0;
  const std::string_view dumps[] = {world};
  const auto resolver = resolver_of(dumps);
  if (!resolver) return std::puts(resolver.error().sentence().c_str()), 4;
  score_english(*resolver, listing);
  return 0;
}

}  // namespace
}  // namespace gavah::place::bench

int main(int argc, char** argv) {
  using namespace gavah::place::bench;
  std::string_view part;
  std::string world;
  Listing listing = Listing::totals;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--errors")
      listing = Listing::errors;
    else if (argument == "--world" && i + 1 < argc)
      world = argv[++i];
    else
      part = argument;
  }
  return run(part, world, listing);
}
