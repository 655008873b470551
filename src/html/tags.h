#pragma once

#include <string_view>

#include "html/html.h"

namespace gavah::html {

/// `name` in lower case; Tag::other when no rule knows it.
Tag tag_from(std::string_view name);
}  // namespace gavah::html
