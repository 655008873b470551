#pragma once

#include "extract/report_set.h"

namespace gavah::extract {

/// Reads a part of format "csv-row": the bytes of one row. Which cell is what stands in the hints "mapping" and
/// "header" of the part, else of the capture: {"columns":{"text":HEADER
/// CELL,…},"delimiter":",","date_format":"dd/mm/yyyy"}. The text is the place cell (when there is one and the words do
/// not say it) on a line of its own, then the words.
void read_table_row(ReportSet& set);

}  // namespace gavah::extract
