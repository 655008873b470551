#pragma once

#include <vector>

#include "code/codebook.h"
#include "code/mention.h"

namespace gavah::code {

/// `trace` may be null, here and below: then nothing is noted.
///
/// One mention for each act of the report: mentions of the same act, polarity and stage whose places are the same or
/// hold one another and whose times meet become one, which keeps the best-founded trigger and each slot's most exact
/// value. Tellers who differ on a number stay apart. Umbrellas never merge with parts. Order of first triggers.
std::vector<Mention> merge_mentions(std::vector<Mention> mentions, Trace* trace);

/// What the first sentences left open and exactly one later value can fill: the only place, the only day of a report.
void fill_forward(std::vector<Mention>& mentions, Trace* trace);

/// Sets `about` of each denied, doubted or corrected mention to the asserted one of the same act, if there is one.
void relate_disputes(std::vector<Mention>& mentions, Trace* trace);

}  // namespace gavah::code
