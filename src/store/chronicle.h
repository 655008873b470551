#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "age/age.h"
#include "base/disk.h"
#include "base/id.h"
#include "base/passphrase.h"
#include "base/random.h"
#include "base/result.h"
#include "proof/proof.h"
#include "store/keyring.h"
#include "store/keys.h"
#include "store/ledger.h"
#include "store/objects.h"
#include "store/page_seal.h"
#include "store/sqlite.h"
#include "store/tiles.h"

namespace gavah::store {

/// A log key and the sizes it may sign: from <= size, and size < to when there is one.
struct LogKeyRange {
  proof::Verifier key;
  std::uint64_t from = 0;
  std::optional<std::uint64_t> to;
};

/// chronicle.json: what a chronicle is, public but for the directory it lies in.
struct ChronicleConfig {
  std::string format = "gavah/0";
  std::string origin;
  std::vector<LogKeyRange> log_keys;
  proof::Verifier release_key;
  age::Recipient recipient;
  std::string witness_policy;                ///< tlog-policy text; empty: none
  std::vector<std::string> gazetteer_files;  ///< names of files in the chronicle's directory; empty: the one built in
};
std::string to_json(const ChronicleConfig& config);
Result<ChronicleConfig> chronicle_config_from(std::string_view json);

/// Asks a person for the passphrase; called only when the keys are wrapped.
using AskPassphrase = std::function<Result<std::string>()>;

/// With what the keys are wrapped when they are written again: as they were, in the clear or under the same passphrase.
struct Rewrap {
  std::string passphrase;
  PassphraseCost cost;
  Random* random = nullptr;  ///< never null
};

/// An open chronicle directory: its rooms, and nothing about what they mean. Moves, does not copy.
class Chronicle {
 public:
  /// corrupt or not_found names the file. `keys` are read at once; with Access::read_only nothing is ever written.
  static Result<Chronicle> open(Disk& disk, std::string directory, const AskPassphrase& ask,
                                Access access = Access::read_write);

  const std::string& directory() const { return directory_; }
  const ChronicleConfig& config() const { return config_; }
  const Keys& keys() const { return keys_; }
  Protection protection() const { return protection_; }
  Disk& disk() { return *disk_; }
  Ledger& ledger() { return ledger_; }
  Keyring& keyring() { return keyring_; }
  Objects& objects() { return objects_; }
  Tiles& tiles() { return tiles_; }
  std::string path(std::string_view name) const;
  std::string index_path() const;  ///< index.sqlite
  /// A database of this chronicle under its seal: index.sqlite, or another file of that role.
  DatabaseFile index_file(std::string path) const;
  DatabaseFile ledger_file() const;
  DatabaseFile keyring_file() const;
  std::string quarantine_path() const;  ///< quarantine/

  /// Where the bytes of a capture lie and what opens them: the object that its leaf names, or, after parts were
  /// destroyed, that of what stays.
  struct CaptureObject {
    Digest name;
    std::string age_header;
  };
  Result<CaptureObject> object_of(const CaptureId& id);
  /// Plaintext of a capture; of one that lost parts, that of what stays.
  Result<std::unique_ptr<ByteSource>> open_capture(const CaptureId& id);
  /// Every entry with what opens it, in the order of the log; an entry whose key was shredded has an all-zero key and
  /// no values. Memory: the whole ledger but captures' parts.
  Result<std::vector<proof::SealedEntry>> sealed_entries();
  /// A public file that a leaf binds, kept as bound/<SHA-256>.
  Result<std::string> bound_file(const Digest& digest);
  Result<void> add_bound_file(std::string_view bytes);
  /// Checked head of the log: nothing but what log/checkpoint says under the log's keys.
  Result<proof::Checkpoint> head();
  /// The signed note itself.
  Result<std::string> checkpoint_note();

  /// Draws the key of a fresh epoch and keeps it beside the present one: from here on finish_epoch has work to do,
  /// after a crash too. Nothing when pages lie open, or when one was begun. The caller holds the writer's lock.
  Result<void> begin_epoch(Random& random);
  /// Moves ledger and keyring to an epoch that was begun: every page is sealed anew, in a new file, the index is thrown
  /// away, and the key of the epoch before is forgotten, so that pages which lie about on the medium open no more.
  /// Nothing when none was begun. The caller holds the writer's lock.
  Result<void> finish_epoch(Random& random);
  /// Removes index.sqlite and what belongs to it.
  Result<void> remove_index();

  /// Writes other keys in place of these, then overwrites the file that held the old ones, as far as the file system
  /// writes in place. refused when the passphrase is not the one in force.
  Result<void> replace_keys(Keys keys, const Rewrap& wrap);
  /// Wraps the keys with another passphrase, and overwrites the file as replace_keys does. Copies made before still
  /// open with the one before. refused when that is wrong, or the keys lie in the clear.
  Result<void> change_passphrase(std::string_view before, std::string_view after, const PassphraseCost& cost,
                                 Random& random);
  /// Writes another chronicle.json.
  Result<void> replace_config(ChronicleConfig config);

  /// What lies open at rest, a sentence each, for every command to say.
  std::vector<std::string> warnings() const;

 private:
  Chronicle(Disk& disk, std::string directory, ChronicleConfig config, Keys keys, Protection protection,
            EpochKeys epochs, Ledger ledger, Keyring keyring);
  Result<void> overwrite_keys(std::string_view text);
  Disk* disk_;
  std::string directory_;
  ChronicleConfig config_;
  Keys keys_;
  Protection protection_;
  EpochKeys epochs_;  ///< empty when pages lie open
  Ledger ledger_;
  Keyring keyring_;
  Objects objects_;
  Tiles tiles_;
};

}  // namespace gavah::store
