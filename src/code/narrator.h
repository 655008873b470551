#pragma once

#include <optional>
#include <vector>

#include "code/codebook.h"
#include "code/telling.h"

namespace gavah::code {

/// Whose words a report is, where its sentences do not say so again: of whom it opens with ("The union: ..."), who
/// signs it ("(Committee of ...)", "— press office of the police"), "We, the ...", "we verified 64 executions", whose
/// notice it is ("The police inform residents that ..."), or who spoke in the sentence before
/// and goes on ("He added", «افزود», a verb of "we"). Sentences come in order.
class Narrator {
 public:
  Narrator(const Scan& scan, const Codebook& codebook);

  /// Adds whoever speaks to tellers that are empty.
  void complete(std::vector<Teller>& tellers, const SentenceScan& sentence);

 private:
  std::optional<Teller> teller_in(TokenRange range, const SentenceScan& sentence) const;
  void read_opening(const SentenceScan& sentence);
  bool read_heading(const SentenceScan& sentence);
  void read_signature(const SentenceScan& sentence);
  bool goes_on(const SentenceScan& sentence) const;
  bool goes_on_in_english(const SentenceScan& sentence) const;
  bool is_notice(const Teller& teller, const SentenceScan& sentence) const;
  void read_we();
  void give_to_opening(std::vector<Teller>& tellers, const SentenceScan& sentence) const;
  bool has_own_subject(const Teller& teller, const SentenceScan& sentence) const;

  const Scan& scan_;
  const Codebook& codebook_;
  std::optional<Teller> whole_;  ///< of the whole report
  std::uint32_t colon_ = 0;      ///< after the words of whoever opens it
  std::optional<Teller> last_;
  std::uint32_t last_sentence_ = 0;
};

}  // namespace gavah::code
