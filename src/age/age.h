#pragma once

// The front door of age/: the age v1 file format (C2SP age.md), X25519 recipients and passphrases.
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "age/armor.h"
#include "base/byte_source.h"
#include "base/digest.h"
#include "base/disk.h"
#include "base/random.h"
#include "base/result.h"

namespace gavah::age {

inline constexpr std::size_t kChunkBytes = 64 * 1024;  ///< plaintext of a payload chunk; each has a tag of 16 bytes
inline constexpr std::size_t kNonceBytes = 16;         ///< before the first chunk
/// A header longer than this is refused: a stanza has about 120 bytes, and nobody seals to thousands.
inline constexpr std::size_t kMaxHeaderBytes = 256 * 1024;

/// To whom a file is sealed: an X25519 public key.
struct Recipient {
  std::array<std::uint8_t, 32> key{};
  std::string text() const;  ///< "age1…"
  static Result<Recipient> parse(std::string_view text);
  friend bool operator==(const Recipient&, const Recipient&) = default;
};

/// Who opens it: an X25519 private key. Overwritten when it goes.
class Identity {
 public:
  static Identity generate(Random& random);
  /// "AGE-SECRET-KEY-1…"
  static Result<Identity> parse(std::string_view text);
  Identity(const Identity&) = default;
  Identity& operator=(const Identity&) = default;
  ~Identity();
  std::string text() const;
  Recipient recipient() const;
  std::string_view secret() const { return {reinterpret_cast<const char*>(secret_.data()), secret_.size()}; }

 private:
  Identity() = default;
  std::array<std::uint8_t, 32> secret_{};
};

/// A file taken apart: header text and payload (nonce onward). Joined they are a stock age file.
struct Sealed {
  std::string header;
  Digest payload_digest;  ///< SHA-256 of the payload: the object's name
  std::uint64_t payload_size_bytes = 0;
  Digest plain_digest;  ///< SHA-256 of the plaintext, taken in the same pass
  std::uint64_t plain_size_bytes = 0;
};

/// Seals `plain` under a fresh key to all of `recipients` (1 to 16), writing the payload to `out`, which is not synced.
/// Memory: a few chunks. Any thread, one at a time an `out`; `random` must be a secret source in earnest.
Result<Sealed> seal(const ByteSource& plain, std::span<const Recipient> recipients, Random& random, FileWriter& out);

/// seal() to a passphrase alone, by scrypt with 2^log2_work (stock age takes 18; 1 to kMaxScryptWork).
Result<Sealed> seal_with_passphrase(const ByteSource& plain, std::string_view passphrase, std::uint32_t log2_work,
                                    Random& random, FileWriter& out);

/// The payload of `plain_size_bytes`, nonce and tags included.
std::uint64_t payload_size(std::uint64_t plain_size_bytes);

/// Opens a payload for reading anywhere in it. The header's MAC, the payload's length and its last chunk are checked
/// here, so that a cut payload is noticed before anything is read; each other chunk when it is read. invalid_input: not
/// an age header (of one spelling), or nothing in it for this identity (refused); corrupt: a payload that was changed.
/// The result owns `payload`. Any thread.
Result<std::unique_ptr<ByteSource>> open(std::string_view header, std::span<const Identity> identities,
                                         std::unique_ptr<ByteSource> payload);

/// open() with a passphrase. refused when it is another one, or the file is sealed to keys.
Result<std::unique_ptr<ByteSource>> open_with_passphrase(std::string_view header, std::string_view passphrase,
                                                         std::unique_ptr<ByteSource> payload);

/// How many bytes at the front of an age file are its header. Form only.
Result<std::size_t> header_size(std::string_view file);

}  // namespace gavah::age
