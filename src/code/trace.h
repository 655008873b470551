#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/id.h"
#include "model/place.h"
#include "model/span.h"
#include "model/time_interval.h"

namespace gavah::code {

class Lexicon;
struct Hit;
struct Mention;
struct SentenceScan;

/// The part of a claim that a note is about.
enum class Slot : std::uint8_t {
  act,
  stage,
  polarity,
  attribution,
  time,
  place,
  actor,
  target,
  person,
  count,
  slogan,
  about,
  umbrella,
  confidence,
};
std::string_view name_of(Slot slot);

enum class Outcome : std::uint8_t { taken, rejected };

/// One thing that was decided while a report was coded. Spans are bytes of the report's text.
struct TraceNote {
  Slot slot = Slot::act;
  Outcome outcome = Outcome::taken;
  std::string value;          ///< what the slot got, or would have got; empty where only the words tell
  std::string rule;           ///< why, in words that can follow "because"
  std::optional<Span> words;  ///< the words that were considered; nothing where the rule rests on no words
  std::optional<Span> by;     ///< the words that decided, where those are others
  std::string cue;            ///< what the lexicon says that the words of `by` are ("denial"); empty when no cue
  std::string row;            ///< of the lexicon, "lexicon/en/cues.tsv:12": of `by`, else of `words`; empty when none
  std::uint32_t mention = 0;  ///< whose note this is; 0: of words that became no mention
};

/// Why something was decided: what the rule says and the word it rests on. Without a rule it was not.
struct Ground {
  std::string_view rule;    ///< of static storage, or of the caller for the time of a call
  const Hit* by = nullptr;  ///< null when the rule rests on no single word
  explicit operator bool() const { return !rule.empty(); }
};

/// A value with why it was decided.
template <class Value>
struct Decided {
  Value value;
  Ground ground;
};

/// What a note is of: words of the text (nothing: none), or a word of a lexicon where it stands.
struct TraceWords {
  TraceWords() = default;
  TraceWords(const Span& at) : span(at) {}
  TraceWords(const std::optional<Span>& at) : span(at) {}
  TraceWords(const Hit* at);
  std::optional<Span> span;
  const Hit* hit = nullptr;
};

/// What the rules of the coder noted while they coded one report: each choice and what lost against it. A coder that is
/// given none notes nothing and builds none of the words. One report, one thread.
class Trace {
 public:
  /// All notes in the order of the decisions.
  const std::vector<TraceNote>& notes() const { return notes_; }
  /// Those of the mentions that a claim was made of, in that order. Linear in the notes.
  std::vector<const TraceNote*> notes_of(const ClaimId& claim) const;
  /// Words that name an act and became no mention (slot act, rejected, mention 0).
  std::vector<const TraceNote*> left_out() const;

  // What the rules of this room call.

  void read_with(const Lexicon& lexicon) { lexicon_ = &lexicon; }
  /// A mention that was found; never 0.
  std::uint32_t start();
  /// A mention that was made of others, whose notes are also its own; never 0.
  std::uint32_t grow(std::uint32_t from, std::uint32_t also_from = 0);
  void bind(const ClaimId& claim, std::uint32_t mention) { claims_[claim] = mention; }

  void take(std::uint32_t mention, Slot slot, std::string value, const Ground& ground, const TraceWords& words = {});
  void reject(std::uint32_t mention, Slot slot, std::string value, const Ground& ground, const TraceWords& words = {});
  /// The cues of a mention's sentence that no note of it rests on: what their distance to the trigger is.
  void reject_idle_cues(const Mention& mention, const SentenceScan& sentence);

 private:
  void note(std::uint32_t mention, Slot slot, Outcome outcome, std::string value, const Ground& ground,
            const TraceWords& words);
  std::vector<bool> ancestry(std::uint32_t mention) const;

  const Lexicon* lexicon_ = nullptr;
  std::vector<TraceNote> notes_;
  std::set<std::tuple<std::uint32_t, Slot, Span>> rests_on_;      ///< of the notes that have `by`: mention, slot, words
  std::vector<std::pair<std::uint32_t, std::uint32_t>> parents_;  ///< of mention i + 1; 0 for none
  std::map<ClaimId, std::uint32_t> claims_;
};

/// "2024-04-12 (T1)", "2024-04-12 to 2024-04-14 (T3)", "unknown".
std::string trace_value(const TimeInterval& time);
/// "Nilvan (G1)".
std::string trace_value(const Place& place);

}  // namespace gavah::code
