#include "capture/inflate_whole.h"

#include <libdeflate.h>

#include <algorithm>
#include <array>
#include <memory>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

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

#if defined(__x86_64__)

constexpr std::size_t kFoldBytes = 256;  // four registers of 64

/// x^n modulo the polynomial of CRC-32, its bits reflected, one place up: what carry-less products of reflected numbers
/// want (Gopal et al., Fast CRC Computation for Generic Polynomials, Intel 2009).
constexpr std::uint64_t power(unsigned n) {
  std::uint32_t value = 0x80000000U;
  for (; n > 0; --n) value = value >> 1U ^ ((value & 1U) != 0 ? 0xEDB88320U : 0U);
  return std::uint64_t{value} << 1U;
}
static_assert(power(4 * 128 + 32) == 0x154442bd4);  // as that paper prints it

bool can_fold() {
  static const bool can = __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("vpclmulqdq") != 0;
  return can;
}

/// Folds whole runs of kFoldBytes into the last: the CRC of what is left is that of them all. `bytes` has one at least.
[[gnu::target("avx512f,avx512vl,vpclmulqdq")]] std::array<char, kFoldBytes> fold(std::uint32_t crc,
                                                                                 std::string_view bytes) {
  const auto by = [](unsigned n) { return static_cast<long long>(power(n)); };
  const long long low = by(8 * kFoldBytes + 32);
  const long long high = by(8 * kFoldBytes - 32);
  const __m512i factors = _mm512_set_epi64(high, low, high, low, high, low, high, low);
  __m512i sums[4];
  for (std::size_t i = 0; i < 4; ++i) sums[i] = _mm512_loadu_si512(bytes.data() + 64 * i);
  sums[0] = _mm512_xor_si512(sums[0], _mm512_zextsi128_si512(_mm_cvtsi32_si128(static_cast<int>(~crc))));
  for (std::size_t at = kFoldBytes; at < bytes.size(); at += kFoldBytes) {
    for (std::size_t i = 0; i < 4; ++i) {
      const __m512i next = _mm512_loadu_si512(bytes.data() + at + 64 * i);
      sums[i] = _mm512_ternarylogic_epi64(_mm512_clmulepi64_epi128(sums[i], factors, 0x00),
                                          _mm512_clmulepi64_epi128(sums[i], factors, 0x11), next, 0x96);
    }
  }
  std::array<char, kFoldBytes> out;
  for (std::size_t i = 0; i < 4; ++i) _mm512_storeu_si512(out.data() + 64 * i, sums[i]);
  return out;
}

#endif

std::uint32_t little_endian(std::string_view four) {
  std::uint32_t out = 0;
  for (std::size_t i = 4; i > 0; --i) out = out << 8U | static_cast<unsigned char>(four[i - 1]);
  return out;
}

/// The size of a gzip member's header (RFC 1952, 2.3); nothing when it is none or cut.
std::optional<std::size_t> gzip_header_bytes(std::string_view in) {
  constexpr std::size_t kFixedBytes = 10;
  if (in.size() < kFixedBytes || !in.starts_with("\x1f\x8b\x08")) return std::nullopt;
  const auto flags = static_cast<unsigned char>(in[3]);
  if ((flags & 0xE0U) != 0) return std::nullopt;  // reserved
  std::size_t at = kFixedBytes;
  if ((flags & 4U) != 0) {  // extra field
    if (in.size() < at + 2) return std::nullopt;
    at += 2 + static_cast<unsigned char>(in[at]) + 256U * static_cast<unsigned char>(in[at + 1]);
  }
  for (const unsigned text : {8U, 16U}) {  // name and comment, each ended by a zero
    if ((flags & text) == 0) continue;
    if (at >= in.size()) return std::nullopt;
    const std::size_t end = in.find('\0', at);
    if (end == std::string_view::npos) return std::nullopt;
    at = end + 1;
  }
  if ((flags & 2U) != 0) at += 2;  // checksum of the header
  return at <= in.size() ? std::optional(at) : std::nullopt;
}

/// Not libdeflate's gzip: its checksum costs a sixth of the whole, ours a twentieth.
libdeflate_result inflate_gzip(std::string_view in, std::span<char> out, std::size_t& in_taken,
                               std::size_t& out_given) {
  constexpr std::size_t kTrailerBytes = 8;
  const auto header = gzip_header_bytes(in);
  if (!header) return LIBDEFLATE_BAD_DATA;
  const std::string_view data = in.substr(*header);
  const auto result = libdeflate_deflate_decompress_ex(decompressor_of_thread(), data.data(), data.size(), out.data(),
                                                       out.size(), &in_taken, &out_given);
  if (result != LIBDEFLATE_SUCCESS) return result;
  const std::string_view trailer = data.substr(in_taken);
  if (trailer.size() < kTrailerBytes) return LIBDEFLATE_BAD_DATA;
  const bool is_same = little_endian(trailer) == crc32_of(0, {out.data(), out_given}) &&
                       little_endian(trailer.substr(4)) == (out_given & 0xFFFFFFFFU);
  in_taken += *header + kTrailerBytes;
  return is_same ? LIBDEFLATE_SUCCESS : LIBDEFLATE_BAD_DATA;
}

libdeflate_result inflate_once(std::string_view in, Deflated kind, std::span<char> out, std::size_t& in_taken,
                               std::size_t& out_given) {
  libdeflate_decompressor* decompressor = decompressor_of_thread();
  if (kind == Deflated::gzip) return inflate_gzip(in, out, in_taken, out_given);
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

std::optional<InflatedInto> inflate_whole_into(std::string_view compressed, Deflated kind, std::span<char> room) {
  if (decompressor_of_thread() == nullptr) return std::nullopt;
  std::size_t taken = 0;
  std::size_t given = 0;
  if (inflate_once(compressed, kind, room, taken, given) != LIBDEFLATE_SUCCESS) return std::nullopt;
  return InflatedInto{taken, given};
}

std::uint32_t crc32_of(std::uint32_t crc, std::string_view bytes) {
#if defined(__x86_64__)
  constexpr std::size_t kLeastBytes = 4 * kFoldBytes;  // below, what folding leaves to do costs as much as all
  if (bytes.size() >= kLeastBytes && can_fold()) {
    const std::size_t whole = bytes.size() / kFoldBytes * kFoldBytes;
    const auto folded = fold(crc, bytes.substr(0, whole));
    constexpr std::uint32_t kNothingBefore = 0xFFFFFFFF;  // the register, inverted at both ends, is zero
    crc = libdeflate_crc32(kNothingBefore, folded.data(), folded.size());
    bytes.remove_prefix(whole);
  }
#endif
  return libdeflate_crc32(crc, bytes.data(), bytes.size());
}

}  // namespace gavah::capture
