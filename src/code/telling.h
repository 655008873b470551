#pragma once

#include <optional>
#include <vector>

#include "code/codebook.h"
#include "code/mention.h"

namespace gavah::code {

/// Somebody who tells, denies, doubts, accuses or admits in a sentence.
struct Teller {
  Actor actor;
  Cue cue = Cue::speech;
  std::uint32_t first = 0;  ///< tokens of the name
  std::uint32_t past = 0;
  std::uint32_t cue_first = 0;
  const Hit* by = nullptr;  ///< the word of telling
  bool self = false;        ///< the report is written by them ("We, the workers of ...")
};

/// The tellers of a sentence in order: the subject of "said" or "denied", the one after "according to" or «به گفته».
/// A capitalised name before "said" that no lexicon knows is a teller of class unknown (English).
std::vector<Teller> tellers_of(const SentenceScan& sentence, const Scan& scan, const Codebook& codebook);

/// Gives a mention its speaker and attribution: for a denial or a doubt the one who denies, else the nearest teller on
/// the mention's side of "but". A post without a teller is a social post.
void attribute(Mention& mention, const std::vector<Teller>& tellers, const SentenceScan& sentence, const Scan& scan,
               const Codebook& codebook);

/// The actor as written, with the capitalised words that belong to its name ("Nilvan Teachers' Union").
Actor actor_of(const Hit& hit, const SentenceScan& sentence, const Scan& scan, const Codebook& codebook);

}  // namespace gavah::code
