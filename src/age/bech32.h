#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace gavah::age {

/// Bech32 (BIP 173) without its limit on length: how age writes keys. `prefix` and result are lower case.
std::string bech32(std::string_view prefix, std::string_view bytes);
/// The bytes behind `prefix` (lower case). `text` is all lower case; one spelling.
Result<std::string> from_bech32(std::string_view prefix, std::string_view text);

}  // namespace gavah::age
