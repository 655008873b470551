#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/digest.h"
#include "base/random.h"
#include "proof/commitment.h"
#include "proof/leaf.h"
#include "proof/list.h"

namespace gavah::proof {

/// What is to be appended to the log, before it has an id, a day and a place. Slots without a value are absent.
struct Entry {
  LeafType type = LeafType::event;
  std::vector<LeafRef> refs;  ///< ascending by role
  std::optional<Digest> bind;
  std::optional<Digest> object;
  std::optional<EntryId> id;                             ///< where the caller must know it: captures and decisions
  std::map<std::string, SlotValue> values;               ///< by path; list slots included, see set_list()
  std::map<std::string, std::vector<ListRecord>> lists;  ///< the records of each list slot, by path

  /// Sets a slot to a value of that slot's kind; an empty optional leaves it absent.
  void set(std::string_view path, std::string value);
  void set(std::string_view path, const std::optional<std::string>& value);
  /// Salts the records, keeps them and sets the slot to their head.
  void set_list(std::string_view path, std::vector<std::string> records, Random& random);
  /// The value of a slot, or null when it is absent.
  const std::string* find(std::string_view path) const;
};

/// An entry in the log with everything that opens it: what the ledger holds.
struct SealedEntry {
  LeafIndex index = 0;
  Leaf leaf;
  EntryKey key;
  std::map<std::string, SlotValue> values;
  std::map<std::string, std::vector<ListRecord>> lists;
  /// Set when parts of a capture were destroyed (remains.h): the slots that still open, by path. `key` is zero then.
  std::map<std::string, Digest> slot_keys = {};

  const std::string* find(std::string_view path) const;
  /// What opens one slot: from `key`, or that of slot_keys; nothing when it was destroyed.
  std::optional<Digest> key_of(std::string_view path) const;
  /// The records of a list slot, empty when it has none.
  const std::vector<ListRecord>& list(std::string_view path) const;
};

/// The leaf that commits to `entry`. `id` is used unless the entry brings its own. invalid_input when the entry does
/// not fit its type's table.
Result<Leaf> leaf_of(const Entry& entry, const EntryId& id, Day day, const EntryKey& key, std::string_view origin);

}  // namespace gavah::proof
