#pragma once

#include <span>
#include <string>
#include <string_view>

namespace gavah::publish {

/// For a word that is in no list: "; did you mean 'WORD'?" with the listed word that fewest changed letters lead to
/// (edit distance, ties to the first), or nothing when none is near (more than a third of the letters would change).
std::string suggestion(std::string_view word, std::span<const std::string_view> known);

}  // namespace gavah::publish
