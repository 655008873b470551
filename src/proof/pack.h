#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/digest.h"

namespace gavah::proof {

/// A longer part is a file of its own; shorter ones lie in packs.
inline constexpr std::uint64_t kMaxPackedPartBytes = 1ULL << 20U;
inline constexpr std::uint64_t kMaxPackBytes = 16ULL << 20U;
/// Below it lies the evidence of an edition, and nothing else.
inline constexpr std::string_view kEvidenceFolder = "evidence/";

/// Where the bytes of a part lie in an edition.
struct PartPlace {
  std::optional<std::uint64_t> pack;  ///< its number; nothing when the part is a file of its own
  std::uint64_t begin = 0;            ///< in that file, in bytes
};

/// Gives each part of an edition its place, in the order of parts.jsonl (spec/edition.md, Packs).
class PackLayout {
 public:
  /// The place of the next part whose bytes no part before it has.
  PartPlace place(std::uint64_t size_bytes);
  /// How long each pack is by now, in bytes.
  const std::vector<std::uint64_t>& sizes_bytes() const { return sizes_bytes_; }

 private:
  std::vector<std::uint64_t> sizes_bytes_;
};

/// The path of pack `number`, relative to the edition.
std::string pack_path(std::uint64_t number);
/// The path of the file that a part lies in.
std::string path_of(const PartPlace& place, const Digest& sha256);

}  // namespace gavah::proof
