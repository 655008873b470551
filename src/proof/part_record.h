#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "model/capture.h"

namespace gavah::proof {

// What the two list slots of a capture leaf hold, one record a part, at the part's number: "parts" says what the bytes
// are, "chains" how to walk to them. Apart, so that the one can be opened and the other (offsets, names) kept back.

/// A record of the slot "parts": {"part","size_bytes","sha256"}.
struct PartRecord {
  PartNumber part = 0;
  std::uint64_t size_bytes = 0;
  Digest digest;  ///< SHA-256 of the bytes after the last step
  friend bool operator==(const PartRecord&, const PartRecord&) = default;
};
PartRecord part_record_of(const Part& part);
std::string to_json(const PartRecord& record);
/// Strict: accepts exactly what to_json gives.
Result<PartRecord> part_record_from(std::string_view json);

/// A record of the slot "chains": {"part","chain":[{"range":[begin,end],"decoder"},…]}.
std::string chain_record_of(const Part& part);

}  // namespace gavah::proof
