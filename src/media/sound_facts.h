#pragma once

#include <string_view>

#include "media/media.h"

namespace gavah::media {

/// The tags of an MP3 file: ID3 2.2 to 2.4 before the sound, else ID3 1 behind it. Frames that are packed or encrypted
/// are passed over, pictures too.
Facts sound_facts(std::string_view bytes);

}  // namespace gavah::media
