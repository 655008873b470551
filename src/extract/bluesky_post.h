#pragma once

#include "extract/report_set.h"

namespace gavah::extract {

/// Reads a part of format "bluesky": a post or repost of the AT Protocol, as a bare record, a record with its address,
/// a post view, an item of a feed (with the reason of a repost), or an event of the firehose. A quoted post whose words
/// are there is a report of its own. `createdAt` is what the author's program claims: where the server saw the post
/// earlier than that ("indexedAt"), the server's time stands. Anything else gives no report.
void read_bluesky_post(ReportSet& set);

}  // namespace gavah::extract
