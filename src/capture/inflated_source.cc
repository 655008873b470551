#include "capture/inflated_source.h"

#include <algorithm>

#include "base/format.h"

namespace gavah::capture {
namespace {

constexpr std::uint64_t kStepBytes = 256 * 1024;

}  // namespace

Result<StreamMeasure> measure_stream(const ByteSource& source, ByteRange range, Deflated kind,
                                     std::uint64_t max_bytes) {
  StreamMeasure out;
  InflateStream stream(source, range, kind);
  std::string piece;
  while (stream.end() == InflateStream::End::not_yet && out.size_bytes <= max_bytes) {
    piece.clear();
    GAVAH_TRY(stream.read(piece, kStepBytes));
    out.size_bytes += piece.size();
  }
  out.compressed_bytes = stream.compressed_bytes();
  out.end = out.size_bytes > max_bytes ? InflateStream::End::not_yet : stream.end();
  return out;
}

Result<void> InflatedSource::skip_to(std::uint64_t offset) const {
  if (!stream_ || offset < offset_) {
    stream_.emplace(source_, range_, kind_);
    offset_ = 0;
  }
  std::string dropped;
  while (offset_ < offset) {
    dropped.clear();
    GAVAH_TRY(stream_->read(dropped, std::min(kStepBytes, offset - offset_)));
    if (dropped.empty()) return fail(ErrorCode::corrupt, "a compressed stream ends before where it ended before");
    offset_ += dropped.size();
  }
  return {};
}

Result<std::string> InflatedSource::read(ByteRange range) const {
  if (range.begin > range.end || range.end > size_bytes_) {
    return fail(ErrorCode::invalid_input,
                format("bytes {} to {} lie outside of {}", range.begin, range.end, size_bytes_));
  }
  if (size_bytes_ <= kHeldBytes && !held_) {
    GAVAH_TRY(skip_to(0));
    std::string all;
    GAVAH_TRY(stream_->read(all, size_bytes_));
    if (all.size() != size_bytes_) return fail(ErrorCode::corrupt, "a compressed stream is shorter than before");
    stream_.reset();
    held_ = std::move(all);
  }
  if (held_) return held_->substr(static_cast<std::size_t>(range.begin), static_cast<std::size_t>(range.size()));
  GAVAH_TRY(skip_to(range.begin));
  std::string out;
  GAVAH_TRY(stream_->read(out, range.size()));
  offset_ += out.size();
  if (out.size() != range.size()) return fail(ErrorCode::corrupt, "a compressed stream is shorter than before");
  return out;
}

Result<std::string> RangeSource::read(ByteRange range) const {
  if (range.begin > range.end || range.end > size()) {
    return fail(ErrorCode::invalid_input, format("bytes {} to {} lie outside of {}", range.begin, range.end, size()));
  }
  return source_.read({range_.begin + range.begin, range_.begin + range.end});
}

}  // namespace gavah::capture
