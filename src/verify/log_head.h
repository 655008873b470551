#pragma once

#include <string_view>

#include "base/result.h"
#include "proof/proof.h"
#include "verify/pin.h"

namespace gavah::verify {

/// The head in a note that a pinned log key signed, within the range of sizes that the key is good for.
Result<proof::Checkpoint> open_log_head(std::string_view note, const Pin& pin);

}  // namespace gavah::verify
