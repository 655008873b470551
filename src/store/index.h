#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/id.h"
#include "base/result.h"
#include "model/claim.h"
#include "model/event.h"
#include "model/lineage.h"
#include "model/report.h"
#include "store/sqlite.h"

namespace gavah::store {

enum class IndexTable { reports, claims, lineages, events, victims, quarantine, orphans };

/// What could not be read, and why. The bytes lie in quarantine/ or in an object.
struct Quarantined {
  std::string id;    ///< unique; for people and for list
  std::string json;  ///< one JSON line
};
/// A decision that meets nothing any more.
struct OrphanRow {
  DecisionId decision;
  std::string json;
};

/// What the overview counts of an event, without its JSON.
struct EventFacts {
  EventId id;
  std::string act;
  std::string side;
  Extent extent = Extent::moment;
  EventStatus status = EventStatus::single;
  std::optional<std::int64_t> start_seconds;
  std::optional<std::int64_t> end_seconds;
  TimePrecision time_precision = TimePrecision::unknown;
  PlacePrecision place_precision = PlacePrecision::unknown;
  std::vector<std::string> place_path;  ///< of its first place
  std::optional<Coordinates> coordinates;
  std::uint32_t lineage_count = 0;
  std::uint32_t report_count = 0;
  std::optional<EventId> umbrella;
};

/// A page of JSON lines in key order.
struct IndexPage {
  std::vector<std::string> lines;
  std::string next;  ///< pass as `after` for the next page; empty at the end
};

/// Everything derived (index.sqlite): made again from the ledger at any time, identically. One thread at a time; a
/// second Index on the same file may read meanwhile. put_* replace a row of the same id; each call is one transaction.
class Index {
 public:
  static Result<Index> open(const DatabaseFile& file, Access access = Access::read_write);
  /// An empty index for a rebuild: no journal, no syncs. Rename it into place when finish() returned.
  static Result<Index> create_scratch(const DatabaseFile& file);
  /// Builds what was left out for speed, and puts all of it on stable storage: a scratch file is whole afterwards, and
  /// may be renamed once this object is gone.
  Result<void> finish();

  Result<void> put(std::span<const Report> rows);
  Result<void> put(std::span<const Claim> rows);
  Result<void> put(std::span<const Lineage> rows);
  Result<void> put(std::span<const Event> rows);
  Result<void> put(std::span<const Victim> rows);
  Result<void> put(std::span<const Quarantined> rows);
  Result<void> put(std::span<const OrphanRow> rows);
  /// Empties one table.
  Result<void> clear(IndexTable table);
  /// Removes reports of these captures and their claims.
  Result<void> remove_captures(std::span<const CaptureId> captures);
  /// Removes rows of claims; those that are not there are passed over.
  Result<void> remove_claims(std::span<const ClaimId> claims);

  Result<std::uint64_t> count(IndexTable table);
  /// The JSON line; not_found. `key` is the id's 16 bytes (quarantine: its text).
  Result<std::string> json(IndexTable table, std::string_view key);
  Result<Report> report(const ReportId& id);
  Result<Claim> claim(const ClaimId& id);
  Result<Event> event(const EventId& id);
  Result<Victim> victim(const VictimId& id);
  Result<Lineage> lineage(const LineageId& id);
  /// All lines in key order.
  Result<void> for_each_json(IndexTable table, const std::function<Result<void>(std::string_view)>& visit);
  /// At most `limit` lines whose key comes after `after` ("" from the start).
  Result<IndexPage> page(IndexTable table, std::string_view after, std::size_t limit);
  /// In key order; about a million a second.
  Result<void> for_each_event(const std::function<Result<void>(const EventFacts&)>& visit);

  Result<std::vector<ClaimId>> claims_of(const ReportId& report);
  Result<std::vector<ReportId>> reports_of(const CaptureId& capture);
  Result<std::vector<ReportId>> reports_of(const CaptureId& capture, PartNumber part);
  Result<std::vector<EventId>> events_of(const ClaimId& claim);
  Result<std::optional<LineageId>> lineage_of(const ReportId& report);

  /// Small facts about the derivation ("toolkit", "derived-to"); empty when not set.
  Result<std::string> note(std::string_view name);
  Result<void> set_note(std::string_view name, std::string_view value);

  /// SHA-256 over all rows of all tables in key order, notes included: equal when nothing differs.
  Result<Digest> content_digest();

 private:
  Index(Database database, Durability durability)
      : database_(std::move(database)), is_scratch_(durability == Durability::scratch) {}
  Database database_;
  bool is_scratch_;  ///< rows go into an empty file without indices; of a claim put twice the later stays at finish()
};

}  // namespace gavah::store
