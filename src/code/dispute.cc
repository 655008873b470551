#include "code/dispute.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>

#include "code/reach.h"

namespace gavah::code {
namespace {

constexpr std::uint32_t kEarlierSentences = 3;
constexpr std::size_t kDeniedLimit = 3;   ///< mentions that one "denied the reports" can be about
constexpr std::uint32_t kActorReach = 5;  ///< tokens between an actor and the word that calls it a myth
constexpr int kDoubtConfidence = 500;

std::optional<Polarity> dispute_of(Cue cue) {
  switch (cue) {
    case Cue::denial:
    case Cue::falsehood:
    case Cue::retraction:
      return Polarity::denied;
    case Cue::disbelief:
      return Polarity::doubted;
    default:
      return std::nullopt;
  }
}

const Teller* teller_for(const Hit& cue, const std::vector<Teller>& tellers) {
  for (const Teller& teller : tellers) {
    if (teller.cue_first == cue.first) return &teller;
  }
  return tellers.empty() ? nullptr : &tellers.front();
}

Mention disputing(const Mention& disputed, const Hit& cue, const SentenceScan& sentence, Polarity polarity) {
  Mention mention;
  mention.act = disputed.act;
  mention.trigger = cue;
  mention.sentence = sentence.index;
  mention.stage = disputed.stage;
  mention.polarity = polarity;
  mention.time = {disputed.time.time, false};
  mention.places = disputed.places;
  mention.umbrella = disputed.umbrella;
  mention.confidence = kDoubtConfidence;
  return mention;
}

/// Where a disputing mention has its slots from.
void note_dispute(const Scan& scan, Mention& dispute, const Mention& disputed, const Codebook& codebook,
                  const Ground& ground) {
  Trace* trace = scan.trace();
  if (trace == nullptr) return;
  dispute.trail = trace->start();
  const Ground taken{"it is that of the claim that is disputed"};
  trace->take(dispute.trail, Slot::act, codebook.acts()[dispute.act].key, taken, &disputed.trigger);
  trace->take(dispute.trail, Slot::stage, std::string(name_of(dispute.stage)), taken);
  trace->take(dispute.trail, Slot::polarity, std::string(name_of(dispute.polarity)), ground);
  trace->take(dispute.trail, Slot::time, trace_value(dispute.time.time), taken, dispute.time.time.span);
  trace->take(dispute.trail, Slot::confidence, std::to_string(dispute.confidence),
              {"its sentence names no act, only that it disputes one"});
  if (dispute.umbrella) trace->take(dispute.trail, Slot::umbrella, "many acts", disputed.umbrella ? taken : ground);
  for (const Place& place : dispute.places)
    trace->take(dispute.trail, Slot::place, trace_value(place), taken, place.span);
  for (const Actor& target : dispute.targets)
    trace->take(dispute.trail, Slot::target, target.name, {"the words are about them"}, target.span);
  if (dispute.about) trace->take(dispute.trail, Slot::about, "", {"it is doubted"}, &disputed.trigger);
}

/// Words for what was told before: only a sentence with one of them disputes it.
bool names_earlier_telling(const SentenceScan& sentence, const Scan& scan, const Hit& cue) {
  constexpr std::string_view kTold[] = {
      "report",  "reports",  "claim",   "claims",    "allegation", "allegations", "accusation", "accusations",
      "account", "accounts", "rumours", "rumors",    "rumour",     "story",       "stories",    "it",
      "this",    "news",     "that",    "خبر",       "اخبار",      "گزارش",       "ادعا",       "ادعاها",
      "ادعاهای", "گزارشها",  "موضوع",   "ان",        "این",        "شایعات",      "انها",       "مطلب",
      "خبرها",   "گزارشهای", "روایت",   "الخبر",     "الاخبار",    "الانباء",     "التقاریر",   "ذلک",
      "هذه",     "هذا",      "الروایه", "الاتهامات", "المزاعم",    "الادعاءات"};
  if (cue.word->cue == Cue::falsehood && cue.first > sentence.tokens.first) {
    // "published false reports" names what somebody else wrote; "the report is false" disputes this one.
    constexpr std::array<std::string_view, 12> kPredicate{"is",     "are",    "was",  "were", "as", "reports",
                                                          "report", "claims", "them", "it",   "a",  "completely"};
    const bool predicate = std::ranges::find(kPredicate, scan.folded(cue.first - 1)) != kPredicate.end();
    if (cue.word->tongue == Tongue::english && !predicate) return false;
  }
  for (std::uint32_t i = sentence.tokens.first; i < sentence.tokens.past; ++i) {
    const bool told = std::ranges::find(kTold, scan.folded(i)) != std::end(kTold);
    if (told && (i < cue.first || i >= cue.past)) return true;
  }
  return false;
}

/// Words for a number told before: who calls it exaggerated doubts what it counts.
bool names_earlier_number(const SentenceScan& sentence, const Scan& scan) {
  constexpr std::string_view kNumbers[] = {"figure", "figures", "number",  "numbers", "toll",     "رقم",
                                           "ارقام",  "امار",    "عدد",     "ویدیوها", "ویدیوهای", "چنین",
                                           "الرقم",  "الارقام", "الحصیله", "الاعداد", "الاحصاءات"};
  for (std::uint32_t i = sentence.tokens.first; i < sentence.tokens.past; ++i) {
    if (std::ranges::find(kNumbers, scan.folded(i)) != std::end(kNumbers)) return true;
  }
  return false;
}

/// The cue of a sentence that disputes what was told before it.
const Hit* disputing_cue(const SentenceScan& sentence, const Scan& scan) {
  for (const Hit& cue : sentence.cues) {
    if (dispute_of(cue.word->cue) == Polarity::denied && !cue.word->negative)
      return names_earlier_telling(sentence, scan, cue) ? &cue : nullptr;
  }
  for (const Hit& cue : sentence.cues) {
    const bool doubts = cue.word->cue == Cue::disbelief || cue.word->cue == Cue::doubt;
    if (doubts && sentence.tongue != Tongue::english && names_earlier_number(sentence, scan)) return &cue;
  }
  return nullptr;
}

/// The latest sentence that told of an act, not more than a few before; none: that of `sentence` itself.
std::uint32_t latest_telling(const SentenceScan& sentence, const std::vector<Mention>& earlier) {
  std::uint32_t latest = sentence.index;
  for (const Mention& mention : earlier) {
    if (mention.polarity != Polarity::asserted || mention.sentence >= sentence.index) continue;
    if (sentence.index - mention.sentence > kEarlierSentences) continue;
    latest = latest == sentence.index ? mention.sentence : std::max(latest, mention.sentence);
  }
  return latest;
}

std::string folded_name(const Actor& actor) { return text::folded_key(actor.name); }

/// The actor that the cue is about: the last one before it, near and in its clause.
const Hit* actor_meant(const Hit& cue, const SentenceScan& sentence) {
  const Hit* meant = nullptr;
  for (const Hit& actor : sentence.actors) {
    if (actor.past <= cue.first && cue.first - actor.past <= kActorReach) meant = &actor;
  }
  return meant;
}

/// By the folded name of an actor, the first asserted mention of the report that has it.
std::map<std::string, std::size_t> first_ascribed(const std::vector<Mention>& mentions) {
  std::map<std::string, std::size_t> out;
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    if (mentions[i].polarity != Polarity::asserted) continue;
    for (const Actor& actor : mentions[i].actors) out.emplace(folded_name(actor), i);
  }
  return out;
}

std::set<std::uint32_t> doubted_sentences(const std::vector<Mention>& mentions) {
  std::set<std::uint32_t> out;
  for (const Mention& mention : mentions) {
    if (mention.polarity == Polarity::doubted) out.insert(mention.sentence);
  }
  return out;
}

/// Subjects come first: the first actor of the sentence before the one that is meant.
const Hit* speaker_before(const Hit& meant, const SentenceScan& sentence) {
  for (const Hit& actor : sentence.actors) {
    if (actor.past <= meant.first) return &actor;
  }
  return nullptr;
}

/// "Former officials": with the words between the start of the sentence and the noun, when they are few.
Actor whole_subject(const Hit& speaker, const SentenceScan& sentence, const Scan& scan, const Codebook& codebook) {
  constexpr std::uint32_t kAdjectives = 2;
  Actor actor = actor_of(speaker, sentence, scan, codebook);
  std::uint32_t first = sentence.tokens.first;
  if (first < speaker.first && scan.folded(first) == "the") ++first;
  if (speaker.first > first && speaker.first - first <= kAdjectives && sentence.borders(first, speaker.first) == 0) {
    actor.span = scan.span_of(first, speaker.past);
    actor.name = std::string(scan.words(*actor.span));
  }
  return actor;
}

}  // namespace

std::vector<Mention> denials_of_earlier(const SentenceScan& sentence, const Scan& scan,
                                        const std::vector<Mention>& earlier, const std::vector<Teller>& tellers,
                                        const Codebook& codebook) {
  std::vector<Mention> out;
  const Hit* cue = disputing_cue(sentence, scan);
  if (cue == nullptr || earlier.empty()) return out;
  const std::uint32_t latest = latest_telling(sentence, earlier);
  const Teller* teller = teller_for(*cue, tellers);
  if (latest == sentence.index || teller == nullptr) return out;
  const Polarity polarity = dispute_of(cue->word->cue).value_or(Polarity::doubted);
  for (const Mention& mention : earlier) {
    if (mention.sentence != latest || mention.polarity != Polarity::asserted || out.size() >= kDeniedLimit) continue;
    // Nobody denies what they have just said themselves.
    if (mention.speaker && mention.speaker->name == teller->actor.name) continue;
    out.push_back(disputing(mention, *cue, sentence, polarity));
    note_dispute(scan, out.back(), mention, codebook, {"the sentence disputes what the sentences before it told", cue});
  }
  return out;
}

namespace {

/// "No group has claimed responsibility".
bool is_refused(const Hit& cue, const SentenceScan& sentence) {
  constexpr std::uint32_t kNegationReach = 10;
  return sentence.tongue == Tongue::english && cue_before(sentence, cue, Cue::negation, kNegationReach) != nullptr;
}

/// "blamed the Front for the attack", "accused the army of it": an English verb stands before whom it accuses, and what
/// they did has been told.
const Hit* accused_after(const Teller& teller, const SentenceScan& sentence, const Scan& scan) {
  constexpr std::array<std::string_view, 2> kOf{"for", "of"};
  constexpr std::array<std::string_view, 7> kTold{"the", "this", "it", "these", "that", "both", "them"};
  constexpr std::uint32_t kAccusedReach = 6;
  for (const Hit& actor : sentence.actors) {
    if (actor.first < teller.by->past || actor.first - teller.by->past > kAccusedReach) continue;
    for (std::uint32_t i = actor.past; i + 1 < std::min(sentence.tokens.past, actor.past + kAccusedReach); ++i) {
      if (is_any(scan.folded(i), kOf) && is_any(scan.folded(i + 1), kTold)) return &actor;
    }
    return nullptr;
  }
  return nullptr;
}

/// "The attack was attributed to the Front", "it has been blamed on rebels": whom, where the sentence does not say who
/// lays it to them.
struct Laid {
  const Hit* cue = nullptr;
  const Hit* actor = nullptr;
};
Laid laid_to(const SentenceScan& sentence, const Scan& scan) {
  constexpr std::array<std::string_view, 2> kOn{"to", "on"};
  constexpr std::array<std::string_view, 3> kBe{"was", "were", "been"};
  constexpr std::uint32_t kLaidReach = 5;
  if (sentence.tongue != Tongue::english) return {};
  for (const Hit& cue : sentence.cues) {
    if (cue.word->cue != Cue::accuse || cue.first == sentence.tokens.first || cue.past >= sentence.tokens.past)
      continue;
    if (!is_any(scan.folded(cue.first - 1), kBe) || !is_any(scan.folded(cue.past), kOn)) continue;
    const auto actor = std::ranges::find_if(sentence.actors, [&](const Hit& hit) { return hit.first > cue.past; });
    if (actor != sentence.actors.end() && actor->first - cue.past <= kLaidReach) return {&cue, &*actor};
  }
  return {};
}

}  // namespace

std::optional<Mention> vouching_for_earlier(const SentenceScan& sentence, const Scan& scan,
                                            const std::vector<Mention>& earlier, const std::vector<Teller>& tellers,
                                            const Codebook& codebook) {
  if (earlier.empty()) return std::nullopt;
  const auto teller = std::ranges::find_if(tellers, [&](const Teller& one) {
    return one.by != nullptr && (one.cue == Cue::accuse || one.cue == Cue::responsibility) &&
           !is_refused(*one.by, sentence);
  });
  const Laid laid = teller == tellers.end() ? laid_to(sentence, scan) : Laid{};
  const Hit* by = teller == tellers.end() ? laid.cue : teller->by;
  const std::uint32_t latest = latest_telling(sentence, earlier);
  if (by == nullptr || latest == sentence.index) return std::nullopt;
  const auto told = std::ranges::find_if(earlier, [&](const Mention& mention) {
    return mention.sentence == latest && mention.polarity == Polarity::asserted;
  });
  Mention mention = disputing(*told, *by, sentence, Polarity::asserted);
  mention.apart = true;
  note_dispute(scan, mention, *told, codebook, {"the sentence says who did what the sentences before it told"});
  if (laid.cue != nullptr) {
    mention.actors = {actor_of(*laid.actor, sentence, scan, codebook)};
  } else if (teller->cue == Cue::responsibility) {
    mention.actors = {teller->actor};
  } else if (sentence.tongue == Tongue::english) {
    const Hit* accused = accused_after(*teller, sentence, scan);
    if (accused == nullptr) return std::nullopt;
    mention.actors = {actor_of(*accused, sentence, scan, codebook)};
  } else {
    for (const Hit& actor : sentence.actors) {
      if (actor.first != teller->first && actor.past <= teller->cue_first)
        mention.actors = {actor_of(actor, sentence, scan, codebook)};
    }
  }
  if (scan.trace() != nullptr) {
    for (const Actor& actor : mention.actors)
      scan.trace()->take(mention.trail, Slot::actor, actor.actor_class, {"the sentence says that they did it", by},
                         actor.span);
  }
  return mention;
}

std::vector<Mention> doubts_about_actors(const Scan& scan, const std::vector<Mention>& mentions,
                                         const Codebook& codebook) {
  std::vector<Mention> out;
  const auto ascribed_to = first_ascribed(mentions);
  const auto doubted = doubted_sentences(mentions);
  for (const SentenceScan& sentence : scan.sentences()) {
    for (const Hit& cue : sentence.cues) {
      if (cue.word->cue != Cue::disbelief || doubted.contains(sentence.index)) continue;
      const Hit* meant = actor_meant(cue, sentence);
      if (meant == nullptr) continue;
      const Actor target = actor_of(*meant, sentence, scan, codebook);
      const auto found = ascribed_to.find(folded_name(target));
      if (found == ascribed_to.end()) continue;
      const Mention& ascribed = mentions[found->second];
      Mention doubt = disputing(ascribed, cue, sentence, Polarity::doubted);
      doubt.umbrella = true;
      doubt.targets = {target};
      doubt.about = found->second;
      if (const Hit* speaker = speaker_before(*meant, sentence)) {
        doubt.speaker = whole_subject(*speaker, sentence, scan, codebook);
      }
      note_dispute(scan, doubt, ascribed, codebook, {"the words call those who act an invention", &cue});
      if (scan.trace() != nullptr && doubt.speaker)
        scan.trace()->take(doubt.trail, Slot::attribution, doubt.speaker->name, {"it is the subject of the sentence"},
                           doubt.speaker->span);
      out.push_back(std::move(doubt));
    }
  }
  return out;
}

}  // namespace gavah::code
