#include "base/utf8.h"

#include <bit>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace gavah {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

unsigned byte_at(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

bool is_continuation(std::string_view text, std::size_t at) {
  return at < text.size() && (byte_at(text, at) & 0xC0U) == 0x80U;
}

}  // namespace

CodePoint decode_multibyte(std::string_view text, std::size_t at) {
  const unsigned lead = byte_at(text, at);
  if (lead < 0xC2U || lead > 0xF4U) return {kReplacement, 1};
  const std::uint8_t size = lead < 0xE0U ? 2 : lead < 0xF0U ? 3 : 4;
  char32_t value = lead & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if (!is_continuation(text, at + i)) return {kReplacement, 1};
    value = (value << 6U) | (byte_at(text, at + i) & 0x3FU);
  }
  const bool overlong = (size == 3 && value < 0x800) || (size == 4 && value < 0x10000);
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (overlong || surrogate || value > 0x10FFFF) return {kReplacement, 1};
  return {value, size};
}

void append_multibyte(std::string& out, char32_t value) {
  const auto byte = [&](char32_t bits) { out.push_back(static_cast<char>(bits)); };
  if (value < 0x800) {
    byte(0xC0 | (value >> 6U));
    byte(0x80 | (value & 0x3F));
  } else if (value < 0x10000) {
    byte(0xE0 | (value >> 12U));
    byte(0x80 | ((value >> 6U) & 0x3F));
    byte(0x80 | (value & 0x3F));
  } else {
    byte(0xF0 | (value >> 18U));
    byte(0x80 | ((value >> 12U) & 0x3F));
    byte(0x80 | ((value >> 6U) & 0x3F));
    byte(0x80 | (value & 0x3F));
  }
}

std::size_t past_ascii(std::string_view text, std::size_t at) {
#ifdef __SSE2__
  const auto lanes_at = [&](std::size_t from) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + from));
  };
  constexpr std::size_t kLanes = 16;
  constexpr std::size_t kStep = 4 * kLanes;
  for (; at + kStep <= text.size(); at += kStep) {
    const __m128i first = _mm_or_si128(lanes_at(at), lanes_at(at + kLanes));
    const __m128i second = _mm_or_si128(lanes_at(at + 2 * kLanes), lanes_at(at + 3 * kLanes));
    if (_mm_movemask_epi8(_mm_or_si128(first, second)) != 0) break;
  }
  for (; at + kLanes <= text.size(); at += kLanes) {
    const auto high = static_cast<unsigned>(_mm_movemask_epi8(lanes_at(at)));
    if (high != 0) return at + static_cast<std::size_t>(std::countr_zero(high));
  }
#endif
  while (at < text.size() && byte_at(text, at) < 0x80U) ++at;
  return at;
}

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (byte_at(text, at) < 0x80U) {
      at = past_ascii(text, at);
      continue;
    }
    const CodePoint point = decode_utf8(text, at);
    if (point.size_bytes == 1) return false;
    at += point.size_bytes;
  }
  return true;
}

std::string_view utf8_prefix(std::string_view text, std::size_t limit_bytes) {
  if (text.size() <= limit_bytes) return text;
  std::size_t end = limit_bytes;
  while (end > 0 && (byte_at(text, end) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

}  // namespace gavah
