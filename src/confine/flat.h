#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace gavah::confine {

/// Writes values one after another as bytes: numbers in groups of seven bits (LEB128), texts with their length before
/// them. The form in which tasks take requests and give answers.
class FlatWriter {
 public:
  FlatWriter& number(std::uint64_t value);
  FlatWriter& signed_number(std::int64_t value);
  FlatWriter& text(std::string_view value);
  /// Bytes whose length the reader knows.
  FlatWriter& raw(std::string_view value);
  const std::string& str() const { return out_; }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

/// Reads what a FlatWriter wrote, from hands that are not trusted. What does not fit gives zeros and empty texts from
/// there on, and ok() says so: check it once at the end, and `count` before making room for anything. Texts are views
/// into the bytes given.
class FlatReader {
 public:
  explicit FlatReader(std::string_view bytes) : rest_(bytes) {}
  std::uint64_t number();
  std::int64_t signed_number();
  std::string_view text();
  std::string_view raw(std::size_t size);
  /// A number of things to come, each of at least `least_bytes` (one or more): more than the rest can hold is not ok.
  std::uint64_t count(std::size_t least_bytes = 1);
  /// A number below `end`, for enumerations.
  std::uint64_t below(std::uint64_t end);
  /// All that is left.
  std::string_view rest() { return std::exchange(rest_, {}); }
  void refuse();
  bool ok() const { return ok_; }
  bool at_end() const { return ok_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace gavah::confine
