#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/byte_source.h"
#include "base/result.h"

namespace gavah::capture {

/// One entry of a zip archive, as its central directory states it.
struct ZipEntry {
  std::string name;  ///< data, never a path
  std::uint16_t flags = 0;
  std::uint16_t method = 0;  ///< 0 stored, 8 deflated
  std::uint32_t crc32 = 0;
  std::uint64_t compressed_bytes = 0;
  std::uint64_t size_bytes = 0;
  std::uint64_t header_begin = 0;  ///< of its local header, in the archive

  bool is_directory() const { return name.ends_with('/'); }
  bool is_encrypted() const { return (flags & 1U) != 0; }
};

/// The central directory of a zip archive (PKWARE APPNOTE 6.3, with zip64). Read here and not by a library, because
/// a part's chain needs to know where an entry's bytes lie. Entries that overlap (as bombs do) or lie outside refuse
/// the whole archive. At most `max_members` entries.
Result<std::vector<ZipEntry>> read_zip_directory(const ByteSource& archive, std::uint32_t max_members);

/// Where an entry's compressed bytes lie.
Result<ByteRange> zip_entry_data(const ByteSource& archive, const ZipEntry& entry);

}  // namespace gavah::capture
