#include "code/role.h"

#include <algorithm>
#include <array>

#include "base/format.h"
#include "code/naming.h"
#include "code/victim.h"

namespace gavah::code {
namespace {

constexpr std::uint32_t kRoleReach = 25;
constexpr std::uint32_t kPersonReach = 20;

constexpr std::array<std::string_view, 6> kForces{"police",       "military",     "security forces",
                                                  "plainclothes", "intelligence", "pro-state group"};
constexpr std::array<std::string_view, 5> kJudges{"judiciary", "government", "police", "intelligence", "prison"};

enum class Part : std::uint8_t { actor, target, none };

/// What a class can be in an act, before words are looked at.
Part part_in(const Act& act, const ActorClass& actor_class) {
  const bool people = actor_class.side == "protest" || actor_class.key == "civilians" ||
                      actor_class.key == "families" || actor_class.key == "journalists" || actor_class.key == "lawyers";
  if (act.family == "protest") {
    if (actor_class.side == "protest" || actor_class.key == "civilians" || actor_class.key == "families")
      return Part::actor;
    return Part::none;
  }
  if (act.family == "violence by crowd") {
    if (people || actor_class.key == "unknown" || actor_class.key == "armed group") return Part::actor;
    return is_any(actor_class.key, kForces) ? Part::target : Part::none;
  }
  if (people) return Part::target;
  if (actor_class.key == "unknown" || actor_class.key == "armed group") return Part::actor;
  if (act.family == "state force") return is_any(actor_class.key, kForces) ? Part::actor : Part::none;
  if (act.family == "custody") {
    return is_any(actor_class.key, kForces) || actor_class.key == "prison" ? Part::actor : Part::none;
  }
  if (act.family == "justice" || act.family == "relief")
    return is_any(actor_class.key, kJudges) ? Part::actor : Part::none;
  if (actor_class.key == "media") return Part::target;
  return actor_class.side == "state" ? Part::actor : Part::none;
}

struct Candidate {
  const Hit* hit = nullptr;
  Part part = Part::none;
  std::uint32_t distance = 0;
  bool before = false;
};

/// What grammar says goes before what the class says; once it names targets, no other is one.
Part part_told(const Hit& actor, const HarmRoles& told, Part by_class) {
  if (&actor == told.actor) return Part::actor;
  if (std::ranges::find(told.targets, &actor) != told.targets.end()) return Part::target;
  return by_class == Part::target && !told.targets.empty() ? Part::none : by_class;
}

std::vector<Candidate> candidates_for(const Mention& mention, const SentenceScan& sentence, const Codebook& codebook,
                                      const std::vector<Teller>& tellers, const HarmRoles& told, Trace* trace) {
  std::vector<Candidate> out;
  const auto leave = [&](const Hit& actor, std::string_view rule) {
    if (trace != nullptr)
      trace->reject(mention.trail, Slot::actor, codebook.actor_classes()[actor.word->value].key, {rule}, &actor);
  };
  for (const Hit& actor : sentence.actors) {
    const bool tells = std::ranges::any_of(tellers, [&](const Teller& teller) {
      return teller.first == actor.first && teller.cue != Cue::responsibility && teller.cue != Cue::call &&
             teller.cue != Cue::threat;
    });
    if (tells) {
      leave(actor, "they only tell of it");
      continue;
    }
    const Part part =
        part_told(actor, told, part_in(codebook.acts()[mention.act], codebook.actor_classes()[actor.word->value]));
    if (part == Part::none) {
      leave(actor, "neither their class nor the grammar makes them part of such an act");
      continue;
    }
    const bool before = actor.past <= mention.trigger.first;
    const std::uint32_t left = before ? actor.past : mention.trigger.past;
    const std::uint32_t right = before ? mention.trigger.first : actor.first;
    if (right < left) continue;
    const std::uint32_t distance = right - left + 8U * static_cast<std::uint32_t>(sentence.borders(left, right));
    if (distance <= kRoleReach) {
      out.push_back({&actor, part, distance, before});
    } else {
      leave(actor, "they stand too far from the words of the act");
    }
  }
  return out;
}

const Candidate* nearest(const std::vector<Candidate>& list, Part part) {
  const Candidate* best = nullptr;
  for (const Candidate& candidate : list) {
    if (candidate.part == part && (best == nullptr || candidate.distance < best->distance)) best = &candidate;
  }
  return best;
}

bool is_passive(const Mention& mention, const SentenceScan& sentence, const Scan& scan) {
  constexpr std::array<std::string_view, 6> kBe{"was", "were", "been", "being", "be", "are"};
  const auto first = mention.trigger.first;
  return first > sentence.tokens.first && is_any(scan.folded(first - 1), kBe);
}

/// "Protesters killed a policeman": the people act and the force suffers.
bool is_turned_round(const Mention& mention, const SentenceScan& sentence, const Scan& scan, const Candidate& actor,
                     const Candidate& target) {
  if (sentence.tongue != Tongue::english || mention.trigger.word->form != TriggerForm::verb) return false;
  return target.before && !actor.before && !is_passive(mention, sentence, scan) && actor.distance <= 4 &&
         target.distance <= 4;
}

/// The mention of a result (killed, arrested, sentenced …) nearest to a token.
Mention* result_near(std::vector<Mention>& mentions, const SentenceScan& sentence, const Codebook& codebook,
                     std::uint32_t token) {
  Mention* best = nullptr;
  std::uint32_t best_distance = kPersonReach;
  for (Mention& mention : mentions) {
    const auto& act = codebook.acts()[mention.act];
    if (act.side == "protest" || act.key == "crowd control" || act.key == "force deployment") continue;
    const auto at = mention.trigger.first;
    const std::uint32_t distance =
        (at > token ? at - token : token - at) + 10U * static_cast<std::uint32_t>(sentence.borders(at, token));
    if (distance < best_distance) {
      best = &mention;
      best_distance = distance;
    }
  }
  return best;
}

std::string_view condition_of(std::string_view act) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kConditions{
      {{"killing", "killed"},
       {"arrest", "arrested"},
       {"abduction", "abducted"},
       {"torture", "tortured"},
       {"prosecution", "prosecuted"},
       {"death sentence", "sentenced to death"},
       {"execution", "executed"},
       {"release", "released"},
       {"beating", "injured"},
       {"live fire", "injured"},
       {"hunger strike", "on hunger strike"},
       {"raid", "searched"}}};
  const auto found = std::ranges::find(kConditions, act, &std::pair<std::string_view, std::string_view>::first);
  return found == kConditions.end() ? std::string_view() : found->second;
}

/// English "Mina Adur, 27,", "Mina Adur (27)", "Mina Adur, a 27-year-old": the capitalised words before the comma or
/// the bracket before the age.
std::optional<Span> name_before(std::uint32_t token, const SentenceScan& sentence, const Scan& scan) {
  constexpr std::array<std::string_view, 3> kArticles{"a", "an", "the"};
  std::uint32_t past = token;
  const bool has_article = past > sentence.tokens.first + 1 && is_any(scan.folded(past - 1), kArticles);
  if (has_article && scan.folded(past - 2) == ",") --past;
  if (past > sentence.tokens.first && (scan.folded(past - 1) == "," || scan.folded(past - 1) == "(")) --past;
  std::uint32_t first = past;
  while (first > sentence.tokens.first && past - first < 4) {
    const auto& candidate = scan.reading().tokens()[first - 1];
    const auto word = scan.words(candidate.span);
    if (candidate.kind != text::TokenKind::word || word.front() < 'A' || word.front() > 'Z') break;
    --first;
  }
  constexpr std::array<std::string_view, 6> kAt{"at", "in", "near", "on", "from", "outside"};
  // "fired at Mina Adur (27)": of the words of the act, it says at whom.
  const bool aims = std::ranges::any_of(sentence.triggers,
                                        [&](const Hit& hit) { return hit.past == first && hit.first + 1 < first; });
  const bool is_place = first > sentence.tokens.first && !aims && is_any(scan.folded(first - 1), kAt);
  if (past - first < 2 || is_place || is_group({first, past}, sentence, scan)) return std::nullopt;
  return scan.span_of(first, past);
}

std::optional<Person> person_at(const text::Number& number, const SentenceScan& sentence, const Scan& scan) {
  constexpr std::int64_t kAgeLimitYears = 120;
  if (!number.low || number.low != number.high || *number.low > kAgeLimitYears ||
      number.form == text::NumberForm::ordinal)
    return std::nullopt;
  const std::uint32_t after = number.past_token;
  std::uint32_t past = after;
  for (const Hit& noun : sentence.nouns) {
    if (noun.word->value == kAgeNoun && noun.past > after && noun.first <= after + 1) past = noun.past;
  }
  const auto before =
      number.first_token > sentence.tokens.first ? scan.folded(number.first_token - 1) : std::string_view();
  const auto behind = after < sentence.tokens.past ? scan.folded(after) : std::string_view();
  const bool is_set_off = (before == "," && behind == ",") || (before == "(" && behind == ")");
  if (past == after && !is_set_off && before != "aged") return std::nullopt;
  Person person;
  person.age = number.low;
  const std::uint32_t first = number.first_token;
  if (const auto name = name_before(number.first_token, sentence, scan)) {
    person.name = std::string(scan.words(*name));
    person.span = Span{name->begin, scan.span_of(number.first_token, past).end};
    return person;
  }
  if (is_set_off && past == after) return std::nullopt;
  person.span = scan.span_of(first, past);
  return person;
}

std::string_view role_for(const Act& act) {
  if (act.family == "justice" || act.key == "arrest" || act.key == "release" || act.key == "torture") return "detainee";
  return "victim";
}

/// Acts that are done to, or of which is told, one person after another.
bool is_suffered(const Act& act) {
  constexpr std::array<std::string_view, 12> kSuffered{"killing",        "arrest",    "abduction",     "torture",
                                                       "prosecution",    "execution", "release",       "beating",
                                                       "death sentence", "live fire", "hunger strike", "commemoration"};
  return is_any(act.key, kSuffered);
}

void give_person(Mention& mention, Person person, const Scan& scan, const Codebook& codebook, std::string_view why) {
  const auto& act = codebook.acts()[mention.act];
  person.role = role_for(act);
  person.condition = condition_of(act.key);
  if (scan.trace() != nullptr) {
    scan.trace()->take(mention.trail, Slot::person, format("{}, {}", person.role, person.condition), {why},
                       person.span);
  }
  mention.persons.push_back(std::move(person));
}

/// The mentions that a named person suffers: all of the clause where the sentence names but one, else the nearest.
std::vector<Mention*> suffered_by(const NamedPerson& named, std::vector<Mention>& mentions,
                                  const SentenceScan& sentence, const Codebook& codebook, std::size_t names) {
  std::vector<Mention*> out;
  std::uint32_t best = UINT32_MAX;
  const auto at = named.tokens.first;
  for (Mention& mention : mentions) {
    if (!is_suffered(codebook.acts()[mention.act])) continue;
    const auto trigger = mention.trigger.first;
    const std::uint32_t distance =
        (trigger > at ? trigger - at : at - trigger) + 10U * static_cast<std::uint32_t>(sentence.borders(trigger, at));
    if (distance > 2 * kPersonReach) continue;
    const bool single = names == 1 && mention.counts.empty();
    if (single) {
      out.push_back(&mention);
    } else if (distance < best) {
      best = distance;
      if (names > 1) out.clear();
      out.push_back(&mention);
    }
  }
  return out;
}

void note_roles(Trace& trace, const Mention& mention, const std::vector<Candidate>& list, const Candidate* actor,
                const std::vector<const Candidate*>& targets, const Codebook& codebook, std::string_view rule) {
  for (const Candidate& candidate : list) {
    const std::string& name = codebook.actor_classes()[candidate.hit->word->value].key;
    if (&candidate == actor) {
      trace.take(mention.trail, Slot::actor, name, {rule}, candidate.hit);
    } else if (std::ranges::find(targets, &candidate) != targets.end()) {
      trace.take(mention.trail, Slot::target, name, {rule}, candidate.hit);
    } else {
      trace.reject(mention.trail, candidate.part == Part::actor ? Slot::actor : Slot::target, name,
                   {"others who can be it stand nearer to the words of the act"}, candidate.hit);
    }
  }
}

void note_slogan(const Scan& scan, const Mention& mention, const TokenRange& quote) {
  if (scan.trace() == nullptr) return;
  scan.trace()->take(mention.trail, Slot::slogan, "", {"it is quoted after words for a slogan, by the nearest protest"},
                     scan.span_of(quote.first, quote.past));
}

}  // namespace

void give_roles(std::vector<Mention>& mentions, const SentenceScan& sentence, const Scan& scan,
                const Codebook& codebook, const std::vector<Teller>& tellers) {
  if (sentence.actors.empty()) return;
  for (Mention& mention : mentions) {
    const HarmRoles told = harm_roles(mention, sentence, scan, codebook);
    const bool by_grammar = !told.targets.empty();
    const auto list = candidates_for(mention, sentence, codebook, tellers, told, scan.trace());
    const Candidate* actor = nearest(list, Part::actor);
    std::vector<const Candidate*> targets;
    for (const Candidate& one : list) {
      if (by_grammar && one.part == Part::target) targets.push_back(&one);
    }
    const Candidate* target = nearest(list, Part::target);
    if (!by_grammar && target != nullptr) targets = {target};
    const bool turned = !by_grammar && actor != nullptr && target != nullptr &&
                        is_turned_round(mention, sentence, scan, *actor, *target);
    if (turned) std::swap(actor, targets.front());
    if (scan.trace() != nullptr) {
      note_roles(*scan.trace(), mention, list, actor, targets, codebook,
                 turned       ? "by the order of the words: an active verb with a crowd before it and a force after it"
                 : by_grammar ? "by the grammar of the clause"
                              : "of those whose class can be it, they stand nearest");
    }
    if (actor != nullptr) mention.actors.push_back(actor_of(*actor->hit, sentence, scan, codebook));
    for (const Candidate* one : targets) mention.targets.push_back(actor_of(*one->hit, sentence, scan, codebook));
  }
}

void give_persons(std::vector<Mention>& mentions, const SentenceScan& sentence, const Scan& scan,
                  const Codebook& codebook, const std::vector<Teller>& tellers) {
  const auto named = persons_named(sentence, scan, tellers);
  for (const text::Number* number : sentence.numbers) {
    auto person = person_at(*number, sentence, scan);
    if (!person) continue;
    // «نیما دل‌افروز، ۵۲ ساله» is told with the name.
    const bool has_name = std::ranges::any_of(
        named, [&](const NamedPerson& other) { return other.person.age == person->age && person->name.empty(); });
    Mention* mention = has_name ? nullptr : result_near(mentions, sentence, codebook, number->first_token);
    if (mention != nullptr)
      give_person(*mention, *std::move(person), scan, codebook,
                  "an age is told beside the nearest act that is done to people");
  }
  for (const NamedPerson& other : named) {
    for (Mention* mention : suffered_by(other, mentions, sentence, codebook, named.size()))
      give_person(*mention, other.person, scan, codebook,
                  "a name is told beside the nearest act that is done to people");
  }
}

void give_protagonist(std::vector<Mention>& mentions, const Codebook& codebook, Trace* trace) {
  constexpr std::uint32_t kReach = 1;  // sentences
  const Mention* first = nullptr;
  for (const Mention& mention : mentions) {
    for (const Person& person : mention.persons) {
      if (person.name.empty()) return;
      if (first != nullptr && person.name != first->persons.front().name) return;
      if (first == nullptr) first = &mention;
    }
  }
  if (first == nullptr) return;
  const Person person = first->persons.front();
  const std::uint32_t sentence = first->sentence;
  for (Mention& mention : mentions) {
    const auto& act = codebook.acts()[mention.act];
    const auto apart = mention.sentence > sentence ? mention.sentence - sentence : sentence - mention.sentence;
    const bool open = mention.persons.empty() && mention.counts.empty() && !mention.umbrella && !mention.plural;
    if (!open || apart > kReach || !is_suffered(act)) continue;
    Person same = person;
    same.role = role_for(act);
    same.condition = condition_of(act.key);
    if (trace != nullptr)
      trace->take(mention.trail, Slot::person, format("{}, {}", same.role, same.condition),
                  {"it is the only person that the sentences around name"}, same.span);
    mention.persons.push_back(std::move(same));
  }
}

void give_slogans(std::vector<Mention>& mentions, const SentenceScan& sentence, const Scan& scan,
                  const Codebook& codebook) {
  constexpr std::uint32_t kSloganReach = 4;
  for (const auto& quote : sentence.quotes) {
    if (quote.past <= quote.first) continue;
    const bool is_slogan = std::ranges::any_of(sentence.cues, [&](const Hit& cue) {
      return cue.word->cue == Cue::slogan && cue.past <= quote.first && quote.first - cue.past <= kSloganReach;
    });
    if (!is_slogan) continue;
    Mention* best = nullptr;
    for (Mention& mention : mentions) {
      if (codebook.acts()[mention.act].side == "protest" && (best == nullptr || mention.trigger.first < quote.first))
        best = &mention;
    }
    if (best == nullptr) continue;
    best->slogans.emplace_back(scan.words(scan.span_of(quote.first, quote.past)));
    note_slogan(scan, *best, quote);
  }
}

bool opens_with_slogan(const SentenceScan& sentence, const Scan& scan) {
  constexpr std::uint32_t kOpeningTokens = 2;
  constexpr std::uint32_t kAnnouncedTokens = 3;  // the colon after the cue
  if (sentence.index == 0 || sentence.quotes.empty() ||
      sentence.quotes.front().first > sentence.tokens.first + kOpeningTokens)
    return false;
  const SentenceScan& before = scan.sentences()[sentence.index - 1];
  return std::ranges::any_of(before.cues, [&](const Hit& cue) {
    return cue.word->cue == Cue::slogan && cue.past + kAnnouncedTokens >= before.tokens.past;
  });
}

void take_slogan(std::vector<Mention>& earlier, const SentenceScan& sentence, const Scan& scan,
                 const Codebook& codebook) {
  if (earlier.empty() || !opens_with_slogan(sentence, scan)) return;
  Mention& last = earlier.back();
  const auto& quote = sentence.quotes.front();
  if (last.sentence + 1 != sentence.index || codebook.acts()[last.act].side != "protest" || quote.past <= quote.first)
    return;
  last.slogans.emplace_back(scan.words(scan.span_of(quote.first, quote.past)));
  note_slogan(scan, last, quote);
}

}  // namespace gavah::code
