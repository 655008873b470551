#pragma once

#include <string_view>

namespace gavah::text {

/// The language of a text as an ISO 639-1 code ("en", "fa", "ar", "tr", "ur", "he", "ku", …), or "und" when it cannot
/// be told. Letters decide between the languages of the Arabic script where they can, CLD2 (bundled model) decides the
/// rest; reads at most the first 4 kB. Thread-safe.
std::string_view detect_language(std::string_view text);

}  // namespace gavah::text
