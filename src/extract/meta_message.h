#pragma once

#include "extract/report_set.h"

namespace gavah::extract {

/// Reads a part of format "meta-message": one message of a download from Facebook or Instagram. These write each byte
/// of UTF-8 as a letter of Latin-1 ("\u00d8\u00b3" for one letter); a string is put right where all of it decodes as
/// UTF-8 that way, each letter led back to the escapes it came from, and stands as it is elsewhere.
void read_meta_message(ReportSet& set);

}  // namespace gavah::extract
