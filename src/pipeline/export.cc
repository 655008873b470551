#include "base/format.h"
#include "pipeline/workflows.h"
#include "publish/publish.h"

namespace gavah::pipeline {

Result<void> export_events(Chronicle& chronicle, ExportFormat format, const LineSink& sink) {
  GAVAH_ASSIGN(store::Index * index, chronicle.index());
  if (format == ExportFormat::jsonl) return index->for_each_json(store::IndexTable::events, sink);
  const bool is_csv = format == ExportFormat::csv;
  GAVAH_TRY(sink(is_csv ? publish::csv_header() : std::string(R"({"type":"FeatureCollection","features":[)")));
  std::string held;
  GAVAH_TRY(index->for_each_json(store::IndexTable::events, [&](std::string_view line) -> Result<void> {
    GAVAH_ASSIGN(const Json json, Json::parse(line));
    GAVAH_ASSIGN(const Event event, event_from_json(json));
    if (is_csv) return sink(publish::csv_row(event));
    // A comma after every feature but the last.
    if (!held.empty()) GAVAH_TRY(sink(held + ","));
    held = publish::geojson_feature(event);
    return {};
  }));
  if (is_csv) return {};
  if (!held.empty()) GAVAH_TRY(sink(held));
  return sink("]}");
}

}  // namespace gavah::pipeline
