#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "proof/proof.h"
#include "store/sqlite.h"

namespace gavah::store {

/// What is left of a capture's key when some of its parts were destroyed.
struct ReducedKey {
  Digest object;                        ///< the object of the parts that stay, in place of the leaf's
  std::map<std::string, Digest> slots;  ///< keys of the slots that still open, by path; one at least
  friend bool operator==(const ReducedKey&, const ReducedKey&) = default;
};

/// What opens one entry.
struct EntrySecret {
  proof::EntryId id;
  proof::EntryKey key;
  /// Captures: the header of its object's age file; a `redact` leaf that says what stays of a capture: that of the
  /// object of what stays. Empty for other types.
  std::string age_header;
  std::optional<ReducedKey> reduced = std::nullopt;  ///< set: `key` is gone, and zero here
};

/// Entry keys and age headers, apart from what they open: a row removed here shreds what it held, once the file has
/// moved to a fresh epoch (Chronicle::finish_epoch) and the key of the old one is gone. One thread at a time.
class Keyring {
 public:
  static Result<Keyring> open(const DatabaseFile& file, Access access = Access::read_write);

  /// On stable storage when it returns. A key that is already there with other bytes is refused.
  Result<void> add(std::span<const EntrySecret> secrets);
  /// not_found when it was shredded or never there.
  Result<EntrySecret> find(const proof::EntryId& id);
  /// In order of id.
  Result<void> for_each(const std::function<Result<void>(const EntrySecret&)>& visit);
  /// Puts another secret in place of what an id has, as shred() removes it. not_found when there is none.
  Result<void> replace(const EntrySecret& secret);
  /// Removes keys and headers: their bytes are overwritten in the file, the WAL is emptied.
  Result<void> shred(std::span<const proof::EntryId> ids);
  Database& database() { return database_; }

 private:
  explicit Keyring(Database database) : database_(std::move(database)) {}
  Database database_;
};

}  // namespace gavah::store
