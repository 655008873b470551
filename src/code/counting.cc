#include "code/counting.h"

#include <algorithm>
#include <array>
#include <span>

#include "base/format.h"

namespace gavah::code {
namespace {

constexpr std::uint32_t kNounReach = 4;     ///< tokens between a number and its noun: "three of the young men"
constexpr std::uint32_t kResultReach = 12;  ///< between a counted noun and its verb
constexpr std::uint32_t kLeftReach = 3;     ///< between a verb and the number after it: "arrested at least 12"
constexpr std::uint32_t kSubjectReach = 7;  ///< the same where the subject stands between: «اعتقلت قوات الأمن 12»

/// A number with what it was found to count.
struct Counted {
  const text::Number* number = nullptr;
  std::uint32_t past = 0;  ///< token after the number and its noun
  std::uint16_t kind = kPeopleNoun;
  const Hit* by = nullptr;  ///< trigger that says the kind
};

/// A word that says what became of people, with the kind it gives.
struct ResultWord {
  Hit hit;
  std::uint16_t kind = 0;
  ResultForm form = ResultForm::verb;
  bool is_trigger = false;
};

class SentenceCounter {
 public:
  SentenceCounter(std::vector<Mention>& mentions, const SentenceScan& sentence, const Scan& scan,
                  const Codebook& codebook)
      : mentions_(mentions), sentence_(sentence), scan_(scan), codebook_(codebook) {
    participants_ = static_cast<std::uint16_t>(*codebook.count_kind_named("participants"));
    injured_ = static_cast<std::uint16_t>(*codebook.count_kind_named("injured"));
    collect_results();
  }

  void run() {
    for (const text::Number* number : sentence_.numbers) {
      if (const Ground ground = no_count(*number)) {
        leave(*number, ground);
        continue;
      }
      if (auto counted = noun_of(*number)) {
        place(*counted);
      } else {
        leave(*number, {"no noun of people or results stands by it"});
      }
    }
    count_singles([&](const Counted& counted, const ResultWord*) { place(counted); }, kOne);
    count_duals();
    count_unknown();
  }

  /// For a sentence that tells of no act, only how many were hurt in the one before it.
  void run_injured() {
    std::erase_if(results_, [&](const ResultWord& result) { return result.is_trigger || result.kind != injured_; });
    for (const text::Number* number : sentence_.numbers) {
      if (no_count(*number)) continue;
      const auto counted = noun_of(*number);
      if (!counted || (counted->kind != kPeopleNoun && counted->kind != injured_)) continue;
      if (is_of_those_told(*counted->number)) continue;
      const ResultWord* result = result_of(*counted);
      if (result != nullptr || counted->kind == injured_) add(mentions_.front(), injured_, *counted, result);
    }
    count_singles(
        [&](const Counted& counted, const ResultWord* result) { add(mentions_.front(), injured_, counted, result); },
        kOneOfThem);
  }

 private:
  /// Why a number counts nothing; nothing when it may.
  Ground no_count(const text::Number& number) const {
    if (is_part_of_time(number)) return {"it is part of a date or a length of time"};
    if (is_replaced(number)) return {"the words before it call it wrong"};
    if (sentence_.is_name(number)) return {"it says which, not how many"};
    if (is_age(number)) return {"it is an age"};
    if (number.form == text::NumberForm::ordinal) return {"it says which, not how many"};
    if (is_whole(number)) return {"it is the whole of which a part is told"};
    return {};
  }

  /// Notes for all acts of the sentence that a number is no count of theirs.
  void leave(const text::Number& number, const Ground& ground) const {
    Trace* trace = scan_.trace();
    if (trace == nullptr) return;
    for (const Mention& mention : mentions_)
      trace->reject(mention.trail, Slot::count, "", ground, scan_.span_of(number.first_token, number.past_token));
  }

  void collect_results() {
    for (const Mention& mention : mentions_) {
      const auto& act = codebook_.acts()[mention.act];
      const auto kind = codebook_.count_kind_named(act.count_kind);
      if (!kind) continue;
      // "15 students were beaten" counts injured; "clashes" and "tear gas" count nobody themselves.
      const bool hurts = *kind == injured_ && mention.trigger.word->form == TriggerForm::verb;
      const bool people = *kind != participants_ && (*kind != injured_ || hurts) && !is_thing(act.count_kind);
      if (people) results_.push_back({mention.trigger, static_cast<std::uint16_t>(*kind), ResultForm::verb, true});
    }
    for (const Hit& hit : sentence_.results) results_.push_back({hit, hit.word->value, hit.word->result, false});
    std::ranges::sort(results_, {}, [](const ResultWord& word) { return word.hit.first; });
  }

  static bool is_thing(std::string_view kind) { return kind == "sites" || kind == "outlets" || kind == "forces"; }

  bool is_part_of_time(const text::Number& number) const {
    return std::ranges::any_of(sentence_.times, [&](const TimeHit* time) {
      return number.first_token < time->past && time->first < number.past_token;
    });
  }

  /// "a man of 27", "aged 27".
  bool is_age(const text::Number& number) const {
    if (number.first_token < sentence_.tokens.first + 2) return false;
    const auto before = scan_.folded(number.first_token - 1);
    if (before == "aged" || before == "age") return true;
    constexpr std::array<std::string_view, 8> kPersons{"man",     "woman",   "boy",    "girl",
                                                       "student", "teacher", "worker", "protester"};
    return before == "of" && std::ranges::find(kPersons, scan_.folded(number.first_token - 2)) != kPersons.end();
  }

  static constexpr std::array<std::string_view, 5> kWhose{"the", "its", "their", "our", "his"};

  /// The number that this one is a part of: "4,300 of its 5,000 members".
  const text::Number* whole_of(const text::Number& part) const {
    if (part.past_token >= sentence_.tokens.past || scan_.folded(part.past_token) != "of") return nullptr;
    std::uint32_t next = part.past_token + 1;
    if (next < sentence_.tokens.past && is_any(scan_.folded(next), kWhose)) ++next;
    const auto found = std::ranges::find_if(sentence_.numbers,
                                            [&](const text::Number* number) { return number->first_token == next; });
    return found == sentence_.numbers.end() ? nullptr : *found;
  }

  /// "two of the wounded died": those have been told of.
  bool is_of_those_told(const text::Number& number) const {
    return number.past_token + 1 < sentence_.tokens.past && scan_.folded(number.past_token) == "of" &&
           scan_.folded(number.past_token + 1) == "the";
  }

  /// Whether another number stands before it that whole_of() would give it for.
  bool is_whole(const text::Number& number) const {
    std::uint32_t of = number.first_token;
    if (of > sentence_.tokens.first && is_any(scan_.folded(of - 1), kWhose)) --of;
    if (of == sentence_.tokens.first || scan_.folded(of - 1) != "of") return false;
    return std::ranges::find(sentence_.numbers, of - 1, &text::Number::past_token) != sentence_.numbers.end();
  }

  /// "three, not five": the word before a number that is called wrong.
  bool is_replaced(const text::Number& number) const {
    for (const Hit& cue : sentence_.cues) {
      if (cue.past != number.first_token) continue;
      if (cue.word->cue == Cue::replaced || cue.word->cue == Cue::negation) return true;
    }
    return false;
  }

  static constexpr std::array<std::string_view, 2> kOne{"a", "an"};
  /// "The guard was wounded": where the act was told before, so that they can be meant.
  static constexpr std::array<std::string_view, 5> kOneOfThem{"a", "an", "the", "his", "her"};

  /// "a prisoner was executed": one, when a result says what became of them.
  void count_singles(auto take, std::span<const std::string_view> articles) {
    if (sentence_.tongue != Tongue::english || results_.empty()) return;
    for (std::uint32_t i = sentence_.tokens.first; i + 1 < sentence_.tokens.past; ++i) {
      if (std::ranges::find(articles, scan_.folded(i)) == articles.end()) continue;
      text::Number one;
      one.low = one.high = 1;
      one.first_token = i;
      one.past_token = i + 1;
      const auto counted = single_noun(one);
      if (!counted) continue;
      const ResultWord* result = result_of(*counted);
      if (result != nullptr && (result->is_trigger || result->kind == injured_)) take(*counted, result);
    }
  }

  /// «سجينين», «السيارتين»: the form of the noun says two.
  void count_duals() {
    for (const Hit& noun : sentence_.nouns) {
      if (!noun.word->is_dual) continue;
      text::Number two;
      two.low = two.high = 2;
      two.first_token = noun.first;
      two.past_token = noun.past;
      place({&two, noun.past, noun.word->value, nullptr});
    }
  }

  /// "many paid with their lives", «شماری کشته شدند»: a number of which nothing is known but that it is not none.
  void count_unknown() {
    constexpr std::array<std::string_view, 8> kMany{"many",   "countless", "numerous", "scores",
                                                    "بسیاری", "شماری",     "تعدادی",   "برخی"};
    for (std::uint32_t i = sentence_.tokens.first; i + 1 < sentence_.tokens.past; ++i) {
      const auto word = scan_.folded(i);
      if (std::ranges::find(kMany, word) == kMany.end()) continue;
      text::Number many;
      many.first_token = i;
      many.past_token = i + 1;
      many.qualifier = std::string(word);
      const auto counted = noun_of(many);
      if (!counted || counted->kind != kPeopleNoun) continue;
      if (const ResultWord* result = result_of(*counted); result != nullptr && result->is_trigger) place(*counted);
    }
  }

  bool is_plural_noun(std::uint32_t token) const {
    const auto word = scan_.folded(token);
    return word.ends_with('s') || word.ends_with("men") || word == "people" || word == "children";
  }

  /// The person after "a", ages and adjectives between: "a 19-year-old student".
  std::optional<Counted> single_noun(const text::Number& one) const {
    constexpr std::uint32_t kSingleReach = 7;
    for (const Hit& noun : sentence_.nouns) {
      if (noun.first < one.past_token || noun.word->value == kAgeNoun) continue;
      const bool near =
          noun.first - one.past_token <= kSingleReach && sentence_.commas(one.past_token, noun.first) == 0;
      // "An opposition site reported that the organiser ...": the article is another noun's.
      const bool tells = std::ranges::any_of(sentence_.cues, [&](const Hit& cue) {
        return cue.word->cue == Cue::speech && cue.first >= one.past_token && cue.past <= noun.first;
      });
      if (tells) return std::nullopt;
      if (!near) break;
      if (noun.word->value != kPeopleNoun || is_plural_noun(noun.past - 1)) return std::nullopt;
      return Counted{&one, noun.past, kPeopleNoun, nullptr};
    }
    return single_actor(one);
  }

  /// "A security guard, who was inside, was seriously injured".
  std::optional<Counted> single_actor(const text::Number& one) const {
    const auto actor =
        std::ranges::find_if(sentence_.actors, [&](const Hit& hit) { return hit.first >= one.past_token; });
    if (actor == sentence_.actors.end() || actor->first - one.past_token > kNounReach) return std::nullopt;
    if (!joins(one.past_token, actor->first) || is_plural_noun(actor->past - 1)) return std::nullopt;
    const Counted counted{&one, actor->past, kPeopleNoun, nullptr};
    return suffers(counted) ? std::optional(counted) : std::nullopt;
  }

  const ResultWord* result_of(const Counted& counted) const {
    const ResultWord* left = adjacent_left(*counted.number);
    const ResultWord* right = result_right(counted);
    // An Arabic verb stands before whom it tells of.
    if (left != nullptr && sentence_.tongue == Tongue::arabic) return left;
    if (left != nullptr && !(right != nullptr && right->hit.first == counted.past)) return left;
    return right != nullptr ? right : left;
  }

  /// "The death toll has risen to 12": a total without a noun is of what the sentence tells.
  const ResultWord* result_of_total(const text::Number& number) const {
    constexpr std::uint32_t kTotalReach = 8;
    for (const Hit& cue : sentence_.cues) {
      const bool totals = cue.word->cue == Cue::so_far || cue.word->cue == Cue::toll;
      if (totals && cue.past <= number.first_token && number.first_token - cue.past <= kTotalReach && !results_.empty())
        return &results_.front();
    }
    return nullptr;
  }

  std::optional<Counted> noun_of(const text::Number& number) const {
    const text::Number* whole = whole_of(number);
    const std::uint32_t from = whole == nullptr ? number.past_token : whole->past_token;
    for (const Hit& noun : sentence_.nouns) {
      if (noun.past <= from || noun.first < from) continue;
      if (noun.first - from > kNounReach) break;
      if (!joins(from, noun.first)) break;
      if (noun.word->value != kPeopleNoun && names_actor(from, noun.first)) break;
      if (noun.word->value == kTimeNoun || noun.word->value == kAgeNoun || noun.word->value == kOtherNoun)
        return std::nullopt;
      return Counted{&number, noun.past, noun.word->value, nullptr};
    }
    if (const auto actors = actors_counted(number, from)) return actors;
    // "12 arrested", "three killed", "ده‌ها زخمی": no noun, but a result right after.
    for (const ResultWord& result : results_) {
      const bool adjacent = result.hit.first >= number.past_token && passable(number.past_token, result.hit.first);
      if (adjacent) return Counted{&number, number.past_token, kPeopleNoun, nullptr};
    }
    const bool vague = number.form == text::NumberForm::vague;
    if (vague || adjacent_left(number) != nullptr || result_of_total(number) != nullptr)
      return Counted{&number, number.past_token, kPeopleNoun, nullptr};
    return std::nullopt;
  }

  /// "four pedestrians were killed", "the murder of six priests": whoever can act can be counted, where the sentence
  /// says what became of them.
  std::optional<Counted> actors_counted(const text::Number& number, std::uint32_t from) const {
    if (sentence_.tongue != Tongue::english || results_.empty()) return std::nullopt;
    for (const Hit& actor : sentence_.actors) {
      if (actor.first < from) continue;
      if (actor.first - from > kNounReach || !joins(from, actor.first)) return std::nullopt;
      if (!is_plural_noun(actor.past - 1)) continue;
      const Counted counted{&number, actor.past, kPeopleNoun, nullptr};
      return suffers(counted) ? std::optional(counted) : std::nullopt;
    }
    return std::nullopt;
  }

  bool suffers(const Counted& counted) const {
    return adjacent_left(*counted.number) != nullptr || result_right(counted) != nullptr;
  }

  /// "two gunmen killed a judge": not two that were killed.
  bool names_actor(std::uint32_t from, std::uint32_t to) const {
    return sentence_.tongue == Tongue::english && std::ranges::any_of(sentence_.actors, [&](const Hit& actor) {
             return actor.first >= from && actor.past <= to;
           });
  }

  /// Adjectives may stand between a number and its noun, punctuation and other numbers may not.
  bool joins(std::uint32_t from, std::uint32_t to) const {
    if (sentence_.commas(from, to) > 0 || sentence_.borders(from, to) > 0) return false;
    for (const text::Number* other : sentence_.numbers) {
      if (other->first_token >= from && other->first_token < to) return false;
    }
    for (const auto& result : results_) {
      if (result.hit.first >= from && result.hit.first < to && result.is_trigger) return false;
    }
    for (std::uint32_t i = from; i < to; ++i) {
      const auto word = scan_.folded(i);
      if (word == "and" || word == "و" || word == "in" || word == "were" || word == "was") return false;
    }
    return true;
  }

  bool passable(std::uint32_t from, std::uint32_t to) const {
    constexpr std::array<std::string_view, 12> kBetween{"were",   "was",  "have", "has", "been",   "had",
                                                        "others", "more", "also", "are", "others", "being"};
    for (std::uint32_t i = from; i < to; ++i) {
      if (std::ranges::find(kBetween, scan_.folded(i)) == kBetween.end()) return false;
    }
    return true;
  }

  const ResultWord* adjacent_left(const text::Number& number) const {
    const ResultWord* nearest = nullptr;
    const std::uint32_t reach = sentence_.tongue == Tongue::arabic ? kSubjectReach : kLeftReach;
    for (const ResultWord& result : results_) {
      if (result.form == ResultForm::subject || result.hit.past > number.first_token) continue;
      if (number.first_token - result.hit.past > reach) continue;
      if (sentence_.commas(result.hit.past, number.first_token) > 0 ||
          sentence_.borders(result.hit.past, number.first_token) > 0)
        continue;
      bool crosses_and = false;
      for (std::uint32_t i = result.hit.past; i < number.first_token; ++i) {
        crosses_and = crosses_and || scan_.folded(i) == "and" || scan_.folded(i) == "و";
      }
      if (!crosses_and) nearest = &result;
    }
    return nearest;
  }

  /// A verb after the counted noun: "were killed", «کشته شدند»; in English not a new active verb ("and killed").
  const ResultWord* result_right(const Counted& counted) const {
    for (const ResultWord& result : results_) {
      if (result.form == ResultForm::object || result.form == ResultForm::before) continue;
      if (result.hit.first < counted.past) continue;
      if (result.hit.first - counted.past > kResultReach) return nullptr;
      if (sentence_.borders(counted.past, result.hit.first) > 0) return nullptr;
      if (other_number_between(counted, result) || has_own_number(result, counted)) return nullptr;
      if (sentence_.tongue != Tongue::english || result.form == ResultForm::subject) return &result;
      if (is_passive(result, counted)) return &result;
      return nullptr;
    }
    return nullptr;
  }

  bool other_number_between(const Counted& counted, const ResultWord& result) const {
    return std::ranges::any_of(sentence_.numbers, [&](const text::Number* other) {
      return other->first_token >= counted.past && other->past_token <= result.hit.first && !is_part_of_time(*other) &&
             noun_of(*other).has_value();
    });
  }

  /// "Two gunmen killed a judge": an article, a number or somebody right after the verb.
  bool has_object(const ResultWord& result) const {
    constexpr std::array<std::string_view, 6> kArticles{"a", "an", "the", "his", "her", "their"};
    const std::uint32_t next = result.hit.past;
    if (next >= sentence_.tokens.past) return false;
    const bool is_time = std::ranges::any_of(
        sentence_.times, [&](const TimeHit* time) { return time->first <= next + 1 && next < time->past; });
    if (is_time) return false;
    return is_any(scan_.folded(next), kArticles) ||
           std::ranges::any_of(sentence_.actors, [&](const Hit& actor) { return actor.first == next; }) ||
           std::ranges::any_of(sentence_.numbers,
                               [&](const text::Number* number) { return number->first_token == next; });
  }

  /// «أربعين من ذويهم قبل أن تعتقل الشرطة خمسة منهم»: an Arabic verb tells of the number after it.
  bool has_own_number(const ResultWord& result, const Counted& counted) const {
    if (sentence_.tongue != Tongue::arabic) return false;
    return std::ranges::any_of(sentence_.numbers, [&](const text::Number* other) {
      return other != counted.number && other->first_token >= result.hit.past && !is_part_of_time(*other) &&
             adjacent_left(*other) == &result;
    });
  }

  bool is_passive(const ResultWord& result, const Counted& counted) const {
    constexpr std::array<std::string_view, 14> kBe{"was",    "were", "been",      "be",      "being",
                                                   "are",    "is",   "dead",      "left",    "reported",
                                                   "feared", "also", "confirmed", "brutally"};
    if (result.hit.first == counted.past) return !has_object(result);  // "three people killed"
    if (result.hit.word->form == TriggerForm::noun && result.is_trigger) return false;
    if (result.hit.word->kind == WordKind::trigger && result.hit.word->form == TriggerForm::phrase) return true;
    for (std::uint32_t i = counted.past; i < result.hit.first; ++i) {
      if (std::ranges::find(kBe, scan_.folded(i)) != kBe.end()) return true;
    }
    // "lost their lives", "died": active words for what people suffer.
    const auto word = scan_.folded(result.hit.first);
    return word == "died" || word == "lost" || word == "paid" || word == "succumbed" || word == "have";
  }

  bool fits(const Mention& mention, std::uint16_t kind) const {
    return codebook_.acts()[mention.act].count_kind == codebook_.count_kinds()[kind];
  }

  Mention* nearest(std::uint32_t token, auto accepts) const {
    Mention* best = nullptr;
    std::uint32_t best_distance = 0;
    for (Mention& mention : mentions_) {
      if (!accepts(mention)) continue;
      const auto at = mention.trigger.first;
      const std::uint32_t distance =
          (at > token ? at - token : token - at) + 8U * static_cast<std::uint32_t>(sentence_.borders(at, token));
      if (best == nullptr || distance < best_distance) {
        best = &mention;
        best_distance = distance;
      }
    }
    return best;
  }

  void place(Counted counted) {
    const auto& number = *counted.number;
    std::uint16_t kind = counted.kind;
    const ResultWord* result = nullptr;
    if (kind == kPeopleNoun) {
      result = result_of(counted);
      if (result == nullptr) result = result_of_total(number);
      if (result != nullptr) kind = result->kind;
    }
    if (kind == kPeopleNoun) {
      give_participants(counted);
      return;
    }
    Mention* target = nullptr;
    if (result != nullptr && result->is_trigger) {
      target = nearest(result->hit.first, [&](const Mention& m) { return m.trigger.first == result->hit.first; });
    }
    if (target == nullptr) target = nearest(number.first_token, [&](const Mention& m) { return fits(m, kind); });
    if (target == nullptr) target = fallback(kind, number.first_token);
    if (target != nullptr) {
      add(*target, kind, counted, result);
    } else {
      leave(number,
            {"no act of the sentence counts what it is a number of", result != nullptr ? &result->hit : nullptr});
    }
  }

  /// Injuries belong to the force used, else to the clash or crowd; participants to any act of protest.
  Mention* fallback(std::uint16_t kind, std::uint32_t token) const {
    const auto& name = codebook_.count_kinds()[kind];
    if (name != "injured" && name != "killed" && name != "participants" && name != "shops" && name != "acts")
      return nullptr;
    return nearest(token, [&](const Mention& mention) {
      const auto& act = codebook_.acts()[mention.act];
      if (name == "injured" || name == "killed")
        return act.family == "state force" || act.family == "violence by crowd" || act.family == "protest";
      if (name == "shops") return act.key == "strike" || act.key == "raid" || act.key == "property attack";
      return act.side == "protest";
    });
  }

  /// People whose verb is the act itself: "300 workers marched", "a rally of 300 people".
  void give_participants(const Counted& counted) {
    Mention* target = nearest(counted.number->first_token, [&](const Mention& mention) {
      if (!fits(mention, participants_) || mention.polarity == Polarity::doubted) return false;
      const auto at = mention.trigger.first;
      const bool reaches =
          at >= counted.past ? at - counted.past <= 2 * kResultReach : counted.number->first_token - at <= kResultReach;
      return reaches && sentence_.borders(at, counted.number->first_token) == 0;
    });
    if (target != nullptr) {
      add(*target, participants_, counted, nullptr);
    } else {
      leave(*counted.number, {"it is a number of people, and no act near it counts those who take part"});
    }
  }

  void add(Mention& mention, std::uint16_t kind, const Counted& counted, const ResultWord* result) {
    const auto& number = *counted.number;
    Count count;
    count.kind = codebook_.count_kinds()[kind];
    count.low = number.low;
    count.high = number.high;
    count.qualifier = number.qualifier;
    count.span = scan_.span_of(number.first_token, counted.past);
    count.phrase = std::string(scan_.words(*count.span));
    set_scope(count, number, mention.stage);
    const auto same = std::ranges::find_if(
        mention.counts, [&](const Count& other) { return other.kind == count.kind && other.scope == count.scope; });
    const bool is_first = same == mention.counts.end();
    note_count(mention, count, result, is_first ? Outcome::taken : Outcome::rejected);
    if (is_first) mention.counts.push_back(std::move(count));
  }

  void note_count(const Mention& mention, const Count& count, const ResultWord* result, Outcome outcome) const {
    Trace* trace = scan_.trace();
    if (trace == nullptr) return;
    const std::string value = format("{} ({})", count.kind, name_of(count.scope));
    const Hit* by = result != nullptr ? &result->hit : nullptr;
    if (outcome == Outcome::rejected) {
      trace->reject(mention.trail, Slot::count, value, {"the act has a number of that kind already", by}, count.span);
      return;
    }
    trace->take(mention.trail, Slot::count, value,
                {by != nullptr ? "what became of those counted says the kind"
                               : "the noun after it, or else the act, says the kind",
                 by},
                count.span);
  }

  void set_scope(Count& count, const text::Number& number, Stage stage) const {
    for (const Hit& cue : sentence_.cues) {
      if (sentence_.borders(cue.first, number.first_token) > 0) continue;
      if (cue.word->cue == Cue::since && stage != Stage::continuing) {
        count.scope = CountScope::since;
        return;
      }
      if (cue.word->cue == Cue::so_far || (cue.word->cue == Cue::toll && count.kind != "participants"))
        count.scope = CountScope::so_far;
      if (cue.word->cue == Cue::per_day && count.scope == CountScope::this_act) count.scope = CountScope::per_day;
    }
  }

  std::vector<Mention>& mentions_;
  const SentenceScan& sentence_;
  const Scan& scan_;
  const Codebook& codebook_;
  std::vector<ResultWord> results_;
  std::uint16_t participants_ = 0;
  std::uint16_t injured_ = 0;
};

}  // namespace

void give_counts(std::vector<Mention>& mentions, const SentenceScan& sentence, const Scan& scan,
                 const Codebook& codebook) {
  if (!mentions.empty()) SentenceCounter(mentions, sentence, scan, codebook).run();
}

namespace {

/// Whether a sentence without an act tells of something else, or tells that somebody may not have been hurt.
bool tells_otherwise(const SentenceScan& sentence, const Scan& scan) {
  constexpr std::array<Cue, 8> kOtherwise{Cue::negation,  Cue::denial, Cue::falsehood, Cue::doubt,
                                          Cue::disbelief, Cue::plan,   Cue::threat,    Cue::background};
  const ContextSet elsewhere =
      scan.lexicon().context("accident") | scan.lexicon().context("sport") | scan.lexicon().context("game");
  return std::ranges::any_of(sentence.contexts,
                             [&](const Hit& hit) { return (hit.word->contexts & elsewhere).any(); }) ||
         std::ranges::any_of(sentence.cues, [&](const Hit& hit) {
           return std::ranges::find(kOtherwise, hit.word->cue) != kOtherwise.end();
         });
}

}  // namespace

void carry_counts(std::vector<Mention>& earlier, const SentenceScan& sentence, const Scan& scan,
                  const Codebook& codebook) {
  constexpr std::uint32_t kCarriedSentences = 2;
  if (earlier.empty() || sentence.tongue != Tongue::english || sentence.results.empty()) return;
  const Mention& last = earlier.back();
  const auto& act = codebook.acts()[last.act];
  const bool hurts = act.family == "state force" || act.family == "violence by crowd" || act.family == "protest";
  const bool is_told = last.polarity == Polarity::asserted && last.stage == Stage::occurred && !last.umbrella;
  if (!hurts || !is_told || sentence.index - last.sentence > kCarriedSentences) return;
  if (tells_otherwise(sentence, scan)) return;
  std::vector<Mention> one{last};
  SentenceCounter(one, sentence, scan, codebook).run_injured();
  earlier.back() = std::move(one.front());
}

}  // namespace gavah::code
