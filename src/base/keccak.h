#pragma once

#include <string>
#include <string_view>

namespace gavah {

/// Keccak-256 as it was before SHA-3 changed its padding, 32 bytes: OpenTimestamps proofs on Ethereum use it. Slow and
/// plain; nothing of ours is named or signed by it.
std::string keccak256(std::string_view bytes);

}  // namespace gavah
