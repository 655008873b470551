#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace gavah::proof {

inline constexpr std::size_t kMaxDerDepth = 32;       ///< values within each other; a token has twelve
inline constexpr std::size_t kMaxDerValues = 65'536;  ///< in one text; a token with a long chain has some thousands

/// Whether all of `bytes` is one value in DER (X.690 section 10): definite and shortest lengths of at most 32 bits,
/// tags up to 30, no strings in pieces, and truth values, numbers, bit strings, NULL and object identifiers in their
/// one spelling. The order within a SET is not looked at. OpenSSL reads more than that; what a second verifier has to
/// read alike is refused here first. invalid_input names what is wrong.
Result<void> check_der(std::string_view bytes);

/// One value of text that check_der() found right; views into it.
struct DerValue {
  std::uint8_t tag = 0;
  std::string_view whole;    ///< tag, length and content
  std::string_view content;  ///< of a constructed value: the values inside, side by side
};

/// The one value that check_der() found right.
DerValue der_root(std::string_view bytes);
/// The values inside of a constructed value; none inside of another.
std::vector<DerValue> der_values(const DerValue& of);

}  // namespace gavah::proof
