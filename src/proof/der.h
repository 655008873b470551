#pragma once

#include <string_view>

#include "base/result.h"

namespace gavah::proof {

inline constexpr std::size_t kMaxDerDepth = 32;       ///< values within each other; a token has twelve
inline constexpr std::size_t kMaxDerValues = 65'536;  ///< in one text; a token with a long chain has some thousands

/// Whether all of `bytes` is one value in DER (X.690 section 10): definite and shortest lengths of at most 32 bits,
/// tags up to 30, no strings in pieces, and truth values, numbers, bit strings, NULL and object identifiers in their
/// one spelling. The order within a SET is not looked at. OpenSSL reads more than that; what a second verifier has to
/// read alike is refused here first. invalid_input names what is wrong.
Result<void> check_der(std::string_view bytes);

}  // namespace gavah::proof
