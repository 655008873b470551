#pragma once

#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "base/byte_source.h"
#include "capture/capture.h"

namespace gavah {

/// Reads bytes as a capture of that name and walks each part's chain again: both must agree, whatever the bytes.
inline void read_and_walk(std::string_view bytes, std::string_view name, const std::string& mapping = {}) {
  capture::ReadOptions options;
  options.mapping = mapping;
  options.limits.max_part_bytes = 1 << 20;
  options.limits.max_expanded_bytes = 4 << 20;
  options.limits.max_inflate_ratio = 50;
  options.limits.max_parts = 1000;
  const MemorySource source(bytes);
  capture::PartReader reader(source, options.limits);
  const auto done = capture::read(source, name, options, [&](Part part, std::string_view handed) -> Result<void> {
    const auto again = reader.bytes(part);
    if (!again || *again != handed) std::abort();
    return {};
  });
  if (!done && mapping.empty()) std::abort();
}

}  // namespace gavah
