#include "code/lexicon.h"

#include <algorithm>
#include <array>
#include <set>

namespace gavah::code {
namespace {

std::vector<std::string_view> columns_of(std::string_view line) {
  std::vector<std::string_view> out;
  while (true) {
    const auto cut = line.find('\t');
    out.push_back(line.substr(0, cut));
    if (cut == std::string_view::npos) return out;
    line.remove_prefix(cut + 1);
  }
}

/// Groups of actor classes that triggers ask for beside the classes themselves.
struct ClassGroup {
  std::string_view group;
  std::string_view actor_class;
};
constexpr std::array<ClassGroup, 38> kGroups{{
    {"crowd", "protesters"},   {"crowd", "rioters"},         {"crowd", "workers"},         {"crowd", "traders"},
    {"crowd", "students"},     {"crowd", "activists"},       {"crowd", "opposition"},      {"crowd", "minority group"},
    {"people", "civilians"},   {"people", "families"},       {"people", "witnesses"},      {"people", "protesters"},
    {"people", "workers"},     {"people", "traders"},        {"people", "students"},       {"people", "activists"},
    {"state", "police"},       {"state", "military"},        {"state", "security forces"}, {"state", "plainclothes"},
    {"state", "intelligence"}, {"state", "pro-state group"}, {"state", "government"},      {"state", "judiciary"},
    {"state", "prison"},       {"person", "protesters"},     {"person", "workers"},        {"person", "traders"},
    {"person", "students"},    {"person", "activists"},      {"person", "prisoners"},      {"person", "journalists"},
    {"person", "lawyers"},     {"person", "civilians"},      {"person", "families"},       {"person", "minority group"},
    {"person", "opposition"},  {"people", "opposition"},
}};

/// Contexts that the coder itself sets.
constexpr std::array<std::string_view, 8> kBuiltIn{"crowd",  "people",   "state", "person",
                                                   "number", "umbrella", "march", "time-idiom"};

}  // namespace

/// Reads the files of the lexicons into one Lexicon.
class LexiconReader {
 public:
  /// Where `findings` is given, wrong rows go there and reading goes on.
  explicit LexiconReader(const Codebook& codebook, std::vector<Finding>* findings = nullptr)
      : codebook_(codebook), findings_(findings) {
    for (const auto name : kBuiltIn) {
      lexicon_.contexts_.emplace(name, ContextSet{1} << lexicon_.contexts_.size());
    }
  }

  Result<Lexicon> read(const std::map<std::string_view, std::string_view>& files) {
    GAVAH_ASSIGN(const std::vector<Language> languages, languages_of(files));
    // Contexts and actors first: they define the names that triggers need.
    for (const Language& lang : languages) {
      GAVAH_TRY(read_grammar(lang, files));
      GAVAH_TRY(read_file(lang, "context.tsv", files, &LexiconReader::read_context));
      GAVAH_TRY(read_file(lang, "actors.tsv", files, &LexiconReader::read_actor));
    }
    for (const Language& lang : languages) {
      GAVAH_TRY(read_grammar(lang, files));
      GAVAH_TRY(read_file(lang, "triggers.tsv", files, &LexiconReader::read_trigger));
      GAVAH_TRY(read_file(lang, "count_nouns.tsv", files, &LexiconReader::read_noun));
      GAVAH_TRY(read_file(lang, "results.tsv", files, &LexiconReader::read_result));
      GAVAH_TRY(read_file(lang, "cues.tsv", files, &LexiconReader::read_cue));
      GAVAH_TRY(read_file(lang, "names.tsv", files, &LexiconReader::read_name));
      if (lang.code == "fa") GAVAH_TRY(read_file(lang, "verbs.tsv", files, &LexiconReader::read_verb));
    }
    if (findings_ != nullptr) find_undone();
    lexicon_.name_contexts();
    GAVAH_ASSIGN(lexicon_.matcher_, text::Matcher::build(patterns_));
    const auto built = std::make_shared<const Lexicon::Built>(std::move(words_), std::move(needs_));
    lexicon_.words_ = built->words;
    lexicon_.needs_ = built->needs;
    lexicon_.built_ = built;
    return std::move(lexicon_);
  }

 private:
  /// A folder of lexicons. One that was added follows the order of words of a language that the rules know.
  struct Language {
    std::string code;
    Tongue tongue = Tongue::english;
    bool is_added = false;
  };

  static constexpr std::string_view kGap = " .. ";
  static constexpr std::uint8_t kNeedsLimit = 0xFF;  // of a row

  using Columns = std::vector<std::string_view>;
  using RowReader = Result<void> (LexiconReader::*)(const Columns&);

  static std::unexpected<Error> wrong(std::string_view what, std::string_view value) {
    return fail(ErrorCode::invalid_input, std::string(what).append(" '").append(value).append("'"));
  }

  template <class List>
  static std::vector<std::string> keys_of(const List& list) {
    std::vector<std::string> keys;
    for (const auto& item : list) keys.push_back(item.key);
    return keys;
  }

  /// "unknown act 'arest': did you mean 'arrest'? They are listed in codebook/acts.json"
  static std::unexpected<Error> unknown(std::string_view what, std::string_view value,
                                        const std::vector<std::string>& known, std::string_view where) {
    const auto nearest = nearest_spelling(value, known);
    std::string message = std::string("unknown ").append(what).append(" '").append(value).append("'");
    if (!nearest.empty()) message.append(": did you mean '").append(nearest).append("'?");
    return fail(ErrorCode::invalid_input,
                message.append(nearest.empty() ? ": " : " ").append("they are listed in ").append(where));
  }

  Result<ContextSet> bit(std::string_view name) {
    const auto found = lexicon_.contexts_.find(name);
    if (found != lexicon_.contexts_.end()) return found->second;
    if (lexicon_.contexts_.size() >= kContextLimit) return wrong("no bit is left for context", name);
    const ContextSet set = ContextSet{1} << lexicon_.contexts_.size();
    lexicon_.contexts_.emplace(name, set);
    return set;
  }

  /// The three of this program, then those whose folder has a language.tsv, in order of their codes.
  Result<std::vector<Language>> languages_of(const std::map<std::string_view, std::string_view>& files) {
    std::vector<Language> out{{"en", Tongue::english}, {"fa", Tongue::persian}, {"ar", Tongue::arabic}};
    constexpr std::string_view kFolder = "lexicon/";
    constexpr std::string_view kFile = "/language.tsv";
    for (const auto& [name, bytes] : files) {
      if (!name.starts_with(kFolder) || !name.ends_with(kFile)) continue;
      const auto code = name.substr(kFolder.size(), name.size() - kFolder.size() - kFile.size());
      if (std::ranges::find(out, code, &Language::code) != out.end())
        return wrong("language.tsv is for languages that are added, not for", code);
      out.push_back({std::string(code), Tongue::english, true});
      followed_.reset();
      GAVAH_TRY(read_file(out.back(), "language.tsv", files, &LexiconReader::read_language));
      if (!followed_) return wrong(std::string(name) + ": a row 'follows' is needed in", bytes.substr(0, 40));
      out.back().tongue = *followed_;
    }
    return out;
  }

  /// "follows<TAB>persian"
  Result<void> read_language(const Columns& row) {
    constexpr std::array<std::string_view, 3> kTongues{"english", "persian", "arabic"};
    if (row[0] != "follows") return wrong("the only row of language.tsv is 'follows', not", row[0]);
    const auto found = std::ranges::find(kTongues, row[1]);
    if (found == kTongues.end()) return wrong("a language follows english, persian or arabic, not", row[1]);
    followed_ = static_cast<Tongue>(found - kTongues.begin());
    return {};
  }

  Result<void> read_file(const Language& lang, std::string_view name,
                         const std::map<std::string_view, std::string_view>& files, RowReader reader) {
    const std::string path = std::string("lexicon/").append(lang.code).append("/").append(name);
    const auto found = files.find(path);
    if (found == files.end() && lang.is_added) return {};
    if (found == files.end()) return fail(ErrorCode::invalid_input, "missing data file " + path);
    std::string_view rest = found->second;
    lexicon_.files_.push_back(path);
    std::uint32_t& line_number = line_number_;
    for (line_number = 1; !rest.empty(); ++line_number) {
      const auto cut = rest.find('\n');
      auto line = rest.substr(0, cut);
      rest.remove_prefix(cut == std::string_view::npos ? rest.size() : cut + 1);
      if (line.ends_with('\r')) line.remove_suffix(1);  // saved by an editor that ends lines so
      if (line.empty() || line.front() == '#') continue;
      const auto columns = columns_of(line);
      const auto read = columns.size() < 2 ? Result<void>(wrong("too few columns (they are parted by tabs) in", line))
                                           : (this->*reader)(columns);
      if (read) continue;
      if (findings_ == nullptr)
        return fail_with(Result<void>(std::unexpected(read.error())), path + ":" + std::to_string(line_number));
      findings_->push_back({path, line_number, read.error().sentence()});
    }
    if (findings_ != nullptr) find_doubles(path, found->second);
    return {};
  }

  /// Rows that say the same of the same words.
  void find_doubles(const std::string& path, std::string_view rest) {
    std::map<std::string_view, std::uint32_t> seen;
    if (!checked_.insert(path).second) return;
    for (std::uint32_t number = 1; !rest.empty(); ++number) {
      const auto cut = rest.find('\n');
      const auto line = rest.substr(0, cut);
      rest.remove_prefix(cut == std::string_view::npos ? rest.size() : cut + 1);
      if (line.empty() || line.front() == '#') continue;
      const auto [first, is_new] = seen.emplace(line, number);
      if (!is_new) {
        findings_->push_back(
            {path, number,
             "the row stands twice, first in line " + std::to_string(first->second) + ": take one of them out"});
      }
    }
  }

  /// The words of patterns `first` to `past`, which are of one row: «head .. tail» of all its forms where it has a gap.
  std::vector<std::string> words_of_row(std::size_t first, std::size_t past) const {
    std::vector<std::string> heads;
    std::vector<std::string> out;
    for (std::size_t i = first; i < past; ++i) {
      std::string words = text::folded_key(patterns_[i].text);
      if (words_[i].piece == Piece::head) {
        heads.push_back(std::move(words));
      } else if (words_[i].piece == Piece::whole) {
        out.push_back(std::move(words));
      } else {
        for (const std::string& head : heads) out.push_back(head + std::string(kGap) + words);
      }
    }
    return out;
  }

  /// For each trigger row its patterns, first to past.
  std::vector<std::pair<std::size_t, std::size_t>> trigger_rows() const {
    std::vector<std::pair<std::size_t, std::size_t>> out;
    for (std::size_t i = 0; i < patterns_.size(); ++i) {
      const Word& word = words_[i];
      if (word.kind != WordKind::trigger) continue;
      const bool is_same_row =
          !out.empty() && out.back().second == i && words_[i - 1].file == word.file && words_[i - 1].line == word.line;
      if (is_same_row) {
        ++out.back().second;
      } else {
        out.emplace_back(i, i + 1);
      }
    }
    return out;
  }

  /// Trigger rows that ask nothing of their sentence, where another row asks something for the same words and act.
  void find_undone() {
    const auto is_guarded = [](const Word& word) {
      return word.weak || word.numbered || word.by_crowd || word.needs > 0;
    };
    using Key = std::tuple<std::uint16_t, std::uint16_t, std::string>;  // file, act, words
    std::map<Key, std::uint32_t> guarded;                               // line of the first row that asks
    const auto rows = trigger_rows();
    for (const auto& [first, past] : rows) {
      const Word& word = words_[first];
      if (!is_guarded(word)) continue;
      for (std::string& words : words_of_row(first, past))
        guarded.emplace(Key{word.file, word.value, std::move(words)}, word.line);
    }
    for (const auto& [first, past] : rows) {
      const Word& word = words_[first];
      if (word.value == kNoAct || is_guarded(word)) continue;
      std::set<std::uint32_t> said;
      for (const std::string& words : words_of_row(first, past)) {
        const auto other = guarded.find(Key{word.file, word.value, words});
        if (other == guarded.end() || !said.insert(other->second).second) continue;
        findings_->push_back({lexicon_.files_[word.file], word.line,
                              "'" + words + "' needs nothing here, which undoes line " + std::to_string(other->second) +
                                  ", where the same words of the same act need others beside them: take it out of one "
                                  "of the two"});
      }
    }
  }

  Result<void> read_grammar(const Language& lang, const std::map<std::string_view, std::string_view>& files) {
    grammar_ = {.tongue = lang.tongue,
                .inflection = lang.is_added ? Inflection::none : Inflection::known,
                .irregular = {},
                .persian_verbs = {}};
    if (lang.is_added || lang.tongue == Tongue::arabic) return {};
    if (lang.tongue == Tongue::english) return read_file(lang, "irregular.tsv", files, &LexiconReader::read_irregular);
    return read_file(lang, "verbs.tsv", files, &LexiconReader::read_stem);
  }

  Result<void> read_irregular(const Columns& row) {
    if (row.size() < 5) return wrong("five forms are needed, not", row.front());
    grammar_.irregular.push_back(
        {std::string(row[0]), std::string(row[1]), std::string(row[2]), std::string(row[3]), std::string(row[4])});
    return {};
  }

  Result<void> read_stem(const Columns& row) {
    const auto spoken = [&](std::size_t column) {
      return row.size() > column && row[column] != "-" ? std::string(row[column]) : std::string();
    };
    grammar_.persian_verbs[std::string(row[0])].forms =
        persian_verb({std::string(row[0]), std::string(row[1]), spoken(3), spoken(4)});
    if (const auto other = spoken(5); !other.empty()) {
      auto& twins = grammar_.persian_verbs[other].twins;
      for (auto& form : persian_told(row[0])) twins.push_back(std::move(form));
    }
    return {};
  }

  Result<void> add(std::string_view pattern, Word word, text::WordEdge edge = text::WordEdge::inflected) {
    GAVAH_ASSIGN(auto forms, expand_pattern(pattern, grammar_));
    if (word.kind == WordKind::actor && grammar_.tongue == Tongue::arabic) add_constructs(forms);
    if (word.kind == WordKind::actor || (word.kind == WordKind::trigger && word.form == TriggerForm::noun))
      add_noun_forms(forms);
    word.tongue = grammar_.tongue;
    word.file = static_cast<std::uint16_t>(lexicon_.files_.size() - 1);
    word.line = line_number_;
    for (const auto& form : forms) {
      word.verb = form.verb;
      word.negative = form.negative;
      word.plural = form.plural;
      word.has_verb = form.has_verb;
      // Arabic attaches "and" and pronouns to verbs too.
      const bool exact = grammar_.tongue == Tongue::english || (form.has_verb && grammar_.tongue != Tongue::arabic);
      patterns_.push_back({form.text, static_cast<std::uint32_t>(words_.size()), exact ? text::WordEdge::exact : edge});
      words_.push_back(word);
    }
    return {};
  }

  /// «معلمو المدرسة», «معلمي المدرسة»: a sound plural before the noun whose people they are.
  void add_constructs(std::vector<PatternForm>& forms) const {
    if (grammar_.inflection == Inflection::none) return;
    constexpr std::string_view kNun = "ن";
    const std::size_t written = forms.size();
    for (std::size_t i = 0; i < written; ++i) {
      PatternForm form = forms[i];
      const bool is_sound_plural = form.text.ends_with("ون") || form.text.ends_with("ين");
      if (!is_sound_plural || form.text.starts_with("ال") || form.text.find(' ') != std::string::npos) continue;
      form.text.resize(form.text.size() - kNun.size());
      forms.push_back(std::move(form));
    }
  }

  /// Forms of nouns that no row writes out: Arabic as arabic_noun() has them, the Persian plural of speech («مأمورا»).
  void add_noun_forms(std::vector<PatternForm>& forms) const {
    if (grammar_.inflection == Inflection::none || grammar_.tongue == Tongue::english) return;
    const std::size_t written = forms.size();
    for (std::size_t i = 0; i < written; ++i) {
      PatternForm form = forms[i];
      if (form.has_verb) continue;
      if (grammar_.tongue == Tongue::persian) {
        const bool takes_alef = form.text.find(' ') == std::string::npos && !form.text.ends_with("ا") &&
                                !form.text.ends_with("ه") && !form.text.ends_with("ی");
        if (!takes_alef) continue;
        form.text += "ا";
        form.plural = true;
        forms.push_back(form);
        continue;
      }
      for (auto& spelling : arabic_noun(form.text)) {
        form.text = std::move(spelling);
        forms.push_back(form);
      }
    }
  }

  Result<void> read_context(const Columns& row) {
    Word word{.kind = WordKind::context};
    GAVAH_ASSIGN(word.contexts, bit(row[1]));
    return add(row[0], word);
  }

  Result<void> read_actor(const Columns& row) {
    const auto actor_class = codebook_.actor_class_named(row[1]);
    if (!actor_class)
      return unknown("actor class", row[1], keys_of(codebook_.actor_classes()), "codebook/codes.json (actor_classes)");
    Word word{.kind = WordKind::actor, .value = static_cast<std::uint16_t>(*actor_class)};
    GAVAH_ASSIGN(word.contexts, bit(row[1]));
    for (const auto& group : kGroups) {
      if (group.actor_class != row[1]) continue;
      GAVAH_ASSIGN(const auto set, bit(group.group));
      word.contexts |= set;
    }
    return add(row[0], word);
  }

  Result<void> read_needs(std::string_view needs, Word& word) {
    while (!needs.empty()) {
      const auto cut = needs.find('|');
      std::string_view all = needs.substr(0, cut);
      needs.remove_prefix(cut == std::string_view::npos ? needs.size() : cut + 1);
      ContextSet set;
      while (!all.empty()) {
        const auto ampersand = all.find('&');
        const auto found = lexicon_.contexts_.find(all.substr(0, ampersand));
        if (found == lexicon_.contexts_.end())
          return wrong("no context or actor class is called", all.substr(0, ampersand));
        set |= found->second;
        all.remove_prefix(ampersand == std::string_view::npos ? all.size() : ampersand + 1);
      }
      if (word.needs == kNeedsLimit) return wrong("too many needs:", needs);
      if (word.needs == 0) word.first_need = static_cast<std::uint32_t>(needs_.size());
      needs_.push_back(set);
      ++word.needs;
    }
    return {};
  }

  /// "weak,needs=a|b,umbrella"
  Result<void> read_flags(std::string_view flags, Word& word) {
    while (!flags.empty()) {
      const auto cut = flags.find(',');
      const auto flag = flags.substr(0, cut);
      flags.remove_prefix(cut == std::string_view::npos ? flags.size() : cut + 1);
      if (flag == "weak") {
        word.weak = true;
      } else if (flag == "umbrella") {
        word.umbrella = true;
      } else if (flag == "ended") {
        word.ends = true;
      } else if (flag == "topic") {
        word.topic = true;
      } else if (flag == "numbered") {
        word.numbered = true;
      } else if (flag == "crowd") {
        word.by_crowd = true;
      } else if (flag.starts_with("needs=")) {
        GAVAH_TRY(read_needs(flag.substr(6), word));
      } else {
        return wrong("unknown flag", flag);
      }
    }
    return {};
  }

  Result<void> read_trigger(const Columns& row) {
    if (row.size() < 3) return wrong("a trigger needs pattern, act and form, not", row.front());
    Word word{.kind = WordKind::trigger, .value = kNoAct};
    if (row[1] != "-") {
      const auto act = codebook_.act_named(row[1]);
      if (!act) return unknown("act", row[1], keys_of(codebook_.acts()), "codebook/acts.json");
      word.value = static_cast<std::uint16_t>(*act);
    }
    if (row[2] != "n" && row[2] != "v" && row[2] != "x") return wrong("the form is none of n, v, x:", row[2]);
    word.form = row[2] == "n" ? TriggerForm::noun : row[2] == "v" ? TriggerForm::verb : TriggerForm::phrase;
    if (row.size() > 3) GAVAH_TRY(read_flags(row[3], word));
    const auto gap = row[0].find(kGap);
    if (gap == std::string_view::npos) return add(row[0], word);
    if (row[0].find(kGap, gap + kGap.size()) != std::string_view::npos)
      return wrong("a pattern has one gap ' .. ' at most:", row[0]);
    word.piece = Piece::head;
    GAVAH_TRY(add(row[0].substr(0, gap), word));
    word.piece = Piece::tail;
    return add(row[0].substr(gap + kGap.size()), word);
  }

  Result<void> read_noun(const Columns& row) {
    constexpr std::array<std::pair<std::string_view, std::uint16_t>, 4> kKinds{
        {{"people", kPeopleNoun}, {"time", kTimeNoun}, {"age", kAgeNoun}, {"thing", kOtherNoun}}};
    Word word{.kind = WordKind::noun};
    if (row.size() > 2 && row[2] != "two")
      return wrong("after the kind of a noun stands 'two' or nothing, not", row[2]);
    word.is_dual = row.size() > 2;
    const auto found = std::ranges::find(kKinds, row[1], &std::pair<std::string_view, std::uint16_t>::first);
    if (found != kKinds.end()) {
      word.value = found->second;
    } else {
      const auto kind = codebook_.count_kind_named(row[1]);
      if (!kind) return unknown("count kind", row[1], codebook_.count_kinds(), "codebook/codes.json (count_kinds)");
      word.value = static_cast<std::uint16_t>(*kind);
    }
    return add(row[0], word);
  }

  Result<void> read_name(const Columns& row) {
    constexpr std::array<std::pair<std::string_view, std::uint16_t>, 10> kRoles{{{"never", kNeverName},
                                                                                 {"title", kTitle},
                                                                                 {"kin", kTitle | kKinTitle},
                                                                                 {"group", kGroupNoun},
                                                                                 {"called", kNameFollows},
                                                                                 {"age", kAgeFollows},
                                                                                 {"years", kYears},
                                                                                 {"aged", kYearsOld},
                                                                                 {"trade", kTrade},
                                                                                 {"quoted", kBeforeQuote}}};
    const auto found = std::ranges::find(kRoles, row[1], &std::pair<std::string_view, std::uint16_t>::first);
    if (found == kRoles.end())
      return wrong("a word beside names is never, title, kin, group, called, age, years, aged, trade or quoted, not",
                   row[1]);
    auto& roles = lexicon_.names_.at(static_cast<std::size_t>(grammar_.tongue)).at(row[0]);
    roles = static_cast<std::uint16_t>(roles | found->second);
    return {};
  }

  Result<void> read_result(const Columns& row) {
    const auto kind = codebook_.count_kind_named(row[1]);
    if (!kind) return unknown("count kind", row[1], codebook_.count_kinds(), "codebook/codes.json (count_kinds)");
    constexpr std::array<std::string_view, 4> kForms{"verb", "subject", "object", "before"};
    const auto form = row.size() > 2 ? std::ranges::find(kForms, row[2]) : kForms.end();
    if (form == kForms.end()) return wrong("the form is none of verb, subject, object, before:", row.back());
    return add(row[0], {
                           .kind = WordKind::result,
                           .value = static_cast<std::uint16_t>(*kind),
                           .result = static_cast<ResultForm>(form - kForms.begin()),
                       });
  }

  Result<void> read_cue(const Columns& row) {
    Word word{.kind = WordKind::cue};
    GAVAH_ASSIGN(word.cue, cue_from(row[1]));
    if (word.cue == Cue::umbrella) word.contexts = *bit("umbrella");
    // «ونفت الوزارة»; the short ones would be found inside other words.
    constexpr std::size_t kShortBytes = 4;
    const bool attached = grammar_.tongue == Tongue::arabic && row[0].size() > kShortBytes;
    return add(row[0], word, attached ? text::WordEdge::inflected : text::WordEdge::exact);
  }

  Result<void> read_verb(const Columns& row) {
    if (row.size() < 3) return wrong("a verb needs two stems and a role, not", row.front());
    if (row[2] == "full") return {};
    if (row[2] != "light" && row[2] != "passive") return wrong("the role is none of light, passive, full:", row[2]);
    const Word word{.kind = WordKind::verb, .voice = row[2] == "passive" ? Voice::passive : Voice::active};
    return add(std::string(row[0]) + "~v", word);
  }

  const Codebook& codebook_;
  Lexicon lexicon_;
  PatternGrammar grammar_;
  std::vector<text::Matcher::Pattern> patterns_;
  std::vector<Word> words_;  ///< of the pattern of the same number
  std::vector<ContextSet> needs_;
  std::vector<Finding>* findings_;
  std::set<std::string> checked_;   ///< files whose doubled rows were looked for
  std::optional<Tongue> followed_;  ///< by the language whose language.tsv is read
  std::uint32_t line_number_ = 0;   ///< of the row that is being read
};

void Lexicon::check(const std::map<std::string_view, std::string_view>& files, const Codebook& codebook,
                    std::vector<Finding>& out) {
  const auto lexicon = LexiconReader(codebook, &out).read(files);
  if (!lexicon) {
    out.push_back({"lexicon", 0, lexicon.error().sentence()});
    return;
  }
  std::set<std::uint16_t> named;
  for (const Word& word : lexicon->words_) {
    if (word.kind == WordKind::trigger) named.insert(word.value);
  }
  for (std::size_t i = 0; i < codebook.acts().size(); ++i) {
    if (named.contains(static_cast<std::uint16_t>(i))) continue;
    out.push_back({"codebook/acts.json", 0,
                   "no row of a triggers.tsv names the act '" + codebook.acts()[i].key +
                       "', so that nothing is coded as it: add one, WORDS<tab>" + codebook.acts()[i].key +
                       "<tab>n (or v, x)"});
  }
}

Result<Lexicon> Lexicon::build(const std::map<std::string_view, std::string_view>& files, const Codebook& codebook) {
  return LexiconReader(codebook).read(files);
}

void Lexicon::name_contexts() {
  context_names_.resize(contexts_.size());
  for (const auto& [name, set] : contexts_) {
    for (std::size_t bit = 0; bit < context_names_.size(); ++bit) {
      if (set.test(bit)) context_names_[bit] = name;
    }
  }
}

std::string Lexicon::row_of(const Word& word) const { return files_[word.file] + ":" + std::to_string(word.line); }

std::string Lexicon::context_names(const ContextSet& set) const {
  std::string out;
  for (const auto& [name, bit] : contexts_) {
    if ((bit & set).any()) out.append(out.empty() ? "" : ", ").append(name);
  }
  return out;
}

std::uint16_t Lexicon::name_roles(Tongue tongue, std::string_view folded_word) const {
  const std::uint16_t* const roles = names_.at(static_cast<std::size_t>(tongue)).find(folded_word);
  return roles == nullptr ? std::uint16_t{0} : *roles;
}

ContextSet Lexicon::context(std::string_view name) const {
  const auto found = contexts_.find(name);
  return found == contexts_.end() ? ContextSet{} : found->second;
}

}  // namespace gavah::code
