#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/result.h"

namespace gavah {

/// An Ed25519 public key (RFC 8032), 32 bytes.
struct Ed25519PublicKey {
  std::array<std::uint8_t, 32> bytes{};
  std::string_view view() const { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
  /// invalid_input unless `raw` is 32 bytes that pass the strict rule of verify_ed25519 (canonical, not of low order).
  static Result<Ed25519PublicKey> from_bytes(std::string_view raw);
  friend bool operator==(const Ed25519PublicKey&, const Ed25519PublicKey&) = default;
  friend auto operator<=>(const Ed25519PublicKey&, const Ed25519PublicKey&) = default;
};

/// An Ed25519 private key: the 32-byte seed of RFC 8032. Overwritten when it goes.
class Ed25519PrivateKey {
 public:
  static Ed25519PrivateKey generate(Random& random);
  /// invalid_input unless 32 bytes.
  static Result<Ed25519PrivateKey> from_seed(std::string_view seed);
  Ed25519PrivateKey(const Ed25519PrivateKey&) = default;
  Ed25519PrivateKey& operator=(const Ed25519PrivateKey&) = default;
  ~Ed25519PrivateKey();

  Ed25519PublicKey public_key() const;
  /// 64 bytes, deterministic (RFC 8032 section 5.1.6). About 26,000 a second and core.
  std::string sign(std::string_view message) const;
  std::string_view seed() const { return {reinterpret_cast<const char*>(seed_.data()), seed_.size()}; }

 private:
  Ed25519PrivateKey() = default;
  std::array<std::uint8_t, 32> seed_{};
};

/// One strict rule, so that no two readers disagree: S below the group order, A and R canonical encodings, neither of
/// low order, and the equation without the cofactor. Any thread. About 8,000 a second and core.
[[nodiscard]] bool verify_ed25519(const Ed25519PublicKey& key, std::string_view message, std::string_view signature);

}  // namespace gavah
