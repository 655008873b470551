#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/disk.h"
#include "base/result.h"
#include "proof/proof.h"

namespace gavah::publish {

/// What an edition opened of persons and sources: what is already known can be opened again without a batch.
struct Released {
  std::set<proof::LeafIndex> victims;  ///< leaves of which an attribute is opened
  std::set<proof::LeafIndex> sources;
  std::set<std::pair<proof::LeafIndex, std::uint64_t>> origins;  ///< leaf and place in its list
};

/// The edition before the one being made, as far as changes depend on it. It is our own: verify checks it, not we.
struct PreviousEdition {
  proof::PreviousStamp stamp;
  std::vector<proof::OpenedEntry> events;
  std::vector<proof::OpenedEntry> victims;
  Released released;
  std::vector<proof::RuleInForce> rules;
};

/// `entries` is the register of our log, of which that edition's is a prefix.
Result<PreviousEdition> read_previous_edition(Disk& disk, const std::string& directory, const proof::Register& entries);

}  // namespace gavah::publish
