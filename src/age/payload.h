#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "age/age.h"
#include "base/aead.h"
#include "base/byte_source.h"

namespace gavah::age {

/// HKDF-SHA256(file key, salt = nonce, "payload").
std::string payload_key(std::string_view file_key, std::string_view nonce);

enum class ChunkPlace { inner, last };
/// The nonce of chunk `number`: 11 bytes of big-endian counter, then 1 for the last chunk.
ChaCha20Poly1305::Nonce chunk_nonce(std::uint64_t number, ChunkPlace place);

/// A payload's plaintext. Keeps the chunk it decrypted last. Any thread.
class PayloadSource final : public ByteSource {
 public:
  /// corrupt when the length fits no payload or the last chunk does not decrypt as such.
  static Result<std::unique_ptr<ByteSource>> open(std::string_view file_key, std::unique_ptr<ByteSource> payload);
  std::uint64_t size() const override { return size_; }
  Result<std::string> read(ByteRange range) const override;

 private:
  PayloadSource(std::string key, std::unique_ptr<ByteSource> payload, std::uint64_t chunks, std::uint64_t size)
      : key_(std::move(key)), payload_(std::move(payload)), chunks_(chunks), size_(size), cipher_(key_) {}
  /// Decrypts a chunk into kept_; the caller holds mutex_.
  Result<void> keep(std::uint64_t chunk) const;

  std::string key_;
  std::unique_ptr<ByteSource> payload_;
  std::uint64_t chunks_;
  std::uint64_t size_;
  mutable std::mutex mutex_;
  mutable ChaCha20Poly1305 cipher_;
  mutable std::uint64_t kept_chunk_ = UINT64_MAX;
  mutable std::string kept_;
};

}  // namespace gavah::age
