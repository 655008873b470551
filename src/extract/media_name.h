#pragma once

#include <string_view>

namespace gavah::extract {

/// "image", "video", "audio", or "file": what the ending of a file's name says.
std::string_view media_type_of(std::string_view name);

}  // namespace gavah::extract
