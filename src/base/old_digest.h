#pragma once

#include <string>
#include <string_view>

namespace gavah {

// Digests that only formats of others still use. Nothing of ours is named or signed by them.

/// SHA-1 (FIPS 180-4), 20 bytes. Collisions are known.
std::string sha1(std::string_view bytes);
/// RIPEMD-160, 20 bytes.
std::string ripemd160(std::string_view bytes);

}  // namespace gavah
