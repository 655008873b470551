#pragma once

#include <bitset>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "code/codebook.h"
#include "code/cue.h"
#include "code/inflection.h"
#include "text/text.h"

namespace gavah::code {

enum class WordKind : std::uint8_t { trigger, actor, context, noun, result, verb, cue };
enum class TriggerForm : std::uint8_t { noun, verb, phrase };
enum class Tongue : std::uint8_t { english, persian, arabic };
/// What a light verb does to the noun before it: «بازداشت کرد» is active, «بازداشت شد» passive.
enum class Voice : std::uint8_t { active, passive };
/// Where the number stands that a result word counts: «... زخمی شدند» either side of a verb; "... took part" before a
/// subject's verb; "attended by ..." after; "a crowd of ..." right after.
enum class ResultForm : std::uint8_t { verb, subject, object, before };

/// No act: the words of an idiom.
inline constexpr std::uint16_t kNoAct = 0xffff;

/// Contexts of a sentence as a bit set; the bits are given out by Lexicon in the order of first use.
inline constexpr std::size_t kContextLimit = 128;
using ContextSet = std::bitset<kContextLimit>;

/// What one row of a lexicon says of a matched form.
struct Word {
  WordKind kind = WordKind::cue;
  Tongue tongue = Tongue::english;
  /// Index into the codebook: act (or kNoAct), actor class, count kind (noun: or one of the NounKind values below).
  std::uint16_t value = 0;
  Cue cue = Cue::none;
  TriggerForm form = TriggerForm::noun;
  ResultForm result = ResultForm::verb;
  Voice voice = Voice::active;
  VerbForm verb = VerbForm::plain;
  bool negative = false;
  bool weak = false;      ///< needs an actor, place, day or number in its sentence
  bool umbrella = false;  ///< names many acts at once
  bool topic = false;     ///< hides shorter triggers, is none itself
  bool numbered = false;  ///< counts only right after a number ("three dead")
  bool plural = false;
  std::uint16_t file = 0;  ///< of the lexicon, see Lexicon::row_of
  std::uint32_t line = 0;
  ContextSet contexts = {};            ///< what this word adds to its sentence
  std::vector<ContextSet> needs = {};  ///< one of these sets must be wholly in the sentence; empty: no need
};

/// Kinds of count nouns that are no count kind of the codebook.
inline constexpr std::uint16_t kPeopleNoun = 0xfff0;  ///< counts persons; the verb says of what
inline constexpr std::uint16_t kTimeNoun = 0xfff1;
inline constexpr std::uint16_t kAgeNoun = 0xfff2;
inline constexpr std::uint16_t kOtherNoun = 0xfff3;  ///< counts nothing of ours

/// The words of all languages with one automaton over them. Immutable.
class Lexicon {
 public:
  /// `files` by name ("lexicon/en/triggers.tsv"). Beside en, fa and ar any folder with a language.tsv is read, of
  /// which every file but that may be missing. Fails with file and line on a row that breaks the schema: too few
  /// columns, an unknown act, class, kind, cue, form or flag, a pattern of more than kPatternLimitForms forms.
  static Result<Lexicon> build(const std::map<std::string_view, std::string_view>& files, const Codebook& codebook);

  /// Adds to `out` every row that build() would refuse, rows that stand twice, and acts that no row names.
  static void check(const std::map<std::string_view, std::string_view>& files, const Codebook& codebook,
                    std::vector<Finding>& out);

  const text::Matcher& matcher() const { return matcher_; }
  const Word& word(std::uint32_t payload) const { return words_[payload]; }
  /// The bit of a context or actor class or group ("crowd", "people", "state", "person", "number"); 0 when unknown.
  ContextSet context(std::string_view name) const;
  /// Where the row of a word stands, "lexicon/en/cues.tsv:12".
  std::string row_of(const Word& word) const;
  /// Names of the contexts in a set, parted by commas: what a trigger needs.
  std::string context_names(const ContextSet& set) const;
  std::size_t word_count() const { return words_.size(); }

 private:
  friend class LexiconReader;
  std::map<std::string, ContextSet, std::less<>> contexts_;
  std::vector<Word> words_;
  std::vector<std::string> files_;
  text::Matcher matcher_;
};

inline constexpr std::size_t kPatternLimitForms = 4096;

/// One spelling of a pattern with what its verb form says.
struct PatternForm {
  std::string text;
  VerbForm verb = VerbForm::plain;
  bool negative = false;
  bool plural = false;
  bool has_verb = false;  ///< a generated verb form stands in it
};

/// Whether the forms of a language's verbs and nouns can be generated; a language that was added writes them out.
enum class Inflection : std::uint8_t { known, none };

struct PatternGrammar {
  Tongue tongue = Tongue::english;
  Inflection inflection = Inflection::known;
  std::vector<IrregularVerb> irregular;              // English
  std::map<std::string, std::string> present_stems;  // Persian: past stem to present stem
};

/// Spells out "set/sets fire to", "arrest~v", "protest~n", "ban~vv", "کشته شد~v", "اعتقل~v" (past),
/// "يعتقل~p" (present and future).
Result<std::vector<PatternForm>> expand_pattern(std::string_view pattern, const PatternGrammar& grammar);

}  // namespace gavah::code
