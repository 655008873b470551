#include "code/naming.h"

#include <algorithm>
#include <array>

namespace gavah::code {
namespace {

/// Given name, family name and what a zero-width space parts in them; in Arabic also the father's.
constexpr std::uint32_t kNameLimitTokens = 5;
constexpr std::int64_t kAgeLimitYears = 120;

class NameFinder {
 public:
  NameFinder(const SentenceScan& sentence, const Scan& scan, const std::vector<Teller>& tellers)
      : sentence_(sentence), scan_(scan), tellers_(tellers) {
    mark_known();
  }

  std::vector<NamedPerson> run() {
    for (const text::Number* number : sentence_.numbers) find_before_age(*number);
    for (std::uint32_t i = sentence_.tokens.first; i < sentence_.tokens.past; ++i) {
      find_after_naming(i);
      if (is(i, kTitle)) find_after_title(i);
      if (is(i, kTrade)) find_before_trade(i);
    }
    for (const TokenRange& quote : sentence_.quotes) find_in_quote(quote);
    std::ranges::sort(found_, {}, [](const NamedPerson& named) { return named.tokens.first; });
    return std::move(found_);
  }

 private:
  /// Whether a word has a role in names.tsv.
  bool is(std::uint32_t token, NameRole role) const {
    return (scan_.lexicon().name_roles(sentence_.tongue, scan_.folded(token)) & role) != 0;
  }

  void mark_known() {
    known_.resize(sentence_.tokens.past - sentence_.tokens.first);
    const auto mark = [&](std::uint32_t first, std::uint32_t past) {
      for (std::uint32_t i = std::max(first, sentence_.tokens.first); i < std::min(past, sentence_.tokens.past); ++i)
        known_[i - sentence_.tokens.first] = true;
    };
    for (const auto* hits : {&sentence_.triggers, &sentence_.actors, &sentence_.nouns, &sentence_.results,
                             &sentence_.verbs, &sentence_.cues}) {
      for (const Hit& hit : *hits) mark(hit.first, hit.past);
    }
    for (const text::Number* number : sentence_.numbers) mark(number->first_token, number->past_token);
    for (const TimeHit* time : sentence_.times) mark(time->first, time->past);
    for (const PlaceHit* place : sentence_.places) mark(place->first, place->past);
  }

  bool may_be_name(std::uint32_t token) const {
    if (!sentence_.tokens.holds(token) || known_[token - sentence_.tokens.first]) return false;
    if (scan_.reading().tokens()[token].kind != text::TokenKind::word) return false;
    const auto word = scan_.folded(token);
    // Persian and Arabic letters take two bytes: one letter alone is none.
    if (word.size() < 4 || is(token, kNeverName) || is(token, kTitle)) return false;
    if (sentence_.tongue != Tongue::arabic) return true;
    constexpr std::string_view kAttached[]{"بال", "لل", "وال", "فال", "کال"};
    return std::ranges::none_of(kAttached, [&](std::string_view prefix) { return word.starts_with(prefix); });
  }

  std::uint32_t run_past(std::uint32_t first) const {
    std::uint32_t past = first;
    while (past - first <= kNameLimitTokens && may_be_name(past)) ++past;
    return past;
  }

  bool is_taken(std::uint32_t first, std::uint32_t past) const {
    return std::ranges::any_of(
        found_, [&](const NamedPerson& other) { return first < other.tokens.past && other.tokens.first < past; });
  }

  void add(std::uint32_t first, std::uint32_t past, std::optional<std::int64_t> age = std::nullopt) {
    if (past <= first || past - first > kNameLimitTokens || is_taken(first, past)) return;
    NamedPerson named;
    named.tokens = {first, past};
    named.person.span = scan_.span_of(first, past);
    named.person.name = std::string(scan_.words(*named.person.span));
    named.person.age = age;
    found_.push_back(std::move(named));
    add_next(past);
  }

  /// «... ۳۳ ساله و همسرش پروانه», «... (34 عاما) وتيم القندلي»: the one after "and" too.
  void add_next(std::uint32_t past) {
    constexpr std::uint32_t kAgeTokens = 5;  // ( 34 years of age )
    std::uint32_t at = past;
    while (at < sentence_.tokens.past && at - past < kAgeTokens &&
           (known_[at - sentence_.tokens.first] || scan_.reading().tokens()[at].kind != text::TokenKind::word) &&
           scan_.folded(at) != "و")
      ++at;
    if (at >= sentence_.tokens.past) return;
    const auto word = scan_.folded(at);
    if (sentence_.tongue == Tongue::arabic) {
      add_attached(at, word);
      return;
    }
    if (word != "و" || at + 1 >= sentence_.tokens.past) return;
    const bool kin = std::ranges::any_of(sentence_.actors, [&](const Hit& hit) { return hit.first == at + 1; });
    if (!kin) return;
    const std::uint32_t first = at + 2;
    const std::uint32_t end = run_past(first);
    if (end > first && !is_taken(first, end) && end - first <= 3) push(first, end, 0);
  }

  void add_attached(std::uint32_t at, std::string_view word) {
    constexpr std::string_view kAnd = "و";
    const std::uint32_t end = run_past(at);
    // The letter as it stands in the text: a presentation form of it has more bytes.
    const bool attached = scan_.words(scan_.span_of(at, at + 1)).starts_with(kAnd);
    const bool names =
        attached && word.starts_with(kAnd) && word.size() > 2 * kAnd.size() && end - at >= 2 && end - at <= 3;
    if (names && !is_taken(at, end)) push(at, end, kAnd.size());
  }

  void push(std::uint32_t first, std::uint32_t past, std::size_t skip_bytes) {
    NamedPerson named;
    named.tokens = {first, past};
    Span span = scan_.span_of(first, past);
    span.begin += static_cast<std::uint32_t>(skip_bytes);
    named.person.span = span;
    named.person.name = std::string(scan_.words(span));
    found_.push_back(std::move(named));
  }

  /// «۲۳ ساله», «(34 عاما», «العمر 34 سنة»: the number is an age in years.
  bool is_age(const text::Number& number) const {
    if (!number.low || number.low != number.high || *number.low > kAgeLimitYears ||
        number.form == text::NumberForm::ordinal || number.past_token >= sentence_.tokens.past)
      return false;
    if (is(number.past_token, kYearsOld)) return true;
    if (!is(number.past_token, kYears) || number.first_token == sentence_.tokens.first) return false;
    return announces_age(number.first_token - 1);
  }

  bool announces_age(std::uint32_t token) const {
    const auto word = scan_.folded(token);
    return word == "," || word == "(" || is(token, kAgeFollows);
  }

  /// Where the name must end: before comma, bracket, "aged", and a trade between commas («، وکیل ۵۲ ساله»).
  std::uint32_t name_end(std::uint32_t token) const {
    constexpr std::uint32_t kBetweenTokens = 6;
    std::uint32_t end = token;
    while (end > sentence_.tokens.first && token - end < kBetweenTokens) {
      const auto trade = std::ranges::find(sentence_.actors, end, &Hit::past);
      if (announces_age(end - 1)) {
        --end;
      } else if (trade != sentence_.actors.end() && trade->first > sentence_.tokens.first &&
                 scan_.folded(trade->first - 1) == ",") {
        end = trade->first;
      } else {
        break;
      }
    }
    return end;
  }

  void find_before_age(const text::Number& number) {
    if (!is_age(number)) return;
    const std::uint32_t past = name_end(number.first_token);
    std::uint32_t first = past;
    while (first > sentence_.tokens.first && past - first < kNameLimitTokens && may_be_name(first - 1)) --first;
    // One word alone is a name only where a title says so.
    const bool titled = first > sentence_.tokens.first && is(first - 1, kTitle);
    if (past - first >= 2 || (past > first && titled)) add(first, past, number.low);
  }

  /// «به نام X», «نام او X», «يدعى X», «اسمه X».
  void find_after_naming(std::uint32_t i) {
    std::uint32_t first = 0;
    const auto word = scan_.folded(i);
    const auto next = i + 1 < sentence_.tokens.past ? scan_.folded(i + 1) : std::string_view();
    if (is(i, kNameFollows)) {
      first = i + 1;
    } else if ((word == "به" || word == "با") && next == "نام") {
      if (i > sentence_.tokens.first && is(i - 1, kGroupNoun)) return;
      first = i + 2;
    } else if (word == "نام" && (next == "او" || next == "وی")) {
      first = i + 2;
    } else {
      return;
    }
    if (first < sentence_.tokens.past && scan_.folded(first) == "های") {
      add_initials(first);
      return;
    }
    const std::uint32_t past = run_past(first);
    add(first, past, age_after(past));
  }

  /// «با نام‌های اختصاری «ن.گ» و «ا.ت»»
  void add_initials(std::uint32_t from) {
    for (const TokenRange& quote : sentence_.quotes) {
      if (quote.first >= from && quote.past > quote.first && quote.past - quote.first <= kNameLimitTokens)
        add(quote.first, quote.past);
    }
  }

  std::optional<std::int64_t> age_after(std::uint32_t past) const {
    constexpr std::uint32_t kAgeReach = 5;
    for (const text::Number* number : sentence_.numbers) {
      if (number->first_token >= past && number->first_token - past <= kAgeReach && is_age(*number)) return number->low;
    }
    return std::nullopt;
  }

  bool tells(std::uint32_t token) const {
    return std::ranges::any_of(tellers_,
                               [&](const Teller& teller) { return teller.first <= token && token < teller.past; });
  }

  void find_after_title(std::uint32_t title) {
    if (tells(title) && !is(title, kKinTitle)) return;
    std::uint32_t first = title + 1;
    // «الطالب الجامعي كنان برهوم»: adjectives carry the article, given names do not.
    while (sentence_.tongue == Tongue::arabic && first < sentence_.tokens.past && first - title <= 2 &&
           scan_.folded(first).starts_with("ال"))
      ++first;
    const std::uint32_t past = run_past(first);
    if (past - first >= 2) add(first, past, age_after(past));
  }

  /// Tokens that a zero-width space parts are one word.
  std::uint32_t words_in(TokenRange range) const {
    const auto& tokens = scan_.reading().tokens();
    std::uint32_t words = 0;
    for (std::uint32_t i = range.first; i < range.past; ++i) {
      const bool joined = i > range.first && scan_.words({tokens[i - 1].span.end, tokens[i].span.begin}) == "\u200c";
      if (!joined) ++words;
    }
    return words;
  }

  /// «آرش نیک‌سرشت، معلم ساکن نیلوان، ...»: two words and more, where a sentence or what
  /// is told of them begins.
  void find_before_trade(std::uint32_t trade) {
    if (trade <= sentence_.tokens.first || scan_.folded(trade - 1) != ",") return;
    const std::uint32_t past = trade - 1;
    std::uint32_t first = past;
    while (first > sentence_.tokens.first && past - first < kNameLimitTokens && may_be_name(first - 1)) --first;
    constexpr std::uint32_t kTradesNameWords = 3;
    if (past - first < 2 || words_in({first, past}) > kTradesNameWords || is(first, kGroupNoun)) return;
    const auto ends_there = [&](const Hit& hit) { return hit.past == first; };
    const bool opens = first == sentence_.tokens.first || scan_.folded(first - 1) == ":" ||
                       scan_.folded(first - 1) == "\"" || std::ranges::any_of(sentence_.triggers, ends_there);
    if (opens) add(first, past, age_after(past));
  }

  /// «حکم اعدام «آرش نیک‌سرشت»»: what stands in quotation marks after a word of what is done to
  /// people.
  void find_in_quote(TokenRange quote) {
    constexpr std::uint32_t kGivenAndFamily = 2;
    if (run_past(quote.first) != quote.past || quote.past - quote.first < kGivenAndFamily) return;
    if (is(quote.first, kGroupNoun)) return;
    std::uint32_t before = quote.first;
    while (before > sentence_.tokens.first && scan_.folded(before - 1) == "\"") --before;
    if (before == sentence_.tokens.first || before == quote.first) return;
    if (is(before - 1, kBeforeQuote) || is(before - 1, kTitle) || is(before - 1, kTrade))
      add(quote.first, quote.past, age_after(quote.past));
  }

  const SentenceScan& sentence_;
  const Scan& scan_;
  const std::vector<Teller>& tellers_;
  std::vector<bool> known_;
  std::vector<NamedPerson> found_;
};

}  // namespace

bool is_group(TokenRange name, const SentenceScan& sentence, const Scan& scan) {
  return (scan.lexicon().name_roles(sentence.tongue, scan.folded(name.past - 1)) & kGroupNoun) != 0;
}

namespace {

/// English: a run of words in capitals that no lexicon and no gazetteer knows, where an act or a trade beside it says
/// that it is a person. Capitals only help to tell where a name ends; they make no act.
class EnglishNames {
 public:
  EnglishNames(const SentenceScan& sentence, const Scan& scan, const std::vector<Teller>& tellers)
      : sentence_(sentence), scan_(scan), tellers_(tellers) {}

  std::vector<NamedPerson> run() const {
    std::vector<TokenRange> names;
    std::vector<bool> is_told;
    std::uint32_t i = sentence_.tokens.first;
    while (i < sentence_.tokens.past) {
      std::uint32_t past = i;
      while (past < sentence_.tokens.past && past - i <= kNameLimitTokens && is_name_word(past)) ++past;
      const TokenRange name{i, past};
      if (past - i >= 2 && past - i < kNameLimitTokens && !tells(name) && !is_group(name, sentence_, scan_)) {
        names.push_back(name);
        is_told.push_back(!is_doer(name) && is_person(name));
      }
      i = std::max(past, i + 1);
    }
    // "Mina Adur, Arin Velt (27) and Oren Sand were arrested": what is told of one of a row is told of all.
    for (std::size_t at = 1; at < names.size(); ++at) {
      if (is_told[at - 1] && in_row(names[at - 1], names[at]) && ends_there(names[at])) is_told[at] = true;
    }
    for (std::size_t at = names.size(); at-- > 1;) {
      if (is_told[at] && in_row(names[at - 1], names[at])) is_told[at - 1] = true;
    }
    std::vector<NamedPerson> out;
    for (std::size_t at = 0; at < names.size(); ++at) {
      if (is_told[at] && !is_aged(names[at])) out.push_back(named(names[at]));
    }
    return out;
  }

 private:
  static constexpr std::uint32_t kVerbReach = 3;  ///< "Mina Adur was also arrested"
  static constexpr std::uint32_t kRowReach = 5;   ///< "(27), and"

  /// No verb of its own follows the name: "and Arin Velt praised them" is another clause.
  bool ends_there(const TokenRange& name) const {
    constexpr std::string_view kAfter[]{"and", "in", "at", "on",  "by",     "near",  "from",
                                        "for", "to", "of", "who", "during", "after", "outside"};
    const auto& tokens = scan_.reading().tokens();
    if (name.past >= sentence_.tokens.past) return true;
    const auto word = scan_.folded(name.past);
    // "and Karl Stone's brother" is another.
    return (tokens[name.past].kind == text::TokenKind::punctuation && word != "'") || is_any(word, kAfter);
  }

  /// Nothing but commas, "and", an age and a title stands between two names.
  bool in_row(const TokenRange& left, const TokenRange& right) const {
    constexpr std::string_view kBetween[]{",", "and", "(", ")", ";"};
    if (right.first <= left.past || right.first - left.past > kRowReach) return false;
    for (std::uint32_t at = left.past; at < right.first; ++at) {
      const bool is_number =
          std::ranges::find(sentence_.numbers, at, &text::Number::first_token) != sentence_.numbers.end();
      const bool is_title = right.first - at == 1 && stands_on(sentence_.actors, at);
      if (!is_number && !is_title && !is_any(scan_.folded(at), kBetween)) return false;
    }
    return true;
  }

  static bool stands_on(const std::vector<Hit>& hits, std::uint32_t token) {
    return std::ranges::any_of(hits, [&](const Hit& hit) { return hit.first <= token && token < hit.past; });
  }

  bool is_known(std::uint32_t token) const {
    const auto on = [&](const auto* hit) { return hit->first <= token && token < hit->past; };
    return stands_on(sentence_.triggers, token) || stands_on(sentence_.actors, token) ||
           stands_on(sentence_.nouns, token) || stands_on(sentence_.cues, token) ||
           stands_on(sentence_.contexts, token) || std::ranges::any_of(sentence_.times, on) ||
           std::ranges::any_of(sentence_.places, on);
  }

  /// A capital and then small letters: headings and initials in capitals alone are no names.
  bool is_name_word(std::uint32_t token) const {
    if (scan_.reading().tokens()[token].kind != text::TokenKind::word || is_known(token)) return false;
    const auto word = scan_.words(scan_.span_of(token, token + 1));
    const auto is_small = [](char c) { return c >= 'a' && c <= 'z'; };
    return word.size() > 1 && word[0] >= 'A' && word[0] <= 'Z' && is_small(word[1]);
  }

  bool tells(const TokenRange& name) const {
    return std::ranges::any_of(
        tellers_, [&](const Teller& teller) { return teller.first < name.past && name.first < teller.past; });
  }

  /// "Mina Adur, 27,", "Mina Adur (27)" is told by its age; "Mina Adur, 12 days later" and "(12 May)" say none.
  bool is_aged(const TokenRange& name) const {
    const bool is_set_off =
        name.past + 1 < sentence_.tokens.past && (scan_.folded(name.past) == "," || scan_.folded(name.past) == "(");
    if (!is_set_off) return false;
    const auto number = std::ranges::find(sentence_.numbers, name.past + 1, &text::Number::first_token);
    if (number == sentence_.numbers.end() || (*number)->past_token >= sentence_.tokens.past) return false;
    const std::uint32_t after = (*number)->past_token;
    return scan_.folded(after) == "," || scan_.folded(after) == ")" ||
           std::ranges::any_of(sentence_.nouns, [&](const Hit& noun) {
             return noun.word->value == kAgeNoun && noun.past > after && noun.first <= after + 1;
           });
  }

  bool is_person(const TokenRange& name) const { return is_object(name) || is_subject(name) || has_trade(name); }

  /// Whether the object of a verb begins at a token: "three students", "the student", "Mina Adur".
  bool is_acted_on(std::uint32_t token) const {
    constexpr std::string_view kArticles[]{"the", "a", "an", "some", "several", "his", "her", "their"};
    if (token < sentence_.tokens.past && is_any(scan_.folded(token), kArticles)) ++token;
    if (token >= sentence_.tokens.past) return false;
    return is_name_word(token) || stands_on(sentence_.actors, token) || stands_on(sentence_.nouns, token) ||
           std::ranges::find(sentence_.numbers, token, &text::Number::first_token) != sentence_.numbers.end();
  }

  /// "Colonel Mina Adur shot three students": an active verb after the name, and whom it is done to after that.
  bool is_doer(const TokenRange& name) const {
    constexpr std::string_view kBetween[]{"has", "had", "have", "also", "later", "then"};
    std::uint32_t at = name.past;
    while (at < sentence_.tokens.past && at - name.past < kVerbReach && is_any(scan_.folded(at), kBetween)) ++at;
    return std::ranges::any_of(sentence_.triggers, [&](const Hit& hit) {
      return hit.first == at && hit.word->value != kNoAct && hit.word->form == TriggerForm::verb &&
             is_acted_on(hit.past);
    });
  }

  /// "arrested Mina Adur", "the killing of Mina Adur".
  bool is_object(const TokenRange& name) const {
    constexpr std::string_view kOf[]{"of", "against", "for"};
    std::uint32_t at = name.first;
    const bool of = at > sentence_.tokens.first && is_any(scan_.folded(at - 1), kOf);
    if (of) --at;
    return std::ranges::any_of(sentence_.triggers, [&](const Hit& hit) {
      return hit.past == at && hit.word->value != kNoAct && (hit.word->form == TriggerForm::verb) != of;
    });
  }

  /// "Mina Adur was later arrested".
  bool is_subject(const TokenRange& name) const {
    constexpr std::string_view kBetween[]{"was", "were", "been", "has", "had", "is", "also", "later", "and", ","};
    for (std::uint32_t at = name.past; at < sentence_.tokens.past && at - name.past <= kVerbReach; ++at) {
      const bool acts = std::ranges::any_of(sentence_.triggers, [&](const Hit& hit) {
        return hit.first == at && hit.word->value != kNoAct && hit.word->form == TriggerForm::verb;
      });
      if (acts) return true;
      if (!is_any(scan_.folded(at), kBetween)) return false;
    }
    return false;
  }

  /// "student Mina Adur", "the journalist, Mina Adur".
  bool has_trade(const TokenRange& name) const {
    std::uint32_t at = name.first;
    if (at > sentence_.tokens.first && scan_.folded(at - 1) == ",") --at;
    return std::ranges::any_of(sentence_.actors, [&](const Hit& actor) {
      const auto first = scan_.words(scan_.span_of(actor.first, actor.first + 1)).front();
      const bool is_small = first >= 'a' && first <= 'z';
      return actor.past == at && is_small && !actor.plural && !tells({actor.first, actor.past});
    });
  }

  NamedPerson named(const TokenRange& name) const {
    NamedPerson out;
    out.tokens = name;
    out.person.span = scan_.span_of(name.first, name.past);
    out.person.name = std::string(scan_.words(*out.person.span));
    return out;
  }

  const SentenceScan& sentence_;
  const Scan& scan_;
  const std::vector<Teller>& tellers_;
};

}  // namespace

std::vector<NamedPerson> persons_named(const SentenceScan& sentence, const Scan& scan,
                                       const std::vector<Teller>& tellers) {
  if (sentence.tongue == Tongue::english) return EnglishNames(sentence, scan, tellers).run();
  return NameFinder(sentence, scan, tellers).run();
}

}  // namespace gavah::code
