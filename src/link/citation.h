#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/text.h"

namespace gavah::link {

/// The folded words that may name a cited source: up to six after "according to", «به گزارش», "citing", «به نقل از»
/// and the like, and up to four before "reported" or "said in a report". At most `limit`, in the order of the text.
std::vector<std::string> cited_phrases(const text::Folded& folded, const std::vector<text::Token>& tokens,
                                       std::size_t limit);

/// A source's name as the phrases write it: folded words parted by one space, without punctuation.
std::string citation_key(std::string_view name);

}  // namespace gavah::link
