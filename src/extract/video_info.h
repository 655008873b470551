#pragma once

#include "extract/report_set.h"

namespace gavah::extract {

/// Reads a part of format "video-info": what yt-dlp wrote about a video. Its description are the words; it is published
/// at "timestamp", or on the day "upload_date" (UTC) where that is all.
void read_video_info(ReportSet& set);

/// Reads a part of format "video-comment". Where the platform only said how long ago it was ("2 years ago"), a comment
/// is older than the capture and no more is known. Hint "video": the address of what it is about.
void read_video_comment(ReportSet& set);

}  // namespace gavah::extract
