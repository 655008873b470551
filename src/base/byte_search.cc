#include "base/byte_search.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace gavah {
namespace {

#ifdef __SSE2__
constexpr std::size_t kLanes = 16;

__m128i lanes_at(const char* at) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(at)); }
unsigned bits_of(__m128i lanes) { return static_cast<unsigned>(_mm_movemask_epi8(lanes)); }
#endif

/// Continuation bytes are -128 to -65 as signed bytes.
bool starts_character(char c) { return static_cast<signed char>(c) > -65; }

}  // namespace

std::size_t find_bytes(std::string_view text, std::string_view wanted, std::size_t from) {
  if (wanted.size() < 2 || from >= text.size() || text.size() - from < wanted.size()) return text.find(wanted, from);
  const std::size_t last = wanted.size() - 1;
  std::size_t at = from;
#ifdef __SSE2__
  const __m128i first_byte = _mm_set1_epi8(wanted.front());
  const __m128i last_byte = _mm_set1_epi8(wanted.back());
  for (; at + last + kLanes <= text.size(); at += kLanes) {
    const __m128i fits = _mm_and_si128(_mm_cmpeq_epi8(lanes_at(text.data() + at), first_byte),
                                       _mm_cmpeq_epi8(lanes_at(text.data() + at + last), last_byte));
    for (unsigned bits = bits_of(fits); bits != 0; bits &= bits - 1) {
      const std::size_t met = at + static_cast<std::size_t>(std::countr_zero(bits));
      if (std::memcmp(text.data() + met, wanted.data(), last) == 0) return met;
    }
  }
#endif
  return text.find(wanted, at);
}

namespace {

#ifdef __SSE2__
/// Lanes that are all ones, each counted once; at most 255 times between two takings.
class LaneCount {
 public:
  void add(__m128i ones) { lanes_ = _mm_sub_epi8(lanes_, ones); }
  std::size_t take() {
    const __m128i sums = _mm_sad_epu8(std::exchange(lanes_, _mm_setzero_si128()), _mm_setzero_si128());
    return static_cast<std::size_t>(_mm_cvtsi128_si64(sums) + _mm_cvtsi128_si64(_mm_unpackhi_epi64(sums, sums)));
  }

 private:
  __m128i lanes_ = _mm_setzero_si128();
};

/// Counts by `ones_of(lanes)`; `at` moves behind what was counted.
template <class OnesOf>
std::size_t count_lanes(std::string_view text, std::size_t& at, OnesOf ones_of) {
  constexpr std::size_t kRound = 255 * kLanes;
  std::size_t count = 0;
  while (at + kLanes <= text.size()) {
    LaneCount lanes;
    const std::size_t past = std::min(at + kRound, text.size());
    for (; at + kLanes <= past; at += kLanes) lanes.add(ones_of(lanes_at(text.data() + at)));
    count += lanes.take();
  }
  return count;
}
#endif

}  // namespace

std::size_t count_characters(std::string_view text) {
  std::size_t at = 0;
  std::size_t count = 0;
#ifdef __SSE2__
  const __m128i last_continuation = _mm_set1_epi8(-65);
  count = count_lanes(text, at, [&](__m128i bytes) { return _mm_cmpgt_epi8(bytes, last_continuation); });
#endif
  for (; at < text.size(); ++at) count += starts_character(text[at]) ? 1U : 0U;
  return count;
}

std::size_t count_ascii_letters(std::string_view text) {
  std::size_t at = 0;
  std::size_t count = 0;
#ifdef __SSE2__
  const __m128i small = _mm_set1_epi8(0x20);
  count = count_lanes(text, at, [&](__m128i bytes) {
    const __m128i letters = _mm_or_si128(bytes, small);
    return _mm_and_si128(_mm_cmpgt_epi8(letters, _mm_set1_epi8('a' - 1)),
                         _mm_cmplt_epi8(letters, _mm_set1_epi8('z' + 1)));
  });
#endif
  for (; at < text.size(); ++at) {
    const auto letter = static_cast<unsigned char>(static_cast<unsigned char>(text[at]) | 0x20U);
    count += letter >= 'a' && letter <= 'z' ? 1U : 0U;
  }
  return count;
}

std::size_t count_visible_characters(std::string_view text) {
  std::size_t at = 0;
  std::size_t count = 0;
#ifdef __SSE2__
  const __m128i last_continuation = _mm_set1_epi8(-65);
  const __m128i space = _mm_set1_epi8(' ');
  count = count_lanes(text, at, [&](__m128i bytes) {
    const __m128i is_high_start =
        _mm_and_si128(_mm_cmpgt_epi8(bytes, last_continuation), _mm_cmpgt_epi8(_mm_setzero_si128(), bytes));
    return _mm_or_si128(is_high_start, _mm_cmpgt_epi8(bytes, space));
  });
#endif
  for (; at < text.size(); ++at)
    count += starts_character(text[at]) && static_cast<unsigned char>(text[at]) > ' ' ? 1U : 0U;
  return count;
}

}  // namespace gavah
