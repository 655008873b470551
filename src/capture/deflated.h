#pragma once

#include <string_view>

namespace gavah::capture {

/// What stands around a deflate stream (RFC 1951).
enum class Deflated {
  gzip,         ///< RFC 1952, one member
  zlib_or_raw,  ///< "deflate" of HTTP: RFC 1950, or nothing at all
  raw,          ///< nothing, as in a zip entry
};

/// Whether a stream begins as RFC 1950 has it: compression method 8, and the two bytes are a multiple of 31.
inline bool has_zlib_header(std::string_view bytes) {
  if (bytes.size() < 2) return false;
  const unsigned first = static_cast<unsigned char>(bytes[0]);
  const unsigned second = static_cast<unsigned char>(bytes[1]);
  return (first & 0x0FU) == 8 && (first * 256U + second) % 31 == 0;
}

}  // namespace gavah::capture
