#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace gavah::age {

/// One recipient's share of the file key: "-> TYPE ARGUMENT…" and a body.
struct Stanza {
  std::vector<std::string> arguments;  ///< the type first
  std::string body;
};

/// The type of a passphrase's stanza, which stands alone in its header.
inline constexpr std::string_view kScryptType = "scrypt";

struct Header {
  std::vector<Stanza> stanzas;
  std::string authenticated;   ///< what the MAC covers: all up to and including "---"
  std::string mac;             ///< 32 bytes
  std::size_t size_bytes = 0;  ///< of the header's text, its last newline included
};

/// The header at the front of `file`. Strict: one spelling of each line.
Result<Header> parse_header(std::string_view file);
/// Text of the stanzas up to and including "---", without MAC.
std::string unsigned_header(const std::vector<Stanza>& stanzas);

/// RFC 4648 base64 without padding, strict.
std::string to_unpadded_base64(std::string_view bytes);
Result<std::string> from_unpadded_base64(std::string_view text);

}  // namespace gavah::age
