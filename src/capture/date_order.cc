#include "capture/date_order.h"

#include <array>
#include <optional>

namespace gavah::capture {
namespace {

struct Digit {
  int value = -1;
  std::size_t bytes = 1;
};

/// ASCII digits, Arabic-Indic ones (U+0660) and Persian ones (U+06F0).
Digit digit_at(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (c >= '0' && c <= '9') return {c - '0', 1};
  if (at + 1 >= text.size()) return {};
  const auto next = static_cast<unsigned char>(text[at + 1]);
  if (c == '\xD9' && next >= 0xA0 && next <= 0xA9) return {next - 0xA0, 2};
  if (c == '\xDB' && next >= 0xB0 && next <= 0xB9) return {next - 0xB0, 2};
  return {};
}

struct Numbers {
  std::array<int, 3> values{};
  std::array<int, 3> digits{};
  bool has_dots = false;
};

/// Three numbers parted by one of "/", ".", "-", at the start of `cell`.
std::optional<Numbers> numbers_of(std::string_view cell) {
  Numbers out;
  std::size_t at = std::min(cell.find_first_not_of(" \t\""), cell.size());
  for (std::size_t i = 0; i < 3; ++i) {
    constexpr int kMaxDigits = 4;
    for (Digit digit; at < cell.size() && (digit = digit_at(cell, at)).value >= 0; at += digit.bytes) {
      out.values[i] = out.values[i] * 10 + digit.value;
      if (++out.digits[i] > kMaxDigits) return std::nullopt;
    }
    if (out.digits[i] == 0) return std::nullopt;
    if (i == 2) break;
    if (at >= cell.size() || std::string_view("/.-").find(cell[at]) == std::string_view::npos) return std::nullopt;
    out.has_dots = cell[at] == '.';
    ++at;
  }
  return out;
}

}  // namespace

void DateOrder::see(std::string_view cell) {
  constexpr int kMonths = 12;
  constexpr int kDays = 31;
  const auto numbers = numbers_of(cell);
  if (!numbers) return;
  if (numbers->digits[0] == 4) {
    ++settled_;
    return;
  }
  const auto [first, second, year] = numbers->values;
  if (numbers->digits[0] > 2 || numbers->digits[1] > 2 || first < 1 || second < 1 || first > kDays || second > kDays)
    return;
  if (first > kMonths && second <= kMonths) ++day_first_;
  if (second > kMonths && first <= kMonths) ++month_first_;
  // "03.04.2031" is written where the day comes first.
  if (first <= kMonths && second <= kMonths) ++(numbers->has_dots ? settled_ : either_);
}

std::string DateOrder::format() const {
  if (day_first_ > 0 && month_first_ == 0) return "dd/mm/yyyy";
  if (month_first_ > 0 && day_first_ == 0) return "mm/dd/yyyy";
  return {};
}

}  // namespace gavah::capture
