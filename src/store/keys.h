#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "age/age.h"
#include "base/id.h"
#include "base/passphrase.h"
#include "base/random.h"
#include "base/result.h"
#include "proof/proof.h"

namespace gavah::store {

/// Whether the keys at rest are wrapped with a passphrase or lie in the clear.
enum class Protection { passphrase, unprotected };
/// Whether the pages of ledger, keyring and index are sealed. They lie open for benchmarks only.
enum class Pages { sealed, open };

/// The secrets of a chronicle.
struct Keys {
  proof::Signer log;       ///< signs checkpoints; its name is the origin
  proof::Signer release;   ///< signs editions; its name is "ORIGIN/release"
  age::Identity identity;  ///< opens objects
  IdSecret ids;            ///< makes derived ids
  IdSecret marks;          ///< makes the keyed hashes that find the same bytes again
  /// Seals the keys of pages (store/epochs.h); nothing in a chronicle whose pages lie open (benchmarks).
  std::optional<IdSecret> pages;
  /// The log key that takes over, while a change of key is under way (seal/rotate.h).
  std::optional<proof::Signer> next_log = std::nullopt;
  static Result<Keys> generate(const std::string& origin, Random& random);
};

/// One JSON object with all of them, in the clear.
std::string keys_text(const Keys& keys);
Result<Keys> keys_from(std::string_view text);

/// HMAC of a plaintext digest: finds the same bytes within this chronicle, tells an outsider nothing.
Digest mark_of(const Keys& keys, const Digest& plain_digest);

}  // namespace gavah::store
