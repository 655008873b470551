#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/byte_source.h"

namespace gavah {

/// Reads a ByteSource forward through a buffer that the caller grows and consumes: for parsers of files larger than
/// memory. Views end with the next call that is not const. One thread; the source must outlive it.
class ByteWindow {
 public:
  static constexpr std::size_t kStepBytes = 256 * 1024;  // more gains nothing measurable, and 8 windows may nest

  /// Looks at `range` of the source, which must lie inside it.
  ByteWindow(const ByteSource& source, ByteRange range) : source_(&source), next_(range.begin), end_(range.end) {}
  explicit ByteWindow(const ByteSource& source) : ByteWindow(source, {0, source.size()}) {}
  /// Bytes that someone else keeps alive, all in view() from the beginning and never copied.
  explicit ByteWindow(std::string_view memory) : next_(memory.size()), end_(memory.size()), memory_(memory) {}

  /// What is buffered and not consumed.
  std::string_view view() const { return held().substr(consumed_); }
  /// Where view() begins in the source.
  std::uint64_t offset() const { return next_ - (held().size() - consumed_); }
  /// True when nothing beyond view() is left.
  bool is_last() const { return next_ == end_; }
  /// Where the range ends in the source.
  std::uint64_t end() const { return end_; }

  /// Appends at least one byte to view(), and at least kStepBytes unless the end comes first; false when is_last().
  Result<bool> grow();
  /// Grows until view() has `count` bytes or the end comes; false in the latter case.
  Result<bool> grow_to(std::uint64_t count);
  /// Drops `count` bytes; they need not be buffered, but must not lie beyond the end.
  void consume(std::uint64_t count);

 private:
  Result<void> append(std::uint64_t count);
  std::string_view held() const { return source_ == nullptr ? memory_ : std::string_view(buffer_); }

  const ByteSource* source_ = nullptr;
  std::uint64_t next_;  // in the source, after the buffer
  std::uint64_t end_;
  std::string buffer_;
  std::string_view memory_;  // in place of a source
  std::size_t consumed_ = 0;
};

}  // namespace gavah
