#include "store/chronicle.h"

#include <algorithm>

#include "base/format.h"
#include "base/json.h"
#include "store/contents.h"
#include "store/epochs.h"

namespace gavah::store {
namespace {

constexpr std::string_view kKeysFile = "keys/keys.json";
constexpr std::string_view kEpochsFile = "keys/epochs";
constexpr std::string_view kLedgerFile = "ledger.sqlite";
constexpr std::string_view kKeyringFile = "keyring";
/// What tells a wrapped secret (base/passphrase.h) from keys in the clear.
constexpr std::string_view kWrappedFormat = "gavah-wrapped/0";

Result<LogKeyRange> log_key_from(const Json& json) {
  ObjectReader in(json);
  LogKeyRange out;
  out.key = in.parsed("vkey", proof::Verifier::parse);
  const std::int64_t from = in.integer("from");
  const auto to = in.optional_integer("to");
  GAVAH_TRY(in.finish());
  if (from < 0 || (to && *to < from)) return fail(ErrorCode::invalid_input, "a log key has an impossible range");
  out.from = static_cast<std::uint64_t>(from);
  if (to) out.to = static_cast<std::uint64_t>(*to);
  return out;
}

struct OpenedKeys {
  Keys keys;
  Protection protection;
};

Result<OpenedKeys> open_keys(Disk& disk, const std::string& path, const AskPassphrase& ask) {
  GAVAH_ASSIGN(std::string text, disk.read(path));
  GAVAH_ASSIGN(const Json json, Json::parse(text));
  const bool is_wrapped = json.text_of("format") == kWrappedFormat;
  if (is_wrapped) {
    GAVAH_ASSIGN(const std::string passphrase, ask());
    GAVAH_ASSIGN(text, unwrap_with_passphrase(text, passphrase));
  }
  GAVAH_ASSIGN(Keys keys, keys_from(text));
  return OpenedKeys{std::move(keys), is_wrapped ? Protection::passphrase : Protection::unprotected};
}

Result<EpochKeys> read_epochs(Disk& disk, const std::string& directory, const Keys& keys) {
  if (!keys.pages) return EpochKeys();
  GAVAH_ASSIGN(const std::string text, disk.read(join_path(directory, kEpochsFile)));
  return epochs_from(text, *keys.pages);
}

DatabaseFile sealed_file(Disk& disk, std::string path, std::string role, const EpochKeys& epochs) {
  DatabaseFile out{&disk, std::move(path), std::nullopt};
  if (!epochs.empty()) out.sealing = PageSealing{std::move(role), epochs};
  return out;
}

/// Seals `database`, which lies at `file`, under the newest epoch of `file` in a file of its own, and puts that in its
/// place; `database` is closed then. Does nothing when it is there already.
Result<void> move_to_newest_epoch(Database& database, const DatabaseFile& file) {
  Disk& disk = *file.disk;
  FileMark mark{};
  {
    GAVAH_ASSIGN(const auto present, disk.open_file(file.path, OpenMode::read));
    GAVAH_TRY(present->read(0, mark));
  }
  if (PageSeal::epoch_of(mark) == file.sealing->epochs.rbegin()->first) return {};
  DatabaseFile beside = file;
  beside.path += ".new";
  if (disk.exists(beside.path)) GAVAH_TRY(disk.remove(beside.path));
  GAVAH_TRY(database.copy_to(beside));
  {
    const Database closing = std::move(database);
  }
  GAVAH_TRY(disk.rename(beside.path, file.path));
  GAVAH_TRY(disk.sync_directory(std::string(parent_path(file.path))));
  // The log beside it is sealed to the old file and opens for nobody any more; it holds what is being left behind.
  for (const char* suffix : {"-wal", "-shm"}) {
    if (disk.exists(file.path + suffix)) GAVAH_TRY(disk.remove(file.path + suffix));
  }
  return {};
}

}  // namespace

std::string to_json(const ChronicleConfig& config) {
  JsonWriter out;
  out.begin_object().member("format", config.format).member("origin", config.origin).key("log_keys").begin_array();
  for (const LogKeyRange& range : config.log_keys) {
    out.begin_object().member("vkey", range.key.text()).member("from", range.from).key("to");
    range.to ? out.unsigned_integer(*range.to) : out.null();
    out.end_object();
  }
  out.end_array().member("release_key", config.release_key.text()).member("recipient", config.recipient.text());
  out.member("witness_policy", config.witness_policy).key("gazetteer_files").begin_array();
  for (const std::string& name : config.gazetteer_files) out.text(name);
  out.end_array().end_object();
  return out.take() + "\n";
}

Result<ChronicleConfig> chronicle_config_from(std::string_view json) {
  GAVAH_ASSIGN(const Json parsed, Json::parse(json, Json::DuplicateKeys::reject));
  ObjectReader in(parsed);
  ChronicleConfig out;
  out.format = in.text("format");
  out.origin = in.text("origin");
  for (const Json& key : in.array("log_keys")) {
    GAVAH_ASSIGN(LogKeyRange range, log_key_from(key));
    out.log_keys.push_back(std::move(range));
  }
  out.release_key = in.parsed("release_key", proof::Verifier::parse);
  out.recipient = in.parsed("recipient", age::Recipient::parse);
  out.witness_policy = in.optional_text("witness_policy").value_or("");
  for (const Json& name : in.array("gazetteer_files")) {
    if (name.string() != nullptr) out.gazetteer_files.push_back(*name.string());
  }
  GAVAH_TRY_AS(in.finish(), "reading chronicle.json");
  if (out.format != proof::kFormat) {
    return fail(ErrorCode::invalid_input,
                format("this chronicle has the format '{}', not {}", out.format, proof::kFormat));
  }
  if (out.log_keys.empty()) return fail(ErrorCode::invalid_input, "chronicle.json names no log key");
  return out;
}

Chronicle::Chronicle(Disk& disk, std::string directory, ChronicleConfig config, Keys keys, Protection protection,
                     EpochKeys epochs, Ledger ledger, Keyring keyring)
    : disk_(&disk),
      directory_(std::move(directory)),
      config_(std::move(config)),
      keys_(std::move(keys)),
      protection_(protection),
      epochs_(std::move(epochs)),
      ledger_(std::move(ledger)),
      keyring_(std::move(keyring)),
      objects_(disk, join_path(directory_, "objects")),
      tiles_(disk, join_path(directory_, "log")) {}

Result<Chronicle> Chronicle::open(Disk& disk, std::string directory, const AskPassphrase& ask, Access access) {
  GAVAH_ASSIGN_AS(const std::string json, disk.read(join_path(directory, "chronicle.json")), "opening the chronicle");
  GAVAH_ASSIGN_AS(ChronicleConfig config, chronicle_config_from(json), "opening the chronicle");
  GAVAH_ASSIGN_AS(OpenedKeys opened, open_keys(disk, join_path(directory, kKeysFile), ask), "opening the keys");
  if (opened.keys.log.name != config.origin) {
    return fail(ErrorCode::corrupt, "the keys are those of another chronicle");
  }
  GAVAH_ASSIGN_AS(EpochKeys epochs, read_epochs(disk, directory, opened.keys), "opening the keys");
  const auto file = [&](std::string_view name, std::string role) {
    return sealed_file(disk, join_path(directory, name), std::move(role), epochs);
  };
  GAVAH_ASSIGN(Ledger ledger, Ledger::open(file(kLedgerFile, "ledger"), access));
  GAVAH_ASSIGN(Keyring keyring, Keyring::open(file(kKeyringFile, "keyring"), access));
  return Chronicle(disk, std::move(directory), std::move(config), std::move(opened.keys), opened.protection,
                   std::move(epochs), std::move(ledger), std::move(keyring));
}

std::string Chronicle::path(std::string_view name) const { return join_path(directory_, name); }
std::string Chronicle::index_path() const { return path("index.sqlite"); }
DatabaseFile Chronicle::index_file(std::string path) const {
  return sealed_file(*disk_, std::move(path), "index", epochs_);
}
DatabaseFile Chronicle::ledger_file() const { return sealed_file(*disk_, path(kLedgerFile), "ledger", epochs_); }
DatabaseFile Chronicle::keyring_file() const { return sealed_file(*disk_, path(kKeyringFile), "keyring", epochs_); }
std::string Chronicle::quarantine_path() const { return path("quarantine"); }

Result<Chronicle::CaptureObject> Chronicle::object_of(const CaptureId& id) {
  const auto entry_id = proof::EntryId::from_bytes(id.view());
  GAVAH_ASSIGN(const proof::LeafIndex index, ledger_.index_of(entry_id));
  GAVAH_ASSIGN(const std::string bytes, ledger_.leaf(index));
  GAVAH_ASSIGN(const proof::Leaf leaf, proof::parse_leaf(bytes));
  if (!leaf.object) return fail(ErrorCode::not_found, format("leaf {} is no capture", index));
  GAVAH_ASSIGN(EntrySecret secret, keyring_.find(entry_id));
  return CaptureObject{secret.reduced ? secret.reduced->object : *leaf.object, std::move(secret.age_header)};
}

Result<std::unique_ptr<ByteSource>> Chronicle::open_capture(const CaptureId& id) {
  GAVAH_ASSIGN(const CaptureObject object, object_of(id));
  return objects_.open(object.name, object.age_header, keys_.identity);
}

Result<std::vector<proof::SealedEntry>> Chronicle::sealed_entries() {
  std::map<proof::EntryId, proof::EntryKey> keys;
  std::map<proof::EntryId, std::map<std::string, Digest>> reduced;
  GAVAH_TRY(keyring_.for_each([&](const EntrySecret& secret) -> Result<void> {
    keys.emplace(secret.id, secret.key);
    if (secret.reduced) reduced.emplace(secret.id, secret.reduced->slots);
    return {};
  }));
  std::vector<proof::SealedEntry> out;
  GAVAH_TRY(ledger_.for_each_entry(0, [&](proof::SealedEntry entry) -> Result<void> {
    const auto key = keys.find(entry.leaf.id);
    if (key != keys.end()) {
      entry.key = key->second;
      if (const auto slots = reduced.find(entry.leaf.id); slots != reduced.end()) entry.slot_keys = slots->second;
    } else {
      entry.values.clear();
      entry.lists.clear();
    }
    out.push_back(std::move(entry));
    return {};
  }));
  return out;
}

Result<std::string> Chronicle::bound_file(const Digest& digest) {
  GAVAH_ASSIGN(std::string bytes, disk_->read(path("bound/" + digest.hex())));
  if (sha256(bytes) != digest) return fail(ErrorCode::corrupt, format("bound/{} has other bytes", digest.hex()));
  return bytes;
}

Result<void> Chronicle::add_bound_file(std::string_view bytes) {
  GAVAH_TRY(disk_->make_directories(path("bound")));
  return disk_->replace(path("bound/" + sha256(bytes).hex()), bytes);
}

Result<std::string> Chronicle::checkpoint_note() {
  GAVAH_ASSIGN(const auto note, tiles_.checkpoint());
  if (!note) return fail(ErrorCode::not_found, "the log has no checkpoint");
  return *note;
}

Result<proof::Checkpoint> Chronicle::head() {
  GAVAH_ASSIGN(const std::string note, checkpoint_note());
  std::vector<proof::Verifier> keys;
  for (const LogKeyRange& range : config_.log_keys) keys.push_back(range.key);
  GAVAH_ASSIGN_AS(proof::Checkpoint head, proof::open_checkpoint(note, keys), "reading the checkpoint");
  if (head.origin != config_.origin) return fail(ErrorCode::corrupt, "the checkpoint is of another log");
  return head;
}

Result<void> Chronicle::begin_epoch(Random& random) {
  if (epochs_.size() != 1) return {};
  EpochKeys both = epochs_;
  both.emplace(epochs_.rbegin()->first + 1, random.array<32>());
  GAVAH_TRY_AS(disk_->replace(path(kEpochsFile), epochs_text(both, *keys_.pages, random)), "beginning an epoch");
  epochs_ = std::move(both);
  return {};
}

Result<void> Chronicle::remove_index() {
  for (const char* suffix : {"", ".new", "-wal", "-shm"}) {
    if (disk_->exists(index_path() + suffix)) GAVAH_TRY_AS(disk_->remove(index_path() + suffix), "removing the index");
  }
  return disk_->sync_directory(directory_);
}

Result<void> Chronicle::finish_epoch(Random& random) {
  if (epochs_.size() < 2) return {};
  GAVAH_TRY_AS(move_to_newest_epoch(ledger_.database(), ledger_file()), "beginning an epoch");
  GAVAH_TRY_AS(move_to_newest_epoch(keyring_.database(), keyring_file()), "beginning an epoch");
  GAVAH_TRY(remove_index());
  const EpochKeys newest{*epochs_.rbegin()};
  GAVAH_TRY_AS(disk_->replace(path(kEpochsFile), epochs_text(newest, *keys_.pages, random)), "ending an epoch");
  epochs_ = newest;
  GAVAH_ASSIGN(ledger_, Ledger::open(ledger_file()));
  GAVAH_ASSIGN(keyring_, Keyring::open(keyring_file()));
  return {};
}

Result<void> Chronicle::replace_keys(Keys keys, const Rewrap& wrap) {
  std::string text = keys_text(keys);
  if (protection_ == Protection::passphrase) {
    GAVAH_ASSIGN(const std::string before, disk_->read(path(kKeysFile)));
    GAVAH_TRY(unwrap_with_passphrase(before, wrap.passphrase));
    GAVAH_ASSIGN(text, wrap_with_passphrase(text, wrap.passphrase, wrap.cost, *wrap.random));
  }
  GAVAH_TRY(overwrite_keys(text));
  keys_ = std::move(keys);
  return {};
}

Result<void> Chronicle::change_passphrase(std::string_view before, std::string_view after, const PassphraseCost& cost,
                                          Random& random) {
  if (protection_ != Protection::passphrase) return fail(ErrorCode::refused, "these keys have no passphrase");
  if (after.empty()) return fail(ErrorCode::refused, "an empty passphrase protects nothing");
  GAVAH_ASSIGN(const std::string wrapped, disk_->read(path(kKeysFile)));
  GAVAH_TRY(unwrap_with_passphrase(wrapped, before));
  GAVAH_ASSIGN(const std::string text, wrap_with_passphrase(keys_text(keys_), after, cost, random));
  return overwrite_keys(text);
}

/// Held open, the old file can be overwritten after another one has taken its name.
Result<void> Chronicle::overwrite_keys(std::string_view text) {
  const std::string file = path(kKeysFile);
  GAVAH_ASSIGN(const auto old_file, disk_->open_file(file, OpenMode::write));
  GAVAH_ASSIGN(const std::uint64_t size_bytes, old_file->size());
  GAVAH_TRY(disk_->replace(file, text));
  GAVAH_TRY_AS(old_file->write(0, std::string(size_bytes, '\0')), "overwriting the old keys");
  return old_file->sync();
}

Result<void> Chronicle::replace_config(ChronicleConfig config) {
  GAVAH_TRY(disk_->replace(path("chronicle.json"), to_json(config)));
  config_ = std::move(config);
  return {};
}

std::vector<std::string> Chronicle::warnings() const {
  std::vector<std::string> out;
  if (protection_ == Protection::unprotected) {
    out.emplace_back("the keys lie in the clear: whoever has this directory can read everything and sign as this log");
  }
  if (epochs_.empty()) {
    out.emplace_back("ledger, keyring and index lie open: their pages are not sealed, as benchmarks want it");
  }
  return out;
}

}  // namespace gavah::store
