#pragma once

#include <string>
#include <vector>

#include "text/text.h"

namespace gavah::link {

/// The folded words that may name a cited source: up to six after "according to", «به گزارش», "citing", «به نقل از»
/// and the like, and up to four before "reported" or "said in a report". At most `limit`, in the order of the text.
std::vector<std::string> cited_phrases(const text::Folded& folded, const std::vector<text::Token>& tokens,
                                       std::size_t limit);

}  // namespace gavah::link
