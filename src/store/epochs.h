#pragma once

#include <string>
#include <string_view>

#include "base/id.h"
#include "base/random.h"
#include "base/result.h"
#include "store/page_seal.h"

namespace gavah::store {

/// The file keys/epochs: one JSON object {"format":"gavah-epochs/0","nonce","sealed"}, in which the epoch keys (4 bytes
/// big-endian of the epoch, 32 of its key, each in order) are sealed with XChaCha20-Poly1305 under Keys::pages. It
/// holds one epoch, and two while pages move from one to the next (Chronicle::begin_epoch).
std::string epochs_text(const EpochKeys& epochs, const IdSecret& pages, Random& random);
/// refused when it was sealed under another secret or changed; invalid_input when it has another form.
Result<EpochKeys> epochs_from(std::string_view text, const IdSecret& pages);

}  // namespace gavah::store
