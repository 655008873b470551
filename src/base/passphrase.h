#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/result.h"

namespace gavah {

/// What one guess at a passphrase costs (Argon2id, RFC 9106). The default takes about 0.9 s and 256 MiB.
struct PassphraseCost {
  std::uint32_t passes = 3;
  std::uint32_t memory_kib = 256U * 1024U;
};

/// `secret` sealed with XChaCha20-Poly1305 under Argon2id of the passphrase, as one JSON object that carries its cost,
/// salt and nonce. unavailable when there is not that much memory.
Result<std::string> wrap_with_passphrase(std::string_view secret, std::string_view passphrase,
                                         const PassphraseCost& cost, Random& random);
/// refused when the passphrase is wrong (or a byte of the text changed); invalid_input when `wrapped` is not of that
/// form or asks for more than 1 GiB or 16 passes.
Result<std::string> unwrap_with_passphrase(std::string_view wrapped, std::string_view passphrase);

}  // namespace gavah
