#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/instant.h"
#include "proof/proof.h"
#include "verify/verdict.h"

namespace gavah::verify {

/// The reader's clock, and how old a cosignature may be.
struct ReaderClock {
  std::optional<Instant> now = std::nullopt;  ///< nothing: every time counts
  std::optional<std::uint32_t> max_age_days = std::nullopt;
};

/// How a cosignature of that time stands to the clock: never absent.
WitnessState state_of(Instant time, const ReaderClock& clock);

/// What comes of each witness of the policy, in its order: the best of its states (counted before old before future),
/// with the latest time of that state.
std::vector<WitnessWord> weigh(const proof::WitnessPolicy& policy, std::span<const proof::Cosignature> said,
                               const ReaderClock& clock);

/// Whether those that count are a quorum; false when the policy asks for no witness.
bool are_quorum(const proof::WitnessPolicy& policy, std::span<const WitnessWord> words);

}  // namespace gavah::verify
