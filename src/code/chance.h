#pragma once

#include "code/codebook.h"
#include "code/lexicon.h"
#include "code/scan.h"
#include "code/trace.h"

namespace gavah::code {

/// The first word of a sentence that belongs to one of the contexts; none: nothing.
const Hit* context_in(const SentenceScan& sentence, const ContextSet& set);

/// Acts whose words games do not borrow.
bool is_of_no_game(std::string_view act);

/// What chance, weather and works do in the words of acts (they kill and burn, block roads, cut lines, and free who was
/// trapped), and what people do so in games, at feasts and against animals.
class Chance {
 public:
  Chance(const Scan& scan, const Codebook& codebook, const Lexicon& lexicon);

  /// Why the words of an act tell of none in this sentence; nothing when they may.
  Ground ground(const Hit& trigger, const SentenceScan& sentence) const;

 private:
  const Hit* doer(const Hit& trigger, const SentenceScan& sentence) const;
  bool is_violent(const Hit& trigger, const SentenceScan& sentence) const;
  bool is_done_by_arms(const Hit& trigger, const SentenceScan& sentence) const;
  Ground sporting(const Hit& trigger, const SentenceScan& sentence) const;
  Ground festive(const Hit& trigger, const SentenceScan& sentence) const;

  const Scan& scan_;
  const Codebook& codebook_;
  ContextSet accident_, rescue_, works_, crowd_, state_, sport_, feast_, animals_, protest_;
};

}  // namespace gavah::code
