#include <zstd.h>

#include <memory>

#include "capture/content_coding.h"

namespace gavah::capture {
namespace {

struct Free {
  void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
};
constexpr std::size_t kStepBytes = 128 * 1024;
constexpr int kMaxWindowLog = 27;  // 128 MiB; RFC 8878 asks decoders for 8 MiB, browsers take 2^23 to 2^27

}  // namespace

Decoded decode_zstd(std::string_view coded, std::uint64_t max_bytes) {
  Decoded out;
  const std::unique_ptr<ZSTD_DStream, Free> stream(ZSTD_createDStream());
  if (stream == nullptr) return {{}, Decoded::End::broken};
  ZSTD_DCtx_setParameter(stream.get(), ZSTD_d_windowLogMax, kMaxWindowLog);
  ZSTD_inBuffer in{coded.data(), coded.size(), 0};
  std::size_t wanted = 1;
  bool output_was_full = true;
  while (in.pos < in.size || output_was_full) {
    const std::size_t size = out.bytes.size();
    out.bytes.resize(size + kStepBytes);
    ZSTD_outBuffer to{out.bytes.data() + size, kStepBytes, 0};
    wanted = ZSTD_decompressStream(stream.get(), &to, &in);
    const bool damaged = ZSTD_isError(wanted) != 0;
    out.bytes.resize(size + (damaged ? 0 : to.pos));
    if (out.bytes.size() > max_bytes) return {{}, Decoded::End::too_large};
    if (damaged) break;
    output_was_full = to.pos == kStepBytes;
    if (wanted == 0 && !output_was_full && in.pos == in.size) return out;
  }
  out.end = wanted == 0 ? Decoded::End::whole : Decoded::End::broken;
  return out;
}

}  // namespace gavah::capture
