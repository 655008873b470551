#pragma once

#include <cstdint>

#include "code/lexicon.h"
#include "code/scan.h"

namespace gavah::code {

/// Tokens between two hits; 0 where they meet or the right one stands first.
std::uint32_t gap(const Hit& left, const Hit& right);

bool overlaps(const Hit& a, const Hit& b);

/// The finite verb that carries a Persian noun trigger: the next light verb after it before a clause border.
const Hit* carrying_verb(const Hit& trigger, const SentenceScan& sentence);

/// The nearest cue of a kind before the trigger: at most `reach` tokens between, no clause border and no comma.
const Hit* cue_before(const SentenceScan& sentence, const Hit& trigger, Cue cue, std::uint32_t reach);
/// After the trigger, no clause border between.
const Hit* cue_after(const SentenceScan& sentence, const Hit& trigger, Cue cue, std::uint32_t reach);

}  // namespace gavah::code
