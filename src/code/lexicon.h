#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
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

/// Of a row whose words stand apart, «أطلق~v .. النار»: which side of the gap.
enum class Piece : std::uint8_t { whole, head, tail };

/// No act: the words of an idiom.
inline constexpr std::uint16_t kNoAct = 0xffff;

/// Contexts of a sentence as a bit set; the bits are given out by Lexicon in the order of first use.
inline constexpr std::size_t kContextLimit = 192;
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
  bool ends = false;      ///< says that the act is over («رفع حظر التجول»)
  bool topic = false;     ///< hides shorter triggers, is none itself
  bool numbered = false;  ///< counts only right after a number ("three dead")
  bool by_crowd = false;  ///< counts only within two words after people ("protesters stormed the office")
  bool plural = false;
  bool is_dual = false;   ///< a noun whose form says two
  bool has_verb = false;  ///< a generated form of a verb stands in it
  Piece piece = Piece::whole;
  std::uint8_t needs = 0;  ///< how many sets of contexts it asks for, see Lexicon::needs
  std::uint8_t zero = 0;   ///< in the place of padding
  std::uint16_t file = 0;  ///< of the lexicon, see Lexicon::row_of
  std::uint32_t line = 0;
  std::uint32_t first_need = 0;
  ContextSet contexts = {};  ///< what this word adds to its sentence
};

/// Kinds of count nouns that are no count kind of the codebook.
inline constexpr std::uint16_t kPeopleNoun = 0xfff0;  ///< counts persons; the verb says of what
inline constexpr std::uint16_t kTimeNoun = 0xfff1;
inline constexpr std::uint16_t kAgeNoun = 0xfff2;
inline constexpr std::uint16_t kOtherNoun = 0xfff3;  ///< counts nothing of ours

/// What a word is to the name of a person beside it (names.tsv), as bits: one word may be several.
enum NameRole : std::uint16_t {
  kNeverName = 1,     ///< stands where a name could and is none
  kTitle = 2,         ///< stands before a name
  kKinTitle = 4,      ///< the same; the name is that of the one whose kin or lawyer is told of
  kGroupNoun = 8,     ///< what is named after it is no person
  kNameFollows = 16,  ///< "called"
  kAgeFollows = 32,   ///< "aged"
  kYears = 64,        ///< after a number that kAgeFollows, a comma or a bracket stands before
  kYearsOld = 128,    ///< after a number: an age
  kTrade = 256,       ///< after a name and a comma: what they are
  kBeforeQuote = 512  ///< before a name in quotation marks
};

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

  /// The lexicons as bytes that open() takes as they lie: what the program carries of its own. `digest` says of which
  /// files they are.
  std::string compile(const Digest& digest) const;
  /// Over bytes of compile(), which lie on a multiple of eight and outlive every copy; shared between processes where
  /// they are the program's own. For those alone: beyond sizes nothing is checked. Nothing where they are of other
  /// files than `digest` says, or cut short.
  static std::optional<Lexicon> open(std::string_view compiled, const Digest& digest);
  /// Of all that a lexicon is made of: the files of lexicons and of the codebook.
  static Digest digest_of(const std::map<std::string_view, std::string_view>& files);

  const text::Matcher& matcher() const { return matcher_; }
  const Word& word(std::uint32_t payload) const { return words_[payload]; }
  /// One of these sets must be wholly in the sentence; none: the word asks for nothing.
  std::span<const ContextSet> needs(const Word& word) const { return needs_.subspan(word.first_need, word.needs); }
  /// The bit of a context or actor class or group ("crowd", "people", "state", "person", "number"); 0 when unknown.
  ContextSet context(std::string_view name) const;
  /// Bits of NameRole that a folded word has in a language; 0 for a word that names.tsv does not hold.
  std::uint16_t name_roles(Tongue tongue, std::string_view folded_word) const;
  /// Where the row of a word stands, "lexicon/en/cues.tsv:12".
  std::string row_of(const Word& word) const;
  /// Names of the contexts in a set, parted by commas: what a trigger needs.
  std::string context_names(const ContextSet& set) const;
  /// Calls `visit(name)` for every context in a set, in order of the bits.
  template <class Visit>
  void each_context(const ContextSet& set, Visit visit) const {
    for (std::size_t bit = 0; bit < context_names_.size(); ++bit) {
      if (set.test(bit)) visit(std::string_view(context_names_[bit]));
    }
  }
  std::size_t word_count() const { return words_.size(); }

 private:
  friend class LexiconReader;
  struct Built {
    std::vector<Word> words;
    std::vector<ContextSet> needs;
  };
  void name_contexts();

  std::map<std::string, ContextSet, std::less<>> contexts_;
  std::vector<std::string> context_names_;                             ///< by bit
  std::array<text::WordTable<std::uint16_t>, 3> names_{{{}, {}, {}}};  ///< by tongue: bits of NameRole
  std::vector<std::string> files_;
  std::shared_ptr<const Built> built_;  // what the spans lie in; nothing where open() made it
  std::span<const Word> words_;
  std::span<const ContextSet> needs_;
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

struct PersianVerb {
  std::vector<WordForm> forms;
  std::vector<WordForm> twins;  ///< of verbs that stand for it after a noun: «بازداشت گردید», «بازداشت نمودند»
};

struct PatternGrammar {
  Tongue tongue = Tongue::english;
  Inflection inflection = Inflection::known;
  std::vector<IrregularVerb> irregular;              // English
  std::map<std::string, PersianVerb> persian_verbs;  // by the past stem
};

/// Spells out "set/sets fire to", "arrest~v", "protest~n", "ban~vv", "کشته شد~v", "اعتقل~v" (past),
/// "يعتقل~p" (present and future); '|' parts whole phrases.
Result<std::vector<PatternForm>> expand_pattern(std::string_view pattern, const PatternGrammar& grammar);

}  // namespace gavah::code
