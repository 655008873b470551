#pragma once

#include <cstdint>
#include <string_view>

namespace gavah::extract {

/// What the words in an element's class, id and role say about it.
struct ClassSigns {
  bool is_body = false;       ///< "article-body", "entry-content": holds the article
  bool is_content = false;    ///< "content", "main": holds it and more
  bool is_comments = false;   ///< what readers wrote
  bool is_furniture = false;  ///< navigation, sharing, advertising, related articles, widgets
  bool is_consent = false;    ///< asks for consent to cookies; furniture too
  bool is_panel = false;      ///< in discussions: what is known of a writer, signatures, votes
  bool is_writer = false;     ///< in discussions: who wrote a post
  bool is_hidden = false;     ///< "visually-hidden", "sr-only"
  bool is_date = false;       ///< "date", "published", "timestamp"
  bool is_author = false;     ///< "author", "byline"
  bool is_title = false;      ///< "headline", "entry-title"
  bool is_lead = false;       ///< "standfirst", "lead", "summary" of an article
};

/// One pass over the bytes: 1 ns a byte.
ClassSigns class_signs(std::string_view words);

}  // namespace gavah::extract
