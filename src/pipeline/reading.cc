#include "pipeline/reading.h"

#include "base/format.h"
#include "model/named.h"
#include "pipeline/workflows.h"

namespace gavah::pipeline {
namespace {

constexpr std::array<Named<ItemKind>, 10> kKinds{{{ItemKind::captures, "captures"},
                                                  {ItemKind::parts, "parts"},
                                                  {ItemKind::reports, "reports"},
                                                  {ItemKind::claims, "claims"},
                                                  {ItemKind::events, "events"},
                                                  {ItemKind::lineages, "lineages"},
                                                  {ItemKind::victims, "victims"},
                                                  {ItemKind::sources, "sources"},
                                                  {ItemKind::decisions, "decisions"},
                                                  {ItemKind::quarantine, "quarantine"}}};

Result<void> list_ledger(Chronicle& chronicle, proof::LeafType type, const LineSink& sink) {
  return chronicle.stored().ledger().for_each_json(
      type, 0, [&](proof::LeafIndex, std::string_view line) -> Result<void> { return sink(line); });
}

Result<void> list_parts(Chronicle& chronicle, const LineSink& sink) {
  std::vector<CaptureId> captures;
  GAVAH_TRY(list_ledger(chronicle, proof::LeafType::capture, [&](std::string_view line) -> Result<void> {
    GAVAH_ASSIGN(const Json json, Json::parse(line));
    GAVAH_ASSIGN(const Capture capture, capture_from_json(json));
    captures.push_back(capture.id);
    return {};
  }));
  for (const CaptureId& id : captures) {
    GAVAH_ASSIGN(const auto parts, chronicle.stored().ledger().parts(id));
    for (const Part& part : parts) GAVAH_TRY(sink(to_json(part)));
  }
  return {};
}

store::Quarantine quarantine_of(Chronicle& chronicle) {
  return {chronicle.world().disk(), chronicle.stored().quarantine_path()};
}

Result<void> list_quarantine(Chronicle& chronicle, const LineSink& sink) {
  return quarantine_of(chronicle).for_each(chronicle.stored().keys().identity, sink);
}

Result<void> list_index(Chronicle& chronicle, store::IndexTable table, const LineSink& sink) {
  GAVAH_ASSIGN(store::Index * index, chronicle.index());
  return index->for_each_json(table, sink);
}

Result<void> fill_ledger_counts(Chronicle& chronicle, Status& out) {
  store::Ledger& ledger = chronicle.stored().ledger();
  GAVAH_ASSIGN(out.captures, ledger.count(proof::LeafType::capture));
  GAVAH_ASSIGN(out.parts, ledger.part_count());
  GAVAH_ASSIGN(out.decisions, ledger.count(proof::LeafType::decision));
  GAVAH_ASSIGN(const SourceRegistry* registry, chronicle.sources());
  out.sources = registry->sources().size();
  GAVAH_ASSIGN(out.quarantined, quarantine_of(chronicle).count());
  return {};
}

Result<void> fill_index_counts(Chronicle& chronicle, Status& out) {
  GAVAH_ASSIGN(store::Index * index, chronicle.index());
  GAVAH_ASSIGN(out.reports, index->count(store::IndexTable::reports));
  GAVAH_ASSIGN(out.claims, index->count(store::IndexTable::claims));
  GAVAH_ASSIGN(out.events, index->count(store::IndexTable::events));
  GAVAH_ASSIGN(out.lineages, index->count(store::IndexTable::lineages));
  GAVAH_TRY(index->for_each_json(store::IndexTable::orphans, [&](std::string_view line) -> Result<void> {
    GAVAH_ASSIGN(const Json json, Json::parse(line));
    out.orphans.push_back(format("decision {}: {}", json.text_of("decision"), json.text_of("why")));
    return {};
  }));
  GAVAH_ASSIGN(const Digest digest, index->content_digest());
  out.index_digest = digest.hex();
  GAVAH_ASSIGN(out.derived_is_current, is_derived(chronicle));
  return {};
}

}  // namespace

Result<ItemKind> item_kind_from(std::string_view name) { return value_in(kKinds, name, "kind of item"); }

Result<void> list(Chronicle& chronicle, ItemKind kind, const LineSink& sink) {
  switch (kind) {
    case ItemKind::captures:
      return list_ledger(chronicle, proof::LeafType::capture, sink);
    case ItemKind::decisions:
      return list_ledger(chronicle, proof::LeafType::decision, sink);
    case ItemKind::parts:
      return list_parts(chronicle, sink);
    case ItemKind::quarantine:
      return list_quarantine(chronicle, sink);
    case ItemKind::reports:
      return list_index(chronicle, store::IndexTable::reports, sink);
    case ItemKind::claims:
      return list_index(chronicle, store::IndexTable::claims, sink);
    case ItemKind::events:
      return list_index(chronicle, store::IndexTable::events, sink);
    case ItemKind::lineages:
      return list_index(chronicle, store::IndexTable::lineages, sink);
    case ItemKind::victims:
      return list_index(chronicle, store::IndexTable::victims, sink);
    case ItemKind::sources:
      break;
  }
  GAVAH_ASSIGN(const SourceRegistry* registry, chronicle.sources());
  for (const Source& source : registry->sources()) GAVAH_TRY(sink(to_json(source)));
  return {};
}

Result<Status> status(Chronicle& chronicle) {
  Status out;
  out.origin = chronicle.origin();
  GAVAH_ASSIGN(const proof::Checkpoint head, chronicle.stored().head());
  out.log_size = head.size;
  out.root_hex = head.root.hex();
  GAVAH_TRY(fill_ledger_counts(chronicle, out));
  GAVAH_TRY(fill_index_counts(chronicle, out));
  out.warnings = chronicle.stored().warnings();
  return out;
}

}  // namespace gavah::pipeline
