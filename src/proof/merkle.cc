#include "proof/merkle.h"

#include <array>
#include <bit>
#include <cstring>

#include "base/check.h"
#include "base/format.h"

namespace gavah::proof {
namespace {

constexpr char kLeafPrefix = '\x00';
constexpr char kNodePrefix = '\x01';
/// Beyond it no power of two of 64 bits is as wide.
constexpr std::uint64_t kMaxSubtreeWidth = std::uint64_t{1} << 63U;

/// Largest power of two below `count`, which is at least 2.
std::uint64_t split_point(std::uint64_t count) { return std::bit_floor(count - 1); }

/// Joins the hashes of adjacent subtrees, the smaller ones rightmost, into one root.
Digest join_peaks(std::span<const Digest> peaks) {
  if (peaks.empty()) return empty_root();
  Digest root = peaks.back();
  for (std::size_t i = peaks.size() - 1; i-- > 0;) root = node_hash(peaks[i], root);
  return root;
}

/// Root of the leaves [begin, end), where begin is a multiple of every subtree that they are made of, as in the
/// recursion of RFC 9162.
Result<Digest> range_root(std::uint64_t begin, std::uint64_t end, const NodeReader& nodes) {
  std::vector<Digest> peaks;
  for (std::uint64_t left = end - begin; left != 0;) {
    const std::uint64_t width = std::bit_floor(left);
    const auto level = static_cast<std::uint32_t>(std::countr_zero(width));
    GAVAH_ASSIGN(const Digest peak, nodes({level, begin >> level}));
    peaks.push_back(peak);
    begin += width;
    left -= width;
  }
  return join_peaks(peaks);
}

std::unexpected<Error> bad_proof(std::string_view why) { return fail(ErrorCode::invalid_input, std::string(why)); }

}  // namespace

Digest empty_root() { return sha256({}); }
Digest leaf_hash(std::string_view leaf_bytes) { return sha256({&kLeafPrefix, 1}, leaf_bytes); }
Digest node_hash(const Digest& left, const Digest& right) {
  // One piece of 65 bytes: three would be copied through the context's buffer.
  std::array<char, 65> bytes{};
  bytes[0] = kNodePrefix;
  std::memcpy(bytes.data() + 1, left.bytes.data(), 32);
  std::memcpy(bytes.data() + 33, right.bytes.data(), 32);
  return sha256({bytes.data(), bytes.size()});
}

Digest complete_root(std::vector<Digest> hashes) {
  GAVAH_CHECK(std::has_single_bit(hashes.size()));
  for (std::size_t width = hashes.size(); width > 1; width /= 2) {
    for (std::size_t i = 0; i < width / 2; ++i) hashes[i] = node_hash(hashes[2 * i], hashes[2 * i + 1]);
  }
  return hashes.front();
}

std::vector<NodeAddress> peaks_of(std::uint64_t size) {
  std::vector<NodeAddress> out;
  std::uint64_t begin = 0;
  while (size != 0) {
    const std::uint64_t width = std::bit_floor(size);
    const auto level = static_cast<std::uint32_t>(std::countr_zero(width));
    out.push_back({level, begin >> level});
    begin += width;
    size -= width;
  }
  return out;
}

Result<CompactRange> CompactRange::from_peaks(std::uint64_t size, std::vector<Digest> peaks) {
  if (peaks.size() != static_cast<std::size_t>(std::popcount(size))) {
    return fail(ErrorCode::invalid_input, format("a tree of {} leaves has {} peaks", size, std::popcount(size)));
  }
  CompactRange out;
  out.size_ = size;
  out.peaks_ = std::move(peaks);
  return out;
}

Result<CompactRange> CompactRange::read(std::uint64_t size, const NodeReader& nodes) {
  std::vector<Digest> peaks;
  for (const NodeAddress& address : peaks_of(size)) {
    GAVAH_ASSIGN(const Digest peak, nodes(address));
    peaks.push_back(peak);
  }
  return from_peaks(size, std::move(peaks));
}

void CompactRange::append(const Digest& leaf_hash) {
  Digest hash = leaf_hash;
  // Each trailing one of the size is a peak as large as what is being carried.
  for (std::uint64_t rest = size_; (rest & 1U) != 0; rest >>= 1U) {
    hash = node_hash(peaks_.back(), hash);
    peaks_.pop_back();
  }
  peaks_.push_back(hash);
  ++size_;
}

Digest CompactRange::root() const { return join_peaks(peaks_); }

void HashTree::append(const Digest& leaf_hash) {
  Digest hash = leaf_hash;
  for (std::size_t level = 0;; ++level) {
    if (level == levels_.size()) levels_.emplace_back();
    levels_[level].push_back(hash);
    const std::size_t count = levels_[level].size();
    if (count % 2 != 0) return;
    hash = node_hash(levels_[level][count - 2], levels_[level][count - 1]);
  }
}

Result<Digest> HashTree::node(NodeAddress address) const {
  if (address.level >= levels_.size() || address.index >= levels_[address.level].size()) {
    return fail(ErrorCode::not_found, format("no node {} at level {}", address.index, address.level));
  }
  return levels_[address.level][address.index];
}

NodeReader HashTree::reader() const {
  return [this](NodeAddress address) { return node(address); };
}

Result<Digest> HashTree::root(std::uint64_t size) const { return tree_root(size, reader()); }

Digest HashTree::root() const {
  const auto whole = root(size());
  GAVAH_CHECK(whole.has_value());
  return *whole;
}

Result<Digest> tree_root(std::uint64_t size, const NodeReader& nodes) { return range_root(0, size, nodes); }

Result<Proof> inclusion_proof(std::uint64_t index, std::uint64_t size, const NodeReader& nodes) {
  if (index >= size) return fail(ErrorCode::invalid_input, format("a tree of {} leaves has no leaf {}", size, index));
  Proof proof;
  std::uint64_t begin = 0;
  std::uint64_t end = size;
  while (end - begin > 1) {
    const std::uint64_t middle = begin + split_point(end - begin);
    const bool is_left = index < middle;
    GAVAH_ASSIGN(const Digest sibling, is_left ? range_root(middle, end, nodes) : range_root(begin, middle, nodes));
    proof.push_back(sibling);
    (is_left ? end : begin) = middle;
  }
  std::reverse(proof.begin(), proof.end());
  return proof;
}

Result<Proof> consistency_proof(std::uint64_t old_size, std::uint64_t new_size, const NodeReader& nodes) {
  if (old_size > new_size) {
    return fail(ErrorCode::invalid_input, format("a tree of {} leaves is not a prefix of {}", old_size, new_size));
  }
  Proof proof;
  if (old_size == 0 || old_size == new_size) return proof;
  std::uint64_t begin = 0;
  std::uint64_t end = new_size;
  while (old_size != end) {
    const std::uint64_t middle = begin + split_point(end - begin);
    const bool is_left = old_size <= middle;
    GAVAH_ASSIGN(const Digest sibling, is_left ? range_root(middle, end, nodes) : range_root(begin, middle, nodes));
    proof.push_back(sibling);
    (is_left ? end : begin) = middle;
  }
  // The old root itself is known to the verifier; a smaller complete subtree is not.
  if (begin != 0) {
    GAVAH_ASSIGN(const Digest last, range_root(begin, end, nodes));
    proof.push_back(last);
  }
  std::reverse(proof.begin(), proof.end());
  return proof;
}

Result<void> verify_inclusion(std::uint64_t index, std::uint64_t size, const Digest& leaf_hash,
                              std::span<const Digest> proof, const Digest& root) {
  if (index >= size) return bad_proof("the leaf lies outside of the tree");
  std::uint64_t node = index;
  std::uint64_t last = size - 1;
  Digest hash = leaf_hash;
  for (const Digest& sibling : proof) {
    if (last == 0) return bad_proof("the inclusion proof is too long");
    if ((node & 1U) != 0 || node == last) {
      hash = node_hash(sibling, hash);
      while ((node & 1U) == 0 && node != 0) {
        node >>= 1U;
        last >>= 1U;
      }
    } else {
      hash = node_hash(hash, sibling);
    }
    node >>= 1U;
    last >>= 1U;
  }
  if (last != 0) return bad_proof("the inclusion proof is too short");
  if (hash != root) return bad_proof("the inclusion proof leads to another root");
  return {};
}

Result<void> verify_consistency(std::uint64_t old_size, std::uint64_t new_size, std::span<const Digest> proof,
                                const Digest& old_root, const Digest& new_root) {
  if (old_size > new_size) return bad_proof("the tree shrank");
  if (old_size == 0 || old_size == new_size) {
    if (!proof.empty()) return bad_proof("the consistency proof is too long");
    if (old_size == 0 && old_root != empty_root()) return bad_proof("the old root is not that of an empty tree");
    if (old_size == new_size && old_root != new_root) return bad_proof("trees of one size have two roots");
    return {};
  }
  return verify_subtree_consistency({0, old_size}, new_size, proof, old_root, new_root);
}

bool is_subtree(const Subtree& subtree) {
  if (subtree.begin >= subtree.end) return subtree.begin == subtree.end;
  const std::uint64_t width = subtree.end - subtree.begin;
  return width <= kMaxSubtreeWidth && subtree.begin % std::bit_ceil(width) == 0;
}

Result<void> verify_subtree_inclusion(std::uint64_t index, const Subtree& subtree, const Digest& leaf_hash,
                                      std::span<const Digest> proof, const Digest& subtree_root) {
  if (!is_subtree(subtree) || index < subtree.begin) return bad_proof("that is no subtree with that leaf");
  return verify_inclusion(index - subtree.begin, subtree.end - subtree.begin, leaf_hash, proof, subtree_root);
}

Result<void> verify_subtree_consistency(const Subtree& subtree, std::uint64_t size, std::span<const Digest> proof,
                                        const Digest& subtree_root, const Digest& root) {
  if (!is_subtree(subtree) || subtree.end > size) return bad_proof("that is no subtree of the tree");
  if (subtree.begin == subtree.end) {
    if (!proof.empty()) return bad_proof("the consistency proof is too long");
    if (subtree_root != empty_root()) return bad_proof("the root is not that of an empty tree");
    return {};
  }
  std::uint64_t first = subtree.begin;
  std::uint64_t node = subtree.end - 1;
  std::uint64_t last = size - 1;
  const auto ascend = [&] { first >>= 1U, node >>= 1U, last >>= 1U; };
  while (first != node && (node == last || (node & 1U) != 0)) ascend();
  // Where the subtree is one node of the tree, the verifier has its hash: the subtree's root.
  const bool starts_with_subtree_root = first == node;
  if (!starts_with_subtree_root && proof.empty()) return bad_proof("the consistency proof is too short");
  Digest old_hash = starts_with_subtree_root ? subtree_root : proof.front();
  Digest new_hash = old_hash;
  for (const Digest& sibling : proof.subspan(starts_with_subtree_root ? 0 : 1)) {
    if (last == 0) return bad_proof("the consistency proof is too long");
    if ((node & 1U) != 0 || node == last) {
      if (first < node) old_hash = node_hash(sibling, old_hash);
      new_hash = node_hash(sibling, new_hash);
      while ((node & 1U) == 0 && node != 0) ascend();
    } else {
      new_hash = node_hash(new_hash, sibling);
    }
    ascend();
  }
  if (last != 0) return bad_proof("the consistency proof is too short");
  if (old_hash != subtree_root) return bad_proof("the consistency proof leads to another old root");
  if (new_hash != root) return bad_proof("the consistency proof leads to another new root");
  return {};
}

}  // namespace gavah::proof
