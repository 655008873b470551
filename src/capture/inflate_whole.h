#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "capture/deflated.h"

namespace gavah::capture {

/// What one whole compressed stream gave.
struct Inflated {
  std::string bytes;
  std::uint64_t compressed_bytes = 0;  ///< how much of the input the stream took, its trailer included
};

/// Inflates a stream that lies whole in `compressed` (bytes may follow it) by libdeflate, which is 2.4 times as fast
/// as zlib but knows no streams. Nothing when it is cut, damaged (checksums are compared) or gives more than
/// `max_bytes`: then InflateStream tells these apart. Any thread.
std::optional<Inflated> inflate_whole(std::string_view compressed, Deflated kind, std::uint64_t max_bytes);

/// CRC-32 as gzip and zip have it, continued from `crc` (0 at the start).
std::uint32_t crc32_of(std::uint32_t crc, std::string_view bytes);

}  // namespace gavah::capture
