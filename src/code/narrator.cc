#include "code/narrator.h"

#include <algorithm>
#include <array>

namespace gavah::code {
namespace {

constexpr std::uint32_t kOpeningTokens = 12;    ///< of a name before a colon
constexpr std::uint32_t kSignatureTokens = 12;  ///< of a name in brackets or after a dash at the end
constexpr std::uint32_t kSelfReach = 4;         ///< between "we" and who that is
constexpr std::uint32_t kCarriedSentences = 2;

bool is_dash(const Scan& scan, std::uint32_t token) {
  return scan.folded(token) == "-" && scan.reading().tokens()[token].span.size() > 1;
}

}  // namespace

Narrator::Narrator(const Scan& scan, const Codebook& codebook) : scan_(scan), codebook_(codebook) {
  const auto& sentences = scan.sentences();
  if (sentences.empty()) return;
  read_opening(sentences.front());
  if (!whole_) read_signature(sentences.back());
  if (!whole_) read_we();
}

/// "We verified 64 executions", "we have documented": those who count write the report.
void Narrator::read_we() {
  constexpr std::uint32_t kOpeningSentences = 2;
  constexpr std::array<std::string_view, 3> kHelpers{"have", "has", "also"};
  constexpr std::array<std::string_view, 6> kCounting{"verified", "documented", "recorded",
                                                      "counted",  "confirmed",  "registered"};
  for (const SentenceScan& sentence : scan_.sentences()) {
    if (sentence.index >= kOpeningSentences || sentence.tongue != Tongue::english) return;
    for (std::uint32_t i = sentence.tokens.first; i + 2 < sentence.tokens.past; ++i) {
      const auto is_quoted = [&](const TokenRange& quote) { return quote.first <= i && i < quote.past; };
      if (scan_.folded(i) != "we" || std::ranges::any_of(sentence.quotes, is_quoted)) continue;
      const std::uint32_t verb = is_any(scan_.folded(i + 1), kHelpers) ? i + 2 : i + 1;
      if (!is_any(scan_.folded(verb), kCounting)) continue;
      const Span span = scan_.span_of(i, i + 1);
      whole_ = Teller{};
      whole_->actor = {std::string(scan_.words(span)), "rights group", span};
      return;
    }
  }
}

/// "The police inform residents that ...": what follows is theirs too.
bool Narrator::is_notice(const Teller& teller, const SentenceScan& sentence) const {
  constexpr std::array<std::string_view, 6> kPublic{"public",  "residents", "citizens",
                                                    "drivers", "motorists", "inhabitants"};
  constexpr std::uint32_t kSubjectTokens = 1;
  if (sentence.index > 0 || sentence.tongue != Tongue::english || teller.by == nullptr) return false;
  const bool opens = teller.first <= sentence.tokens.first + kSubjectTokens;
  for (std::uint32_t i = teller.by->first; i < std::min(sentence.tokens.past, teller.by->past + 2); ++i) {
    if (opens && is_any(scan_.folded(i), kPublic)) return true;
  }
  return false;
}

/// The words of the range as a teller, where one of them is somebody: with the class of the state body among them,
/// else of the first.
std::optional<Teller> Narrator::teller_in(TokenRange range, const SentenceScan& sentence) const {
  const Hit* who = nullptr;
  for (const Hit& actor : sentence.actors) {
    if (!range.holds(actor.first)) continue;
    const bool state = codebook_.actor_classes()[actor.word->value].side == "state";
    if (who == nullptr || state) who = &actor;
    if (state) break;
  }
  if (who == nullptr) return std::nullopt;
  Teller teller;
  const Span span = scan_.span_of(range.first, range.past);
  teller.actor = {std::string(scan_.words(span)), codebook_.actor_classes()[who->word->value].key, span};
  return teller;
}

/// "Police Directorate of Nilvan.": a first sentence that is the name of a body alone.
bool Narrator::read_heading(const SentenceScan& sentence) {
  constexpr std::uint32_t kHeadingTokens = 9;
  const std::uint32_t past = sentence.tokens.past;
  if (past - sentence.tokens.first > kHeadingTokens || scan_.folded(past - 1) != ".") return false;
  if (!sentence.triggers.empty() || !sentence.verbs.empty() || !sentence.cues.empty()) return false;
  whole_ = teller_in({sentence.tokens.first, past - 1}, sentence);
  if (!whole_) return false;
  const auto found = codebook_.actor_class_named(whole_->actor.actor_class);
  constexpr std::array<std::string_view, 4> kBodies{"activists", "opposition", "rights group", "media"};
  const bool is_body =
      found && (codebook_.actor_classes()[*found].side == "state" || is_any(whole_->actor.actor_class, kBodies));
  if (!is_body) whole_.reset();
  return is_body;
}

void Narrator::read_opening(const SentenceScan& sentence) {
  constexpr std::array<std::string_view, 3> kWe{"we", "ما", "نحن"};
  const std::uint32_t first = sentence.tokens.first;
  if (is_any(scan_.folded(first), kWe)) {
    for (const Hit& actor : sentence.actors) {
      if (actor.first > first + kSelfReach) break;
      whole_ = teller_in({actor.first, actor.past}, sentence);
      if (whole_) whole_->self = true;
      return;
    }
  }
  if (read_heading(sentence)) return;
  const std::uint32_t limit = std::min(sentence.tokens.past, first + kOpeningTokens);
  for (std::uint32_t i = first; i < limit; ++i) {
    const auto word = scan_.folded(i);
    if (word == "," || word == "(" || word == "\"") return;
    if (word != ":") continue;
    const bool acts = std::ranges::any_of(sentence.triggers, [&](const Hit& hit) {
      return hit.first < i && hit.word->value != kNoAct && hit.word->form == TriggerForm::verb;
    });
    if (i > first && !acts) whole_ = teller_in({first, i}, sentence);
    if (whole_) colon_ = i;
    return;
  }
}

void Narrator::read_signature(const SentenceScan& sentence) {
  std::uint32_t past = sentence.tokens.past;
  while (past > sentence.tokens.first && scan_.folded(past - 1) == ".") --past;
  if (past == sentence.tokens.first) return;
  const bool bracketed = scan_.folded(past - 1) == ")";
  if (bracketed) --past;
  for (std::uint32_t i = past; i > sentence.tokens.first && past - i < kSignatureTokens; --i) {
    const bool opens = bracketed ? scan_.folded(i - 1) == "(" : is_dash(scan_, i - 1);
    if (!opens) continue;
    // "NILVAN — Nurses went on strike" tells of an act there; a signature is a name alone.
    const auto stands_there = [&](const Hit& hit) { return hit.first >= i && hit.past <= past; };
    const bool tells =
        std::ranges::any_of(sentence.triggers, stands_there) || std::ranges::any_of(sentence.verbs, stands_there);
    if (i < past && !tells) whole_ = teller_in({i, past}, sentence);
    return;
  }
}

/// "He added that ...", or a sentence in quotation marks after one that has them too.
bool Narrator::goes_on_in_english(const SentenceScan& sentence) const {
  constexpr std::array<std::string_view, 4> kPronouns{"he", "she", "they", "it"};
  constexpr std::uint32_t kVerbReach = 3;
  const std::uint32_t first = sentence.tokens.first;
  const bool adds = is_any(scan_.folded(first), kPronouns) && std::ranges::any_of(sentence.cues, [&](const Hit& cue) {
                      return cue.word->cue == Cue::speech && cue.first - first <= kVerbReach;
                    });
  const bool next = last_sentence_ + 1 == sentence.index;
  const bool quotes = next && !sentence.quotes.empty() && sentence.quotes.front().first <= first + 1 &&
                      !scan_.sentences()[last_sentence_].quotes.empty();
  return adds || quotes;
}

/// A verb of saying without a subject, a pronoun for one, or a verb of "we".
bool Narrator::goes_on(const SentenceScan& sentence) const {
  if (sentence.tongue == Tongue::english) return goes_on_in_english(sentence);
  const bool tells = std::ranges::any_of(sentence.cues, [](const Hit& cue) {
    return cue.word->cue == Cue::speech || cue.word->cue == Cue::denial || cue.word->cue == Cue::doubt ||
           cue.word->cue == Cue::disbelief;
  });
  constexpr std::array<std::string_view, 4> kPronouns{"او", "وی", "هو", "هی"};
  const bool pronoun = is_any(scan_.folded(sentence.tokens.first), kPronouns);
  const bool we = std::ranges::any_of(sentence.triggers, [&](const Hit& hit) {
    if (hit.word->value == kNoAct || sentence.tongue != Tongue::persian) return false;
    for (std::uint32_t i = hit.first; i < hit.past; ++i) {
      if (scan_.folded(i).ends_with("یم")) return true;
    }
    return false;
  });
  return tells || pronoun || we;
}

/// «استاندار: خانواده‌ها می‌گویند ...», «المحافظ: قال العمال ...»: in
/// Persian who opens what is said, in Arabic who stands right after the verb; no verb of the first person.
bool Narrator::has_own_subject(const Teller& teller, const SentenceScan& sentence) const {
  constexpr std::array<std::string_view, 8> kBefore{"\"", "برخی", "شماری", "گروهی", "جمعی", "تعدادی", "از", "این"};
  const Hit& verb = *teller.by;
  const bool persian = verb.word->tongue == Tongue::persian;
  if (scan_.folded(verb.past - 1).ends_with(persian ? "م" : "نا")) return false;
  if (!persian) return teller.first == verb.past;
  // «کذب است» has no subject: nobody else says it.
  if (teller.cue != Cue::speech && teller.cue != Cue::denial) return false;
  for (std::uint32_t i = colon_ + 1; i < teller.first; ++i) {
    if (!is_any(scan_.folded(i), kBefore)) return false;
  }
  const bool is_object = teller.past < sentence.tokens.past && scan_.folded(teller.past) == "را";
  return !is_object && std::ranges::none_of(sentence.triggers, [&](const Hit& hit) {
    return hit.word->form == TriggerForm::verb && hit.first >= teller.past && hit.past <= verb.first;
  });
}

/// «استاندار: کشته شدن معترضان را تکذیب می‌کنیم»: a verb of saying after the
/// colon is theirs who stand before it, where it has no subject of its own.
void Narrator::give_to_opening(std::vector<Teller>& tellers, const SentenceScan& sentence) const {
  constexpr std::array<Cue, 5> kTheirs{Cue::speech, Cue::denial, Cue::doubt, Cue::falsehood, Cue::disbelief};
  for (Teller& teller : tellers) {
    const bool verb = teller.by != nullptr && teller.by->word->tongue != Tongue::english && teller.first > colon_;
    if (!verb || std::ranges::find(kTheirs, teller.cue) == kTheirs.end() || has_own_subject(teller, sentence)) continue;
    teller.actor = whole_->actor;
    teller.first = teller.past = 0;
  }
}

void Narrator::complete(std::vector<Teller>& tellers, const SentenceScan& sentence) {
  if (colon_ > 0 && sentence.index == 0) give_to_opening(tellers, sentence);
  if (!tellers.empty()) {
    last_ = tellers.back();
    last_sentence_ = sentence.index;
    if (!whole_ && is_notice(*last_, sentence)) whole_ = last_;
    return;
  }
  const bool carried = last_ && sentence.index - last_sentence_ <= kCarriedSentences && goes_on(sentence);
  if (!carried && !whole_) return;
  Teller teller = carried ? *last_ : *whole_;
  if (carried) last_sentence_ = sentence.index;
  teller.cue = Cue::speech;
  teller.first = teller.past = 0;
  teller.cue_first = sentence.tokens.first;
  teller.by = nullptr;
  tellers.push_back(std::move(teller));
}

}  // namespace gavah::code
