#pragma once

#include <array>
#include <cstdint>

namespace gavah::text {

/// What one character folds to: `size` bytes, 0 when it goes. A white-space character folds to ' ' or '\n'.
struct FoldedLetter {
  std::uint8_t size = 0;
  std::array<char, 11> bytes{};
};

/// Foldings of the code points below U+0800, of U+1E00 to U+2BFF and of U+FB00 to U+FFFF; every other character stands
/// for itself. Built once, on first use, from ICU's normalisation data and the rules that fold.h lists.
class FoldTable {
 public:
  static const FoldTable& get();

  /// Nothing when the character stands for itself.
  const FoldedLetter* find(char32_t value) const {
    if (value < kLowEnd) return &low_[value];
    if (value >= kMiddleBegin && value < kMiddleEnd) return &middle_[value - kMiddleBegin];
    if (value >= kHighBegin && value < kHighEnd) return &high_[value - kHighBegin];
    return nullptr;
  }

  /// What a visible ASCII character folds to; '\0' for white space and for bytes that are no ASCII.
  char visible_ascii(char byte) const { return ascii_[static_cast<unsigned char>(byte)]; }

 private:
  static constexpr char32_t kLowEnd = 0x800;
  static constexpr char32_t kMiddleBegin = 0x1E00;
  static constexpr char32_t kMiddleEnd = 0x2C00;
  static constexpr char32_t kHighBegin = 0xFB00;
  static constexpr char32_t kHighEnd = 0x10000;

  FoldTable();
  std::array<char, 256> ascii_{};
  std::array<FoldedLetter, kLowEnd> low_;
  std::array<FoldedLetter, kMiddleEnd - kMiddleBegin> middle_;
  std::array<FoldedLetter, kHighEnd - kHighBegin> high_;
};

}  // namespace gavah::text
