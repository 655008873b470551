#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/byte_source.h"
#include "base/instant.h"
#include "base/random.h"
#include "base/result.h"
#include "model/capture.h"
#include "model/decision.h"
#include "model/source.h"
#include "proof/proof.h"
#include "store/store.h"

namespace gavah::seal {

/// Earlier captures of the same bytes that a capture names, oldest first. A flood of one page would otherwise make each
/// entry longer than the one before; the keyed hash in the ledger finds the rest.
inline constexpr std::size_t kMaxSameBytes = 16;

/// A capture whose bytes lie encrypted in objects/, not yet durable, not yet in the log.
struct StagedCapture {
  Capture capture;  ///< as given; id, size_bytes, digest, part_count are set by staging
  store::PartSpool parts;
  age::Sealed object;
};

/// An entry to append, with its private JSON line (captures, decisions, sources).
struct NewEntry {
  proof::Entry entry;
  std::string json;
  std::string age_header = {};  ///< of the object that a `redact` leaf says what stays in
};

/// The one writer of a chronicle's log. The order of a write: objects durable → keyring → ledger transaction (now it is
/// acknowledged) → tiles → highest signed head, kept outside of the chronicle → checkpoint. append() ends at the
/// acknowledgement; seal() does the rest, and open() does for what an earlier run acknowledged and did not seal.
/// One thread, but stage() may be called from many.
class LogWriter {
 public:
  /// Takes the writer's lock (unavailable when another process has it), and recovers. `state_directory` keeps the
  /// highest head this machine has signed, by origin. fatal: the chronicle is behind that head (a backup was restored),
  /// or its leaves do not give that root. Chronicle, clock and random must outlive it.
  static Result<LogWriter> open(store::Chronicle& chronicle, const std::string& state_directory, const Clock& clock,
                                Random& random);
  LogWriter(LogWriter&&) noexcept;
  LogWriter& operator=(LogWriter&&) noexcept;
  ~LogWriter();

  /// Leaves acknowledged so far, sealed or not.
  std::uint64_t size() const;
  /// Appends a heartbeat leaf when none has this UTC day yet. append() does this itself; who must know indices before
  /// (a register plan) calls it first.
  Result<void> begin_day();
  /// Appends a heartbeat in any case, as each publish does. It binds the head that witnesses cosigned last, when there
  /// is one: so it cannot have been written before they signed.
  Result<proof::LeafIndex> heartbeat();
  /// Acknowledges all or none, in one transaction; gives their indices, which are consecutive.
  Result<std::vector<proof::LeafIndex>> append(std::vector<NewEntry> entries);
  /// append() that is refused unless the first entry gets index `first` (no heartbeat is added).
  Result<std::vector<proof::LeafIndex>> append_at(proof::LeafIndex first, std::vector<proof::Entry> entries);

  /// Room for the parts of a capture that is still to be staged, under an id that is drawn here. Any thread.
  store::PartSpool spool();
  /// Encrypts a capture's bytes into objects/. `capture` says everything but id, which is that of `parts`, size_bytes,
  /// digest and part_count. Any thread.
  Result<StagedCapture> stage(const ByteSource& bytes, Capture capture, store::PartSpool parts);
  /// The same with parts from memory, under the capture's id when it has one. invalid_input when they are not numbered
  /// from 0.
  Result<StagedCapture> stage(const ByteSource& bytes, Capture capture, std::vector<Part> parts);
  /// Makes the objects durable and appends the leaves, all or none. Sets `leaf` and `same_bytes` (captures of the same
  /// bytes, this batch included, at most kMaxSameBytes), and gives the captures as recorded.
  Result<std::vector<Capture>> append_captures(std::vector<StagedCapture> staged);
  /// Gives the decision with id (when it had none), day and leaf.
  Result<Decision> append_decision(Decision decision);
  Result<std::vector<proof::LeafIndex>> append_sources(std::span<const Source> sources);

  /// Rehashes the new leaves from what is stored, rechecks the old root from the stored tiles, writes tiles, moves the
  /// highest head, writes the checkpoint. Nothing to do is fine. fatal stops this writer: a log that doubts itself
  /// does not sign.
  Result<proof::Checkpoint> seal();

  /// Hands the log over to the chronicle's next key (seal/rotate.h): a `key` leaf, the ranges, a head signed by both.
  /// Gives the size from which the next key signs. Again after a crash, or when it is done: goes on where it stood.
  Result<std::uint64_t> change_key();

  /// Keeps cosignatures of the head in `note` (signed by this log, not larger than its checkpoint), those in it and
  /// those in `added`: as the cosigned head, and in the checkpoint while that is the same head. Gives the note.
  /// invalid_input when one by `witnesses` is wrong or there is none; fatal when the head is not of this history.
  Result<std::string> keep_cosignatures(std::string_view note, std::span<const proof::NoteSignature> added,
                                        std::span<const proof::WitnessKey> witnesses);

 private:
  struct State;
  explicit LogWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace gavah::seal
