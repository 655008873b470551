#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/format.h"
#include "place/place.h"

namespace gavah::place {
namespace {

std::string read(std::string_view name) {
  const std::ifstream in(format("{}/data/gazetteer/{}", GAVAH_SOURCE_DIR, name), std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

const Resolver& resolver() {
  static const Resolver made = [] {
    const std::string written = read("written.tsv");
    const std::string places = read("places.tsv");
    const std::string_view dumps[] = {written, places};
    auto gazetteer = Gazetteer::load_all(dumps);
    EXPECT_TRUE(gazetteer) << gazetteer.error().sentence();
    return *Resolver::build(std::make_shared<const Gazetteer>(*std::move(gazetteer)));
  }();
  return made;
}

std::vector<std::string> places_in(std::string_view text) {
  const text::Reading reading(text);
  std::vector<std::string> out;
  for (const Place& place : resolver().resolve(reading, ResolveOptions{"IR"})) {
    std::string path;
    for (const auto& step : place.path) path += (path.empty() ? "" : "/") + step;
    out.push_back(format("{} {} {}", place.phrase, code_of(place.precision), path));
  }
  return out;
}

using ::testing::ElementsAre;

TEST(GazetteerData, EveryProvinceOfIranHasARowAndItsSeatLiesInIt) {
  const Gazetteer& gazetteer = resolver().gazetteer();
  int provinces = 0;
  int seats = 0;
  for (EntryNumber i = 0; i < gazetteer.size(); ++i) {
    const Entry entry = gazetteer.entry(i);
    if (entry.country != "IR") continue;
    if (entry.entry_class == EntryClass::province) ++provinces;
    if (entry.entry_class != EntryClass::town || entry.seat_rank < 2) continue;
    ++seats;
    EXPECT_TRUE(gazetteer.find(gazetteer.path(i).at(1))) << entry.name;
  }
  EXPECT_EQ(provinces, 31);
  EXPECT_GE(seats, 30);
}

TEST(GazetteerData, PlacesThatReportsNameAreFoundInThreeLanguages) {
  EXPECT_THAT(places_in("In the streets of Tehran and the cells of Evin prison"),
              ElementsAre("Tehran G1 IR/IR-26/wof1108720491/112931", "Evin prison G0 IR/IR-26/facility-IR-001"));
  EXPECT_THAT(
      places_in("در خیابان‌های تهران و زندان اوین، و در استان کردستان"),
      ElementsAre("تهران G1 IR/IR-26/wof1108720491/112931", "زندان اوین G0 IR/IR-26/facility-IR-001",
                  "استان کردستان G3 IR/IR-16"));
  EXPECT_THAT(places_in("في طهران وفي إيران"), ElementsAre("طهران G1 IR/IR-26/wof1108720491/112931", "إيران G4 IR"));
}

TEST(GazetteerData, TownsOfOneNameAreToldByTheirProvince) {
  EXPECT_THAT(places_in("در ساوه در استان مرکزی"),
              ElementsAre(::testing::StartsWith("ساوه G1 IR/IR-34"), "استان مرکزی G3 IR/IR-34"));
}

}  // namespace
}  // namespace gavah::place
