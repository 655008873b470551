#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/result.h"

namespace gavah::proof {

// The Merkle tree of RFC 6962 section 2.1 (RFC 9162 section 2.1): a leaf hash is SHA-256(0x00 || bytes), a node hash is
// SHA-256(0x01 || left || right), a tree of n leaves splits at the largest power of two below n.

/// SHA-256 of nothing: the root of the tree without leaves.
Digest empty_root();
Digest leaf_hash(std::string_view leaf_bytes);
Digest node_hash(const Digest& left, const Digest& right);
/// Root over hashes whose number is a power of two, as in a full tile.
Digest complete_root(std::vector<Digest> hashes);

/// A complete subtree: the leaves [index << level, (index + 1) << level).
struct NodeAddress {
  std::uint32_t level = 0;
  std::uint64_t index = 0;
  friend auto operator<=>(const NodeAddress&, const NodeAddress&) = default;
};

/// Gives the hash of a complete subtree of a stored tree.
using NodeReader = std::function<Result<Digest>(NodeAddress)>;

/// The complete subtrees that a tree of `size` leaves is made of, leftmost (largest) first: one for each set bit.
std::vector<NodeAddress> peaks_of(std::uint64_t size);

/// The right edge of a growing tree: enough to append and to give the root, 64 hashes at most. One thread.
class CompactRange {
 public:
  CompactRange() = default;
  /// Continues a tree of `size` from the hashes of peaks_of(size), in that order; invalid_input when the count differs.
  static Result<CompactRange> from_peaks(std::uint64_t size, std::vector<Digest> peaks);
  /// Continues a stored tree.
  static Result<CompactRange> read(std::uint64_t size, const NodeReader& nodes);

  void append(const Digest& leaf_hash);
  std::uint64_t size() const { return size_; }
  Digest root() const;
  const std::vector<Digest>& peaks() const { return peaks_; }

 private:
  std::uint64_t size_ = 0;
  std::vector<Digest> peaks_;
};

/// Every complete subtree's hash, in memory: 64 bytes a leaf. For small trees and for building tiles.
class HashTree {
 public:
  void append(const Digest& leaf_hash);
  std::uint64_t size() const { return levels_.empty() ? 0 : levels_.front().size(); }
  /// not_found when that subtree is not complete.
  Result<Digest> node(NodeAddress address) const;
  /// Root of the first `size` leaves; size <= size().
  Result<Digest> root(std::uint64_t size) const;
  Digest root() const;
  /// Reads from this tree, which must outlive it.
  NodeReader reader() const;

 private:
  std::vector<std::vector<Digest>> levels_;
};

/// A proof is a list of hashes, in the order of RFC 9162 sections 2.1.3.1 and 2.1.4.1.
using Proof = std::vector<Digest>;

/// Root of the first `size` leaves.
Result<Digest> tree_root(std::uint64_t size, const NodeReader& nodes);
/// invalid_input unless index < size.
Result<Proof> inclusion_proof(std::uint64_t index, std::uint64_t size, const NodeReader& nodes);
/// invalid_input unless old_size <= new_size. Empty when old_size is 0 or new_size.
Result<Proof> consistency_proof(std::uint64_t old_size, std::uint64_t new_size, const NodeReader& nodes);

/// RFC 9162 section 2.1.3.2. A proof of the wrong length, index >= size, or a different root is invalid_input.
Result<void> verify_inclusion(std::uint64_t index, std::uint64_t size, const Digest& leaf_hash,
                              std::span<const Digest> proof, const Digest& root);
/// RFC 9162 section 2.1.4.2. Sizes equal: the proof is empty and the roots are the same. Old size 0: the proof is empty
/// and the old root is empty_root(). A shrinking tree is invalid_input.
Result<void> verify_consistency(std::uint64_t old_size, std::uint64_t new_size, std::span<const Digest> proof,
                                const Digest& old_root, const Digest& new_root);

/// The leaves [begin, end) of a tree as a tree of their own: `begin` is a multiple of the smallest power of two that is
/// not below their number (draft-ietf-plants-merkle-tree-certs, subtrees). [0, n) is the tree as it was at size n.
struct Subtree {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};
[[nodiscard]] bool is_subtree(const Subtree& subtree);
/// verify_inclusion within a subtree; `index` counts from the whole tree's first leaf.
Result<void> verify_subtree_inclusion(std::uint64_t index, const Subtree& subtree, const Digest& leaf_hash,
                                      std::span<const Digest> proof, const Digest& subtree_root);
/// That the leaves of a subtree are those of the tree of `size` leaves. An empty subtree has an empty proof and
/// empty_root(), whatever the tree.
Result<void> verify_subtree_consistency(const Subtree& subtree, std::uint64_t size, std::span<const Digest> proof,
                                        const Digest& subtree_root, const Digest& root);

}  // namespace gavah::proof
