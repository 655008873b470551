#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "publish/appending.h"
#include "publish/contents.h"
#include "publish/disclosure.h"
#include "publish/plan.h"

namespace gavah::publish {

inline constexpr std::size_t kMaxCited =
    4'000;  ///< indices in one leaf: of 8 digits each they stay below its 65,535 bytes

/// One plan being worked out: what each step reads, and what it adds to. Lives for one call of plan().
class Planning {
 public:
  Planning(const PlanInput& plan_input, Random& randomness, Appending log, Disclosing disclosure)
      : input(plan_input),
        random(randomness),
        contents(plan_input),
        appending(std::move(log)),
        disclosing(std::move(disclosure)) {}

  /// The evidence of an entry as it stands now; read once for each leaf.
  Result<const std::vector<Anchor>*> anchors_at(proof::LeafIndex entry);
  /// One act on many entries, in as many leaves as it takes.
  Result<void> cite_in_chunks(proof::LeafType type, std::string_view role, const std::vector<proof::LeafIndex>& entries,
                              std::string_view reason);

  const PlanInput& input;
  Random& random;
  Contents contents;
  Appending appending;
  Disclosing disclosing;
  Plan plan;
  std::map<EventId, proof::LeafIndex> entry_of_event;
  std::uint64_t victim_acts = 0;  ///< victims that this plan enters or changes

 private:
  std::unordered_map<proof::LeafIndex, std::vector<Anchor>> anchors_;  ///< by the leaf that holds them
};

// The steps, in the order in which plan() takes them.
Result<void> adopt_rules(Planning& planning);
Result<void> register_events(Planning& planning);
/// Nothing, while fewer victims than the policy's batch would enter or change; withdrawals by a person never wait.
Result<void> register_victims(Planning& planning);
Result<void> withhold_entries(Planning& planning);
Result<void> keep_apart(Planning& planning);
Result<void> dispose_parts(Planning& planning);

}  // namespace gavah::publish
