#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace gavah {

/// Bytes that can be read anywhere without being held in memory: a file, an opened object, a buffer.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  virtual std::uint64_t size() const = 0;
  /// Exactly the bytes of `range`, which must lie within [0, size()); otherwise invalid_input.
  virtual Result<std::string> read(ByteRange range) const = 0;
  /// Everything. Refuses more than `limit_bytes`.
  Result<std::string> read_all(std::uint64_t limit_bytes) const;
};

/// A view of bytes that someone else keeps alive.
class MemorySource final : public ByteSource {
 public:
  explicit MemorySource(std::string_view bytes) : bytes_(bytes) {}
  std::uint64_t size() const override { return bytes_.size(); }
  Result<std::string> read(ByteRange range) const override;

 private:
  std::string_view bytes_;
};

}  // namespace gavah
