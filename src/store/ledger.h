#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/id.h"
#include "base/result.h"
#include "model/capture.h"
#include "proof/proof.h"
#include "store/contents.h"
#include "store/sqlite.h"

namespace gavah::store {

/// One entry as the ledger takes it.
struct LedgerEntry {
  proof::EntryId id;
  proof::LeafType type = proof::LeafType::capture;
  std::string leaf;  ///< its bytes, as the log has them
  std::map<std::string, proof::SlotValue> values;
  std::map<std::string, std::vector<proof::ListRecord>> lists;
  /// The thing itself as one JSON line: a capture, a decision or a source; empty for other types.
  std::string json;
  /// Captures: its parts, in order of their number, and a keyed hash of the plaintext (see Ledger::captures_marked).
  std::vector<Part> parts;
  std::optional<Digest> mark;
};

class LedgerBatch;

/// Leaf bytes and the private contents that they commit to: with log and objects, the source of truth. One thread at a
/// time; a second Ledger on the same file may read meanwhile.
class Ledger {
 public:
  static Result<Ledger> open(const DatabaseFile& file, Access access = Access::read_write);

  /// Leaves so far.
  Result<std::uint64_t> size();
  /// Appends at the indices [first, first + entries.size()) in one transaction; when it returns they are on stable
  /// storage: acknowledged. refused when `first` is not size().
  Result<void> append(proof::LeafIndex first, std::span<const LedgerEntry> entries);
  /// append() in steps, for entries whose lists and parts memory should not hold. The ledger must outlive it, and what
  /// is asked of it meanwhile sees what was added.
  Result<LedgerBatch> begin(proof::LeafIndex first);

  /// Bytes of one leaf.
  Result<std::string> leaf(proof::LeafIndex index);
  /// Leaves [begin, end) in order; an error of `visit` ends it.
  Result<void> for_each_leaf(proof::LeafIndex begin, proof::LeafIndex end,
                             const std::function<Result<void>(proof::LeafIndex, std::string_view)>& visit);
  /// A row as append() took it; one that was shredded has its leaf only.
  Result<LedgerEntry> row(proof::LeafIndex index);
  /// Leaf and private contents. `key` is not set: it is the keyring's.
  Result<proof::SealedEntry> entry(proof::LeafIndex index);
  /// Every entry from `from` on, in order, as entry() gives it.
  Result<void> for_each_entry(proof::LeafIndex from, const std::function<Result<void>(proof::SealedEntry)>& visit);
  /// not_found when no leaf has that id.
  Result<proof::LeafIndex> index_of(const proof::EntryId& id);

  /// The JSON lines of one type, oldest first, from leaf `from` on. With `leaf` of captures and decisions as sealed.
  Result<void> for_each_json(proof::LeafType type, proof::LeafIndex from,
                             const std::function<Result<void>(proof::LeafIndex, std::string_view)>& visit);
  /// Every leaf of one type, oldest first.
  Result<void> for_each_of(proof::LeafType type, const std::function<Result<void>(proof::LeafIndex)>& visit);
  Result<std::uint64_t> count(proof::LeafType type);
  /// The newest leaf of a type, nothing when there is none.
  Result<std::optional<proof::LeafIndex>> last_of(proof::LeafType type);
  Result<Capture> capture(const CaptureId& id);
  Result<std::vector<Part>> parts(const CaptureId& id);
  /// At most `limit` of them, from number `first` on.
  Result<std::vector<Part>> parts(const CaptureId& id, PartNumber first, std::size_t limit);
  Result<Part> part(const CaptureId& id, PartNumber number);
  Result<std::uint64_t> part_count();
  /// Captures of the very same bytes, oldest first: those with the same mark, the first `limit` of them.
  Result<std::vector<CaptureId>> captures_marked(const Digest& mark, std::size_t limit);

  /// Every part with the SHA-256 of its bytes, by leaf and number.
  Result<void> for_each_part_digest(const std::function<void(const CaptureId&, PartNumber, const Digest&)>& visit);

  /// Puts what is left of a capture in place of what its row holds: values and lists, JSON, the parts that stay; its
  /// mark goes. As shred(), the bytes before are overwritten.
  Result<void> reduce(proof::LeafIndex index, const LedgerEntry& left);
  /// Removes what these entries hold (values, lists, JSON, parts, mark): their leaves stay. The bytes are overwritten
  /// in the file, the WAL is emptied.
  Result<void> shred(std::span<const proof::LeafIndex> entries);

  Database& database() { return database_; }

 private:
  enum class Pieces { absent, present };  ///< absent: only read, and written before lists could lie in pieces
  Ledger(Database database, Pieces pieces) : database_(std::move(database)), pieces_(pieces) {}
  Result<proof::SealedEntry> sealed_entry_from(const Statement& row);
  Database database_;
  Pieces pieces_;
};

/// Entries that are being appended; nothing stands before commit(). What goes before add() belongs to the entry that
/// add() takes next. One thread.
class LedgerBatch {
 public:
  /// The next part of the entry to come, as JSON.
  Result<void> add_part(PartNumber number, std::string_view json);
  /// The next record of a list of the entry to come. A list that grows long goes to the file in pieces.
  Result<void> add_record(std::string_view path, const proof::ListRecord& record);
  /// The entry itself; lists and parts in it go behind those that were added.
  Result<void> add(const LedgerEntry& entry);
  /// On stable storage when it returns: acknowledged.
  Result<void> commit();

 private:
  friend class Ledger;
  struct LongList {
    ListBytes waiting;
    std::int64_t pieces = 0;  ///< of it that lie in the file
  };
  LedgerBatch(Transaction transaction, Statement entry, Statement part, Statement piece, proof::LeafIndex first)
      : transaction_(std::move(transaction)),
        insert_entry_(std::move(entry)),
        insert_part_(std::move(part)),
        insert_piece_(std::move(piece)),
        next_(first) {}
  Result<void> put_piece(std::string_view path, LongList& list);
  Transaction transaction_;
  Statement insert_entry_;
  Statement insert_part_;
  Statement insert_piece_;
  proof::LeafIndex next_;
  std::map<std::string, LongList, std::less<>> lists_;  ///< of the entry to come
};

}  // namespace gavah::store
