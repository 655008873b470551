#pragma once

#include <string_view>

#include "media/media.h"

namespace gavah::media {

/// Adds what an XMP packet states of a few properties, where nothing was stated before: attributes and elements of
/// these names are looked for in its text, wherever they stand. It is not parsed as XML: no entity but the five and
/// numbers is known, and none is declared.
void add_xmp(std::string_view packet, Facts& out);

}  // namespace gavah::media
