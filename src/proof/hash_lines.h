#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "proof/merkle.h"

namespace gavah::proof {

// What C2SP's plain-text proofs are written of: hashes in base64, one a line, and decimal numbers.

inline constexpr std::size_t kMaxProofLines = 63;  ///< what tlog-witness allows; a tree of 2^63 leaves needs no more

/// Each hash in base64 with a newline.
std::string hash_lines(const Proof& proof);
/// Takes lines of that form (at most kMaxProofLines, none is fine) and the empty line behind them off `rest`.
Result<Proof> take_hash_lines(std::string_view& rest);
/// Decimal without leading zeros (but "0"), below 2^63.
Result<std::uint64_t> parse_tree_size(std::string_view digits);
/// Takes the bytes before the next newline off `rest`, and the newline; invalid_input when there is none.
Result<std::string_view> take_line(std::string_view& rest);
/// take_line() of a line that begins with `word` and a space; gives what follows.
Result<std::string_view> take_line_of(std::string_view& rest, std::string_view word);

}  // namespace gavah::proof
