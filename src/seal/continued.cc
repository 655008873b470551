#include "seal/continued.h"

#include <optional>

#include "base/format.h"
#include "seal/audit.h"
#include "seal/cosigning.h"
#include "seal/highest_head.h"

namespace gavah::seal {
namespace {

constexpr std::size_t kRowsAtOnce = 1'000;  ///< committed in one transaction

class LogContinued {
 public:
  LogContinued(Disk& disk, std::string directory, std::string state_directory, const ContinuedOptions& options,
               const Clock& clock, Random& random)
      : disk_(disk),
        directory_(std::move(directory)),
        state_directory_(std::move(state_directory)),
        options_(options),
        clock_(clock),
        random_(random) {}

  Result<Continued> run() {
    GAVAH_TRY(check_origin());
    GAVAH_TRY(take_over());
    GAVAH_TRY(replace_ledger());
    for (const char* name : {"log", "tokens"}) {
      if (disk_.exists(path(name))) GAVAH_TRY(disk_.remove_tree(path(name)));
    }
    for (const std::string_view name : {kCosignedHeadFile, std::string_view("last-edition")}) {
      if (disk_.exists(path(name))) GAVAH_TRY(disk_.remove(path(name)));
    }
    GAVAH_TRY(disk_.make_directories(path("log")));
    GAVAH_TRY(sign_first_head());
    return out_;
  }

 private:
  std::string path(std::string_view name) const { return join_path(directory_, name); }

  Result<void> check_origin() const {
    if (!proof::is_key_name(options_.origin)) {
      return fail(ErrorCode::invalid_input, format("'{}' cannot name a log: no white space, no '+'", options_.origin));
    }
    if (disk_.exists(HighestHead::path_of(state_directory_, options_.origin))) {
      return fail(ErrorCode::refused,
                  format("this machine has already signed heads of a log named {}", options_.origin));
    }
    return {};
  }

  /// Everything that needs the old chronicle open: the new ledger beside the old one, new keys, the bound file.
  Result<void> take_over() {
    GAVAH_ASSIGN(store::Chronicle old, store::Chronicle::open(disk_, directory_, options_.ask_passphrase));
    // Audited without the head outside: that the copy is behind it is why it is continued.
    GAVAH_ASSIGN(const AuditReport report, audit(old, join_path(directory_, "no-state")));
    if (!report.is_sound()) {
      const Fault& fault = report.faults.front();
      return fail(ErrorCode::corrupt, format("the copy is damaged: {}: {}", fault.what, fault.why));
    }
    GAVAH_ASSIGN(out_.taken, old.ledger().size());
    store::Keys keys = old.keys();
    const proof::Signer old_signer = keys.log;
    GAVAH_ASSIGN(keys.log, proof::Signer::generate(options_.origin, random_));
    GAVAH_ASSIGN(keys.release, proof::Signer::generate(options_.origin + "/release", random_));
    keys.next_log.reset();
    GAVAH_ASSIGN(const std::string file, citation(old_signer, keys.log));
    GAVAH_TRY(old.add_bound_file(file));
    GAVAH_TRY(write_ledger(old, sha256(file)));
    store::ChronicleConfig config = old.config();
    config.origin = options_.origin;
    config.log_keys = {{keys.log.verifier(), 0, std::nullopt}};
    config.release_key = keys.release.verifier();
    GAVAH_TRY(old.replace_keys(std::move(keys), {options_.passphrase, options_.cost, &random_}));
    return old.replace_config(std::move(config));
  }

  Result<std::string> citation(const proof::Signer& old_signer, const proof::Signer& new_signer) {
    proof::Continuation it;
    it.origin = options_.origin;
    it.key = new_signer.verifier();
    it.taken = out_.taken;
    it.old_keys = options_.old_keys;
    it.head_note = options_.head_note;
    GAVAH_ASSIGN_AS(it.head, proof::open_checkpoint(it.head_note, it.old_keys), "reading the old log's head");
    out_.lost = it.lost();
    return it.sign(old_signer, new_signer);
  }

  Result<void> write_ledger(store::Chronicle& old, const Digest& bound) {
    store::DatabaseFile file = old.ledger_file();
    file.path = path("ledger.fresh");
    GAVAH_ASSIGN(store::Ledger fresh, store::Ledger::open(file));
    std::vector<store::LedgerEntry> rows;
    for (proof::LeafIndex first = 0; first < out_.taken; first += rows.size()) {
      rows.clear();
      for (proof::LeafIndex at = first; at < out_.taken && rows.size() < kRowsAtOnce; ++at) {
        GAVAH_ASSIGN_AS(rows.emplace_back(), committed_anew(old, at, bound), format("taking over leaf {}", at));
      }
      GAVAH_TRY(fresh.append(first, rows));
    }
    return fresh.database().checkpoint();
  }

  /// The entry at its place in the new log.
  Result<store::LedgerEntry> committed_anew(store::Chronicle& old, proof::LeafIndex index, const Digest& bound) {
    GAVAH_ASSIGN(store::LedgerEntry row, old.ledger().row(index));
    const auto secret = old.keyring().find(row.id);
    if (!secret && secret.error().code != ErrorCode::not_found) return std::unexpected(secret.error());
    if (!secret) return row;  // Shredded: its commitments open to nobody, under whatever name.
    GAVAH_ASSIGN(const proof::Leaf before, proof::parse_leaf(row.leaf));
    proof::Entry entry{before.type, before.refs, before.bind, before.object, before.id, row.values, row.lists};
    if (index == 0) {
      entry = first_entry(before.id, bound);
    } else if (before.type == proof::LeafType::key || before.type == proof::LeafType::edition ||
               before.type == proof::LeafType::heartbeat) {
      entry = {};
      entry.type = proof::LeafType::heartbeat;
      entry.id = before.id;
    }
    if (secret->reduced) {
      GAVAH_ASSIGN(row.leaf, proof::leaf_bytes(reduced_anew(before, row, *secret->reduced)));
      return row;
    }
    GAVAH_ASSIGN(const proof::Leaf after, proof::leaf_of(entry, before.id, before.day, secret->key, options_.origin));
    GAVAH_ASSIGN(row.leaf, proof::leaf_bytes(after));
    row.type = after.type;
    row.values = std::move(entry.values);
    row.lists = std::move(entry.lists);
    return row;
  }

  /// A capture that lost parts: what its slots still open to is committed anew, the rest stays as it is.
  proof::Leaf reduced_anew(proof::Leaf leaf, const store::LedgerEntry& row, const store::ReducedKey& reduced) const {
    const auto specs = proof::slots_of(leaf.type);
    for (std::size_t i = 0; i < specs.size(); ++i) {
      const auto key = reduced.slots.find(std::string(specs[i].path));
      if (key == reduced.slots.end()) continue;
      const auto value = row.values.find(key->first);
      leaf.slots[i] = proof::commit(key->second, options_.origin, leaf.id, specs[i].path,
                                    value == row.values.end() ? proof::SlotValue{} : value->second);
    }
    return leaf;
  }

  static proof::Entry first_entry(const proof::EntryId& id, const Digest& bound) {
    proof::Entry out;
    out.type = proof::LeafType::key;
    out.id = id;
    out.bind = bound;
    out.set("reason", std::string("the log before was lost in part"));
    return out;
  }

  Result<void> replace_ledger() {
    GAVAH_TRY(disk_.rename(path("ledger.fresh"), path("ledger.sqlite")));
    for (const char* name : {"ledger.fresh-wal", "ledger.fresh-shm", "ledger.sqlite-wal", "ledger.sqlite-shm"}) {
      if (disk_.exists(path(name))) GAVAH_TRY(disk_.remove(path(name)));
    }
    return disk_.sync_directory(directory_);
  }

  Result<void> sign_first_head() {
    GAVAH_ASSIGN(store::Chronicle fresh, store::Chronicle::open(disk_, directory_, options_.ask_passphrase));
    const auto leaves = [&](proof::LeafIndex begin, proof::LeafIndex end, const auto& visit) {
      return fresh.ledger().for_each_leaf(begin, end, visit);
    };
    GAVAH_ASSIGN(const proof::CompactRange range, fresh.tiles().grow(0, out_.taken, leaves));
    const proof::Checkpoint head{options_.origin, out_.taken, range.root()};
    GAVAH_ASSIGN(const std::string note, proof::sign_checkpoint(head, fresh.keys().log));
    GAVAH_TRY(fresh.tiles().replace_checkpoint(note));
    GAVAH_ASSIGN(HighestHead highest, HighestHead::open(disk_, state_directory_, options_.origin, clock_));
    GAVAH_TRY(disk_.sync_all(directory_));
    return highest.swap("", note);
  }

  Disk& disk_;
  std::string directory_;
  std::string state_directory_;
  const ContinuedOptions& options_;
  const Clock& clock_;
  Random& random_;
  Continued out_;
};

}  // namespace

Result<Continued> continue_log(Disk& disk, const std::string& directory, const std::string& state_directory,
                               const ContinuedOptions& options, const Clock& clock, Random& random) {
  auto done = LogContinued(disk, directory, state_directory, options, clock, random).run();
  if (!done) return fail_with(std::move(done), format("continuing the log as {}", options.origin));
  return done;
}

}  // namespace gavah::seal
