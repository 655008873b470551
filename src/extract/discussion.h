#pragma once

#include <string_view>

#include "html/html.h"

namespace gavah::extract {

/// True when the page is a discussion (a forum's thread, questions with answers): its main text is what people wrote
/// under one another, and not an article with comments below. By words of the address that forums share ("forum.",
/// "/thread", "viewtopic"), by schema.org's types of its frame, and by the kind of forum that `generator` (its
/// meta) names. No site is known by name. Linear.
[[nodiscard]] bool is_discussion(const html::Document& page, std::string_view url, std::string_view generator);

/// True for schema.org's names of discussions: "DiscussionForumPosting", "QAPage".
[[nodiscard]] bool is_discussion_type(std::string_view type);

}  // namespace gavah::extract
