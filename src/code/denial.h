#pragma once

#include <vector>

#include "code/codebook.h"
#include "code/scan.h"
#include "code/trace.h"
#include "model/claim.h"

namespace gavah::code {

/// Whether a sentence says that an act happened, denies it, doubts it or corrects what was said of it. A word of denial
/// reaches what its clause tells; a verb may be negative itself, or carried by one; and what was withheld from somebody
/// ("was denied medication"), or is only where a denied act is said to have been, is not denied.
class Denial {
 public:
  Denial(const Scan& scan, const Codebook& codebook) : scan_(scan), codebook_(codebook) {}

  /// `triggers`: those of the sentence that name an act.
  Decided<Polarity> polarity(const Hit& trigger, const SentenceScan& sentence, const std::vector<Hit>& triggers) const;

 private:
  bool reaches_on(const Hit& denial, const Hit& trigger, const SentenceScan& sentence) const;
  bool is_scene_of_another(const Hit& trigger, const SentenceScan& sentence) const;
  bool is_deprivation(const Hit& denial, const SentenceScan& sentence) const;
  const Hit* old_report(const Hit& correction, const SentenceScan& sentence) const;
  Ground denied(const Hit& trigger, const SentenceScan& sentence) const;
  Ground negated(const Hit& trigger, const SentenceScan& sentence, const std::vector<Hit>& triggers) const;
  Ground doubted(const Hit& trigger, const SentenceScan& sentence) const;

  const Scan& scan_;
  const Codebook& codebook_;
};

/// "alleged gunmen shot two": who they were is doubted, not what they did.
bool doubts_who(const Hit& cue, const SentenceScan& sentence);

}  // namespace gavah::code
