#include "code/denial.h"

#include <algorithm>
#include <array>

#include "code/reach.h"

namespace gavah::code {
namespace {

// Reaches in tokens, held by the rows of the golden table (code_golden.txt).
constexpr std::uint32_t kNegationReach = 7;
constexpr std::uint32_t kDoubtReach = 6;

constexpr std::array<std::string_view, 8> kBeForms{"was", "were", "been", "be", "being", "is", "are", "as"};

}  // namespace

bool doubts_who(const Hit& cue, const SentenceScan& sentence) {
  if (cue.word->cue != Cue::doubt || sentence.tongue != Tongue::english) return false;
  return std::ranges::any_of(sentence.actors, [&](const Hit& actor) { return actor.first == cue.past; });
}

/// «... را تکذیب کرد و گفت ...», «تنفي ... وتؤكد ...»: a Persian verb denies what stands before it, and whoever goes on
/// to say something does not deny that.
bool Denial::reaches_on(const Hit& denial, const Hit& trigger, const SentenceScan& sentence) const {
  if (sentence.tongue == Tongue::english) return true;
  const bool announces = denial.past < sentence.tokens.past && scan_.folded(denial.past) == "که";
  if (denial.word->tongue == Tongue::persian && denial.word->verb != VerbForm::plain && !announces) return false;
  return std::ranges::none_of(sentence.cues, [&](const Hit& cue) {
    return cue.word->cue == Cue::speech && cue.first >= denial.past && cue.past <= trigger.first &&
           sentence.commas(denial.past, cue.first) > 0;
  });
}

/// «خبر کشته شدن یک نفر در تجمع دیروز دروغ است», «نفى سقوط قتلى في احتجاجات»: where the denied act is said to have
/// been.
bool Denial::is_scene_of_another(const Hit& trigger, const SentenceScan& sentence) const {
  constexpr std::array<std::string_view, 8> kIn{"در", "جریان", "فی", "خلال", "اثناء", "جریانات", "طی", "حین"};
  if (sentence.tongue == Tongue::english || trigger.first == sentence.tokens.first) return false;
  if (codebook_.acts()[trigger.word->value].family != "protest" || !is_any(scan_.folded(trigger.first - 1), kIn))
    return false;
  return std::ranges::any_of(sentence.triggers, [&](const Hit& other) {
    return other.word->value != kNoAct && other.word->value != trigger.word->value && other.past < trigger.first &&
           sentence.borders(other.past, trigger.first) == 0;
  });
}

/// "was denied medication", "denied him a lawyer": something was withheld from somebody, nothing was said to be untrue.
bool Denial::is_deprivation(const Hit& denial, const SentenceScan& sentence) const {
  constexpr std::array<std::string_view, 5> kWhom{"him", "her", "them", "me", "us"};
  constexpr std::array<std::string_view, 22> kWithheld{
      "access", "medication", "medicine", "medical", "treatment", "care",       "food",    "water",
      "bail",   "entry",      "visits",   "visit",   "leave",     "permission", "contact", "family",
      "legal",  "a",          "an",       "any",     "basic",     "proper"};
  if (denial.word->cue != Cue::denial || sentence.tongue != Tongue::english || denial.past + 1 >= sentence.tokens.past)
    return false;
  const bool passive = denial.first > sentence.tokens.first && is_any(scan_.folded(denial.first - 1), kBeForms);
  const std::uint32_t what = is_any(scan_.folded(denial.past), kWhom) ? denial.past + 1 : denial.past;
  return (passive || what > denial.past) && is_any(scan_.folded(what), kWithheld);
}

Ground Denial::denied(const Hit& trigger, const SentenceScan& sentence) const {
  if (is_scene_of_another(trigger, sentence)) return {};
  for (const Hit& cue : sentence.cues) {
    const bool false_word = cue.word->cue == Cue::falsehood;
    if ((cue.word->cue != Cue::denial && !false_word) || overlaps(cue, trigger)) continue;
    const bool refused = cue_before(sentence, cue, Cue::negation, 2) != nullptr || cue.word->negative;
    if (refused) continue;
    if (is_deprivation(cue, sentence)) continue;
    if (cue.past <= trigger.first) {
      if (sentence.borders(cue.past, trigger.first) == 0 && reaches_on(cue, trigger, sentence))
        return {"what follows in the clause is denied", &cue};
      continue;
    }
    if (sentence.borders(trigger.past, cue.first) > 0) continue;
    if (cue.word->tongue == Tongue::persian || false_word) return {"what the clause said before is denied", &cue};
    const bool passive = cue.first > sentence.tokens.first && is_any(scan_.folded(cue.first - 1), kBeForms);
    if (passive && sentence.commas(trigger.past, cue.first) == 0) return {"it is said to have been denied", &cue};
  }
  return {};
}

Ground Denial::negated(const Hit& trigger, const SentenceScan& sentence, const std::vector<Hit>& triggers) const {
  if (trigger.word->negative) return {"its own verb is negative"};
  if (sentence.tongue == Tongue::persian && trigger.word->form == TriggerForm::noun) {
    const Hit* verb = carrying_verb(trigger, sentence);
    if (verb != nullptr && verb->word->negative) return {"the verb that carries it is negative", verb};
    return {};
  }
  const Hit* negation = cue_before(sentence, trigger, Cue::negation, kNegationReach);
  if (negation == nullptr || sentence.tongue == Tongue::persian) return {};
  // "did not deny that": the negation is spent on the denial.
  for (const Hit& cue : sentence.cues) {
    if (cue.word->cue == Cue::denial && cue.first >= negation->past && cue.past <= trigger.first) return {};
  }
  // "No one was killed or injured" spans both; "No one was killed and police arrested 12" only the first.
  for (const Hit& other : triggers) {
    if (other.first < negation->past || other.past > trigger.first) continue;
    if (trigger.first - other.past != 1 || scan_.folded(other.past) != "or") return {};
  }
  return {"a negation stands before it", negation};
}

Ground Denial::doubted(const Hit& trigger, const SentenceScan& sentence) const {
  for (const Hit& cue : sentence.cues) {
    if (overlaps(cue, trigger) || sentence.borders(cue.first, trigger.first) > 0) continue;
    if (cue.word->cue == Cue::disbelief && sentence.commas(cue.first, trigger.first) == 0)
      return {"the clause calls it invented", &cue};
    if (cue.word->cue != Cue::doubt || doubts_who(cue, sentence)) continue;
    // An Arabic verb of doubt stands before its subject too.
    const std::uint32_t reach = cue.word->tongue == Tongue::arabic ? 2 * kDoubtReach : kDoubtReach;
    if (cue.past <= trigger.first && gap(cue, trigger) <= reach) return {"a word of doubt stands before it", &cue};
    if (cue.word->tongue == Tongue::persian && trigger.past <= cue.first)
      return {"a word of doubt stands after it", &cue};
  }
  return {};
}

/// «اصلاحیه: در خبر دیروز آمده بود که ...», «تصويب: ورد في عدد أمس أن ...»: after the heading the old words come first.
const Hit* Denial::old_report(const Hit& correction, const SentenceScan& sentence) const {
  constexpr std::uint32_t kHeadingTokens = 3;
  constexpr std::array<std::string_view, 7> kSaid{"امده", "نوشته", "نوشتیم", "ورد", "ذکرنا", "نشرنا", "جاء"};
  if (sentence.tongue == Tongue::english || correction.past > sentence.tokens.first + kHeadingTokens) return nullptr;
  for (std::uint32_t i = correction.past; i < sentence.tokens.past; ++i) {
    if (is_any(scan_.folded(i), kSaid)) return &correction;
  }
  return nullptr;
}

Decided<Polarity> Denial::polarity(const Hit& trigger, const SentenceScan& sentence,
                                   const std::vector<Hit>& triggers) const {
  if (const Ground ground = denied(trigger, sentence)) return {Polarity::denied, ground};
  if (const Ground ground = negated(trigger, sentence, triggers)) return {Polarity::denied, ground};
  if (const Ground ground = doubted(trigger, sentence)) return {Polarity::doubted, ground};
  for (const Hit& cue : sentence.cues) {
    if (cue.word->cue == Cue::retraction) return {Polarity::denied, {"the sentence takes a report back", &cue}};
    if (cue.word->cue != Cue::correction || cue.word->negative) continue;
    if (const Hit* old = old_report(cue, sentence))
      return {Polarity::asserted, {"it is what a report had said before", old}};
    return {Polarity::corrected, {"the sentence corrects a report", &cue}};
  }
  return {Polarity::asserted, {"no word of denial, doubt or correction reaches it"}};
}

}  // namespace gavah::code
