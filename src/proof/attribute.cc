#include "proof/attribute.h"

#include "proof/slot_table.h"

namespace gavah::proof {

std::string attributes_of(const OpenedEntry& victim) {
  std::string key;
  const auto specs = slots_of(victim.table);
  for (const OpenedSlot& slot : victim.slots) {
    const SlotSpec& spec = specs[slot.slot];
    if (spec.path == "made-by") continue;
    std::string value = slot.value.value_or(std::string());
    if (spec.kind == "list") value.resize(std::min(value.size(), value.find(' ')));
    key.append(spec.path).append(slot.value ? "=" : "~").append(value).push_back('\x1f');
  }
  return key;
}

std::map<std::string, std::uint64_t> attribute_cells(std::span<const OpenedEntry> victims) {
  std::map<std::string, std::uint64_t> cells;
  for (const OpenedEntry& victim : victims) {
    if (std::string key = attributes_of(victim); !key.empty()) ++cells[std::move(key)];
  }
  return cells;
}

}  // namespace gavah::proof
