#pragma once

#include "code/codebook.h"
#include "code/lexicon.h"
#include "code/mention.h"

namespace gavah::code {

/// Finds the acts that a sentence names, and whether it says that they happened.
///
/// Between triggers that overlap the longest whose needs are met wins; an idiom hides what it contains. A mention is
/// left out when it is the topic of a protest or a text, remembered, conditional, a purpose ("to arrest"), in a
/// quoted slogan, or in a sentence about an accident or a game.
class Judge {
 public:
  Judge(const Scan& scan, const Codebook& codebook, const Lexicon& lexicon);

  /// The mentions of one sentence in order, with act, trigger, stage, polarity, umbrella, plural and confidence.
  std::vector<Mention> mentions(const SentenceScan& sentence) const;

 private:
  std::vector<Hit> chosen_triggers(const SentenceScan& sentence) const;
  void drop_weaker_sentences(std::vector<Hit>& triggers, const SentenceScan& sentence) const;
  bool is_met(const Hit& trigger, const SentenceScan& sentence) const;
  bool is_left_out(const Hit& trigger, const SentenceScan& sentence, const std::vector<Hit>& triggers) const;
  bool is_object_of_mourning(const Hit& trigger, const SentenceScan& sentence, const std::vector<Hit>& triggers) const;
  bool is_relative(const Hit& trigger, const SentenceScan& sentence) const;
  bool is_purpose(const Hit& trigger, const SentenceScan& sentence) const;
  bool is_in_slogan(const Hit& trigger, const SentenceScan& sentence) const;
  Polarity polarity_of(const Hit& trigger, const SentenceScan& sentence, const std::vector<Hit>& triggers) const;
  bool is_denied(const Hit& trigger, const SentenceScan& sentence) const;
  bool is_negated(const Hit& trigger, const SentenceScan& sentence, const std::vector<Hit>& triggers) const;
  bool is_doubted(const Hit& trigger, const SentenceScan& sentence) const;
  Stage stage_of(const Hit& trigger, const SentenceScan& sentence) const;
  bool is_planned(const Hit& trigger, const SentenceScan& sentence) const;
  bool has_length(const SentenceScan& sentence) const;
  bool is_lasting(const Hit& trigger) const;
  bool is_umbrella(const Hit& trigger, const SentenceScan& sentence) const;
  int confidence_of(const Hit& trigger, const SentenceScan& sentence) const;

  const Scan& scan_;
  const Codebook& codebook_;
  ContextSet number_, accident_, sport_;
};

/// True for a day from which something lasts: "since Saturday", «از روز شنبه».
bool is_start(const TimeHit& time, const SentenceScan& sentence, const Scan& scan);

/// The finite verb that carries a Persian noun trigger: the next light verb after it before a clause border.
const Hit* carrying_verb(const Hit& trigger, const SentenceScan& sentence);

/// The nearest cue of a kind before the trigger: at most `reach` tokens between, no clause border and no comma.
const Hit* cue_before(const SentenceScan& sentence, const Hit& trigger, Cue cue, std::uint32_t reach);
/// After the trigger, no clause border between.
const Hit* cue_after(const SentenceScan& sentence, const Hit& trigger, Cue cue, std::uint32_t reach);

}  // namespace gavah::code
