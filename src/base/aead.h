#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace gavah {

/// ChaCha20-Poly1305 (RFC 8439) under one key. The caller never uses a nonce twice. One thread. About 3 GB/s a core in
/// pieces of 64 KiB.
class ChaCha20Poly1305 {
 public:
  static constexpr std::size_t kKeyBytes = 32;
  static constexpr std::size_t kTagBytes = 16;
  using Nonce = std::array<std::uint8_t, 12>;

  /// Checks that the key has 32 bytes.
  explicit ChaCha20Poly1305(std::string_view key);
  ~ChaCha20Poly1305();
  ChaCha20Poly1305(ChaCha20Poly1305&&) noexcept;
  ChaCha20Poly1305& operator=(ChaCha20Poly1305&&) noexcept;

  /// Appends ciphertext and tag.
  void seal(const Nonce& nonce, std::string_view plaintext, std::string& out);
  /// The plaintext; corrupt when the tag does not fit.
  Result<std::string> open(const Nonce& nonce, std::string_view sealed);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03) under one key, in place. Its nonces are long enough to be drawn at
/// random. The subkey of the first 16 bytes of a nonce is kept, so that nonces that share them cost one cipher call
/// each. The caller never uses a nonce twice. One thread.
class XChaCha20Poly1305 {
 public:
  static constexpr std::size_t kKeyBytes = 32;
  static constexpr std::size_t kTagBytes = 16;
  using Nonce = std::array<std::uint8_t, 24>;
  using Tag = std::array<std::uint8_t, kTagBytes>;

  /// Checks that the key has 32 bytes.
  explicit XChaCha20Poly1305(std::string_view key);
  ~XChaCha20Poly1305();
  XChaCha20Poly1305(XChaCha20Poly1305&&) noexcept;
  XChaCha20Poly1305& operator=(XChaCha20Poly1305&&) noexcept;

  /// Encrypts `text` where it stands.
  Tag seal(const Nonce& nonce, std::string_view associated, std::span<char> text);
  /// Decrypts `text` where it stands; false, and zeros in its place, when tag, nonce, key or associated bytes do not
  /// fit.
  [[nodiscard]] bool open(const Nonce& nonce, std::string_view associated, std::span<char> text, const Tag& tag);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace gavah
