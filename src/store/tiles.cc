#include "store/tiles.h"

#include "base/format.h"

namespace gavah::store {
namespace {

using proof::kTileWidth;

constexpr std::string_view kCheckpoint = "checkpoint";

}  // namespace

Result<std::string> Tiles::tile(const proof::TileName& name) const {
  return disk_->read(join_path(directory_, proof::path_of(name)));
}

Result<std::string> Tiles::bundle(const proof::BundleName& name) const {
  return disk_->read(join_path(directory_, proof::path_of(name)));
}

proof::NodeReader Tiles::nodes(std::uint64_t size) const {
  return proof::nodes_from_tiles(size, [disk = disk_, directory = directory_](const proof::TileName& name) {
    return disk->read(join_path(directory, proof::path_of(name)));
  });
}

Result<void> Tiles::write(const std::string& path, std::string_view bytes) {
  const std::string target = join_path(directory_, path);
  const std::string beside = target + ".new";
  GAVAH_TRY(disk_->make_directories(std::string(parent_path(target))));
  if (disk_->exists(beside)) GAVAH_TRY(disk_->remove(beside));
  GAVAH_TRY(disk_->write_new(beside, bytes));
  return disk_->rename(beside, target);
}

Result<std::vector<Digest>> Tiles::write_bundles(std::uint64_t from_size, std::uint64_t size,
                                                 const LeafReader& leaves) {
  std::vector<Digest> fresh;
  std::vector<std::string> entries;
  // A bundle that was partial is written again as a whole.
  const std::uint64_t begin = from_size / kTileWidth * kTileWidth;
  const auto take = [&](proof::LeafIndex index, std::string_view leaf) -> Result<void> {
    if (index >= from_size) fresh.push_back(proof::leaf_hash(leaf));
    entries.emplace_back(leaf);
    if (entries.size() < kTileWidth && index + 1 < size) return {};
    const proof::BundleName name{index / kTileWidth, static_cast<std::uint32_t>(entries.size())};
    GAVAH_TRY(write(proof::path_of(name), proof::bundle_bytes(entries)));
    entries.clear();
    return {};
  };
  GAVAH_TRY(leaves(begin, size, take));
  return fresh;
}

Result<std::vector<Digest>> Tiles::write_level(std::uint32_t level, std::uint64_t old_count,
                                               std::vector<Digest> fresh) {
  const auto held = static_cast<std::uint32_t>(old_count % kTileWidth);
  std::vector<Digest> row;
  if (held > 0) {
    const proof::TileName partial{level, old_count / kTileWidth, held};
    GAVAH_ASSIGN_AS(const std::string bytes, tile(partial), proof::path_of(partial));
    GAVAH_ASSIGN_AS(row, proof::hashes_from_tile(bytes, held), proof::path_of(partial));
  }
  row.insert(row.end(), fresh.begin(), fresh.end());
  std::vector<Digest> above;
  std::uint64_t number = old_count / kTileWidth;
  for (std::span<const Digest> rest = row; !rest.empty(); ++number) {
    const auto hashes = rest.first(std::min<std::size_t>(rest.size(), kTileWidth));
    rest = rest.subspan(hashes.size());
    const proof::TileName name{level, number, static_cast<std::uint32_t>(hashes.size())};
    GAVAH_TRY(write(proof::path_of(name), proof::tile_bytes(hashes)));
    if (hashes.size() == kTileWidth) above.push_back(proof::complete_root({hashes.begin(), hashes.end()}));
  }
  return above;
}

Result<proof::CompactRange> Tiles::grow(std::uint64_t from_size, std::uint64_t size, const LeafReader& leaves) {
  GAVAH_ASSIGN(proof::CompactRange range, proof::CompactRange::read(from_size, nodes(from_size)));
  GAVAH_ASSIGN(std::vector<Digest> fresh, write_bundles(from_size, size, leaves));
  for (const Digest& hash : fresh) range.append(hash);
  std::uint64_t old_count = from_size;
  for (std::uint32_t level = 0; !fresh.empty(); ++level) {
    GAVAH_ASSIGN(fresh, write_level(level, old_count, std::move(fresh)));
    old_count /= kTileWidth;
  }
  GAVAH_TRY(disk_->sync_all(directory_));
  return range;
}

Result<void> Tiles::remove_partials(std::uint64_t from_size, std::uint64_t size) {
  const auto remove = [&](const std::string& full_path) -> Result<void> {
    const std::string folder = join_path(directory_, full_path) + ".p";
    return disk_->exists(folder) ? disk_->remove_tree(folder) : Result<void>();
  };
  if (from_size / kTileWidth < size / kTileWidth) {
    GAVAH_TRY(remove(proof::path_of(proof::BundleName{from_size / kTileWidth})));
  }
  for (std::uint32_t level = 0; size != 0; ++level, from_size /= kTileWidth, size /= kTileWidth) {
    if (from_size / kTileWidth < size / kTileWidth) {
      GAVAH_TRY(remove(proof::path_of(proof::TileName{level, from_size / kTileWidth})));
    }
  }
  return {};
}

Result<std::optional<std::string>> Tiles::checkpoint() const {
  auto note = disk_->read(join_path(directory_, kCheckpoint));
  if (note) return std::optional<std::string>(*std::move(note));
  if (note.error().code == ErrorCode::not_found) return std::optional<std::string>();
  return fail_with(std::move(note), "reading the checkpoint");
}

Result<void> Tiles::replace_checkpoint(std::string_view note) {
  return disk_->replace(join_path(directory_, kCheckpoint), note);
}

}  // namespace gavah::store
