#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace gavah {

/// A SHA-256 value (FIPS 180-4).
struct Digest {
  std::array<std::uint8_t, 32> bytes{};

  std::string_view view() const { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
  std::string hex() const;
  static Result<Digest> from_hex(std::string_view hex);
  /// 44 characters.
  static Result<Digest> from_base64(std::string_view text);
  /// Checks that there are exactly 32 bytes.
  static Digest from_bytes(std::string_view raw);
  friend bool operator==(const Digest&, const Digest&) = default;
  friend auto operator<=>(const Digest&, const Digest&) = default;
};

/// SHA-256 of the pieces one after another. About 1.7 GB/s a core with SHA extensions. Any thread.
Digest sha256(std::string_view bytes);
Digest sha256(std::string_view first, std::string_view second, std::string_view third = {});

/// SHA-256 of a stream.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  void update(std::string_view bytes);
  /// Ends the stream; the object may only be destroyed afterwards.
  Digest finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// HMAC-SHA256 (RFC 2104). Key of any length; the formats pin 32 bytes.
Digest hmac_sha256(std::string_view key, std::string_view message);

/// HKDF-SHA256 (RFC 5869) with empty salt by default; gives 32 bytes.
Digest hkdf_sha256(std::string_view key, std::string_view info, std::string_view salt = {});

/// Equal in constant time.
[[nodiscard]] bool equal_secret(std::string_view a, std::string_view b);

}  // namespace gavah
