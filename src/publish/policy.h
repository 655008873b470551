#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "proof/proof.h"

namespace gavah::publish {

/// Which of the sentences that claims rest on are opened, with what the claims say.
enum class Passages { none, without_persons, all };
/// Which parts' bytes travel with the edition: none, those that an opened passage lies in, or all.
enum class Evidence { none, cited, all };
enum class Disclosure { withheld, opened };

/// What an edition opens. A decision to withhold always wins over the policy.
struct Policy {
  std::string name = "safe";
  std::vector<std::string> event_slots;     ///< paths that are opened in `event` and `amend` leaves
  std::vector<std::string> victim_slots;    ///< the same for victims, when those are opened at all
  std::vector<std::string> capture_slots;   ///< "part-count" is always opened
  std::vector<std::string> source_slots;    ///< of the registry of sources
  std::vector<std::string> decision_slots;  ///< "verb" is always opened where an event rests on the decision
  std::vector<std::string> act_slots;       ///< of merge, split, distinct, …; "made-by" is always opened for `distinct`
  Passages passages = Passages::without_persons;
  Disclosure victims = Disclosure::withheld;
  Disclosure origins = Disclosure::withheld;  ///< source, family, address and date of each claim's report
  Evidence evidence = Evidence::none;

  /// Act, side, extent, status, year to day, country to town, counts, number of lineages and reports; passages of
  /// claims that name nobody. Names, persons, exact places, sources and bytes stay closed.
  static Policy safe();
  /// Everything but the operator's notes: for cases that are fictional, or already public in full.
  static Policy open();
  /// One JSON object; every member is optional and replaces that of safe(), or of open() where "base" is "open". A
  /// path that no table has is invalid_input.
  static Result<Policy> parse(std::string_view json);

  const std::vector<std::string>& slots_for(proof::LeafType type) const;
};

/// Canonical JSON; goes into the edition as policy.json.
std::string to_json(const Policy& policy);

}  // namespace gavah::publish
