#include <algorithm>
#include <unordered_set>

#include "base/format.h"
#include "base/ordered.h"
#include "proof/proof.h"
#include "verify/edition_state.h"

namespace gavah::verify {
namespace {

using proof::LeafIndex;

constexpr std::size_t kBundlesAhead = 64;  // bundles of 256 leaves read and not yet taken: about 50 MB

struct Bundle {
  std::vector<proof::Leaf> leaves;
  std::vector<Digest> hashes;
};

/// The tile or bundle at that path; empty when the edition has none, which is said.
std::string read_tile(const EditionFolder& folder, const std::string& path, const EditionState& edition,
                      Findings& findings) {
  const auto stamp = edition.stamps.find(path);
  if (stamp != edition.stamps.end()) return folder.read_stamped(stamp->second, findings);
  findings.add(Check::log, path, "is missing");
  return {};
}

void read_bundle(const EditionFolder& folder, const proof::BundleName& name, const EditionState& edition, Bundle& out,
                 Findings& findings) {
  const std::string path = "log/" + proof::path_of(name);
  const std::string bytes = read_tile(folder, path, edition, findings);
  const auto entries = proof::entries_from_bundle(bytes, name.width);
  if (!findings.expect(entries, Check::log, path)) return;
  LeafIndex index = name.number * proof::kTileWidth;
  for (const std::string_view entry : *entries) {
    out.hashes.push_back(proof::leaf_hash(entry));
    auto leaf = proof::parse_leaf(entry);
    if (!findings.expect(leaf, Check::log, path, index++)) leaf.emplace();
    out.leaves.push_back(*std::move(leaf));
  }
}

bool read_leaves(const EditionFolder& folder, std::size_t threads, EditionState& edition, Findings& findings) {
  const auto names = proof::bundles_of(edition.manifest.size);
  edition.leaves.reserve(edition.manifest.size);
  make_in_order<std::pair<Bundle, Findings>>(
      names.size(), threads, kBundlesAhead,
      [&](std::size_t i) {
        std::pair<Bundle, Findings> out;
        read_bundle(folder, names[i], edition, out.first, out.second);
        return out;
      },
      [&](std::size_t, std::pair<Bundle, Findings>&& made) {
        std::ranges::move(made.first.leaves, std::back_inserter(edition.leaves));
        for (const Digest& hash : made.first.hashes) edition.tree.append(hash);
        findings.take_over(std::move(made.second));
        return Continue::yes;
      });
  return edition.leaves.size() == edition.manifest.size;
}

void check_tile(const EditionFolder& folder, const proof::TileName& tile, const EditionState& edition,
                Findings& findings) {
  const std::string path = "log/" + proof::path_of(tile);
  std::vector<Digest> hashes;
  for (std::uint64_t i = 0; i < tile.width; ++i) {
    const auto hash = edition.tree.node({tile.level * proof::kTileHeight, tile.number * proof::kTileWidth + i});
    if (hash) hashes.push_back(*hash);
  }
  if (proof::tile_bytes(hashes) != read_tile(folder, path, edition, findings)) {
    findings.add(Check::log, path, "the leaves do not give this tile");
  }
}

void check_tiles(const EditionFolder& folder, std::size_t threads, const EditionState& edition, Findings& findings) {
  const auto tiles = proof::tiles_of(edition.manifest.size);
  for_each_parallel(tiles.size(), threads, findings,
                    [&](std::size_t i, Findings& found) { check_tile(folder, tiles[i], edition, found); });
  std::unordered_set<std::string> known;
  for (const proof::TileName& tile : tiles) known.insert("log/" + proof::path_of(tile));
  for (const proof::BundleName& bundle : proof::bundles_of(edition.manifest.size)) {
    known.insert("log/" + proof::path_of(bundle));
  }
  for (auto stamp = edition.stamps.lower_bound("log/tile/"); stamp != edition.stamps.end(); ++stamp) {
    if (!stamp->first.starts_with("log/tile/")) break;
    if (known.contains(stamp->first)) continue;
    folder.read_blocks(stamp->second, findings, [](std::string_view) {});
    findings.add(Check::log, stamp->first, "is no tile or bundle of a tree of this size");
  }
}

void replay(EditionState& edition, Findings& findings) {
  const auto note_before = [&](LeafIndex size) {
    if (!edition.manifest.previous || edition.manifest.previous->size != size) return;
    edition.events_before = edition.entries.accounting(proof::LeafType::event);
    edition.victims_before = edition.entries.accounting(proof::LeafType::victim);
  };
  for (LeafIndex index = 0; index < edition.leaves.size(); ++index) {
    note_before(index);
    const auto applied = edition.entries.apply(edition.leaves[index]);
    findings.expect(applied, Check::register_, "", index);
  }
  note_before(edition.leaves.size());
  findings.expect(edition.entries.check_splits(), Check::register_, "");
}

}  // namespace

void check_log(const EditionFolder& folder, std::size_t threads, EditionState& edition, Findings& findings) {
  if (edition.manifest.size / proof::kTileWidth > edition.stamps.size()) {
    return findings.add(Check::log, "log", format("there are not enough bundles for {} leaves", edition.manifest.size));
  }
  if (!read_leaves(folder, threads, edition, findings)) return;
  if (edition.tree.root() != edition.manifest.root) {
    findings.add(Check::log, "log", "the leaves do not give the root that was signed");
  }
  check_tiles(folder, threads, edition, findings);
  findings.checked("leaves, hashed to the signed root", edition.leaves.size());
  replay(edition, findings);
}

}  // namespace gavah::verify
