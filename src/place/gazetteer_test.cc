#include "place/gazetteer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/format.h"

namespace gavah::place {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string row(std::string_view id, std::string_view name, std::string_view alternates, std::string_view kind,
                std::string_view admin1, std::string_view admin2, std::string_view country = "ZX") {
  return format("{}\t{}\t{}\t{}\t1.5\t-2.25\t{}\t{}\t{}\t\t{}\t{}\t\t\t5000\t\t\t\t\n", id, name, name, alternates,
                kind.substr(0, 1), kind.substr(2), country, admin1, admin2);
}

std::string fictional() {
  return row("1", "Zelandra", "زلاندرا", "A.PCLI", "00", "") +
         row("2", "Orma Province", "استان اورما", "A.ADM1", "03", "") +
         row("3", "Orma County", "شهرستان اورما", "A.ADM2", "03", "31") +
         row("4", "Orma", "اورما", "P.PPLA", "03", "31") + row("5", "Vel Prison", "زندان وِل", "S.PRN", "03", "31") +
         row("6", "Sana'el-Bar", "", "P.PPL", "03", "");
}

TEST(Gazetteer, CodesGiveContainmentAndPaths) {
  const auto gazetteer = Gazetteer::load(fictional());
  ASSERT_TRUE(gazetteer) << gazetteer.error().sentence();
  ASSERT_EQ(gazetteer->size(), 6U);
  EXPECT_THAT(gazetteer->path(0), ElementsAre("ZX"));
  EXPECT_THAT(gazetteer->path(1), ElementsAre("ZX", "ZX-03"));
  EXPECT_THAT(gazetteer->path(4), ElementsAre("ZX", "ZX-03", "3", "5"));
  EXPECT_THAT(gazetteer->path(5), ElementsAre("ZX", "ZX-03", "6"));
  EXPECT_EQ(gazetteer->find("ZX-03"), EntryNumber{1});
  EXPECT_EQ(gazetteer->entry(3).parent, EntryNumber{2});
}

TEST(Gazetteer, ProvincesHaveNoPointAndFacilitiesHave) {
  const auto gazetteer = Gazetteer::load(fictional());
  ASSERT_TRUE(gazetteer);
  EXPECT_EQ(gazetteer->place(1).precision, PlacePrecision::province);
  EXPECT_FALSE(gazetteer->place(1).coordinates);
  EXPECT_EQ(gazetteer->place(4).precision, PlacePrecision::facility);
  EXPECT_EQ(gazetteer->place(4).coordinates, (Coordinates{1500000, -2250000}));
}

TEST(Gazetteer, NamesFoldAlike) {
  const auto gazetteer = Gazetteer::load(fictional());
  ASSERT_TRUE(gazetteer);
  EXPECT_THAT(gazetteer->named("زندان ول"), ElementsAre(4));
  EXPECT_THAT(gazetteer->named("ORMA"), ElementsAre(1, 2, 3));
  EXPECT_THAT(gazetteer->named("Sanael Bar"), ElementsAre(5));
  EXPECT_THAT(gazetteer->named("Nowhere"), IsEmpty());
}

TEST(Gazetteer, SeveralDumpsAreOneAndTheFirstRowOfAnIdStands) {
  const std::string first = fictional();
  const std::string second = row("4", "Other", "", "P.PPL", "03", "") + row("7", "Tarn", "", "P.PPL", "03", "31");
  const std::string_view dumps[] = {first, second};
  const auto gazetteer = Gazetteer::load_all(dumps);
  ASSERT_TRUE(gazetteer);
  EXPECT_EQ(gazetteer->size(), 7U);
  EXPECT_EQ(gazetteer->entry(*gazetteer->find("4")).name, "Orma");
  EXPECT_THAT(gazetteer->path(*gazetteer->find("7")), ElementsAre("ZX", "ZX-03", "3", "7"));
}

TEST(Gazetteer, BadRowsAreNamedByTheirLine) {
  EXPECT_THAT(Gazetteer::load("# comment\n\nonly\tthree\tcolumns\n").error().sentence(), HasSubstr("line 3"));
  const auto far = Gazetteer::load("1\tA\tA\t\t91\t0\tP\tPPL\tZX\t\t\t\t\t\t\t\t\t\t\n");
  ASSERT_FALSE(far);
  EXPECT_THAT(far.error().sentence(), HasSubstr("line 1"));
  EXPECT_FALSE(Gazetteer::load("\tA\tA\t\t1\t0\tP\tPPL\tZX\t\t\t\t\t\t\t\t\t\t\n"));
  EXPECT_FALSE(Gazetteer::load("1\tA\tA\t\tnan\t0\tP\tPPL\tZX\t\t\t\t\t\t\t\t\t\t\n"));
  EXPECT_FALSE(Gazetteer::load("1\tA\tA\t\t1\t0\tP\tPPL\tZX\t\t\t\t\t\tmany\t\t\t\t\n"));
  EXPECT_TRUE(Gazetteer::load(""));
}

}  // namespace
}  // namespace gavah::place
