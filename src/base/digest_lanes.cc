#include "base/digest_lanes.h"

// The low-level calls: they let a hash begun in lanes be carried on alone.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <vector>

#if defined(__x86_64__)
#include <immintrin.h>
#define GAVAH_LANES [[gnu::target("avx512f,avx512bw")]]
#define GAVAH_LANES_INLINE [[gnu::target("avx512f,avx512bw"), gnu::always_inline]] inline
#endif

namespace gavah {
namespace {

constexpr std::size_t kBlockBytes = 64;

void hash_alone(LaneHash algorithm, HashJob& job) {
  if (algorithm == LaneHash::sha1) {
    SHA_CTX context;
    SHA1_Init(&context);
    SHA1_Update(&context, job.bytes.data(), job.bytes.size());
    SHA1_Final(job.digest.data(), &context);
  } else {
    SHA256_CTX context;
    SHA256_Init(&context);
    SHA256_Update(&context, job.bytes.data(), job.bytes.size());
    SHA256_Final(job.digest.data(), &context);
  }
}

#if defined(__x86_64__)

constexpr std::size_t kLanes = 16;
using Lanes = __m512i;  // one 32-bit word of each of 16 messages
using Pointers = std::array<const char*, kLanes>;

/// The next block of each message as 16 big-endian words: rows of bytes turned into columns of words.
GAVAH_LANES_INLINE void load_blocks(const Pointers& from, Lanes* words) {
  const Lanes swap = _mm512_broadcast_i32x4(_mm_set_epi8(12, 13, 14, 15, 8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2, 3));
  Lanes rows[kLanes];
  Lanes mixed[kLanes];
  for (std::size_t i = 0; i < kLanes; ++i) rows[i] = _mm512_shuffle_epi8(_mm512_loadu_si512(from[i]), swap);
  for (std::size_t i = 0; i < kLanes; i += 2) {
    mixed[i] = _mm512_unpacklo_epi32(rows[i], rows[i + 1]);
    mixed[i + 1] = _mm512_unpackhi_epi32(rows[i], rows[i + 1]);
  }
  for (std::size_t i = 0; i < kLanes; i += 4) {
    rows[i] = _mm512_unpacklo_epi64(mixed[i], mixed[i + 2]);
    rows[i + 1] = _mm512_unpackhi_epi64(mixed[i], mixed[i + 2]);
    rows[i + 2] = _mm512_unpacklo_epi64(mixed[i + 1], mixed[i + 3]);
    rows[i + 3] = _mm512_unpackhi_epi64(mixed[i + 1], mixed[i + 3]);
  }
  for (std::size_t i = 0; i < 4; ++i) {
    const Lanes a = _mm512_shuffle_i32x4(rows[i], rows[4 + i], 0x88);
    const Lanes b = _mm512_shuffle_i32x4(rows[i], rows[4 + i], 0xdd);
    const Lanes c = _mm512_shuffle_i32x4(rows[8 + i], rows[12 + i], 0x88);
    const Lanes d = _mm512_shuffle_i32x4(rows[8 + i], rows[12 + i], 0xdd);
    words[i] = _mm512_shuffle_i32x4(a, c, 0x88);
    words[4 + i] = _mm512_shuffle_i32x4(b, d, 0x88);
    words[8 + i] = _mm512_shuffle_i32x4(a, c, 0xdd);
    words[12 + i] = _mm512_shuffle_i32x4(b, d, 0xdd);
  }
}

GAVAH_LANES_INLINE Lanes sum(Lanes a, Lanes b) { return _mm512_add_epi32(a, b); }
GAVAH_LANES_INLINE Lanes sum(Lanes a, Lanes b, Lanes c) { return sum(sum(a, b), c); }
GAVAH_LANES_INLINE Lanes every(std::uint32_t word) { return _mm512_set1_epi32(static_cast<int>(word)); }
GAVAH_LANES_INLINE Lanes parity(Lanes a, Lanes b, Lanes c) { return _mm512_ternarylogic_epi32(a, b, c, 0x96); }
GAVAH_LANES_INLINE Lanes choose(Lanes a, Lanes b, Lanes c) { return _mm512_ternarylogic_epi32(a, b, c, 0xca); }
GAVAH_LANES_INLINE Lanes majority(Lanes a, Lanes b, Lanes c) { return _mm512_ternarylogic_epi32(a, b, c, 0xe8); }

/// FIPS 180-4, 6.1.2, from round `t` on.
template <std::size_t t>
GAVAH_LANES_INLINE void sha1_rounds(Lanes a, Lanes b, Lanes c, Lanes d, Lanes e, Lanes* w, Lanes* out) {
  if constexpr (t == 80) {
    const Lanes last[5] = {a, b, c, d, e};
    for (std::size_t i = 0; i < 5; ++i) out[i] = sum(out[i], last[i]);
  } else {
    constexpr std::uint32_t kConstants[4] = {0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6};
    if constexpr (t >= 16) {
      const Lanes mixed = _mm512_xor_si512(parity(w[(t - 3) % 16], w[(t - 8) % 16], w[(t - 14) % 16]), w[t % 16]);
      w[t % 16] = _mm512_rol_epi32(mixed, 1);
    }
    Lanes f;
    if constexpr (t < 20) {
      f = choose(b, c, d);
    } else if constexpr (t >= 40 && t < 60) {
      f = majority(b, c, d);
    } else {
      f = parity(b, c, d);
    }
    const Lanes next = sum(sum(_mm512_rol_epi32(a, 5), f), sum(e, every(kConstants[t / 20]), w[t % 16]));
    sha1_rounds<t + 1>(next, a, _mm512_rol_epi32(b, 30), c, d, w, out);
  }
}

constexpr std::uint32_t kSha256[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

template <int r1, int r2, int r3>
GAVAH_LANES_INLINE Lanes big_sigma(Lanes x) {
  return parity(_mm512_ror_epi32(x, r1), _mm512_ror_epi32(x, r2), _mm512_ror_epi32(x, r3));
}
template <int r1, int r2, int shift>
GAVAH_LANES_INLINE Lanes small_sigma(Lanes x) {
  return parity(_mm512_ror_epi32(x, r1), _mm512_ror_epi32(x, r2), _mm512_srli_epi32(x, shift));
}

/// FIPS 180-4, 6.2.2, from round `t` on. `s` are the eight working variables, turned by one place a round.
template <std::size_t t>
GAVAH_LANES_INLINE void sha256_rounds(Lanes* s, Lanes* w) {
  if constexpr (t < 64) {
    if constexpr (t >= 16) {
      w[t % 16] = sum(sum(w[t % 16], small_sigma<7, 18, 3>(w[(t - 15) % 16])), w[(t - 7) % 16],
                      small_sigma<17, 19, 10>(w[(t - 2) % 16]));
    }
    const Lanes a = s[(64 - t) % 8];
    const Lanes e = s[(68 - t) % 8];
    const Lanes first = sum(sum(s[(71 - t) % 8], big_sigma<6, 11, 25>(e)), choose(e, s[(69 - t) % 8], s[(70 - t) % 8]),
                            sum(every(kSha256[t]), w[t % 16]));
    const Lanes second = sum(big_sigma<2, 13, 22>(a), majority(a, s[(65 - t) % 8], s[(66 - t) % 8]));
    s[(67 - t) % 8] = sum(s[(67 - t) % 8], first);
    s[(71 - t) % 8] = sum(first, second);
    sha256_rounds<t + 1>(s, w);
  }
}

struct Sha1Lanes {
  static constexpr std::size_t kWords = 5;
  static constexpr std::size_t kFewLanes = 5;  // below so many the SHA instructions are faster, one after another
  static constexpr std::array<std::uint32_t, kWords> kStart{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};

  GAVAH_LANES static void blocks(Lanes* state, Pointers from, std::uint64_t count) {
    Lanes words[16];
    for (; count > 0; --count) {
      load_blocks(from, words);
      for (const char*& at : from) at += kBlockBytes;
      sha1_rounds<0>(state[0], state[1], state[2], state[3], state[4], words, state);
    }
  }

  static void carry_on(const std::uint32_t* state, HashJob& job, std::uint64_t done_bytes) {
    SHA_CTX context;
    SHA1_Init(&context);
    context.h0 = state[0];
    context.h1 = state[1];
    context.h2 = state[2];
    context.h3 = state[3];
    context.h4 = state[4];
    context.Nl = static_cast<SHA_LONG>(done_bytes << 3U);
    context.Nh = static_cast<SHA_LONG>(done_bytes >> 29U);
    SHA1_Update(&context, job.bytes.data() + done_bytes, job.bytes.size() - done_bytes);
    SHA1_Final(job.digest.data(), &context);
  }
};

struct Sha256Lanes {
  static constexpr std::size_t kWords = 8;
  static constexpr std::size_t kFewLanes = 9;
  static constexpr std::array<std::uint32_t, kWords> kStart{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                                            0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

  GAVAH_LANES static void blocks(Lanes* state, Pointers from, std::uint64_t count) {
    Lanes words[16];
    for (; count > 0; --count) {
      load_blocks(from, words);
      for (const char*& at : from) at += kBlockBytes;
      Lanes s[kWords];
      for (std::size_t i = 0; i < kWords; ++i) s[i] = state[i];
      sha256_rounds<0>(s, words);
      for (std::size_t i = 0; i < kWords; ++i) state[i] = sum(state[i], s[i]);
    }
  }

  static void carry_on(const std::uint32_t* state, HashJob& job, std::uint64_t done_bytes) {
    SHA256_CTX context;
    SHA256_Init(&context);
    for (std::size_t i = 0; i < kWords; ++i) context.h[i] = state[i];
    context.Nl = static_cast<SHA_LONG>(done_bytes << 3U);
    context.Nh = static_cast<SHA_LONG>(done_bytes >> 29U);
    SHA256_Update(&context, job.bytes.data() + done_bytes, job.bytes.size() - done_bytes);
    SHA256_Final(job.digest.data(), &context);
  }
};

/// Keeps sixteen messages in the lanes: one that is done makes room for the next.
template <class Kernel>
class LaneRunner {
 public:
  explicit LaneRunner(std::span<HashJob> jobs) {
    for (HashJob& job : jobs) waiting_.push_back(&job);
    // The longest first, so that no long one is left to run alone.
    std::ranges::sort(waiting_, {}, [](const HashJob* job) { return job->bytes.size(); });
  }

  void run() {
    while (refill() >= Kernel::kFewLanes) step();
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      if (jobs_[lane] != nullptr) finish(lane);
    }
  }

 private:
  /// Fills empty lanes; gives how many run.
  std::size_t refill() {
    std::size_t running = 0;
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      if (jobs_[lane] == nullptr && !waiting_.empty()) {
        jobs_[lane] = waiting_.back();
        waiting_.pop_back();
        done_[lane] = 0;
        for (std::size_t i = 0; i < Kernel::kWords; ++i) words_[i][lane] = Kernel::kStart[i];
      }
      if (jobs_[lane] != nullptr) ++running;
    }
    return running;
  }

  std::uint64_t blocks_left(std::size_t lane) const { return (jobs_[lane]->bytes.size() - done_[lane]) / kBlockBytes; }

  /// As many blocks of all as the shortest has; then those that have no whole block left are finished.
  GAVAH_LANES void step() {
    std::uint64_t count = UINT64_MAX;
    Pointers from{};
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      if (jobs_[lane] == nullptr) continue;
      count = std::min(count, blocks_left(lane));
      from[lane] = jobs_[lane]->bytes.data() + done_[lane];
    }
    // An empty lane repeats another one's work.
    const char* const some = *std::ranges::find_if(from, [](const char* at) { return at != nullptr; });
    std::ranges::replace(from, static_cast<const char*>(nullptr), some);
    if (count > 0) {
      Lanes state[Kernel::kWords];
      for (std::size_t i = 0; i < Kernel::kWords; ++i) state[i] = _mm512_loadu_si512(words_[i].data());
      Kernel::blocks(state, from, count);
      for (std::size_t i = 0; i < Kernel::kWords; ++i) _mm512_storeu_si512(words_[i].data(), state[i]);
    }
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      if (jobs_[lane] == nullptr) continue;
      done_[lane] += count * kBlockBytes;
      if (blocks_left(lane) == 0) finish(lane);
    }
  }

  void finish(std::size_t lane) {
    std::array<std::uint32_t, Kernel::kWords> state{};
    for (std::size_t i = 0; i < Kernel::kWords; ++i) state[i] = words_[i][lane];
    Kernel::carry_on(state.data(), *jobs_[lane], done_[lane]);
    jobs_[lane] = nullptr;
  }

  std::vector<HashJob*> waiting_;  // the longest last
  std::array<HashJob*, kLanes> jobs_{};
  std::array<std::uint64_t, kLanes> done_{};  // bytes, whole blocks
  std::array<std::array<std::uint32_t, kLanes>, Kernel::kWords> words_{};
};

#endif

}  // namespace

bool hashes_in_lanes() {
#if defined(__x86_64__)
  static const bool has_lanes = __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0;
  return has_lanes;
#else
  return false;
#endif
}

void hash_many(LaneHash algorithm, std::span<HashJob> jobs) {
#if defined(__x86_64__)
  if (hashes_in_lanes()) {
    if (algorithm == LaneHash::sha1) {
      LaneRunner<Sha1Lanes>(jobs).run();
    } else {
      LaneRunner<Sha256Lanes>(jobs).run();
    }
    return;
  }
#endif
  for (HashJob& job : jobs) hash_alone(algorithm, job);
}

}  // namespace gavah
