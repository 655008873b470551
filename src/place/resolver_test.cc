#include "place/resolver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/format.h"
#include "place/place_cue.h"

namespace gavah::place {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// id, name, alternates, kind, country, admin1, admin2, population of each row.
struct Fictional {
  std::string_view id, name, alternates, kind, country, admin1, admin2;
  int population;
};

constexpr Fictional kPlaces[] = {
    {"1", "Zelandra", "زلاندرا", "A.PCLI", "ZX", "00", "", 0},
    {"2", "Orma Province", "استان اورما", "A.ADM1", "ZX", "01", "", 0},
    {"3", "Orma County", "شهرستان اورما", "A.ADM2", "ZX", "01", "11", 0},
    {"4", "Orma", "اورما", "P.PPLA", "ZX", "01", "11", 90000},
    {"5", "Kharvan", "خاروان", "A.ADM1", "ZX", "02", "", 0},
    {"6", "Delvar", "دلوار", "P.PPL", "ZX", "02", "", 4000},
    {"7", "Delvar", "دلوار", "P.PPL", "ZX", "01", "11", 900000},
    {"8", "Delvar", "دلوار", "P.PPL", "QQ", "05", "", 7000000},
    {"9", "Qelland", "", "A.PCLI", "QQ", "00", "", 0},
    {"10", "Evrin Prison", "زندان اورین,اورین,Evrin", "S.PRN", "ZX", "01", "11", 0},
    {"11", "Nice", "راه", "P.PPL", "ZX", "02", "", 30000},
    {"12", "Pelk", "پلک", "P.PPL", "ZX", "02", "", 0},
    {"13", "Samvar", "سامور", "P.PPL", "ZX", "01", "", 5000},
    {"14", "Samvar", "سامور", "P.PPL", "ZX", "01", "11", 6000},
    {"15", "Twin", "", "P.PPL", "ZX", "01", "", 6000},
    {"16", "Twin", "", "P.PPL", "QQ", "05", "", 6000},
    {"17", "Orma Governor's Office", "", "S.ADMF", "ZX", "01", "11", 0},
    {"18", "Weavers' Bazaar", "", "S.MKT", "ZX", "01", "11", 0},
    {"20", "Dushan", "دوشنبه", "P.PPL", "ZX", "02", "", 70000},
    {"21", "Bayda", "البيضاء", "P.PPL", "ZX", "02", "", 70000},
    {"19", "Missoval", "Miss.", "A.ADM1", "QQ", "06", "", 0},
    {"22", "Deshk County", "", "A.ADM2", "ZX", "02", "21", 0},
    {"23", "Belur County", "", "A.ADM2", "ZX", "02", "22", 0},
    {"24", "March", "", "P.PPL", "ZX", "02", "", 30000},
    {"25", "Asima Province", "محافظة العاصمة,استان عاصمه", "A.ADM1", "ZX", "03", "", 0},
};

const Resolver& resolver() {
  static const Resolver made = [] {
    std::string tsv;
    for (const auto& p : kPlaces) {
      tsv += format("{}\t{}\t{}\t{}\t10\t20\t{}\t{}\t{}\t\t{}\t{}\t\t\t{}\t\t\t\t\n", p.id, p.name, p.name,
                    p.alternates, p.kind.substr(0, 1), p.kind.substr(2), p.country, p.admin1, p.admin2, p.population);
    }
    return *Resolver::build(std::make_shared<const Gazetteer>(*Gazetteer::load(tsv)));
  }();
  return made;
}

std::vector<std::string> places_in(std::string_view text, std::string home = "ZX") {
  const text::Reading reading(text);
  std::vector<std::string> out;
  for (const Place& place : resolver().resolve(reading, ResolveOptions{std::move(home)})) {
    EXPECT_EQ(place.phrase, reading.words(*place.span));
    out.push_back(format("{}={} {}", place.phrase, place.id, code_of(place.precision)));
  }
  return out;
}

TEST(Resolver, NamesAreFoundInBothLanguagesWithoutCapitals) {
  EXPECT_THAT(places_in("Clashes in Orma and at Evrin prison"), ElementsAre("Orma=4 G1", "Evrin prison=10 G0"));
  EXPECT_THAT(places_in("clashes in orma"), ElementsAre("orma=4 G1"));
  EXPECT_THAT(places_in("درگیری در اورما و زندان اورين"), ElementsAre("اورما=4 G1", "زندان اورين=10 G0"));
  EXPECT_THAT(places_in("Orma's streets"), ElementsAre("Orma=4 G1"));
}

TEST(Resolver, PossessivesArePartOfNames) {
  EXPECT_THAT(places_in("They marched to the Orma Governor's Office in Orma"),
              ElementsAre("Orma Governor's Office=17 G0", "Orma=4 G1"));
  EXPECT_THAT(places_in("at the Weavers’ Bazaar in Orma"), ElementsAre("Weavers’ Bazaar=18 G0", "Orma=4 G1"));
}

TEST(Resolver, AreaWordsChooseTheArea) {
  EXPECT_THAT(places_in("in Orma province; in the province of Orma; in Orma county"),
              ElementsAre("Orma province=ZX-01 G3", "Orma=ZX-01 G3", "Orma county=3 G2"));
  EXPECT_THAT(places_in("در استان اورما، در شهرستان اورما، در شهر اورما"),
              ElementsAre("استان اورما=ZX-01 G3", "شهرستان اورما=3 G2", "اورما=4 G1"));
}

TEST(Resolver, AProvinceBesideANameDecides) {
  EXPECT_THAT(places_in("in Delvar, Kharvan province"), ElementsAre("Delvar=6 G1", "Kharvan=ZX-02 G3"));
  EXPECT_THAT(places_in("در دلوار در استان خاروان"), ElementsAre("دلوار=6 G1", "خاروان=ZX-02 G3"));
}

TEST(Resolver, OtherPlacesOfTheTextDecide) {
  EXPECT_THAT(places_in("A march in Delvar. Later it reached Orma."), ElementsAre("Delvar=7 G1", "Orma=4 G1"));
  EXPECT_THAT(places_in("Qelland. A march in Delvar.", ""), ElementsAre("Qelland=QQ G4", "Delvar=8 G1"));
}

TEST(Resolver, PopulationAloneDecidesNothing) {
  EXPECT_THAT(places_in("A march in Delvar.", ""), ElementsAre("Delvar= G9"));
  EXPECT_THAT(places_in("A march in Delvar."), ElementsAre("Delvar=ZX G4"));
  EXPECT_THAT(places_in("A march in Samvar."), ElementsAre("Samvar=ZX-01 G3"));
}

TEST(Resolver, TheHomeCountryDecidesBetweenCountries) {
  EXPECT_THAT(places_in("in Twin"), ElementsAre("Twin=15 G1"));
  EXPECT_THAT(places_in("in Twin", "QQ"), ElementsAre("Twin=16 G1"));
  EXPECT_THAT(places_in("in Twin", ""), ElementsAre("Twin= G9"));
}

TEST(Resolver, WordsThatAreAlsoNamesNeedACue) {
  EXPECT_THAT(places_in("It was a nice day. They said it was nice. در راه بودند"), IsEmpty());
  EXPECT_THAT(places_in("He lives in Nice. روستای راه"), ElementsAre("Nice=11 G1", "راه=11 G1"));
}

TEST(Resolver, SmallPlacesNeedACue) {
  EXPECT_THAT(places_in("پلک زد"), IsEmpty());
  EXPECT_THAT(places_in("در پلک جمع شدند"), ElementsAre("پلک=12 G1"));
}

TEST(Resolver, NearAPlaceIsNotThePlace) {
  EXPECT_THAT(places_in("near Orma; on the outskirts of Orma; در نزدیکی اورما"),
              ElementsAre("Orma=4 G2", "Orma=4 G2", "اورما=4 G2"));
}

TEST(Resolver, APlaceNearAnotherLeavesTheOtherAsItIs) {
  EXPECT_THAT(places_in("in Pelk near Orma"), ElementsAre("Pelk=12 G1", "Orma=4 G1"));
}

TEST(Resolver, AnAreaBesideANameThatItDoesNotHoldIsAllThatIsKnown) {
  EXPECT_THAT(places_in("دلوار در استان خاروان؛ پلک در استان اورما"),
              ElementsAre("دلوار=6 G1", "خاروان=ZX-02 G3", "پلک=ZX-01 G3", "استان اورما=ZX-01 G3"));
}

TEST(Resolver, SettlementsOfNoGazetteerAreNamedAndTheirAreaKept) {
  EXPECT_THAT(
      places_in("روستای حسن‌آباد؛ در نیک آباد در استان اورما؛ شهر آباد"),
      ElementsAre("حسن‌آباد= G9", "نیک آباد=ZX-01 G3", "استان اورما=ZX-01 G3"));
}

TEST(Resolver, StreetsAndClubsAreNotTheirTowns) {
  EXPECT_THAT(places_in("خیابان دلوار در اورما؛ باشگاه سامور؛ on Delvar Street"), ElementsAre("اورما=4 G1"));
  EXPECT_THAT(places_in("خیابان‌های اورما"), ElementsAre("اورما=4 G1"));
}

std::vector<std::string> sites_in(std::string_view text) {
  const text::Reading reading(text);
  std::vector<std::string> out;
  for (const Place& place : resolver().resolve(reading, {"ZX"})) {
    if (!place.id.empty() || place.precision != PlacePrecision::facility) continue;
    EXPECT_FALSE(place.coordinates);
    EXPECT_EQ(place.phrase, reading.words(*place.span));
    out.push_back(format("{} in {}", place.name, place.path.back()));
  }
  return out;
}

TEST(Resolver, AFacilityIsInTheTownThatItIsNamedAfter) {
  EXPECT_THAT(places_in("دانشگاه اورما؛ the University of Orma"),
              ElementsAre("دانشگاه اورما= G0", "University of Orma= G0"));
  EXPECT_THAT(sites_in("دانشگاه اورما؛ در بازار اورما؛ the University of Orma"),
              ElementsAre("دانشگاه اورما in 4", "بازار in 4", "University of Orma in 4"));
}

TEST(Resolver, HalvesOfWordsAreNoNames) {
  EXPECT_THAT(places_in("اورما‌روی در اورما‌ها"), ElementsAre("اورما=4 G1"));
}

TEST(Resolver, ArabicParticlesAreAttachedInArabicAlone) {
  EXPECT_THAT(places_in("في السوق التي فتحت باورما"), ElementsAre("اورما=4 G1"));
  EXPECT_THAT(places_in("این باورما را که دید"), IsEmpty());
}

TEST(Resolver, GivenSpansAreResolvedWithoutCues) {
  const std::string text = "Orma; qellish; Delvar, Kharvan; nowhere";
  const text::Reading reading(text);
  const Span spans[] = {{0, 4}, {15, 21}, {23, 30}, {32, 39}};
  std::vector<std::string> ids;
  for (const Place& place : resolver().resolve_spans(reading, spans, {})) ids.push_back(place.id);
  EXPECT_THAT(ids, ElementsAre("4", "6", "ZX-02", ""));
}

TEST(Resolver, CountiesInAListAreCountiesAll) {
  EXPECT_THAT(places_in("in Orma, Deshk and Belur counties"), ElementsAre("Orma=3 G2", "Deshk=22 G2", "Belur=23 G2"));
  EXPECT_THAT(places_in("in Orma, Tarn Old Hill, and Belur counties"), ElementsAre("Orma=3 G2", "Belur=23 G2"));
}

TEST(Resolver, OnlyCommasAndAndsJoinNamesToAListOfCounties) {
  EXPECT_THAT(places_in("in Orma and all counties"), ElementsAre("Orma=4 G1"));
  EXPECT_THAT(places_in("in Orma and counties"), ElementsAre("Orma=4 G1"));
  EXPECT_THAT(places_in("in Orma Police and Belur counties"), ElementsAre("Orma=4 G1", "Belur=23 G2"));
}

TEST(Resolver, MonthsAndWeekdaysAreTownsOnlyWithAWordForTheirKind) {
  EXPECT_THAT(places_in("He was held in March in Orma."), ElementsAre("Orma=4 G1"));
  EXPECT_THAT(places_in("He was held from March to May; in March city officials met; the city March 3"), IsEmpty());
  EXPECT_THAT(places_in("In Zelandra in March, Zelandra"), ElementsAre("Zelandra=ZX G4", "Zelandra=ZX G4"));
  EXPECT_THAT(places_in("in the town of March; in March Town"), ElementsAre("March=24 G1", "March=24 G1"));
}

TEST(Resolver, TheWordForACapitalIsAnAreaOnlyAfterTheWordForOne) {
  EXPECT_THAT(places_in("قال إنهم تجمعوا في العاصمة اورما"), ElementsAre("اورما=4 G1"));
  EXPECT_THAT(places_in("قال إنهم تجمعوا في عاصمة البلاد وبالعاصمة"), IsEmpty());
  EXPECT_THAT(places_in("قال إنهم تجمعوا في محافظة العاصمة"), ElementsAre("محافظة العاصمة=ZX-03 G3"));
}

TEST(Resolver, ANameBeforeASurnameIsAPersons) {
  EXPECT_THAT(places_in("Orma Hosseini was arrested in Delvar, Kharvan."),
              ElementsAre("Delvar=6 G1", "Kharvan=ZX-02 G3"));
  EXPECT_THAT(places_in("Police killed Orma Ahmadi. The death of Orma Adurzadeh"), IsEmpty());
  EXPECT_THAT(places_in("Orma Adur was arrested."), IsEmpty());
  EXPECT_THAT(places_in("Orma Police arrested him. In Orma Karimi spoke. Orma Monday. The town of Orma Karimi left"),
              ElementsAre("Orma=4 G1", "Orma=4 G1", "Orma=4 G1", "Orma=4 G1"));
}

TEST(Resolver, GivenSpansMayBePeopleOfAnAreaOrShortenedCounties) {
  const std::string text = "Zelandrans; Missovalans; Orma Co.";
  const text::Reading reading(text);
  const Span spans[] = {{0, 10}, {12, 23}, {25, 33}};
  std::vector<std::string> ids;
  for (const Place& place : resolver().resolve_spans(reading, spans, {})) ids.push_back(place.id);
  EXPECT_THAT(ids, ElementsAre("ZX", "QQ-06", "3"));
}

TEST(Resolver, AttachedAndIsNoPartOfTheName) {
  EXPECT_THAT(places_in("اورما ودلوار"), ElementsAre("اورما=4 G1", "دلوار=7 G1"));
}

TEST(Resolver, NamesOfPersonsAreNoPlaces) {
  EXPECT_THAT(places_in("Mr. Delvar and Mohammad Orma spoke. آقای دلوار گفت"), IsEmpty());
}

TEST(Resolver, AStateWhoseShortNameIsAWordStandsAfterAComma) {
  EXPECT_THAT(places_in("Miss Adur spoke in Tarn, Miss. yesterday.", "QQ"), ElementsAre("Miss=QQ-06 G3"));
}

TEST(Resolver, ASiteOfNoGazetteerIsNamedAsWrittenInTheTownBesideIt) {
  EXPECT_THAT(sites_in("He died in Narvan prison in Orma"), ElementsAre("Narvan prison in 4"));
  EXPECT_THAT(sites_in("In Orma, crowds filled Old Tarn Square."), ElementsAre("Old Tarn Square in 4"));
  EXPECT_THAT(sites_in("در زندان نارون در شهر اورما"), ElementsAre("زندان نارون in 4"));
  EXPECT_THAT(sites_in("تجمع در میدان نارون اورما"), ElementsAre("میدان نارون in 4"));
  EXPECT_THAT(sites_in("در اورما، میدان نارون"), ElementsAre("میدان نارون in 4"));
  EXPECT_THAT(sites_in("وقال إن السجن قريب، تجمعوا بساحة النارون في اورما"), ElementsAre("ساحة النارون in 4"));
}

TEST(Resolver, ASiteWithoutAKnownTownIsNoPlace) {
  EXPECT_THAT(places_in("He died in Narvan prison. در زندان نارون درگذشت"), IsEmpty());
  EXPECT_THAT(sites_in("He died in Narvan prison. Orma wept."), IsEmpty());
  EXPECT_THAT(sites_in("in Narvan prison in Kharvan province"), IsEmpty());
  EXPECT_THAT(sites_in("in Narvan prison near Orma; در میدان نارون در نزدیکی اورما"), IsEmpty());
}

TEST(Resolver, ATownInTheNameOfASiteStaysATown) {
  EXPECT_THAT(places_in("at Old Orma Prison"), ElementsAre("Orma=4 G1"));
}

TEST(Resolver, WordsForAKindOfSiteAloneNameNone) {
  EXPECT_THAT(
      sites_in(
          "The Supreme Court in Orma. in prison in Orma. دانشگاه‌های شهر اورما؛ در زندان "
          "است. "
          "در "
          "دادگاه "
          "و اورما"),
      IsEmpty());
  EXPECT_THAT(sites_in("به زندان محکوم شد و در اورما ماند"), IsEmpty());
}

TEST(Resolver, ASiteWithoutANameOfItsOwnIsInTheTownThatTheTextSays) {
  EXPECT_THAT(sites_in("They met at the courthouse in Orma."), ElementsAre("courthouse in 4"));
  EXPECT_THAT(sites_in("They filled Orma's main square."), ElementsAre("main square in 4"));
  EXPECT_THAT(sites_in("shot at the grain weighbridge in Orma"), ElementsAre("grain weighbridge in 4"));
  EXPECT_THAT(sites_in("در میدان اصلی شهر اورما جمع شدند"), ElementsAre("میدان اصلی in 4"));
  EXPECT_THAT(sites_in("مقابل باسکول در اورما"), ElementsAre("باسکول in 4"));
  EXPECT_THAT(sites_in("وقال إنهم تجمعوا في الساحة؛ في ساحة المدينة الكبيرة في اورما"),
              ElementsAre("ساحة المدينة الكبيرة in 4"));
  EXPECT_THAT(sites_in("at the courthouse in Kharvan province; at the main square. باسکول خراب است"), IsEmpty());
}

TEST(Resolver, WeekdaysAndOtherWordsAreTownsOnlyWhereTheTextSaysSo) {
  EXPECT_THAT(places_in("روز دوشنبه، شب دوشنبه؛ از شنبه تا دوشنبه در دوشنبه هفتم؛ "
                        "سال خون و مهر"),
              IsEmpty());
  EXPECT_THAT(places_in("در شهر دوشنبه؛ دوشنبه، خاروان"),
              ElementsAre("دوشنبه=20 G1", "دوشنبه=20 G1", "خاروان=ZX-02 G3"));
  EXPECT_THAT(places_in("دوشنبه، اورما؛ دوشنبه خاروان"), ElementsAre("اورما=4 G1", "خاروان=ZX-02 G3"));
}

TEST(Resolver, AnArabicAdjectiveAfterItsNounIsNoTown) {
  EXPECT_THAT(places_in("قال إن الحمامة البيضاء التي"), IsEmpty());
  EXPECT_THAT(places_in("قال إن البلدة البيضاء التي في البيضاء"), ElementsAre("البيضاء=21 G1", "البيضاء=21 G1"));
}

TEST(PlaceWords, TheOwnTableIsWellFormedAndMistakesAreNamed) {
  EXPECT_TRUE(says("در", Says::place_follows));
  EXPECT_TRUE(says("دوشنبه", Says::everyday));
  EXPECT_FALSE(says("اورما", Says::everyday));
  EXPECT_FALSE(read_place_words("nonsense\tword\n"));
  EXPECT_FALSE(read_place_words("everyday\n"));
}

TEST(Resolver, NeedsAGazetteer) { EXPECT_FALSE(Resolver::build(nullptr)); }

}  // namespace
}  // namespace gavah::place
