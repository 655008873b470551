#include "proof/pack.h"

#include "base/format.h"

namespace gavah::proof {

PartPlace PackLayout::place(std::uint64_t size_bytes) {
  if (size_bytes > kMaxPackedPartBytes) return {};
  if (sizes_bytes_.empty() || sizes_bytes_.back() + size_bytes > kMaxPackBytes) sizes_bytes_.push_back(0);
  const PartPlace out{sizes_bytes_.size() - 1, sizes_bytes_.back()};
  sizes_bytes_.back() += size_bytes;
  return out;
}

std::string pack_path(std::uint64_t number) { return format("{}pack/{}", kEvidenceFolder, number); }

std::string path_of(const PartPlace& place, const Digest& sha256) {
  return place.pack ? pack_path(*place.pack) : std::string(kEvidenceFolder) + sha256.hex();
}

}  // namespace gavah::proof
