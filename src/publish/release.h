#pragma once

#include <optional>
#include <vector>

#include "base/digest.h"
#include "proof/proof.h"
#include "publish/policy.h"
#include "publish/previous_edition.h"

namespace gavah::publish {

/// What an edition may newly open of persons and sources: enough at a time, and never of too few alike.
class Release {
 public:
  /// `previous` may be null; both must outlive it.
  Release(const Policy& policy, const Digest& policy_digest, const PreviousEdition* previous);

  /// Closes the attributes of victims that fewer than the policy's min_cell share, and of sources while fewer than its
  /// batch would be new. Of victims whose leaf the edition before knew, what it opened stays open and what it closed
  /// stays closed, unless the policy changed.
  void close_what_stands_out(std::vector<proof::OpenedEntry>& opened) const;

  /// One record of a list of origins.
  using Origin = std::pair<proof::LeafIndex, std::uint64_t>;
  /// Which of the records that the policy opens are opened now: all, or those that were open already. Ascending.
  std::vector<Origin> origins(std::vector<Origin> wanted) const;

 private:
  bool is_new(proof::LeafIndex leaf) const;
  void close_victims(std::vector<proof::OpenedEntry>& opened) const;
  void close_sources(std::vector<proof::OpenedEntry>& opened) const;

  const Policy& policy_;
  const PreviousEdition* previous_;
  bool same_policy_ = false;
};

}  // namespace gavah::publish
