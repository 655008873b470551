#pragma once

#include <string_view>

#include "media/media.h"

namespace gavah::media {

/// Adds what a TIFF structure states (TIFF 6.0, EXIF 2.32): the first directory, that of the photograph, that of the
/// place. Offsets that lie outside, types that do not fit and directories that were read before are passed over.
void add_exif(std::string_view tiff, Facts& out);

/// "2031:05:06 10:00:00" as ISO 8601; empty for what is not set.
std::string iso_time(std::string_view text);
/// Whether `text` begins with `shape`, in which 0 stands for any digit.
bool has_shape(std::string_view text, std::string_view shape);

}  // namespace gavah::media
