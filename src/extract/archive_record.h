#pragma once

#include "extract/report_set.h"
#include "extract/table_cells.h"

namespace gavah::extract {

/// Reads what auto-archiver noted of one address: title, content, the day of its timestamp, the files it kept.
///   archive-record   metadata.json of json_enricher: {"status","metadata":{"url","title","timestamp","content",…},
///                    "media":[{"filename","urls","properties",…}]}
/// The program stamps UTC on times that had no zone and does not say which, so a timestamp gives its day alone. It
/// speaks for nobody: the source is the host of the address. A record without words that kept files is a report.
void read_archive_record(ReportSet& set);

/// The same from a row of csv_db, whose cells are Python reprs: they are parsed, never evaluated.
void read_archive_row(ReportSet& set, const TableCells& cells);

}  // namespace gavah::extract
