#include "seal/mirror.h"

#include <algorithm>

#include "base/format.h"
#include "seal/file_copy.h"

namespace gavah::seal {
namespace {

Result<void> check_leaves(store::Chronicle& chronicle, store::Chronicle& mirror, const proof::Checkpoint& head) {
  GAVAH_ASSIGN(const proof::HashTree own, tree_of(chronicle));
  GAVAH_ASSIGN(const proof::HashTree theirs, tree_of(mirror));
  if (theirs.size() < head.size) {
    return fail(ErrorCode::refused,
                format("the mirror has {} leaves, the head that was signed {}", theirs.size(), head.size));
  }
  GAVAH_ASSIGN(const Digest own_root, own.root(own.size()));
  GAVAH_ASSIGN(const Digest common_root, theirs.root(own.size()));
  GAVAH_ASSIGN(const Digest head_root, theirs.root(head.size));
  if (own_root != common_root || head_root != head.root) {
    return fail(ErrorCode::refused, "the mirror's leaves are not those that were signed");
  }
  return {};
}

/// An object that the mirror has.
Result<void> take_object(store::Chronicle& chronicle, store::Chronicle& mirror, const Digest& name) {
  if (!mirror.disk().exists(mirror.objects().path_of(name))) return {};
  const std::string to = chronicle.objects().path_of(name);
  GAVAH_TRY(chronicle.disk().make_directories(std::string(parent_path(to))));
  if (!chronicle.disk().exists(to)) {
    GAVAH_TRY(copy_file(chronicle.disk(), mirror.objects().path_of(name), to));
  }
  return chronicle.objects().check(name);
}

/// One leaf with all that belongs to it.
Result<void> take_leaf(store::Chronicle& chronicle, store::Chronicle& mirror, proof::LeafIndex index) {
  GAVAH_ASSIGN(store::LedgerEntry row, mirror.ledger().row(index));
  const auto secret = mirror.keyring().find(row.id);
  if (!secret && secret.error().code != ErrorCode::not_found) return std::unexpected(secret.error());
  GAVAH_ASSIGN(const proof::SealedEntry entry, mirror.ledger().entry(index));
  const proof::Leaf& leaf = entry.leaf;
  if (leaf.object) GAVAH_TRY(take_object(chronicle, mirror, *leaf.object));
  GAVAH_ASSIGN(const std::optional<Digest> remaining, proof::remaining_object(entry));
  if (remaining) GAVAH_TRY(take_object(chronicle, mirror, *remaining));
  if (leaf.bind) {
    const auto bound = mirror.bound_file(*leaf.bind);
    if (bound) GAVAH_TRY(chronicle.add_bound_file(*bound));
  }
  if (secret) GAVAH_TRY(chronicle.keyring().add(std::span(&*secret, 1)));
  return chronicle.ledger().append(index, std::span(&row, 1));
}

/// The keys that sign after the last leaf that was taken.
Result<void> take_keys(store::Chronicle& chronicle, const store::Chronicle& mirror, const store::Rewrap& wrap) {
  if (mirror.keys().log.verifier() == chronicle.keys().log.verifier()) return {};
  if (mirror.config().recipient.text() != chronicle.config().recipient.text()) {
    return fail(ErrorCode::refused, "the mirror's keys are not those of this chronicle");
  }
  store::Keys keys = mirror.keys();
  keys.pages = chronicle.keys().pages;  // opens the epochs of this copy
  GAVAH_TRY(chronicle.replace_keys(std::move(keys), wrap));
  store::ChronicleConfig config = chronicle.config();
  config.log_keys = mirror.config().log_keys;
  return chronicle.replace_config(std::move(config));
}

}  // namespace

std::vector<proof::Verifier> log_keys_of(const store::Chronicle& chronicle) {
  std::vector<proof::Verifier> out;
  for (const auto& range : chronicle.config().log_keys) out.push_back(range.key);
  return out;
}

Result<proof::HashTree> tree_of(store::Chronicle& chronicle) {
  proof::HashTree out;
  GAVAH_ASSIGN(const std::uint64_t size, chronicle.ledger().size());
  GAVAH_TRY(chronicle.ledger().for_each_leaf(0, size, [&](proof::LeafIndex, std::string_view leaf) -> Result<void> {
    out.append(proof::leaf_hash(leaf));
    return {};
  }));
  return out;
}

Result<std::vector<proof::Verifier>> keys_by_rotation(store::Chronicle& copy, std::vector<proof::Verifier> known) {
  const auto visit = [&](proof::LeafIndex index) -> Result<void> {
    GAVAH_ASSIGN(const std::string bytes, copy.ledger().leaf(index));
    GAVAH_ASSIGN(const proof::Leaf leaf, proof::parse_leaf(bytes));
    if (!leaf.bind || leaf.refs.empty()) return {};
    GAVAH_ASSIGN(const std::string file, copy.bound_file(*leaf.bind));
    GAVAH_ASSIGN(const proof::Rotation rotation, proof::Rotation::open(file, known));
    if (rotation.origin != copy.config().origin || rotation.from_size != index + 1) {
      return fail(ErrorCode::refused, format("the change of key at leaf {} is of another log or place", index));
    }
    if (std::ranges::find(known, rotation.key) == known.end()) known.push_back(rotation.key);
    return {};
  };
  GAVAH_TRY_AS(copy.ledger().for_each_of(proof::LeafType::key, visit), "following the changes of key");
  for (const proof::Verifier& key : log_keys_of(copy)) {
    if (std::ranges::find(known, key) == known.end()) {
      return fail(ErrorCode::refused, format("no change of key in the log leads to {}", key.text()));
    }
  }
  return known;
}

Result<std::uint64_t> catch_up(store::Chronicle& chronicle, store::Chronicle& mirror, const proof::Checkpoint& head,
                               const store::Rewrap& wrap) {
  if (mirror.config().origin != chronicle.config().origin) {
    return fail(ErrorCode::refused, format("the mirror is of another chronicle, {}", mirror.config().origin));
  }
  GAVAH_TRY(check_leaves(chronicle, mirror, head));
  GAVAH_ASSIGN(const std::uint64_t begin, chronicle.ledger().size());
  GAVAH_ASSIGN(const std::uint64_t end, mirror.ledger().size());
  for (proof::LeafIndex index = begin; index < end; ++index) GAVAH_TRY(take_leaf(chronicle, mirror, index));
  GAVAH_TRY(take_keys(chronicle, mirror, wrap));
  GAVAH_TRY(chronicle.objects().sync());
  return end - begin;
}

}  // namespace gavah::seal
