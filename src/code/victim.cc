#include "code/victim.h"

#include <algorithm>
#include <array>

namespace gavah::code {
namespace {

// Reaches in tokens.
constexpr std::uint32_t kSubjectReach = 16;  ///< from a subject to its verb, titles and names between
constexpr std::uint32_t kObjectReach = 6;    ///< from a verb to its object: "kidnapped the former deputy mayor"
constexpr std::uint32_t kRowReach = 9;       ///< between two of a row: "the judge, Mina Adur, and two guards"
constexpr std::uint32_t kAgentReach = 3;     ///< from the verb to "by", from "by" to the actor
constexpr std::size_t kRowLimit = 5;         ///< targets of one act; a longer row is a list of something else

bool harms(const Act& act) {
  constexpr std::array<std::string_view, 9> kHarms{"killing", "live fire", "beating",         "abduction",  "arrest",
                                                   "torture", "execution", "property attack", "group clash"};
  return is_any(act.key, kHarms);
}

/// The words of one mention's clause, looked at for who stands where.
class Clause {
 public:
  Clause(const Mention& mention, const SentenceScan& sentence, const Scan& scan)
      : trigger_(mention.trigger), sentence_(sentence), scan_(scan) {}

  /// The token of a form of "be" right before the trigger, adverbs between; none: past the trigger.
  std::uint32_t auxiliary() const {
    constexpr std::array<std::string_view, 8> kBe{"was", "were", "been", "being", "be", "are", "is", "get"};
    constexpr std::uint32_t kAdverbReach = 2;
    for (std::uint32_t back = 1; back <= 1 + kAdverbReach; ++back) {
      if (trigger_.first < sentence_.tokens.first + back) break;
      const auto word = scan_.folded(trigger_.first - back);
      if (is_any(word, kBe)) return trigger_.first - back;
      if (!word.ends_with("ly") && word != "also" && word != "later" && word != "reportedly") break;
    }
    return trigger_.past;
  }

  /// The token after "by" where it follows the verb.
  std::uint32_t past_by() const {
    const std::uint32_t limit = std::min(sentence_.tokens.past, trigger_.past + kAgentReach + 1);
    for (std::uint32_t i = trigger_.past; i < limit; ++i) {
      if (scan_.folded(i) == "by") return i + 1;
    }
    return 0;
  }

  /// "of", "against", "on" right after a noun for the act: the token after it.
  std::uint32_t past_preposition() const {
    constexpr std::array<std::string_view, 4> kWhom{"of", "against", "on", "at"};
    if (trigger_.past < sentence_.tokens.past && is_any(scan_.folded(trigger_.past), kWhom)) return trigger_.past + 1;
    const auto last = scan_.folded(trigger_.past - 1);
    return last == "of" || last == "on" || last == "at" ? trigger_.past : 0;
  }

  bool is_free(std::uint32_t from, std::uint32_t to) const { return sentence_.borders(from, to) == 0; }

  const Hit* first_in(std::uint32_t from, std::uint32_t reach) const {
    for (const Hit& actor : sentence_.actors) {
      if (actor.first < from) continue;
      return actor.first - from <= reach && is_free(from, actor.first) ? &actor : nullptr;
    }
    return nullptr;
  }

  /// The head of the noun phrase that ends before `token`.
  const Hit* head_before(std::uint32_t token) const {
    const Hit* head = nullptr;
    for (const Hit& actor : sentence_.actors) {
      if (actor.past > token) break;
      if (token - actor.past > kSubjectReach || !is_free(actor.past, token) || holds_act(actor.past, token)) continue;
      if (head == nullptr || !is_modifier(actor)) head = &actor;
    }
    return head;
  }

  /// Those joined to `seed` by commas and "and", it included, in order; between `first` and `past`.
  std::vector<const Hit*> row_of(const Hit* seed, std::uint32_t first, std::uint32_t past) const {
    std::vector<const Hit*> row;
    if (seed == nullptr) return row;
    for (const Hit& actor : sentence_.actors) {
      if (actor.first < first || actor.past > past) continue;
      const bool joined = &actor == seed || (!row.empty() && joins(row.back()->past, actor.first));
      if (!joined && row.empty() && joins(actor.past, seed->first)) {
        row.push_back(&actor);
        continue;
      }
      if (joined && row.size() < kRowLimit) row.push_back(&actor);
    }
    return row;
  }

 private:
  bool holds_act(std::uint32_t from, std::uint32_t to) const {
    return std::ranges::any_of(sentence_.triggers, [&](const Hit& other) {
      return other.word->value != kNoAct && other.word->form == TriggerForm::verb && other.first >= from &&
             other.past <= to;
    });
  }

  /// "of the high court", "in the army": whose or where, not who.
  bool is_modifier(const Hit& actor) const {
    constexpr std::array<std::string_view, 11> kModifying{"of", "in",   "at",  "from", "near",   "by",
                                                          "to", "with", "for", "on",   "against"};
    constexpr std::array<std::string_view, 7> kPassed{"the", "a", "an", "his", "her", "their", "s"};
    for (std::uint32_t i = actor.first; i > sentence_.tokens.first && actor.first - i < 4; --i) {
      const auto word = scan_.folded(i - 1);
      if (is_any(word, kModifying)) return true;
      if (word == "," || word == "and") return false;
      if (i != actor.first && !is_any(word, kPassed)) break;
    }
    return false;
  }

  bool joins(std::uint32_t from, std::uint32_t to) const {
    if (to <= from || to - from > kRowReach || !is_free(from, to) || holds_act(from, to)) return false;
    for (std::uint32_t i = from; i < to; ++i) {
      if (scan_.folded(i) == "and" || scan_.folded(i) == "," || scan_.folded(i) == "or") return true;
    }
    return false;
  }

  const Hit& trigger_;
  const SentenceScan& sentence_;
  const Scan& scan_;
};

void passive(HarmRoles& roles, const Clause& clause, const SentenceScan& sentence, std::uint32_t before) {
  roles.targets = clause.row_of(clause.head_before(before), sentence.tokens.first, before);
  if (const std::uint32_t by = clause.past_by(); by != 0) roles.actor = clause.first_in(by, kAgentReach);
}

void active(HarmRoles& roles, const Clause& clause, const SentenceScan& sentence, const Hit& trigger) {
  const Hit* object = clause.first_in(trigger.past, kObjectReach);
  if (object == nullptr) return;
  roles.targets = clause.row_of(object, trigger.past, sentence.tokens.past);
  roles.actor = clause.head_before(trigger.first);
}

void noun(HarmRoles& roles, const Clause& clause, const SentenceScan& sentence) {
  if (const std::uint32_t from = clause.past_preposition(); from != 0)
    roles.targets = clause.row_of(clause.first_in(from, kObjectReach), from, sentence.tokens.past);
  if (const std::uint32_t by = clause.past_by(); by != 0) roles.actor = clause.first_in(by, kAgentReach);
}

bool is_suffered(std::string_view word) {
  constexpr std::array<std::string_view, 5> kSuffered{"died", "dies", "dying", "perished", "lost"};
  return is_any(word, kSuffered);
}

}  // namespace

HarmRoles harm_roles(const Mention& mention, const SentenceScan& sentence, const Scan& scan, const Codebook& codebook) {
  HarmRoles roles;
  if (sentence.tongue != Tongue::english || sentence.actors.empty() || !harms(codebook.acts()[mention.act]))
    return roles;
  const Clause clause(mention, sentence, scan);
  const Hit& trigger = mention.trigger;
  if (trigger.word->form == TriggerForm::noun) {
    noun(roles, clause, sentence);
    return roles;
  }
  const std::uint32_t be = clause.auxiliary();
  if (be < trigger.first) {
    passive(roles, clause, sentence, be);
  } else if (clause.past_by() != 0 || is_suffered(scan.folded(trigger.first))) {
    passive(roles, clause, sentence, trigger.first);
  } else {
    active(roles, clause, sentence, trigger);
  }
  return roles;
}

}  // namespace gavah::code
