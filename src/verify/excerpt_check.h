#pragma once

#include <string_view>

#include "verify/pin.h"
#include "verify/verdict.h"
#include "verify/witness_word.h"

namespace gavah::verify {

/// Checks one record or one total that was handed over alone (proof/excerpt.h): signatures by the pin's keys, each leaf
/// in the log, each opened slot and record of a list against its leaf; of a total also its rule against the log and the
/// number against the members that came with it. What a lone file cannot show is among `unchecked`. Cosignatures
/// count as for an edition. Bytes that are no excerpt are a Verdict with one failure. Memory: some times the file.
Verdict verify_excerpt(std::string_view bytes, const Pin& pin, const ReaderClock& clock = {});

}  // namespace gavah::verify
