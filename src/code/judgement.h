#pragma once

#include "code/chance.h"
#include "code/codebook.h"
#include "code/denial.h"
#include "code/lexicon.h"
#include "code/mention.h"

namespace gavah::code {

/// Finds the acts that a sentence names, and whether it says that they happened.
///
/// Between triggers that overlap the longest whose needs are met wins; an idiom hides what it contains. A mention is
/// left out when it is the topic of a protest or a text, remembered, conditional, a purpose ("to arrest"), in a
/// quoted slogan, in a sentence about an accident or a game, or among words of play, fiction, law or trade.
class Judge {
 public:
  Judge(const Scan& scan, const Codebook& codebook, const Lexicon& lexicon);

  /// What the sentences before have told: a denial without day, place or actor is of those acts, or of none.
  enum class Before : std::uint8_t { nothing, acts };

  /// The mentions of one sentence in order, with act, trigger, stage, polarity, umbrella, plural and confidence.
  std::vector<Mention> mentions(const SentenceScan& sentence, Before before) const;

 private:
  /// How many words of play, fiction, law and trade, and of them those of tales, laws and advertisements.
  struct Frames {
    std::uint32_t all = 0;
    std::uint32_t tales = 0;
  };

  std::vector<Hit> chosen_triggers(const SentenceScan& sentence) const;
  void drop_weaker_sentences(std::vector<Hit>& triggers, const SentenceScan& sentence) const;
  Ground unmet(const Hit& trigger, const SentenceScan& sentence) const;
  void leave(const Hit& trigger, const Ground& ground) const;
  void leave_unmet(const Hit& trigger, const Ground& ground) const;
  std::vector<Hit> keep_longest(std::vector<Hit> met) const;
  bool tells_by_itself(const Hit& trigger, const SentenceScan& sentence) const;
  const Hit* background_clause(const Hit& trigger, const SentenceScan& sentence) const;
  Ground left_out(const Hit& trigger, const SentenceScan& sentence, const std::vector<Hit>& triggers) const;
  bool is_object_of_mourning(const Hit& trigger, const SentenceScan& sentence, const std::vector<Hit>& triggers) const;
  bool is_relative(const Hit& trigger, const SentenceScan& sentence) const;
  bool says_whose(const Hit& trigger, const SentenceScan& sentence) const;
  bool is_of_victims(const Hit& trigger, const SentenceScan& sentence) const;
  bool is_attributive(const Hit& trigger, const SentenceScan& sentence) const;
  bool is_done_by_crowd(const Hit& trigger, const SentenceScan& sentence) const;
  bool is_long_past(const Hit& trigger, const SentenceScan& sentence) const;
  bool is_purpose(const Hit& trigger, const SentenceScan& sentence) const;
  bool is_in_slogan(const Hit& trigger, const SentenceScan& sentence) const;
  const Hit* called_with_others(const Hit& trigger, const SentenceScan& sentence) const;
  const Hit* condition_of(const Hit& trigger, const SentenceScan& sentence) const;
  Decided<Stage> stage_of(const Hit& trigger, const SentenceScan& sentence) const;
  Ground planned(const Hit& trigger, const SentenceScan& sentence) const;
  bool has_length(const Hit& trigger, const SentenceScan& sentence) const;
  bool is_lasting(const Hit& trigger) const;
  Ground umbrella(const Hit& trigger, const SentenceScan& sentence) const;
  int confidence_of(const Mention& mention, const SentenceScan& sentence) const;

  const Scan& scan_;
  const Codebook& codebook_;
  const Lexicon& lexicon_;
  void count_frames(const Lexicon& lexicon);
  bool is_of_law(const Hit& trigger, const SentenceScan& sentence) const;
  bool is_in_frame(const Hit& trigger, const SentenceScan& sentence) const;

  ContextSet number_, crowd_, state_, victims_, statute_, permission_, citation_;
  Denial denial_;
  Chance chance_;
  std::vector<Frames> frames_before_;  ///< of each sentence
};

/// True for a day from which something lasts: "since Saturday", «از روز شنبه».
bool is_start(const TimeHit& time, const SentenceScan& sentence, const Scan& scan);

/// The time that the act is said to be of: "last summer's unrest"; null when none.
const TimeHit* owner_of(const Hit& trigger, const SentenceScan& sentence, const Scan& scan);

/// Whether a time ended more than two months before the report.
bool is_old(const TimeHit& time, const Scan& scan);

}  // namespace gavah::code
