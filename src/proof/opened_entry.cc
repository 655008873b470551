#include "proof/opened_entry.h"

#include <charconv>
#include <map>

#include "base/check.h"
#include "base/format.h"
#include "base/json.h"
#include "proof/line_scanner.h"
#include "proof/slot_table.h"

namespace gavah::proof {
namespace {

/// [SLOT,PATH,VALUE|null,KEY]
Result<LineOpening> read_opening(LineScanner& in, std::span<const SlotSpec> specs) {
  LineOpening out;
  in.expect("[");
  const std::uint64_t slot = in.integer();
  in.expect(",");
  const bool is_known = slot < specs.size() && in.take_text(specs[slot].path);
  if (!is_known) out.other_path = in.text();
  in.expect(",");
  if (!in.take("null")) out.value = in.text();
  in.expect(",");
  out.key = in.digest();
  if (!in.expect("]")) return fail(ErrorCode::invalid_input, "an opening is not [slot,path,value,key]");
  if (slot >= specs.size()) return fail(ErrorCode::invalid_input, format("there is no slot {}", slot));
  out.slot = static_cast<std::uint32_t>(slot);
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

std::optional<OpenedSlot> OpenedEntry::find(std::string_view path) const {
  const auto slot = slot_at(table, path);
  return slot ? slots.at(*slot) : std::nullopt;
}

std::optional<std::string_view> OpenedEntry::value(std::string_view path) const {
  const auto slot = slot_at(table, path);
  return slot ? slots.value(*slot) : std::nullopt;
}

OpenedEntry open_entry(LeafType type, LeafIndex entry, const SealedEntry& sealed, std::span<const std::string> paths) {
  std::map<std::uint32_t, std::optional<std::string_view>> opened;
  for (const std::string& path : paths) {
    const auto slot = slot_at(sealed.leaf.type, path);
    const bool is_gone = !sealed.slot_keys.empty() && !sealed.slot_keys.contains(path);
    if (!slot || is_gone) continue;
    const std::string* value = sealed.find(path);
    opened.emplace(*slot, value == nullptr ? std::nullopt : std::optional<std::string_view>(*value));
  }
  std::vector<OpenedSlot> slots;
  for (const auto& [slot, value] : opened) slots.push_back({slot, value});
  return {type, entry, sealed.index, sealed.leaf.type, OpenedSlots(slots)};
}

std::string record_line(const OpenedEntry& opened, const SealedEntry& sealed) {
  const auto specs = slots_of(opened.table);
  std::vector<Opening> openings;
  openings.reserve(opened.slots.size());
  opened.slots.each([&](const OpenedSlot& slot) {
    const SlotSpec& spec = specs[slot.slot];
    const std::optional<Digest> key = sealed.key_of(spec.path);
    GAVAH_CHECK(key.has_value());
    SlotValue value;
    if (slot.value) value = {std::string(spec.kind), std::string(*slot.value)};
    openings.push_back({opened.leaf, slot.slot, std::string(spec.path), std::move(value), *key});
  });
  return line_of(opened.type, opened.entry, opened.leaf, openings);
}

Result<LeafIndex> leaf_of_record_line(std::string_view line) {
  constexpr std::string_view kKey = ",\"leaf\":";
  constexpr std::size_t kHeadBytes = 120;  // type and entry stand before it and are shorter than this
  const std::size_t at = line.substr(0, kHeadBytes).find(kKey);
  if (at == std::string_view::npos) return fail(ErrorCode::invalid_input, "a record names no leaf");
  const std::string_view digits = line.substr(at + kKey.size());
  LeafIndex leaf = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), leaf);
  if (error != std::errc()) return fail(ErrorCode::invalid_input, "a record names no leaf");
  return leaf;
}

Result<RecordLine> parse_record_line(std::string_view line, LeafType table) {
  const auto malformed = [] { return fail(ErrorCode::invalid_input, "a record is not in canonical form"); };
  LineScanner in(line);
  RecordLine out;
  in.expect(R"({"type":)");
  const std::string type = in.text();
  in.expect(R"(,"entry":)");
  out.entry = in.integer();
  in.expect(R"(,"leaf":)");
  out.leaf = in.integer();
  if (!in.expect(R"(,"slots":[)")) return malformed();
  GAVAH_ASSIGN(out.type, leaf_type_from(type));
  const auto specs = slots_of(table);
  out.openings.reserve(specs.size());
  while (!in.take("]}")) {
    if (!out.openings.empty() && !in.expect(",")) return malformed();
    GAVAH_ASSIGN(LineOpening opening, read_opening(in, specs));
    if (!out.openings.empty() && out.openings.back().slot >= opening.slot) {
      return fail(ErrorCode::invalid_input, format("slot {} is opened twice or out of order", opening.slot));
    }
    out.openings.push_back(std::move(opening));
  }
  if (!in.at_end()) return malformed();
  return out;
}

std::optional<LeafIndex> index_from(std::string_view text) {
  LeafIndex value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

OpenedEntry opened_from(const RecordLine& line, LeafType table) {
  std::vector<OpenedSlot> slots;
  slots.reserve(line.openings.size());
  for (const LineOpening& opening : line.openings) slots.push_back({opening.slot, opening.value});
  return {line.type, line.entry, line.leaf, table, OpenedSlots(slots)};
}

}  // namespace gavah::proof
