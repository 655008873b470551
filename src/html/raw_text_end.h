#pragma once

#include <string_view>

namespace gavah::html {

/// Where the content of a raw-text element ends: the '<' of the end tag called `name` (lower case), or `end`.
const char* find_end_tag(const char* at, const char* end, std::string_view name);

/// The same for scripts, in which "<!--" and "<script" hide an end tag (HTML living standard, sections 13.2.5.15 to
/// 13.2.5.31).
const char* find_script_end(const char* at, const char* end, std::string_view name);

}  // namespace gavah::html
