#pragma once

#include <vector>

#include "code/codebook.h"
#include "code/mention.h"

namespace gavah::code {

/// Gives the mentions of a sentence their counts. A number counts when a noun of people (or of deaths, arrests …)
/// stands after it, or a result ("three killed"); what it counts is said by that noun, by the result word it is
/// joined to ("three people were killed", "killed three", «سه نفر کشته شدند», «بازداشت ۱۲ نفر»), or else by the act
/// ("300 workers marched"). Lengths of time, ages, terms, money and numbers called wrong ("not five") count nothing.
///
/// A count goes to the mention whose act counts its kind, else to the nearest mention of a fitting family; scope and
/// as_of come from "so far", "since", "a day" in the sentence.
void give_counts(std::vector<Mention>& mentions, const SentenceScan& sentence, const Scan& scan,
                 const Codebook& codebook);

/// "Twelve people were injured." after a sentence of a clash: how many were hurt goes to the act told of last, not more
/// than two sentences before; not where the sentence denies or doubts it, or tells of an accident. (English.)
void carry_counts(std::vector<Mention>& earlier, const SentenceScan& sentence, const Scan& scan,
                  const Codebook& codebook);

}  // namespace gavah::code
