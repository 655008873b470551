// rooms: proof model base
#include "base/check.h"
#include "proof/tile.h"

/// The first byte is a width, or the whole a path. What parses is written back as the same bytes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace proof = gavah::proof;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto tile = proof::tile_name_from(bytes)) GAVAH_CHECK(proof::path_of(*tile) == bytes);
  if (const auto bundle = proof::bundle_name_from(bytes)) GAVAH_CHECK(proof::path_of(*bundle) == bytes);
  if (size == 0) return 0;
  const std::uint32_t width = std::uint32_t{data[0]} + 1;
  const std::string_view rest = bytes.substr(1);
  if (const auto hashes = proof::hashes_from_tile(rest, width)) GAVAH_CHECK(proof::tile_bytes(*hashes) == rest);
  if (const auto entries = proof::entries_from_bundle(rest, width)) {
    const std::vector<std::string> owned(entries->begin(), entries->end());
    GAVAH_CHECK(proof::bundle_bytes(owned) == rest);
  }
  return 0;
}
