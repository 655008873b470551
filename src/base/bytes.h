#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace gavah {

// Bytes are held in std::string and looked at through std::string_view; neither promises UTF-8.

/// A half-open range of bytes [begin, end), begin <= end.
struct ByteRange {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  std::uint64_t size() const { return end - begin; }
  friend bool operator==(const ByteRange&, const ByteRange&) = default;
  friend auto operator<=>(const ByteRange&, const ByteRange&) = default;
};

/// Lower-case hexadecimal.
std::string to_hex(std::string_view bytes);
/// Accepts lower-case digits only, an even number of them: one spelling for one value.
Result<std::string> from_hex(std::string_view hex);

/// RFC 4648 section 4, with padding.
std::string to_base64(std::string_view bytes);
/// Strict: padding required, no white space, unused bits zero (one spelling for one value).
Result<std::string> from_base64(std::string_view text);
/// The same into `out`, three bytes for each four digits; gives how many of them are the value.
Result<std::size_t> base64_into(std::string_view text, std::span<char> out);

/// Appends 4 bytes of big-endian length, then the bytes ("lp" of the formats). Checks size < 2^32.
void append_length_prefixed(std::string& out, std::string_view bytes);
void append_u16_be(std::string& out, std::uint16_t value);
void append_u32_be(std::string& out, std::uint32_t value);
void append_u64_be(std::string& out, std::uint64_t value);

}  // namespace gavah
