#include "seal/backup.h"

#include <algorithm>
#include <set>

#include "base/format.h"
#include "seal/file_copy.h"

namespace gavah::seal {
namespace {

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
    GAVAH_ASSIGN(const Digest read, copy_file(disk_, from, beside));
    if (read != name) return fail(ErrorCode::corrupt, format("object {} has other bytes", name.hex()));
    GAVAH_TRY(check_copy(disk_, beside, name));
    GAVAH_TRY(disk_.make_directories(std::string(parent_path(path))));
    GAVAH_TRY(disk_.rename(beside, path));
    ++summary_.objects_copied;
    return {};
  }

  Result<void> copy_objects() {
    std::set<std::string> present;
    const auto visit = [&](const proof::SealedEntry& entry) -> Result<void> {
      GAVAH_ASSIGN(const std::optional<Digest> remaining, proof::remaining_object(entry));
      for (const auto* name : {&entry.leaf.object, &remaining}) {
        if (!*name || !disk_.exists(chronicle_.objects().path_of(**name))) continue;
        present.insert((*name)->hex());
        GAVAH_TRY(copy_object(**name));
      }
      return {};
    };
    GAVAH_TRY(chronicle_.ledger().for_each_entry(0, visit));
    GAVAH_TRY(objects_.remove_leftovers());
    GAVAH_TRY(remove_shredded(present));
    return disk_.sync_all(to_);
  }

  /// What was shredded here since the last backup: objects that no entry has any more.
  Result<void> remove_shredded(const std::set<std::string>& present) {
    if (!disk_.exists(to("objects"))) return {};
    GAVAH_ASSIGN(const auto folders, disk_.list(to("objects")));
    for (const auto& folder : folders) {
      GAVAH_ASSIGN(const auto files, disk_.list(join_path(to("objects"), folder.name)));
      for (const auto& file : files) {
        if (present.contains(file.name)) continue;
        GAVAH_ASSIGN_AS(const Digest name, Digest::from_hex(file.name), format("{} holds something else", to_));
        GAVAH_TRY(objects_.remove(name));
        ++summary_.objects_removed;
      }
    }
    return {};
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

}  // namespace gavah::seal
