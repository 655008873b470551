#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gavah::code {

struct CoderData;

/// A mistake in an edited codebook or lexicon, with what to do about it.
struct Finding {
  std::string file;        ///< "lexicon/en/triggers.tsv"
  std::uint32_t line = 0;  ///< from 1; 0 where the whole file is meant
  std::string what;
};

/// Every mistake in the files of a codebook, in the order of the files as they are read: what Coder::load would refuse,
/// all of it rather than the first; and what it would take and a person cannot mean: rows that stand twice, a trigger
/// that needs nothing where another row's needs guard the same words of the same act, an act that no lexicon has words
/// for, a file without a row in its SOURCES.md ("codebook/SOURCES.md" and "lexicon/SOURCES.md", where `data` has them).
/// Empty when there is none.
std::vector<Finding> check(const CoderData& data);

/// The one of `known` that is spelt most like `word`, or empty when none is near.
std::string_view nearest_spelling(std::string_view word, std::span<const std::string> known);

}  // namespace gavah::code
