#include "code/telling.h"

#include <algorithm>
#include <array>

#include "code/reach.h"

namespace gavah::code {
namespace {

constexpr std::uint32_t kSubjectReach = 9;   ///< tokens between a subject and its verb of saying
constexpr std::uint32_t kInvertedReach = 2;  ///< ", said the ministry"
constexpr std::uint32_t kNameLimitTokens = 6;
constexpr std::array<Cue, 9> kTellingCues{Cue::speech,         Cue::according,  Cue::denial,
                                          Cue::falsehood,      Cue::disbelief,  Cue::accuse,
                                          Cue::responsibility, Cue::correction, Cue::retraction};

bool is_telling(const Hit& cue) { return std::ranges::find(kTellingCues, cue.word->cue) != kTellingCues.end(); }

/// Whoever calls for an act or threatens with it says so. (In English that is the subject of a verb of saying.)
bool announces(const Hit& cue) {
  return cue.word->tongue != Tongue::english && (cue.word->cue == Cue::call || cue.word->cue == Cue::threat);
}

bool is_capitalised(std::string_view word) { return !word.empty() && word.front() >= 'A' && word.front() <= 'Z'; }

/// Articles and days open sentences with a capital and belong to no name.
bool may_join_name(std::string_view folded) {
  constexpr std::array<std::string_view, 22> kNever{
      "the",      "a",      "an",    "on",   "in", "at",  "monday", "tuesday", "wednesday", "thursday", "friday",
      "saturday", "sunday", "after", "when", "as", "but", "and",    "police",  "meanwhile", "however",  "some"};
  return std::ranges::find(kNever, folded) == kNever.end();
}

bool is_name_token(const Scan& scan, std::uint32_t token) {
  const auto& tokens = scan.reading().tokens();
  if (tokens[token].kind != text::TokenKind::word) return false;
  return is_capitalised(scan.words(tokens[token].span)) && may_join_name(scan.folded(token));
}

/// Grows [first, past) to the left over capitalised words, "of", "'s" standing between them.
std::uint32_t name_start(std::uint32_t first, const SentenceScan& sentence, const Scan& scan) {
  std::uint32_t start = first;
  for (std::uint32_t i = first; i > sentence.tokens.first && first - i < kNameLimitTokens; --i) {
    const std::uint32_t token = i - 1;
    const auto word = scan.folded(token);
    if (is_name_token(scan, token)) {
      start = token;
    } else if (word != "'" && word != "s" && word != "of" && word != "-") {
      break;
    }
  }
  return start;
}

const Hit* actor_before(const Hit& cue, const SentenceScan& sentence) {
  const Hit* nearest = nullptr;
  for (const Hit& actor : sentence.actors) {
    if (actor.past > cue.first || cue.first - actor.past > kSubjectReach) continue;
    // The subject may hold a parenthesis between commas, but no clause border.
    if (sentence.borders(actor.past, cue.first) == 0) nearest = &actor;
  }
  return nearest;
}

/// «به معترضان»: after a preposition it is no subject; «به گزارش خبرگزاری ...»: nor where another word says who tells.
bool can_be_subject(const Hit& actor, const SentenceScan& sentence, const Scan& scan) {
  constexpr std::array<std::string_view, 7> kPrepositions{"به", "از", "با", "علیه", "بر", "برای", "توسط"};
  constexpr std::uint32_t kAccordingReach = 2;
  constexpr std::array<std::string_view, 6> kSome{"گروهی", "جمعی", "شماری", "تعدادی", "برخی", "یکی"};
  const auto before = [&](std::uint32_t back) {
    return actor.first >= sentence.tokens.first + back ? scan.folded(actor.first - back) : std::string_view();
  };
  // «گروهی از جوانان»: some of them.
  const bool some = before(1) == "از" && std::ranges::find(kSome, before(2)) != kSome.end();
  if (!some && std::ranges::find(kPrepositions, before(1)) != kPrepositions.end()) return false;
  return std::ranges::none_of(sentence.cues, [&](const Hit& cue) {
    return cue.word->cue == Cue::according && cue.past <= actor.first && actor.first - cue.past <= kAccordingReach;
  });
}

/// Persian puts the subject first and the verb last; a pronoun for it names nobody.
const Hit* first_actor(const Hit& cue, const SentenceScan& sentence, const Scan& scan) {
  const auto opening = scan.folded(sentence.tokens.first);
  if (cue.word->tongue == Tongue::persian && (opening == "او" || opening == "وی")) return nullptr;
  for (const Hit& actor : sentence.actors) {
    const bool may = cue.word->tongue != Tongue::persian || can_be_subject(actor, sentence, scan);
    if (may && actor.past <= cue.first && sentence.borders(actor.past, cue.first) == 0) return &actor;
  }
  return nullptr;
}

const Hit* actor_after(std::uint32_t token, const SentenceScan& sentence, std::uint32_t reach) {
  for (const Hit& actor : sentence.actors) {
    if (actor.first >= token && actor.first - token <= reach) return &actor;
  }
  return nullptr;
}

/// The words of [first, past) without an article before them.
TokenRange without_article(TokenRange range, const Scan& scan) {
  constexpr std::array<std::string_view, 11> kArticles{"the",       "a", "an", "and", "but", "that",
                                                       "meanwhile", ",", "'",  "’",   "‘"};
  constexpr std::array<std::string_view, 8> kSetting{"for", "after", "before", "during", "since", "until", "in", "on"};
  // "For six days the council ...": what stands before the article is no part of the name.
  if (range.past > range.first && std::ranges::find(kSetting, scan.folded(range.first)) != kSetting.end()) {
    for (std::uint32_t i = range.first + 1; i + 1 < range.past; ++i) {
      if (scan.folded(i) == "the") range.first = i;
    }
  }
  while (range.past > range.first && std::ranges::find(kArticles, scan.folded(range.first)) != kArticles.end())
    ++range.first;
  return range;
}

/// The subject of an English verb of saying: what stands between the last comma, quotation mark or clause border and
/// the verb, when that is short and holds no act ("the spokesman of the Interior Ministry said", ", doctors told").
std::optional<TokenRange> subject_of(const Hit& cue, const SentenceScan& sentence, const Scan& scan) {
  std::uint32_t first = cue.first;
  while (first > sentence.tokens.first && cue.first - first <= kSubjectReach) {
    const auto word = scan.folded(first - 1);
    const bool cut =
        word == "," || word == "\"" || word == "while" || word == "that" || sentence.borders(first - 1, first) > 0;
    if (cut) break;
    --first;
  }
  if (cue.first - first > kSubjectReach) return std::nullopt;
  TokenRange range = without_article({first, cue.first}, scan);
  constexpr std::array<std::string_view, 18> kHelpers{"has", "have",  "had",   "also", "later",   "earlier",
                                                      "on",  "then",  "which", "who",  "did",     "does",
                                                      "not", "never", "since", "now",  "already", "today"};
  while (range.past > range.first && std::ranges::find(kHelpers, scan.folded(range.past - 1)) != kHelpers.end())
    --range.past;
  // A day between subject and verb ("the ministry on Tuesday denied") is no part of the name.
  for (const TimeHit* time : sentence.times) {
    if (time->first >= range.first && time->past <= range.past && time->past == range.past) range.past = time->first;
  }
  while (range.past > range.first && std::ranges::find(kHelpers, scan.folded(range.past - 1)) != kHelpers.end())
    --range.past;
  if (range.past <= range.first) return std::nullopt;
  const bool holds_act = std::ranges::any_of(sentence.triggers, [&](const Hit& hit) {
    return hit.word->value != kNoAct && hit.word->form == TriggerForm::verb && range.holds(hit.first);
  });
  constexpr std::array<std::string_view, 12> kPronouns{"he",    "she", "they", "it",   "we",    "i",
                                                       "there", "who", "this", "that", "which", "you"};
  if (holds_act || std::ranges::find(kPronouns, scan.folded(range.first)) != kPronouns.end()) return std::nullopt;
  return range;
}

/// The class of a noun phrase: that of the state body in it, else of the first actor.
std::string_view class_in(TokenRange range, const SentenceScan& sentence, const Codebook& codebook) {
  std::string_view found = "unknown";
  for (const Hit& actor : sentence.actors) {
    if (!range.holds(actor.first)) continue;
    const auto& actor_class = codebook.actor_classes()[actor.word->value];
    if (actor_class.side == "state") return actor_class.key;
    if (found == "unknown") found = actor_class.key;
  }
  return found;
}

Teller teller_at(TokenRange range, const Hit& cue, const SentenceScan& sentence, const Scan& scan,
                 const Codebook& codebook) {
  const Span span = scan.span_of(range.first, range.past);
  return {{std::string(scan.words(span)), std::string(class_in(range, sentence, codebook)), span},
          cue.word->cue,
          range.first,
          range.past,
          cue.first,
          &cue};
}

/// "according to Mina Adur": capitalised words that no lexicon knows.
std::optional<TokenRange> name_after(const Hit& cue, const SentenceScan& sentence, const Scan& scan) {
  std::uint32_t first = cue.past;
  if (first < sentence.tokens.past && scan.folded(first) == "the") ++first;
  std::uint32_t past = first;
  while (past < sentence.tokens.past && past - first < kNameLimitTokens && is_name_token(scan, past)) ++past;
  return past > first ? std::optional(TokenRange{first, past}) : std::nullopt;
}

bool has_passive_before(const Hit& cue, const SentenceScan& sentence, const Scan& scan) {
  if (cue.first == sentence.tokens.first) return false;
  const auto word = scan.folded(cue.first - 1);
  return word == "was" || word == "were" || word == "been" || word == "be" || word == "being";
}

const Hit* by_agent(const Hit& cue, const SentenceScan& sentence) {
  const Hit* agent = cue_after(sentence, cue, Cue::agent, 3);
  return agent == nullptr ? nullptr : actor_after(agent->past, sentence, 3);
}

std::optional<Teller> english_teller(const Hit& cue, const SentenceScan& sentence, const Scan& scan,
                                     const Codebook& codebook) {
  const auto whole = [&](const Hit& actor) {
    return Teller{actor_of(actor, sentence, scan, codebook), cue.word->cue, actor.first, actor.past, cue.first, &cue};
  };
  if (cue.word->cue == Cue::according) {
    if (const Hit* actor = actor_after(cue.past, sentence, 4)) return whole(*actor);
    const auto name = name_after(cue, sentence, scan);
    return name ? std::optional(teller_at(*name, cue, sentence, scan, codebook)) : std::nullopt;
  }
  if (has_passive_before(cue, sentence, scan)) {
    const Hit* agent = by_agent(cue, sentence);
    return agent != nullptr ? std::optional(whole(*agent)) : std::nullopt;
  }
  constexpr std::array<std::string_view, 5> kBeforeInverted{",", "\"", "'", "’", "”"};
  const bool after_quote = cue.first > sentence.tokens.first &&
                           std::ranges::find(kBeforeInverted, scan.folded(cue.first - 1)) != kBeforeInverted.end();
  if (after_quote) {
    if (const Hit* inverted = actor_after(cue.past, sentence, kInvertedReach)) return whole(*inverted);
    // ", said Mina Adur, a baker": a name that no lexicon knows.
    if (const auto name = name_after(cue, sentence, scan)) return teller_at(*name, cue, sentence, scan, codebook);
  }
  const bool predicate = cue.word->cue == Cue::falsehood || cue.word->cue == Cue::disbelief;
  if (!predicate) {
    if (const auto subject = subject_of(cue, sentence, scan)) return teller_at(*subject, cue, sentence, scan, codebook);
  }
  const Hit* before = actor_before(cue, sentence);
  return before != nullptr ? std::optional(whole(*before)) : std::nullopt;
}

/// "said its men had come under attack and denied ...": a second verb of the one who tells already.
bool goes_on(const Hit& cue, const SentenceScan& sentence, const Scan& scan) {
  constexpr std::array<std::string_view, 3> kAnd{"and", "but", "also"};
  return cue.first > sentence.tokens.first && is_any(scan.folded(cue.first - 1), kAnd);
}

bool is_state(const Actor& actor, const Codebook& codebook) {
  const auto found = codebook.actor_class_named(actor.actor_class);
  return found && codebook.actor_classes()[*found].side == "state";
}

bool is_protest(const Actor& actor, const Codebook& codebook) {
  const auto found = codebook.actor_class_named(actor.actor_class);
  return found && codebook.actor_classes()[*found].side == "protest";
}

/// How well a teller suits a mention; higher is better.
int suitability(const Teller& teller, const Mention& mention, const SentenceScan& sentence) {
  const bool disputes = mention.polarity == Polarity::denied || mention.polarity == Polarity::doubted;
  int score = 0;
  const bool disputing_cue = teller.cue == Cue::denial || teller.cue == Cue::falsehood || teller.cue == Cue::disbelief;
  if (disputes == disputing_cue) score += 4;
  // "According to the agency, the commander said": whoever said it vouches. (In English the rows of words decide.)
  const bool relays =
      teller.cue == Cue::according && teller.by != nullptr && teller.by->word->tongue != Tongue::english;
  if (!relays) score += 1;
  const auto& trigger = mention.trigger;
  if (sentence.borders(trigger.first, teller.cue_first) == 0) score += 2;
  if (teller.cue_first < trigger.first) score += 1;
  return score;
}

Attribution attribution_by(const Teller& teller, const Mention& mention, const Codebook& codebook) {
  if (teller.cue == Cue::responsibility) return Attribution::claimed_by_actor;
  if (teller.cue == Cue::accuse) return Attribution::accused;
  if (is_state(teller.actor, codebook)) return Attribution::authority;
  const auto& act = codebook.acts()[mention.act];
  const bool theirs = act.side == "protest" || act.family == "violence by crowd";
  if (theirs && (teller.self || is_protest(teller.actor, codebook))) return Attribution::claimed_by_actor;
  return Attribution::witness;
}

void note_teller(const Scan& scan, const Mention& mention, const Teller& teller, Outcome outcome,
                 std::string_view rule) {
  Trace* trace = scan.trace();
  if (trace == nullptr) return;
  if (outcome == Outcome::taken) {
    trace->take(mention.trail, Slot::attribution, std::string(name_of(mention.attribution)), {rule, teller.by},
                teller.actor.span);
  } else {
    trace->reject(mention.trail, Slot::attribution, teller.actor.name, {rule, teller.by}, teller.actor.span);
  }
}

void note_tellers(const Scan& scan, const Mention& mention, const std::vector<Teller>& tellers, const Teller& best) {
  for (const Teller& teller : tellers) {
    if (&teller == &best) {
      note_teller(scan, mention, teller, Outcome::taken,
                  tellers.size() > 1 ? "of those who tell they suit it best: by what they say of it, clause and order"
                                     : "they tell what the sentence says");
    } else if (teller.first >= mention.trigger.past || mention.trigger.first >= teller.past) {
      note_teller(scan, mention, teller, Outcome::rejected, "another teller suits it better");
    }
  }
}

/// «تحریم کردیم»: those who act tell of it.
bool says_we(const Mention& mention, const SentenceScan& sentence, const Scan& scan) {
  if (sentence.tongue != Tongue::persian) return false;
  for (std::uint32_t i = mention.trigger.first; i < mention.trigger.past; ++i) {
    if (scan.folded(i).ends_with("یم") && mention.trigger.word->form == TriggerForm::verb) return true;
  }
  return false;
}

/// "attributed to the Front", "blamed on rebels": who blames them is not told.
const Hit* blame_on(const SentenceScan& sentence, const Scan& scan, const Mention& mention) {
  constexpr std::array<std::string_view, 2> kOn{"to", "on"};
  if (sentence.tongue != Tongue::english) return nullptr;
  for (const Hit& cue : sentence.cues) {
    if (cue.word->cue != Cue::accuse || cue.past >= sentence.tokens.past) continue;
    if (is_any(scan.folded(cue.past), kOn) && sentence.borders(mention.trigger.first, cue.first) == 0) return &cue;
  }
  return nullptr;
}

}  // namespace

Actor actor_of(const Hit& hit, const SentenceScan& sentence, const Scan& scan, const Codebook& codebook) {
  std::uint32_t first = hit.first;
  std::uint32_t past = hit.past;
  if (sentence.tongue == Tongue::english && is_capitalised(scan.words(hit.span))) {
    first = name_start(hit.first, sentence, scan);
    while (past < sentence.tokens.past && past - first < kNameLimitTokens && is_name_token(scan, past) &&
           std::ranges::none_of(sentence.cues, [&](const Hit& cue) { return cue.first <= past && past < cue.past; })) {
      ++past;
    }
  }
  const Span span = scan.span_of(first, past);
  return {std::string(scan.words(span)), codebook.actor_classes()[hit.word->value].key, span};
}

std::vector<Teller> tellers_of(const SentenceScan& sentence, const Scan& scan, const Codebook& codebook) {
  std::vector<Teller> out;
  for (const Hit& cue : sentence.cues) {
    if (!is_telling(cue) && !announces(cue)) continue;
    if (cue.word->tongue == Tongue::english) {
      if (!out.empty() && goes_on(cue, sentence, scan)) {
        out.push_back(out.back());
        out.back().cue = cue.word->cue;
        out.back().cue_first = cue.first;
        out.back().by = &cue;
        continue;
      }
      if (auto teller = english_teller(cue, sentence, scan, codebook)) out.push_back(*std::move(teller));
      continue;
    }
    // An Arabic verb stands before who speaks, a Persian one after.
    const bool after = cue.word->cue == Cue::according || cue.word->tongue == Tongue::arabic;
    const Hit* actor = after ? actor_after(cue.past, sentence, 3) : first_actor(cue, sentence, scan);
    if (actor == nullptr && cue.word->tongue == Tongue::arabic) actor = first_actor(cue, sentence, scan);
    // «والصحيح أن الموقوفين ...»: only an outlet corrects.
    if (actor != nullptr && cue.word->cue == Cue::correction && cue.word->tongue == Tongue::arabic &&
        codebook.actor_classes()[actor->word->value].key != "media")
      continue;
    if (actor != nullptr) {
      out.push_back(
          {actor_of(*actor, sentence, scan, codebook), cue.word->cue, actor->first, actor->past, cue.first, &cue});
    }
  }
  return out;
}

void attribute(Mention& mention, const std::vector<Teller>& tellers, const SentenceScan& sentence, const Scan& scan,
               const Codebook& codebook) {
  const Teller* best = nullptr;
  int best_score = 0;
  for (const Teller& teller : tellers) {
    // Whom the act was done to, or who did it, does not tell of it: "protesters ... and injured, police said".
    if (teller.first < mention.trigger.past && mention.trigger.first < teller.past) {
      note_teller(scan, mention, teller, Outcome::rejected, "its words are those of the act");
      continue;
    }
    // Whoever calls for one act, or threatens with it, does not tell of the others of the sentence.
    const bool ahead =
        mention.stage == Stage::planned || mention.stage == Stage::threatened || mention.stage == Stage::cancelled;
    if ((teller.cue == Cue::call || teller.cue == Cue::threat) && !ahead) {
      note_teller(scan, mention, teller, Outcome::rejected, "they only say what is to come");
      continue;
    }
    const int score = suitability(teller, mention, sentence);
    if (best == nullptr || score > best_score) {
      best = &teller;
      best_score = score;
    }
  }
  if (best != nullptr) {
    mention.speaker = best->actor;
    mention.attribution = attribution_by(*best, mention, codebook);
    if (scan.trace() != nullptr) note_tellers(scan, mention, tellers, *best);
    return;
  }
  if (says_we(mention, sentence, scan) && codebook.acts()[mention.act].side == "protest") {
    mention.attribution = Attribution::claimed_by_actor;
    if (scan.trace() != nullptr)
      scan.trace()->take(mention.trail, Slot::attribution, std::string(name_of(mention.attribution)),
                         {"its own verb says we"}, mention.trigger.span);
    return;
  }
  if (const Hit* blame = blame_on(sentence, scan, mention); blame != nullptr) {
    mention.attribution = Attribution::accused;
    if (scan.trace() != nullptr)
      scan.trace()->take(mention.trail, Slot::attribution, std::string(name_of(mention.attribution)),
                         {"it is laid to somebody, and nobody is named who does so", blame});
    return;
  }
  const auto kind = scan.report().kind;
  const bool is_post = kind == ReportKind::post || kind == ReportKind::message || kind == ReportKind::caption ||
                       kind == ReportKind::media;
  mention.attribution = is_post ? Attribution::social_post : Attribution::unattributed;
  if (scan.trace() != nullptr) {
    scan.trace()->take(mention.trail, Slot::attribution, std::string(name_of(mention.attribution)),
                       {is_post ? "nobody else tells it, and the report is a post" : "nobody is named who tells it"});
  }
}

}  // namespace gavah::code
