#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gavah::capture {

/// What the dates of a column prove about the order in which day and month stand in it: a number above 12 is no month.
/// Digits of three scripts; dates that begin with a year, stand with dots, or name the month prove nothing and need no
/// proof.
class DateOrder {
 public:
  /// Looks at one cell.
  void see(std::string_view cell);
  /// "dd/mm/yyyy" or "mm/dd/yyyy" when cells prove that and none the other; empty otherwise.
  std::string format() const;
  /// Dates of two small numbers were seen, and nothing proves their order.
  [[nodiscard]] bool is_open() const { return either_ > 0 && format().empty(); }
  /// Some cells prove one order and some the other: no order holds for the column.
  [[nodiscard]] bool is_mixed() const { return day_first_ > 0 && month_first_ > 0; }
  /// Cells that hold a date of any form, with numbers alone.
  std::uint64_t dates() const { return either_ + day_first_ + month_first_ + settled_; }

 private:
  std::uint64_t either_ = 0;
  std::uint64_t day_first_ = 0;
  std::uint64_t month_first_ = 0;
  std::uint64_t settled_ = 0;
};

}  // namespace gavah::capture
