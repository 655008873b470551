#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "proof/commitment.h"
#include "proof/entry.h"
#include "proof/leaf.h"
#include "proof/opened_slots.h"

namespace gavah::proof {

/// What an edition opens of one leaf: a line of records.jsonl,
///   {"type":TYPE,"entry":N,"leaf":N,"slots":[[SLOT,PATH,VALUE|null,KEY],…]}
/// with slots ascending and KEY the slot key in hexadecimal. `type` is that of `entry`; `leaf` is the `amend` leaf that
/// restates the entry, or the entry itself. Slots of events and victims have the numbers of that leaf's table.
struct OpenedEntry {
  LeafType type = LeafType::event;
  LeafIndex entry = 0;
  LeafIndex leaf = 0;
  LeafType table = LeafType::event;  ///< whose slots these are: `type`, or amend
  OpenedSlots slots;

  /// Nothing when the slot is not opened, or the table has no such path. What it gives lives as long as `slots`.
  std::optional<OpenedSlot> find(std::string_view path) const;
  /// The opened value; nothing when it is not opened or absent.
  std::optional<std::string_view> value(std::string_view path) const;
  friend bool operator==(const OpenedEntry&, const OpenedEntry&) = default;
};

/// Opens `paths` of `sealed`, which holds the slots of `entry` now. Paths that its table does not have are passed over.
OpenedEntry open_entry(LeafType type, LeafIndex entry, const SealedEntry& sealed, std::span<const std::string> paths);
/// The line, without a newline; keys come from `sealed`.
std::string record_line(const OpenedEntry& opened, const SealedEntry& sealed);

/// A line as read, before its openings are checked.
struct RecordLine {
  LeafType type = LeafType::event;
  LeafIndex entry = 0;
  LeafIndex leaf = 0;
  std::vector<LineOpening> openings;  ///< ascending by slot
};
/// Form only; invalid_input for anything but what record_line gives.
Result<RecordLine> parse_record_line(std::string_view line, LeafType table);
OpenedEntry opened_from(const RecordLine& line, LeafType table);
/// A leaf's index as an integer slot spells it; nothing for anything else.
std::optional<LeafIndex> index_from(std::string_view text);
/// Just "leaf" of a line: which leaf's table it must be read with.
Result<LeafIndex> leaf_of_record_line(std::string_view line);

}  // namespace gavah::proof
