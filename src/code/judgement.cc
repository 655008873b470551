#include "code/judgement.h"

#include <algorithm>
#include <array>

#include "code/role.h"

namespace gavah::code {
namespace {

// Reaches in tokens. They are the widths at which the golden table (code_golden.txt) comes out right; a row there is
// the test that would change one.
constexpr std::uint32_t kNegationReach = 7;
constexpr std::uint32_t kDoubtReach = 6;
constexpr std::uint32_t kTopicReach = 6;
constexpr std::uint32_t kPlanReach = 10;
constexpr std::uint32_t kNearReach = 4;
constexpr std::uint32_t kStageReach = 8;
constexpr std::uint32_t kSentenceReach = 60;

constexpr std::array<std::string_view, 8> kLastingActs{"strike",  "hunger strike", "sit-in",     "blockade",
                                                       "boycott", "raid",          "censorship", "force deployment"};
constexpr std::array<std::string_view, 8> kBeForms{"was", "were", "been", "be", "being", "is", "are", "as"};

std::uint32_t gap(const Hit& left, const Hit& right) { return right.first > left.past ? right.first - left.past : 0; }

bool overlaps(const Hit& a, const Hit& b) { return a.first < b.past && b.first < a.past; }

bool has_context(const SentenceScan& sentence, const ContextSet& set) {
  return std::ranges::any_of(sentence.contexts, [&](const Hit& hit) { return (hit.word->contexts & set).any(); });
}

bool is_any(std::string_view word, std::span<const std::string_view> list) {
  return std::ranges::find(list, word) != list.end();
}

}  // namespace

bool is_start(const TimeHit& time, const SentenceScan& sentence, const Scan& scan) {
  constexpr std::int64_t kDaySeconds = 86400;
  const auto own = scan.folded(time.first);
  std::uint32_t first = time.first;
  if (first > sentence.tokens.first && scan.folded(first - 1) == "روز") --first;
  const auto before = first > sentence.tokens.first ? scan.folded(first - 1) : std::string_view();
  if (own == "since" || before == "since") return true;
  // «از ۳ تا ۱۲ خرداد» has both ends already.
  const bool one_day =
      time.time.start && time.time.end && time.time.end->seconds - time.time.start->seconds <= kDaySeconds;
  return one_day && (own == "از" || before == "از");
}

const Hit* carrying_verb(const Hit& trigger, const SentenceScan& sentence) {
  for (const Hit& verb : sentence.verbs) {
    if (verb.first < trigger.past) continue;
    if (sentence.borders(trigger.past, verb.first) > 0) return nullptr;
    return &verb;
  }
  return nullptr;
}

const Hit* cue_before(const SentenceScan& sentence, const Hit& trigger, Cue cue, std::uint32_t reach) {
  const Hit* nearest = nullptr;
  for (const Hit& hit : sentence.cues) {
    if (hit.word->cue != cue || hit.past > trigger.first || gap(hit, trigger) > reach) continue;
    if (sentence.borders(hit.past, trigger.first) > 0 || sentence.commas(hit.past, trigger.first) > 0) continue;
    nearest = &hit;
  }
  return nearest;
}

const Hit* cue_after(const SentenceScan& sentence, const Hit& trigger, Cue cue, std::uint32_t reach) {
  for (const Hit& hit : sentence.cues) {
    if (hit.word->cue != cue || hit.first < trigger.past || gap(trigger, hit) > reach) continue;
    if (sentence.borders(trigger.past, hit.first) == 0) return &hit;
  }
  return nullptr;
}

Judge::Judge(const Scan& scan, const Codebook& codebook, const Lexicon& lexicon)
    : scan_(scan),
      codebook_(codebook),
      number_(lexicon.context("number")),
      accident_(lexicon.context("accident")),
      sport_(lexicon.context("sport")) {}

bool Judge::is_met(const Hit& trigger, const SentenceScan& sentence) const {
  const Word& word = *trigger.word;
  if (word.weak && sentence.actors.empty() && sentence.places.empty() && sentence.times.empty() &&
      sentence.numbers.empty()) {
    return false;
  }
  if (word.numbered) {
    return std::ranges::any_of(sentence.numbers, [&](const text::Number* number) {
      return number->past_token <= trigger.first && trigger.first - number->past_token <= 1;
    });
  }
  if (word.needs.empty()) return true;
  // A word is no context of its own.
  ContextSet contexts;
  if (!sentence.numbers.empty()) contexts |= number_;
  for (const Hit& hit : sentence.contexts) {
    if (!overlaps(hit, trigger)) contexts |= hit.word->contexts;
  }
  return std::ranges::any_of(word.needs, [&](const ContextSet& need) { return (need & contexts) == need; });
}

std::vector<Hit> Judge::chosen_triggers(const SentenceScan& sentence) const {
  std::vector<Hit> met;
  for (const Hit& hit : sentence.triggers) {
    if (!is_met(hit, sentence)) continue;
    // The name of a body or of people ("hunger strikers") is no act.
    const bool inside_actor = std::ranges::any_of(sentence.actors, [&](const Hit& actor) {
      return actor.first <= hit.first && actor.past >= hit.past && actor.past - actor.first > hit.past - hit.first;
    });
    // "the March elections"
    const bool inside_time = std::ranges::any_of(sentence.times, [&](const TimeHit* time) {
      return time->kind == text::TimeKind::when && time->first <= hit.first && hit.past <= time->past;
    });
    if (!inside_actor && !inside_time) met.push_back(hit);
  }
  met = longest_hits(std::move(met));
  std::erase_if(met, [](const Hit& hit) { return hit.word->value == kNoAct || hit.word->topic; });
  drop_weaker_sentences(met, sentence);
  return met;
}

/// "sentenced two protesters to death" is one act: the words far from "sentenced" decide which.
void Judge::drop_weaker_sentences(std::vector<Hit>& triggers, const SentenceScan& sentence) const {
  const auto is_act = [&](const Hit& hit, std::string_view key) {
    return codebook_.acts()[hit.word->value].key == key;
  };
  std::erase_if(triggers, [&](const Hit& hit) {
    return is_act(hit, "prosecution") && std::ranges::any_of(triggers, [&](const Hit& other) {
             return is_act(other, "death sentence") && sentence.borders(hit.first, other.first) == 0;
           });
  });
}

/// "the funeral of the slain protester": the death is what is mourned, not news.
bool Judge::is_object_of_mourning(const Hit& trigger, const SentenceScan& sentence,
                                  const std::vector<Hit>& triggers) const {
  if (codebook_.acts()[trigger.word->value].key != "killing") return false;
  return std::ranges::any_of(triggers, [&](const Hit& other) {
    return codebook_.acts()[other.word->value].key == "commemoration" && other.past <= trigger.first &&
           gap(other, trigger) <= kTopicReach && sentence.borders(other.past, trigger.first) == 0;
  });
}

/// "people who were released": said in passing, unless a day or a number says when and how many.
bool Judge::is_relative(const Hit& trigger, const SentenceScan& sentence) const {
  if (sentence.tongue != Tongue::english || !sentence.times.empty()) return false;
  for (std::uint32_t back = 1; back <= 3 && trigger.first >= sentence.tokens.first + back; ++back) {
    if (scan_.folded(trigger.first - back) == "who") return true;
  }
  return false;
}

bool Judge::is_purpose(const Hit& trigger, const SentenceScan& sentence) const {
  const bool is_base = trigger.word->form == TriggerForm::verb && trigger.word->verb == VerbForm::base;
  // "to protest", "to march": nouns by their form, verbs after "to".
  const bool is_noun_like = trigger.word->form == TriggerForm::noun && trigger.past - trigger.first == 1 &&
                            codebook_.acts()[trigger.word->value].side == "protest";
  if (!is_base && !is_noun_like) return false;
  if (trigger.first == sentence.tokens.first || scan_.folded(trigger.first - 1) != "to") return false;
  if (is_planned(trigger, sentence)) return false;
  for (const Cue cue : {Cue::threat, Cue::attempt, Cue::call}) {
    if (cue_before(sentence, trigger, cue, kStageReach) != nullptr) return false;
  }
  const auto& act = codebook_.acts()[trigger.word->value];
  if (act.side == "state") return act.key != "crowd control";
  // "gathered ... to protest": the first verb is the act.
  return trigger.first > sentence.tokens.first + 3;
}

bool Judge::is_in_slogan(const Hit& trigger, const SentenceScan& sentence) const {
  if (opens_with_slogan(sentence, scan_) && sentence.quotes.front().holds(trigger.first)) return true;
  for (const auto& quote : sentence.quotes) {
    if (!quote.holds(trigger.first)) continue;
    for (const Hit& cue : sentence.cues) {
      if (cue.word->cue == Cue::slogan && cue.past <= quote.first && quote.first - cue.past <= kStageReach) return true;
    }
  }
  return false;
}

namespace {

/// Persian verbs stand last: «در اعتراض به گرانی تجمع کردند» ends its topic before its verb.
bool is_persian_predicate(const Hit& trigger, const SentenceScan& sentence) {
  if (sentence.tongue != Tongue::persian) return false;
  if (trigger.word->form == TriggerForm::verb) return true;
  const Hit* verb = carrying_verb(trigger, sentence);
  return verb != nullptr && verb->first == trigger.past;
}

}  // namespace

bool Judge::is_left_out(const Hit& trigger, const SentenceScan& sentence, const std::vector<Hit>& triggers) const {
  const auto& act = codebook_.acts()[trigger.word->value];
  if (has_context(sentence, sport_)) return true;
  if (has_context(sentence, accident_) && (act.key == "killing" || act.key == "property attack")) return true;
  if (is_in_slogan(trigger, sentence) || is_purpose(trigger, sentence) || is_relative(trigger, sentence)) return true;
  if (is_object_of_mourning(trigger, sentence, triggers)) return true;
  if (cue_before(sentence, trigger, Cue::anniversary, kTopicReach) != nullptr && act.key != "commemoration")
    return true;
  if (cue_before(sentence, trigger, Cue::background, kNearReach) != nullptr) return true;
  if (cue_before(sentence, trigger, Cue::since, 1) != nullptr) return true;
  if (cue_before(sentence, trigger, Cue::condition, kNearReach) != nullptr) return true;
  for (const Cue cue : {Cue::topic, Cue::demand}) {
    if (cue == Cue::topic && is_persian_predicate(trigger, sentence)) continue;
    const Hit* topic = cue_before(sentence, trigger, cue, kTopicReach);
    // "Workers marched against ... and were arrested": what another act of the sentence stands between is no topic.
    if (topic != nullptr && std::ranges::none_of(triggers, [&](const Hit& other) {
          return other.first >= topic->past && other.past <= trigger.first;
        })) {
      return true;
    }
  }
  const bool called_for = cue_before(sentence, trigger, Cue::call, kPlanReach) != nullptr;
  if (called_for && act.side == "state") return true;
  const bool bare = sentence.times.empty() && sentence.places.empty() && sentence.numbers.empty();
  return trigger.word->umbrella && bare;
}

bool Judge::is_denied(const Hit& trigger, const SentenceScan& sentence) const {
  for (const Hit& cue : sentence.cues) {
    const bool false_word = cue.word->cue == Cue::falsehood;
    if ((cue.word->cue != Cue::denial && !false_word) || overlaps(cue, trigger)) continue;
    const bool refused = cue_before(sentence, cue, Cue::negation, 2) != nullptr || cue.word->negative;
    if (refused) continue;
    if (cue.past <= trigger.first) {
      if (sentence.borders(cue.past, trigger.first) == 0) return true;
      continue;
    }
    if (sentence.borders(trigger.past, cue.first) > 0) continue;
    if (cue.word->tongue == Tongue::persian || false_word) return true;
    const bool passive = cue.first > sentence.tokens.first && is_any(scan_.folded(cue.first - 1), kBeForms);
    if (passive && sentence.commas(trigger.past, cue.first) == 0) return true;
  }
  return false;
}

bool Judge::is_negated(const Hit& trigger, const SentenceScan& sentence, const std::vector<Hit>& triggers) const {
  if (trigger.word->negative) return true;
  if (sentence.tongue == Tongue::persian && trigger.word->form == TriggerForm::noun) {
    const Hit* verb = carrying_verb(trigger, sentence);
    return verb != nullptr && verb->word->negative;
  }
  const Hit* negation = cue_before(sentence, trigger, Cue::negation, kNegationReach);
  if (negation == nullptr || sentence.tongue == Tongue::persian) return false;
  // "did not deny that": the negation is spent on the denial.
  for (const Hit& cue : sentence.cues) {
    if (cue.word->cue == Cue::denial && cue.first >= negation->past && cue.past <= trigger.first) return false;
  }
  // "No one was killed or injured" spans both; "No one was killed and police arrested 12" only the first.
  for (const Hit& other : triggers) {
    if (other.first < negation->past || other.past > trigger.first) continue;
    if (trigger.first - other.past != 1 || scan_.folded(other.past) != "or") return false;
  }
  return true;
}

bool Judge::is_doubted(const Hit& trigger, const SentenceScan& sentence) const {
  for (const Hit& cue : sentence.cues) {
    if (overlaps(cue, trigger) || sentence.borders(cue.first, trigger.first) > 0) continue;
    if (cue.word->cue == Cue::disbelief && sentence.commas(cue.first, trigger.first) == 0) return true;
    if (cue.word->cue != Cue::doubt) continue;
    if (cue.past <= trigger.first && gap(cue, trigger) <= kDoubtReach) return true;
    if (cue.word->tongue == Tongue::persian && trigger.past <= cue.first) return true;
  }
  return false;
}

Polarity Judge::polarity_of(const Hit& trigger, const SentenceScan& sentence, const std::vector<Hit>& triggers) const {
  if (is_denied(trigger, sentence) || is_negated(trigger, sentence, triggers)) return Polarity::denied;
  if (is_doubted(trigger, sentence)) return Polarity::doubted;
  for (const Hit& cue : sentence.cues) {
    if (cue.word->cue == Cue::retraction) return Polarity::denied;
    if (cue.word->cue == Cue::correction) return Polarity::corrected;
  }
  return Polarity::asserted;
}

bool Judge::is_planned(const Hit& trigger, const SentenceScan& sentence) const {
  if (trigger.word->verb == VerbForm::future) return true;
  for (const Cue cue : {Cue::plan, Cue::call}) {
    const Hit* before = cue_before(sentence, trigger, cue, kPlanReach);
    // "will" in a clause of its own after another act ("... and will be tried") reaches its own verb only.
    if (before != nullptr) return true;
    const std::uint32_t reach = sentence.tongue == Tongue::persian ? kSentenceReach : 2;
    const Hit* after = cue_after(sentence, trigger, cue, reach);
    if (after != nullptr && (sentence.tongue == Tongue::english || cue == Cue::call)) return true;
  }
  if (sentence.tongue == Tongue::persian && trigger.word->form == TriggerForm::noun) {
    const Hit* verb = carrying_verb(trigger, sentence);
    return verb != nullptr && verb->word->verb == VerbForm::future;
  }
  return false;
}

/// "for ten days", "the third day", "since Saturday", «از روز یکشنبه».
bool Judge::has_length(const SentenceScan& sentence) const {
  if (sentence.length_days) return true;
  return std::ranges::any_of(sentence.times, [&](const TimeHit* time) { return is_start(*time, sentence, scan_); });
}

bool Judge::is_lasting(const Hit& trigger) const {
  return is_any(codebook_.acts()[trigger.word->value].key, kLastingActs);
}

Stage Judge::stage_of(const Hit& trigger, const SentenceScan& sentence) const {
  const auto near = [&](Cue cue) {
    return cue_before(sentence, trigger, cue, kStageReach) != nullptr ||
           cue_after(sentence, trigger, cue, sentence.tongue == Tongue::persian ? kSentenceReach : kStageReach) !=
               nullptr;
  };
  const auto& act = codebook_.acts()[trigger.word->value];
  if (act.side == "protest" && near(Cue::cancel)) return Stage::cancelled;
  if (cue_before(sentence, trigger, Cue::threat, kStageReach) != nullptr) return Stage::threatened;
  if (sentence.tongue == Tongue::persian && cue_after(sentence, trigger, Cue::threat, kStageReach) != nullptr)
    return Stage::threatened;
  if (cue_before(sentence, trigger, Cue::attempt, kNearReach) != nullptr) return Stage::attempted;
  if (is_planned(trigger, sentence)) return Stage::planned;
  if (!is_lasting(trigger)) return Stage::occurred;
  if (near(Cue::end) || cue_after(sentence, trigger, Cue::end, 2 * kStageReach) != nullptr) return Stage::ended;
  return near(Cue::continuation) || has_length(sentence) ? Stage::continuing : Stage::occurred;
}

bool Judge::is_umbrella(const Hit& trigger, const SentenceScan& sentence) const {
  if (trigger.word->umbrella) return true;
  const auto& act = codebook_.acts()[trigger.word->value];
  const bool crowd = act.family == "protest" || act.family == "violence by crowd";
  const std::uint32_t reach = trigger.plural ? kSentenceReach : kNearReach;
  if (crowd && trigger.plural && sentence.counts_towns) return true;
  if (!crowd && !trigger.plural) return false;
  // "nationwide strike", «تجمع سراسری», "arrests across the country".
  return cue_before(sentence, trigger, Cue::umbrella, reach) != nullptr ||
         cue_after(sentence, trigger, Cue::umbrella, reach) != nullptr;
}

int Judge::confidence_of(const Hit& trigger, const SentenceScan& sentence) const {
  int confidence = trigger.word->needs.empty() && !trigger.word->weak ? 800 : 650;
  const bool hedged = std::ranges::any_of(sentence.cues, [](const Hit& cue) { return cue.word->cue == Cue::hedge; });
  if (hedged) confidence -= 200;
  if (sentence.places.empty()) confidence -= 50;
  if (sentence.times.empty()) confidence -= 50;
  return confidence;
}

std::vector<Mention> Judge::mentions(const SentenceScan& sentence) const {
  std::vector<Mention> out;
  if (sentence.triggers.empty()) return out;
  const auto triggers = chosen_triggers(sentence);
  for (const Hit& trigger : triggers) {
    if (is_left_out(trigger, sentence, triggers)) continue;
    Mention mention;
    mention.act = trigger.word->value;
    mention.trigger = trigger;
    mention.sentence = sentence.index;
    mention.stage = stage_of(trigger, sentence);
    mention.polarity = polarity_of(trigger, sentence, triggers);
    mention.umbrella = is_umbrella(trigger, sentence);
    mention.plural = trigger.plural;
    mention.confidence = confidence_of(trigger, sentence);
    // "Nobody was arrested." denies nothing that anyone could look up.
    const bool bare = sentence.times.empty() && sentence.places.empty() && sentence.actors.empty();
    if (mention.polarity == Polarity::denied && bare) continue;
    out.push_back(std::move(mention));
  }
  return out;
}

}  // namespace gavah::code
