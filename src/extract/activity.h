#pragma once

#include "extract/report_set.h"

namespace gavah::extract {

/// Reads a part of format "activity": one entry of an ActivityPub outbox (Mastodon). A Create or Update is the post it
/// carries, its HTML as text; an Announce forwards the post that it names, of which the outbox has no words. A content
/// warning is the title. Activities without an object give no report.
void read_activity(ReportSet& set);

}  // namespace gavah::extract
