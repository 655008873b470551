#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "proof/leaf.h"
#include "proof/opened_entry.h"
#include "proof/rule.h"

namespace gavah::proof {

/// Whether a rule counts an entry, as far as its opened slots tell.
enum class Membership {
  out,
  in,
  undecided  ///< a slot that the rule needs is not opened, or opened as absent: counts in the upper end only
};
Membership membership(const Rule& rule, const OpenedEntry& entry);

/// A number known only to lie in [low, high]; no high: unbounded.
struct Bounds {
  std::int64_t low = 0;
  std::optional<std::int64_t> high;
  friend bool operator==(const Bounds&, const Bounds&) = default;
};

/// What an entry adds to a rule's total.
struct Contribution {
  Membership membership = Membership::out;
  std::vector<std::optional<std::string>> cell;  ///< one a level; nothing where the level is not known
  /// What it adds: [1, 1] when entries are counted; for a sum the entry's opened count. Nothing when the entry states
  /// no such count (opened as absent), which is not zero.
  std::optional<Bounds> amount;
  /// For a sum: the count is not opened, so that `amount` is [0, unbounded).
  bool is_closed = false;
  friend bool operator==(const Contribution&, const Contribution&) = default;
};
Contribution contribution(const Rule& rule, const OpenedEntry& entry);
/// One spelling, for changes: "out", or "in CELL,CELL 3..5", "undecided …".
std::string text_of(const Contribution& contribution);

/// One published number. low counts only what is decided and opened; high adds what is not ("asserted": the operator's
/// word that it is no more).
struct Figure {
  std::vector<std::optional<std::string>> cell;
  Bounds bounds{0, 0};
  std::uint64_t members = 0;   ///< entries that are surely counted
  std::uint64_t asserted = 0;  ///< entries that count in the upper end only: undecided ones, and withheld ones
  std::uint64_t unstated = 0;  ///< members that state no such count; they add to neither end
  friend bool operator==(const Figure&, const Figure&) = default;
};

/// A rule's number over all entries, and one for each cell that a member lies in; cells ascending. A cell's upper end
/// also holds the entries whose opened levels do not exclude it.
struct Total {
  std::string rule;
  LeafIndex leaf = 0;  ///< of the rule
  std::uint64_t withheld = 0;
  Figure all;
  std::vector<Figure> cells;
  friend bool operator==(const Total&, const Total&) = default;
};

/// Recounts. `events` are the disclosed events, `withheld` how many more are live. Linear in the entries, and in cells
/// times kinds of undecided entries. Sums that leave 64 bits stop at the largest value (low) or are unbounded (high).
Total recount(const Rule& rule, LeafIndex rule_leaf, std::span<const OpenedEntry> events, std::uint64_t withheld);

/// What rules count: the disclosed entries of each unit, ascending, and how many more may be live. Spans must outlive
/// its use. Of victims `withheld` also holds those that may wait for their batch (one less than the policy's).
struct Population {
  std::span<const OpenedEntry> events;
  std::span<const OpenedEntry> victims;
  std::uint64_t withheld_events = 0;
  std::uint64_t withheld_victims = 0;

  std::span<const OpenedEntry> entries(Unit unit) const { return unit == Unit::victims ? victims : events; }
  std::uint64_t withheld(Unit unit) const { return unit == Unit::victims ? withheld_victims : withheld_events; }
};
/// Recounts by the rule's own unit.
Total recount(const Rule& rule, LeafIndex rule_leaf, const Population& population);
/// Recounts by each rule; about as fast as by one, since reaching the entries costs more than counting them.
std::vector<Total> recount(std::span<const RuleInForce> rules, const Population& population);

/// {"rule","leaf","withheld","all":FIGURE,"cells":[FIGURE,…]}, FIGURE {"cell":[…],"low","high","members","asserted",
/// "unstated"}.
std::string to_json(const Total& total);
/// {"type":"totals","totals":[…]} and a newline: the bytes of totals.json.
std::string totals_json(std::span<const Total> totals);

}  // namespace gavah::proof
