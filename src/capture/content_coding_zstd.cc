#include <zstd.h>

#include <memory>

#include "capture/content_coding.h"
#include "capture/zstd_frame.h"

namespace gavah::capture {
namespace {

struct Free {
  void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
};
constexpr std::size_t kStepBytes = 128 * 1024;
constexpr int kMaxWindowLog = 27;  // 128 MiB; RFC 8878 asks decoders for 8 MiB, browsers take 2^23 to 2^27

}  // namespace

struct ZstdDictionary::State {
  explicit State(ZSTD_DDict* made) : dictionary(made) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { ZSTD_freeDDict(dictionary); }
  ZSTD_DDict* dictionary;
};

std::optional<ZstdDictionary> ZstdDictionary::of(std::string_view bytes) {
  constexpr std::string_view kFrame = "\x28\xb5\x2f\xfd";
  constexpr std::string_view kDictionary = "\x37\xa4\x30\xec";
  Decoded unpacked;
  if (bytes.starts_with(kFrame)) {
    unpacked = decode_zstd(bytes, kMaxBytes);
    if (unpacked.end != Decoded::End::whole) return std::nullopt;
    bytes = unpacked.bytes;
  }
  if (!bytes.starts_with(kDictionary) || bytes.size() > kMaxBytes) return std::nullopt;
  ZSTD_DDict* const made = ZSTD_createDDict(bytes.data(), bytes.size());
  if (made == nullptr) return std::nullopt;
  ZstdDictionary out;
  out.state_ = std::make_shared<const State>(made);
  return out;
}

Decoded decode_zstd_with(const ZstdDictionary* dictionary, std::string_view coded, std::uint64_t max_bytes) {
  Decoded out;
  const std::unique_ptr<ZSTD_DStream, Free> stream(ZSTD_createDStream());
  if (stream == nullptr) return {{}, Decoded::End::broken};
  ZSTD_DCtx_setParameter(stream.get(), ZSTD_d_windowLogMax, kMaxWindowLog);
  if (dictionary != nullptr) ZSTD_DCtx_refDDict(stream.get(), dictionary->state().dictionary);
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

Decoded decode_zstd(std::string_view coded, std::uint64_t max_bytes) {
  return decode_zstd_with(nullptr, coded, max_bytes);
}

std::string zstd_begin(const ZstdDictionary* dictionary, std::string_view coded) {
  std::string out(16, '\0');
  const std::unique_ptr<ZSTD_DStream, Free> stream(ZSTD_createDStream());
  if (stream == nullptr) return {};
  ZSTD_DCtx_setParameter(stream.get(), ZSTD_d_windowLogMax, kMaxWindowLog);
  if (dictionary != nullptr) ZSTD_DCtx_refDDict(stream.get(), dictionary->state().dictionary);
  ZSTD_inBuffer in{coded.data(), coded.size(), 0};
  ZSTD_outBuffer to{out.data(), out.size(), 0};
  while (to.pos < to.size && in.pos < in.size) {
    if (ZSTD_isError(ZSTD_decompressStream(stream.get(), &to, &in)) != 0) break;
  }
  out.resize(to.pos);
  return out;
}

std::optional<std::size_t> zstd_frame_bytes(std::string_view coded) {
  const std::size_t size = ZSTD_findFrameCompressedSize(coded.data(), coded.size());
  if (ZSTD_isError(size) != 0) return std::nullopt;
  return size;
}

}  // namespace gavah::capture
