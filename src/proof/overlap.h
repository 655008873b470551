#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "base/result.h"
#include "proof/leaf.h"
#include "proof/opened_entry.h"
#include "proof/register.h"

namespace gavah::proof {

/// Entries that may be one act twice: nothing opened tells them apart, and no `distinct` leaf cites them together.
struct Overlap {
  std::vector<LeafIndex> entries;  ///< ascending, at least two
};

/// The duplicate rule. Two events overlap when no level of act, place and day that is opened in both differs: a coarse
/// day overlaps every day within it. Umbrellas overlap umbrellas only. An overlap is explained by one `distinct` leaf
/// that cites both entries, or whose cell holds both: its opened slots equal those of the entry, whose index is at most
/// `through`.
///
/// `opened_distincts` are the openings of `distinct` leaves; a cell of which a slot is not opened explains nothing.
/// Gives groups connected by unexplained overlaps, ascending by their first entry; an entry is in one group at most.
/// unavailable when there are more than kMaxOverlapPairs to look at. About linear in the entries when acts are opened
/// to town and day; entries with equal opened levels count as one.
Result<std::vector<Overlap>> unexplained_overlaps(std::span<const OpenedEntry> events,
                                                  std::span<const DistinctAct> distincts,
                                                  const std::map<LeafIndex, OpenedEntry>& opened_distincts);

inline constexpr std::uint64_t kMaxOverlapPairs = 50'000'000;  ///< pairs of classes; about five seconds of looking

}  // namespace gavah::proof
