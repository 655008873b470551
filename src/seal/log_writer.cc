#include "seal/log_writer.h"

#include <algorithm>
#include <map>

#include "base/format.h"
#include "seal/highest_head.h"
#include "seal/prepared.h"
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
  Result<void> check_running() const;
};

Result<void> LogWriter::State::check_running() const {
  if (has_stopped) return doubt("the log writer has stopped after an error; audit the chronicle before writing on");
  return {};
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

  const auto valid = keys_for(chronicle->config(), target);
  if (std::find(valid.begin(), valid.end(), chronicle->keys().log.verifier()) == valid.end()) {
    return fail(ErrorCode::refused, format("this key may not sign heads of {} leaves", target));
  }
  const proof::Checkpoint next{origin(), target, range.root()};
  GAVAH_ASSIGN(const std::string note, proof::sign_checkpoint(next, chronicle->keys().log));
  if (!known_note.empty()) {
    if (note != known_note) return doubt("the leaves do not give the head that was signed before");
  } else {
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
  if (!head) {
    GAVAH_ASSIGN(const std::string own, chronicle->checkpoint_note());
    return highest.swap(note, own);
  }
  if (head->origin != origin()) return doubt("the head kept outside is of another log");
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
  GAVAH_TRY(as_doubt(adopt_highest()));
  GAVAH_ASSIGN(const auto newest, chronicle->ledger().last_of(proof::LeafType::heartbeat));
  if (newest) {
    GAVAH_ASSIGN(const std::string bytes, chronicle->ledger().leaf(*newest));
    GAVAH_ASSIGN(const proof::Leaf leaf, proof::parse_leaf(bytes));
    heartbeat = leaf.day;
  }
  return {};
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
  GAVAH_ASSIGN(const auto indices, state_->append(std::move(entries)));
  return indices.front();
}

Result<std::vector<proof::LeafIndex>> LogWriter::append(std::vector<NewEntry> entries) {
  GAVAH_TRY(begin_day());
  std::vector<Prepared> prepared;
  prepared.reserve(entries.size());
  for (NewEntry& entry : entries) prepared.push_back({std::move(entry.entry), std::move(entry.json), {}, {}, {}});
  return state_->append(std::move(prepared));
}

Result<std::vector<proof::LeafIndex>> LogWriter::append_at(proof::LeafIndex first, std::vector<proof::Entry> entries) {
  if (first != state_->size) {
    return fail(ErrorCode::refused, format("the next leaf is {}, not {}: the log has grown meanwhile", size(), first));
  }
  std::vector<Prepared> prepared;
  prepared.reserve(entries.size());
  for (proof::Entry& entry : entries) prepared.push_back({std::move(entry), {}, {}, {}, {}});
  return state_->append(std::move(prepared));
}

Result<StagedCapture> LogWriter::stage(const ByteSource& bytes, Capture capture, std::vector<Part> parts) {
  store::Chronicle& chronicle = *state_->chronicle;
  const std::vector<age::Recipient> recipients = {chronicle.config().recipient};
  GAVAH_ASSIGN_AS(age::Sealed object, chronicle.objects().put(bytes, recipients, *state_->random),
                  format("taking in {}", capture.name));
  if (capture.id.is_none()) capture.id = CaptureId::from_bytes(state_->random->bytes(16));
  capture.size_bytes = object.plain_size_bytes;
  capture.digest = object.plain_digest;
  capture.part_count = static_cast<std::uint32_t>(parts.size());
  for (Part& part : parts) part.capture = capture.id;
  return StagedCapture{std::move(capture), std::move(parts), std::move(object)};
}

Result<std::vector<Capture>> LogWriter::append_captures(std::vector<StagedCapture> staged) {
  if (staged.empty()) return std::vector<Capture>();
  store::Chronicle& chronicle = *state_->chronicle;
  GAVAH_TRY(state_->check_running());
  GAVAH_TRY_AS(chronicle.objects().sync(), "making the captures durable");
  GAVAH_TRY(begin_day());
  std::map<Digest, std::vector<CaptureId>> in_batch;
  std::vector<Prepared> prepared;
  std::vector<Capture> out;
  for (StagedCapture& item : staged) {
    Capture& capture = item.capture;
    const Digest mark = store::mark_of(chronicle.keys(), capture.digest);
    GAVAH_ASSIGN(capture.same_bytes, chronicle.ledger().captures_marked(mark, kMaxSameBytes));
    std::vector<CaptureId>& earlier = in_batch[mark];
    const std::size_t room = std::min(kMaxSameBytes - capture.same_bytes.size(), earlier.size());
    capture.same_bytes.insert(capture.same_bytes.end(), earlier.begin(),
                              earlier.begin() + static_cast<std::ptrdiff_t>(room));
    if (earlier.size() < kMaxSameBytes) earlier.push_back(capture.id);
    capture.leaf = static_cast<std::int64_t>(state_->size + prepared.size());
    prepared.push_back({proof::capture_entry(capture, item.parts, item.object.payload_digest, *state_->random),
                        to_json(capture), std::move(item.parts), mark, std::move(item.object.header)});
    out.push_back(std::move(capture));
  }
  GAVAH_TRY(state_->append(std::move(prepared)));
  return out;
}

Result<Decision> LogWriter::append_decision(Decision decision) {
  GAVAH_TRY(begin_day());
  if (decision.id.is_none()) decision.id = DecisionId::from_bytes(state_->random->bytes(16));
  decision.day = state_->today();
  decision.leaf = static_cast<std::int64_t>(state_->size);
  std::vector<Prepared> prepared;
  prepared.push_back({proof::decision_entry(decision), to_json(decision), {}, {}, {}});
  GAVAH_TRY(state_->append(std::move(prepared)));
  return decision;
}

Result<std::vector<proof::LeafIndex>> LogWriter::append_sources(std::span<const Source> sources) {
  GAVAH_TRY(begin_day());
  std::vector<Prepared> prepared;
  for (const Source& source : sources) {
    prepared.push_back({proof::source_entry(source, ""), to_json(source), {}, {}, {}});
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

}  // namespace gavah::seal
