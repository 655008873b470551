#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/disk.h"
#include "base/result.h"
#include "proof/proof.h"

namespace gavah::store {

/// Visits the leaves [begin, end) in order, as Ledger::for_each_leaf does.
using LeafReader = std::function<Result<void>(proof::LeafIndex begin, proof::LeafIndex end,
                                              const std::function<Result<void>(proof::LeafIndex, std::string_view)>&)>;

/// The log as static files: checkpoint, tile/L/N, tile/entries/N (C2SP tlog-tiles). One writer.
class Tiles {
 public:
  Tiles(Disk& disk, std::string directory) : disk_(&disk), directory_(std::move(directory)) {}

  Result<std::string> tile(const proof::TileName& name) const;
  Result<std::string> bundle(const proof::BundleName& name) const;
  /// Nodes of the tree of `size` leaves, from the tiles.
  proof::NodeReader nodes(std::uint64_t size) const;

  /// Writes the tiles and bundles that a tree of `size` has beyond one of `from_size`, and makes them durable. The tree
  /// of `from_size` must be there. Gives the frontier of the new tree, with hashes taken from `leaves`.
  Result<proof::CompactRange> grow(std::uint64_t from_size, std::uint64_t size, const LeafReader& leaves);
  /// Removes the partial tiles that full ones replaced when the tree grew.
  Result<void> remove_partials(std::uint64_t from_size, std::uint64_t size);

  /// The signed note, nothing when there is none yet.
  Result<std::optional<std::string>> checkpoint() const;
  Result<void> replace_checkpoint(std::string_view note);

 private:
  /// Writes beside and renames; durable after the next flush.
  Result<void> write(const std::string& path, std::string_view bytes);
  /// Reads the new leaves once: bundles are written, hashes given back.
  Result<std::vector<Digest>> write_bundles(std::uint64_t from_size, std::uint64_t size, const LeafReader& leaves);
  /// Writes the tiles of one level that grew from `old_count` by `fresh`; gives the new hashes of the level above.
  Result<std::vector<Digest>> write_level(std::uint32_t level, std::uint64_t old_count, std::vector<Digest> fresh);

  Disk* disk_;
  std::string directory_;
};

}  // namespace gavah::store
