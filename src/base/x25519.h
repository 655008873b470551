#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/result.h"

namespace gavah {

/// A private or public value of X25519 (RFC 7748), 32 bytes.
using X25519Value = std::array<std::uint8_t, 32>;

X25519Value x25519_public(const X25519Value& secret);
/// The shared secret; invalid_input when it is all zero (the other side sent a point of low order).
Result<X25519Value> x25519_shared(const X25519Value& secret, const X25519Value& other_public);

}  // namespace gavah
