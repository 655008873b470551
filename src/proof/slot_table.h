#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/result.h"
#include "proof/commitment.h"
#include "proof/leaf.h"

namespace gavah::proof {

// The fixed table of slots of each leaf type: slot i has one path and one kind for ever, so that nothing can be
// committed twice and opened as convenient. An unused slot is absent and looks like any other. Act, time and place have
// one slot for each level: to coarsen is to open the upper ones only. spec/slots.md prints these tables.
//
// Kinds, and how a value is spelled (always UTF-8, one spelling for one value):
//   text      any well-formed UTF-8, as stored, never normalised
//   code      a word of a closed list or of the codebook: 1 to 64 bytes, no control characters
//   area      an id of the gazetteer: 1 to 64 bytes, no control characters
//   integer   decimal, no leading zeros, "-" only before a non-zero digit, within 64 bits
//   interval  LOW..HIGH, both ends included, each an integer or empty when unknown; LOW <= HIGH
//   year      YYYY          month  YYYY-MM          day  YYYY-MM-DD
//   instant   YYYY-MM-DDThh:mm:ssZ
//   id        32 lower-case hexadecimal digits
//   digest    64 lower-case hexadecimal digits
//   json      one JSON value in canonical form
//   list      COUNT HEX64, see list.h

/// The slots of a type, in order. `amend` has the table of `event` followed by the slots that only `victim` has.
std::span<const SlotSpec> slots_of(LeafType type);

/// Which slot holds `path`, if the type has it. Linear in the table (50 at most).
std::optional<std::uint32_t> slot_at(LeafType type, std::string_view path);

inline constexpr std::uint32_t kAnyNumber = UINT32_MAX;

/// How many earlier leaves a type cites in one role.
struct RefSpec {
  std::string_view role;
  std::uint32_t least = 0;
  std::uint32_t most = kAnyNumber;
};
/// Ascending by role. A role that is not listed is refused.
///   dispose   capture 1
///   event     parent 0..1       a child of a split cites the entry that was split
///   amend     entry 1
///   merge     from 1.., into 1  `from` end here, `into` lives on
///   split     entry 1           ends here; at least two events that cite it as parent follow
///   distinct  entry 0.., through 0..1   a whole set; or every entry up to `through` of the cell that its slots name
///   withhold  entry 0.., lift 0..       withheld from here on, and disclosed again
///   withdraw  entry 1..
///   redact    target 0.., within 0..1   an event or victim so redacted is withdrawn; of the capture `within` parts are
///                                       destroyed, and the others stay
///   rule      replaces 0..1
///   key       previous 0..1
///   edition   previous 0..1
std::span<const RefSpec> refs_of(LeafType type);

/// The kinds of counts that an event has slots for: "count/KIND/low", "count/KIND/high", "count/KIND/interval".
std::span<const std::string_view> count_kinds();

/// Checks a parsed leaf against its type: number of slots, roles and how many, `bind` and `object` where they belong.
/// invalid_input names what differs.
Result<void> check_shape(const Leaf& leaf);

/// Checks how a value is spelled; an absent value is right for every kind.
Result<void> check_value(std::string_view kind, const SlotValue& value);
/// The same for a value of that kind.
Result<void> check_spelling(std::string_view kind, std::string_view value);

}  // namespace gavah::proof
