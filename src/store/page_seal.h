#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/aead.h"
#include "base/result.h"

namespace gavah::store {

using PageKey = std::array<std::uint8_t, 32>;

/// The keys that pages are sealed under, by epoch. New files take the highest; an epoch whose key is gone cannot be
/// read again.
using EpochKeys = std::map<std::uint32_t, PageKey>;

/// What seals one database: its role in the chronicle ("ledger", "keyring", "index") and the keys.
struct PageSealing {
  std::string role;
  EpochKeys epochs;
};

/// Bytes at the end of each page, or behind each WAL frame, that hold its seal: nonce 24, tag 16.
inline constexpr std::size_t kSealBytes = 40;

/// The first 16 bytes of a sealed database, in the clear: "gvh0", the epoch (4 bytes big-endian), 8 random bytes that
/// name this file among all that were ever sealed.
inline constexpr std::size_t kFileMarkBytes = 16;
using FileMark = std::array<char, kFileMarkBytes>;

enum class BlockKind : char { page = 'p', wal = 'w' };

/// Seals blocks of one file with XChaCha20-Poly1305. The key is HKDF-SHA256(epoch key, "gavah/page/0" ‖ role); the
/// associated bytes are "gavah/page/0" ‖ kind ‖ file mark ‖ 8 bytes big-endian of the block's number, so that a block
/// opens at its place in its file only. The first 16 bytes of a nonce are drawn from the system when the object is
/// made, the last 8 count: 2^64 blocks before one object repeats itself, and two objects share a prefix with
/// probability 2^-128. Not injected: a repeated nonce would break the seal. What it cannot see: that a whole block was
/// put back as it stood there earlier in the life of the same file. One thread.
class PageSeal {
 public:
  /// A seal for a new file, under the highest epoch. Checks that there is one.
  static PageSeal fresh(const PageSealing& sealing);
  /// For a file that begins with `mark`. corrupt when that is no mark, refused when the key of its epoch is gone.
  static Result<PageSeal> of(const PageSealing& sealing, const FileMark& mark);
  static std::uint32_t epoch_of(const FileMark& mark);

  const FileMark& mark() const { return mark_; }
  void seal(BlockKind kind, std::uint64_t number, std::span<char> body, std::span<char, kSealBytes> seal_out);
  /// Opens `body` where it stands; false, and zeros, when it is not what was sealed there.
  [[nodiscard]] bool open(BlockKind kind, std::uint64_t number, std::span<char> body,
                          std::span<const char, kSealBytes> seal);

 private:
  PageSeal(const PageSealing& sealing, const PageKey& key, const FileMark& mark);
  std::string associated(BlockKind kind, std::uint64_t number) const;

  FileMark mark_;
  XChaCha20Poly1305 cipher_;
  XChaCha20Poly1305::Nonce nonce_{};  ///< of the next block
  std::uint64_t sealed_blocks_ = 0;
};

}  // namespace gavah::store
