#include "proof/tile.h"

#include <charconv>
#include <map>
#include <memory>

#include "base/bytes.h"
#include "base/check.h"
#include "base/format.h"

namespace gavah::proof {
namespace {

constexpr std::string_view kTilePrefix = "tile/";
constexpr std::string_view kBundlePrefix = "tile/entries/";
/// A tree of 2^63 leaves has tiles up to this level.
constexpr std::uint32_t kMaxTileLevel = 63;
/// Tiles kept while reading nodes: 8 MiB of hashes, enough for the paths of any proof.
constexpr std::size_t kMaxCachedTiles = 1024;

/// "x001/x234/067"
std::string number_path(std::uint64_t number) {
  std::string out = format("{:03}", number % 1000);
  while (number >= 1000) {
    number /= 1000;
    out = format("x{:03}/{}", number % 1000, out);
  }
  return out;
}

std::string place(std::string_view prefix, std::uint64_t number, std::uint32_t width) {
  std::string out = std::string(prefix).append(number_path(number));
  return width == kTileWidth ? out : format("{}.p/{}", out, width);
}

std::unexpected<Error> bad_path(std::string_view path) {
  return fail(ErrorCode::invalid_input, format("'{}' is not the path of a tile", path.substr(0, 100)));
}

Result<std::uint64_t> decimal(std::string_view digits) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size()) return bad_path(digits);
  return value;
}

/// Number and width out of what follows the prefix. Loose: the caller compares with the one true spelling.
Result<BundleName> parse_place(std::string_view rest) {
  BundleName out;
  if (const auto partial = rest.find(".p/"); partial != std::string_view::npos) {
    GAVAH_ASSIGN(const std::uint64_t width, decimal(rest.substr(partial + 3)));
    if (width == 0 || width >= kTileWidth) return bad_path(rest);
    out.width = static_cast<std::uint32_t>(width);
    rest = rest.substr(0, partial);
  }
  std::string digits;
  for (const char c : rest) {
    if (c != 'x' && c != '/') digits.push_back(c);
  }
  GAVAH_ASSIGN(out.number, decimal(digits));
  return out;
}

std::uint64_t hashes_at(std::uint64_t size, std::uint32_t tile_level) {
  const std::uint32_t shift = tile_level * kTileHeight;
  return shift >= 64 ? 0 : size >> shift;
}

/// The runs of 256 that `count` items fill, without those that `old_count` already filled.
std::vector<BundleName> runs_of(std::uint64_t count, std::uint64_t old_count) {
  std::vector<BundleName> out;
  if (count == old_count) return out;
  for (std::uint64_t number = old_count / kTileWidth; number < count / kTileWidth; ++number) out.push_back({number});
  if (count % kTileWidth != 0) {
    out.push_back({count / kTileWidth, static_cast<std::uint32_t>(count % kTileWidth)});
  }
  return out;
}

/// Reads nodes out of tiles.
class NodesFromTiles {
 public:
  NodesFromTiles(std::uint64_t size, TileReader tiles) : size_(size), tiles_(std::move(tiles)) {}

  Result<Digest> node(NodeAddress address) {
    const std::uint32_t tile_level = address.level / kTileHeight;
    const std::uint32_t height = address.level % kTileHeight;
    if (address.level >= 64 || address.index >= (size_ >> address.level)) {
      return fail(ErrorCode::not_found, format("no node {} at level {}", address.index, address.level));
    }
    const std::uint64_t first = address.index << height;
    GAVAH_ASSIGN(const std::vector<Digest>* row, tile(tile_level, first / kTileWidth));
    std::vector<Digest> hashes(row->begin() + static_cast<std::ptrdiff_t>(first % kTileWidth),
                               row->begin() + static_cast<std::ptrdiff_t>(first % kTileWidth + (1U << height)));
    return complete_root(std::move(hashes));
  }

 private:
  Result<const std::vector<Digest>*> tile(std::uint32_t level, std::uint64_t number) {
    const std::uint64_t held = hashes_at(size_, level) - number * kTileWidth;
    const TileName name{level, number, static_cast<std::uint32_t>(std::min<std::uint64_t>(held, kTileWidth))};
    if (const auto found = cache_.find(name); found != cache_.end()) return &found->second;
    GAVAH_ASSIGN_AS(const std::string bytes, tiles_(name), path_of(name));
    GAVAH_ASSIGN_AS(auto hashes, hashes_from_tile(bytes, name.width), path_of(name));
    if (cache_.size() >= kMaxCachedTiles) cache_.clear();
    return &cache_.emplace(name, std::move(hashes)).first->second;
  }

  std::uint64_t size_;
  TileReader tiles_;
  std::map<TileName, std::vector<Digest>> cache_;
};

}  // namespace

std::string path_of(const TileName& tile) {
  GAVAH_CHECK(tile.width >= 1 && tile.width <= kTileWidth);
  return place(format("tile/{}/", tile.level), tile.number, tile.width);
}

std::string path_of(const BundleName& bundle) {
  GAVAH_CHECK(bundle.width >= 1 && bundle.width <= kTileWidth);
  return place(kBundlePrefix, bundle.number, bundle.width);
}

Result<TileName> tile_name_from(std::string_view path) {
  if (!path.starts_with(kTilePrefix)) return bad_path(path);
  const std::string_view rest = path.substr(kTilePrefix.size());
  const auto slash = rest.find('/');
  if (slash == std::string_view::npos) return bad_path(path);
  GAVAH_ASSIGN(const std::uint64_t level, decimal(rest.substr(0, slash)));
  if (level > kMaxTileLevel) return bad_path(path);
  GAVAH_ASSIGN(const BundleName run, parse_place(rest.substr(slash + 1)));
  const TileName out{static_cast<std::uint32_t>(level), run.number, run.width};
  if (path_of(out) != path) return bad_path(path);
  return out;
}

Result<BundleName> bundle_name_from(std::string_view path) {
  if (!path.starts_with(kBundlePrefix)) return bad_path(path);
  GAVAH_ASSIGN(const BundleName out, parse_place(path.substr(kBundlePrefix.size())));
  if (path_of(out) != path) return bad_path(path);
  return out;
}

std::vector<TileName> tiles_of(std::uint64_t size, std::uint64_t from_size) {
  std::vector<TileName> out;
  for (std::uint32_t level = 0; hashes_at(size, level) != 0; ++level) {
    for (const BundleName& run : runs_of(hashes_at(size, level), hashes_at(from_size, level))) {
      out.push_back({level, run.number, run.width});
    }
  }
  return out;
}

std::vector<BundleName> bundles_of(std::uint64_t size, std::uint64_t from_size) { return runs_of(size, from_size); }

std::string tile_bytes(std::span<const Digest> hashes) {
  std::string out;
  out.reserve(hashes.size() * 32);
  for (const Digest& hash : hashes) out.append(hash.view());
  return out;
}

Result<std::vector<Digest>> hashes_from_tile(std::string_view bytes, std::uint32_t width) {
  if (bytes.size() != std::size_t{width} * 32) {
    return fail(ErrorCode::invalid_input, format("a tile of {} hashes has {} bytes", width, bytes.size()));
  }
  std::vector<Digest> out;
  out.reserve(width);
  for (std::size_t i = 0; i < width; ++i) out.push_back(Digest::from_bytes(bytes.substr(i * 32, 32)));
  return out;
}

std::string bundle_bytes(std::span<const std::string> entries) {
  std::string out;
  for (const std::string& entry : entries) {
    GAVAH_CHECK(entry.size() <= kMaxEntryBytes);
    append_u16_be(out, static_cast<std::uint16_t>(entry.size()));
    out.append(entry);
  }
  return out;
}

Result<std::vector<std::string_view>> entries_from_bundle(std::string_view bytes, std::uint32_t width) {
  std::vector<std::string_view> out;
  out.reserve(std::min<std::size_t>(width, bytes.size() / 2));
  for (std::uint32_t i = 0; i < width; ++i) {
    if (bytes.size() < 2) return fail(ErrorCode::invalid_input, format("a bundle ends before entry {}", i));
    const auto high = static_cast<unsigned char>(bytes[0]);
    const auto low = static_cast<unsigned char>(bytes[1]);
    const std::size_t length = std::size_t{high} * 256 + low;
    bytes.remove_prefix(2);
    if (bytes.size() < length) return fail(ErrorCode::invalid_input, format("a bundle ends inside entry {}", i));
    out.push_back(bytes.substr(0, length));
    bytes.remove_prefix(length);
  }
  if (!bytes.empty()) return fail(ErrorCode::invalid_input, format("a bundle has {} bytes too many", bytes.size()));
  return out;
}

NodeReader nodes_from_tiles(std::uint64_t size, TileReader tiles) {
  const auto reader = std::make_shared<NodesFromTiles>(size, std::move(tiles));
  return [reader](NodeAddress address) { return reader->node(address); };
}

}  // namespace gavah::proof
