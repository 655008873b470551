#include "seal/create.h"

#include "base/bytes.h"
#include "base/format.h"
#include "seal/highest_head.h"
#include "seal/prepared.h"

namespace gavah::seal {
namespace {

constexpr std::size_t kMaxNameBytes = 100;  ///< of a gazetteer's file

/// A name that stays inside the directory and hides nothing.
bool is_plain_name(std::string_view name) {
  return !name.empty() && name.size() <= kMaxNameBytes && name.front() != '.' &&
         name.find_first_of(std::string_view("/\\\0", 3)) == std::string_view::npos;
}

Result<void> check_options(Disk& disk, const std::string& directory, const std::string& state_directory,
                           const std::string& origin, const CreateOptions& options) {
  if (!proof::is_key_name(origin)) {
    return fail(ErrorCode::invalid_input, format("'{}' cannot name a log: no white space, no '+'", origin));
  }
  if (options.protection == store::Protection::passphrase && options.passphrase.empty()) {
    return fail(ErrorCode::refused, "a passphrase is needed to protect the keys");
  }
  for (const auto& [name, bytes] : options.gazetteers) {
    if (!is_plain_name(name)) return fail(ErrorCode::invalid_input, format("'{}' is no plain file name", name));
  }
  if (disk.exists(HighestHead::path_of(state_directory, origin))) {
    return fail(ErrorCode::refused, format("this machine has already signed heads of a log named {}", origin));
  }
  if (!disk.exists(directory)) return {};
  GAVAH_ASSIGN(const auto entries, disk.list(directory));
  if (!entries.empty()) return fail(ErrorCode::refused, format("{} is not empty", directory));
  return {};
}

Result<void> write_durably(Disk& disk, const std::string& path, std::string_view bytes) {
  GAVAH_TRY(disk.make_directories(std::string(parent_path(path))));
  return disk.replace(path, bytes);
}

store::ChronicleConfig config_of(const store::Keys& keys, const CreateOptions& options) {
  store::ChronicleConfig config;
  config.origin = keys.log.name;
  config.log_keys = {{keys.log.verifier(), 0, std::nullopt}};
  config.release_key = keys.release.verifier();
  config.recipient = keys.identity.recipient();
  for (const auto& [name, bytes] : options.gazetteers) config.gazetteer_files.push_back(name);
  return config;
}

/// The first leaf: which key signs from here on.
Result<void> append_key_leaf(store::Chronicle& chronicle, Day day, Random& random) {
  const std::string file = chronicle.config().log_keys.front().key.text() + "\n";
  GAVAH_TRY(chronicle.add_bound_file(file));
  Prepared prepared;
  prepared.entry.type = proof::LeafType::key;
  prepared.entry.bind = sha256(file);
  prepared.entry.set("reason", std::string("first key"));
  std::vector<Prepared> entries;
  entries.push_back(std::move(prepared));
  GAVAH_ASSIGN(const Rows rows, rows_of(std::move(entries), 0, day, chronicle.config().origin, random));
  GAVAH_TRY(chronicle.keyring().add(rows.secrets));
  return chronicle.ledger().append(0, rows.entries);
}

/// Signed and remembered outside before the chronicle has its name: whoever finds it finds its head.
Result<void> sign_first_head(store::Chronicle& chronicle, const std::string& state_directory, const Clock& clock) {
  const auto leaves = [&](proof::LeafIndex begin, proof::LeafIndex end, const auto& visit) {
    return chronicle.ledger().for_each_leaf(begin, end, visit);
  };
  GAVAH_ASSIGN(const proof::CompactRange range, chronicle.tiles().grow(0, 1, leaves));
  const proof::Checkpoint head{chronicle.config().origin, 1, range.root()};
  GAVAH_ASSIGN(const std::string note, proof::sign_checkpoint(head, chronicle.keys().log));
  GAVAH_TRY(chronicle.tiles().replace_checkpoint(note));
  GAVAH_ASSIGN(HighestHead highest,
               HighestHead::open(chronicle.disk(), state_directory, chronicle.config().origin, clock));
  return highest.swap("", note);
}

/// Everything, in a directory that does not exist yet.
Result<void> fill(Disk& disk, const std::string& directory, const std::string& state_directory, const store::Keys& keys,
                  const CreateOptions& options, const Clock& clock, Random& random) {
  for (const char* folder : {"keys", "log", "objects", "bound", "quarantine"}) {
    GAVAH_TRY(disk.make_directories(join_path(directory, folder)));
  }
  std::string secrets = store::keys_text(keys);
  if (options.protection == store::Protection::passphrase) {
    GAVAH_ASSIGN(secrets, wrap_with_passphrase(secrets, options.passphrase, options.cost, random));
  }
  GAVAH_TRY(write_durably(disk, join_path(directory, "keys/keys.json"), secrets));
  if (keys.pages) {
    const store::EpochKeys first{{1U, random.array<32>()}};
    GAVAH_TRY(write_durably(disk, join_path(directory, "keys/epochs"), store::epochs_text(first, *keys.pages, random)));
  }
  for (const auto& [name, bytes] : options.gazetteers) {
    if (bytes) GAVAH_TRY(write_durably(disk, join_path(directory, name), *bytes));
  }
  GAVAH_TRY(write_durably(disk, join_path(directory, "chronicle.json"), store::to_json(config_of(keys, options))));
  const auto passphrase = [&]() -> Result<std::string> { return options.passphrase; };
  GAVAH_ASSIGN(store::Chronicle chronicle, store::Chronicle::open(disk, directory, passphrase));
  GAVAH_TRY(append_key_leaf(chronicle, clock.now().day(), random));
  return sign_first_head(chronicle, state_directory, clock);
}

}  // namespace

Result<void> create(Disk& disk, const std::string& directory, const std::string& state_directory,
                    const CreateOptions& options, const Clock& clock, Random& random) {
  const std::string origin = options.origin.empty() ? "gavah.invalid/" + to_hex(random.bytes(8)) : options.origin;
  GAVAH_TRY_AS(check_options(disk, directory, state_directory, origin, options), format("making {}", directory));
  GAVAH_ASSIGN(store::Keys keys, store::Keys::generate(origin, random));
  if (options.pages == store::Pages::open) keys.pages.reset();
  const std::string beside = format("{}.new-{}", directory, to_hex(random.bytes(4)));
  GAVAH_TRY(disk.make_directories(std::string(parent_path(beside))));
  Result<void> made = fill(disk, beside, state_directory, keys, options, clock, random);
  if (made) made = disk.rename(beside, directory);
  if (!made) {
    // The first failure is the one to report.
    if (disk.exists(beside)) [[maybe_unused]]
      const auto removed = disk.remove_tree(beside);
    return fail_with(std::move(made), format("making {}", directory));
  }
  return disk.sync_all(directory);
}

}  // namespace gavah::seal
