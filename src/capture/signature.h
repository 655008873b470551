#pragma once

#include <optional>
#include <string_view>

#include "capture/detect.h"

namespace gavah::capture {

/// Recognises a format by the fixed bytes it begins with: archives, web archives, pictures, films, sound, documents.
std::optional<Detected> detect_signature(std::string_view head);

}  // namespace gavah::capture
