#pragma once

#include "extract/report_set.h"

namespace gavah::extract {

/// A picture or film that is a capture of its own: a report without words. What the bytes say of themselves are hints
/// of the part (media/media.h); a caption among them is the caption of the report's medium, because it is no text that
/// a map could lead back to. A picture within an archive belongs to the page or message that shows it, and is none.
void read_media_file(ReportSet& set);

}  // namespace gavah::extract
