#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extract/mapped_text.h"
#include "extract/report_set.h"
#include "extract/written_date.h"

namespace gavah::extract {

/// A post that was embedded in a page and of which only the text is left: lines of words, closed by
/// "— Name (@handle) Month D, YYYY" in any of the three languages.
struct TextPost {
  Span block;  ///< in the text: from its first word to the end of its date
  Span words;  ///< what the post says
  std::string name;
  std::string handle;  ///< without '@'
  WrittenDate date;    ///< span in the text
};

/// "— Name (@handle) Month D, YYYY": what closes an embedded post.
struct PostClosing {
  std::uint32_t dash = 0;  ///< where the closing begins
  std::string name;
  std::string handle;
  WrittenDate date;
};
/// The closing of a post in `line`; offsets are counted from `line_begin`, where the line begins in its text.
std::optional<PostClosing> find_post_closing(std::string_view line, std::uint32_t line_begin);

/// The posts in `text`, in order. Which lines above the closing one belong to a post is told by what a post can hold
/// (280 characters, a link counting 23), by `paragraphs` (offsets where a paragraph starts after a blank line; empty
/// when the text has no blank lines) and by the marks of posts: hashtags, mentions, links, lead-ins that end in a
/// colon.
std::vector<TextPost> find_text_posts(std::string_view text, const std::vector<std::uint32_t>& paragraphs);

/// A place in the text of an article where a report of its own stands.
struct Embed {
  std::uint32_t at = 0;    ///< offset in the article's text
  std::string target;      ///< report id in hex, or an address
  std::uint32_t size = 0;  ///< of the words that state it and stay in the text (its address on a line of its own)
};

/// Gives `whole` to `article`, but for the posts in it, which become reports of their own, as does each address of a
/// post that stands alone on a line, which stays there; `embeds` (already known
/// places, ordered, in offsets of `whole`) and the posts found become relations at their places.
void split_posts(MappedText& whole, const std::vector<std::uint32_t>& paragraphs, std::vector<Embed> embeds,
                 const OffsetMap& page, Report& article, ReportSet& set);

/// Addresses written out in `text`, in order, without repetition: "https://…", "pic.twitter.com/…", "t.co/…".
std::vector<std::string> links_in(std::string_view text);

}  // namespace gavah::extract
