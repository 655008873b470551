#include "code/convention.h"

#include <gtest/gtest.h>

namespace gavah::code {
namespace {

std::string ccc(std::string_view phrase) {
  const auto stated = stated_under(Convention::ccc, phrase);
  if (!stated) return "nothing";
  return std::to_string(stated->low) +
         (stated->low == stated->high ? std::string() : "-" + std::to_string(stated->high));
}

TEST(Convention, PluralUnitsAreTwoOfThem) {
  EXPECT_EQ(ccc("dozens"), "24");
  EXPECT_EQ(ccc("hundreds of people"), "200");
  EXPECT_EQ(ccc("thousands"), "2000");
  EXPECT_EQ(ccc("tens of thousands"), "20000");
  EXPECT_EQ(ccc("hundreds of thousands"), "200000");
  EXPECT_EQ(ccc("scores"), "40");
  EXPECT_EQ(ccc("صدها نفر"), "200");
  EXPECT_EQ(ccc("مئات"), "200");
}

TEST(Convention, AFewAndSeveralAreThreeACoupleTwoAHandfulFive) {
  EXPECT_EQ(ccc("a few dozen"), "36");
  EXPECT_EQ(ccc("several hundred"), "300");
  EXPECT_EQ(ccc("a few thousand"), "3000");
  EXPECT_EQ(ccc("a couple hundred"), "200");
  EXPECT_EQ(ccc("a couple of dozen"), "24");
  EXPECT_EQ(ccc("a handful"), "5");
  EXPECT_EQ(ccc("a few"), "3");
}

TEST(Convention, BoundsGiveTheNumberThatIsSaid) {
  for (const auto* phrase : {"more than 100", "at least 100", "about 100", "100+", "nearly 100", "up to 100",
                             "fewer than 100", "over 100", "roughly a hundred", "100 or so", "~100", ">100"})
    EXPECT_EQ(ccc(phrase), "100") << phrase;
  EXPECT_EQ(ccc("more than hundreds"), "200");
  EXPECT_EQ(ccc("more than a dozen"), "12");
  EXPECT_EQ(ccc("half a dozen"), "6");
}

TEST(Convention, SeveralSizesGiveTheLowestAndTheHighest) {
  EXPECT_EQ(ccc("50 to 100"), "50-100");
  EXPECT_EQ(ccc("about 40-50"), "40-50");
  EXPECT_EQ(ccc("hundreds; about 2000"), "200-2000");
  EXPECT_EQ(ccc("more than 100; dozens"), "24-100");
}

TEST(Convention, TwoNumbersShareTheUnitAfterTheSecond) {
  EXPECT_EQ(ccc("two or three hundred"), "200-300");
  EXPECT_EQ(ccc("between three and four dozen"), "36-48");
  EXPECT_EQ(ccc("50-60,000"), "50000-60000");
  EXPECT_EQ(ccc("2-3k"), "2000-3000");
  EXPECT_EQ(ccc("around 2-hundred supporters"), "200");
  EXPECT_EQ(ccc("several hundreds"), "200");
  EXPECT_EQ(ccc("more than two dozens"), "24");
  EXPECT_EQ(ccc("a half-dozen"), "6");
}

TEST(Convention, PartsOfOneCrowdAddUp) {
  EXPECT_EQ(ccc("200 people on foot plus dozens of cars"), "224");
  EXPECT_EQ(ccc("twenty students and three teachers"), "23");
  EXPECT_EQ(ccc("200 people; dozens of cars"), "24-200");
  EXPECT_EQ(ccc("between 50 and 70"), "50-70");
}

TEST(Convention, NumbersThatCountNobodyAreLeftOut) {
  EXPECT_EQ(ccc("about 10 members of Local 868"), "10");
  EXPECT_EQ(ccc("40 people for 30 minutes"), "40");
}

TEST(Convention, WrittenShorthandIsRead) {
  EXPECT_EQ(ccc("FB:14"), "14");
  EXPECT_EQ(ccc("2.7k"), "2700");
  EXPECT_EQ(ccc("10K"), "10000");
  EXPECT_EQ(ccc("100s"), "200");
  EXPECT_EQ(ccc("1,500"), "1500");
  EXPECT_EQ(ccc("around 1.5 million"), "1500000");
}

TEST(Convention, WordsWithoutANumberSayNothing) {
  EXPECT_EQ(ccc("NA"), "nothing");
  EXPECT_EQ(ccc("a small group"), "nothing");
  EXPECT_EQ(ccc(""), "nothing");
}

TEST(Convention, AnIntervalOfTheWordsIsNeverReplacedByItsBoundsAlone) {
  Count count;
  count.low = 100;
  count.high = 999;
  EXPECT_EQ(stated_under(Convention::ccc, count), (Stated{100, 999})) << "100 to 999 said in figures";
  count.qualifier = "hundreds";
  EXPECT_EQ(stated_under(Convention::ccc, count), (Stated{200, 200}));
  EXPECT_EQ(stated_under(Convention::ccc, Count{}), std::nullopt);
}

}  // namespace
}  // namespace gavah::code
