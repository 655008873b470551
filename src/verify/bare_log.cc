#include "verify/bare_log.h"

#include <algorithm>

#include "base/format.h"
#include "proof/proof.h"
#include "verify/findings.h"
#include "verify/pinned_heads.h"

namespace gavah::verify {
namespace {

using proof::kTileWidth;

const std::string kCheckpoint = "checkpoint";
/// Bundles read between two looks at what was found: a head that claims too many leaves costs no more than this.
constexpr std::size_t kBundlesAtOnce = 4096;

/// Whether a quorum of the pin's witnesses has signed the head, whenever that was.
bool is_witnessed(const proof::CosignedHead& head, const Pin& pin) {
  if (!pin.policy || !pin.policy->needs_witness()) return false;
  std::vector<bool> have_signed(pin.policy->witnesses.size());
  for (const proof::Cosignature& cosignature : head.cosignatures) have_signed[cosignature.witness] = true;
  return pin.policy->is_met(have_signed);
}

/// Recomputes a log from its bundles upwards.
class LogWalk {
 public:
  LogWalk(Disk& disk, const std::string& directory, std::size_t threads, Findings& findings)
      : disk_(disk), directory_(directory), threads_(threads), findings_(findings) {}

  void run(const proof::Checkpoint& head, const Pin& pin);

 private:
  /// Root of a full bundle's leaves; nothing of a partial one, nor of one that is wrong.
  std::optional<Digest> check_bundle(const proof::BundleName& name, Findings& findings) const;
  void check_tile(const proof::TileName& name, std::span<const Digest> expected, Findings& findings) const;
  bool check_bundles(std::uint64_t size);
  void check_upper_tiles();
  void check_heads(const proof::Checkpoint& head, const Pin& pin);

  Disk& disk_;
  const std::string& directory_;
  std::size_t threads_;
  Findings& findings_;
  std::vector<Digest> full_;  ///< roots of the full bundles, in order
};

std::optional<Digest> LogWalk::check_bundle(const proof::BundleName& name, Findings& findings) const {
  const std::string path = proof::path_of(name);
  const auto bytes = disk_.read(join_path(directory_, path));
  if (!findings.expect(bytes, Check::log, path)) return std::nullopt;
  const auto entries = proof::entries_from_bundle(*bytes, name.width);
  if (!findings.expect(entries, Check::log, path)) return std::nullopt;
  std::vector<Digest> hashes;
  hashes.reserve(entries->size());
  for (const std::string_view entry : *entries) hashes.push_back(proof::leaf_hash(entry));
  check_tile({0, name.number, name.width}, hashes, findings);
  if (name.width < kTileWidth) return std::nullopt;
  return proof::complete_root(std::move(hashes));
}

void LogWalk::check_tile(const proof::TileName& name, std::span<const Digest> expected, Findings& findings) const {
  const std::string path = proof::path_of(name);
  const auto bytes = disk_.read(join_path(directory_, path));
  if (!findings.expect(bytes, Check::log, path)) return;
  if (*bytes != proof::tile_bytes(expected)) findings.add(Check::log, path, "the leaves do not give this tile");
}

bool LogWalk::check_bundles(std::uint64_t size) {
  const std::uint64_t count = size / kTileWidth + (size % kTileWidth != 0 ? 1 : 0);
  for (std::uint64_t begin = 0; begin < count; begin += kBundlesAtOnce) {
    const std::size_t block = std::min<std::uint64_t>(kBundlesAtOnce, count - begin);
    std::vector<std::optional<Digest>> roots(block);
    for_each_parallel(block, threads_, findings_, [&](std::size_t i, Findings& found) {
      const std::uint64_t number = begin + i;
      const std::uint64_t width = std::min<std::uint64_t>(kTileWidth, size - number * kTileWidth);
      roots[i] = check_bundle({number, static_cast<std::uint32_t>(width)}, found);
    });
    for (const auto& root : roots) {
      if (root) full_.push_back(*root);
    }
    if (findings_.failure_count() > 0) return false;
  }
  return true;
}

void LogWalk::check_upper_tiles() {
  std::vector<Digest> row = std::move(full_);
  for (std::uint32_t level = 1; !row.empty(); ++level) {
    std::vector<Digest> above;
    for (std::size_t begin = 0; begin < row.size(); begin += kTileWidth) {
      const auto hashes =
          std::span<const Digest>(row).subspan(begin, std::min<std::size_t>(kTileWidth, row.size() - begin));
      check_tile({level, begin / kTileWidth, static_cast<std::uint32_t>(hashes.size())}, hashes, findings_);
      if (hashes.size() == kTileWidth) above.push_back(proof::complete_root({hashes.begin(), hashes.end()}));
    }
    row = std::move(above);
  }
}

/// Roots are read from the tiles, each of which was found to hold what the leaves give.
void LogWalk::check_heads(const proof::Checkpoint& head, const Pin& pin) {
  const auto nodes = proof::nodes_from_tiles(
      head.size, [&](const proof::TileName& name) { return disk_.read(join_path(directory_, proof::path_of(name))); });
  const auto root = proof::tree_root(head.size, nodes);
  if (findings_.expect(root, Check::log, "") && *root != head.root) {
    findings_.add(Check::log, "", "the leaves do not give the root that was signed");
  }
  compare_pinned_heads(pin, head.size, [&](std::uint64_t size) { return proof::tree_root(size, nodes); }, findings_);
  findings_.checked("remembered heads", pin.heads.size());
}

void LogWalk::run(const proof::Checkpoint& head, const Pin& pin) {
  if (!check_bundles(head.size)) return;
  check_upper_tiles();
  if (findings_.failure_count() > 0) return;
  check_heads(head, pin);
  findings_.checked("leaves, hashed to the signed root", head.size);
  findings_.checked("tiles and bundles", proof::tiles_of(head.size).size() + proof::bundles_of(head.size).size());
}

}  // namespace

Result<Verdict> verify_log(Disk& disk, const std::string& directory, const Pin& pin, std::size_t threads) {
  GAVAH_ASSIGN_AS(const std::string note, disk.read(join_path(directory, kCheckpoint)),
                  format("verifying the log {}", directory));
  Findings findings;
  const auto head = open_head(note, pin);
  if (findings.expect(head, Check::checkpoint, kCheckpoint)) {
    LogWalk(disk, directory, threads, findings).run(head->checkpoint, pin);
  }
  findings.unchecked("What the entries say: here they are bytes with a hash.");
  if (head && is_witnessed(*head, pin)) return std::move(findings).finish(Outcome::witnessed);
  findings.unchecked(
      "No quorum of witnesses signed this head: that every reader sees the same log is the operator's word.");
  return std::move(findings).finish(Outcome::unwitnessed);
}

bool is_bare_log(Disk& disk, const std::string& directory) {
  return disk.exists(join_path(directory, kCheckpoint)) && !disk.exists(join_path(directory, "edition.json")) &&
         !disk.exists(join_path(directory, "chronicle.json"));
}

}  // namespace gavah::verify
