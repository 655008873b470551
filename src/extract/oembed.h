#pragma once

#include "extract/report_set.h"

namespace gavah::extract {

/// An answer of oEmbed (oembed.com, 1.0) that stands alone: the post in its markup, else what it says of a picture,
/// film or page without its words.
void read_oembed(ReportSet& set);

}  // namespace gavah::extract
