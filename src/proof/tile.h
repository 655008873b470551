#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/result.h"
#include "proof/merkle.h"

namespace gavah::proof {

// C2SP tlog-tiles: tile/<L>/<N>[.p/<W>] holds hashes, tile/entries/<N>[.p/<W>] holds the leaves themselves.

inline constexpr std::uint32_t kTileWidth = 256;      ///< hashes in a full tile, entries in a full bundle
inline constexpr std::uint32_t kTileHeight = 8;       ///< tree levels a tile spans
inline constexpr std::size_t kMaxEntryBytes = 65535;  ///< what the uint16 length of a bundle can say

/// A tile's place: tile level (each spans 8 tree levels), number, and how many hashes it holds (1 to 256).
struct TileName {
  std::uint32_t level = 0;
  std::uint64_t number = 0;
  std::uint32_t width = kTileWidth;
  friend auto operator<=>(const TileName&, const TileName&) = default;
};
/// A bundle's place.
struct BundleName {
  std::uint64_t number = 0;
  std::uint32_t width = kTileWidth;
  friend auto operator<=>(const BundleName&, const BundleName&) = default;
};

/// "tile/0/x001/x234/067.p/5"
std::string path_of(const TileName& tile);
/// "tile/entries/x001/234"
std::string path_of(const BundleName& bundle);
/// One spelling only; invalid_input otherwise.
Result<TileName> tile_name_from(std::string_view path);
Result<BundleName> bundle_name_from(std::string_view path);

/// The tiles (bundles) of a tree of `size` leaves, partial ones included, in order of level and number. `from_size`
/// leaves out those that a tree of that size already had in full.
std::vector<TileName> tiles_of(std::uint64_t size, std::uint64_t from_size = 0);
std::vector<BundleName> bundles_of(std::uint64_t size, std::uint64_t from_size = 0);

/// 32 bytes a hash, no more.
std::string tile_bytes(std::span<const Digest> hashes);
/// invalid_input unless exactly `width` hashes.
Result<std::vector<Digest>> hashes_from_tile(std::string_view bytes, std::uint32_t width);

/// Each entry with its big-endian uint16 length before it. Checks that none is longer than kMaxEntryBytes.
std::string bundle_bytes(std::span<const std::string> entries);
/// invalid_input unless exactly `width` entries and nothing after. The views look into `bytes`.
Result<std::vector<std::string_view>> entries_from_bundle(std::string_view bytes, std::uint32_t width);

/// Gives the bytes of a tile.
using TileReader = std::function<Result<std::string>(const TileName&)>;
/// Reads nodes of a tree of `size` leaves out of its tiles; keeps the tiles it has seen. Nodes inside a tile are
/// computed from its lowest row. One thread.
NodeReader nodes_from_tiles(std::uint64_t size, TileReader tiles);

}  // namespace gavah::proof
