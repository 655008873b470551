#pragma once

#include "extract/report_set.h"

namespace gavah::extract {

/// Reads a record of a web archive that says: this page is as it was before (part format "revisit"). The words are not
/// here, so it is hollow; the relation `versions` names the address that it refers to.
void read_revisit(ReportSet& set);

}  // namespace gavah::extract
