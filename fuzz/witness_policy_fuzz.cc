// rooms: proof model base
#include "base/check.h"
#include "proof/witness_policy.h"

/// What parses keeps its meaning when it is written and read again, and every set of witnesses is weighed.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using gavah::proof::WitnessPolicy;
  const auto policy = WitnessPolicy::parse({reinterpret_cast<const char*>(data), size});
  if (!policy) return 0;
  const auto again = WitnessPolicy::parse(policy->text());
  GAVAH_CHECK(again.has_value());
  GAVAH_CHECK(again->text() == policy->text());
  const std::vector<bool> nobody(policy->witnesses.size(), false);
  const std::vector<bool> everybody(policy->witnesses.size(), true);
  GAVAH_CHECK(policy->is_met(everybody));
  GAVAH_CHECK(policy->is_met(nobody) == !policy->needs_witness());
  return 0;
}
