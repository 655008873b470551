#include "proof/opened_entry.h"

#include <charconv>

#include "base/format.h"
#include "base/json.h"
#include "proof/slot_table.h"

namespace gavah::proof {
namespace {

Result<LeafIndex> read_index(const Json* json, std::string_view what) {
  const auto value = json == nullptr ? std::nullopt : json->integer();
  if (!value || *value < 0) return fail(ErrorCode::invalid_input, format("a record has no {}", what));
  return static_cast<LeafIndex>(*value);
}

Result<Opening> opening_from(const Json& json, LeafIndex leaf, std::span<const SlotSpec> specs) {
  const auto& items = json.items();
  const auto malformed = [] { return fail(ErrorCode::invalid_input, "an opening is not [slot,path,value,key]"); };
  if (items.size() != 4) return malformed();
  const auto slot = items[0].integer();
  if (!slot || items[1].string() == nullptr || items[3].string() == nullptr) return malformed();
  if (items[2].string() == nullptr && !items[2].is_null()) return malformed();
  if (*slot < 0 || static_cast<std::size_t>(*slot) >= specs.size()) {
    return fail(ErrorCode::invalid_input, format("there is no slot {}", *slot));
  }
  Opening out;
  out.leaf = leaf;
  out.slot = static_cast<std::uint32_t>(*slot);
  out.path = *items[1].string();
  if (items[2].string() != nullptr) out.value = SlotValue{std::string(specs[out.slot].kind), *items[2].string()};
  GAVAH_ASSIGN(out.key, Digest::from_hex(*items[3].string()));
  return out;
}

std::string line_of(LeafType type, LeafIndex entry, LeafIndex leaf, std::span<const Opening> openings) {
  JsonWriter out;
  out.begin_object().member("type", name_of(type)).member("entry", entry).member("leaf", leaf);
  out.key("slots").begin_array();
  for (const Opening& opening : openings) {
    out.begin_array().unsigned_integer(opening.slot).text(opening.path);
    if (opening.value.is_absent()) {
      out.null();
    } else {
      out.text(opening.value.value);
    }
    out.text(opening.key.hex()).end_array();
  }
  out.end_array().end_object();
  return out.take();
}

}  // namespace

const OpenedSlot* OpenedEntry::at(std::uint32_t slot) const {
  const auto found = std::ranges::lower_bound(slots, slot, {}, &OpenedSlot::slot);
  return found == slots.end() || found->slot != slot ? nullptr : &*found;
}

const OpenedSlot* OpenedEntry::find(std::string_view path) const {
  const auto slot = slot_at(table, path);
  return slot ? at(*slot) : nullptr;
}

const std::string* OpenedEntry::value(std::string_view path) const {
  const OpenedSlot* slot = find(path);
  return slot == nullptr || !slot->value ? nullptr : &*slot->value;
}

OpenedEntry open_entry(LeafType type, LeafIndex entry, const SealedEntry& sealed, std::span<const std::string> paths) {
  OpenedEntry out{type, entry, sealed.index, sealed.leaf.type, {}};
  for (const std::string& path : paths) {
    const auto slot = slot_at(out.table, path);
    if (!slot || out.at(*slot) != nullptr) continue;
    const std::string* value = sealed.find(path);
    const auto place = std::ranges::lower_bound(out.slots, *slot, {}, &OpenedSlot::slot);
    out.slots.insert(place, OpenedSlot{*slot, value == nullptr ? std::nullopt : std::optional<std::string>(*value)});
  }
  return out;
}

std::string record_line(const OpenedEntry& opened, const SealedEntry& sealed) {
  const auto specs = slots_of(opened.table);
  std::vector<Opening> openings;
  openings.reserve(opened.slots.size());
  for (const OpenedSlot& slot : opened.slots) {
    const SlotValue value = slot.value ? SlotValue{std::string(specs[slot.slot].kind), *slot.value} : SlotValue{};
    openings.push_back(open_slot(sealed.key, opened.leaf, slot.slot, specs, value));
  }
  return line_of(opened.type, opened.entry, opened.leaf, openings);
}

Result<LeafIndex> leaf_of_record_line(std::string_view line) {
  constexpr std::string_view kKey = ",\"leaf\":";
  constexpr std::size_t kHead_bytes = 120;  // type and entry stand before it and are shorter than this
  const std::size_t at = line.substr(0, kHead_bytes).find(kKey);
  if (at == std::string_view::npos) return fail(ErrorCode::invalid_input, "a record names no leaf");
  const std::string_view digits = line.substr(at + kKey.size());
  LeafIndex leaf = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), leaf);
  if (error != std::errc()) return fail(ErrorCode::invalid_input, "a record names no leaf");
  return leaf;
}

Result<RecordLine> parse_record_line(std::string_view line, LeafType table) {
  GAVAH_ASSIGN(const Json json, Json::parse(line, Json::DuplicateKeys::reject));
  RecordLine out;
  GAVAH_ASSIGN(out.type, leaf_type_from(json.text_of("type")));
  GAVAH_ASSIGN(out.entry, read_index(json.find("entry"), "entry"));
  GAVAH_ASSIGN(out.leaf, read_index(json.find("leaf"), "leaf"));
  const auto specs = slots_of(table);
  const Json* slots = json.find("slots");
  if (slots == nullptr || !slots->is_array()) return fail(ErrorCode::invalid_input, "a record has no slots");
  out.openings.reserve(slots->items().size());
  for (const Json& item : slots->items()) {
    GAVAH_ASSIGN(Opening opening, opening_from(item, out.leaf, specs));
    if (!out.openings.empty() && out.openings.back().slot >= opening.slot) {
      return fail(ErrorCode::invalid_input, format("slot {} is opened twice or out of order", opening.slot));
    }
    out.openings.push_back(std::move(opening));
  }
  if (line_of(out.type, out.entry, out.leaf, out.openings) != line) {
    return fail(ErrorCode::invalid_input, "a record is not in canonical form");
  }
  return out;
}

std::optional<LeafIndex> index_from(std::string_view text) {
  LeafIndex value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

OpenedEntry opened_from(const RecordLine& line, LeafType table) {
  OpenedEntry out{line.type, line.entry, line.leaf, table, {}};
  out.slots.reserve(line.openings.size());
  for (const Opening& opening : line.openings) {
    const SlotValue& value = opening.value;
    out.slots.push_back({opening.slot, value.is_absent() ? std::nullopt : std::optional<std::string>(value.value)});
  }
  return out;
}

}  // namespace gavah::proof
