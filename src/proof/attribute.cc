#include "proof/attribute.h"

#include <algorithm>
#include <vector>

#include "proof/slot_table.h"

namespace gavah::proof {

std::string attributes_of(const OpenedEntry& victim) {
  std::vector<std::string> attributes;  // in one order, whether the leaf is the entry's own or an amendment
  const auto specs = slots_of(victim.table);
  victim.slots.each([&](const OpenedSlot& slot) {
    const SlotSpec& spec = specs[slot.slot];
    if (spec.path == "made-by") return;
    std::string_view value = slot.value.value_or(std::string_view());
    if (spec.kind == "list") value = value.substr(0, value.find(' '));
    std::string& attribute = attributes.emplace_back(spec.path);
    attribute.append(slot.value ? "=" : "~").append(value).push_back('\x1f');
  });
  std::ranges::sort(attributes);
  std::string key;
  for (const std::string& attribute : attributes) key.append(attribute);
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
