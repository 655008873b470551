#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace gavah::proof {

/// One opened slot. No value: it was opened as absent, so that nothing is known, which is not zero.
struct OpenedSlot {
  std::uint32_t slot = 0;
  std::optional<std::string_view> value;
  friend bool operator==(const OpenedSlot&, const OpenedSlot&) = default;
};

/// The opened slots of one leaf, by number. Their values lie in one piece of memory: totals look at a few slots of each
/// of 100,000 leaves, and the cost of that is the cost of reaching them. What it gives lives until it is changed.
class OpenedSlots {
 public:
  static constexpr std::uint32_t kMaxSlots = 64;  ///< no table of a leaf type is longer

  OpenedSlots() = default;
  /// From slots that ascend; numbers are below kMaxSlots.
  explicit OpenedSlots(std::span<const OpenedSlot> slots);

  std::size_t size() const;
  bool empty() const { return opened_ == 0; }
  bool contains(std::uint32_t slot) const { return slot < kMaxSlots && (opened_ >> slot & 1U) != 0; }
  /// Nothing when the slot is not opened. Constant time.
  std::optional<OpenedSlot> at(std::uint32_t slot) const;
  /// The opened value; nothing when it is not opened or absent. Constant time.
  std::optional<std::string_view> value(std::uint32_t slot) const;
  /// Calls `take` with each, ascending.
  template <class Take>
  void each(const Take& take) const {
    for (std::uint32_t slot = 0; slot < kMaxSlots; ++slot) {
      if (contains(slot)) take(OpenedSlot{slot, value(slot)});
    }
  }
  /// Opens one more. Linear; for those who write, not for those who read many.
  void add(const OpenedSlot& slot);
  friend bool operator==(const OpenedSlots&, const OpenedSlots&) = default;

 private:
  std::uint64_t opened_ = 0;   ///< bit i: slot i
  std::uint64_t present_ = 0;  ///< those that have a value
  std::string store_;          ///< the end of each present value, four bytes each; then the values
};

}  // namespace gavah::proof
