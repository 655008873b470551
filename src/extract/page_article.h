#pragma once

#include "extract/report_set.h"

namespace gavah::extract {

/// Reads a part of format "html": the article that the page carries, then the posts embedded in it.
void read_page(ReportSet& set);

}  // namespace gavah::extract
