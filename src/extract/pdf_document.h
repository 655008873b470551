#pragma once

#include "extract/report_set.h"

namespace gavah::extract {

/// Reads a part of format "pdf": an article with the words of its pages. In a confined worker alone, because a large
/// library parses the bytes: elsewhere the report is hollow and says so. A PDF does not tell where a word stands in its
/// bytes: each page's words lead back to all of them.
void read_pdf(ReportSet& set);

}  // namespace gavah::extract
