#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/digest.h"

namespace gavah::proof {

inline constexpr int kMaxValueDepth = 32;  ///< levels; a claim has eight

/// Reads canonical JSON of a known shape from left to right, without building a document: an edition of 100,000 events
/// has millions of openings. Accepts the canonical spelling only, so that nothing has to be written back and compared.
/// After the first thing that is not as expected everything fails; ok() tells. The text must outlive it.
class LineScanner {
 public:
  explicit LineScanner(std::string_view text) : rest_(text) {}

  /// These bytes exactly.
  bool expect(std::string_view literal) {
    if (!take(literal)) refuse();
    return ok_;
  }
  /// True, and takes the bytes, when they come next; no failure otherwise.
  bool take(std::string_view literal) {
    if (!ok_ || !rest_.starts_with(literal)) return false;
    rest_.remove_prefix(literal.size());
    return true;
  }
  /// A non-negative integer without leading zeros.
  std::uint64_t integer();
  /// A string in canonical JSON; its value.
  std::string text();
  /// True, and takes it, when that string comes next, spelled without escapes; no failure otherwise.
  bool take_text(std::string_view value) {
    const std::size_t end = value.size() + 1;
    if (!ok_ || rest_.size() <= end || rest_.front() != '"' || rest_[end] != '"') return false;
    if (!rest_.substr(1).starts_with(value)) return false;
    rest_.remove_prefix(end + 1);
    return true;
  }
  /// Any value in canonical JSON, numbers being integers, no key twice in an object, nested kMaxValueDepth deep at
  /// most; its bytes.
  std::string_view value();
  /// A string of 64 lower-case hexadecimal digits.
  Digest digest();
  bool ok() const { return ok_; }
  /// Fails from here on: what was read means nothing.
  void refuse();
  /// ok() and nothing left.
  bool at_end() const { return ok_ && rest_.empty(); }
  std::string_view rest() const { return rest_; }

 private:
  void pass_value(int depth);
  void pass_array(int depth);
  void pass_object(int depth);
  void pass_integer();
  /// A string, looked at and not kept.
  void check_text();
  /// A string with its quotes.
  std::string_view pass_text();
  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace gavah::proof
