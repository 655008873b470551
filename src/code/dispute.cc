#include "code/dispute.h"

#include <algorithm>
#include <array>

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

/// Words for what was told before: only a sentence with one of them disputes it.
bool names_earlier_telling(const SentenceScan& sentence, const Scan& scan, const Hit& cue) {
  constexpr std::array<std::string_view, 34> kTold{
      "report",   "reports", "claim",  "claims", "allegation", "allegations", "accusation", "accusations", "account",
      "accounts", "rumours", "rumors", "rumour", "story",      "stories",     "it",         "this",        "news",
      "that",     "خبر",     "اخبار",  "گزارش",  "ادعا",       "ادعاها",      "ادعاهای",    "گزارشها",     "موضوع",
      "ان",       "این",     "شایعات", "انها",   "مطلب",       "خبرها",       "گزارشهای"};
  if (cue.word->cue == Cue::falsehood && cue.first > sentence.tokens.first) {
    // "published false reports" names what somebody else wrote; "the report is false" disputes this one.
    constexpr std::array<std::string_view, 12> kPredicate{"is",     "are",    "was",  "were", "as", "reports",
                                                          "report", "claims", "them", "it",   "a",  "completely"};
    const bool predicate = std::ranges::find(kPredicate, scan.folded(cue.first - 1)) != kPredicate.end();
    if (cue.word->tongue == Tongue::english && !predicate) return false;
  }
  for (std::uint32_t i = sentence.tokens.first; i < sentence.tokens.past; ++i) {
    const bool told = std::ranges::find(kTold, scan.folded(i)) != kTold.end();
    if (told && (i < cue.first || i >= cue.past)) return true;
  }
  return false;
}

std::string folded_name(const Actor& actor) { return text::folded_key(actor.name); }

/// The actor that the cue is about: the last one before it, near and in its clause.
const Hit* actor_meant(const Hit& cue, const SentenceScan& sentence, const Codebook& codebook) {
  const Hit* meant = nullptr;
  for (const Hit& actor : sentence.actors) {
    if (actor.past > cue.first || cue.first - actor.past > kActorReach) continue;
    if (codebook.actor_classes()[actor.word->value].side == "protest") meant = &actor;
  }
  return meant;
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
                                        const std::vector<Mention>& earlier, const std::vector<Teller>& tellers) {
  std::vector<Mention> out;
  const auto cue = std::ranges::find_if(sentence.cues, [](const Hit& hit) {
    const auto polarity = dispute_of(hit.word->cue);
    return polarity == Polarity::denied && !hit.word->negative;
  });
  if (cue == sentence.cues.end() || earlier.empty() || !names_earlier_telling(sentence, scan, *cue)) return out;
  std::uint32_t latest = 0;
  bool found = false;
  for (const Mention& mention : earlier) {
    if (mention.polarity != Polarity::asserted || mention.sentence >= sentence.index) continue;
    if (sentence.index - mention.sentence > kEarlierSentences) continue;
    latest = std::max(latest, mention.sentence);
    found = true;
  }
  if (!found) return out;
  const Teller* teller = teller_for(*cue, tellers);
  if (teller == nullptr) return out;
  for (const Mention& mention : earlier) {
    if (mention.sentence != latest || mention.polarity != Polarity::asserted || out.size() >= kDeniedLimit) continue;
    // Nobody denies what they have just said themselves.
    if (mention.speaker && mention.speaker->name == teller->actor.name) continue;
    out.push_back(disputing(mention, *cue, sentence, Polarity::denied));
  }
  return out;
}

std::vector<Mention> doubts_about_actors(const Scan& scan, const std::vector<Mention>& mentions,
                                         const Codebook& codebook) {
  std::vector<Mention> out;
  for (const SentenceScan& sentence : scan.sentences()) {
    for (const Hit& cue : sentence.cues) {
      if (cue.word->cue != Cue::disbelief) continue;
      const bool taken = std::ranges::any_of(mentions, [&](const Mention& mention) {
        return mention.sentence == sentence.index && mention.polarity == Polarity::doubted;
      });
      const Hit* meant = taken ? nullptr : actor_meant(cue, sentence, codebook);
      if (meant == nullptr) continue;
      const Actor target = actor_of(*meant, sentence, scan, codebook);
      const auto ascribed = std::ranges::find_if(mentions, [&](const Mention& mention) {
        return mention.polarity == Polarity::asserted && std::ranges::any_of(mention.actors, [&](const Actor& actor) {
                 return folded_name(actor) == folded_name(target);
               });
      });
      if (ascribed == mentions.end()) continue;
      Mention doubt = disputing(*ascribed, cue, sentence, Polarity::doubted);
      doubt.umbrella = true;
      doubt.targets = {target};
      doubt.about = static_cast<std::size_t>(ascribed - mentions.begin());
      if (const Hit* speaker = speaker_before(*meant, sentence)) {
        doubt.speaker = whole_subject(*speaker, sentence, scan, codebook);
      }
      out.push_back(std::move(doubt));
    }
  }
  return out;
}

}  // namespace gavah::code
