#include <algorithm>
#include <unordered_set>

#include "base/format.h"
#include "base/ordered.h"
#include "proof/proof.h"
#include "verify/edition_state.h"

namespace gavah::verify {
namespace {

using proof::LeafIndex;

const std::string kCheckpoint = "checkpoint";
constexpr std::size_t kBundlesAhead = 64;  // bundles of 256 leaves read and not yet taken: about 50 MB

/// The head in a note that a pinned key signed, within the range of sizes that the key is good for.
Result<proof::Checkpoint> open_head(std::string_view note, const Pin& pin) {
  std::vector<proof::Verifier> keys;
  for (const RangedKey& key : pin.log_keys) keys.push_back(key.key);
  GAVAH_ASSIGN(proof::Checkpoint head, proof::open_checkpoint(note, keys));
  GAVAH_ASSIGN(const proof::OpenedNote opened, proof::open_note(note, keys));
  for (const RangedKey& key : pin.log_keys) {
    const bool in_range = key.first_size <= head.size && head.size <= key.last_size;
    const std::array<proof::Verifier, 1> alone{key.key};
    if (in_range && proof::open_note(note, alone)) return head;
  }
  return fail(ErrorCode::invalid_input, format("no key that may sign size {} has signed it", head.size));
}

bool check_head(const Pin& pin, const EditionState& edition, Findings& findings) {
  const auto head = open_head(edition.file(kCheckpoint), pin);
  if (!findings.expect(head, Check::checkpoint, kCheckpoint)) return false;
  if (head->origin != pin.origin) findings.add(Check::checkpoint, kCheckpoint, "it is of another log than the pin's");
  if (head->size != edition.manifest.size || head->root != edition.manifest.root) {
    findings.add(Check::checkpoint, kCheckpoint, "its size or root is not that in the manifest");
  }
  if (edition.file("log/checkpoint") != edition.file(kCheckpoint)) {
    findings.add(Check::checkpoint, "log/checkpoint", "it is not the edition's checkpoint");
  }
  return true;
}

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

void check_remembered(const Pin& pin, const EditionState& edition, Findings& findings) {
  for (const Pin::Head& head : pin.heads) {
    if (head.size > edition.tree.size()) {
      findings.add(
          Check::head, kCheckpoint,
          format("the reader remembers this log with {} leaves; the edition's has {}", head.size, edition.tree.size()));
      continue;
    }
    const auto root = edition.tree.root(head.size);
    if (root && *root != head.root) {
      findings.add(Check::head, kCheckpoint,
                   format("the reader remembers another root at size {}: two histories were signed", head.size));
    }
  }
  findings.checked("remembered heads", pin.heads.size());
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

/// Public files that leaves bind: here or not, that is said.
void check_bound(const EditionState& edition, Findings& findings) {
  std::uint64_t present = 0;
  std::uint64_t missing = 0;
  for (LeafIndex index = 0; index < edition.leaves.size(); ++index) {
    const proof::Leaf& leaf = edition.leaves[index];
    const bool travels = leaf.type == proof::LeafType::key || leaf.type == proof::LeafType::heartbeat;
    if (!travels || !leaf.bind) continue;
    const std::string path = "bound/" + leaf.bind->hex();
    if (!edition.stamps.contains(path)) {
      ++missing;
    } else if (sha256(edition.file(path)) != *leaf.bind) {
      findings.add(Check::log, path, index, "the file is not what the leaf binds");
    } else {
      ++present;
    }
  }
  findings.checked("public files that leaves bind", present);
  if (missing > 0) {
    findings.unchecked(format("{} key or heartbeat leaves bind files that are not in the edition.", missing));
  }
}

}  // namespace

void check_log(const EditionFolder& folder, const Pin& pin, std::size_t threads, EditionState& edition,
               Findings& findings) {
  check_head(pin, edition, findings);
  if (edition.manifest.size / proof::kTileWidth > edition.stamps.size()) {
    return findings.add(Check::log, "log", format("there are not enough bundles for {} leaves", edition.manifest.size));
  }
  if (!read_leaves(folder, threads, edition, findings)) return;
  if (edition.tree.root() != edition.manifest.root) {
    findings.add(Check::log, "log", "the leaves do not give the root that was signed");
  }
  check_tiles(folder, threads, edition, findings);
  findings.checked("leaves, hashed to the signed root", edition.leaves.size());
  check_remembered(pin, edition, findings);
  replay(edition, findings);
  check_bound(edition, findings);
}

}  // namespace gavah::verify
