#include "store/ledger.h"

#include <algorithm>
#include <limits>

#include "base/format.h"
#include "store/contents.h"

namespace gavah::store {
namespace {

constexpr std::string_view kSchema =
    "BEGIN IMMEDIATE;"
    "CREATE TABLE IF NOT EXISTS entry(idx INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, type TEXT NOT NULL,"
    " leaf BLOB NOT NULL, contents BLOB, json TEXT, mark BLOB);"
    "CREATE INDEX IF NOT EXISTS entry_type ON entry(type, idx);"
    "CREATE INDEX IF NOT EXISTS entry_mark ON entry(mark, idx) WHERE mark IS NOT NULL;"
    "CREATE TABLE IF NOT EXISTS part(entry INTEGER NOT NULL, number INTEGER NOT NULL, json TEXT NOT NULL,"
    " PRIMARY KEY(entry, number)) WITHOUT ROWID;"
    // What does not fit into entry.contents: records of its lists, as contents.h writes them, whole ones in each piece.
    "CREATE TABLE IF NOT EXISTS piece(entry INTEGER NOT NULL, list TEXT NOT NULL, number INTEGER NOT NULL,"
    " bytes BLOB NOT NULL, PRIMARY KEY(entry, list, number));"
    "COMMIT";

constexpr std::size_t kPieceBytes = 64U << 10U;  // of a list that is held in memory; a page's are some hundred bytes

std::int64_t as_row(proof::LeafIndex index) { return static_cast<std::int64_t>(index); }

Result<Part> part_from(std::string_view json) {
  GAVAH_ASSIGN(const Json parsed, Json::parse(json));
  return part_from_json(parsed);
}

}  // namespace

Result<Ledger> Ledger::open(const DatabaseFile& file, Access access) {
  GAVAH_ASSIGN(Database database, Database::open(file, Durability::full, access));
  if (access == Access::read_write) {
    GAVAH_TRY_AS(database.run(kSchema), format("opening {}", file.path));
    return Ledger(std::move(database), Pieces::present);
  }
  bool has_pieces = false;
  {
    GAVAH_ASSIGN(Statement find, database.prepare("SELECT 1 FROM sqlite_master WHERE type='table' AND name='piece'"));
    GAVAH_ASSIGN(has_pieces, find.step());
  }
  return Ledger(std::move(database), has_pieces ? Pieces::present : Pieces::absent);
}

Result<std::uint64_t> Ledger::size() {
  GAVAH_ASSIGN(Statement find, database_.prepare("SELECT COALESCE(MAX(idx) + 1, 0) FROM entry"));
  GAVAH_TRY(find.step());
  return static_cast<std::uint64_t>(find.integer(0));
}

Result<LedgerBatch> Ledger::begin(proof::LeafIndex first) {
  GAVAH_ASSIGN(Transaction transaction, Transaction::begin(database_));
  GAVAH_ASSIGN(const std::uint64_t have, size());
  if (have != first) {
    return fail(ErrorCode::refused, format("the ledger has {} leaves, so the next is not leaf {}", have, first));
  }
  GAVAH_ASSIGN(Statement entry, database_.prepare("INSERT INTO entry VALUES(?,?,?,?,?,?,?)"));
  GAVAH_ASSIGN(Statement part, database_.prepare("INSERT INTO part VALUES(?,?,?)"));
  GAVAH_ASSIGN(Statement piece, database_.prepare("INSERT INTO piece VALUES(?,?,?,?)"));
  return LedgerBatch(std::move(transaction), std::move(entry), std::move(part), std::move(piece), first);
}

Result<void> Ledger::append(proof::LeafIndex first, std::span<const LedgerEntry> entries) {
  GAVAH_ASSIGN(LedgerBatch batch, begin(first));
  for (const LedgerEntry& entry : entries) GAVAH_TRY(batch.add(entry));
  return batch.commit();
}

Result<void> LedgerBatch::add_part(PartNumber number, std::string_view json) {
  return insert_part_.bind(as_row(next_)).bind(std::int64_t{number}).bind(json).run();
}

Result<void> LedgerBatch::add_record(std::string_view path, const proof::ListRecord& record) {
  auto list = lists_.find(path);
  if (list == lists_.end()) list = lists_.emplace(std::string(path), LongList{}).first;
  append_record(list->second.waiting, record);
  return list->second.waiting.bytes.size() < kPieceBytes ? Result<void>() : put_piece(path, list->second);
}

Result<void> LedgerBatch::put_piece(std::string_view path, LongList& list) {
  if (list.waiting.count == 0) return {};
  insert_piece_.bind(as_row(next_)).bind(path).bind(list.pieces++).bind_blob(list.waiting.bytes);
  GAVAH_TRY(insert_piece_.run());
  list.waiting = {};
  return {};
}

Result<void> LedgerBatch::add(const LedgerEntry& entry) {
  for (const Part& part : entry.parts) GAVAH_TRY(add_part(part.number, to_json(part)));
  std::map<std::string, ListBytes> in_row;
  for (const auto& [path, records] : entry.lists) {
    if (records.empty() && !lists_.contains(path)) in_row[path];
    for (const proof::ListRecord& record : records) GAVAH_TRY(add_record(path, record));
  }
  for (auto& [path, list] : lists_) {
    if (list.pieces > 0) {
      GAVAH_TRY(put_piece(path, list));
    } else {
      in_row[path] = std::move(list.waiting);
    }
  }
  lists_.clear();
  const std::string contents = contents_bytes(entry.values, in_row);
  insert_entry_.bind(as_row(next_)).bind_blob(entry.id.view()).bind(proof::name_of(entry.type)).bind_blob(entry.leaf);
  insert_entry_.bind_blob(contents);
  entry.json.empty() ? insert_entry_.bind_null() : insert_entry_.bind(entry.json);
  entry.mark ? insert_entry_.bind_blob(entry.mark->view()) : insert_entry_.bind_null();
  ++next_;
  return insert_entry_.run();
}

Result<void> LedgerBatch::commit() { return transaction_.commit(); }

Result<std::string> Ledger::leaf(proof::LeafIndex index) {
  GAVAH_ASSIGN(Statement find, database_.prepare("SELECT leaf FROM entry WHERE idx=?"));
  find.bind(as_row(index));
  GAVAH_ASSIGN(const bool has_row, find.step());
  if (!has_row) return fail(ErrorCode::not_found, format("the ledger has no leaf {}", index));
  return std::string(find.text(0));
}

Result<void> Ledger::for_each_leaf(proof::LeafIndex begin, proof::LeafIndex end,
                                   const std::function<Result<void>(proof::LeafIndex, std::string_view)>& visit) {
  GAVAH_ASSIGN(Statement find, database_.prepare("SELECT idx, leaf FROM entry WHERE idx>=? AND idx<? ORDER BY idx"));
  find.bind(as_row(begin)).bind(as_row(end));
  proof::LeafIndex expected = begin;
  while (true) {
    GAVAH_ASSIGN(const bool has_row, find.step());
    if (!has_row) break;
    if (static_cast<proof::LeafIndex>(find.integer(0)) != expected) break;
    GAVAH_TRY(visit(expected, find.text(1)));
    ++expected;
  }
  if (expected < end) return fail(ErrorCode::corrupt, format("the ledger has lost leaf {}", expected));
  return {};
}

/// From a row of idx, leaf, contents.
Result<proof::SealedEntry> Ledger::sealed_entry_from(const Statement& row) {
  proof::SealedEntry out;
  out.index = static_cast<proof::LeafIndex>(row.integer(0));
  GAVAH_ASSIGN_AS(out.leaf, proof::parse_leaf(row.text(1)), format("leaf {}", out.index));
  if (row.is_null(2)) return out;
  GAVAH_ASSIGN_AS(Contents contents, contents_from(row.text(2)), format("leaf {}", out.index));
  out.values = std::move(contents.values);
  out.lists = std::move(contents.lists);
  if (pieces_ == Pieces::absent) return out;
  GAVAH_ASSIGN(Statement find, database_.prepare("SELECT list, bytes FROM piece WHERE entry=? ORDER BY list, number"));
  find.bind(as_row(out.index));
  while (true) {
    GAVAH_ASSIGN(const bool has_row, find.step());
    if (!has_row) return out;
    GAVAH_TRY_AS(read_records(find.text(1), out.lists[std::string(find.text(0))]), format("leaf {}", out.index));
  }
}

Result<proof::SealedEntry> Ledger::entry(proof::LeafIndex index) {
  GAVAH_ASSIGN(Statement find, database_.prepare("SELECT idx, leaf, contents FROM entry WHERE idx=?"));
  find.bind(as_row(index));
  GAVAH_ASSIGN(const bool has_row, find.step());
  if (!has_row) return fail(ErrorCode::not_found, format("the ledger has no leaf {}", index));
  return sealed_entry_from(find);
}

Result<LedgerEntry> Ledger::row(proof::LeafIndex index) {
  GAVAH_ASSIGN(proof::SealedEntry sealed, entry(index));
  LedgerEntry out;
  out.id = sealed.leaf.id;
  out.type = sealed.leaf.type;
  GAVAH_ASSIGN(out.leaf, leaf(index));
  out.values = std::move(sealed.values);
  out.lists = std::move(sealed.lists);
  GAVAH_ASSIGN(Statement find, database_.prepare("SELECT json, mark FROM entry WHERE idx=?"));
  find.bind(as_row(index));
  GAVAH_ASSIGN(const bool has_row, find.step());
  if (!has_row) return fail(ErrorCode::not_found, format("the ledger has no leaf {}", index));
  out.json = find.text(0);
  if (!find.is_null(1)) {
    if (find.text(1).size() != 32) return fail(ErrorCode::corrupt, "the ledger has a mark of another length");
    out.mark = Digest::from_bytes(find.text(1));
  }
  if (out.type == proof::LeafType::capture && !out.json.empty()) {
    GAVAH_ASSIGN(out.parts, parts(CaptureId::from_bytes(out.id.view())));
  }
  return out;
}

Result<void> Ledger::for_each_entry(proof::LeafIndex from,
                                    const std::function<Result<void>(proof::SealedEntry)>& visit) {
  GAVAH_ASSIGN(Statement find, database_.prepare("SELECT idx, leaf, contents FROM entry WHERE idx>=? ORDER BY idx"));
  find.bind(as_row(from));
  while (true) {
    GAVAH_ASSIGN(const bool has_row, find.step());
    if (!has_row) return {};
    GAVAH_ASSIGN(proof::SealedEntry entry, sealed_entry_from(find));
    GAVAH_TRY(visit(std::move(entry)));
  }
}

Result<proof::LeafIndex> Ledger::index_of(const proof::EntryId& id) {
  GAVAH_ASSIGN(Statement find, database_.prepare("SELECT idx FROM entry WHERE id=?"));
  find.bind_blob(id.view());
  GAVAH_ASSIGN(const bool has_row, find.step());
  if (!has_row) return fail(ErrorCode::not_found, format("no leaf has the id {}", id.hex()));
  return static_cast<proof::LeafIndex>(find.integer(0));
}

Result<void> Ledger::for_each_json(proof::LeafType type, proof::LeafIndex from,
                                   const std::function<Result<void>(proof::LeafIndex, std::string_view)>& visit) {
  GAVAH_ASSIGN(
      Statement find,
      database_.prepare("SELECT idx, json FROM entry WHERE type=? AND idx>=? AND json IS NOT NULL ORDER BY idx"));
  find.bind(proof::name_of(type)).bind(as_row(from));
  while (true) {
    GAVAH_ASSIGN(const bool has_row, find.step());
    if (!has_row) return {};
    GAVAH_TRY(visit(static_cast<proof::LeafIndex>(find.integer(0)), find.text(1)));
  }
}

Result<void> Ledger::for_each_of(proof::LeafType type, const std::function<Result<void>(proof::LeafIndex)>& visit) {
  GAVAH_ASSIGN(Statement find, database_.prepare("SELECT idx FROM entry WHERE type=? ORDER BY idx"));
  find.bind(proof::name_of(type));
  while (true) {
    GAVAH_ASSIGN(const bool has_row, find.step());
    if (!has_row) return {};
    GAVAH_TRY(visit(static_cast<proof::LeafIndex>(find.integer(0))));
  }
}

Result<std::uint64_t> Ledger::count(proof::LeafType type) {
  GAVAH_ASSIGN(Statement find, database_.prepare("SELECT COUNT(*) FROM entry WHERE type=?"));
  find.bind(proof::name_of(type));
  GAVAH_TRY(find.step());
  return static_cast<std::uint64_t>(find.integer(0));
}

Result<std::optional<proof::LeafIndex>> Ledger::last_of(proof::LeafType type) {
  GAVAH_ASSIGN(Statement find, database_.prepare("SELECT MAX(idx) FROM entry WHERE type=?"));
  find.bind(proof::name_of(type));
  GAVAH_TRY(find.step());
  const auto index = find.optional_integer(0);
  if (!index) return std::optional<proof::LeafIndex>();
  return std::optional<proof::LeafIndex>(static_cast<proof::LeafIndex>(*index));
}

Result<Capture> Ledger::capture(const CaptureId& id) {
  GAVAH_ASSIGN(Statement find, database_.prepare("SELECT json FROM entry WHERE id=? AND type='capture'"));
  find.bind_blob(id.view());
  GAVAH_ASSIGN(const bool has_row, find.step());
  if (!has_row || find.is_null(0)) return fail(ErrorCode::not_found, format("there is no capture {}", id.hex()));
  GAVAH_ASSIGN(const Json json, Json::parse(find.text(0)));
  return capture_from_json(json);
}

Result<std::vector<Part>> Ledger::parts(const CaptureId& id) {
  return parts(id, 0, std::numeric_limits<std::int64_t>::max());
}

Result<std::vector<Part>> Ledger::parts(const CaptureId& id, PartNumber first, std::size_t limit) {
  GAVAH_ASSIGN(const proof::LeafIndex index, index_of(proof::EntryId::from_bytes(id.view())));
  GAVAH_ASSIGN(Statement find,
               database_.prepare("SELECT json FROM part WHERE entry=? AND number>=? ORDER BY number LIMIT ?"));
  find.bind(as_row(index)).bind(std::int64_t{first}).bind(static_cast<std::int64_t>(limit));
  std::vector<Part> out;
  while (true) {
    GAVAH_ASSIGN(const bool has_row, find.step());
    if (!has_row) return out;
    GAVAH_ASSIGN(Part part, part_from(find.text(0)));
    out.push_back(std::move(part));
  }
}

Result<Part> Ledger::part(const CaptureId& id, PartNumber number) {
  GAVAH_ASSIGN(const proof::LeafIndex index, index_of(proof::EntryId::from_bytes(id.view())));
  GAVAH_ASSIGN(Statement find, database_.prepare("SELECT json FROM part WHERE entry=? AND number=?"));
  find.bind(as_row(index)).bind(std::int64_t{number});
  GAVAH_ASSIGN(const bool has_row, find.step());
  if (!has_row) {
    const auto whole = capture(id);
    const bool is_gone = whole && std::ranges::binary_search(whole->destroyed, number);
    return fail(ErrorCode::not_found, is_gone ? format("part {} of capture {} was destroyed", number, id.hex())
                                              : format("capture {} has no part {}", id.hex(), number));
  }
  return part_from(find.text(0));
}

Result<std::uint64_t> Ledger::part_count() {
  GAVAH_ASSIGN(Statement find, database_.prepare("SELECT COUNT(*) FROM part"));
  GAVAH_TRY(find.step());
  return static_cast<std::uint64_t>(find.integer(0));
}

Result<std::vector<CaptureId>> Ledger::captures_marked(const Digest& mark, std::size_t limit) {
  GAVAH_ASSIGN(Statement find, database_.prepare("SELECT id FROM entry WHERE mark=? ORDER BY idx LIMIT ?"));
  find.bind_blob(mark.view()).bind(static_cast<std::int64_t>(limit));
  std::vector<CaptureId> out;
  while (true) {
    GAVAH_ASSIGN(const bool has_row, find.step());
    if (!has_row) return out;
    if (find.text(0).size() != 16) return fail(ErrorCode::corrupt, "the ledger has an id of another length");
    out.push_back(CaptureId::from_bytes(find.text(0)));
  }
}

Result<void> Ledger::for_each_part_digest(
    const std::function<void(const CaptureId&, PartNumber, const Digest&)>& visit) {
  GAVAH_ASSIGN(Statement find,
               database_.prepare("SELECT entry.id, part.number, json_extract(part.json, '$.sha256')"
                                 " FROM part JOIN entry ON entry.idx=part.entry ORDER BY part.entry, part.number"));
  while (true) {
    GAVAH_ASSIGN(const bool has_row, find.step());
    if (!has_row) return {};
    if (find.text(0).size() != 16) return fail(ErrorCode::corrupt, "the ledger has an id of another length");
    GAVAH_ASSIGN(const Digest digest, Digest::from_hex(find.text(2)));
    visit(CaptureId::from_bytes(find.text(0)), static_cast<PartNumber>(find.integer(1)), digest);
  }
}

Result<void> Ledger::reduce(proof::LeafIndex index, const LedgerEntry& left) {
  GAVAH_ASSIGN(Transaction transaction, Transaction::begin(database_));
  GAVAH_ASSIGN(Statement update, database_.prepare("UPDATE entry SET contents=?, json=?, mark=NULL WHERE idx=?"));
  const std::string contents = contents_bytes(left.values, left.lists);
  GAVAH_TRY(update.bind_blob(contents).bind(left.json).bind(as_row(index)).run());
  GAVAH_ASSIGN(Statement remove_pieces, database_.prepare("DELETE FROM piece WHERE entry=?"));
  GAVAH_TRY(remove_pieces.bind(as_row(index)).run());
  GAVAH_ASSIGN(Statement remove_parts, database_.prepare("DELETE FROM part WHERE entry=?"));
  GAVAH_TRY(remove_parts.bind(as_row(index)).run());
  GAVAH_ASSIGN(Statement insert_part, database_.prepare("INSERT INTO part VALUES(?,?,?)"));
  for (const Part& part : left.parts) {
    const std::string json = to_json(part);
    GAVAH_TRY(insert_part.bind(as_row(index)).bind(std::int64_t{part.number}).bind(json).run());
  }
  GAVAH_TRY(transaction.commit());
  return database_.checkpoint();
}

Result<void> Ledger::shred(std::span<const proof::LeafIndex> entries) {
  GAVAH_ASSIGN(Transaction transaction, Transaction::begin(database_));
  GAVAH_ASSIGN(Statement empty, database_.prepare("UPDATE entry SET contents=NULL, json=NULL, mark=NULL WHERE idx=?"));
  GAVAH_ASSIGN(Statement remove_parts, database_.prepare("DELETE FROM part WHERE entry=?"));
  GAVAH_ASSIGN(Statement remove_pieces, database_.prepare("DELETE FROM piece WHERE entry=?"));
  for (const proof::LeafIndex index : entries) {
    GAVAH_TRY(remove_pieces.bind(as_row(index)).run());
    GAVAH_TRY(empty.bind(as_row(index)).run());
    GAVAH_TRY(remove_parts.bind(as_row(index)).run());
  }
  GAVAH_TRY(transaction.commit());
  return database_.checkpoint();
}

}  // namespace gavah::store
