#pragma once

#include "extract/report_set.h"

namespace gavah::extract {

/// Reads a part of format "x-v1": one status object as X's API v1.1 and its archives give it. A quoted status that the
/// object carries becomes a report of its own, after it. A retweet is a report with the original's words and a
/// relation `forwards`. Of an archive, which names no account in its posts: hints "author_handle", "author_name", and
/// "deleted" for a post that its author took back.
void read_x_v1(ReportSet& set);

/// Reads a part of format "x-v2": one post object of X's API v2; hints "author_handle" and "author_name".
/// An object without words (an error, a deleted post) gives no report.
void read_x_v2(ReportSet& set);

/// Reads a part of format "x-note": the whole text of a long post, which an archive keeps in a file of its own, under
/// another number than the post that shows its first 280 characters.
void read_x_note(ReportSet& set);

}  // namespace gavah::extract
