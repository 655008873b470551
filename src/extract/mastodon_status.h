#pragma once

#include "extract/report_set.h"

namespace gavah::extract {

/// Reads a part of format "mastodon-status": one post as the API of Mastodon gives it. A boost is a report with the
/// other's words and a relation `forwards`; a quoted post that it carries becomes a report of its own.
void read_mastodon_status(ReportSet& set);

}  // namespace gavah::extract
