#include "store/index.h"

#include <algorithm>
#include <numeric>

#include "base/bytes.h"
#include "base/check.h"
#include "base/format.h"
#include "base/parallel.h"

namespace gavah::store {
namespace {

constexpr std::string_view kTables =
    "BEGIN IMMEDIATE;"
    "CREATE TABLE IF NOT EXISTS report(key BLOB NOT NULL, capture BLOB NOT NULL, part INTEGER NOT NULL,"
    " json TEXT NOT NULL);"
    "CREATE TABLE IF NOT EXISTS claim(key BLOB NOT NULL, report BLOB NOT NULL, json TEXT NOT NULL);"
    "CREATE TABLE IF NOT EXISTS lineage(key BLOB NOT NULL, json TEXT NOT NULL);"
    "CREATE TABLE IF NOT EXISTS lineage_report(report BLOB NOT NULL, lineage BLOB NOT NULL);"
    "CREATE TABLE IF NOT EXISTS event(key BLOB NOT NULL, json TEXT NOT NULL);"
    "CREATE TABLE IF NOT EXISTS event_fact(key BLOB PRIMARY KEY, act TEXT, side TEXT, extent INTEGER, status INTEGER,"
    " start INTEGER, end INTEGER, time_precision INTEGER, place_precision INTEGER, path TEXT, lat INTEGER, lon INTEGER,"
    " lineages INTEGER, reports INTEGER, umbrella BLOB) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS event_claim(claim BLOB NOT NULL, event BLOB NOT NULL);"
    "CREATE TABLE IF NOT EXISTS victim(key BLOB NOT NULL, json TEXT NOT NULL);"
    "CREATE TABLE IF NOT EXISTS quarantine(key BLOB NOT NULL, json TEXT NOT NULL);"
    "CREATE TABLE IF NOT EXISTS orphan(key BLOB NOT NULL, json TEXT NOT NULL);"
    "CREATE TABLE IF NOT EXISTS note(key BLOB PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;"
    "COMMIT";

/// Made last in a scratch index: building them at once takes a fraction of keeping them up row by row.
constexpr std::string_view kIndices =
    "BEGIN IMMEDIATE;"
    "CREATE UNIQUE INDEX IF NOT EXISTS report_key ON report(key);"
    "CREATE INDEX IF NOT EXISTS report_capture ON report(capture, part);"
    "CREATE UNIQUE INDEX IF NOT EXISTS claim_key ON claim(key);"
    "CREATE INDEX IF NOT EXISTS claim_report ON claim(report);"
    "CREATE UNIQUE INDEX IF NOT EXISTS lineage_key ON lineage(key);"
    "CREATE INDEX IF NOT EXISTS lineage_report_report ON lineage_report(report);"
    "CREATE INDEX IF NOT EXISTS lineage_report_lineage ON lineage_report(lineage);"
    "CREATE UNIQUE INDEX IF NOT EXISTS event_key ON event(key);"
    "CREATE INDEX IF NOT EXISTS event_claim_claim ON event_claim(claim);"
    "CREATE INDEX IF NOT EXISTS event_claim_event ON event_claim(event);"
    "CREATE UNIQUE INDEX IF NOT EXISTS victim_key ON victim(key);"
    "CREATE UNIQUE INDEX IF NOT EXISTS quarantine_key ON quarantine(key);"
    "CREATE UNIQUE INDEX IF NOT EXISTS orphan_key ON orphan(key);"
    "COMMIT";

constexpr char kPathSeparator = '\n';
/// Rows whose JSON is held at once while writing: about 20 MB of reports.
constexpr std::size_t kRowsAtOnce = 8192;

std::string_view name_of_table(IndexTable table) {
  switch (table) {
    case IndexTable::reports:
      return "report";
    case IndexTable::claims:
      return "claim";
    case IndexTable::lineages:
      return "lineage";
    case IndexTable::events:
      return "event";
    case IndexTable::victims:
      return "victim";
    case IndexTable::quarantine:
      return "quarantine";
    case IndexTable::orphans:
      return "orphan";
  }
  GAVAH_CHECK(false && "every table has a name");
  return {};
}

std::string_view key_of(const Quarantined& row) { return row.id; }
std::string_view key_of(const OrphanRow& row) { return row.decision.view(); }
template <class Row>
std::string_view key_of(const Row& row) {
  return row.id.view();
}

std::string line_of(const Quarantined& row) { return row.json; }
std::string line_of(const OrphanRow& row) { return row.json; }
template <class Row>
std::string line_of(const Row& row) {
  return to_json(row);
}

/// Calls `insert(row, line)` for every row, in order of key, with lines made on all cores.
template <class Row, class Insert>
Result<void> for_rows_in_order(std::span<const Row> rows, Insert insert) {
  std::vector<std::size_t> order(rows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return key_of(rows[a]) < key_of(rows[b]); });
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < order.size(); begin += kRowsAtOnce) {
    const std::size_t count = std::min(kRowsAtOnce, order.size() - begin);
    lines.assign(count, {});
    parallel_for(count, 0, [&](std::size_t i) { lines[i] = line_of(rows[order[begin + i]]); });
    for (std::size_t i = 0; i < count; ++i) GAVAH_TRY(insert(rows[order[begin + i]], lines[i]));
  }
  return {};
}

/// put() of a table that has nothing but key and line.
template <class Row>
Result<void> put_plain(Database& database, std::string_view table, std::span<const Row> rows) {
  GAVAH_ASSIGN(Transaction transaction, Transaction::begin(database));
  GAVAH_ASSIGN(Statement insert, database.prepare(format("INSERT OR REPLACE INTO {}(key, json) VALUES(?,?)", table)));
  GAVAH_TRY(for_rows_in_order(
      rows, [&](const Row& row, const std::string& line) { return insert.bind_blob(key_of(row)).bind(line).run(); }));
  return transaction.commit();
}

std::string joined(const std::vector<std::string>& path) {
  std::string out;
  for (const std::string& area : path) {
    if (!out.empty()) out.push_back(kPathSeparator);
    out.append(area);
  }
  return out;
}

std::vector<std::string> split(std::string_view path) {
  std::vector<std::string> out;
  while (!path.empty()) {
    const auto end = path.find(kPathSeparator);
    out.emplace_back(path.substr(0, end));
    path = end == std::string_view::npos ? std::string_view{} : path.substr(end + 1);
  }
  return out;
}

std::optional<std::int64_t> seconds_of(const std::optional<Instant>& instant) {
  if (!instant) return std::nullopt;
  return instant->seconds;
}

Result<void> insert_fact(Statement& insert, const Event& event) {
  const Place* place = event.places.empty() ? nullptr : &event.places.front();
  const std::string path = place == nullptr ? std::string() : joined(place->path);
  const auto precision = place == nullptr ? PlacePrecision::unknown : place->precision;
  insert.bind_blob(event.id.view()).bind(event.act).bind(event.side);
  insert.bind(static_cast<std::int64_t>(event.extent)).bind(static_cast<std::int64_t>(event.status));
  insert.bind(seconds_of(event.time.start)).bind(seconds_of(event.time.end));
  insert.bind(static_cast<std::int64_t>(event.time.precision)).bind(static_cast<std::int64_t>(precision)).bind(path);
  if (place != nullptr && place->coordinates) {
    insert.bind(std::int64_t{place->coordinates->lat_e6}).bind(std::int64_t{place->coordinates->lon_e6});
  } else {
    insert.bind_null().bind_null();
  }
  insert.bind(std::int64_t{event.lineage_count}).bind(std::int64_t{event.report_count});
  event.umbrella ? insert.bind_blob(event.umbrella->view()) : insert.bind_null();
  return insert.run();
}

EventFacts fact_from(const Statement& row) {
  EventFacts out;
  out.id = EventId::from_bytes(row.text(0));
  out.act = row.text(1);
  out.side = row.text(2);
  out.extent = static_cast<Extent>(row.integer(3));
  out.status = static_cast<EventStatus>(row.integer(4));
  out.start_seconds = row.optional_integer(5);
  out.end_seconds = row.optional_integer(6);
  out.time_precision = static_cast<TimePrecision>(row.integer(7));
  out.place_precision = static_cast<PlacePrecision>(row.integer(8));
  out.place_path = split(row.text(9));
  if (!row.is_null(10)) {
    out.coordinates =
        Coordinates{static_cast<std::int32_t>(row.integer(10)), static_cast<std::int32_t>(row.integer(11))};
  }
  out.lineage_count = static_cast<std::uint32_t>(row.integer(12));
  out.report_count = static_cast<std::uint32_t>(row.integer(13));
  if (!row.is_null(14)) out.umbrella = EventId::from_bytes(row.text(14));
  return out;
}

/// All ids in the first column.
template <class IdType>
Result<std::vector<IdType>> ids_of(Statement& find) {
  std::vector<IdType> out;
  while (true) {
    GAVAH_ASSIGN(const bool has_row, find.step());
    if (!has_row) return out;
    if (find.text(0).size() != 16) return fail(ErrorCode::corrupt, "the index has an id of another length");
    out.push_back(IdType::from_bytes(find.text(0)));
  }
}

/// Hash of each row, in order of key.
Result<void> hash_table(Database& database, std::string_view table, Sha256& hash) {
  GAVAH_ASSIGN(Statement rows, database.prepare(format("SELECT key, json FROM {}", table)));
  std::vector<std::pair<std::string, Digest>> hashes;
  while (true) {
    GAVAH_ASSIGN(const bool has_row, rows.step());
    if (!has_row) break;
    hashes.emplace_back(rows.text(0), sha256(rows.text(1)));
  }
  std::sort(hashes.begin(), hashes.end());
  std::string piece;
  append_length_prefixed(piece, table);
  append_u64_be(piece, hashes.size());
  for (const auto& [key, digest] : hashes) {
    append_length_prefixed(piece, key);
    piece.append(digest.view());
  }
  hash.update(piece);
  return {};
}

template <class Row, class Read>
Result<Row> row_from(Result<std::string> line, Read read) {
  GAVAH_TRY(line);
  GAVAH_ASSIGN(const Json json, Json::parse(*line));
  return read(json);
}

}  // namespace

Result<Index> Index::open(const DatabaseFile& file, Access access) {
  GAVAH_ASSIGN(Database database, Database::open(file, Durability::derived, access));
  if (access == Access::read_write) {
    GAVAH_TRY_AS(database.run(kTables), format("opening {}", file.path));
    GAVAH_TRY_AS(database.run(kIndices), format("opening {}", file.path));
  }
  return Index(std::move(database), Durability::derived);
}

Result<Index> Index::create_scratch(const DatabaseFile& file) {
  GAVAH_ASSIGN(Database database, Database::open(file, Durability::scratch));
  GAVAH_TRY_AS(database.run(kTables), format("making {}", file.path));
  return Index(std::move(database), Durability::scratch);
}

Result<void> Index::finish() {
  // Without its indices a scratch index cannot replace; claims are put again once linking knows more of them. The last
  // row of a key counts, as it does elsewhere.
  GAVAH_TRY(database_.run("DELETE FROM claim WHERE rowid NOT IN (SELECT MAX(rowid) FROM claim GROUP BY key)"));
  GAVAH_TRY(database_.run(kIndices));
  // The last write goes to the file itself and is synced, and with it all that was written before.
  return database_.run("PRAGMA locking_mode=NORMAL; PRAGMA synchronous=FULL; PRAGMA journal_mode=WAL;");
}

Result<void> Index::put(std::span<const Report> rows) {
  GAVAH_ASSIGN(Transaction transaction, Transaction::begin(database_));
  GAVAH_ASSIGN(Statement insert, database_.prepare("INSERT OR REPLACE INTO report VALUES(?,?,?,?)"));
  GAVAH_TRY(for_rows_in_order(rows, [&](const Report& row, const std::string& line) {
    insert.bind_blob(row.id.view()).bind_blob(row.capture.view()).bind(std::int64_t{row.part}).bind(line);
    return insert.run();
  }));
  return transaction.commit();
}

Result<void> Index::put(std::span<const Claim> rows) {
  GAVAH_ASSIGN(Transaction transaction, Transaction::begin(database_));
  GAVAH_ASSIGN(Statement insert, database_.prepare("INSERT OR REPLACE INTO claim VALUES(?,?,?)"));
  GAVAH_TRY(for_rows_in_order(rows, [&](const Claim& row, const std::string& line) {
    return insert.bind_blob(row.id.view()).bind_blob(row.report.view()).bind(line).run();
  }));
  return transaction.commit();
}

Result<void> Index::put(std::span<const Lineage> rows) {
  GAVAH_TRY(put_plain(database_, "lineage", rows));
  GAVAH_ASSIGN(Transaction transaction, Transaction::begin(database_));
  GAVAH_ASSIGN(Statement remove, database_.prepare("DELETE FROM lineage_report WHERE lineage=?"));
  GAVAH_ASSIGN(Statement insert, database_.prepare("INSERT INTO lineage_report VALUES(?,?)"));
  for (const Lineage& row : rows) {
    if (!is_scratch_) GAVAH_TRY(remove.bind_blob(row.id.view()).run());
    for (const ReportId& report : row.reports) {
      GAVAH_TRY(insert.bind_blob(report.view()).bind_blob(row.id.view()).run());
    }
  }
  return transaction.commit();
}

Result<void> Index::put(std::span<const Event> rows) {
  GAVAH_ASSIGN(Transaction transaction, Transaction::begin(database_));
  GAVAH_ASSIGN(Statement insert, database_.prepare("INSERT OR REPLACE INTO event VALUES(?,?)"));
  GAVAH_ASSIGN(Statement fact,
               database_.prepare("INSERT OR REPLACE INTO event_fact VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"));
  GAVAH_ASSIGN(Statement unlink, database_.prepare("DELETE FROM event_claim WHERE event=?"));
  GAVAH_ASSIGN(Statement link, database_.prepare("INSERT INTO event_claim VALUES(?,?)"));
  const auto insert_one = [&](const Event& row, const std::string& line) -> Result<void> {
    GAVAH_TRY(insert.bind_blob(row.id.view()).bind(line).run());
    GAVAH_TRY(insert_fact(fact, row));
    if (!is_scratch_) GAVAH_TRY(unlink.bind_blob(row.id.view()).run());
    for (const ClaimId& claim : row.claims) {
      GAVAH_TRY(link.bind_blob(claim.view()).bind_blob(row.id.view()).run());
    }
    return {};
  };
  GAVAH_TRY(for_rows_in_order(rows, insert_one));
  return transaction.commit();
}

Result<void> Index::put(std::span<const Victim> rows) { return put_plain(database_, "victim", rows); }
Result<void> Index::put(std::span<const Quarantined> rows) { return put_plain(database_, "quarantine", rows); }
Result<void> Index::put(std::span<const OrphanRow> rows) { return put_plain(database_, "orphan", rows); }

Result<void> Index::clear(IndexTable table) {
  GAVAH_ASSIGN(Transaction transaction, Transaction::begin(database_));
  GAVAH_TRY(database_.run(format("DELETE FROM {}", name_of_table(table))));
  if (table == IndexTable::lineages) GAVAH_TRY(database_.run("DELETE FROM lineage_report"));
  if (table == IndexTable::events) GAVAH_TRY(database_.run("DELETE FROM event_fact; DELETE FROM event_claim"));
  return transaction.commit();
}

Result<void> Index::remove_captures(std::span<const CaptureId> captures) {
  GAVAH_ASSIGN(Transaction transaction, Transaction::begin(database_));
  GAVAH_ASSIGN(Statement claims,
               database_.prepare("DELETE FROM claim WHERE report IN (SELECT key FROM report WHERE capture=?)"));
  GAVAH_ASSIGN(Statement reports, database_.prepare("DELETE FROM report WHERE capture=?"));
  for (const CaptureId& capture : captures) {
    GAVAH_TRY(claims.bind_blob(capture.view()).run());
    GAVAH_TRY(reports.bind_blob(capture.view()).run());
  }
  return transaction.commit();
}

Result<void> Index::remove_claims(std::span<const ClaimId> claims) {
  if (claims.empty()) return {};
  GAVAH_ASSIGN(Transaction transaction, Transaction::begin(database_));
  GAVAH_ASSIGN(Statement remove, database_.prepare("DELETE FROM claim WHERE key=?"));
  for (const ClaimId& claim : claims) GAVAH_TRY(remove.bind_blob(claim.view()).run());
  return transaction.commit();
}

Result<std::uint64_t> Index::count(IndexTable table) {
  GAVAH_ASSIGN(Statement find, database_.prepare(format("SELECT COUNT(*) FROM {}", name_of_table(table))));
  GAVAH_TRY(find.step());
  return static_cast<std::uint64_t>(find.integer(0));
}

Result<std::string> Index::json(IndexTable table, std::string_view key) {
  GAVAH_ASSIGN(Statement find, database_.prepare(format("SELECT json FROM {} WHERE key=?", name_of_table(table))));
  find.bind_blob(key);
  GAVAH_ASSIGN(const bool has_row, find.step());
  if (!has_row) return fail(ErrorCode::not_found, format("there is no such {}", name_of_table(table)));
  return std::string(find.text(0));
}

Result<Report> Index::report(const ReportId& id) {
  return row_from<Report>(json(IndexTable::reports, id.view()), report_from_json);
}
Result<Claim> Index::claim(const ClaimId& id) {
  return row_from<Claim>(json(IndexTable::claims, id.view()), claim_from_json);
}
Result<Event> Index::event(const EventId& id) {
  return row_from<Event>(json(IndexTable::events, id.view()), event_from_json);
}
Result<Victim> Index::victim(const VictimId& id) {
  return row_from<Victim>(json(IndexTable::victims, id.view()), victim_from_json);
}
Result<Lineage> Index::lineage(const LineageId& id) {
  return row_from<Lineage>(json(IndexTable::lineages, id.view()), lineage_from_json);
}

Result<void> Index::for_each_json(IndexTable table, const std::function<Result<void>(std::string_view)>& visit) {
  GAVAH_ASSIGN(Statement rows, database_.prepare(format("SELECT json FROM {} ORDER BY key", name_of_table(table))));
  while (true) {
    GAVAH_ASSIGN(const bool has_row, rows.step());
    if (!has_row) return {};
    GAVAH_TRY(visit(rows.text(0)));
  }
}

Result<IndexPage> Index::page(IndexTable table, std::string_view after, std::size_t limit) {
  GAVAH_ASSIGN(Statement rows, database_.prepare(format("SELECT key, json FROM {} WHERE key>? ORDER BY key LIMIT ?",
                                                        name_of_table(table))));
  rows.bind_blob(after).bind(static_cast<std::int64_t>(limit));
  IndexPage out;
  std::string last;
  while (true) {
    GAVAH_ASSIGN(const bool has_row, rows.step());
    if (!has_row) break;
    last = rows.text(0);
    out.lines.emplace_back(rows.text(1));
  }
  if (out.lines.size() == limit) out.next = last;
  return out;
}

Result<void> Index::for_each_event(const std::function<Result<void>(const EventFacts&)>& visit) {
  GAVAH_ASSIGN(Statement rows, database_.prepare("SELECT * FROM event_fact ORDER BY key"));
  while (true) {
    GAVAH_ASSIGN(const bool has_row, rows.step());
    if (!has_row) return {};
    if (rows.text(0).size() != 16) return fail(ErrorCode::corrupt, "the index has an id of another length");
    GAVAH_TRY(visit(fact_from(rows)));
  }
}

Result<std::vector<ClaimId>> Index::claims_of(const ReportId& report) {
  GAVAH_ASSIGN(Statement find, database_.prepare("SELECT key FROM claim WHERE report=? ORDER BY key"));
  find.bind_blob(report.view());
  return ids_of<ClaimId>(find);
}

Result<std::vector<ReportId>> Index::reports_of(const CaptureId& capture) {
  GAVAH_ASSIGN(Statement find, database_.prepare("SELECT key FROM report WHERE capture=? ORDER BY part, key"));
  find.bind_blob(capture.view());
  return ids_of<ReportId>(find);
}

Result<std::vector<ReportId>> Index::reports_of(const CaptureId& capture, PartNumber part) {
  GAVAH_ASSIGN(Statement find, database_.prepare("SELECT key FROM report WHERE capture=? AND part=? ORDER BY key"));
  find.bind_blob(capture.view()).bind(std::int64_t{part});
  return ids_of<ReportId>(find);
}

Result<std::vector<EventId>> Index::events_of(const ClaimId& claim) {
  GAVAH_ASSIGN(Statement find, database_.prepare("SELECT event FROM event_claim WHERE claim=? ORDER BY event"));
  find.bind_blob(claim.view());
  return ids_of<EventId>(find);
}

Result<std::optional<LineageId>> Index::lineage_of(const ReportId& report) {
  GAVAH_ASSIGN(Statement find, database_.prepare("SELECT lineage FROM lineage_report WHERE report=? ORDER BY lineage"));
  find.bind_blob(report.view());
  GAVAH_ASSIGN(const auto ids, ids_of<LineageId>(find));
  return ids.empty() ? std::optional<LineageId>() : std::optional<LineageId>(ids.front());
}

Result<std::string> Index::note(std::string_view name) {
  GAVAH_ASSIGN(Statement find, database_.prepare("SELECT json FROM note WHERE key=?"));
  find.bind_blob(name);
  GAVAH_ASSIGN(const bool has_row, find.step());
  return has_row ? std::string(find.text(0)) : std::string();
}

Result<void> Index::set_note(std::string_view name, std::string_view value) {
  GAVAH_ASSIGN(Statement insert, database_.prepare("INSERT OR REPLACE INTO note VALUES(?,?)"));
  return insert.bind_blob(name).bind(value).run();
}

Result<Digest> Index::content_digest() {
  Sha256 hash;
  for (const std::string_view table :
       {"report", "claim", "lineage", "event", "victim", "quarantine", "orphan", "note"}) {
    GAVAH_TRY(hash_table(database_, table, hash));
  }
  return hash.finish();
}

}  // namespace gavah::store
