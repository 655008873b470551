#include "code/judgement.h"

#include <algorithm>
#include <array>

#include "code/reach.h"
#include "code/role.h"

namespace gavah::code {
namespace {

// Reaches in tokens. They are the widths at which the golden table (code_golden.txt) comes out right; a row there is
// the test that would change one.
constexpr std::uint32_t kTopicReach = 6;
constexpr std::uint32_t kPlanReach = 10;
constexpr std::uint32_t kNearReach = 4;
constexpr std::uint32_t kStageReach = 8;
constexpr std::uint32_t kSentenceReach = 60;

constexpr std::array<std::string_view, 8> kLastingActs{"strike",  "hunger strike", "sit-in",     "blockade",
                                                       "boycott", "raid",          "censorship", "force deployment"};

}  // namespace

bool is_start(const TimeHit& time, const SentenceScan& sentence, const Scan& scan) {
  constexpr std::int64_t kDaySeconds = 86400;
  const auto own = scan.folded(time.first);
  std::uint32_t first = time.first;
  if (first > sentence.tokens.first && scan.folded(first - 1) == "روز") --first;
  const auto before = first > sentence.tokens.first ? scan.folded(first - 1) : std::string_view();
  constexpr std::array<std::string_view, 2> kSince{"since", "منذ"};
  if (is_any(own, kSince) || is_any(before, kSince)) return true;
  // «از ۳ تا ۱۲ خرداد» has both ends already.
  const bool one_day =
      time.time.start && time.time.end && time.time.end->seconds - time.time.start->seconds <= kDaySeconds;
  return one_day && (own == "از" || before == "از");
}

const TimeHit* owner_of(const Hit& trigger, const SentenceScan& sentence, const Scan& scan) {
  constexpr std::uint32_t kOwnedReach = 4;
  for (const TimeHit* time : sentence.times) {
    if (time->kind != text::TimeKind::when || time->past > trigger.first) continue;
    const std::uint32_t owned = time->past + 2;
    if (owned > trigger.first || trigger.first - owned > kOwnedReach || scan.folded(owned - 1) != "s") continue;
    const auto mark = scan.folded(time->past);
    const bool is_first = std::ranges::none_of(
        sentence.triggers, [&](const Hit& other) { return other.first >= owned && other.past <= trigger.first; });
    if (is_first && (mark == "'" || mark == "’")) return time;
  }
  return nullptr;
}

bool is_old(const TimeHit& time, const Scan& scan) {
  constexpr std::int64_t kOldSeconds = std::int64_t{60} * 86400;
  const auto& published = scan.report().published.start;
  return published && time.time.end && published->seconds - time.time.end->seconds > kOldSeconds;
}

Judge::Judge(const Scan& scan, const Codebook& codebook, const Lexicon& lexicon)
    : scan_(scan),
      codebook_(codebook),
      lexicon_(lexicon),
      number_(lexicon.context("number")),
      crowd_(lexicon.context("crowd") | lexicon.context("people")),
      state_(lexicon.context("state")),
      victims_(lexicon.context("killed")),
      statute_(lexicon.context("statute")),
      permission_(lexicon.context("permission")),
      citation_(lexicon.context("citation")),
      denial_(scan, codebook),
      chance_(scan, codebook, lexicon) {
  count_frames(lexicon);
}

void Judge::count_frames(const Lexicon& lexicon) {
  ContextSet tales;
  for (const auto name : {"fiction", "story", "advert"}) tales |= lexicon.context(name);
  ContextSet frames = tales | statute_;
  for (const auto name : {"sport", "nature", "market", "game"}) frames |= lexicon.context(name);
  frames_before_.reserve(scan_.sentences().size() + 1);
  Frames count;
  for (const SentenceScan& sentence : scan_.sentences()) {
    frames_before_.push_back(count);
    std::uint32_t past = 0;  // "the law" inside "the new law" is one word
    for (const Hit& hit : sentence.contexts) {
      if ((hit.word->contexts & frames).none() || hit.first < past) continue;
      past = hit.past;
      ++count.all;
      if ((hit.word->contexts & tales).any()) ++count.tales;
    }
  }
  frames_before_.push_back(count);
}

/// Two words of a law in one sentence, or "the law allows judges to order arrests", without a day or place; with one,
/// where no article is cited: "three teachers were arrested in Nilvan under article 610 of the penal code" is news.
bool Judge::is_of_law(const Hit& trigger, const SentenceScan& sentence) const {
  std::uint32_t past = 0;
  std::uint32_t words = 0;
  for (const Hit& hit : sentence.contexts) {
    if ((hit.word->contexts & statute_).none() || hit.first < past) continue;
    past = hit.past;
    ++words;
  }
  const Hit* allows = context_in(sentence, permission_);
  const bool is_timeless = sentence.times.empty() && sentence.places.empty();
  const bool is_news = !is_timeless && context_in(sentence, citation_) != nullptr;
  return (words > 1 && !is_news) || (is_timeless && allows != nullptr && allows->past <= trigger.first);
}

/// A film, a match, a paragraph of a law, an advertisement: one such word may stand in any report, two near each other
/// say what the text is about. What police do to people in a town is news beside any match, but not in a tale.
bool Judge::is_in_frame(const Hit& trigger, const SentenceScan& sentence) const {
  if (is_of_law(trigger, sentence)) return true;
  constexpr std::uint32_t kFrameSentences = 2;  // before and after
  constexpr std::uint32_t kFrameWords = 2;
  const auto& sentences = scan_.sentences();
  std::size_t first = sentence.index;
  std::size_t last = sentence.index;
  for (std::uint32_t i = 0; i < kFrameSentences; ++i) {
    if (first > 0 && sentences[first - 1].block == sentence.block) --first;
    if (last + 1 < sentences.size() && sentences[last + 1].block == sentence.block) ++last;
  }
  const Frames& past = frames_before_[last + 1];
  const Frames& before = frames_before_[first];
  if (past.tales - before.tales >= kFrameWords) return true;
  return past.all - before.all >= kFrameWords && !tells_by_itself(trigger, sentence);
}

/// "Police shot three fans in Nilvan on Monday" is news beside any match: who, to whom, and where or when. So is where
/// or when somebody was arrested or hanged, which no game does.
bool Judge::tells_by_itself(const Hit& trigger, const SentenceScan& sentence) const {
  if (sentence.places.empty() && sentence.times.empty()) return false;
  const bool does_to_people = context_in(sentence, state_) != nullptr && context_in(sentence, crowd_) != nullptr;
  return does_to_people || is_of_no_game(codebook_.acts()[trigger.word->value].key);
}

/// Why the row of a trigger does not hold here; nothing when it does.
Ground Judge::unmet(const Hit& trigger, const SentenceScan& sentence) const {
  const Word& word = *trigger.word;
  if (word.weak && sentence.actors.empty() && sentence.places.empty() && sentence.times.empty() &&
      sentence.numbers.empty()) {
    return {"its row is weak, and its sentence names no actor, place, day or number"};
  }
  if (word.numbered) {
    const bool counted = std::ranges::any_of(sentence.numbers, [&](const text::Number* number) {
      return number->past_token <= trigger.first && trigger.first - number->past_token <= 1;
    });
    return counted ? Ground{} : Ground{"its row asks for a number right before it"};
  }
  if (word.by_crowd && !is_done_by_crowd(trigger, sentence)) return {"its row asks for people right before it"};
  if (word.needs == 0) return {};
  // A word is no context of its own, on neither side of a gap.
  ContextSet contexts;
  // «بعد تسعة أيام»: the number of a time counts nobody.
  const bool counts = std::ranges::any_of(sentence.numbers, [&](const text::Number* number) {
    return std::ranges::none_of(sentence.times, [&](const TimeHit* time) {
      return number->first_token < time->past && time->first < number->past_token;
    });
  });
  if (counts) contexts |= number_;
  for (const Hit& hit : sentence.contexts) {
    if (!overlaps(hit, trigger) && !trigger.rest.meets(hit.first, hit.past)) contexts |= hit.word->contexts;
  }
  const bool met =
      std::ranges::any_of(lexicon_.needs(word), [&](const ContextSet& need) { return (need & contexts) == need; });
  return met ? Ground{} : Ground{"its sentence lacks the words that its row asks for"};
}

/// Notes that the words of a trigger become no mention.
void Judge::leave(const Hit& trigger, const Ground& ground) const {
  Trace* trace = scan_.trace();
  if (trace == nullptr) return;
  const Word& word = *trigger.word;
  trace->reject(0, Slot::act, word.value == kNoAct ? std::string() : codebook_.acts()[word.value].key, ground,
                &trigger);
}

void Judge::leave_unmet(const Hit& trigger, const Ground& ground) const {
  if (scan_.trace() == nullptr || trigger.word->value == kNoAct) return;
  std::string rule(ground.rule);
  const auto needs = lexicon_.needs(*trigger.word);
  for (const ContextSet& need : needs)
    rule.append(&need == &needs.front() ? ": " : "; or ").append(lexicon_.context_names(need));
  leave(trigger, {rule, ground.by});
}

/// Keeps the longest of overlapping triggers, without those that name no act.
std::vector<Hit> Judge::keep_longest(std::vector<Hit> met) const {
  std::vector<Hit> lost;
  if (scan_.trace() != nullptr) lost = met;
  met = longest_hits(std::move(met));
  for (const Hit& hit : lost) {
    const auto kept = std::ranges::find_if(met, [&](const Hit& other) { return overlaps(other, hit); });
    const bool won = kept->word == hit.word && kept->first == hit.first;
    if (won && hit.word->topic) leave(hit, {"its row says that it names a topic, not an act"});
    // The same act in more words is no rejection of it.
    if (won || hit.word->value == kNoAct || hit.word->value == kept->word->value) continue;
    leave(hit, {kept->word->value == kNoAct ? "it is part of an idiom that names no act"
                                            : "it shares words with a trigger that is longer, or stands before it in "
                                              "the lexicon",
                &*kept});
  }
  // The far side of a row with a gap is no second mention of its act, nor of the sentence that it says was carried out:
  // «نفذت ... حكم الإعدام».
  const std::vector<Hit> kept = met;
  const auto is_justice = [&](const Hit& hit) {
    return hit.word->value != kNoAct && codebook_.acts()[hit.word->value].family == "justice";
  };
  const auto key_of = [&](const Hit& hit) {
    return hit.word->value == kNoAct ? std::string_view() : std::string_view(codebook_.acts()[hit.word->value].key);
  };
  std::erase_if(met, [&](const Hit& hit) {
    return hit.word->value == kNoAct || hit.word->topic || std::ranges::any_of(kept, [&](const Hit& other) {
             // «أيدت المحكمة الحكم بإعدام ...»: what is upheld says more than that something is.
             const bool says_more = key_of(hit) == "death sentence" && key_of(other) == "prosecution";
             const bool alike =
                 other.word->value == hit.word->value || (is_justice(other) && is_justice(hit) && !says_more);
             if (!alike || !other.rest.meets(hit.first, hit.past)) return false;
             // Two rows whose far sides are each other's near ones: that which holds the verb stays, else the first.
             if (!hit.rest.meets(other.first, other.past)) return true;
             return hit.word->has_verb == other.word->has_verb ? other.first < hit.first : other.word->has_verb;
           });
  });
  return met;
}

std::vector<Hit> Judge::chosen_triggers(const SentenceScan& sentence) const {
  std::vector<Hit> met;
  for (const Hit& hit : sentence.triggers) {
    if (const Ground ground = unmet(hit, sentence)) {
      leave_unmet(hit, ground);
      continue;
    }
    // The name of a body or of people ("hunger strikers") is no act.
    const auto inside_actor = std::ranges::find_if(sentence.actors, [&](const Hit& actor) {
      return actor.first <= hit.first && actor.past >= hit.past && actor.past - actor.first > hit.past - hit.first;
    });
    // "the March elections"
    const bool inside_time = std::ranges::any_of(sentence.times, [&](const TimeHit* time) {
      return time->kind == text::TimeKind::when && time->first <= hit.first && hit.past <= time->past;
    });
    if (inside_actor != sentence.actors.end()) {
      leave(hit, {"it is part of the name of an actor", &*inside_actor});
    } else if (inside_time) {
      leave(hit, {"it is part of a date"});
    } else {
      met.push_back(hit);
    }
  }
  met = keep_longest(std::move(met));
  drop_weaker_sentences(met, sentence);
  return met;
}

/// "sentenced two protesters to death" is one act: the words far from "sentenced" decide which.
void Judge::drop_weaker_sentences(std::vector<Hit>& triggers, const SentenceScan& sentence) const {
  const auto is_act = [&](const Hit& hit, std::string_view key) {
    return codebook_.acts()[hit.word->value].key == key;
  };
  std::erase_if(triggers, [&](const Hit& hit) {
    if (!is_act(hit, "prosecution")) return false;
    const auto sentenced = std::ranges::find_if(triggers, [&](const Hit& other) {
      return is_act(other, "death sentence") && sentence.borders(hit.first, other.first) == 0;
    });
    if (sentenced == triggers.end()) return false;
    leave(hit, {"the same clause says that the sentence is death", &*sentenced});
    return true;
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

/// "relatives of those killed lit candles": another act is told of them.
bool Judge::says_whose(const Hit& trigger, const SentenceScan& sentence) const {
  constexpr std::array<std::string_view, 5> kWhose{"of", "for", "to", "with", "from"};
  constexpr std::array<std::string_view, 6> kTells{"on", "in", "at", "during", "by", "yesterday"};
  if (sentence.tongue != Tongue::english || trigger.first < sentence.tokens.first + 2) return false;
  if (scan_.folded(trigger.first - 1) != "those" || !is_any(scan_.folded(trigger.first - 2), kWhose)) return false;
  return trigger.past >= sentence.tokens.past || !is_any(scan_.folded(trigger.past), kTells);
}

/// «ضحايا الاحتجاجات», «کشته‌شدگان اعتراضات»: a protest that only says which of
/// the dead or held are meant.
bool Judge::is_of_victims(const Hit& trigger, const SentenceScan& sentence) const {
  constexpr std::array<std::string_view, 2> kCrowds{"gathering", "march"};
  const bool is_noun = trigger.word->form == TriggerForm::noun && sentence.tongue != Tongue::english;
  if (!is_noun || !is_any(codebook_.acts()[trigger.word->value].key, kCrowds)) return false;
  return std::ranges::any_of(sentence.contexts, [&](const Hit& hit) {
    const bool is_bound = sentence.tongue == Tongue::persian || !scan_.folded(hit.first).starts_with("ال");
    return hit.past == trigger.first && is_bound && (hit.word->contexts & victims_).any();
  });
}

/// "people who were released": said in passing, unless a day or a number says when and how many.
bool Judge::is_relative(const Hit& trigger, const SentenceScan& sentence) const {
  constexpr std::uint32_t kCountedReach = 2;
  const bool dated =
      std::ranges::any_of(sentence.times, [](const TimeHit* time) { return time->kind == text::TimeKind::when; });
  if (sentence.tongue != Tongue::english || dated) return false;
  for (std::uint32_t back = 1; back <= 3 && trigger.first >= sentence.tokens.first + back; ++back) {
    const std::uint32_t at = trigger.first - back;
    if (scan_.folded(at) != "who") continue;
    return std::ranges::none_of(sentence.numbers, [&](const text::Number* number) {
      return number->past_token <= at && at - number->past_token <= kCountedReach;
    });
  }
  return false;
}

/// "a detained person", "kicking handcuffed inmates": a participle before a noun says which people are meant.
bool Judge::is_attributive(const Hit& trigger, const SentenceScan& sentence) const {
  constexpr std::array<std::string_view, 21> kBefore{"a",   "an",    "the",  "of",   "these",   "those", "his",
                                                     "her", "their", "its",  "our",  "my",      "other", "any",
                                                     "all", "every", "some", "many", "several", "for",   "with"};
  const Word& word = *trigger.word;
  if (sentence.tongue != Tongue::english || word.form != TriggerForm::verb || word.verb != VerbForm::past) return false;
  if (trigger.past - trigger.first != 1 || trigger.first == sentence.tokens.first) return false;
  const bool qualifies =
      std::ranges::any_of(sentence.actors, [&](const Hit& actor) { return actor.first == trigger.past; });
  if (!qualifies) return false;
  if (is_any(scan_.folded(trigger.first - 1), kBefore)) return true;
  // "In District 5 arrested", "on 14 May arrested": a number of a name or of a time counts nobody.
  const auto counts = [&](const text::Number* number) {
    if (number->past_token != trigger.first || sentence.is_name(*number)) return false;
    return std::ranges::none_of(sentence.times, [&](const TimeHit* time) {
      return number->first_token < time->past && time->first < number->past_token;
    });
  };
  return std::ranges::any_of(sentence.numbers, counts) || std::ranges::any_of(sentence.triggers, [&](const Hit& other) {
           return other.past == trigger.first && other.word->value != kNoAct && other.word->form == TriggerForm::verb;
         });
}

/// "Protesters stormed the office": people of protest, or such as have no side, right before the verb.
bool Judge::is_done_by_crowd(const Hit& trigger, const SentenceScan& sentence) const {
  constexpr std::uint32_t kDoerReach = 2;
  constexpr std::array<std::string_view, 2> kPeople{"civilians", "families"};
  return std::ranges::any_of(sentence.actors, [&](const Hit& actor) {
    const auto& actor_class = codebook_.actor_classes()[actor.word->value];
    return actor.past <= trigger.first && trigger.first - actor.past <= kDoerReach &&
           (actor_class.side == "protest" || is_any(actor_class.key, kPeople));
  });
}

/// "during last summer's unrest": a time that owns the act and is long past says what is told besides.
bool Judge::is_long_past(const Hit& trigger, const SentenceScan& sentence) const {
  const TimeHit* owner = owner_of(trigger, sentence, scan_);
  return owner != nullptr && is_old(*owner, scan_);
}

bool Judge::is_purpose(const Hit& trigger, const SentenceScan& sentence) const {
  const bool is_base = trigger.word->form == TriggerForm::verb && trigger.word->verb == VerbForm::base;
  // "to protest", "to march": nouns by their form, verbs after "to".
  const bool is_noun_like = trigger.word->form == TriggerForm::noun && trigger.past - trigger.first == 1 &&
                            codebook_.acts()[trigger.word->value].side == "protest";
  if (!is_base && !is_noun_like) return false;
  if (trigger.first == sentence.tokens.first || scan_.folded(trigger.first - 1) != "to") return false;
  if (planned(trigger, sentence)) return false;
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

/// "two years after the uprising in which hundreds were killed"; "three months after the vote police shot" is news.
const Hit* Judge::background_clause(const Hit& trigger, const SentenceScan& sentence) const {
  if (sentence.tongue != Tongue::english) return nullptr;
  for (const Hit& cue : sentence.cues) {
    if (cue.word->cue != Cue::background || cue.past > trigger.first || gap(cue, trigger) > kPlanReach) continue;
    if (sentence.commas(cue.past, trigger.first) > 0) continue;
    for (std::uint32_t i = cue.past; i < trigger.first; ++i) {
      if (scan_.folded(i) == "which" || scan_.folded(i) == "that") return &cue;
    }
  }
  return nullptr;
}

Ground Judge::left_out(const Hit& trigger, const SentenceScan& sentence, const std::vector<Hit>& triggers) const {
  const auto& act = codebook_.acts()[trigger.word->value];
  if (is_in_frame(trigger, sentence))
    return {"the words around it are those of a game, a story, a law or an advertisement"};
  if (const Ground ground = chance_.ground(trigger, sentence)) return ground;
  if (is_in_slogan(trigger, sentence)) return {"it stands in a quoted slogan"};
  if (is_purpose(trigger, sentence)) return {"it says what somebody came for, not what was done"};
  if (is_relative(trigger, sentence) || says_whose(trigger, sentence) || is_attributive(trigger, sentence) ||
      is_of_victims(trigger, sentence))
    return {"it only says which people are meant"};
  if (triggers.size() > 1 && is_long_past(trigger, sentence)) return {"it is told besides, of a time long past"};
  if (is_object_of_mourning(trigger, sentence, triggers)) return {"it is what is mourned, not news"};
  if (act.key != "commemoration") {
    if (const Hit* cue = cue_before(sentence, trigger, Cue::anniversary, kTopicReach))
      return {"it is remembered, not reported", cue};
  }
  const Hit* past = cue_before(sentence, trigger, Cue::background, kNearReach);
  if (past != nullptr && (trigger.first == past->past || scan_.folded(past->past - 1) != "the"))
    return {"it is told as background", past};
  if (const Hit* cue = background_clause(trigger, sentence)) return {"it is told of what is background", cue};
  if (const Hit* cue = cue_before(sentence, trigger, Cue::since, 1))
    return {"it says since when something else is so", cue};
  if (const Hit* cue = cue_before(sentence, trigger, Cue::condition, kNearReach)) return {"it is a condition", cue};
  for (const Cue cue : {Cue::topic, Cue::demand}) {
    if (cue == Cue::topic && is_persian_predicate(trigger, sentence)) continue;
    const Hit* topic = cue_before(sentence, trigger, cue, kTopicReach);
    // "Workers marched against ... and were arrested": what another act of the sentence stands between is no topic.
    if (topic != nullptr && std::ranges::none_of(triggers, [&](const Hit& other) {
          return other.first >= topic->past && other.past <= trigger.first;
        })) {
      return {cue == Cue::topic ? "it is what a protest or a text is about" : "it is what is demanded", topic};
    }
  }
  const Hit* call = act.side == "state" ? cue_before(sentence, trigger, Cue::call, kPlanReach) : nullptr;
  if (call != nullptr) return {"somebody calls for it, and it is the state's to do", call};
  const bool bare = sentence.times.empty() && sentence.places.empty() && sentence.numbers.empty();
  if (trigger.word->umbrella && bare) return {"it names many acts, and its sentence no day, place or number"};
  return {};
}

/// «يدعو ... إلى وقفة ...، تليها مسيرة ...، مع ...»: the nouns of one call, commas between them.
const Hit* Judge::called_with_others(const Hit& trigger, const SentenceScan& sentence) const {
  if (sentence.tongue != Tongue::arabic || trigger.word->form != TriggerForm::noun) return nullptr;
  const Hit* call = nullptr;  // the nearest
  for (const Hit& cue : sentence.cues) {
    const bool before = cue.word->cue == Cue::call && cue.past <= trigger.first && gap(cue, trigger) <= kSentenceReach;
    if (before && sentence.borders(cue.past, trigger.first) == 0) call = &cue;
  }
  if (call == nullptr) return nullptr;
  const auto between = [&](const Hit& other) { return other.first >= call->past && other.past <= trigger.first; };
  const bool acts = std::ranges::any_of(sentence.triggers, [&](const Hit& other) {
    return other.word->form == TriggerForm::verb && other.word->value != kNoAct && between(other);
  });
  const bool tells = std::ranges::any_of(
      sentence.cues, [&](const Hit& other) { return other.word->cue == Cue::speech && between(other); });
  return acts || tells ? nullptr : call;
}

Ground Judge::planned(const Hit& trigger, const SentenceScan& sentence) const {
  if (trigger.word->verb == VerbForm::future) return {"its own verb is of the future"};
  if (sentence.tongue == Tongue::persian) {
    for (std::uint32_t i = trigger.first; i < trigger.past; ++i) {
      if (scan_.folded(i).starts_with("خواه") || scan_.folded(i).starts_with("نخواه"))
        return {"its own verb is of the future"};
    }
  }
  for (const Cue cue : {Cue::plan, Cue::call}) {
    const Hit* before = cue_before(sentence, trigger, cue, kPlanReach);
    // "will" in a clause of its own after another act ("... and will be tried") reaches its own verb only.
    if (before != nullptr) return {"a word of what is to come stands before it", before};
    const std::uint32_t reach = sentence.tongue == Tongue::persian ? kSentenceReach : 2;
    const Hit* after = cue_after(sentence, trigger, cue, reach);
    if (after != nullptr && (sentence.tongue != Tongue::persian || cue == Cue::call))
      return {"a word of what is to come stands after it", after};
  }
  if (const Hit* call = called_with_others(trigger, sentence)) return {"it is called for with others", call};
  if (sentence.tongue == Tongue::persian && trigger.word->form == TriggerForm::noun) {
    const Hit* verb = carrying_verb(trigger, sentence);
    if (verb != nullptr && verb->word->verb == VerbForm::future)
      return {"the verb that carries it is of the future", verb};
  }
  return {};
}

/// "for ten days", "the third day", "since Saturday", «از روز یکشنبه».
bool Judge::has_length(const Hit& trigger, const SentenceScan& sentence) const {
  if (sentence.length_days) return true;
  return std::ranges::any_of(sentence.times, [&](const TimeHit* time) {
    if (!is_start(*time, sentence, scan_)) return false;
    // «المحتجزة في سجن نيلوان منذ أيار، بدأت إضرابا»: how long she is held.
    const std::uint32_t from = std::min(time->past, trigger.past);
    const std::uint32_t to = std::max(time->first, trigger.first);
    return sentence.tongue != Tongue::arabic || from >= to || sentence.commas(from, to) == 0;
  });
}

bool Judge::is_lasting(const Hit& trigger) const {
  return is_any(codebook_.acts()[trigger.word->value].key, kLastingActs);
}

/// "If wages are not paid, we will strike": the condition of a clause of its own.
const Hit* Judge::condition_of(const Hit& trigger, const SentenceScan& sentence) const {
  constexpr std::array<std::string_view, 11> kIf{"if",  "unless", "اگر", "چنانچه", "در", "تا",
                                                 "اذا", "ما",     "ان",  "فی",     "لو"};
  for (const Hit& cue : sentence.cues) {
    if (cue.word->cue != Cue::condition || !is_any(scan_.folded(cue.first), kIf)) continue;
    const bool before = cue.past <= trigger.first;
    const std::uint32_t from = before ? cue.past : trigger.past;
    const std::uint32_t to = before ? trigger.first : cue.first;
    if (from <= to && (sentence.commas(from, to) > 0 || !before)) return &cue;
  }
  return nullptr;
}

Decided<Stage> Judge::stage_of(const Hit& trigger, const SentenceScan& sentence) const {
  const auto near = [&](Cue cue) {
    const Hit* before = cue_before(sentence, trigger, cue, kStageReach);
    if (before != nullptr) return before;
    return cue_after(sentence, trigger, cue, sentence.tongue == Tongue::persian ? kSentenceReach : kStageReach);
  };
  const auto& act = codebook_.acts()[trigger.word->value];
  const Hit* cue = act.side == "protest" ? near(Cue::cancel) : nullptr;
  if (cue != nullptr) return {Stage::cancelled, {"it is called off", cue}};
  cue = cue_before(sentence, trigger, Cue::threat, kStageReach);
  if (cue == nullptr && sentence.tongue == Tongue::persian)
    cue = cue_after(sentence, trigger, Cue::threat, kStageReach);
  if (cue != nullptr) return {Stage::threatened, {"somebody threatens it", cue}};
  // «کوشیدند آنها را با ... پراکنده کنند»: a Persian verb of trying stands first, the one that is tried last.
  const bool tried = sentence.tongue == Tongue::persian && trigger.word->verb == VerbForm::subjunctive;
  cue = cue_before(sentence, trigger, Cue::attempt, tried ? kPlanReach : kNearReach);
  if (cue != nullptr) return {Stage::attempted, {"it is said to have been tried", cue}};
  if (trigger.word->ends && !planned(trigger, sentence)) return {Stage::ended, {"its row says that it is over"}};
  if (const Ground ground = planned(trigger, sentence)) {
    const Hit* condition = condition_of(trigger, sentence);
    if (condition != nullptr) return {Stage::threatened, {"it is to come if something is so", condition}};
    return {Stage::planned, ground};
  }
  if (!is_lasting(trigger)) return {Stage::occurred, {"no word says otherwise, and such an act does not last"}};
  cue = near(Cue::end);
  if (cue == nullptr) cue = cue_after(sentence, trigger, Cue::end, 2 * kStageReach);
  if (cue != nullptr) return {Stage::ended, {"it is said to be over", cue}};
  cue = near(Cue::continuation);
  if (cue != nullptr) return {Stage::continuing, {"it is said to go on", cue}};
  if (has_length(trigger, sentence)) return {Stage::continuing, {"the sentence says how long, or since when"}};
  return {Stage::occurred, {"no word says otherwise"}};
}

Ground Judge::umbrella(const Hit& trigger, const SentenceScan& sentence) const {
  if (trigger.word->umbrella) return {"its row says that it names many acts"};
  const auto& act = codebook_.acts()[trigger.word->value];
  const bool crowd = act.family == "protest" || act.family == "violence by crowd";
  const std::uint32_t reach = trigger.plural ? kSentenceReach : kNearReach;
  // «در نه شهر گرد هم آمدند»: Persian and Arabic nouns of acts and their verbs need no plural form.
  const bool many = trigger.plural || sentence.tongue != Tongue::english;
  if (crowd && many && sentence.counts_towns) return {"it is plural, and the sentence counts towns"};
  if (!crowd && !trigger.plural) return {};
  // "nationwide strike", «تجمع سراسری», "arrests across the country".
  const Hit* cue = cue_before(sentence, trigger, Cue::umbrella, reach);
  if (cue == nullptr) cue = cue_after(sentence, trigger, Cue::umbrella, reach);
  // "parked their lorries across the highway": its own words.
  if (cue != nullptr && trigger.rest.meets(cue->first, cue->past)) return {};
  return cue != nullptr ? Ground{"words beside it speak of many acts", cue} : Ground{};
}

int Judge::confidence_of(const Mention& mention, const SentenceScan& sentence) const {
  const Word& word = *mention.trigger.word;
  const bool plain = word.needs == 0 && !word.weak;
  int confidence = plain ? 800 : 650;
  Trace* trace = scan_.trace();
  const auto note = [&](std::string_view value, const Ground& ground) {
    if (trace != nullptr) trace->take(mention.trail, Slot::confidence, std::string(value), ground);
  };
  if (plain) {
    note("800", {"its words say the act by themselves"});
  } else {
    note("650", {"its words say the act only with others beside them"});
  }
  const auto hedge = std::ranges::find_if(
      sentence.cues, [&](const Hit& cue) { return cue.word->cue == Cue::hedge || doubts_who(cue, sentence); });
  if (hedge != sentence.cues.end()) {
    confidence -= 200;
    note("-200", {"the sentence hedges", &*hedge});
  }
  if (sentence.places.empty()) {
    confidence -= 50;
    note("-50", {"the sentence names no place"});
  }
  if (sentence.times.empty()) {
    confidence -= 50;
    note("-50", {"the sentence names no time"});
  }
  return confidence;
}

std::vector<Mention> Judge::mentions(const SentenceScan& sentence, Before before) const {
  std::vector<Mention> out;
  if (sentence.triggers.empty()) return out;
  const auto triggers = chosen_triggers(sentence);
  for (const Hit& trigger : triggers) {
    if (const Ground ground = left_out(trigger, sentence, triggers)) {
      leave(trigger, ground);
      continue;
    }
    Mention mention;
    Trace* trace = scan_.trace();
    if (trace != nullptr) mention.trail = trace->start();
    mention.act = trigger.word->value;
    mention.trigger = trigger;
    mention.sentence = sentence.index;
    const auto stage = stage_of(trigger, sentence);
    const auto polarity = denial_.polarity(trigger, sentence, triggers);
    const Ground many = umbrella(trigger, sentence);
    mention.stage = stage.value;
    mention.polarity = polarity.value;
    mention.umbrella = static_cast<bool>(many);
    mention.plural = trigger.plural;
    mention.confidence = confidence_of(mention, sentence);
    // "Nobody was arrested." alone denies nothing that anyone could look up.
    const bool bare =
        before == Before::nothing && sentence.times.empty() && sentence.places.empty() && sentence.actors.empty();
    if (mention.polarity == Polarity::denied && bare) {
      leave(trigger, {"it is denied, and its sentence names no day, place or actor", polarity.ground.by});
      continue;
    }
    if (trace != nullptr) {
      trace->take(mention.trail, Slot::act, codebook_.acts()[mention.act].key, {"its words name the act"}, &trigger);
      trace->take(mention.trail, Slot::stage, std::string(name_of(stage.value)), stage.ground);
      trace->take(mention.trail, Slot::polarity, std::string(name_of(polarity.value)), polarity.ground);
      if (many) trace->take(mention.trail, Slot::umbrella, "many acts", many);
    }
    out.push_back(std::move(mention));
  }
  return out;
}

}  // namespace gavah::code
