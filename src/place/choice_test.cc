#include "place/choice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/format.h"

namespace gavah::place {
namespace {

using ::testing::ElementsAre;

/// id, kind, country, admin1, lat, lon, population of each row; names do not matter here.
Gazetteer gazetteer_of(std::initializer_list<std::string_view> rows) {
  std::string tsv;
  for (std::string_view row : rows) {
    std::vector<std::string_view> c;
    for (; c.size() < 6; row.remove_prefix(row.find(' ') + 1)) c.push_back(row.substr(0, row.find(' ')));
    tsv += format("{}\tn{}\t\t\t{}\t{}\t{}\t{}\t{}\t\t{}\t\t\t\t{}\t\t\t\t\n", c[0], c[0], c[4], c[5],
                  c[1].substr(0, 1), c[1].substr(2), c[2], c[3], row);
  }
  return *Gazetteer::load(tsv);
}

const Gazetteer& gazetteer() {
  static const Gazetteer made = gazetteer_of({
      "0 A.PCLI ZX 00 0 0 0",         // a country
      "1 A.ADM1 ZX 01 0 0 0",         // and its province
      "2 P.PPL ZX 01 0 0 1000",       // a town there
      "3 P.PPL ZX 02 50 50 9000000",  // a larger one elsewhere
      "4 P.PPL ZX 01 0.1 0.1 0",      // beside the first
      "5 P.PPL QQ 09 0.2 0.2 0",      // beside it, over the border
      "6 P.PPL QQ 08 50 51 9000000",  // large and far
  });
  return made;
}

/// Mentions a hundred tokens apart, so that none explains another.
std::vector<std::vector<EntryNumber>> chosen(std::vector<std::vector<EntryNumber>> candidates,
                                             std::string_view home = "") {
  std::vector<Mention> mentions;
  for (auto& one : candidates) {
    Mention mention;
    mention.first_token = static_cast<std::uint32_t>(mentions.size()) * 100;
    mention.past_token = mention.first_token + 1;
    mention.candidates = std::move(one);
    mentions.push_back(std::move(mention));
  }
  choose(gazetteer(), home, mentions);
  std::vector<std::vector<EntryNumber>> out;
  for (auto& mention : mentions) out.push_back(std::move(mention.candidates));
  return out;
}

using Numbers = std::vector<EntryNumber>;

TEST(Choice, PeopleAloneDecideNothing) { EXPECT_THAT(chosen({{2, 3}}), ElementsAre(Numbers{2, 3})); }

TEST(Choice, AProvinceOfTheTextDecides) { EXPECT_THAT(chosen({{2, 3}, {1}}), ElementsAre(Numbers{2}, Numbers{1})); }

TEST(Choice, NearnessDecidesAcrossBorders) { EXPECT_THAT(chosen({{5, 6}, {2}}), ElementsAre(Numbers{5}, Numbers{2})); }

TEST(Choice, TheHomeCountryDecidesWhereTheTextIsSilent) {
  EXPECT_THAT(chosen({{3, 6}}, "QQ"), ElementsAre(Numbers{6}));
}

TEST(Choice, TwoAmbiguousNamesDecideEachOther) {
  EXPECT_THAT(chosen({{2, 3}, {4, 6}}), ElementsAre(Numbers{2}, Numbers{4}));
}

TEST(Choice, AllMentionsOfANameFollowTheExplainedOne) {
  std::vector<Mention> mentions(3);
  mentions[0] = {.first_token = 0, .past_token = 1, .span = {}, .candidates = {2, 3}};
  mentions[1] = {.first_token = 2, .past_token = 3, .span = {}, .candidates = {1}};
  mentions[2] = {.first_token = 200, .past_token = 201, .span = {}, .candidates = {2, 3}};
  choose(gazetteer(), "", mentions);
  EXPECT_THAT(mentions[2].candidates, ElementsAre(2));
}

TEST(Choice, ContainmentIsByCodes) {
  EXPECT_TRUE(contains(gazetteer(), 0, 2));
  EXPECT_TRUE(contains(gazetteer(), 1, 4));
  EXPECT_FALSE(contains(gazetteer(), 1, 3));
  EXPECT_FALSE(contains(gazetteer(), 0, 5));
  EXPECT_FALSE(contains(gazetteer(), 2, 2));
}

}  // namespace
}  // namespace gavah::place
