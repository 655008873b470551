#include "proof/opened_slots.h"

#include <bit>
#include <cstring>
#include <vector>

#include "base/check.h"

namespace gavah::proof {
namespace {

using End = std::uint32_t;

End end_at(const std::string& store, std::size_t place) {
  End end = 0;
  std::memcpy(&end, store.data() + place * sizeof(end), sizeof(end));
  return end;
}

}  // namespace

OpenedSlots::OpenedSlots(std::span<const OpenedSlot> slots) {
  std::size_t head_bytes = 0;
  std::size_t value_bytes = 0;
  for (const OpenedSlot& each : slots) {
    GAVAH_CHECK(each.slot < kMaxSlots && opened_ >> each.slot == 0);
    opened_ |= std::uint64_t{1} << each.slot;
    if (!each.value) continue;
    present_ |= std::uint64_t{1} << each.slot;
    head_bytes += sizeof(End);
    value_bytes += each.value->size();
  }
  GAVAH_CHECK(value_bytes <= UINT32_MAX);
  store_.reserve(head_bytes + value_bytes);
  End end = 0;
  for (const OpenedSlot& each : slots) {
    if (!each.value) continue;
    end += static_cast<End>(each.value->size());
    std::array<char, sizeof(end)> bytes;
    std::memcpy(bytes.data(), &end, sizeof(end));
    store_.append(bytes.data(), bytes.size());
  }
  for (const OpenedSlot& each : slots) store_.append(each.value.value_or(std::string_view()));
}

std::size_t OpenedSlots::size() const { return static_cast<std::size_t>(std::popcount(opened_)); }

std::optional<std::string_view> OpenedSlots::value(std::uint32_t slot) const {
  if (slot >= kMaxSlots || (present_ >> slot & 1U) == 0) return std::nullopt;
  const auto place = static_cast<std::size_t>(std::popcount(present_ & ((std::uint64_t{1} << slot) - 1)));
  const std::size_t values_at = static_cast<std::size_t>(std::popcount(present_)) * sizeof(End);
  const End begin = place == 0 ? 0 : end_at(store_, place - 1);
  return std::string_view(store_).substr(values_at + begin, end_at(store_, place) - begin);
}

std::optional<OpenedSlot> OpenedSlots::at(std::uint32_t slot) const {
  return contains(slot) ? std::optional(OpenedSlot{slot, value(slot)}) : std::nullopt;
}

void OpenedSlots::add(const OpenedSlot& slot) {
  GAVAH_CHECK(!contains(slot.slot));
  std::vector<OpenedSlot> all;
  bool is_placed = false;
  each([&](const OpenedSlot& old) {
    if (!is_placed && slot.slot < old.slot) {
      all.push_back(slot);
      is_placed = true;
    }
    all.push_back(old);
  });
  if (!is_placed) all.push_back(slot);
  *this = OpenedSlots(all);
}

}  // namespace gavah::proof
