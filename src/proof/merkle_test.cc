#include "proof/merkle.h"

#include <gtest/gtest.h>

#include <bit>
#include <filesystem>

#include "base/bytes.h"
#include "base/disk.h"
#include "base/format.h"
#include "base/json.h"
#include "base/shared_data.h"

namespace gavah::proof {
namespace {

constexpr std::uint64_t kLargestTree = 64;

Digest leaf(std::uint64_t index) { return leaf_hash(format("leaf-{}", index)); }

/// RFC 9162 section 2.1.1, word for word: the slow reference.
Digest slow_root(std::uint64_t begin, std::uint64_t end) {
  if (begin == end) return sha256({});
  if (end - begin == 1) return leaf(begin);
  std::uint64_t split = 1;
  while (split * 2 < end - begin) split *= 2;
  return node_hash(slow_root(begin, begin + split), slow_root(begin + split, end));
}

/// RFC 9162 section 2.1.3.1.
Proof slow_path(std::uint64_t index, std::uint64_t begin, std::uint64_t end) {
  if (end - begin == 1) return {};
  std::uint64_t split = 1;
  while (split * 2 < end - begin) split *= 2;
  const std::uint64_t middle = begin + split;
  Proof proof = index < middle ? slow_path(index, begin, middle) : slow_path(index, middle, end);
  proof.push_back(index < middle ? slow_root(middle, end) : slow_root(begin, middle));
  return proof;
}

/// Whether the verifier has the hash of the subtree already, because it is the old root.
enum class Known { yes, no };

/// RFC 9162 section 2.1.4.1, SUBPROOF.
Proof slow_subproof(std::uint64_t old_size, std::uint64_t begin, std::uint64_t end, Known known) {
  if (old_size == end - begin) return known == Known::yes ? Proof{} : Proof{slow_root(begin, end)};
  std::uint64_t split = 1;
  while (split * 2 < end - begin) split *= 2;
  const std::uint64_t middle = begin + split;
  if (old_size <= split) {
    Proof proof = slow_subproof(old_size, begin, middle, known);
    proof.push_back(slow_root(middle, end));
    return proof;
  }
  Proof proof = slow_subproof(old_size - split, middle, end, Known::no);
  proof.push_back(slow_root(begin, middle));
  return proof;
}

HashTree tree_of(std::uint64_t size) {
  HashTree tree;
  for (std::uint64_t i = 0; i < size; ++i) tree.append(leaf(i));
  return tree;
}

Digest changed(Digest digest) {
  digest.bytes[7] ^= 0x10;
  return digest;
}

TEST(Merkle, EmptyTreeIsTheHashOfNothing) {
  EXPECT_EQ(empty_root().hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(CompactRange().root(), empty_root());
  EXPECT_EQ(HashTree().root(), empty_root());
}

TEST(Merkle, LeavesAndNodesAreHashedApart) {
  EXPECT_EQ(leaf_hash("").hex(), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  const Digest a = leaf_hash("a");
  const Digest b = leaf_hash("b");
  EXPECT_NE(leaf_hash(std::string(a.view()).append(b.view())), node_hash(a, b));
}

TEST(Merkle, EveryRootUpTo64LeavesIsTheReferences) {
  CompactRange range;
  HashTree tree;
  for (std::uint64_t size = 0; size <= kLargestTree; ++size) {
    EXPECT_EQ(range.root(), slow_root(0, size)) << size;
    EXPECT_EQ(range.size(), size);
    EXPECT_EQ(tree.root(), slow_root(0, size)) << size;
    range.append(leaf(size));
    tree.append(leaf(size));
  }
  for (std::uint64_t size = 0; size <= kLargestTree; ++size) EXPECT_EQ(tree.root(size).value(), slow_root(0, size));
}

TEST(Merkle, EveryInclusionProofUpTo64LeavesIsTheReferencesAndVerifies) {
  const HashTree tree = tree_of(kLargestTree);
  for (std::uint64_t size = 1; size <= kLargestTree; ++size) {
    for (std::uint64_t index = 0; index < size; ++index) {
      const Proof proof = inclusion_proof(index, size, tree.reader()).value();
      EXPECT_EQ(proof, slow_path(index, 0, size)) << index << " in " << size;
      EXPECT_TRUE(verify_inclusion(index, size, leaf(index), proof, tree.root(size).value())) << index << " " << size;
    }
    EXPECT_FALSE(inclusion_proof(size, size, tree.reader()));
  }
}

TEST(Merkle, NoInclusionProofOfUpTo33LeavesSurvivesAChange) {
  const HashTree tree = tree_of(33);
  for (std::uint64_t size = 1; size <= 33; ++size) {
    const Digest root = tree.root(size).value();
    for (std::uint64_t index = 0; index < size; ++index) {
      const Proof proof = inclusion_proof(index, size, tree.reader()).value();
      EXPECT_FALSE(verify_inclusion(index, size, changed(leaf(index)), proof, root));
      EXPECT_FALSE(verify_inclusion(index, size, leaf(index), proof, changed(root)));
      EXPECT_FALSE(verify_inclusion(index + size, size, leaf(index), proof, root));
      Proof longer = proof;
      longer.push_back(root);
      EXPECT_FALSE(verify_inclusion(index, size, leaf(index), longer, root));
      for (std::size_t k = 0; k < proof.size(); ++k) {
        Proof other = proof;
        other[k] = changed(other[k]);
        EXPECT_FALSE(verify_inclusion(index, size, leaf(index), other, root));
        EXPECT_FALSE(verify_inclusion(index, size, leaf(index), std::span(proof).first(k), root));
      }
      for (std::uint64_t other = 0; other < size; ++other) {
        if (other != index) {
          EXPECT_FALSE(verify_inclusion(other, size, leaf(index), proof, root));
        }
      }
    }
  }
}

TEST(Merkle, EveryConsistencyProofUpTo64LeavesIsTheReferencesAndVerifies) {
  const HashTree tree = tree_of(kLargestTree);
  for (std::uint64_t size = 0; size <= kLargestTree; ++size) {
    const Digest root = tree.root(size).value();
    for (std::uint64_t old_size = 0; old_size <= size; ++old_size) {
      const Proof proof = consistency_proof(old_size, size, tree.reader()).value();
      if (old_size > 0) {
        EXPECT_EQ(proof, slow_subproof(old_size, 0, size, Known::yes)) << old_size << " to " << size;
      }
      EXPECT_TRUE(verify_consistency(old_size, size, proof, tree.root(old_size).value(), root)) << old_size << size;
    }
    EXPECT_FALSE(consistency_proof(size + 1, size, tree.reader()));
  }
}

TEST(Merkle, NoConsistencyProofOfUpTo33LeavesSurvivesAChange) {
  const HashTree tree = tree_of(33);
  for (std::uint64_t size = 1; size <= 33; ++size) {
    const Digest root = tree.root(size).value();
    for (std::uint64_t old_size = 0; old_size <= size; ++old_size) {
      const Digest old_root = tree.root(old_size).value();
      const Proof proof = consistency_proof(old_size, size, tree.reader()).value();
      EXPECT_FALSE(verify_consistency(old_size, size, proof, changed(old_root), root));
      if (old_size > 0) {
        EXPECT_FALSE(verify_consistency(old_size, size, proof, old_root, changed(root)));
      }
      Proof longer = proof;
      longer.push_back(root);
      EXPECT_FALSE(verify_consistency(old_size, size, longer, old_root, root));
      for (std::size_t k = 0; k < proof.size(); ++k) {
        Proof other = proof;
        other[k] = changed(other[k]);
        EXPECT_FALSE(verify_consistency(old_size, size, other, old_root, root));
        EXPECT_FALSE(verify_consistency(old_size, size, std::span(proof).first(k), old_root, root));
      }
    }
    EXPECT_FALSE(verify_consistency(size + 1, size, {}, root, root));
  }
}

/// What a verifier needs of the tree to join a subtree to it: draft-ietf-plants-merkle-tree-certs, SUBTREE_SUBPROOF.
Proof slow_subtree_proof(Subtree subtree, std::uint64_t begin, std::uint64_t end, Known known) {
  if (subtree.begin == begin && subtree.end == end) return known == Known::yes ? Proof{} : Proof{slow_root(begin, end)};
  std::uint64_t split = 1;
  while (split * 2 < end - begin) split *= 2;
  const std::uint64_t middle = begin + split;
  if (subtree.end <= middle) {
    Proof proof = slow_subtree_proof(subtree, begin, middle, known);
    proof.push_back(slow_root(middle, end));
    return proof;
  }
  if (subtree.begin >= middle) {
    Proof proof = slow_subtree_proof(subtree, middle, end, known);
    proof.push_back(slow_root(begin, middle));
    return proof;
  }
  Proof proof = slow_subtree_proof({middle, subtree.end}, middle, end, Known::no);
  proof.push_back(slow_root(begin, middle));
  return proof;
}

TEST(Merkle, EverySubtreeOfUpTo33LeavesIsConsistentWithItsTreeAndNoOther) {
  for (std::uint64_t size = 1; size <= 33; ++size) {
    const Digest root = slow_root(0, size);
    for (std::uint64_t begin = 0; begin < size; ++begin) {
      for (std::uint64_t end = begin + 1; end <= size; ++end) {
        const Subtree subtree{begin, end};
        if (!is_subtree(subtree)) continue;
        const Proof proof = slow_subtree_proof(subtree, 0, size, Known::yes);
        const Digest own = slow_root(begin, end);
        EXPECT_TRUE(verify_subtree_consistency(subtree, size, proof, own, root)) << begin << " " << end << " " << size;
        EXPECT_FALSE(verify_subtree_consistency(subtree, size, proof, changed(own), root));
        Proof longer = proof;
        longer.push_back(root);
        EXPECT_FALSE(verify_subtree_consistency(subtree, size, longer, own, root));
        if (!proof.empty()) {
          EXPECT_FALSE(verify_subtree_consistency(subtree, size, std::span(proof).subspan(1), own, root));
        }
      }
    }
  }
}

TEST(Merkle, RangesThatNoTreeCutsAreNoSubtrees) {
  EXPECT_TRUE(is_subtree({4, 7}));
  EXPECT_TRUE(is_subtree({0, 13}));
  EXPECT_TRUE(is_subtree({5, 5}));
  EXPECT_FALSE(is_subtree({2, 5}));
  EXPECT_FALSE(is_subtree({1, 3}));
  EXPECT_FALSE(is_subtree({3, 2}));
  EXPECT_FALSE(is_subtree({0, UINT64_MAX}));
}

TEST(Merkle, AGrowingTreeContinuesFromItsPeaks) {
  const HashTree tree = tree_of(kLargestTree);
  for (std::uint64_t size = 0; size < kLargestTree; ++size) {
    CompactRange range = CompactRange::read(size, tree.reader()).value();
    EXPECT_EQ(range.root(), tree.root(size).value());
    range.append(leaf(size));
    EXPECT_EQ(range.root(), tree.root(size + 1).value());
    EXPECT_EQ(peaks_of(size).size(), static_cast<std::size_t>(std::popcount(size)));
  }
  EXPECT_FALSE(CompactRange::from_peaks(3, {leaf(0)}));
  EXPECT_FALSE(CompactRange::read(kLargestTree * 2, tree.reader()));
}

/// Some vectors have roots of another length, which a Digest cannot hold: each becomes a digest of its own.
Digest digest_of(std::string_view base64) {
  const auto raw = from_base64(base64);
  return raw && raw->size() == 32 ? Digest::from_bytes(*raw) : sha256(base64);
}

Proof proof_of(const Json& vector, std::string_view key) {
  Proof proof;
  const Json* hashes = vector.find(key);
  if (hashes == nullptr) return proof;
  for (const Json& hash : hashes->items()) proof.push_back(digest_of(*hash.string()));
  return proof;
}

/// What does not fit 64 signed bits stands in these vectors as an index or a size that is far too large.
std::uint64_t number_of(const Json& vector, std::string_view key) {
  const auto value = vector.find(key)->integer();
  return value ? static_cast<std::uint64_t>(*value) : UINT64_MAX;
}

std::vector<Json> vectors_below(const std::string& directory) {
  RealDisk disk;
  std::vector<Json> out;
  for (const auto& file : std::filesystem::recursive_directory_iterator(directory)) {
    if (file.path().extension() == ".json") out.push_back(Json::parse(disk.read(file.path()).value()).value());
  }
  return out;
}

void say_count(std::string_view what, std::size_t count) {
  fmt::print("{} of merkle-testdata: {} vectors\n", what, count);
  testing::Test::RecordProperty(std::string(what), static_cast<int>(count));
}

TEST(MerkleVectors, PublishedInclusionCasesAgree) {
  const auto directory = shared_data("tlog-vectors/merkle-testdata/inclusion");
  if (!directory) GTEST_SKIP() << "the shared vectors are not here";
  const auto vectors = vectors_below(*directory);
  EXPECT_EQ(vectors.size(), 98U);
  for (const Json& vector : vectors) {
    const auto result = verify_inclusion(number_of(vector, "leafIdx"), number_of(vector, "treeSize"),
                                         digest_of(vector.text_of("leafHash")), proof_of(vector, "proof"),
                                         digest_of(vector.text_of("root")));
    // A leaf hash without bytes: the type rules it out.
    const bool refused = !result || vector.text_of("leafHash").empty();
    EXPECT_EQ(refused, vector.find("wantErr")->boolean().value()) << vector.text_of("desc");
  }
  say_count("inclusion", vectors.size());
}

TEST(MerkleVectors, PublishedSubtreeInclusionCasesAgree) {
  const auto directory = shared_data("tlog-vectors/merkle-testdata/subtreeinclusion");
  if (!directory) GTEST_SKIP() << "the shared vectors are not here";
  const auto vectors = vectors_below(*directory);
  EXPECT_EQ(vectors.size(), 204U);
  for (const Json& vector : vectors) {
    const auto result = verify_subtree_inclusion(
        number_of(vector, "leafIdx"), {number_of(vector, "start"), number_of(vector, "end")},
        digest_of(vector.text_of("leafHash")), proof_of(vector, "proof"), digest_of(vector.text_of("root")));
    const bool refused = !result || vector.text_of("leafHash").empty();
    EXPECT_EQ(refused, vector.find("wantErr")->boolean().value()) << vector.text_of("desc");
  }
  say_count("subtree inclusion", vectors.size());
}

TEST(MerkleVectors, PublishedSubtreeConsistencyCasesAgree) {
  const auto directory = shared_data("tlog-vectors/merkle-testdata/subtreeconsistency");
  if (!directory) GTEST_SKIP() << "the shared vectors are not here";
  const auto vectors = vectors_below(*directory);
  EXPECT_EQ(vectors.size(), 118U);
  for (const Json& vector : vectors) {
    const auto result = verify_subtree_consistency(
        {number_of(vector, "start"), number_of(vector, "end")}, number_of(vector, "size"), proof_of(vector, "proof"),
        digest_of(vector.text_of("root1")), digest_of(vector.text_of("root2")));
    EXPECT_EQ(!result, vector.find("wantErr")->boolean().value()) << vector.text_of("desc");
  }
  say_count("subtree consistency", vectors.size());
}

TEST(MerkleVectors, PublishedConsistencyCasesAgree) {
  const auto directory = shared_data("tlog-vectors/merkle-testdata/consistency");
  if (!directory) GTEST_SKIP() << "the shared vectors are not here";
  const auto vectors = vectors_below(*directory);
  EXPECT_EQ(vectors.size(), 98U);
  for (const Json& vector : vectors) {
    const auto result =
        verify_consistency(number_of(vector, "size1"), number_of(vector, "size2"), proof_of(vector, "proof"),
                           digest_of(vector.text_of("root1")), digest_of(vector.text_of("root2")));
    // That library refuses to start from an empty tree; tlog-witness requires it.
    const bool starts_empty = vector.text_of("desc") == "size1 is zero and size2 is not zero";
    EXPECT_EQ(!result, !starts_empty && vector.find("wantErr")->boolean().value()) << vector.text_of("desc");
  }
  say_count("consistency", vectors.size());
}

TEST(MerkleVectors, ProofsOfGosLogPackageAreOurs) {
  const auto directory = shared_data("tlog-vectors/generated-local");
  if (!directory) GTEST_SKIP() << "the shared vectors are not here";
  RealDisk disk;
  const HashTree tree = tree_of(2048);
  std::size_t compared = 0;
  const Json inclusion = Json::parse(disk.read(*directory + "/inclusion.json").value()).value();
  for (const Json& vector : inclusion.items()) {
    if (number_of(vector, "Size") > tree.size()) continue;
    const auto proof = inclusion_proof(number_of(vector, "Index"), number_of(vector, "Size"), tree.reader());
    EXPECT_EQ(proof.value(), proof_of(vector, "Proof"));
    ++compared;
  }
  const Json consistency = Json::parse(disk.read(*directory + "/consistency.json").value()).value();
  for (const Json& vector : consistency.items()) {
    if (number_of(vector, "Size") > tree.size()) continue;
    const auto proof = consistency_proof(number_of(vector, "Old"), number_of(vector, "Size"), tree.reader());
    EXPECT_EQ(proof.value(), proof_of(vector, "Proof"));
    ++compared;
  }
  EXPECT_GT(compared, 100U);
}

}  // namespace
}  // namespace gavah::proof
