#pragma once

#include <string_view>

#include "media/media.h"

namespace gavah::media {

/// EXIF, XMP, IPTC and size of a JPEG, PNG, WebP or TIFF picture.
Facts still_facts(std::string_view bytes);

}  // namespace gavah::media
