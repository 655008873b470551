#pragma once

#include <vector>

#include "code/codebook.h"
#include "code/mention.h"

namespace gavah::code {

/// Who did an act of harm and to whom, as the grammar of an English sentence says it whatever their classes.
struct HarmRoles {
  const Hit* actor = nullptr;         ///< after "by", or before an active verb
  std::vector<const Hit*> targets{};  ///< several where they are told in a row ("the judge and two guards")
};

/// "The mayor was killed by gunmen", "soldiers killed by", "gunmen killed the mayor", "the murder of two priests", "an
/// attack against a judge". A noun that only says whose or where ("the judge of the high court") is none of them.
/// Empty for other acts and other languages. Linear in the actors of the sentence.
HarmRoles harm_roles(const Mention& mention, const SentenceScan& sentence, const Scan& scan, const Codebook& codebook);

}  // namespace gavah::code
