#include "capture/inflate_stream.h"

#include <zlib.h>

#include <algorithm>

namespace gavah::capture {
namespace {

constexpr std::uint64_t kInputStepBytes = 256 * 1024;
constexpr std::uint64_t kOutputStepBytes = 256 * 1024;

int window_bits(Deflated kind, std::string_view begin) {
  if (kind == Deflated::gzip) return 15 + 16;
  return kind == Deflated::zlib_or_raw && has_zlib_header(begin) ? 15 : -15;
}

}  // namespace

struct InflateStream::State {
  const ByteSource& source;
  ByteRange left;  // not yet read from the source
  Deflated kind;
  std::uint64_t begin = 0;
  std::string input;
  z_stream stream{};
  bool started = false;
  End end = End::not_yet;

  State(const ByteSource& s, ByteRange range, Deflated k) : source(s), left(range), kind(k), begin(range.begin) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (started) inflateEnd(&stream);
  }

  Result<void> refill() {
    const std::uint64_t count = std::min(kInputStepBytes, left.size());
    GAVAH_ASSIGN(input, source.read({left.begin, left.begin + count}));
    left.begin += count;
    stream.next_in = reinterpret_cast<Bytef*>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    if (started) return {};
    const int status = inflateInit2(&stream, window_bits(kind, input));
    if (status != Z_OK) return fail(ErrorCode::unavailable, "out of memory for inflating");
    started = true;
    return {};
  }

  /// Inflates into `room` bytes at `out`; gives how many came.
  Result<std::size_t> step(char* out, std::size_t room) {
    if (!started || (stream.avail_in == 0 && left.size() > 0)) GAVAH_TRY(refill());
    stream.next_out = reinterpret_cast<Bytef*>(out);
    stream.avail_out = static_cast<uInt>(room);
    const int status = inflate(&stream, Z_NO_FLUSH);
    if (status == Z_MEM_ERROR) return fail(ErrorCode::unavailable, "out of memory for inflating");
    // Without input there may still be output that the stream holds back; when there is none, it was cut.
    if (status == Z_BUF_ERROR && left.size() == 0) end = End::cut;
    if (status == Z_STREAM_END) end = End::whole;
    if (status == Z_DATA_ERROR || status == Z_NEED_DICT || status == Z_STREAM_ERROR) end = End::damaged;
    return room - stream.avail_out;
  }
};

InflateStream::InflateStream(const ByteSource& source, ByteRange range, Deflated kind)
    : state_(std::make_unique<State>(source, range, kind)) {}
InflateStream::~InflateStream() = default;
InflateStream::InflateStream(InflateStream&&) noexcept = default;
InflateStream& InflateStream::operator=(InflateStream&&) noexcept = default;

Result<void> InflateStream::read(std::string& out, std::uint64_t count) {
  while (count > 0 && state_->end == End::not_yet) {
    const auto room = static_cast<std::size_t>(std::min(count, kOutputStepBytes));
    const std::size_t size = out.size();
    out.resize(size + room);
    auto given = state_->step(out.data() + size, room);
    out.resize(size + (given ? *given : 0));
    if (!given) return fail_with(std::move(given), {});
    count -= *given;
  }
  return {};
}

InflateStream::End InflateStream::end() const { return state_->end; }

std::uint64_t InflateStream::compressed_bytes() const {
  return state_->left.begin - state_->begin - (state_->started ? state_->stream.avail_in : 0);
}

}  // namespace gavah::capture
