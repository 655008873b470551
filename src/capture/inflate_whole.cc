#include "capture/inflate_whole.h"

#include <libdeflate.h>

#include <algorithm>
#include <memory>

namespace gavah::capture {
namespace {

constexpr std::uint64_t kFirstGuessBytes = 256 * 1024;

struct FreeDecompressor {
  void operator()(libdeflate_decompressor* decompressor) const { libdeflate_free_decompressor(decompressor); }
};

libdeflate_decompressor* decompressor_of_thread() {
  thread_local const std::unique_ptr<libdeflate_decompressor, FreeDecompressor> decompressor(
      libdeflate_alloc_decompressor());
  return decompressor.get();
}

libdeflate_result inflate_once(std::string_view in, Deflated kind, std::string& out, std::size_t& in_taken,
                               std::size_t& out_given) {
  libdeflate_decompressor* decompressor = decompressor_of_thread();
  if (kind == Deflated::gzip) {
    return libdeflate_gzip_decompress_ex(decompressor, in.data(), in.size(), out.data(), out.size(), &in_taken,
                                         &out_given);
  }
  if (kind == Deflated::zlib_or_raw && has_zlib_header(in)) {
    return libdeflate_zlib_decompress_ex(decompressor, in.data(), in.size(), out.data(), out.size(), &in_taken,
                                         &out_given);
  }
  return libdeflate_deflate_decompress_ex(decompressor, in.data(), in.size(), out.data(), out.size(), &in_taken,
                                          &out_given);
}

}  // namespace

std::optional<Inflated> inflate_whole(std::string_view compressed, Deflated kind, std::uint64_t max_bytes) {
  if (decompressor_of_thread() == nullptr) return std::nullopt;
  Inflated out;
  std::uint64_t room = std::min(max_bytes, kFirstGuessBytes);
  for (;;) {
    out.bytes.resize(static_cast<std::size_t>(room));
    std::size_t taken = 0;
    std::size_t given = 0;
    const auto result = inflate_once(compressed, kind, out.bytes, taken, given);
    if (result == LIBDEFLATE_SUCCESS) {
      out.bytes.resize(given);
      out.compressed_bytes = taken;
      return out;
    }
    if (result != LIBDEFLATE_INSUFFICIENT_SPACE || room == max_bytes) return std::nullopt;
    room = std::min(max_bytes, room * 4);
  }
}

std::uint32_t crc32_of(std::uint32_t crc, std::string_view bytes) {
  return libdeflate_crc32(crc, bytes.data(), bytes.size());
}

}  // namespace gavah::capture
