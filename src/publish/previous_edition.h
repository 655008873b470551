#pragma once

#include <string>
#include <vector>

#include "base/disk.h"
#include "base/result.h"
#include "proof/proof.h"

namespace gavah::publish {

/// The edition before the one being made, as far as changes depend on it. It is our own: verify checks it, not we.
struct PreviousEdition {
  proof::PreviousStamp stamp;
  std::vector<proof::OpenedEntry> events;
  std::vector<proof::RuleInForce> rules;
};

/// `entries` is the register of our log, of which that edition's is a prefix.
Result<PreviousEdition> read_previous_edition(Disk& disk, const std::string& directory, const proof::Register& entries);

}  // namespace gavah::publish
