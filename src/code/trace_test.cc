#include "code/trace.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <regex>
#include <set>

#include "base/format.h"
#include "code/code_case.h"

namespace gavah::code {
namespace {

using testing::case_coder;
using testing::line_of;
using testing::report_of;

/// The reports of the golden table: English, Persian and Arabic sentences of every rule.
std::vector<Report> golden_reports() {
  std::vector<Report> out;
  std::istringstream in(testing::file_text(std::string(GAVAH_SOURCE_DIR) + "/tests/pipeline/code_golden.txt"));
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("> ")) out.push_back(report_of(line.substr(2), "2021-05-14"));
  }
  return out;
}

/// The worked examples of every act, as articles and as posts: tellers and narrators differ.
std::vector<Report> worked_examples() {
  std::vector<Report> out;
  const Json book = Json::parse(embedded_data("codebook/acts.json").value()).value();
  for (const Json& act : book.find("acts")->items()) {
    for (const Json& example : act.find("examples")->items()) {
      for (const ReportKind kind : {ReportKind::article, ReportKind::post})
        out.push_back(report_of(std::string(example.text_of("text")), "2021-05-14", kind));
    }
  }
  return out;
}

std::string_view words(const Report& report, const std::optional<Span>& span) {
  return span ? std::string_view(report.text).substr(span->begin, span->size()) : std::string_view();
}

/// "place rejected “Torsabad”: another place … [cue “said”]", one a line, of the notes of a slot.
std::string lines_of(const std::vector<const TraceNote*>& notes, const Report& report, Slot slot) {
  std::string out;
  for (const TraceNote* note : notes) {
    if (note->slot != slot) continue;
    out += format("{} {} '{}': {}{}\n", note->outcome == Outcome::taken ? "+" : "-", note->value,
                  words(report, note->words), note->rule,
                  note->by ? format(" [{} '{}']", note->cue, words(report, note->by)) : "");
  }
  return out;
}

bool is_noted(const std::vector<const TraceNote*>& notes, Slot slot, const std::optional<Span>& span) {
  return std::ranges::any_of(notes, [&](const TraceNote* note) {
    return note->slot == slot && note->outcome == Outcome::taken &&
           (!span || (note->words && note->words->overlaps(*span)));
  });
}

TEST(Trace, ChangesNoClaim) {
  for (const Report& report : golden_reports()) {
    Trace trace;
    const auto plain = case_coder().code(report, IdSecret{});
    const auto traced = case_coder().code(report, IdSecret{}, &trace);
    ASSERT_EQ(plain.size(), traced.size());
    for (std::size_t i = 0; i < plain.size(); ++i) EXPECT_EQ(to_json(plain[i]), to_json(traced[i]));
  }
}

/// The slots of a claim's report that no note accounts for, a line each; counts what was asked for.
std::string unaccounted(const Report& report, std::size_t& checked) {
  std::string out;
  Trace trace;
  for (const Claim& claim : case_coder().code(report, IdSecret{}, &trace)) {
    const auto notes = trace.notes_of(claim.id);
    const auto expect = [&](Slot slot, const std::optional<Span>& span) {
      ++checked;
      if (is_noted(notes, slot, span)) return;
      out += format("{} of {}\nin {}\n{}", name_of(slot), line_of(claim), report.text, lines_of(notes, report, slot));
    };
    for (const Slot slot : {Slot::act, Slot::stage, Slot::polarity, Slot::attribution, Slot::time, Slot::place})
      expect(slot, std::nullopt);
    if (claim.time.span) expect(Slot::time, claim.time.span);
    if (claim.speaker) expect(Slot::attribution, claim.speaker->span);
    if (claim.about) expect(Slot::about, std::nullopt);
    if (claim.umbrella) expect(Slot::umbrella, std::nullopt);
    for (const Place& place : claim.places) expect(Slot::place, place.span);
    for (const Actor& actor : claim.actors) expect(Slot::actor, actor.span);
    for (const Actor& target : claim.targets) expect(Slot::target, target.span);
    for (const Person& person : claim.persons) expect(Slot::person, person.span);
    for (const Count& count : claim.counts) expect(Slot::count, count.span);
    if (!claim.slogans.empty()) expect(Slot::slogan, std::nullopt);
  }
  for (const TraceNote& note : trace.notes()) {
    EXPECT_FALSE(note.rule.empty());
    for (const auto& span : {note.words, note.by}) {
      EXPECT_TRUE(!span || (span->begin < span->end && span->end <= report.text.size())) << note.rule;
    }
  }
  return out;
}

TEST(Trace, EverySlotOfEveryClaimSaysWhyAndRestsOnItsOwnWords) {
  std::size_t checked = 0;
  for (const Report& report : golden_reports()) EXPECT_EQ(unaccounted(report, checked), "");
  EXPECT_GT(checked, 800U);
}

TEST(Trace, EverySlotOfTheCodebooksWorkedExamplesSaysWhy) {
  std::size_t checked = 0;
  for (const Report& report : worked_examples()) EXPECT_EQ(unaccounted(report, checked), "");
  EXPECT_GT(checked, 600U);
}

TEST(Trace, SentencesWithoutAClaimSayWhichRuleLeftTheirWordsOut) {
  const auto told = [](std::string text) {
    const Report report = report_of(std::move(text), "2021-05-14");
    Trace trace;
    EXPECT_TRUE(case_coder().code(report, IdSecret{}, &trace).empty()) << report.text;
    return lines_of(trace.left_out(), report, Slot::act);
  };
  EXPECT_EQ(told("Workers in Nilvan demanded the release of prisoners."),
            "- release 'release of': it is what is demanded [demand 'demanded']\n");
  EXPECT_EQ(told("Police came to Nilvan on Monday to arrest the students."),
            "- arrest 'arrest': it says what somebody came for, not what was done\n");
  EXPECT_EQ(told("He recalled the anniversary of the killings in Nilvan."),
            "- killing 'killings': it is remembered, not reported [anniversary 'anniversary of']\n");
  EXPECT_EQ(told("Nobody was arrested."),
            "- arrest 'arrested': it is denied, and its sentence names no day, place or actor [negation 'Nobody']\n");
  EXPECT_EQ(told("اگر در نیلوان تجمع کنند بازداشت خواهند شد."),
            "- gathering 'تجمع': it is a condition [condition 'اگر']\n"
            "- arrest 'بازداشت خواهند شد': it is a condition [condition 'اگر']\n");
  EXPECT_EQ(told("سالگرد کشتار ترساباد نزدیک است."),
            "- commemoration 'سالگرد': its sentence lacks the words that its row asks for: ceremony\n"
            "- killing 'کشتار': it is remembered, not reported [anniversary 'سالگرد']\n");
  EXPECT_EQ(told("طالب العمال في نيلوان بالإفراج عن السجناء."),
            "- release 'بالإفراج عن': it is what is demanded [demand 'طالب']\n");
}

/// What the claim of an act in a report says of its slots.
std::string why(std::string text, std::string_view act, std::vector<Slot> slots) {
  const Report report = report_of(std::move(text), "2021-05-14");
  Trace trace;
  std::string out;
  for (const Claim& claim : case_coder().code(report, IdSecret{}, &trace)) {
    if (claim.act != act) continue;
    for (const Slot slot : slots) out += lines_of(trace.notes_of(claim.id), report, slot);
  }
  return out;
}

TEST(Trace, WhatLostIsNamedBesideWhatWon) {
  EXPECT_EQ(
      why("Police arrested 12 workers in Nilvan on Monday, the governor of Torsabad said on Tuesday after two hours.",
          "arrest", {Slot::time, Slot::place, Slot::count, Slot::actor, Slot::attribution}),
      "- 2021-05-11 (T2) 'Tuesday': it says when it was told\n"
      "- unknown 'two hours': it is a length of time or recurs\n"
      "+ 2021-05-10 (T2) 'Monday': of the times in the sentence it stands nearest to the words of the act\n"
      "- Torsabad (G1) 'Torsabad': another place stands nearer to the words of the act\n"
      "+ Nilvan (G1) 'Nilvan': of the places in the sentence it stands nearest to the words of the act, or is joined "
      "to it\n"
      "+ arrested (this act) '12 workers': what became of those counted says the kind [ 'arrested']\n"
      "-  'two': it is part of a date or a length of time\n"
      "- government 'governor': they only tell of it\n"
      "+ police 'Police': by the grammar of the clause\n"
      "+ authority 'governor of Torsabad': they tell what the sentence says [speech 'said']\n");
}

/// What a reader of Persian would still read in English: the sentence of a rule, and what each part of its list says.
std::vector<std::string> untranslated(std::string_view rule, const Json& persian) {
  std::vector<std::string> out;
  const auto want = [&](std::string_view words) {
    if (persian.find(words) == nullptr) out.emplace_back(words);
  };
  if (persian.find(rule) != nullptr) return out;
  const std::size_t colon = rule.find(": ");
  want(rule.substr(0, colon));
  if (colon == std::string_view::npos) return out;
  for (std::string_view rest = rule.substr(colon + 2); !rest.empty();) {
    const std::size_t end = rest.find("; ");
    const std::string_view part = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 2);
    const std::size_t cut = part.find_last_of(' ');
    const bool is_counted = cut != std::string_view::npos && part.find_first_of("0123456789", cut) != part.npos;
    // "slot 'no place' -30": known as a whole, or its kind alone before a word of the text or the lexicon.
    const std::string_view body = is_counted ? part.substr(0, cut) : part;
    if (!is_counted || persian.find(body) != nullptr) continue;
    const std::string_view kind = body.substr(0, body.find(" '"));
    want(kind == "slot" || kind == "row" ? body : kind);
  }
  return out;
}

Json persian_rules() {
  return Json::parse(testing::file_text(std::string(GAVAH_SOURCE_DIR) + "/web/src/i18n/rules.fa.json")).value();
}

TEST(Trace, EveryRuleThatIsNotedHasAPersianSentence) {
  const Json persian = persian_rules();
  std::set<std::string> missing;
  std::vector<Report> reports = golden_reports();
  std::ranges::move(worked_examples(), std::back_inserter(reports));
  for (const Report& report : reports) {
    Trace trace;
    static_cast<void>(case_coder().code(report, IdSecret{}, &trace));
    for (const TraceNote& note : trace.notes()) {
      for (std::string& words : untranslated(note.rule, persian)) missing.insert(std::move(words));
    }
  }
  for (const std::string& words : missing) ADD_FAILURE() << words;
}

/// The sentences in the sources that note rules, those that no report of the tests meets too: literals of four words
/// or more without a placeholder.
std::vector<std::string> sentences_of(const std::string& source) {
  std::vector<std::string> out;
  static const std::regex kLiteral(R"re("([^"\\\n]*)"(?:\s*"([^"\\\n]*)")?(?:\s*"([^"\\\n]*)")?)re");
  static const std::regex kComment(R"re((^|\s)//[^\n]*)re");
  const std::string code = std::regex_replace(source, kComment, "$1");
  for (std::sregex_iterator at(code.begin(), code.end(), kLiteral), end; at != end; ++at) {
    const std::string words = (*at)[1].str() + (*at)[2].str() + (*at)[3].str();
    if (std::ranges::count(words, ' ') >= 3 && !words.ends_with(' ') && words.find('{') == std::string::npos)
      out.push_back(words);
  }
  return out;
}

TEST(Trace, EveryRuleInTheSourcesHasAPersianSentence) {
  const Json persian = persian_rules();
  std::size_t found = 0;
  for (const auto& entry : std::filesystem::directory_iterator(std::string(GAVAH_SOURCE_DIR) + "/src/code")) {
    if (entry.path().extension() != ".cc" || entry.path().stem().string().ends_with("_test")) continue;
    const std::string source = testing::file_text(entry.path());
    if (source.find("Ground") == std::string::npos && source.find("Slot::") == std::string::npos) continue;
    for (const std::string& words : sentences_of(source)) {
      ++found;
      const bool is_known = persian.find(words) != nullptr || persian.find(format("row '{}'", words)) != nullptr;
      EXPECT_TRUE(is_known) << entry.path().filename() << ": " << words;
    }
  }
  EXPECT_GT(found, 100U);
}

TEST(Trace, ACueThatReachesNothingSaysHowFarItStands) {
  EXPECT_EQ(why("Police denied it; students rallied in Nilvan on Monday.", "gathering", {Slot::polarity}),
            "+ asserted '': no word of denial, doubt or correction reaches it\n"
            "- denial 'denied': it stands before the words of the act, and no rule joins it to them: words between 3; "
            "clause borders between 1 [denial 'denied']\n");
}

TEST(Trace, PersianAndArabicClaimsSayWhy) {
  EXPECT_EQ(why("وزارت کشور بازداشت ۱۲ نفر در نیلوان را تکذیب کرد.", "arrest",
                {Slot::act, Slot::polarity, Slot::place, Slot::count}),
            "+ arrest 'بازداشت': its words name the act\n"
            "+ denied '': what the clause said before is denied [denial 'تکذیب کرد']\n"
            "+ Nilvan (G1) 'نیلوان': of the places in the sentence it stands nearest to the words of the act, or is "
            "joined to it\n"
            "+ arrested (this act) '۱۲ نفر': what became of those counted says the kind [ 'بازداشت']\n");
  EXPECT_EQ(why("اعتقلت قوات الأمن 12 عاملا في نيلوان يوم الاثنين.", "arrest",
                {Slot::act, Slot::stage, Slot::place, Slot::count, Slot::time}),
            "+ arrest 'اعتقلت': its words name the act\n"
            "+ occurred '': no word says otherwise, and such an act does not last\n"
            "+ Nilvan (G1) 'نيلوان': of the places in the sentence it stands nearest to the words of the act, or is "
            "joined to it\n"
            "+ arrested (this act) '12 عاملا': what became of those counted says the kind [ 'اعتقلت']\n"
            "+ 2021-05-10 (T2) 'الاثنين': of the times in the sentence it stands nearest to the words of the act\n");
}

TEST(Trace, AClaimMadeOfTwoSentencesHasTheNotesOfBoth) {
  EXPECT_EQ(
      why("Police arrested students in Nilvan. On Monday 12 students were arrested there.", "arrest",
          {Slot::act, Slot::time, Slot::place}),
      "+ arrest 'arrested': its words name the act\n"
      "+ arrest 'arrested': its words name the act\n"
      "+  'arrested': the same act is told again: place, time and tellers agree\n"
      "+ 2021-05-13 to 2021-05-14 (T3) '': the sentence names none; an article tells of its own day or the one before\n"
      "+ 2021-05-10 (T2) 'Monday': of the times in the sentence it stands nearest to the words of the act\n"
      "+ 2021-05-10 (T2) 'Monday': it is the only day that the report gives an act\n"
      "+ Nilvan (G1) 'Nilvan': of the places in the sentence it stands nearest to the words of the act, or is joined "
      "to it\n"
      "+ Nilvan (G1) 'Nilvan': the sentence names none; it is that of the dateline or of a sentence before\n");
}

TEST(Trace, ADenialSaysWhichTellingItIsAbout) {
  EXPECT_EQ(why("Police arrested 12 students in Nilvan on Monday. The Interior Ministry denied the report.", "arrest",
                {Slot::polarity, Slot::about}),
            "+ asserted '': no word of denial, doubt or correction reaches it\n"
            "+ denied '': the sentence disputes what the sentences before it told [denial 'denied']\n"
            "+  'arrested': it disputes the same act at the same place\n");
}

}  // namespace
}  // namespace gavah::code
