#include "code/code.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "base/parallel.h"
#include "code/code_case.h"
#include "code/codebook.h"
#include "code/inflection.h"
#include "code/lexicon.h"

namespace gavah::code {
namespace {

using testing::case_coder;
using testing::embedded_coder_data;
using testing::line_of;
using testing::report_of;

std::vector<std::string> lines(const std::vector<Claim>& claims) {
  std::vector<std::string> out;
  for (const Claim& claim : claims) out.push_back(line_of(claim));
  return out;
}

std::string_view words(const Report& report, const Span& span) {
  return std::string_view(report.text).substr(span.begin, span.size());
}

/// Every slot with a span stands in the text, and its phrase is what stands there.
void expect_grounded(const Claim& claim, const Report& report) {
  const auto inside = [&](const Span& span) { return span.begin < span.end && span.end <= report.text.size(); };
  EXPECT_TRUE(inside(claim.trigger));
  ASSERT_TRUE(claim.anchor.has_value());
  EXPECT_EQ(claim.time.phrase, claim.time.span ? words(report, *claim.time.span) : std::string_view());
  for (const Place& place : claim.places) {
    EXPECT_EQ(place.phrase, place.span ? words(report, *place.span) : std::string_view()) << line_of(claim);
  }
  for (const auto* actors : {&claim.actors, &claim.targets}) {
    for (const Actor& actor : *actors) EXPECT_EQ(actor.name, words(report, actor.span.value()));
  }
  if (claim.speaker) {
    EXPECT_EQ(claim.speaker->name, words(report, claim.speaker->span.value()));
  }
  for (const Count& count : claim.counts) {
    EXPECT_EQ(count.phrase, words(report, count.span.value()));
    EXPECT_TRUE(!count.low || !count.high || *count.low <= *count.high);
  }
  for (const Person& person : claim.persons) {
    EXPECT_TRUE(inside(person.span.value()));
    EXPECT_NE(words(report, *person.span).find(person.name), std::string_view::npos);
  }
  for (const auto& slogan : claim.slogans) EXPECT_NE(report.text.find(slogan), std::string::npos);
}

const Codebook& embedded_codebook() {
  static const Codebook kBook =
      Codebook::parse(embedded_data("codebook/acts.json").value(), embedded_data("codebook/codes.json").value())
          .value();
  return kBook;
}

TEST(Codebook, HoldsTheTwentySixActs) {
  const Codebook& book = embedded_codebook();
  ASSERT_EQ(book.acts().size(), 26U);
  EXPECT_EQ(book.acts().front().key, "symbolic display");
  EXPECT_EQ(book.acts()[16].key, "killing");
  EXPECT_EQ(book.acts().back().key, "release");
  EXPECT_EQ(book.acts()[*book.act_named("hunger strike")].count_kind, "participants");
  EXPECT_FALSE(book.act_named("hunger").has_value());
}

TEST(Codebook, EveryWorkedExampleIsCodedAsItsAct) {
  for (const auto& example : embedded_codebook().examples()) {
    const auto claims = case_coder().code(report_of(example.text, "2021-05-14"), IdSecret{});
    const bool coded = std::ranges::any_of(claims, [&](const Claim& claim) { return claim.act == example.act; });
    EXPECT_TRUE(coded) << example.act << ": " << example.text;
  }
}

TEST(Codebook, EveryActHasWorkedExamplesInThreeLanguages) {
  std::set<std::pair<std::string, std::string>> written;
  for (const auto& example : embedded_codebook().examples()) written.emplace(example.act, example.lang);
  for (const Act& act : embedded_codebook().acts()) {
    for (const auto lang : {"en", "fa", "ar"}) EXPECT_TRUE(written.contains({act.key, lang})) << act.key << " " << lang;
  }
}

TEST(Codebook, ComplaintNamesTheActAndTheMistake) {
  std::string acts(embedded_data("codebook/acts.json").value());
  const std::string codes(embedded_data("codebook/codes.json").value());
  acts.replace(acts.find("\"side\": \"protest\""), 17, "\"side\": \"crowds\" ");
  const auto result = Codebook::parse(acts, codes);
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().code, ErrorCode::invalid_input);
  EXPECT_NE(result.error().sentence().find("symbolic display: the side is none of"), std::string::npos)
      << result.error().sentence();
  EXPECT_FALSE(Codebook::parse("{", codes).has_value());
  EXPECT_FALSE(Codebook::parse("{\"acts\":[]}", codes).has_value());
  EXPECT_FALSE(Codebook::parse(acts, "{}").has_value());
}

/// Loads with one file's bytes replaced and gives the complaint.
std::string complaint_about(std::string_view name, const std::string& bytes) {
  CoderData data = embedded_coder_data();
  for (auto& file : data.files) {
    if (file.name == name) file.bytes = bytes;
  }
  const auto gazetteer = std::make_shared<const place::Gazetteer>(place::Gazetteer::load("").value());
  const auto coder = Coder::load(data, gazetteer);
  return coder ? std::string("loaded") : coder.error().sentence();
}

TEST(Lexicon, ComplaintNamesFileAndLine) {
  EXPECT_NE(complaint_about("lexicon/en/triggers.tsv", "# head\nsit-in\tsit in\tn\n").find("lexicon/en/triggers.tsv:2"),
            std::string::npos);
  EXPECT_NE(complaint_about("lexicon/en/triggers.tsv", "sit-in\tsit-in\tq\n").find("none of n, v, x"),
            std::string::npos);
  EXPECT_NE(complaint_about("lexicon/en/triggers.tsv", "sit-in\tsit-in\tn\tneeds=nothing\n").find("'nothing'"),
            std::string::npos);
  EXPECT_NE(complaint_about("lexicon/en/triggers.tsv", "sit-in\tsit-in\tn\tloud\n").find("unknown flag 'loud'"),
            std::string::npos);
  EXPECT_NE(complaint_about("lexicon/fa/cues.tsv", "شاید\tperhaps\n").find("unknown cue"), std::string::npos);
  EXPECT_NE(complaint_about("lexicon/fa/cues.tsv", "قزمیت~v\tspeech\n").find("verbs.tsv"), std::string::npos);
  EXPECT_NE(complaint_about("lexicon/en/actors.tsv", "police\tcops\n").find("unknown actor class"), std::string::npos);
  EXPECT_NE(complaint_about("lexicon/en/results.tsv", "hurt\tinjured\tsideways\n").find("subject, object"),
            std::string::npos);
  EXPECT_NE(complaint_about("lexicon/en/triggers.tsv", "a .. b .. c\tsit-in\tv\n").find("one gap"), std::string::npos);
  EXPECT_NE(complaint_about("lexicon/fa/names.tsv", "آقای\thonour\n").find("title"), std::string::npos);
  EXPECT_NE(complaint_about("lexicon/ar/count_nouns.tsv", "شخصين\tpeople\t2\n").find("'two'"), std::string::npos);
  EXPECT_NE(complaint_about("lexicon/en/count_nouns.tsv", "people\n").find("too few columns"), std::string::npos);
}

TEST(Lexicon, CheckNamesTheRowThatUndoesAnother) {
  CoderData data = embedded_coder_data();
  const std::string rows = "قضى~v\tkilling\tv\tneeds=wound\nقضوا نحبهم\tkilling\tv\nقَضَوا\tkilling\tv\n";
  for (auto& file : data.files) {
    if (file.name == "lexicon/ar/triggers.tsv") file.bytes = rows;
  }
  const auto findings = check(data);
  const auto found = std::ranges::find(findings, std::string_view("lexicon/ar/triggers.tsv"), &Finding::file);
  ASSERT_NE(found, findings.end());
  EXPECT_EQ(found->line, 3U);
  EXPECT_NE(found->what.find("undoes line 1"), std::string::npos) << found->what;
  EXPECT_EQ(std::ranges::count(findings, std::string_view("lexicon/ar/triggers.tsv"), &Finding::file), 1);
}

TEST(Lexicon, CheckNamesTheRowWithAGapThatUndoesAnother) {
  CoderData data = embedded_coder_data();
  const std::string rows =
      "turn~v .. away\tcrowd control\tv\tneeds=state\nturned .. back/away\tcrowd control\tv\nturned .. off\tcrowd "
      "control\tv\n";
  for (auto& file : data.files) {
    if (file.name == "lexicon/en/triggers.tsv") file.bytes = rows;
  }
  std::vector<Finding> found = check(data);
  std::erase_if(found, [](const Finding& finding) { return finding.file != "lexicon/en/triggers.tsv"; });
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].line, 2U);
  EXPECT_NE(found[0].what.find("'turned .. away' needs nothing here, which undoes line 1"), std::string::npos)
      << found[0].what;
}

TEST(Lexicon, CheckFindsNothingInWhatIsBuiltIn) {
  for (const Finding& finding : check(embedded_coder_data()))
    ADD_FAILURE() << finding.file << ":" << finding.line << ": " << finding.what;
}

TEST(Coder, LoadFailsWhenAFileIsMissing) {
  CoderData data = embedded_coder_data();
  std::erase_if(data.files, [](const DataFile& file) { return file.name == "lexicon/fa/verbs.tsv"; });
  const auto gazetteer = std::make_shared<const place::Gazetteer>(place::Gazetteer::load("").value());
  const auto coder = Coder::load(data, gazetteer);
  ASSERT_FALSE(coder.has_value());
  EXPECT_NE(coder.error().sentence().find("lexicon/fa/verbs.tsv"), std::string::npos);
}

TEST(Inflection, EnglishVerbsFollowTheRulesOfSpelling) {
  const auto forms = [](std::string_view base, LastLetter last = LastLetter::single) {
    std::string out;
    for (const auto& form : english_verb(base, last, {{"shoot", "shoots", "shot", "shot", "shooting"}}))
      out += form.text + " ";
    return out;
  };
  EXPECT_EQ(forms("arrest"), "arrest arrests arrested arresting ");
  EXPECT_EQ(forms("seize"), "seize seizes seized seizing ");
  EXPECT_EQ(forms("deny"), "deny denies denied denying ");
  EXPECT_EQ(forms("clash"), "clash clashes clashed clashing ");
  EXPECT_EQ(forms("ban", LastLetter::doubled), "ban bans banned banning ");
  EXPECT_EQ(forms("shoot"), "shoot shoots shot shot shooting ");
}

TEST(Inflection, PersianVerbsHaveTheirNegatives) {
  const auto forms = persian_verb({"شد", "شو", "ش"});
  const auto find = [&](std::string_view text) { return std::ranges::find(forms, text, &WordForm::text); };
  ASSERT_NE(find("نشدند"), forms.end());
  EXPECT_TRUE(find("نشدند")->negative);
  ASSERT_NE(find("می شوند"), forms.end());
  EXPECT_FALSE(find("می شوند")->negative);
  ASSERT_NE(find("خواهند شد"), forms.end());
  EXPECT_EQ(find("خواهند شد")->form, VerbForm::future);
  const auto come = persian_verb({"آمد", "آی"});
  EXPECT_NE(std::ranges::find(come, "نیامدند", &WordForm::text), come.end());
}

TEST(Inflection, PersianVerbsHaveTheFormsOfSpeech) {
  const auto forms = persian_verb({"شد", "شو", "ش"});
  const auto find = [&](std::string_view text) { return std::ranges::find(forms, text, &WordForm::text); };
  for (const auto text : {"می شن", "میشه", "میشوند", "نشدن", "می شدن"}) EXPECT_NE(find(text), forms.end()) << text;
  EXPECT_TRUE(find("نمی شه")->negative);
  EXPECT_TRUE(find("نشدن")->negative);
  const auto burnt = persian_verb({"سوزاند", "سوزان", "سوزون", "سوزوند"});
  for (const auto text : {"سوزوندن", "می سوزونن", "نسوزوندن", "سوزونده"})
    EXPECT_NE(std::ranges::find(burnt, text, &WordForm::text), burnt.end()) << text;
}

TEST(Inflection, ArabicVerbsHaveTheirPersonsAndTheFuture) {
  std::vector<std::string> texts;
  for (const auto& form : arabic_past("ألقى")) texts.push_back(form.text);
  EXPECT_EQ(texts, (std::vector<std::string>{"ألقى", "ألقت", "ألقوا", "ألقو", "ألقتا", "ألقن", "ألقا"}));
  const auto present = arabic_present("يعتقل");
  const auto holds = [&](std::string_view text, VerbForm form) {
    return std::ranges::any_of(present, [&](const WordForm& one) { return one.text == text && one.form == form; });
  };
  EXPECT_TRUE(holds("تعتقل", VerbForm::present));
  EXPECT_TRUE(holds("سيعتقلون", VerbForm::future));
  EXPECT_TRUE(holds("سنعتقل", VerbForm::future));
}

TEST(Inflection, ArabicNounsTakeTheArticleAndTheAccusative) {
  EXPECT_EQ(arabic_noun("طوق أمني"), (std::vector<std::string>{"طوق الأمني", "طوقا أمنيا"}));
  EXPECT_EQ(arabic_noun("اعتصام مفتوح"), (std::vector<std::string>{"اعتصام المفتوح", "اعتصاما مفتوحا"}));
  EXPECT_TRUE(arabic_noun("كتابات على الجدران").empty());
  const auto march = arabic_noun("مسيرة");
  for (const auto form : {"مسيرتهم", "مسيرتان", "مسيرتين"})
    EXPECT_NE(std::ranges::find(march, form), march.end()) << form;
}

TEST(Coder, ARowWithAGapHoldsWhatStandsBetween) {
  const Report report = report_of("أطلق عناصر من الشرطة النار باتجاه الحشود في نيلوان.", "2021-05-14");
  const auto claims = case_coder().code(report, IdSecret{});
  ASSERT_EQ(claims.size(), 1U);
  EXPECT_EQ(claims[0].act, "live fire");
  EXPECT_EQ(words(report, claims[0].trigger), "أطلق عناصر من الشرطة النار");
  EXPECT_EQ(claims[0].actors.size(), 1U);
}

TEST(Coder, WhereADeniedActWasIsNotDenied) {
  const auto claims =
      case_coder().code(report_of("نفى ناطق باسم الوزارة سقوط قتلى في احتجاجات نيلوان.", "2021-05-14"), {});
  ASSERT_EQ(claims.size(), 2U);
  EXPECT_EQ(claims[0].polarity, Polarity::denied);
  EXPECT_EQ(claims[1].act, "gathering");
  EXPECT_EQ(claims[1].polarity, Polarity::asserted);
}

TEST(Coder, APatrolIsNoGame) {
  const auto claims = case_coder().code(report_of("اعتقلت دورية من الشرطة ثلاثة أشخاص في نيلوان.", "2021-05-14"), {});
  ASSERT_EQ(claims.size(), 1U);
  EXPECT_EQ(claims[0].act, "arrest");
}

bool tells_of(const std::string& text, std::string_view act) {
  const auto claims = case_coder().code(report_of(text, "2021-05-14"), {});
  return std::ranges::any_of(claims, [&](const Claim& claim) { return claim.act == act; });
}

TEST(Coder, WhoeverIsHurtElsewhereOrNotAtAllIsNoneOfTheActBefore) {
  const auto injured = [](const std::string& next) {
    const auto claims =
        case_coder().code(report_of("Students clashed with police in Nilvan on Monday. " + next, "2021-05-14"), {});
    EXPECT_FALSE(claims.empty());
    return std::ranges::any_of(claims, [](const Claim& claim) {
      return std::ranges::any_of(claim.counts, [](const Count& count) { return count.kind == "injured"; });
    });
  };
  EXPECT_TRUE(injured("Twelve people were injured."));
  EXPECT_FALSE(injured("Twelve people were injured in a road crash."));
  EXPECT_FALSE(injured("Police denied that twelve people were injured."));
}

TEST(Coder, ARoadThatPeopleBlockAfterAnAccidentIsABlockade) {
  EXPECT_TRUE(tells_of("Villagers blocked the road near Nilvan on Monday after an accident.", "blockade"));
  EXPECT_FALSE(tells_of("A lorry overturned near Nilvan on Monday and blocked the road.", "blockade"));
}

TEST(Coder, WordsOfOrdinaryNewsNameNoAct) {
  EXPECT_FALSE(tells_of("The government said ten people were still missing in Nilvan on Monday.", "abduction"));
  EXPECT_FALSE(tells_of("The man confessed in custody, police in Nilvan said on Monday.", "torture"));
  EXPECT_FALSE(tells_of("A ministry spokesman told media in Nilvan on Monday that the bridge was open.", "censorship"));
  EXPECT_FALSE(tells_of("The opposition took aim at the government in Nilvan on Monday.", "live fire"));
  EXPECT_FALSE(tells_of("No trains ran in Nilvan on Monday because of snow.", "strike"));
  EXPECT_FALSE(tells_of("She was elected in Nilvan on Monday to a four-year term.", "prosecution"));
  EXPECT_FALSE(tells_of("The governor burst into tears in Nilvan on Monday.", "raid"));
}

TEST(Coder, ACoupIsNoAccidentAndACurfewLiftedARestrictionThatEnded) {
  EXPECT_TRUE(tells_of("قتلت الشرطة ثلاثة متظاهرين ضد الانقلاب في نيلوان يوم الاثنين.", "killing"));
  EXPECT_TRUE(tells_of("رفع المحافظ حظر التجول في نيلوان يوم الاثنين.", "raid"));
}

TEST(Coder, WhoeverLoadsLorriesDoesNotStrike) {
  EXPECT_FALSE(
      tells_of("کارگران نیلوان روز دوشنبه کامیون‌ها را بار زدند.", "strike"));
}

TEST(Pattern, SpellsOutAlternativesAndForms) {
  PatternGrammar grammar;
  std::vector<std::string> texts;
  const auto forms = expand_pattern("hold~v/stage~v a rally", grammar).value();
  for (const auto& form : forms) texts.push_back(form.text);
  EXPECT_EQ(texts.size(), 8U);
  EXPECT_NE(std::ranges::find(texts, "staging a rally"), texts.end());
  EXPECT_FALSE(expand_pattern("a//b", grammar).has_value());
  EXPECT_FALSE(expand_pattern("a~x", grammar).has_value());
  std::string wide = "a/b/c/d/e/f/g/h";
  for (int i = 0; i < 5; ++i) wide += " a/b/c/d/e/f/g/h";
  EXPECT_FALSE(expand_pattern(wide, grammar).has_value());
}

TEST(Coder, HollowOrEmptyReportGivesNoClaims) {
  Report hollow = report_of("Police arrested 12 people in Nilvan on Monday.", "2021-05-14");
  hollow.hollow = "login wall";
  EXPECT_TRUE(case_coder().code(hollow, IdSecret{}).empty());
  EXPECT_TRUE(case_coder().code(report_of(""), IdSecret{}).empty());
}

TEST(Coder, ChanceWeatherAndWorksDoNoActs) {
  for (const auto* text : {
           "Snow closed the mountain road and lorries blocked it until Sunday noon.",
           "Two farmhands were killed by lightning near Nilvan on Monday.",
           "Rescue workers freed two boys from the well in Torsabad on Friday.",
           "The ambassador received a formal protest from Nilvan on Monday.",
           "سه نفر در ریزش تونل در ترساباد کشته شدند.",
           "قتل عاملان في سيول نيلوان يوم الاثنين.",
       }) {
    EXPECT_TRUE(case_coder().code(report_of(text, "2021-05-14"), IdSecret{}).empty()) << text;
  }
  // A crowd beside the snow still closes the road, and no rescue stands beside the guards.
  for (const auto* text : {"Protesters blocked the road in the snow near Nilvan on Monday.",
                           "Guards freed two prisoners in Torsabad on Friday."}) {
    EXPECT_FALSE(case_coder().code(report_of(text, "2021-05-14"), IdSecret{}).empty()) << text;
  }
}

TEST(Coder, FiveEventsInOneArticleAreFiveClaims) {
  const Report report = report_of(
      "Teachers rallied in Nilvan on 3 May 2021.\n\nIn Marzul, farmers blocked the road with tractors on 4 May "
      "2021.\n\n"
      "Students held a sit-in at the university in Torsabad from 5 May to 7 May 2021.\n\n"
      "Police arrested 25 students in Zaroud on 8 May 2021.\n\n"
      "A court in Torsabad sentenced two men to death on 10 May 2021.",
      "2021-05-14");
  EXPECT_EQ(
      lines(case_coder().code(report, IdSecret{})),
      (std::vector<std::string>{"gathering; 2021-05-03; Nilvan", "blockade; 2021-05-04; Marzul",
                                "sit-in; 2021-05-05..2021-05-07; university", "arrest; 2021-05-08; Zaroud; arrested 25",
                                "death sentence; 2021-05-10; Torsabad; sentenced 2"}));
}

TEST(Coder, SecondMentionOfTheSameActIsTheSameClaim) {
  const Report report = report_of(
      "Dozens of people were arrested in Nilvan.\n\nPolice arrested 34 people in Nilvan on Monday, witnesses said.",
      "2021-05-14");
  EXPECT_EQ(lines(case_coder().code(report, IdSecret{})),
            (std::vector<std::string>{"arrest; 2021-05-10; Nilvan; arrested 34; said by witnesses"}));
}

TEST(Coder, DenialWithoutAnActIsAboutWhatWasToldBefore) {
  const Report report = report_of(
      "Three people were killed in Torsabad on Monday, witnesses said. The interior ministry denied the report.",
      "2021-05-14");
  const auto claims = case_coder().code(report, IdSecret{});
  ASSERT_EQ(lines(claims),
            (std::vector<std::string>{"killing; 2021-05-10; Torsabad; killed 3; said by witnesses",
                                      "killing; denied; 2021-05-10; Torsabad; said by interior ministry"}));
  EXPECT_EQ(claims[1].about, claims[0].id);
  EXPECT_EQ(words(report, claims[1].trigger), "denied");
}

TEST(Coder, ListOfYearsGivesAnUmbrellaForEach) {
  const Report report =
      report_of("And yet, when Narrat erupted in protests in 2017, 2019, and again in 2022, nobody listened.");
  EXPECT_EQ(lines(case_coder().code(report, IdSecret{})),
            (std::vector<std::string>{"gathering; 2017-01-01..2017-12-31; Narrat; umbrella",
                                      "gathering; 2019-01-01..2019-12-31; Narrat; umbrella",
                                      "gathering; 2022-01-01..2022-12-31; Narrat; umbrella"}));
}

TEST(Coder, PastYearOfAnUndatedReportIsAsWideAsWhatIsKnown) {
  Report report =
      report_of("In just the past year alone, the opposition groups carried out thousands of acts of protest.");
  report.published.start = Instant::parse("2025-01-20").value();
  report.published.end = Instant::parse("2025-03-02").value();
  report.published.precision = TimePrecision::wider;
  const auto claims = case_coder().code(report, IdSecret{});
  ASSERT_EQ(claims.size(), 1U);
  EXPECT_TRUE(claims[0].umbrella);
  EXPECT_EQ(claims[0].time.start.value().day().text(), "2024-01-20");
  EXPECT_EQ(claims[0].time.end.value().day().year(), 2025);
  EXPECT_EQ(claims[0].time.precision, TimePrecision::wider);
  ASSERT_EQ(claims[0].counts.size(), 1U);
  EXPECT_EQ(claims[0].counts[0].kind, "acts");
  EXPECT_EQ(claims[0].counts[0].scope, CountScope::since);
  EXPECT_EQ(claims[0].counts[0].low, 1000);
}

TEST(Coder, IdsAreStableAndDependOnTheSecret) {
  const Report report = report_of("Police arrested 12 people in Nilvan on Monday.", "2021-05-14");
  IdSecret other;
  other.bytes[0] = 1;
  const auto once = case_coder().code(report, IdSecret{});
  const auto again = case_coder().code(report, IdSecret{});
  ASSERT_EQ(once.size(), 1U);
  EXPECT_EQ(to_json(once[0]), to_json(again[0]));
  EXPECT_NE(case_coder().code(report, other)[0].id, once[0].id);
}

TEST(Coder, AnchorIsTheSentenceOfTheTrigger) {
  Report report =
      report_of("Nothing else happened. Police arrested 12 people in Nilvan on Monday. The end.", "2021-05-14");
  report.map = {{{0, static_cast<std::uint32_t>(report.text.size())}, {1000, 1000 + report.text.size()}}};
  const auto claims = case_coder().code(report, IdSecret{});
  ASSERT_EQ(claims.size(), 1U);
  const auto range = std::get<ByteRange>(claims[0].anchor.value().where);
  EXPECT_EQ(range.begin, 1000 + report.text.find("Police"));
  EXPECT_EQ(range.end, 1000 + report.text.find(" The end"));
}

TEST(Coder, NoSlotRestsOnWordsOutsideItsSpan) {
  // Sentences of the worked examples, shuffled into articles of eight, so that slots are carried across them.
  std::vector<std::string> sentences;
  for (const auto& example : embedded_codebook().examples()) sentences.push_back(example.text);
  std::mt19937 random(20211122);
  std::size_t coded = 0;
  for (int round = 0; round < 200; ++round) {
    std::string text;
    for (int i = 0; i < 8; ++i) text += sentences[random() % sentences.size()] + (random() % 2 == 0 ? " " : "\n\n");
    const Report report = report_of(text, "2021-05-14");
    for (const Claim& claim : case_coder().code(report, IdSecret{})) {
      expect_grounded(claim, report);
      ++coded;
    }
  }
  EXPECT_GT(coded, 800U);
}

TEST(Coder, SameClaimsOnManyThreads) {
  std::vector<Report> reports;
  for (const auto& example : embedded_codebook().examples()) reports.push_back(report_of(example.text, "2021-05-14"));
  const auto text_of = [](const std::vector<Claim>& claims) {
    std::string out;
    for (const Claim& claim : claims) out += to_json(claim);
    return out;
  };
  std::vector<std::string> alone(reports.size());
  std::vector<std::string> together(reports.size());
  for (std::size_t i = 0; i < reports.size(); ++i) alone[i] = text_of(case_coder().code(reports[i], IdSecret{}));
  parallel_for(reports.size(), 4,
               [&](std::size_t i) { together[i] = text_of(case_coder().code(reports[i], IdSecret{})); });
  EXPECT_EQ(alone, together);
}

}  // namespace
}  // namespace gavah::code
