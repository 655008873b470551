#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/byte_source.h"
#include "capture/inflate_stream.h"

namespace gavah::capture {

/// What a compressed stream holds, as far as it can be read.
struct StreamMeasure {
  std::uint64_t size_bytes = 0;                          ///< inflated
  std::uint64_t compressed_bytes = 0;                    ///< as taken from the range
  InflateStream::End end = InflateStream::End::not_yet;  ///< not_yet: more than the limit, which was not passed
};

/// Inflates once without keeping, up to `max_bytes`.
Result<StreamMeasure> measure_stream(const ByteSource& source, ByteRange range, Deflated kind, std::uint64_t max_bytes);

/// A compressed stream as bytes that can be read anywhere. Reading forward costs one pass; reading before the last
/// place inflates from the start again, unless all of it is small enough to be held (32 MiB). One thread; the source
/// must outlive it.
class InflatedSource final : public ByteSource {
 public:
  static constexpr std::uint64_t kHeldBytes = 32ULL * 1024 * 1024;

  /// `size_bytes` as measure_stream() gave it, or fewer.
  InflatedSource(const ByteSource& source, ByteRange range, Deflated kind, std::uint64_t size_bytes)
      : source_(source), range_(range), kind_(kind), size_bytes_(size_bytes) {}

  /// True when all is held, so that any order of reading costs one pass.
  static bool is_held(std::uint64_t size_bytes) { return size_bytes <= kHeldBytes; }

  std::uint64_t size() const override { return size_bytes_; }
  Result<std::string> read(ByteRange range) const override;

 private:
  Result<void> skip_to(std::uint64_t offset) const;
  const ByteSource& source_;
  ByteRange range_;
  Deflated kind_;
  std::uint64_t size_bytes_;
  mutable std::optional<InflateStream> stream_;
  mutable std::uint64_t offset_ = 0;  // of the stream
  mutable std::optional<std::string> held_;
};

/// A range of another source, counted from 0. The other must outlive it.
class RangeSource final : public ByteSource {
 public:
  RangeSource(const ByteSource& source, ByteRange range) : source_(source), range_(range) {}
  std::uint64_t size() const override { return range_.size(); }
  Result<std::string> read(ByteRange range) const override;

 private:
  const ByteSource& source_;
  ByteRange range_;
};

/// Bytes of its own.
class HeldSource final : public ByteSource {
 public:
  explicit HeldSource(std::string bytes) : bytes_(std::move(bytes)) {}
  std::uint64_t size() const override { return bytes_.size(); }
  Result<std::string> read(ByteRange range) const override { return MemorySource(bytes_).read(range); }
  std::string_view view() const { return bytes_; }

 private:
  std::string bytes_;
};

}  // namespace gavah::capture
