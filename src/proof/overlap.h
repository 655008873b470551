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

/// What the duplicate rule finds.
struct Overlaps {
  /// Groups connected by unexplained overlaps, ascending by their first entry; an entry is in one group at most.
  std::vector<Overlap> unexplained;
  std::uint64_t by_program = 0;  ///< events that a program's `distinct` leaf, as a set or a cell, keeps apart
  std::uint64_t by_person = 0;   ///< and those that a person's does
};

/// The duplicate rule. Two events overlap when no level of act, place and day that is opened in both differs: a coarse
/// day overlaps every day within it. Umbrellas overlap umbrellas only. An overlap is explained by one `distinct` leaf
/// that cites both entries, or whose cell holds both: its opened slots equal those of the entry, whose index is at most
/// `through`.
///
/// `opened_distincts` are the openings of `distinct` leaves: one explains nothing unless its `made-by` is opened as
/// program or person, and neither does a cell of which a slot is not opened.
/// unavailable when there are more than kMaxOverlapPairs to look at. About linear in the entries when acts are opened
/// to town and day; entries with equal opened levels count as one.
Result<Overlaps> find_overlaps(std::span<const OpenedEntry> events, std::span<const DistinctAct> distincts,
                               const std::map<LeafIndex, OpenedEntry>& opened_distincts);

inline constexpr std::uint64_t kMaxOverlapPairs = 50'000'000;  ///< pairs of classes; about five seconds of looking

}  // namespace gavah::proof
