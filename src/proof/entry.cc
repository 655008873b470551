#include "proof/entry.h"

#include "base/check.h"
#include "base/format.h"
#include "proof/slot_table.h"

namespace gavah::proof {
namespace {

const std::string* value_at(const std::map<std::string, SlotValue>& values, std::string_view path) {
  const auto found = values.find(std::string(path));
  return found == values.end() || found->second.is_absent() ? nullptr : &found->second.value;
}

}  // namespace

void Entry::set(std::string_view path, std::string value) {
  const auto slot = slot_at(type, path);
  GAVAH_CHECK(slot.has_value());
  values[std::string(path)] = SlotValue{std::string(slots_of(type)[*slot].kind), std::move(value)};
}

void Entry::set(std::string_view path, const std::optional<std::string>& value) {
  if (value) set(path, *value);
}

void Entry::set_list(std::string_view path, std::vector<std::string> records, Random& random) {
  std::vector<ListRecord> kept;
  kept.reserve(records.size());
  for (std::string& record : records) kept.push_back(salted(std::move(record), random));
  set(path, list_head(kept).text());
  lists[std::string(path)] = std::move(kept);
}

const std::string* Entry::find(std::string_view path) const { return value_at(values, path); }
const std::string* SealedEntry::find(std::string_view path) const { return value_at(values, path); }

std::optional<Digest> SealedEntry::key_of(std::string_view path) const {
  if (slot_keys.empty()) return slot_key(key, path);
  const auto found = slot_keys.find(std::string(path));
  return found == slot_keys.end() ? std::nullopt : std::optional(found->second);
}

const std::vector<ListRecord>& SealedEntry::list(std::string_view path) const {
  static const std::vector<ListRecord> kNone;
  const auto found = lists.find(std::string(path));
  return found == lists.end() ? kNone : found->second;
}

Result<Leaf> leaf_of(const Entry& entry, const EntryId& id, Day day, const EntryKey& key, std::string_view origin) {
  Leaf leaf;
  leaf.type = entry.type;
  leaf.id = entry.id.value_or(id);
  leaf.day = day;
  leaf.refs = entry.refs;
  leaf.bind = entry.bind;
  leaf.object = entry.object;
  const auto specs = slots_of(entry.type);
  for (const SlotSpec& spec : specs) {
    const auto value = entry.values.find(std::string(spec.path));
    if (value == entry.values.end()) continue;
    GAVAH_TRY_AS(check_value(spec.kind, value->second), format("slot {} of a {} leaf", spec.path, name_of(leaf.type)));
  }
  GAVAH_ASSIGN(leaf.slots, commit_slots(key, origin, leaf.id, specs, entry.values));
  GAVAH_TRY(check_shape(leaf));
  return leaf;
}

}  // namespace gavah::proof
