#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/anchor.h"

namespace gavah::publish {

/// Something derived, or an entry of the register, as far as matching looks at it.
struct Anchored {
  std::string kind;    ///< the act, or the victim's first name: merges and splits stay within one kind
  std::string detail;  ///< kind with place and day, or all names: tells apart what one sentence says of several
  std::vector<Anchor> anchors;
};

/// Whether an entry may be matched with something of another kind when nothing else is left for both (an act that a new
/// codebook renamed).
enum class OtherKinds { refused, accepted };

/// What became of the register's entries, given what is derived now. All by place in the two spans.
struct Matching {
  std::vector<std::optional<std::size_t>> entry_of;  ///< for each item: its entry
  std::vector<std::optional<std::size_t>>
      merged_into;  ///< for each entry without an item: the entry whose item took its evidence
  std::vector<std::optional<std::size_t>>
      split_from;  ///< for each item without an entry: the entry whose evidence it took
};

/// Pairs items with entries that share bytes of evidence, each at most once: equal details before equal kinds, more
/// shared anchors before fewer, then by place. Deterministic. About linear in anchors that share a part.
Matching match(std::span<const Anchored> items, std::span<const Anchored> entries, OtherKinds other_kinds);

}  // namespace gavah::publish
