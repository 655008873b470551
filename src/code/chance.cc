#include "code/chance.h"

#include <algorithm>
#include <array>

namespace gavah::code {

const Hit* context_in(const SentenceScan& sentence, const ContextSet& set) {
  const auto found =
      std::ranges::find_if(sentence.contexts, [&](const Hit& hit) { return (hit.word->contexts & set).any(); });
  return found == sentence.contexts.end() ? nullptr : &*found;
}

bool is_of_no_game(std::string_view act) {
  constexpr std::array<std::string_view, 5> kOfNoGame{"arrest", "abduction", "torture", "death sentence", "execution"};
  return is_any(act, kOfNoGame);
}

Chance::Chance(const Scan& scan, const Codebook& codebook, const Lexicon& lexicon)
    : scan_(scan),
      codebook_(codebook),
      accident_(lexicon.context("accident")),
      rescue_(lexicon.context("rescue")),
      works_(lexicon.context("works")),
      crowd_(lexicon.context("crowd") | lexicon.context("people")),
      state_(lexicon.context("state")),
      sport_(lexicon.context("sport")),
      feast_(lexicon.context("feast")),
      animals_(lexicon.context("animals")),
      protest_(lexicon.context("protest")) {}

/// "Villagers blocked the road after the accident": no lorry did. English names the doer right before the verb.
const Hit* Chance::doer(const Hit& trigger, const SentenceScan& sentence) const {
  constexpr std::uint32_t kDoerReach = 2;
  const auto found = std::ranges::find_if(sentence.actors, [&](const Hit& actor) {
    return sentence.tongue != Tongue::english ||
           (actor.past <= trigger.first && trigger.first - actor.past <= kDoerReach);
  });
  return found == sentence.actors.end() ? nullptr : &*found;
}

/// "A guard shot dead a prisoner who had cancer": its own words say violence, or one who bears arms does it.
bool Chance::is_violent(const Hit& trigger, const SentenceScan& sentence) const {
  constexpr std::array<std::string_view, 14> kViolent{"shot",    "shooting", "beaten",    "stabbed",     "tortured",
                                                      "murder",  "murdered", "murders",   "massacre",    "massacred",
                                                      "lynched", "beheaded", "strangled", "assassinated"};
  if (sentence.tongue != Tongue::english) return false;
  for (std::uint32_t i = trigger.first; i < trigger.past; ++i) {
    if (is_any(scan_.folded(i), kViolent)) return true;
  }
  return trigger.word->form == TriggerForm::verb && is_done_by_arms(trigger, sentence);
}

/// "A guard shot", "soldiers march": the state or an armed group right before the verb.
bool Chance::is_done_by_arms(const Hit& trigger, const SentenceScan& sentence) const {
  constexpr std::uint32_t kDoerReach = 1;
  return std::ranges::any_of(sentence.actors, [&](const Hit& actor) {
    const auto& actor_class = codebook_.actor_classes()[actor.word->value];
    return actor.past <= trigger.first && trigger.first - actor.past <= kDoerReach &&
           (actor_class.side == "state" || actor_class.key == "armed group");
  });
}

/// "Nilvan stormed into the lead": games have the words of most acts, but no police, no prison and no gallows.
Ground Chance::sporting(const Hit& trigger, const SentenceScan& sentence) const {
  const Hit* sport = context_in(sentence, sport_);
  const bool is_news =
      is_of_no_game(codebook_.acts()[trigger.word->value].key) || context_in(sentence, state_) != nullptr;
  return sport == nullptr || is_news ? Ground{} : Ground{"the sentence is about a game", sport};
}

/// "The wedding party blocked the road and fired in the air", "shepherds fired shots in the air at the wolves",
/// "soldiers march": what people do at feasts, against animals and on parade, where nobody protests and no authority
/// acts on people.
Ground Chance::festive(const Hit& trigger, const SentenceScan& sentence) const {
  constexpr std::array<std::string_view, 2> kParades{"gathering", "march"};
  constexpr std::array<std::string_view, 3> kAtFeasts{"blockade", "crowd control", "force deployment"};
  constexpr std::array<std::string_view, 3> kAtAnimals{"crowd control", "live fire", "force deployment"};
  const std::string_view act = codebook_.acts()[trigger.word->value].key;
  const bool parades = is_any(act, kParades);
  const bool protests = std::ranges::any_of(sentence.contexts, [&](const Hit& hit) {
    return (hit.word->contexts & protest_).any() && (hit.past <= trigger.first || trigger.past <= hit.first);
  });
  if (sentence.tongue != Tongue::english || protests) return {};
  if (parades && is_done_by_arms(trigger, sentence)) return {"those who bear arms march there, and nobody protests"};
  const Hit* by = doer(trigger, sentence);
  const bool counted = std::ranges::any_of(
      sentence.numbers, [&](const text::Number* number) { return number->past_token == trigger.first; });
  if (context_in(sentence, state_) != nullptr || counted) return {};
  const Hit* feast = parades || is_any(act, kAtFeasts) ? context_in(sentence, feast_) : nullptr;
  if (feast != nullptr && (by == nullptr || by->first == feast->past)) return {"the sentence is about a feast", feast};
  const Hit* animals = is_any(act, kAtAnimals) ? context_in(sentence, animals_) : nullptr;
  return animals == nullptr ? Ground{} : Ground{"the sentence is about animals", animals};
}

Ground Chance::ground(const Hit& trigger, const SentenceScan& sentence) const {
  const std::string_view act = codebook_.acts()[trigger.word->value].key;
  const Hit* accident = context_in(sentence, accident_);
  constexpr std::array<std::string_view, 3> kAccidental{"killing", "property attack", "commemoration"};
  constexpr std::array<std::string_view, 4> kLikeAccidents{"riot", "blockade", "group clash", "live fire"};
  const bool is_like = is_any(act, kLikeAccidents) && doer(trigger, sentence) == nullptr;
  const bool is_told_violent = act == "killing" && is_violent(trigger, sentence);
  if (accident != nullptr && !is_told_violent && (is_like || is_any(act, kAccidental)))
    return {"the sentence is about an accident", accident};
  if ((act == "censorship" || act == "release") && context_in(sentence, state_) == nullptr) {
    const Hit* rescue = context_in(sentence, rescue_);
    if (rescue == nullptr && sentence.tongue == Tongue::english) rescue = accident;
    if (rescue != nullptr) return {"the sentence is about a disaster, and no authority acts in it", rescue};
  }
  if (const Ground ground = sporting(trigger, sentence)) return ground;
  if (const Ground ground = festive(trigger, sentence)) return ground;
  if (act != "blockade" || context_in(sentence, crowd_) != nullptr) return {};
  const Hit* works = context_in(sentence, works_);
  return works == nullptr ? Ground{} : Ground{"no crowd closes the road, but chance or works", works};
}

}  // namespace gavah::code
