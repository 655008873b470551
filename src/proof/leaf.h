#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/id.h"
#include "base/instant.h"
#include "base/result.h"

namespace gavah::proof {

struct EntryTag;
/// Random; names one entry of the log for ever. A CaptureId or DecisionId is the same sixteen bytes.
using EntryId = Id<EntryTag>;
using LeafIndex = std::uint64_t;  ///< position in the log, from 0

enum class LeafType {
  capture,
  source,
  dispose,
  decision,
  event,
  victim,
  amend,
  merge,
  split,
  distinct,
  withhold,
  withdraw,
  redact,
  rule,
  key,
  heartbeat,
  edition
};
std::string_view name_of(LeafType type);
Result<LeafType> leaf_type_from(std::string_view name);

/// Earlier leaves in one role ("capture", "parent", "event", …). Which roles and how many a type may have is the slot
/// table's to say; here each role occurs once.
struct LeafRef {
  std::string role;                ///< lower-case letters and '-', 1 to 32 bytes
  std::vector<LeafIndex> indices;  ///< strictly ascending, not empty
  friend bool operator==(const LeafRef&, const LeafRef&) = default;
};

/// One entry's public skeleton: structure and commitments, no content. A leaf can never be removed, so nothing that may
/// have to go is in it. As bytes, ASCII lines each ended by LF, in this order, absent ones left out:
///     gavah/0 TYPE
///     id HEX32                  32 hexadecimal digits, random
///     day YYYY-MM-DD            UTC
///     refs ROLE N,N ROLE N,N    roles ascending in byte order
///     bind HEX64                SHA-256 of a public file (key, rule, edition: always; heartbeat: when there is one)
///     object HEX64              SHA-256 of an encrypted payload (capture: always)
///     c BASE64                  one a slot, in slot order
/// One value has one spelling; the bytes are what is hashed.
struct Leaf {
  LeafType type = LeafType::capture;
  EntryId id{};
  Day day{};
  std::vector<LeafRef> refs{};  ///< ascending by role
  std::optional<Digest> bind{};
  std::optional<Digest> object{};
  std::vector<Digest> slots{};  ///< commitments, in slot order

  /// The indices in that role, empty when there are none.
  const std::vector<LeafIndex>& refs_as(std::string_view role) const;
  friend bool operator==(const Leaf&, const Leaf&) = default;
};

inline constexpr std::size_t kMaxLeafBytes = 65535;  ///< a tlog-tiles entry's limit
inline constexpr std::string_view kFormat = "gavah/0";

/// refused when it would be longer than kMaxLeafBytes or breaks a rule above.
Result<std::string> leaf_bytes(const Leaf& leaf);
/// Strict: accepts exactly what leaf_bytes gives.
Result<Leaf> parse_leaf(std::string_view bytes);
/// invalid_input when a reference does not point before `index`.
Result<void> check_refs_before(const Leaf& leaf, LeafIndex index);

}  // namespace gavah::proof
