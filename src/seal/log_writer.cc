#include "seal/log_writer.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/format.h"
#include "seal/cosigning.h"
#include "seal/highest_head.h"
#include "seal/prepared.h"
#include "seal/shred.h"
#include "seal/writer_lock.h"

namespace gavah::seal {
namespace {

std::vector<proof::Verifier> keys_for(const store::ChronicleConfig& config, std::uint64_t size) {
  std::vector<proof::Verifier> out;
  for (const store::LogKeyRange& range : config.log_keys) {
    if (range.from <= size && (!range.to || size < *range.to)) out.push_back(range.key);
  }
  return out;
}

std::vector<proof::Verifier> all_keys(const store::ChronicleConfig& config) {
  std::vector<proof::Verifier> out;
  for (const store::LogKeyRange& range : config.log_keys) out.push_back(range.key);
  return out;
}

std::unexpected<Error> doubt(std::string message) { return fail(ErrorCode::fatal, std::move(message)); }

/// The error as a reason to stop: whatever went wrong while sealing, the log must not sign on top of it. What may
/// pass by itself (a full disk) stays what it is.
Result<void> as_doubt(Result<void> result) {
  if (result || result.error().code == ErrorCode::unavailable) return result;
  Error error = std::move(result).error();
  error.code = ErrorCode::fatal;
  return std::unexpected<Error>(std::move(error));
}

}  // namespace

struct LogWriter::State {
  store::Chronicle* chronicle;
  const Clock* clock;
  Random* random;
  WriterLock lock;
  HighestHead highest;
  std::uint64_t size = 0;        ///< acknowledged leaves
  proof::Checkpoint sealed;      ///< what log/checkpoint says
  std::optional<Day> heartbeat;  ///< day of the newest heartbeat leaf
  bool has_stopped = false;      ///< after a fatal error

  Day today() const { return clock->now().day(); }
  const std::string& origin() const { return chronicle->config().origin; }

  Result<void> recover();
  Result<void> adopt_highest();
  Result<void> grow_to(std::uint64_t target, const std::string& known_note);
  Result<std::vector<proof::LeafIndex>> append(std::vector<Prepared> entries);
  Result<std::pair<proof::ListHead, proof::ListHead>> take_parts(store::PartSpool& parts,
                                                                 store::LedgerBatch& batch) const;
  Result<store::EntrySecret> take_capture(StagedCapture& staged, store::LedgerBatch& batch) const;
  Result<void> check_running() const;
  Result<std::string> sign_head(const proof::Checkpoint& head) const;
  Result<std::optional<std::uint64_t>> adopt_decided_key() const;
  Result<proof::Note> gathered(std::string_view note, std::span<const proof::NoteSignature> added,
                               std::span<const proof::WitnessKey> witnesses) const;
};

Result<void> LogWriter::State::check_running() const {
  if (has_stopped) return doubt("the log writer has stopped after an error; audit the chronicle before writing on");
  return {};
}

/// The note with a signature by each key at hand whose range holds the size: two at the size where one key hands over.
Result<std::string> LogWriter::State::sign_head(const proof::Checkpoint& head) const {
  const auto valid = keys_for(chronicle->config(), head.size);
  const store::Keys& keys = chronicle->keys();
  proof::Note note{head.text(), {}};
  std::vector<const proof::Signer*> signers{&keys.log};
  if (keys.next_log) signers.push_back(&*keys.next_log);
  for (const proof::Signer* signer : signers) {
    const proof::Verifier key = signer->verifier();
    if (std::ranges::find(valid, key) == valid.end()) continue;
    note.signatures.push_back({key.name, key.id(), signer->key.sign(note.text)});
  }
  if (note.signatures.empty()) {
    return fail(ErrorCode::refused, format("no key at hand may sign heads of {} leaves", head.size));
  }
  return proof::note_bytes(note);
}

/// Brings tiles, head and checkpoint from `sealed` to `target` leaves. `known_note` is the signed head of that size
/// when there is one already: what we make must be the same bytes.
Result<void> LogWriter::State::grow_to(std::uint64_t target, const std::string& known_note) {
  store::Tiles& tiles = chronicle->tiles();
  GAVAH_ASSIGN_AS(const auto old_range, proof::CompactRange::read(sealed.size, tiles.nodes(sealed.size)),
                  "rechecking the old root");
  if (old_range.root() != sealed.root) return doubt("the stored tiles do not give the root of the checkpoint");
  const auto leaves = [&](proof::LeafIndex begin, proof::LeafIndex end, const auto& visit) {
    return chronicle->ledger().for_each_leaf(begin, end, visit);
  };
  GAVAH_ASSIGN_AS(const auto range, tiles.grow(sealed.size, target, leaves), "writing tiles");
  GAVAH_ASSIGN_AS(const Digest stored_root, proof::tree_root(target, tiles.nodes(target)), "rereading tiles");
  if (range.size() != target || stored_root != range.root()) return doubt("the tiles do not hold what was written");

  const proof::Checkpoint next{origin(), target, range.root()};
  std::string note = known_note;
  if (!known_note.empty()) {
    // The same head may carry other signatures: an earlier key's, witnesses'.
    GAVAH_ASSIGN(const proof::Note known, proof::parse_note(known_note));
    if (known.text != next.text()) return doubt("the leaves do not give the head that was signed before");
  } else {
    GAVAH_ASSIGN(note, sign_head(next));
    GAVAH_ASSIGN(const std::string present, highest.note());
    GAVAH_TRY(highest.swap(present, note));
  }
  const std::uint64_t from = sealed.size;
  GAVAH_TRY(tiles.replace_checkpoint(note));
  sealed = next;
  return tiles.remove_partials(from, target);
}

/// Compares the checkpoint with the highest head outside, and repairs what a crash between the two left.
Result<void> LogWriter::State::adopt_highest() {
  GAVAH_ASSIGN(const auto head, highest.read(all_keys(chronicle->config())));
  GAVAH_ASSIGN(const std::string note, highest.note());
  if (!head || head->origin != origin()) return doubt("the head kept outside is of another log");
  if (head->size > size) {
    return doubt(format("this chronicle has {} leaves, but a head of {} leaves was signed: was an old copy restored?",
                        size, head->size));
  }
  if (head->size > sealed.size) return grow_to(head->size, note);
  GAVAH_ASSIGN(const Digest root, proof::tree_root(head->size, chronicle->tiles().nodes(sealed.size)));
  if (root != head->root) return doubt("this chronicle's log is not the one whose head was signed: it has forked");
  if (head->size == sealed.size) return {};
  GAVAH_ASSIGN(const std::string own, chronicle->checkpoint_note());
  return highest.swap(note, own);
}

Result<void> LogWriter::State::recover() {
  GAVAH_TRY(chronicle->objects().remove_leftovers());
  GAVAH_ASSIGN(sealed, chronicle->head());
  GAVAH_ASSIGN(size, chronicle->ledger().size());
  if (size < sealed.size) return doubt("the ledger has fewer leaves than the log's checkpoint");
  GAVAH_TRY_AS(adopt_decided_key(), "finishing a change of key");
  GAVAH_ASSIGN(const std::string outside, highest.note());
  if (outside.empty()) {
    return fail(ErrorCode::refused,
                "this machine knows no signed head of this log, so this copy may be an old one: gavah restore settles "
                "that, also for a directory as it lies (the same name twice)");
  }
  GAVAH_TRY(as_doubt(adopt_highest()));
  GAVAH_TRY(highest.keep_keys(all_keys(chronicle->config())));
  GAVAH_ASSIGN(const auto newest, chronicle->ledger().last_of(proof::LeafType::heartbeat));
  if (newest) {
    GAVAH_ASSIGN(const std::string bytes, chronicle->ledger().leaf(*newest));
    GAVAH_ASSIGN(const proof::Leaf leaf, proof::parse_leaf(bytes));
    heartbeat = leaf.day;
  }
  return {};
}

/// A change of key stands once its leaf is in the ledger: from then on the ranges hold, whatever a crash left undone.
/// Gives the size from which the next key signs; nothing when no leaf names it.
Result<std::optional<std::uint64_t>> LogWriter::State::adopt_decided_key() const {
  using Decided = std::optional<std::uint64_t>;
  if (!chronicle->keys().next_log) return Decided();
  const proof::Verifier next = chronicle->keys().next_log->verifier();
  for (const store::LogKeyRange& range : chronicle->config().log_keys) {
    if (range.key == next) return Decided(range.from);
  }
  GAVAH_ASSIGN(const auto newest, chronicle->ledger().last_of(proof::LeafType::key));
  if (!newest) return Decided();
  GAVAH_ASSIGN(const std::string bytes, chronicle->ledger().leaf(*newest));
  GAVAH_ASSIGN(const proof::Leaf leaf, proof::parse_leaf(bytes));
  if (!leaf.bind || leaf.refs.empty()) return Decided();
  GAVAH_ASSIGN(const std::string file, chronicle->bound_file(*leaf.bind));
  GAVAH_ASSIGN(const proof::Rotation rotation, proof::Rotation::open(file, all_keys(chronicle->config())));
  if (rotation.key != next) return Decided();
  store::ChronicleConfig config = chronicle->config();
  config.log_keys.back().to = rotation.from_size + 1;
  config.log_keys.push_back({next, rotation.from_size, std::nullopt});
  GAVAH_TRY(chronicle->replace_config(std::move(config)));
  return Decided(rotation.from_size);
}

Result<std::vector<proof::LeafIndex>> LogWriter::State::append(std::vector<Prepared> entries) {
  GAVAH_TRY(check_running());
  const proof::LeafIndex first = size;
  GAVAH_ASSIGN(const Rows rows, rows_of(std::move(entries), first, today(), origin(), *random));
  GAVAH_TRY(chronicle->keyring().add(rows.secrets));
  GAVAH_TRY(chronicle->ledger().append(first, rows.entries));
  size += rows.entries.size();
  std::vector<proof::LeafIndex> out;
  for (proof::LeafIndex index = first; index < size; ++index) {
    if (rows.entries[index - first].type == proof::LeafType::heartbeat) heartbeat = today();
    out.push_back(index);
  }
  return out;
}

LogWriter::LogWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
LogWriter::LogWriter(LogWriter&&) noexcept = default;
LogWriter& LogWriter::operator=(LogWriter&&) noexcept = default;
LogWriter::~LogWriter() = default;

Result<LogWriter> LogWriter::open(store::Chronicle& chronicle, const std::string& state_directory, const Clock& clock,
                                  Random& random) {
  GAVAH_ASSIGN(WriterLock lock, WriterLock::take(chronicle.disk(), chronicle.path("writer.lock"), clock));
  GAVAH_ASSIGN(HighestHead highest,
               HighestHead::open(chronicle.disk(), state_directory, chronicle.config().origin, clock));
  LogWriter writer(std::make_unique<State>(
      State{&chronicle, &clock, &random, std::move(lock), std::move(highest), 0, {}, std::nullopt, false}));
  GAVAH_TRY_AS(writer.state_->recover(), "recovering the log");
  GAVAH_TRY_AS(writer.seal(), "recovering the log");
  GAVAH_TRY_AS(finish_shreds(chronicle, random), "finishing what was being shredded");
  return writer;
}

std::uint64_t LogWriter::size() const { return state_->size; }

Result<void> LogWriter::begin_day() {
  if (state_->heartbeat == state_->today()) return {};
  GAVAH_TRY(heartbeat());
  return {};
}

Result<proof::LeafIndex> LogWriter::heartbeat() {
  std::vector<Prepared> entries(1);
  entries.front().entry.type = proof::LeafType::heartbeat;
  GAVAH_ASSIGN(const std::optional<std::string> cosigned, cosigned_head(*state_->chronicle));
  if (cosigned) {
    GAVAH_TRY(state_->chronicle->add_bound_file(*cosigned));
    entries.front().entry.bind = sha256(*cosigned);
  }
  GAVAH_ASSIGN(const auto indices, state_->append(std::move(entries)));
  return indices.front();
}

Result<std::vector<proof::LeafIndex>> LogWriter::append(std::vector<NewEntry> entries) {
  GAVAH_TRY(begin_day());
  std::vector<Prepared> prepared;
  prepared.reserve(entries.size());
  for (NewEntry& entry : entries) {
    prepared.push_back({std::move(entry.entry), std::move(entry.json), {}, std::move(entry.age_header)});
  }
  return state_->append(std::move(prepared));
}

Result<std::vector<proof::LeafIndex>> LogWriter::append_at(proof::LeafIndex first, std::vector<proof::Entry> entries) {
  if (first != state_->size) {
    return fail(ErrorCode::refused, format("the next leaf is {}, not {}: the log has grown meanwhile", size(), first));
  }
  std::vector<Prepared> prepared;
  prepared.reserve(entries.size());
  for (proof::Entry& entry : entries) prepared.push_back({std::move(entry), {}, {}, {}});
  return state_->append(std::move(prepared));
}

store::PartSpool LogWriter::spool() {
  Random& random = *state_->random;
  return state_->chronicle->objects().spool(CaptureId::from_bytes(random.bytes(16)), random);
}

Result<StagedCapture> LogWriter::stage(const ByteSource& bytes, Capture capture, store::PartSpool parts) {
  store::Chronicle& chronicle = *state_->chronicle;
  const std::vector<age::Recipient> recipients = {chronicle.config().recipient};
  GAVAH_ASSIGN_AS(age::Sealed object, chronicle.objects().put(bytes, recipients, *state_->random),
                  format("taking in {}", capture.name));
  capture.id = parts.capture();
  capture.size_bytes = object.plain_size_bytes;
  capture.digest = object.plain_digest;
  capture.part_count = parts.count();
  return StagedCapture{std::move(capture), std::move(parts), std::move(object)};
}

Result<StagedCapture> LogWriter::stage(const ByteSource& bytes, Capture capture, std::vector<Part> parts) {
  store::PartSpool spooled =
      capture.id.is_none() ? spool() : state_->chronicle->objects().spool(capture.id, *state_->random);
  for (Part& part : parts) GAVAH_TRY(spooled.add(std::move(part)));
  return stage(bytes, std::move(capture), std::move(spooled));
}

/// Commits to each part and puts it into the ledger: the head of the list of digests, and of that of the parts in full.
Result<std::pair<proof::ListHead, proof::ListHead>> LogWriter::State::take_parts(store::PartSpool& parts,
                                                                                 store::LedgerBatch& batch) const {
  proof::CompactRange heads;
  proof::CompactRange chains;
  const auto take = [&](const store::SpooledPart& part) -> Result<void> {
    const proof::PartRecord head{part.number, part.digest, part.size_bytes};
    const proof::ListRecord record = proof::salted(proof::to_json(head), *random);
    const proof::ListRecord chain = proof::salted(std::string(part.json), *random);
    heads.append(proof::record_hash(record));
    chains.append(proof::record_hash(chain));
    GAVAH_TRY(batch.add_record("parts", record));
    GAVAH_TRY(batch.add_record("chains", chain));
    return batch.add_part(part.number, part.json);
  };
  GAVAH_TRY(parts.for_each(take));
  return std::pair(proof::ListHead{heads.size(), heads.root()}, proof::ListHead{chains.size(), chains.root()});
}

/// One capture into the batch, its leaf at `capture.leaf`.
Result<store::EntrySecret> LogWriter::State::take_capture(StagedCapture& staged, store::LedgerBatch& batch) const {
  Capture& capture = staged.capture;
  const Digest mark = store::mark_of(chronicle->keys(), capture.digest);
  // Those before it in the batch are in the ledger already, though not for good.
  GAVAH_ASSIGN(capture.same_bytes, chronicle->ledger().captures_marked(mark, kMaxSameBytes));
  GAVAH_ASSIGN(const auto heads, take_parts(staged.parts, batch));
  Prepared prepared{proof::capture_entry(capture, heads.first, heads.second, staged.object.payload_digest),
                    to_json(capture), mark, std::move(staged.object.header)};
  prepared.entry.lists = {{"parts", {}}, {"chains", {}}};
  const auto index = static_cast<proof::LeafIndex>(*capture.leaf);
  GAVAH_ASSIGN(Row row, row_of(std::move(prepared), index, today(), origin(), *random));
  GAVAH_TRY(batch.add(row.entry));
  return std::move(row.secret);
}

Result<std::vector<Capture>> LogWriter::append_captures(std::vector<StagedCapture> staged) {
  if (staged.empty()) return std::vector<Capture>();
  store::Chronicle& chronicle = *state_->chronicle;
  GAVAH_TRY(state_->check_running());
  GAVAH_TRY_AS(chronicle.objects().sync(), "making the captures durable");
  GAVAH_TRY(begin_day());
  GAVAH_ASSIGN(store::LedgerBatch batch, chronicle.ledger().begin(state_->size));
  std::vector<store::EntrySecret> secrets;
  std::vector<Capture> out;
  for (StagedCapture& item : staged) {
    item.capture.leaf = static_cast<std::int64_t>(state_->size + out.size());
    GAVAH_ASSIGN(secrets.emplace_back(), state_->take_capture(item, batch));
    out.push_back(std::move(item.capture));
  }
  GAVAH_TRY(chronicle.keyring().add(secrets));
  GAVAH_TRY(batch.commit());
  state_->size += out.size();
  return out;
}

Result<Decision> LogWriter::append_decision(Decision decision) {
  GAVAH_TRY(begin_day());
  if (decision.id.is_none()) decision.id = DecisionId::from_bytes(state_->random->bytes(16));
  decision.day = state_->today();
  decision.leaf = static_cast<std::int64_t>(state_->size);
  std::vector<Prepared> prepared;
  prepared.push_back({proof::decision_entry(decision), to_json(decision), {}, {}});
  GAVAH_TRY(state_->append(std::move(prepared)));
  return decision;
}

Result<std::vector<proof::LeafIndex>> LogWriter::append_sources(std::span<const Source> sources) {
  GAVAH_TRY(begin_day());
  std::vector<Prepared> prepared;
  for (const Source& source : sources) {
    prepared.push_back({proof::source_entry(source, ""), to_json(source), {}, {}});
  }
  return state_->append(std::move(prepared));
}

Result<proof::Checkpoint> LogWriter::seal() {
  GAVAH_TRY(state_->check_running());
  if (state_->size == state_->sealed.size) return state_->sealed;
  Result<void> grown = as_doubt(state_->grow_to(state_->size, ""));
  if (!grown && grown.error().code == ErrorCode::fatal) state_->has_stopped = true;
  GAVAH_TRY(std::move(grown));
  return state_->sealed;
}

Result<std::uint64_t> LogWriter::change_key() {
  store::Chronicle& chronicle = *state_->chronicle;
  GAVAH_CHECK(chronicle.keys().next_log.has_value());
  GAVAH_ASSIGN(std::optional<std::uint64_t> from_size, state_->adopt_decided_key());
  if (!from_size) {
    GAVAH_TRY(begin_day());
    GAVAH_TRY(seal());
    const proof::Signer& next = *chronicle.keys().next_log;
    const proof::Rotation rotation{state_->origin(), state_->size + 1, next.verifier()};
    GAVAH_ASSIGN(const std::string file, rotation.sign(chronicle.keys().log, next));
    GAVAH_TRY(chronicle.add_bound_file(file));
    GAVAH_ASSIGN(const auto before, chronicle.ledger().last_of(proof::LeafType::key));
    std::vector<Prepared> entries(1);
    proof::Entry& entry = entries.front().entry;
    entry.type = proof::LeafType::key;
    entry.bind = sha256(file);
    if (before) entry.refs = {{"previous", {*before}}};
    entry.set("reason", std::string("the log goes on under another key"));
    GAVAH_TRY(state_->append(std::move(entries)));
    GAVAH_ASSIGN(from_size, state_->adopt_decided_key());
    if (!from_size) return doubt("the leaf that was just written names no key");
    GAVAH_TRY(state_->highest.keep_keys(all_keys(chronicle.config())));
  }
  GAVAH_TRY(seal());
  return *from_size;
}

/// What `note` and the stored notes of the same head carry, together.
Result<proof::Note> LogWriter::State::gathered(std::string_view note, std::span<const proof::NoteSignature> added,
                                               std::span<const proof::WitnessKey> witnesses) const {
  GAVAH_ASSIGN(const proof::Note given, proof::parse_note(note));
  std::vector<std::string> stored;
  GAVAH_ASSIGN(stored.emplace_back(), chronicle->checkpoint_note());
  GAVAH_ASSIGN(const std::optional<std::string> before, cosigned_head(*chronicle));
  if (before) stored.push_back(*before);
  proof::Note out = given;
  std::erase_if(out.signatures, [&](const proof::NoteSignature& line) { return line.name != origin(); });
  for (const std::string& each : stored) {
    GAVAH_ASSIGN(const proof::Note parsed, proof::parse_note(each));
    if (parsed.text != out.text) continue;
    for (const proof::NoteSignature& line : parsed.signatures) {
      if (std::ranges::find(out.signatures, line) == out.signatures.end()) out.signatures.push_back(line);
    }
  }
  GAVAH_ASSIGN(out, proof::with_cosignatures(std::move(out), given.signatures, witnesses));
  return proof::with_cosignatures(std::move(out), added, witnesses);
}

Result<std::string> LogWriter::keep_cosignatures(std::string_view note, std::span<const proof::NoteSignature> added,
                                                 std::span<const proof::WitnessKey> witnesses) {
  GAVAH_TRY(state_->check_running());
  store::Chronicle& chronicle = *state_->chronicle;
  GAVAH_ASSIGN(const proof::Checkpoint head, proof::open_checkpoint(note, all_keys(chronicle.config())));
  if (head.origin != state_->origin() || head.size > state_->sealed.size) {
    return fail(ErrorCode::invalid_input, "the head is not one of this log as it is here");
  }
  GAVAH_ASSIGN(const Digest root, proof::tree_root(head.size, chronicle.tiles().nodes(state_->sealed.size)));
  if (root != head.root) return doubt("a head that this log's key signed is not of this history: it has forked");
  GAVAH_ASSIGN(const proof::Note gathered, state_->gathered(note, added, witnesses));
  GAVAH_ASSIGN(const auto cosignatures, proof::open_cosignatures(gathered, witnesses));
  if (cosignatures.empty()) return fail(ErrorCode::invalid_input, "none of the known witnesses has signed");
  const std::string bytes = proof::note_bytes(gathered);
  GAVAH_ASSIGN(const std::optional<std::string> before, cosigned_head(chronicle));
  std::uint64_t kept_size = 0;
  if (before) {
    GAVAH_ASSIGN(const proof::Note parsed, proof::parse_note(*before));
    GAVAH_ASSIGN(const proof::Checkpoint kept, proof::Checkpoint::parse(parsed.text));
    kept_size = kept.size;
  }
  if (head.size >= kept_size) GAVAH_TRY(chronicle.disk().replace(chronicle.path(kCosignedHeadFile), bytes));
  if (head.size == state_->sealed.size) GAVAH_TRY(chronicle.tiles().replace_checkpoint(bytes));
  return bytes;
}

}  // namespace gavah::seal
