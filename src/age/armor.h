#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace gavah::age {

/// Whether a file is armored: its first thing but white space is the line that armor begins with.
[[nodiscard]] bool is_armored(std::string_view file);

/// The bytes of an armored file (C2SP age.md, strict PEM): lines of 64 characters of base64 but for the last, LF or
/// CRLF, white space around the whole alone. invalid_input names what is wrong.
Result<std::string> unarmored(std::string_view file);

}  // namespace gavah::age
