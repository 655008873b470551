#pragma once

#include <string_view>

#include "html/html.h"

namespace gavah::html {

/// `name` in lower case; Tag::other when no rule knows it.
Tag tag_from(std::string_view name);
/// Elements without content (area, base, br, …).
[[nodiscard]] bool is_void(std::string_view name);
/// Elements whose end tag may be left out and that close one another (p, li, td, …).
[[nodiscard]] bool has_optional_end(std::string_view name);
/// Elements whose content is no markup (script, style, textarea, title, …).
[[nodiscard]] bool is_raw_text(std::string_view name);

}  // namespace gavah::html
