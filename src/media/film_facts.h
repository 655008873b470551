#pragma once

#include <string_view>

#include "media/media.h"

namespace gavah::media {

/// The moov box of an ISO base media file (ISO 14496-12) or QuickTime film; nothing when there is none.
Facts film_facts(std::string_view bytes);

}  // namespace gavah::media
