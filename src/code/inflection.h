#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gavah::code {

/// What a form of a verb says of the time of its act. `plain` is any word that is no generated verb form.
enum class VerbForm : std::uint8_t {
  plain,
  base,
  present,
  past,
  participle,
  progressive,
  future,
  subjunctive,
  infinitive
};

struct WordForm {
  std::string text;
  VerbForm form = VerbForm::plain;
  bool negative = false;  ///< «نشدند»
};

/// The five parts of an English verb that does not follow the rules.
struct IrregularVerb {
  std::string base, present, past, participle, progressive;
};

/// "arrest": arrest, arrests, arrested, arresting. Rules: -e ("raid", "seize"), consonant + y ("deny"), sibilants
/// ("launch"), and `doubled` for a doubled last letter ("ban": banned). Irregular ones are found by their base.
enum class LastLetter : std::uint8_t { single, doubled };
std::vector<WordForm> english_verb(std::string_view base, LastLetter last, const std::vector<IrregularVerb>& irregular);

/// "protest": protest, protests; "rally": rally, rallies; "clash": clash, clashes.
std::vector<WordForm> english_noun(std::string_view base);

/// Persons of an Arabic verb that news uses, without marks: of the past from its third person ("اعتقل": اعتقلت,
/// اعتقلوا; "ألقى": ألقت), of the present ("يعتقل": تعتقل, يعتقلون) with the future of each ("سيعتقل"). Active and
/// passive are written alike; negation stands in a word before («لم»).
std::vector<WordForm> arabic_past(std::string_view third_person);
std::vector<WordForm> arabic_present(std::string_view third_person);

/// Spellings of an Arabic noun or noun phrase beside the one given: with the article on its later words («طوق أمني»:
/// «طوق الأمني»; matching allows the first word's), and indefinite accusative («اعتصاما مفتوحا»). None for phrases
/// that hold a preposition; some of the others are no Arabic and match nothing.
std::vector<std::string> arabic_noun(std::string_view phrase);

/// Stems of a Persian verb. Those of speech are empty where they are as in writing: «می‌شن» has «ش» for
/// «شو».
struct PersianStems {
  std::string past, present;
  std::string spoken_present = {}, spoken_past = {};
};

/// Forms of a Persian verb, third person first and the others where news uses them: past, imperfect, perfect,
/// pluperfect, present, subjunctive, future and the infinitive, each with its negative; and those of speech
/// («می‌کنن», «نکردن», «میکنه»). «می» is written apart, which matches it joined by a ZWNJ as
/// well, because folding makes both a space; of the commonest forms also joined to the verb.
std::vector<WordForm> persian_verb(const PersianStems& stems);

/// Those in which a verb replaces another after a noun in what officials write: third persons of the past and perfect.
std::vector<WordForm> persian_told(std::string_view past);

}  // namespace gavah::code
