#pragma once

#include <cstdint>
#include <functional>

#include "base/digest.h"
#include "base/result.h"
#include "verify/findings.h"
#include "verify/pin.h"

namespace gavah::verify {

/// Root of the first `size` leaves of the log at hand.
using RootAt = std::function<Result<Digest>(std::uint64_t size)>;

/// Compares the heads in the pin with a log of `size` leaves: each must be a prefix of it.
void compare_pinned_heads(const Pin& pin, std::uint64_t size, const RootAt& root_at, Findings& findings);

}  // namespace gavah::verify
