#include "verify/witness_word.h"

#include <algorithm>

#include "verify/verify.h"

namespace gavah::verify {
namespace {

constexpr std::int64_t kSecondsOfDay = 86'400;

/// The better of two states of one witness has the higher rank.
int rank_of(WitnessState state) {
  switch (state) {
    case WitnessState::absent:
      return 0;
    case WitnessState::future:
      return 1;
    case WitnessState::old:
      return 2;
    case WitnessState::counted:
      return 3;
  }
  return 0;
}

}  // namespace

WitnessState state_of(Instant time, const ReaderClock& clock) {
  if (!clock.now) return WitnessState::counted;
  if (time.seconds > clock.now->seconds + kMaxClockSkewSeconds) return WitnessState::future;
  if (!clock.max_age_days) return WitnessState::counted;
  const std::int64_t oldest = clock.now->seconds - kSecondsOfDay * *clock.max_age_days;
  return time.seconds < oldest ? WitnessState::old : WitnessState::counted;
}

std::vector<WitnessWord> weigh(const proof::WitnessPolicy& policy, std::span<const proof::Cosignature> said,
                               const ReaderClock& clock) {
  std::vector<WitnessWord> out;
  for (const proof::WitnessPolicy::Witness& witness : policy.witnesses) {
    out.push_back({witness.key.name, WitnessState::absent, std::nullopt});
  }
  for (const proof::Cosignature& each : said) {
    WitnessWord& word = out[each.witness];
    const WitnessState state = state_of(each.time, clock);
    const bool is_better = rank_of(state) > rank_of(word.state) || (state == word.state && each.time > *word.time);
    if (!is_better) continue;
    word.state = state;
    word.time = each.time;
  }
  return out;
}

bool are_quorum(const proof::WitnessPolicy& policy, std::span<const WitnessWord> words) {
  std::vector<bool> counted;
  for (const WitnessWord& word : words) counted.push_back(word.state == WitnessState::counted);
  return policy.needs_witness() && policy.is_met(counted);
}

}  // namespace gavah::verify
