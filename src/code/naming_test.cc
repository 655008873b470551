#include <gtest/gtest.h>

#include <algorithm>

#include "base/format.h"
#include "code/code_case.h"

namespace gavah::code {
namespace {

using testing::case_coder;
using testing::report_of;

/// "name age" of every person of every claim, each once, in order.
std::vector<std::string> persons_in(std::string text) {
  std::vector<std::string> out;
  const Report report = report_of(std::move(text), "2021-05-14");
  for (const Claim& claim : case_coder().code(report, IdSecret{})) {
    for (const Person& person : claim.persons) {
      EXPECT_TRUE(person.span);
      auto line = person.age ? format("{} {}", person.name, *person.age) : person.name;
      if (std::ranges::find(out, line) == out.end()) out.push_back(std::move(line));
    }
  }
  return out;
}

using Names = std::vector<std::string>;

TEST(Naming, AnAgeAfterARunOfUnknownWordsMakesItAName) {
  EXPECT_EQ(persons_in("آرش نیک‌سرشت، ۲۳ ساله، در نیلوان بازداشت شد."),
            Names{"آرش نیک‌سرشت 23"});
  EXPECT_EQ(persons_in("آرش نیک‌سرشت، وکیل ۵۲ ساله، در نیلوان کشته شد."),
            Names{"آرش نیک‌سرشت 52"});
  EXPECT_EQ(persons_in("قتل الطالب كنان البرهوم (22 عاما) في نيلوان يوم الإثنين."), Names{"كنان البرهوم 22"});
}

TEST(Naming, WordsThatSayWhatSomebodyIsCalledAnnounceAName) {
  EXPECT_EQ(persons_in("جوانی به نام آرش نیک‌سرشت در نیلوان بازداشت شد."),
            Names{"آرش نیک‌سرشت"});
  EXPECT_EQ(persons_in("اعتقلت الشرطة شابا يدعى تيسير الدوماني في نيلوان."), Names{"تيسير الدوماني"});
  EXPECT_EQ(persons_in("گروهی به نام آرش نیک‌سرشت در نیلوان بازداشت شد."),
            Names{});
}

TEST(Naming, ATitleAnnouncesTwoWordsAndMore) {
  EXPECT_EQ(persons_in("اعتقلت الشرطة الناشط مازن الصوان في نيلوان."), Names{"مازن الصوان"});
  EXPECT_EQ(persons_in("زندانی آرش نیک‌سرشت در زندان دورنگ شکنجه شد."),
            Names{"آرش نیک‌سرشت"});
}

TEST(Naming, TheOneAfterAndIsAPersonToo) {
  EXPECT_EQ(persons_in("أعدم السجينين عاصم الوراق (34 عاما) وتيم القندلي في نيلوان."),
            (Names{"عاصم الوراق 34", "تيم القندلي"}));
}

TEST(Naming, ACommaAndATradeAfterWordsThatOpenASentenceMakeThemAName) {
  EXPECT_EQ(persons_in("آرش نیک‌سرشت، معلم ساکن نیلوان، بازداشت شد."),
            Names{"آرش نیک‌سرشت"});
  EXPECT_EQ(persons_in("بنا بر معمول، معلمان در نیلوان بازداشت شدند."), Names{});
}

TEST(Naming, AnInstitutionBeforeATradeIsNoPerson) {
  EXPECT_EQ(persons_in("باشگاه سپیدار ماهور، ورزشکار بازداشت شد."), Names{});
  EXPECT_EQ(persons_in("باشگاه سپیدار نیلوان، ورزشکار بازداشت شد."), Names{});
  EXPECT_EQ(persons_in("پتروشیمی ماهور زرین، کارگر معترض بازداشت شد."), Names{});
}

TEST(Naming, WordsBeforeATradeAreANameUpToThree) {
  EXPECT_EQ(persons_in("آرش بردیا نیک‌سرشت، معلم ساکن نیلوان، بازداشت شد."),
            Names{"آرش بردیا نیک‌سرشت"});
  EXPECT_EQ(persons_in("سپیده دمان روشنگر نوین، معلم ساکن نیلوان، بازداشت شد."), Names{});
}

TEST(Naming, AStateOfThingsInQuotationMarksIsNoPerson) {
  EXPECT_EQ(persons_in("وضعیت «اضطرار ملی نوین» و بازداشت ده نفر در نیلوان."), Names{});
}

TEST(Naming, QuotationMarksAfterWhatIsDoneToPeopleHoldAName) {
  EXPECT_EQ(persons_in("حکم اعدام «آرش نیک‌سرشت» در نیلوان نقض شد."),
            Names{"آرش نیک‌سرشت"});
  EXPECT_EQ(persons_in("هفته‌نامه «بانگ نیک‌سرشت» در نیلوان توقیف شد."),
            Names{});
}

TEST(Naming, WithoutAnnouncementUnknownWordsAreNoName) {
  EXPECT_EQ(persons_in("آرش نیک‌سرشت در نیلوان بازداشت شد."), Names{});
  EXPECT_EQ(persons_in("سه نفر در نیلوان بازداشت شدند."), Names{});
}

TEST(Naming, OnePersonOfAShortReportIsMeantInTheNextSentences) {
  const Report report = report_of(
      "آرش نیک‌سرشت، ۲۳ ساله، روز دوشنبه در نیلوان بازداشت شد. "
      "او در زندان دورنگ شکنجه شد.",
      "2021-05-14");
  const auto claims = case_coder().code(report, IdSecret{});
  ASSERT_EQ(claims.size(), 2U);
  for (const Claim& claim : claims) {
    ASSERT_EQ(claim.persons.size(), 1U);
    EXPECT_EQ(claim.persons.front().name, "آرش نیک‌سرشت");
  }
  EXPECT_EQ(claims[0].persons.front().condition, "arrested");
  EXPECT_EQ(claims[1].persons.front().condition, "tortured");
}

TEST(Naming, AnEnglishNameIsToldByTheActOrTheTradeBesideIt) {
  EXPECT_EQ(persons_in("Police arrested Arin Velt in Nilvan on Monday."), Names{"Arin Velt"});
  EXPECT_EQ(persons_in("Arin Velt was later arrested in Nilvan on Monday."), Names{"Arin Velt"});
  EXPECT_EQ(persons_in("The student Arin Velt was shot dead in Nilvan on Monday."), Names{"Arin Velt"});
  EXPECT_EQ(persons_in("Police arrested 12 people in Nilvan on Monday, Arin Velt said."), Names{});
  EXPECT_EQ(persons_in("Colonel Arin Velt beat protesters in Nilvan on Monday."), Names{});
  EXPECT_EQ(persons_in("Judge Arin Velt sentenced two activists in Nilvan on Monday to a year in prison."), Names{});
  EXPECT_EQ(persons_in("Police arrested Arin Velt, 27, in Nilvan on Monday."), Names{"Arin Velt 27"});
  EXPECT_EQ(persons_in("Arin Velt, a 27-year-old welder, was arrested in Nilvan on Monday."), Names{"Arin Velt 27"});
}

TEST(Naming, NamesInARowAreAllOfThoseToldOf) {
  EXPECT_EQ(persons_in("Police arrested Arin Velt, Oren Sand and Mina Adur in Nilvan on Monday."),
            (Names{"Arin Velt", "Oren Sand", "Mina Adur"}));
  EXPECT_EQ(persons_in("Arin Velt, Oren Sand and Mina Adur were killed in Nilvan on Monday."),
            (Names{"Arin Velt", "Oren Sand", "Mina Adur"}));
  EXPECT_EQ(persons_in("Colonel Arin Velt and Oren Sand beat protesters in Nilvan on Monday."), Names{});
}

TEST(Naming, ANameThatBeginsTheNextClauseIsNotInTheRow) {
  EXPECT_EQ(persons_in("Soldiers arrested Arin Velt and Karl Stone wrote a letter to the mayor in Nilvan."),
            Names{"Arin Velt"});
  EXPECT_EQ(persons_in("Police arrested Arin Velt and Colonel Karl Stone beat protesters in Nilvan."),
            Names{"Arin Velt"});
  EXPECT_EQ(persons_in("Police arrested Arin Velt and Karl Stone's brother in Nilvan."), Names{"Arin Velt"});
  EXPECT_EQ(persons_in("Police arrested Arin Velt and Karl Stone on Monday."), (Names{"Arin Velt", "Karl Stone"}));
  EXPECT_EQ(persons_in("Police arrested Arin Velt, Karl Stone and Oren Sand."),
            (Names{"Arin Velt", "Karl Stone", "Oren Sand"}));
}

TEST(Naming, ANumberInBracketsAfterASiteIsNoAge) {
  EXPECT_EQ(persons_in("Police arrested three men in Green Hill Park (12)."), Names{});
  EXPECT_EQ(persons_in("Police arrested three men near Arin Velt (17)."), Names{});
  EXPECT_EQ(persons_in("Three men were arrested at Green Lodge (17)."), Names{});
  EXPECT_EQ(persons_in("Soldiers fired at Arin Velt (17) and killed him in Nilvan."), Names{"Arin Velt 17"});
}

TEST(Naming, ANumberAfterANameThatIsNoAgeLeavesTheName) {
  EXPECT_EQ(persons_in("Soldiers killed Mina Adur (12 May) in Nilvan."), Names{"Mina Adur"});
}

TEST(Naming, AnAgeInBracketsIsAnAge) {
  EXPECT_EQ(persons_in("Arin Velt (27), a baker, was killed in Nilvan on Monday."), Names{"Arin Velt 27"});
  EXPECT_EQ(persons_in("Police arrested three people (27 in the province) in Nilvan on Monday."), Names{});
}

TEST(Naming, ARowEndsWhereTheNextNameHasAVerbOfItsOwn) {
  EXPECT_EQ(persons_in("Police arrested Mina Adur and Karl Stone praised the officers."), Names{"Mina Adur"});
  EXPECT_EQ(persons_in("Guards shot Mina Adur, and Dr Karl Stone treated her wounds."), Names{"Mina Adur"});
  EXPECT_EQ(persons_in("Mina Adur, Arin Velt and Sergeant Tom Orr were killed in Nilvan on Monday."),
            (Names{"Mina Adur", "Arin Velt", "Tom Orr"}));
}

TEST(Naming, WorksAndStreetsAreNoPersons) {
  EXPECT_EQ(persons_in("Police arrested teacher Mina Adur, Crescent Steel Works and Arin Velt."), Names{"Mina Adur"});
  EXPECT_EQ(persons_in("Police arrested three men at Velden Road (17)."), Names{});
  EXPECT_EQ(persons_in("مدرسه روشنگر نوین، معلم دستگیر شد."), Names{});
  EXPECT_EQ(persons_in("بازداشت «باند عقرب سیاه» توسط پلیس انجام شد."), Names{});
}

TEST(Naming, DaysAfterANameAreNoAge) {
  EXPECT_EQ(persons_in("Soldiers killed Mina Adur, 12 days after her brother."), Names{"Mina Adur"});
}

TEST(Naming, APersonIsNotGivenToActsFarFromTheName) {
  const Report report = report_of(
      "Police arrested Arin Velt, 27, in Nilvan on Monday. It rained. The mayor was away. A worker was beaten.",
      "2021-05-14");
  const auto claims = case_coder().code(report, IdSecret{});
  ASSERT_EQ(claims.size(), 2U);
  EXPECT_EQ(claims[0].persons.size(), 1U);
  EXPECT_TRUE(claims[1].persons.empty());
}

}  // namespace
}  // namespace gavah::code
