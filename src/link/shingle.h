#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace gavah::link {

/// A 64-bit hash of a word, the same on every machine (FNV-1a, then the finaliser of SplitMix64).
std::uint64_t word_hash(std::string_view word);
/// `hash` with one more word behind it.
std::uint64_t chained_hash(std::uint64_t hash, std::uint64_t word);

/// Sorted, distinct hashes of all runs of three words; of the whole when there are fewer than three.
std::vector<std::uint32_t> word_triples(const std::vector<std::uint64_t>& words);

/// One-permutation MinHash with rotation densification (Shrivastava and Li, "Densifying One Permutation Hashing via
/// Rotation", ICML 2014): the share of equal slots of two signatures estimates their Jaccard similarity.
/// Empty when there are no shingles.
std::vector<std::uint32_t> minhash(const std::vector<std::uint32_t>& shingles, std::size_t slots);
/// In [0, 1]; 0 when either is empty or their sizes differ.
double estimated_similarity(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b);

/// How many values two sorted lists share.
std::size_t shared_count(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b);

}  // namespace gavah::link
