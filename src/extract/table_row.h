#pragma once

#include "extract/report_set.h"

namespace gavah::extract {

/// Reads one row of a table. The hint "mapping" of the part, else of the capture, says which cell is what
/// (docs/formats.md), "header" names the cells.
///   csv-row    bytes of delimiter-separated text, in part.charset
///   xlsx-row   the <row> element of a sheet; hints "strings" (what its shared strings say, by number), "dates" (styles
///              that show a number as a date) and "epoch" (1904 where the workbook counts days from there)
///   json-row   a JSON object whose members are the cells
///
/// The text is, each where there is one: "WHEN, PLACE: " before the words (a place without WHEN stands on a line of its
/// own, unless the words name it), the words, a line "NUMBER WORD" for each count ("200 to 300 participants"), a line
/// "COLUMN: CELL" for each column under "also". Cells are led back to their bytes; a serial number or a date whose
/// order the mapping states is written in ISO 8601 and is one piece. The words that we put between (names of columns,
/// "to", punctuation) have no piece. A count of zero is left out: tables do not tell none from unknown.
///
/// A date whose order of day and month nothing states stays open, with its phrase; a clock time without a zone (or with
/// one that the mapping calls untrue) gives its day only. A row of a known export speaks for its publisher: what its
/// columns name as sources are relations `cites`. One row of Uwazi in several languages gives a report for each.
void read_table_row(ReportSet& set);

}  // namespace gavah::extract
