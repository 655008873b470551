#pragma once

#include "extract/report_set.h"

namespace gavah::extract {

/// Reads a part of format "meta-post": one post, story, reel or comment of a download of Facebook or Instagram. Their
/// words are UTF-8 written as Latin-1. Who posted is not in these files: it is who downloaded them.
void read_meta_post(ReportSet& set);

}  // namespace gavah::extract
