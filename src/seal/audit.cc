#include "seal/audit.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/format.h"
#include "base/parallel.h"
#include "seal/highest_head.h"

namespace gavah::seal {
namespace {

constexpr std::uint64_t kPieceBytes = 1024 * 1024;  ///< plaintext read at a time
constexpr std::size_t kEntriesAtOnce = 4096;        ///< entries checked between two reads of the ledger

/// Collects faults; one thread.
class Faults {
 public:
  explicit Faults(AuditReport& report) : report_(report) {}
  void add(std::string what, std::string why) {
    ++report_.fault_count;
    if (report_.faults.size() < kMaxFaults) report_.faults.push_back({std::move(what), std::move(why)});
  }
  /// True when all was well.
  template <class T>
  bool take(const Result<T>& result, const std::string& what) {
    if (!result) add(what, result.error().sentence());
    return result.has_value();
  }

 private:
  AuditReport& report_;
};

/// What is checked of one entry on a thread of its own.
struct EntryCheck {
  proof::SealedEntry entry;
  std::optional<store::EntrySecret> secret;
  std::optional<proof::Remains> remains;  ///< of a capture that lost parts: what a redaction says stays
  std::vector<Fault> faults;
  bool has_object = false;

  void fault(std::string what, std::string why) { faults.push_back({std::move(what), std::move(why)}); }
};

/// A capture that lost parts, as what is left of its leaf's slots and the redaction say.
Result<Capture> reduced_capture(const EntryCheck& check) {
  proof::SealedEntry entry = check.entry;
  entry.values["size"] = {"integer", std::to_string(check.remains->size_bytes)};
  entry.values["sha256"] = {"digest", check.remains->sha256.hex()};
  entry.values["same-bytes"] = {"json", "[]"};
  GAVAH_ASSIGN(Capture whole, proof::capture_from(entry));
  return proof::reduced(std::move(whole), *check.remains);
}

/// What stays of a capture is what its leaf committed to, part by part, and of the rest there is no record any more.
void check_reduced_parts(EntryCheck& check) {
  const std::string what = format("leaf {}", check.entry.index);
  const auto& records = check.entry.list("parts");
  for (std::size_t i = 0; i < records.size(); ++i) {
    const auto part = std::ranges::lower_bound(check.remains->parts, static_cast<PartNumber>(i), {}, &Part::number);
    const bool stays = part != check.remains->parts.end() && part->number == i;
    if (stays == records[i].destroyed.has_value()) {
      check.fault(what, format("part {} is {}, and a leaf says otherwise", i, stays ? "gone" : "there"));
    } else if (stays &&
               records[i].bytes != proof::to_json(proof::PartRecord{part->number, part->digest, part->size_bytes})) {
      check.fault(what, format("part {} that stays is not the one that was committed", i));
    }
  }
}

class Audit {
 public:
  Audit(store::Chronicle& chronicle, AuditReport& report) : chronicle_(chronicle), report_(report), faults_(report) {}

  Result<void> run(const std::string& state_directory, std::size_t threads);

 private:
  void check_head(const std::string& state_directory);
  Result<void> check_leaves();
  void check_tiles();
  void check_config();
  void check_bound_files();
  Result<void> check_entries(std::size_t threads);
  void check_secrets(std::vector<EntryCheck>& block);
  void take_remains(EntryCheck& check);
  void check_records(std::vector<EntryCheck>& block);
  void check_contents(EntryCheck& check) const;
  void check_object(EntryCheck& check) const;
  void collect(std::vector<EntryCheck>& block);

  store::Chronicle& chronicle_;
  AuditReport& report_;
  Faults faults_;
  std::optional<proof::Checkpoint> head_;
  proof::HashTree tree_;
  std::set<proof::LeafIndex> redacted_;
  std::map<proof::LeafIndex, proof::LeafIndex>
      within_;  ///< captures that lost parts, each with the latest leaf about it
};

void Audit::check_head(const std::string& state_directory) {
  const auto head = chronicle_.head();
  if (faults_.take(head, "checkpoint")) head_ = *head;
  std::vector<proof::Verifier> keys;
  for (const auto& range : chronicle_.config().log_keys) keys.push_back(range.key);
  const auto outside = HighestHead::look(chronicle_.disk(), state_directory, chronicle_.config().origin, keys);
  if (!faults_.take(outside, "head outside") || !*outside || !head_) return;
  if ((*outside)->size > head_->size) {
    faults_.add("checkpoint", format("it has {} leaves, a head of {} was signed", head_->size, (*outside)->size));
  } else if ((*outside)->size == head_->size && (*outside)->root != head_->root) {
    faults_.add("checkpoint", "another root of the same size was signed: the log has forked");
  }
}

Result<void> Audit::check_leaves() {
  GAVAH_ASSIGN(const std::uint64_t size, chronicle_.ledger().size());
  const auto visit = [&](proof::LeafIndex index, std::string_view bytes) -> Result<void> {
    const std::string what = format("leaf {}", index);
    const auto leaf = proof::parse_leaf(bytes);
    if (faults_.take(leaf, what)) {
      faults_.take(proof::check_shape(*leaf), what);
      faults_.take(proof::check_refs_before(*leaf, index), what);
      if (leaf->type == proof::LeafType::redact) {
        for (const proof::LeafIndex target : leaf->refs_as("target")) redacted_.insert(target);
        for (const proof::LeafIndex capture : leaf->refs_as("within")) within_[capture] = index;
      }
    }
    tree_.append(proof::leaf_hash(bytes));
    ++report_.leaves;
    return {};
  };
  faults_.take(chronicle_.ledger().for_each_leaf(0, size, visit), "ledger.sqlite");
  if (head_ && tree_.size() < head_->size) {
    faults_.add("ledger.sqlite", format("it has {} leaves, the checkpoint {}", tree_.size(), head_->size));
  } else if (head_) {
    const auto root = tree_.root(head_->size);
    if (faults_.take(root, "checkpoint") && *root != head_->root) {
      faults_.add("checkpoint", "the leaves in the ledger do not give its root");
    }
  }
  return {};
}

void Audit::check_tiles() {
  if (!head_ || tree_.size() < head_->size) return;
  for (const proof::TileName& name : proof::tiles_of(head_->size)) {
    const auto bytes = chronicle_.tiles().tile(name);
    if (!faults_.take(bytes, proof::path_of(name))) continue;
    std::vector<Digest> expected;
    for (std::uint32_t i = 0; i < name.width; ++i) {
      const auto node = tree_.node({name.level * proof::kTileHeight, name.number * proof::kTileWidth + i});
      if (node) expected.push_back(*node);
    }
    if (*bytes != proof::tile_bytes(expected)) faults_.add(proof::path_of(name), "it does not hold the leaves' hashes");
  }
  for (const proof::BundleName& name : proof::bundles_of(head_->size)) {
    const auto bytes = chronicle_.tiles().bundle(name);
    if (!faults_.take(bytes, proof::path_of(name))) continue;
    const auto entries = proof::entries_from_bundle(*bytes, name.width);
    if (!faults_.take(entries, proof::path_of(name))) continue;
    for (std::uint32_t i = 0; i < name.width; ++i) {
      const std::uint64_t index = name.number * proof::kTileWidth + i;
      const auto expected = tree_.node({0, index});
      if (expected && proof::leaf_hash((*entries)[i]) == *expected) continue;
      faults_.add(proof::path_of(name), format("its entry {} is not leaf {}", i, index));
    }
  }
}

/// chronicle.json names the public halves of the keys that are used.
void Audit::check_config() {
  const store::ChronicleConfig& config = chronicle_.config();
  const store::Keys& keys = chronicle_.keys();
  // A member whose name changed would be read as one that is not there.
  const auto text = chronicle_.disk().read(chronicle_.path("chronicle.json"));
  if (faults_.take(text, "chronicle.json") && *text != store::to_json(config)) {
    faults_.add("chronicle.json", "it is not as it was written");
  }
  const bool has_log_key = std::ranges::any_of(
      config.log_keys, [&](const store::LogKeyRange& range) { return range.key == keys.log.verifier(); });
  if (!has_log_key) faults_.add("chronicle.json", "it does not name the log's key");
  if (!(config.release_key == keys.release.verifier())) faults_.add("chronicle.json", "it names another release key");
  if (!(config.recipient == keys.identity.recipient())) faults_.add("chronicle.json", "it names another recipient");
}

void Audit::check_bound_files() {
  const auto entries = chronicle_.disk().list(chronicle_.path("bound"));
  if (!faults_.take(entries, "bound")) return;
  for (const DirectoryEntry& entry : *entries) {
    if (entry.name.ends_with(".new")) continue;
    const std::string path = "bound/" + entry.name;
    const auto bytes = chronicle_.disk().read(chronicle_.path(path));
    if (faults_.take(bytes, path) && sha256(*bytes).hex() != entry.name) faults_.add(path, "it has other bytes");
  }
}

/// Keys are read here, on the one thread that may use the keyring.
void Audit::check_secrets(std::vector<EntryCheck>& block) {
  for (EntryCheck& check : block) {
    auto secret = chronicle_.keyring().find(check.entry.leaf.id);
    if (secret) {
      check.secret = *std::move(secret);
    } else if (redacted_.contains(check.entry.index)) {
      ++report_.shredded;
    } else {
      faults_.add(format("leaf {}", check.entry.index), secret.error().sentence());
    }
    if (check.secret && check.secret->reduced) take_remains(check);
  }
}

/// A key that was reduced must have a leaf for its cause, and say what that leaf says.
void Audit::take_remains(EntryCheck& check) {
  const std::string what = format("leaf {}", check.entry.index);
  ++report_.reduced;
  check.entry.slot_keys = check.secret->reduced->slots;
  const auto within = within_.find(check.entry.index);
  if (within == within_.end()) return faults_.add(what, "parts of it are gone, and no leaf says so");
  const auto redaction = chronicle_.ledger().entry(within->second);
  if (!faults_.take(redaction, what)) return;
  auto remains = proof::remains_from(*redaction);
  if (!faults_.take(remains, what)) return;
  if (remains->object != check.secret->reduced->object) faults_.add(what, "what stays of it lies in another object");
  check.remains = *std::move(remains);
}

/// The ledger's rows of captures and parts, which everything derived is read from, say what was committed.
void Audit::check_records(std::vector<EntryCheck>& block) {
  for (EntryCheck& check : block) {
    if (!check.secret || check.entry.leaf.type != proof::LeafType::capture) continue;
    const std::string what = format("leaf {}", check.entry.index);
    const auto id = CaptureId::from_bytes(check.entry.leaf.id.view());
    if (check.secret->reduced && !check.remains) continue;
    const auto committed = check.remains ? reduced_capture(check) : proof::capture_from(check.entry);
    const auto parts = check.remains ? Result<std::vector<Part>>(check.remains->parts) : proof::parts_from(check.entry);
    const auto row = chronicle_.ledger().capture(id);
    const auto part_rows = chronicle_.ledger().parts(id);
    if (!faults_.take(committed, what) || !faults_.take(parts, what)) continue;
    if (!faults_.take(row, what) || !faults_.take(part_rows, what)) continue;
    if (to_json(*row) != to_json(*committed))
      faults_.add(what, "the ledger's row of the capture is not what was committed");
    if (*part_rows != *parts) faults_.add(what, "the ledger's rows of the parts are not what was committed");
  }
}

void Audit::check_contents(EntryCheck& check) const {
  const std::string what = format("leaf {}", check.entry.index);
  const proof::Leaf& leaf = check.entry.leaf;
  const auto specs = proof::slots_of(leaf.type);
  if (specs.size() != leaf.slots.size()) return check.fault(what, "it has not as many slots as its type");
  check.entry.key = check.secret->key;
  proof::Committer committer(chronicle_.config().origin, leaf.id);
  for (std::size_t i = 0; i < specs.size(); ++i) {
    const auto key = check.entry.key_of(specs[i].path);
    if (!key) continue;
    const auto value = check.entry.values.find(std::string(specs[i].path));
    const proof::SlotValue held = value == check.entry.values.end() ? proof::SlotValue{} : value->second;
    if (committer.commit(*key, specs[i].path, held.kind, held.value) != leaf.slots[i]) {
      check.fault(what, format("slot {} is not what was committed", specs[i].path));
    }
  }
  for (const auto& [path, value] : check.entry.values) {
    if (!proof::slot_at(leaf.type, path) || !check.entry.key_of(path)) {
      check.fault(what, format("a value stands under {}, which does not open", path));
    }
  }
  if (check.remains) check_reduced_parts(check);
  for (const auto& [path, records] : check.entry.lists) {
    const std::string* head = check.entry.find(path);
    if (head == nullptr || proof::list_head(records).text() != *head) {
      check.fault(what, format("the records of {} are not those that were committed", path));
    }
  }
}

void Audit::check_object(EntryCheck& check) const {
  const bool is_reduced = check.secret && check.secret->reduced;
  const Digest name = is_reduced ? check.secret->reduced->object : *check.entry.leaf.object;
  const std::string what = format("object {}", name.hex());
  store::Objects objects(chronicle_.disk(), chronicle_.path("objects"));
  if (const auto sound = objects.check(name); !sound) return check.fault(what, sound.error().sentence());
  if (!check.secret) return;
  const auto plain = objects.open(name, check.secret->age_header, chronicle_.keys().identity);
  if (!plain) return check.fault(what, plain.error().sentence());
  Sha256 hash;
  for (std::uint64_t at = 0; at < (*plain)->size(); at += kPieceBytes) {
    const auto piece = (*plain)->read({at, std::min(at + kPieceBytes, (*plain)->size())});
    if (!piece) return check.fault(what, piece.error().sentence());
    hash.update(*piece);
  }
  const std::string* whole = check.entry.find("sha256");
  const std::string committed = check.remains ? check.remains->sha256.hex() : whole == nullptr ? "" : *whole;
  if (committed != hash.finish().hex()) {
    check.fault(what, "its plaintext is not the one that was committed");
  }
}

void Audit::collect(std::vector<EntryCheck>& block) {
  for (EntryCheck& check : block) {
    if (check.secret) report_.openings += check.entry.leaf.slots.size();
    if (check.has_object) ++report_.objects;
    for (Fault& fault : check.faults) faults_.add(std::move(fault.what), std::move(fault.why));
  }
  block.clear();
}

Result<void> Audit::check_entries(std::size_t threads) {
  std::vector<EntryCheck> block;
  const auto check_block = [&] {
    check_secrets(block);
    check_records(block);
    parallel_for(block.size(), threads, [&](std::size_t i) {
      EntryCheck& check = block[i];
      // The object of a shredded capture is gone with its key.
      check.has_object =
          check.entry.leaf.object.has_value() && (check.secret || !redacted_.contains(check.entry.index));
      if (check.secret) check_contents(check);
      if (check.has_object) check_object(check);
    });
    collect(block);
  };
  const auto visit = [&](proof::SealedEntry entry) -> Result<void> {
    EntryCheck check;
    check.entry = std::move(entry);
    block.push_back(std::move(check));
    if (block.size() == kEntriesAtOnce) check_block();
    return {};
  };
  faults_.take(chronicle_.ledger().for_each_entry(0, visit), "ledger.sqlite");
  check_block();
  return {};
}

Result<void> Audit::run(const std::string& state_directory, std::size_t threads) {
  faults_.take(chronicle_.ledger().database().check_integrity(), "ledger.sqlite");
  faults_.take(chronicle_.keyring().database().check_integrity(), "keyring");
  check_config();
  check_bound_files();
  check_head(state_directory);
  GAVAH_TRY(check_leaves());
  check_tiles();
  return check_entries(threads);
}

}  // namespace

Result<AuditReport> audit(store::Chronicle& chronicle, const std::string& state_directory, std::size_t threads) {
  AuditReport report;
  Audit work(chronicle, report);
  GAVAH_TRY_AS(work.run(state_directory, threads), "auditing the chronicle");
  return report;
}

}  // namespace gavah::seal
