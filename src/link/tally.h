#pragma once

#include <vector>

#include "link/voice.h"
#include "model/event.h"

namespace gavah::link {

/// The rule that chooses from several voices: the middle of what they say, so that no single one, however extreme,
/// moves the number far. Lower bound: the lower median of the lower bounds; upper bound: the upper median of the upper
/// bounds (a missing lower bound counts as 0 for the order and stays unknown when chosen; a missing upper bound, and
/// that of "so far", counts as endless). Of two voices this is the hull of both.
inline constexpr std::string_view kMedianRule = "median of independent lineages";
/// The only lineage that gives a number.
inline constexpr std::string_view kOnlyRule = "only lineage";

/// For each kind of count: what each voice says last (counts "per day" apart), then the choice among those voices that
/// assert the act. `lineages` gives the lineage of each report.
std::vector<EventCount> tally(const std::vector<Voice>& voices, const ClusterContext& context,
                              std::span<const LineageId> lineages);

}  // namespace gavah::link
