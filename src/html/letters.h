#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace gavah::html {

/// What a byte means inside of a tag; bits, so that a run of bytes can be judged by their union.
enum Letter : std::uint8_t {
  kSpace = 1,     ///< tab, line feed, form feed, carriage return, space
  kEndsName = 2,  ///< of a tag: white space, '/', '>'
  kEndsAttributeName = 4,
  kUpper = 8,
  kNull = 16,
  kEndsValue = 32,  ///< without quotes: white space, '>'
};

inline constexpr std::array<std::uint8_t, 256> kLetters = [] {
  std::array<std::uint8_t, 256> out{};
  for (const char c : {'\t', '\n', '\f', '\r', ' '})
    out[static_cast<unsigned char>(c)] = kSpace | kEndsName | kEndsAttributeName | kEndsValue;
  out['/'] = kEndsName | kEndsAttributeName;
  out['>'] = kEndsName | kEndsAttributeName | kEndsValue;
  out['='] = kEndsAttributeName;
  for (unsigned c = 'A'; c <= 'Z'; ++c) out[c] = kUpper;
  out[0] = kNull;
  return out;
}();

constexpr std::uint8_t letter(char c) { return kLetters[static_cast<unsigned char>(c)]; }
constexpr bool is_space(char c) { return (letter(c) & kSpace) != 0; }
constexpr char lower(char c) { return (letter(c) & kUpper) != 0 ? static_cast<char>(c + ('a' - 'A')) : c; }
constexpr bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_alnum(char c) { return is_alpha(c) || is_digit(c); }

/// Where a name ends that goes on at `at`: at the first byte that has `kEnds`, or `end`. What the bytes before it are
/// is added to `letters`, as far as that is kUpper or kNull.
template <std::uint8_t kEnds>
const char* past_name(const char* at, const char* end, unsigned& letters) {
#ifdef __SSE2__
  if (end - at >= 16) {
    // All of a short name at once; a control character that ends none is left to the loop.
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const __m128i space = _mm_set1_epi8(' ');
    __m128i ends = _mm_cmpeq_epi8(_mm_min_epu8(bytes, space), bytes);
    ends = _mm_or_si128(ends, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('/')));
    ends = _mm_or_si128(ends, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('>')));
    if constexpr (kEnds == kEndsAttributeName) ends = _mm_or_si128(ends, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('=')));
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(ends));
    if (mask != 0 && (letter(at[__builtin_ctz(mask)]) & kEnds) != 0) {
      const __m128i uppers =
          _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8('A' - 1)), _mm_cmplt_epi8(bytes, _mm_set1_epi8('Z' + 1)));
      const unsigned before = (mask & (0U - mask)) - 1U;  // the bits below its lowest
      if ((static_cast<unsigned>(_mm_movemask_epi8(uppers)) & before) != 0) letters |= kUpper;
      return at + __builtin_ctz(mask);
    }
  }
#endif
  for (; at < end && (letter(*at) & kEnds) == 0; ++at) letters |= static_cast<unsigned>(letter(*at) & (kUpper | kNull));
  return at;
}

/// Equal but for the case of ASCII letters; `small` is in lower case.
constexpr bool is_same_word(std::string_view text, std::string_view small) {
  if (text.size() != small.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (lower(text[i]) != small[i]) return false;
  }
  return true;
}

/// U+FFFD in UTF-8, which stands for bytes that cannot be text.
inline constexpr char kReplacement[] = "\xEF\xBF\xBD";

}  // namespace gavah::html
