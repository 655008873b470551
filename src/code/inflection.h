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

/// Forms of a Persian verb from its stems, third person first and the others where news uses them: past, imperfect,
/// perfect, pluperfect, present, subjunctive, future and the infinitive, each with its negative. «می» is written apart,
/// which matches it joined by a ZWNJ as well, because folding makes both a space.
std::vector<WordForm> persian_verb(std::string_view past_stem, std::string_view present_stem);

}  // namespace gavah::code
