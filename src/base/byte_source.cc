#include "base/byte_source.h"

#include "base/format.h"

namespace gavah {

Result<std::string> ByteSource::read_all(std::uint64_t limit_bytes) const {
  if (size() > limit_bytes) {
    return fail(ErrorCode::invalid_input, format("{} bytes are more than the limit of {}", size(), limit_bytes));
  }
  return read({0, size()});
}

Result<std::string> MemorySource::read(ByteRange range) const {
  if (range.begin > range.end || range.end > bytes_.size()) {
    return fail(ErrorCode::invalid_input,
                format("bytes {} to {} lie outside of {}", range.begin, range.end, bytes_.size()));
  }
  return std::string(bytes_.substr(range.begin, range.size()));
}

}  // namespace gavah
