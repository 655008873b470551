#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "proof/leaf.h"

namespace gavah::proof {

/// Which of the sentences that claims rest on are opened, with what the claims say.
enum class Passages { none, without_persons, all };
/// Which parts' bytes travel with the edition: none, those that an opened passage lies in, or all.
enum class Evidence { none, cited, all };
enum class Disclosure { withheld, opened };

/// What an edition opens, published with it as policy.json: nothing beyond it may be opened, and a decision to withhold
/// always wins over it. spec/policy.md has the format.
struct Policy {
  std::string name = "safe";
  std::vector<std::string> event_slots;     ///< paths that are opened in `event` and `amend` leaves
  std::vector<std::string> victim_slots;    ///< the same for victims: their attributes
  std::vector<std::string> capture_slots;   ///< "part-count" is always opened
  std::vector<std::string> source_slots;    ///< of the registry of sources
  std::vector<std::string> decision_slots;  ///< "verb" is always opened where an event rests on the decision
  std::vector<std::string> act_slots;       ///< of merge, split, distinct, …; "made-by" is always opened for `distinct`
  Passages passages = Passages::without_persons;
  Disclosure victims = Disclosure::opened;    ///< withheld: no victim is disclosed, all count in upper ends only
  Disclosure origins = Disclosure::withheld;  ///< source, family, address and date of each claim's report
  Evidence evidence = Evidence::none;
  /// Victims enter and change, and sources and origins are opened, at least so many at a time in an edition, so that
  /// what differs between two editions is never about one person.
  std::uint64_t batch = 1;
  /// The attributes opened of a victim are those of at least so many victims.
  std::uint64_t min_cell = 1;

  /// Act, side, extent, status, year to day, country to town, counts, number of lineages and reports; passages of
  /// claims that name nobody; victims counted, with nothing opened of any. Names, persons, exact places, sources and
  /// bytes stay closed.
  static Policy safe();
  /// Everything but the operator's notes: for cases that are fictional, or already public in full.
  static Policy open();
  /// Strict: accepts exactly what to_json gives.
  static Result<Policy> parse(std::string_view json);

  /// The paths that the policy names for leaves of a type; `amend` has those of what it restates.
  const std::vector<std::string>& slots_for(LeafType type) const;
  /// Those, and what is opened under every policy because a reader could not check without it.
  std::vector<std::string> openable(LeafType type) const;
  friend bool operator==(const Policy&, const Policy&) = default;
};

inline constexpr std::size_t kMaxPolicyBytes = 65'536;  ///< a policy is read by people
inline constexpr std::uint64_t kMaxBatch = 1'000'000;   ///< for batch and min_cell: more would never be released

/// Canonical JSON, without a newline; policy.json is this and a newline. Paths in the order of their tables.
std::string to_json(const Policy& policy);

}  // namespace gavah::proof
