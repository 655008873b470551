#pragma once

#include <vector>

#include "code/mention.h"
#include "code/telling.h"

namespace gavah::code {

/// A person told of by name; role and condition are not filled.
struct NamedPerson {
  Person person;
  TokenRange tokens;  ///< of the name
};

/// The persons a sentence names, in order. In English: words in capitals that nothing knows, beside the act that is
/// done to them or a trade ("arrested Mina Adur", "the student Mina Adur"); with an age they are told elsewhere
/// (role.h). The Persian and Arabic script has no capitals, so a name is a run of words that no lexicon knows, bounded
/// by what they know, and only where words announce it: an age after it ("... ۲۳ ساله",
/// "... (22 عاما)"), «به نام», «يدعى», «اسمه», a comma and a trade after it («...، معلم»), quotation marks after what
/// is done to people («بازداشت «...»»), or a title or kinship before it («زندانی», "الناشط", "والدة"). One name after
/// "and" goes with the one before. Whoever only tells is left out, not the one whose kin or lawyer tells.
std::vector<NamedPerson> persons_named(const SentenceScan& sentence, const Scan& scan,
                                       const std::vector<Teller>& tellers);

/// Whether a run of words in capitals is the name of a body, a firm or a street: its last word says so (names.tsv).
bool is_group(TokenRange name, const SentenceScan& sentence, const Scan& scan);

}  // namespace gavah::code
