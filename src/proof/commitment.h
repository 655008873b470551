#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/result.h"
#include "proof/leaf.h"

namespace gavah::proof {

/// One slot of a leaf type: its path and kind are fixed. The tables are in slot_table.h.
struct SlotSpec {
  std::string_view path;  ///< "time/year", "place/province", …
  std::string_view kind;  ///< "text", "day", "list", …
};

inline constexpr std::string_view kAbsent = "absent";  ///< the kind of a slot that holds nothing

/// What a slot holds. Kind is the slot's own, or "absent" with an empty value.
struct SlotValue {
  std::string kind{kAbsent};
  std::string value;
  bool is_absent() const { return kind == kAbsent; }
  friend bool operator==(const SlotValue&, const SlotValue&) = default;
};

/// 32 random bytes of one entry, from no master key: when they are gone, what the entry commits to cannot be opened.
struct EntryKey {
  std::array<std::uint8_t, 32> bytes{};
  std::string_view view() const { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
};

/// HKDF-SHA256(entry_key, "gavah/field/0" || path): opens one slot and says nothing about its siblings.
Digest slot_key(const EntryKey& entry_key, std::string_view path);

/// The commitments of one entry's slots: HMAC-SHA256(key, "gavah/commit/0" || 0x00 || lp(origin) || lp(id, 16 bytes) ||
/// lp(path) || lp(kind) || lp(value)). One thread.
class Committer {
 public:
  Committer(std::string_view origin, const EntryId& id);
  Digest commit(const Digest& slot_key, std::string_view path, std::string_view kind, std::string_view value);

 private:
  std::string message_;  ///< what all slots share, and behind it those of the last
  std::size_t shared_bytes_;
};

/// The same for one slot.
Digest commit(const Digest& slot_key, std::string_view origin, const EntryId& id, std::string_view path,
              const SlotValue& value);

/// All commitments of an entry, in the order of `specs`. A path without a value is absent. invalid_input when a value's
/// path is not in `specs`, or its kind is neither the slot's nor "absent".
Result<std::vector<Digest>> commit_slots(const EntryKey& entry_key, std::string_view origin, const EntryId& id,
                                         std::span<const SlotSpec> specs,
                                         const std::map<std::string, SlotValue>& values);

/// What makes one slot public. Names leaf and slot, so nothing can be committed twice and opened as convenient.
struct Opening {
  LeafIndex leaf = 0;
  std::uint32_t slot = 0;
  std::string path;
  SlotValue value;
  Digest key;
  friend bool operator==(const Opening&, const Opening&) = default;
};

/// The opening of slot `slot` of `specs`.
Opening open_slot(const EntryKey& entry_key, LeafIndex leaf, std::uint32_t slot, std::span<const SlotSpec> specs,
                  const SlotValue& value);

/// Checks an opening against the leaf it names and that leaf type's table: slot in range, path equal, kind equal or
/// absent with an empty value, commitment equal. invalid_input names what differs. The caller has made sure that `leaf`
/// is the leaf at opening.leaf.
Result<void> check_opening(const Opening& opening, const Leaf& leaf, std::string_view origin,
                           std::span<const SlotSpec> specs);

/// One slot in a line of records.jsonl: its kind is the slot's own. No value: it is opened as absent.
struct LineOpening {
  std::uint32_t slot = 0;                 ///< in range of the leaf type's table
  std::optional<std::string> other_path;  ///< set when the line names another path than the slot's
  std::optional<std::string> value;
  Digest key;
};
/// The same for openings of one leaf, at `index`, whose committer that is.
Result<void> check_opening(const LineOpening& opening, LeafIndex index, const Leaf& leaf,
                           std::span<const SlotSpec> specs, Committer& committer);

}  // namespace gavah::proof
