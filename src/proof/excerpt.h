#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "proof/leaf.h"
#include "proof/merkle.h"

namespace gavah::proof {

/// A leaf with its place in the log.
struct ExcerptLeaf {
  LeafIndex index = 0;
  std::string bytes;
  Proof proof;  ///< of inclusion in the checkpoint's tree
  friend bool operator==(const ExcerptLeaf&, const ExcerptLeaf&) = default;
};

/// One record or one total of an edition, alone, with what is needed to check it: a file of JSON Lines that travels
/// without the edition (spec/excerpt.md). What it cannot show is that nothing else counts, and that the entry still
/// lives: that takes the edition.
struct Excerpt {
  std::optional<LeafIndex> entry;            ///< the record's entry, or
  std::optional<std::string> total;          ///< the name of the total's rule
  std::string checkpoint;                    ///< signed note
  std::string manifest;                      ///< edition.json: signed note
  std::map<std::string, std::string> files;  ///< policy.json; of a total also totals.json and its rule
  std::vector<ExcerptLeaf> leaves;           ///< ascending
  std::vector<std::string> records;          ///< lines as in records.jsonl, ascending by entry
  std::vector<std::string> claims;           ///< lines as in claims.jsonl, of the entry
  std::vector<std::string> parts;            ///< lines as in parts.jsonl, of the captures that its evidence names

  /// The bytes of the file.
  std::string text() const;
  /// Strict: accepts exactly what text() gives, but for the lines of records, claims and parts, which whoever reads
  /// them checks.
  static Result<Excerpt> parse(std::string_view text);
  friend bool operator==(const Excerpt&, const Excerpt&) = default;
};

inline constexpr std::size_t kMaxExcerptBytes = 256U << 20;  ///< a total of some 30,000 members; more is an edition

}  // namespace gavah::proof
