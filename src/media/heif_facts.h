#pragma once

#include <string_view>

#include "media/media.h"

namespace gavah::media {

/// The meta box of a HEIF picture (ISO 23008-12: HEIC, AVIF): the Exif and XMP items that its tables lead to, and the
/// size of its largest image, as stored. Items that lie in other items are passed over.
Facts heif_facts(std::string_view bytes);

}  // namespace gavah::media
