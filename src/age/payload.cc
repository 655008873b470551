#include "age/payload.h"

#include "base/check.h"
#include "base/digest.h"
#include "base/format.h"

namespace gavah::age {
namespace {

constexpr std::uint64_t kSealedChunkBytes = kChunkBytes + ChaCha20Poly1305::kTagBytes;

std::unexpected<Error> cut_short() {
  return fail(ErrorCode::corrupt, "an age payload has a length that none can have");
}

}  // namespace

std::string payload_key(std::string_view file_key, std::string_view nonce) {
  return std::string(hkdf_sha256(file_key, "payload", nonce).view());
}

ChaCha20Poly1305::Nonce chunk_nonce(std::uint64_t number, ChunkPlace place) {
  ChaCha20Poly1305::Nonce out{};
  for (std::size_t i = 0; i < 8; ++i) out[10 - i] = static_cast<std::uint8_t>(number >> (8 * i));
  out[11] = place == ChunkPlace::last ? 1 : 0;
  return out;
}

Result<std::unique_ptr<ByteSource>> PayloadSource::open(std::string_view file_key,
                                                        std::unique_ptr<ByteSource> payload) {
  if (payload->size() <= kNonceBytes) return cut_short();
  const std::uint64_t sealed_bytes = payload->size() - kNonceBytes;
  const std::uint64_t chunks = (sealed_bytes + kSealedChunkBytes - 1) / kSealedChunkBytes;
  const std::uint64_t last_bytes = sealed_bytes - (chunks - 1) * kSealedChunkBytes;
  // Only an empty file ends with an empty chunk.
  if (last_bytes < ChaCha20Poly1305::kTagBytes) return cut_short();
  if (last_bytes == ChaCha20Poly1305::kTagBytes && chunks > 1) return cut_short();
  GAVAH_ASSIGN(const std::string nonce, payload->read({0, kNonceBytes}));
  const std::uint64_t size = sealed_bytes - chunks * ChaCha20Poly1305::kTagBytes;
  std::unique_ptr<PayloadSource> out(new PayloadSource(payload_key(file_key, nonce), std::move(payload), chunks, size));
  GAVAH_TRY(out->keep(chunks - 1));
  return std::unique_ptr<ByteSource>(std::move(out));
}

Result<void> PayloadSource::keep(std::uint64_t chunk) const {
  if (kept_chunk_ == chunk) return {};
  const std::uint64_t begin = kNonceBytes + chunk * kSealedChunkBytes;
  const std::uint64_t end = std::min(begin + kSealedChunkBytes, payload_->size());
  GAVAH_ASSIGN(const std::string sealed, payload_->read({begin, end}));
  const ChunkPlace place = chunk + 1 == chunks_ ? ChunkPlace::last : ChunkPlace::inner;
  GAVAH_ASSIGN_AS(kept_, cipher_.open(chunk_nonce(chunk, place), sealed), format("age chunk {}", chunk));
  kept_chunk_ = chunk;
  return {};
}

Result<std::string> PayloadSource::read(ByteRange range) const {
  if (range.begin > range.end || range.end > size_) {
    return fail(ErrorCode::invalid_input, format("bytes {} to {} lie outside of the file", range.begin, range.end));
  }
  const std::lock_guard lock(mutex_);
  std::string out;
  out.reserve(range.size());
  for (std::uint64_t at = range.begin; at < range.end;) {
    const std::uint64_t chunk = at / kChunkBytes;
    GAVAH_TRY(keep(chunk));
    const std::uint64_t offset = at % kChunkBytes;
    const std::uint64_t count = std::min<std::uint64_t>(kept_.size() - offset, range.end - at);
    out.append(kept_, offset, count);
    at += count;
  }
  return out;
}

}  // namespace gavah::age
