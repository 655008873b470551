#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/byte_source.h"
#include "base/result.h"
#include "capture/deflated.h"

namespace gavah::capture {

/// Inflates one stream piece by piece with zlib: for streams larger than memory, cut or damaged. What comes before a
/// cut or a damaged place is given. One thread; the source must outlive it.
class InflateStream {
 public:
  enum class End { not_yet, whole, cut, damaged };

  InflateStream(const ByteSource& source, ByteRange range, Deflated kind);
  ~InflateStream();
  InflateStream(InflateStream&&) noexcept;
  InflateStream& operator=(InflateStream&&) noexcept;

  /// Appends up to `count` bytes to `out`; fewer only at the end. Errors are those of the source.
  Result<void> read(std::string& out, std::uint64_t count);
  /// How the stream ended, once a read() gave fewer bytes than asked for.
  End end() const;
  /// Compressed bytes taken so far; after the end the size of the stream with its trailer.
  std::uint64_t compressed_bytes() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace gavah::capture
