#include "seal/backup.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/format.h"
#include "seal/highest_head.h"

namespace gavah::seal {
namespace {

constexpr std::uint64_t kPieceBytes = 1024 * 1024;  ///< copied at a time

/// Copies a file that does not exist at `to` yet; gives the digest of what was read. Not durable.
Result<Digest> copy_new(Disk& disk, const std::string& from, const std::string& to) {
  GAVAH_ASSIGN(const auto source, disk.open(from));
  GAVAH_ASSIGN(const auto target, disk.create(to));
  Sha256 hash;
  for (std::uint64_t at = 0; at < source->size(); at += kPieceBytes) {
    GAVAH_ASSIGN(const std::string piece, source->read({at, std::min(at + kPieceBytes, source->size())}));
    hash.update(piece);
    GAVAH_TRY(target->append(piece));
  }
  return hash.finish();
}

Result<Digest> digest_of(Disk& disk, const std::string& path) {
  GAVAH_ASSIGN(const auto source, disk.open(path));
  Sha256 hash;
  for (std::uint64_t at = 0; at < source->size(); at += kPieceBytes) {
    GAVAH_ASSIGN(const std::string piece, source->read({at, std::min(at + kPieceBytes, source->size())}));
    hash.update(piece);
  }
  return hash.finish();
}

Result<void> check_copy(Disk& disk, const std::string& path, const Digest& expected) {
  GAVAH_ASSIGN(const Digest found, digest_of(disk, path));
  if (found != expected) return fail(ErrorCode::corrupt, format("{} was not copied as it is", path));
  return {};
}

/// Replaces a small file when it differs.
Result<void> refresh(Disk& disk, const std::string& from, const std::string& to) {
  GAVAH_ASSIGN(const std::string bytes, disk.read(from));
  if (const auto present = disk.read(to); present && *present == bytes) return {};
  GAVAH_TRY(disk.make_directories(std::string(parent_path(to))));
  GAVAH_TRY(disk.replace(to, bytes));
  return check_copy(disk, to, sha256(bytes));
}

/// What is copied in ways of its own, or not at all.
bool is_copied_apart(std::string_view name) {
  constexpr std::array<std::string_view, 5> kApart{"objects", "keys", "log", "chronicle.json", "writer.lock"};
  return std::ranges::find(kApart, name) != kApart.end() || name.starts_with("ledger.sqlite") ||
         name.starts_with("keyring") || name.starts_with("index.sqlite") || name.ends_with(".new");
}

class Backup {
 public:
  Backup(store::Chronicle& chronicle, const LogWriter& writer, std::string destination)
      : chronicle_(chronicle),
        disk_(chronicle.disk()),
        writer_(writer),
        to_(std::move(destination)),
        objects_(disk_, to("objects")) {}

  Result<BackupSummary> run() {
    GAVAH_TRY(check_destination());
    GAVAH_TRY(disk_.make_directories(to("keys")));
    GAVAH_TRY(copy_objects());
    GAVAH_TRY(copy_databases());
    GAVAH_TRY(copy_small_files());
    GAVAH_TRY(copy_log());
    GAVAH_TRY(refresh(disk_, chronicle_.path("chronicle.json"), to("chronicle.json")));
    GAVAH_TRY(disk_.sync_all(to_));
    GAVAH_TRY_AS(check_log(), "checking the copied log");
    summary_.leaves = writer_.size();
    return summary_;
  }

 private:
  std::string to(std::string_view name) const { return join_path(to_, name); }

  Result<void> check_destination() {
    if (!disk_.exists(to_)) return {};
    GAVAH_ASSIGN(const auto entries, disk_.list(to_));
    if (entries.empty()) return {};
    const auto json = disk_.read(to("chronicle.json"));
    if (!json) {
      // A first backup that was interrupted has some of our parts, at most our keys, and no chronicle.json.
      const auto begun = disk_.read(to("keys/keys.json"));
      GAVAH_ASSIGN(const std::string own, disk_.read(chronicle_.path("keys/keys.json")));
      if (std::ranges::all_of(entries, [&](const auto& entry) { return is_ours(entry.name); }) &&
          (!begun || *begun == own))
        return {};
      return fail(ErrorCode::refused, format("{} holds something else", to_));
    }
    GAVAH_ASSIGN(const auto config, store::chronicle_config_from(*json));
    if (config.origin != chronicle_.config().origin) {
      return fail(ErrorCode::refused, format("{} holds another chronicle, {}", to_, config.origin));
    }
    GAVAH_ASSIGN(const auto note, store::Tiles(disk_, to("log")).checkpoint());
    if (!note) return {};
    std::vector<proof::Verifier> keys;
    for (const auto& range : chronicle_.config().log_keys) keys.push_back(range.key);
    GAVAH_ASSIGN_AS(const auto head, proof::open_checkpoint(*note, keys), "reading the backup's checkpoint");
    if (head.size > writer_.size()) {
      return fail(ErrorCode::refused, format("{} is newer than this chronicle: {} leaves", to_, head.size));
    }
    return {};
  }

  Result<void> copy_object(const Digest& name) {
    const std::string path = objects_.path_of(name);
    const std::string from = chronicle_.objects().path_of(name);
    if (disk_.exists(path)) {
      GAVAH_ASSIGN(const auto present, disk_.open(path));
      GAVAH_ASSIGN(const auto own, disk_.open(from));
      if (present->size() == own->size()) {
        ++summary_.objects_present;
        return {};
      }
      GAVAH_TRY(disk_.remove(path));
    }
    const std::string beside = join_path(to("objects/incoming"), name.hex());
    GAVAH_TRY(disk_.make_directories(to("objects/incoming")));
    if (disk_.exists(beside)) GAVAH_TRY(disk_.remove(beside));
    GAVAH_ASSIGN(const Digest read, copy_new(disk_, from, beside));
    if (read != name) return fail(ErrorCode::corrupt, format("object {} has other bytes", name.hex()));
    GAVAH_TRY(check_copy(disk_, beside, name));
    GAVAH_TRY(disk_.make_directories(std::string(parent_path(path))));
    GAVAH_TRY(disk_.rename(beside, path));
    ++summary_.objects_copied;
    return {};
  }

  Result<void> copy_objects() {
    const auto visit = [&](const proof::SealedEntry& entry) -> Result<void> {
      if (!entry.leaf.object) return {};
      if (disk_.exists(chronicle_.objects().path_of(*entry.leaf.object))) return copy_object(*entry.leaf.object);
      if (!disk_.exists(objects_.path_of(*entry.leaf.object))) return {};
      // Shredded here since the last backup.
      GAVAH_TRY(objects_.remove(*entry.leaf.object));
      ++summary_.objects_removed;
      return {};
    };
    GAVAH_TRY(chronicle_.ledger().for_each_entry(0, visit));
    GAVAH_TRY(objects_.remove_leftovers());
    return disk_.sync_all(to_);
  }

  Result<void> copy_database(store::Database& database, store::DatabaseFile file, const std::string& name) {
    file.path = to(name + ".new");
    if (disk_.exists(file.path)) GAVAH_TRY(disk_.remove(file.path));
    GAVAH_TRY(database.copy_to(file));
    GAVAH_ASSIGN(store::Database copy, store::Database::open(file, store::Durability::full));
    return copy.check_integrity();
  }

  /// Both are made beside, then take their names with the keys that open them.
  Result<void> copy_databases() {
    GAVAH_TRY_AS(copy_database(chronicle_.keyring().database(), chronicle_.keyring_file(), "keyring"), "copying");
    GAVAH_TRY_AS(copy_database(chronicle_.ledger().database(), chronicle_.ledger_file(), "ledger.sqlite"), "copying");
    GAVAH_ASSIGN(const auto keys, disk_.list(chronicle_.path("keys")));
    for (const auto& key : keys) {
      GAVAH_TRY(refresh(disk_, chronicle_.path("keys/" + key.name), to("keys/" + key.name)));
    }
    for (const std::string name : {"keyring", "ledger.sqlite"}) {
      GAVAH_TRY(disk_.rename(to(name + ".new"), to(name)));
      for (const char* suffix : {"-wal", "-shm"}) {
        if (disk_.exists(to(name + suffix))) GAVAH_TRY(disk_.remove(to(name + suffix)));
      }
    }
    return disk_.sync_directory(to_);
  }

  bool is_ours(const std::string& name) { return is_copied_apart(name) || disk_.exists(chronicle_.path(name)); }

  Result<void> copy_files_of(const std::string& folder) {
    GAVAH_TRY(disk_.make_directories(to(folder)));
    GAVAH_ASSIGN(const auto entries, disk_.list(chronicle_.path(folder)));
    for (const auto& entry : entries) {
      const std::string path = join_path(folder, entry.name);
      if (entry.name.ends_with(".new")) continue;
      if (entry.kind == EntryKind::directory) GAVAH_TRY(copy_files_of(path));
      if (entry.kind == EntryKind::file) GAVAH_TRY(refresh(disk_, chronicle_.path(path), to(path)));
    }
    return {};
  }

  /// Bound files, quarantine, tokens, gazetteers and whatever else lies beside them.
  Result<void> copy_small_files() {
    GAVAH_ASSIGN(const auto entries, disk_.list(chronicle_.directory()));
    for (const auto& entry : entries) {
      if (is_copied_apart(entry.name)) continue;
      if (entry.kind == EntryKind::directory) GAVAH_TRY(copy_files_of(entry.name));
      if (entry.kind == EntryKind::file) {
        GAVAH_TRY(refresh(disk_, chronicle_.path(entry.name), to(entry.name)));
      }
    }
    return {};
  }

  Result<void> copy_log() {
    const std::uint64_t size = writer_.size();
    for (const auto& name : proof::tiles_of(size)) {
      const std::string path = "log/" + proof::path_of(name);
      GAVAH_TRY(refresh(disk_, chronicle_.path(path), to(path)));
    }
    for (const auto& name : proof::bundles_of(size)) {
      const std::string path = "log/" + proof::path_of(name);
      GAVAH_TRY(refresh(disk_, chronicle_.path(path), to(path)));
    }
    return refresh(disk_, chronicle_.path("log/checkpoint"), to("log/checkpoint"));
  }

  Result<void> check_log() {
    GAVAH_ASSIGN(const proof::Checkpoint head, chronicle_.head());
    const store::Tiles tiles(disk_, to("log"));
    GAVAH_ASSIGN(const Digest root, proof::tree_root(head.size, tiles.nodes(head.size)));
    if (root != head.root) return fail(ErrorCode::corrupt, "the copied tiles do not give the signed root");
    return {};
  }

  store::Chronicle& chronicle_;
  Disk& disk_;
  const LogWriter& writer_;
  std::string to_;
  store::Objects objects_;
  BackupSummary summary_;
};

/// Copies a directory, but for what a chronicle makes again or holds for a running process.
Result<void> copy_tree(Disk& disk, const std::string& from, const std::string& to) {
  GAVAH_TRY(disk.make_directories(to));
  GAVAH_ASSIGN(const auto entries, disk.list(from));
  for (const auto& entry : entries) {
    const std::string& name = entry.name;
    if (name.starts_with("index.sqlite") || name.ends_with("-shm") || name.ends_with(".new") || name == "writer.lock") {
      continue;
    }
    if (entry.kind == EntryKind::directory) {
      GAVAH_TRY(copy_tree(disk, join_path(from, name), join_path(to, name)));
    } else if (entry.kind == EntryKind::file) {
      GAVAH_ASSIGN(const Digest read, copy_new(disk, join_path(from, name), join_path(to, name)));
      GAVAH_TRY(check_copy(disk, join_path(to, name), read));
    }
  }
  return {};
}

std::vector<proof::Verifier> keys_of(const store::Chronicle& chronicle) {
  std::vector<proof::Verifier> out;
  for (const auto& range : chronicle.config().log_keys) out.push_back(range.key);
  return out;
}

/// The tree of all leaves of a ledger.
Result<proof::HashTree> tree_of(store::Chronicle& chronicle) {
  proof::HashTree out;
  GAVAH_ASSIGN(const std::uint64_t size, chronicle.ledger().size());
  GAVAH_TRY(chronicle.ledger().for_each_leaf(0, size, [&](proof::LeafIndex, std::string_view leaf) -> Result<void> {
    out.append(proof::leaf_hash(leaf));
    return {};
  }));
  return out;
}

/// Appends what the mirror has beyond `chronicle`, when its leaves continue those and give `head`.
Result<std::uint64_t> catch_up(store::Chronicle& chronicle, store::Chronicle& mirror, const proof::Checkpoint& head) {
  if (mirror.config().origin != chronicle.config().origin) {
    return fail(ErrorCode::refused, format("the mirror is of another chronicle, {}", mirror.config().origin));
  }
  GAVAH_ASSIGN(const proof::HashTree own, tree_of(chronicle));
  GAVAH_ASSIGN(const proof::HashTree theirs, tree_of(mirror));
  if (theirs.size() < head.size) {
    return fail(ErrorCode::refused,
                format("the mirror has {} leaves, the head that was signed {}", theirs.size(), head.size));
  }
  GAVAH_ASSIGN(const Digest own_root, own.root(own.size()));
  GAVAH_ASSIGN(const Digest common_root, theirs.root(own.size()));
  GAVAH_ASSIGN(const Digest head_root, theirs.root(head.size));
  if (own_root != common_root || head_root != head.root) {
    return fail(ErrorCode::refused, "the mirror's leaves are not those that were signed");
  }
  for (proof::LeafIndex index = own.size(); index < theirs.size(); ++index) {
    GAVAH_ASSIGN(store::LedgerEntry row, mirror.ledger().row(index));
    const auto secret = mirror.keyring().find(row.id);
    if (!secret && secret.error().code != ErrorCode::not_found) return std::unexpected(secret.error());
    GAVAH_ASSIGN(const proof::Leaf leaf, proof::parse_leaf(row.leaf));
    if (leaf.object && mirror.disk().exists(mirror.objects().path_of(*leaf.object))) {
      const std::string to = chronicle.objects().path_of(*leaf.object);
      GAVAH_TRY(chronicle.disk().make_directories(std::string(parent_path(to))));
      if (!chronicle.disk().exists(to)) {
        GAVAH_TRY(copy_new(chronicle.disk(), mirror.objects().path_of(*leaf.object), to));
      }
      GAVAH_TRY(chronicle.objects().check(*leaf.object));
    }
    if (leaf.bind) {
      const auto bound = mirror.bound_file(*leaf.bind);
      if (bound) GAVAH_TRY(chronicle.add_bound_file(*bound));
    }
    if (secret) GAVAH_TRY(chronicle.keyring().add(std::span(&*secret, 1)));
    GAVAH_TRY(chronicle.ledger().append(index, std::span(&row, 1)));
  }
  GAVAH_TRY(chronicle.objects().sync());
  return theirs.size() - own.size();
}

/// Brings the copy at `directory` up to what this machine has signed, or refuses.
Result<RestoreSummary> settle(Disk& disk, const std::string& directory, const std::string& state_directory,
                              const RestoreOptions& options, const Clock& clock, Random& random) {
  std::optional<std::string> said;
  const auto ask = [&]() -> Result<std::string> {
    if (!said) {
      GAVAH_ASSIGN(said, options.ask_passphrase());
    }
    return *said;
  };
  RestoreSummary out;
  GAVAH_ASSIGN(store::Chronicle chronicle, store::Chronicle::open(disk, directory, ask));
  const auto keys = keys_of(chronicle);
  GAVAH_ASSIGN(const auto head, HighestHead::look(disk, state_directory, chronicle.config().origin, keys));
  GAVAH_ASSIGN(const std::uint64_t size, chronicle.ledger().size());
  out.is_head_remembered = head.has_value();
  if (head && size < head->size) {
    if (options.mirror.empty()) {
      return fail(
          ErrorCode::refused,
          format("this copy has {} leaves, and a head of {} leaves was signed: name a mirror that has them with "
                 "--mirror; it is never signed over",
                 size, head->size));
    }
    GAVAH_ASSIGN_AS(store::Chronicle mirror,
                    store::Chronicle::open(disk, options.mirror, ask, store::Access::read_only), "opening the mirror");
    GAVAH_ASSIGN_AS(out.caught_up, catch_up(chronicle, mirror, *head), "catching up");
  }
  GAVAH_ASSIGN(const LogWriter writer, LogWriter::open(chronicle, state_directory, clock, random));
  out.leaves = writer.size();
  return out;
}

}  // namespace

Result<BackupSummary> backup(store::Chronicle& chronicle, const LogWriter& writer, const std::string& destination) {
  const std::string inside = join_path(chronicle.directory(), "");
  if (destination == chronicle.directory() || destination.starts_with(inside)) {
    return fail(ErrorCode::refused, "a backup inside of the chronicle is none");
  }
  auto done = Backup(chronicle, writer, destination).run();
  if (!done) return fail_with(std::move(done), format("backing up to {}", destination));
  return done;
}

Result<RestoreSummary> restore(Disk& disk, const std::string& state_directory, const RestoreOptions& options,
                               const Clock& clock, Random& random) {
  const std::string attempted = format("restoring {}", options.source);
  if (disk.exists(options.destination)) {
    GAVAH_ASSIGN(const auto entries, disk.list(options.destination));
    if (!entries.empty()) return fail(ErrorCode::refused, format("{} is not empty", options.destination));
    GAVAH_TRY(disk.remove(options.destination));
  }
  const std::string beside = format("{}.new-{}", options.destination, to_hex(random.bytes(4)));
  Result<RestoreSummary> done = [&]() -> Result<RestoreSummary> {
    GAVAH_TRY(copy_tree(disk, options.source, beside));
    GAVAH_TRY(disk.sync_all(beside));
    GAVAH_ASSIGN(const RestoreSummary summary, settle(disk, beside, state_directory, options, clock, random));
    GAVAH_TRY(disk.rename(beside, options.destination));
    GAVAH_TRY(disk.sync_directory(std::string(parent_path(options.destination))));
    return summary;
  }();
  if (!done) {
    // The first failure is the one to report.
    if (disk.exists(beside)) [[maybe_unused]]
      const auto removed = disk.remove_tree(beside);
    return fail_with(std::move(done), attempted);
  }
  return done;
}

}  // namespace gavah::seal
