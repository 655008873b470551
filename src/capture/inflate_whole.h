#pragma once

#include <cstdint>
#include <optional>
#include <span>
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

/// How much a stream took and gave.
struct InflatedInto {
  std::uint64_t compressed_bytes = 0;
  std::uint64_t size_bytes = 0;
};

/// The same into memory that is there: nothing also when `room` does not suffice.
std::optional<InflatedInto> inflate_whole_into(std::string_view compressed, Deflated kind, std::span<char> room);

/// CRC-32 as gzip and zip have it (RFC 1952, 8), continued from `crc` (0 at the start). Any thread. Folds 256 bytes at
/// a time with AVX-512.
std::uint32_t crc32_of(std::uint32_t crc, std::string_view bytes);

}  // namespace gavah::capture
