#pragma once

#include <span>
#include <string>
#include <vector>

#include "proof/opened_entry.h"

namespace gavah::proof {

/// Two events that put one town (county, province, place, act) into two provinces (countries, families, …).
struct LevelClash {
  std::string lower;  ///< path of the level that is the same
  std::string upper;  ///< path of the level that differs
  std::string value;  ///< of the lower one
  LeafIndex first = 0;
  LeafIndex second = 0;  ///< entries
  std::string sentence() const;
};

/// Levels lie within each other: over all events that open both, one value of the finer level has one value of the
/// coarser. Otherwise one act could be entered twice under one town, told apart by its province alone. At most one
/// clash a pair of levels; linear in the events.
std::vector<LevelClash> level_clashes(std::span<const OpenedEntry> events);

}  // namespace gavah::proof
